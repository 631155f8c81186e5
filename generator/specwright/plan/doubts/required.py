"""Names that schemas require and nobody describes."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final

from specwright.document import Map
from specwright.document.reach import bases
from specwright.document.tree import source_of
from specwright.problems import problem, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from specwright.document import Document
    from specwright.plan.catalogue import Catalogue
    from specwright.plan.keywords import Node
    from specwright.problems import Problem

OPEN: Final = frozenset(
    {"additionalProperties", "patternProperties", "unevaluatedProperties", "oneOf", "anyOf", "if"}
)
"""Keywords that let an object have properties which are not among `properties`."""


def of_required(document: Document, catalogue: Catalogue) -> Iterator[Problem]:
    """A Problem for each name that a schema, or a member of its `allOf`, requires and that nobody describes."""
    extended = _Extended(document, catalogue)
    told: set[tuple[int, int]] = set()
    for entry in catalogue.entries:
        merged = catalogue.views.merged(entry.schema)
        if entry.kind != "struct" or OPEN & merged.keys():
            continue
        for member in members(document, entry.schema):
            required = member.get("required", ())
            for position, name in enumerate(required):
                at = (id(required), position)
                if name in merged["properties"] or at in told or extended.describe(entry.schema, name):
                    continue
                told.add(at)
                message = f"{quoted(name)} is required and no property; callers are not asked for it"
                yield problem("required-unknown", required.place(position), message)


def members(document: Document, schema: Node) -> Iterator[Map]:
    """A schema and what its `allOf` and `$ref` are made of, each once."""
    seen: set[int] = set()
    waiting = [schema]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Map) and id(node) not in seen:
            seen.add(id(node))
            yield node
            inner = [*node.get("allOf", ()), *([document.target(node)] if "$ref" in node else [])]
            waiting += reversed(inner)


class _Extended:
    """Schemas that are there to be extended through `allOf`, and those that do so."""

    def __init__(self, document: Document, catalogue: Catalogue) -> None:
        self._document = document
        self._catalogue = catalogue

    def describe(self, schema: Node, name: str) -> bool:
        """Whether a schema is only ever extended, and a property of that name is described wherever that leads to."""
        waiting, seen, found = [schema], set[int](), False
        while waiting:
            node = waiting.pop()
            extending = self._extending.get(_identity(node), ())
            if not extending or _identity(node) in self._used:
                return False
            for one in extending:
                if id(one) in seen:
                    continue
                seen.add(id(one))
                merged = self._catalogue.views.merged(one)
                if name in merged.get("properties", ()) or OPEN & merged.keys():
                    found = True
                elif _identity(one) in self._extending:
                    waiting.append(one)
                else:
                    return False
        return found

    @cached_property
    def _extending(self) -> Mapping[int, Iterable[Map]]:
        """Of each schema that is extended: those that do so."""
        found: dict[int, list[Map]] = {}
        for schema, base in self._bases:
            found.setdefault(_identity(self._document.target(base)), []).append(schema)
        return found

    @cached_property
    def _used(self) -> set[int]:
        """The schemas that something else than an `allOf` leads to."""
        steps = {_identity(base) for _, base in self._bases}
        return {
            _identity(self._document.target(reference.node))
            for reference in self._document.references.walk.references
            if reference.key == "$ref" and id(reference.node) not in steps
        }

    @cached_property
    def _bases(self) -> Sequence[tuple[Map, Map]]:
        """Each schema that extends another, and the reference to that."""
        schemas = (met.schema for met in self._catalogue.walked if isinstance(met.schema, Map))
        return [(schema, base) for schema in schemas for base in bases(schema)]


def _identity(node: Node) -> int:
    return id(source_of(node)) if isinstance(node, Map) else id(node)
