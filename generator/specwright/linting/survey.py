"""A document as the rules look at it: each object once, by its kind, and what nothing leads to."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from specwright.document import Map, Seq, grammar
from specwright.document.reach import Reach
from specwright.document.tree import escape, unescape
from specwright.plan.paths import METHODS
from specwright.plan.views import Views

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from specwright.document import Document
    from specwright.document.tree import Node
    from specwright.linting.samples import Sample
    from specwright.runtime.issues import Issue

COMPONENTS: Final = "components"

_STEPS: Final = 4
"""Of a JSON Pointer to a component."""

_SECTIONS: Final = {
    section: notation.strip("{}") for section, notation in grammar.OPENAPI["Components"].items()
}
"""The kind of what each section of the components has."""


class Advice(NamedTuple):
    """What a rule found at a value: the value under `key` of a node, or the node itself."""

    node: Node
    key: str | int | None
    message: str
    hint: str | None = None
    """The next step, where it is another than the rule's."""


class Operation(NamedTuple):
    """An operation of a path or of a webhook, and where it stands."""

    path: str
    """ "" for one of a webhook."""
    method: str
    """In capitals."""
    item: Map
    node: Map
    holder: Map
    key: str

    @property
    def text(self) -> str:
        """What it is called in messages."""
        return f"{self.method} {self.path}".strip()


class Component(NamedTuple):
    """What a section of the components has under a name."""

    section: str
    name: str
    holder: Map


class Survey:
    """Everything that the rules ask for, each worked out once."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.root = document.root
        self.views = Views(document)
        reach = Reach(document)
        for item in self._items():
            reach.visit(item, "PathItem")
        self._visit_named(reach)
        self.unused: Sequence[Component] = [*self._unused(reach)]
        """Components that nothing leads to which can be called."""
        self.used_tags = reach.tags
        reach.visit(self.root, "OpenAPI")
        self._by_kind: dict[str, list[Map]] = {}
        for (_, kind), value in reach.visited.items():
            self._by_kind.setdefault(kind, []).append(value)

    def of_kind(self, kind: str) -> Sequence[Map]:
        """Every object of a kind of the grammar, each once."""
        return self._by_kind.get(kind, ())

    def schemas_with(self, keyword: str) -> Sequence[Map]:
        """Every schema that has a keyword, each once."""
        return self._schemas.get(keyword, ())

    @cached_property
    def _schemas(self) -> Mapping[str, Sequence[Map]]:
        found: dict[str, list[Map]] = {}
        for schema in self.of_kind("Schema"):
            for keyword in schema:
                found.setdefault(keyword, []).append(schema)
        return found

    @cached_property
    def invalid(self) -> Sequence[tuple[Sample, Sequence[Issue]]]:
        """Values that the document gives for schemas, and that are not valid by them, each with all that is wrong."""
        from specwright.linting.samples import invalid  # noqa: PLC0415 -- validators are much to import

        return invalid(self)

    @cached_property
    def operations(self) -> Sequence[Operation]:
        """Those that can be called, and those of webhooks, in the order of the document."""
        paths: Mapping[str, Map] = self.root.get("paths", {})
        called = ((path, node) for path, node in paths.items() if not path.startswith("x-"))
        hooks = (("", node) for node in self.root.get("webhooks", {}).values())
        return [found for path, node in (*called, *hooks) for found in self._of_item(path, node)]

    @property
    def called(self) -> Iterator[Operation]:
        """The operations of paths."""
        return (operation for operation in self.operations if operation.path)

    def components(self, section: str) -> Mapping[str, Map]:
        """What a section of the components has."""
        found: Mapping[str, Map] = self.root.get(COMPONENTS, {}).get(section, {})
        return found

    def _items(self) -> Iterator[Map]:
        for key in ("paths", "webhooks"):
            for name, item in self.root.get(key, {}).items():
                if not name.startswith("x-") and item.__class__ is Map:
                    yield item

    def _of_item(self, path: str, node: Map) -> Iterator[Operation]:
        item = self.document.target(node)
        for method in METHODS:
            if method in item:
                yield Operation(path, method.upper(), item, item[method], item, method)
        more: Map = item.get("additionalOperations", Map())
        for method, operation in more.items():
            yield Operation(path, method, item, operation, more, method)

    def _visit_named(self, reach: Reach) -> None:
        """Meets the components that extensions refer to: what an extension means is for its own readers to know."""
        known: set[str] = set()
        for value in (self.root, *reach.visited.values()):
            for key in value:
                if key.startswith("x-"):
                    known.update(_references(value[key]))
        for reference in known:
            _, _, section, name = [*map(unescape, reference.split("/")), "", "", ""][:4]
            kind = _SECTIONS.get(section)
            component = self.components(section).get(name) if kind is not None else None
            if kind is not None and isinstance(component, Map):
                reach.visit(component, kind)

    def _unused(self, reach: Reach) -> Iterator[Component]:
        if not self.operations:
            return  # a library of components for other documents
        # Of some a part alone is referred to.
        partly = {"/".join(fragment.split("/")[:_STEPS]) for fragment in reach.named}
        for section, named in self.root.get(COMPONENTS, {}).items():
            if section.startswith("x-") or not isinstance(named, Map):
                continue
            for name, value in named.items():
                pointer = f"/{COMPONENTS}/{section}/{escape(name)}"
                if not (name.startswith("x-") or pointer in partly or reach.uses(value, pointer)):
                    yield Component(section, name, named)


def _references(value: Any) -> Iterator[str]:
    """The `$ref`s to components in a value that the grammar says nothing of."""
    waiting = [value]
    while waiting:
        value = waiting.pop()
        if isinstance(value, Map):
            reference = value.get("$ref")
            if isinstance(reference, str) and reference.startswith(f"#/{COMPONENTS}/"):
                yield reference
            waiting += value.values()
        elif isinstance(value, Seq):
            waiting += value
