"""The operations of a document that the user asks for, and of the rest only what they use."""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING, Any, Final

from specwright import spelling
from specwright.config import written_at
from specwright.document import grammar
from specwright.document.pruned import concerned
from specwright.document.reach import Reach
from specwright.document.tree import Map, Seq, derived_map, derived_seq, escape
from specwright.problems import Problem, Refused, problem, quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from specwright.config import Config
    from specwright.document import Document

METHODS: Final = tuple(
    key for key, notation in grammar.OPENAPI["PathItem"].items() if notation == "Operation"
)
"""Fields of a path item that hold an operation."""

_MORE: Final = "additionalOperations"
_NAMED: Final = 10
"""So many of the texts that would meet something are listed."""


@dataclasses.dataclass(frozen=True, slots=True)
class _Met:
    """An operation, and what it may be selected by."""

    path: str
    """ "" for one of a webhook."""
    names: frozenset[str]
    """Its id; without one, its method and path: `get /pets`."""
    tags: frozenset[str]


_BY: Final[Mapping[str, tuple[str, Callable[[str, _Met], bool], Callable[[_Met], frozenset[str]]]]] = {
    # The field of Config: how a text that meets nothing is told, whether it meets an operation, and what else it could be.
    "tags": (
        "No operation has the tag {}.",
        lambda text, met: text in met.tags,
        lambda met: met.tags,
    ),
    "paths": (
        "No path with an operation is {}.",
        lambda text, met: bool(met.path) and _is_path(text, met.path),
        lambda met: frozenset({met.path}),
    ),
    "operations": (
        "No operation has the id {}.",
        lambda text, met: text in met.names,
        lambda met: met.names,
    ),
}


def select(document: Document, config: Config) -> Document:
    """The document with what the config selects and what that uses; the document itself where it selects nothing.

    An operation that any of the texts meets is selected.

    Raises:
        Refused: A text of the selection meets no operation.
    """
    wanted = [(by, text) for by in _BY for text in getattr(config, by)]
    return _Selection(document, config, wanted).made() if wanted else document


class _Selection:
    """One document on its way to what is selected of it."""

    def __init__(self, document: Document, config: Config, wanted: list[tuple[str, str]]) -> None:
        self.document = document
        self.config = config
        self.wanted = wanted
        self.unmet = dict.fromkeys(wanted)
        self.seen: list[_Met] = []
        self.gone: list[tuple[Map | Seq, str | int]] = []
        """What is left out: what held it, and its key there."""
        self.inlined: list[Map] = []
        """References to path items of which only some operations are selected."""

    def made(self) -> Document:
        root = self.document.root
        fields: dict[str, Any] = dict(root)
        if "paths" in root:
            fields["paths"] = self._items(root["paths"], is_path=True)
        if "webhooks" in root:
            fields["webhooks"] = self._items(root["webhooks"], is_path=False)
        if self.unmet:
            raise Refused(self._nothing())
        reach = Reach(self.document)
        for reference in self.inlined:
            reach.meet(self.document.references.steps(reference))
        for key in ("paths", "webhooks"):
            for item in fields.get(key, {}).values():
                reach.visit(item, "PathItem")
        if "components" in root:
            fields["components"] = self._components(root["components"], reach)
        if "tags" in root:
            fields["tags"] = self._tags(root["tags"], reach.tags)
        if not reach.uses_shared_security:
            fields.pop("security", None)
        return dataclasses.replace(
            self.document,
            root=derived_map(root, fields),
            problems=concerned(self.document, self.gone, reach.reached),
        )

    def _items(self, items: Map, *, is_path: bool) -> Map:
        kept = {name: self._item(name if is_path else "", item) for name, item in items.items()}
        self.gone += [(items, name) for name, item in kept.items() if item is None]
        return derived_map(items, {name: item for name, item in kept.items() if item is not None})

    def _item(self, path: str, reference: Map) -> Map | None:
        """A path item with the operations that are selected; None where there are none."""
        item = self.document.target(reference)
        kept = {method: self._takes(path, method, item[method]) for method in METHODS if method in item}
        more: Mapping[str, Map] = item.get(_MORE, {})
        others = {method: self._takes(path, method, operation) for method, operation in more.items()}
        if all(kept.values()) and all(others.values()):
            return reference if kept or others else None
        if not any(kept.values()) and not any(others.values()):
            return None
        self.inlined.append(reference)
        self.gone += [(item, method) for method, takes in kept.items() if not takes]
        fields = {key: value for key, value in item.items() if kept.get(key, True)}
        if _MORE in item:
            self.gone += [(item[_MORE], method) for method, takes in others.items() if not takes]
            fields[_MORE] = derived_map(
                item[_MORE], {method: more[method] for method in more if others[method]}
            )
        return derived_map(item, fields)

    def _takes(self, path: str, method: str, operation: Map) -> bool:
        own = operation.get("operationId")
        names = frozenset({own} if own else {f"{method.lower()} {path}"} if path else ())
        met = _Met(path, names, frozenset(operation.get("tags", ())))
        self.seen.append(met)
        taking = [(by, text) for by, text in self.wanted if _BY[by][1](text, met)]
        for each in taking:
            self.unmet.pop(each, None)
        return bool(taking)

    def _nothing(self) -> Iterator[Problem]:
        for by, text in self.unmet:
            message, _, others = _BY[by]
            others_met = sorted(frozenset[str]().union(*map(others, self.seen)))
            has = f"The document has {', '.join(map(quoted, others_met[:_NAMED]))}{', …' if len(others_met) > _NAMED else ''}."
            hint = spelling.hint(text, others_met, has if others_met else None)
            place = written_at(self.config, by, text) or self.document.root.place("paths")
            yield problem("select-nothing", place, message.format(quoted(text)), hint)

    def _components(self, components: Map, reach: Reach) -> Map:
        """The components without those that nothing uses any more."""
        kept: dict[str, Any] = {}
        for section, named in components.items():
            if section.startswith("x-") or not isinstance(named, Map):
                kept[section] = named
                continue
            used = {
                name: value
                for name, value in named.items()
                if name.startswith("x-") or reach.uses(value, f"/components/{section}/{escape(name)}")
            }
            self.gone += [(named, name) for name in named if name not in used]
            if used:
                kept[section] = derived_map(named, used)
        return derived_map(components, kept)

    def _tags(self, tags: Seq, used: set[str]) -> Seq:
        """The tags of operations that are left, and those above them (OpenAPI 3.2, section 4.22)."""
        above = {tag["name"]: tag.get("parent") for tag in tags}
        names = set[str]()
        for name in used:
            while name not in names:
                names.add(name)
                name = above.get(name) or name  # noqa: PLW2901 - one step up
        kept = [index for index, tag in enumerate(tags) if tag["name"] in names]
        self.gone += [(tags, index) for index in range(len(tags)) if index not in kept]
        return derived_seq(
            tags, [tags[index] for index in kept], {to: (tags, of) for to, of in enumerate(kept)}
        )


def _is_path(pattern: str, path: str) -> bool:
    """Whether a path is the one that is named; a `*` in the name stands for any text."""
    return re.fullmatch(".*".join(map(re.escape, pattern.split("*"))), path, re.DOTALL) is not None
