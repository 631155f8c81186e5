"""What schemas ask for as a whole, held to the budgets.

That is how many properties they have, how often a value is tried, and how much it takes to see through their patterns.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Final

from specwright.document import Map, Seq
from specwright.document.text import too_much
from specwright.plan.keywords import place_of
from specwright.plan.patterns import pattern_of
from specwright.problems import Refused, problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specwright.config import Budgets
    from specwright.document import Document
    from specwright.plan.catalogue import Catalogue
    from specwright.plan.keywords import Node


def hold(document: Document, catalogue: Catalogue, budgets: Budgets) -> None:
    """Raises Refused at the first schema that goes beyond a budget."""
    ways = Ways(document)
    for met in catalogue.walked:
        schema = met.schema
        if not isinstance(schema, Map):
            continue
        many = len(catalogue.views.merged(schema).get("properties", ()))
        if many > budgets.properties:
            place = schema.place("properties" if "properties" in schema else None)
            raise Refused(
                [problem("limit-properties", place, *too_much("properties", many, budgets.properties))]
            )
        tried = ways.of(schema)
        if tried > budgets.ways:
            raise Refused([problem("limit-ways", place_of(schema), *too_much("ways", tried, budgets.ways))])
    _hold_patterns(catalogue, budgets)


def _hold_patterns(catalogue: Catalogue, budgets: Budgets) -> None:
    attempts = 0
    known: set[str] = set()
    for schema, source in _patterns([met.schema for met in catalogue.walked]):
        if source in known:
            continue
        known.add(source)
        with suppress(ValueError):  # what is none is told where it is read
            attempts += pattern_of(source).attempts
        if attempts > budgets.patterns:
            place = schema.place("pattern" if schema.get("pattern") == source else "patternProperties")
            raise Refused(
                [problem("limit-patterns", place, *too_much("patterns", attempts, budgets.patterns))]
            )


def _patterns(waiting: list[object]) -> Iterator[tuple[Map, str]]:
    """Every regular expression in schemas, with the schema that has it."""
    seen: set[int] = set()
    while waiting:
        value = waiting.pop()
        if id(value) in seen:
            continue
        if isinstance(value, Map | Seq):
            seen.add(id(value))
        if isinstance(value, Map):
            if isinstance(source := value.get("pattern"), str):
                yield value, source
            if isinstance(keyed := value.get("patternProperties"), Map):
                yield from ((value, source) for source in keyed)
            waiting += (inner for keyword, inner in value.items() if keyword not in _VALUES)
        elif isinstance(value, Seq):
            waiting += value


_VALUES: Final = frozenset({"const", "default", "enum", "example", "examples"})
"""Keywords in which there are values, and no schemas."""


class Ways:
    """How many schemas a validator may try one value for; each is looked at once, whatever leads to it."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._known: dict[int, tuple[Node, int]] = {}
        """By identity, with the schema itself, so that no other takes its identity."""

    def of(self, node: Node) -> int:
        """Of a schema: itself, and what its alternatives ask for, which each are tried; of a discriminator, the most of one."""
        if not isinstance(node, Map):
            return 1
        if id(node) not in self._known:
            self._known[id(node)] = node, 1  # of what leads back to itself, which is not tried again
            self._known[id(node)] = node, 1 + sum(map(self._inner, self._parts(node)))
        return self._known[id(node)][1]

    def _inner(self, part: Map) -> int:
        total = 0
        for keyword in ("anyOf", "oneOf"):
            members = [self.of(member) for member in part.get(keyword, ())]
            total += max(members, default=0) if "discriminator" in part else sum(members)
        conditional = (part[keyword] for keyword in ("not", "if", "then", "else") if keyword in part)
        dependent: Map = part.get("dependentSchemas", Map())
        return total + sum(map(self.of, (*conditional, *dependent.values())))

    def _parts(self, node: Node) -> Iterator[Map]:
        """The schema and all that it applies to the same value without a condition, each once."""
        seen: set[int] = set()
        waiting = [node]
        while waiting:
            part = waiting.pop()
            if isinstance(part, Map) and id(part) not in seen:
                seen.add(id(part))
                yield part
                waiting += part.get("allOf", ())
                if "$ref" in part:
                    waiting.append(self._document.target(part))
