"""What the parts of a schema look at, so that `unevaluated…` knows the rest (JSON Schema Core 2020-12, section 11)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from specwright.plan.checks.fusing import DEMANDS_NOTHING
from specwright.plan.ir import Checks, ObjectChecks, PropertyChecks, SeenItems, SeenProperties

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specwright.plan.checks.reader import Reader
    from specwright.plan.checks.where import Where
    from specwright.plan.keywords import Node, Schema

TRIED = "what a value is tried for"


def properties(reader: Reader, owner: Schema, where: Where) -> SeenProperties:
    """The properties that a schema, apart from its own `unevaluatedProperties`, looks at."""
    return _properties(reader, owner, where, (owner,))


def items(reader: Reader, owner: Schema, where: Where) -> SeenItems:
    """The items that a schema, apart from its own `unevaluatedItems`, looks at."""
    return _items(reader, owner, where, (owner,))


def _properties(reader: Reader, node: Node, where: Where, within: tuple[Node, ...]) -> SeenProperties:
    """What a schema looks at; `within` are the schema that asks, and what led from it to this one."""
    if isinstance(node, bool):
        return SeenProperties()
    found = SeenProperties()
    for part, scope in reader.parts(node, where.scope):
        here = replace(where, scope=scope)
        if "additionalProperties" in part or ("unevaluatedProperties" in part and part is not within[0]):
            return SeenProperties(every=True)
        patterns = [reader.pattern(source, part) for source in part.get("patternProperties", ())]
        branches = [
            (test, inner)
            for test, branch in _branches(reader, part, here)
            if not any(branch is one for one in within)  # what leads back to itself says nothing new
            and (inner := _properties(reader, branch, here, (*within, branch))) != SeenProperties()
        ]
        found = SeenProperties(
            (*found.names, *(wire for wire in part.get("properties", ()) if wire not in found.names)),
            (*found.patterns, *(pattern for pattern in patterns if pattern is not None)),
            # What can't be read may be the name of any.
            every=None in patterns,
            branches=(*found.branches, *branches),
        )
        if found.every:
            return SeenProperties(every=True)
    return found


def _items(reader: Reader, node: Node, where: Where, within: tuple[Node, ...]) -> SeenItems:
    """What a schema looks at; `within` are the schema that asks, and what led from it to this one."""
    if isinstance(node, bool):
        return SeenItems()
    found = SeenItems()
    for part, scope in reader.parts(node, where.scope):
        here = replace(where, scope=scope)
        if "items" in part or ("unevaluatedItems" in part and part is not within[0]):
            return SeenItems(every=True)
        contains = (
            [reader.tried(part["contains"], replace(here, fragment=True), "an item that is looked for")]
            if "contains" in part
            else []
        )
        branches = [
            (test, inner)
            for test, branch in _branches(reader, part, here)
            if not any(branch is one for one in within)  # what leads back to itself says nothing new
            and (inner := _items(reader, branch, here, (*within, branch))) != SeenItems()
        ]
        found = SeenItems(
            max(found.first, len(part.get("prefixItems", ()))),
            containing=(*found.containing, *contains),
            branches=(*found.branches, *branches),
        )
    return found


def _branches(reader: Reader, part: Schema, where: Where) -> Iterator[tuple[Checks, Node]]:
    """What else a schema applies to the same value, each with what the value has to meet for that."""
    where = replace(where, fragment=True)
    for keyword in ("anyOf", "oneOf"):
        for member in part.get(keyword, ()):
            yield reader.tried(member, where, "one of several alternatives"), member
    if "if" in part:
        test = reader.tried(part["if"], replace(where, exact=True), TRIED)
        yield test, part["if"]
        if "then" in part:
            yield test, part["then"]
        if "else" in part:
            yield Checks(none_of=(test,)), part["else"]
    for wire, dependent in part.get("dependentSchemas", {}).items():
        has = PropertyChecks(wire, DEMANDS_NOTHING, required=True)
        yield Checks(types=("object",), object=ObjectChecks((has,))), dependent
