"""What schemas demand of objects (JSON Schema Validation 2020-12, section 6.5; Core, sections 10.2.2.4, 10.3.2 and 11.3)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from specwright.plan.checks import seen
from specwright.plan.checks.fusing import DEMANDS_NOTHING, REFUSES_ALL
from specwright.plan.checks.secrets import secret
from specwright.plan.ir import (
    Checks,
    ObjectChecks,
    OtherProperties,
    PropertyChecks,
    SeenProperties,
    Validator,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specwright.plan.checks.reader import Reader
    from specwright.plan.checks.where import Where
    from specwright.plan.keywords import Node, Schema

KEYWORDS: Final = {"minProperties": "min_properties", "maxProperties": "max_properties"}

MOST: Final = 64
"""Properties that are checked in one function; type checkers give up on functions that are very long."""


def checks(reader: Reader, part: Schema, schema: Schema, where: Where) -> ObjectChecks | None:
    """What one schema object demands of objects; `schema` is the one that it is a part of."""
    said: dict[str, Any] = {field: part[keyword] for keyword, field in KEYWORDS.items() if keyword in part}
    said["properties"] = (*_properties(reader, part, schema, where),)
    inner = replace(where, fragment=False)
    said["patterns"] = tuple(
        (pattern, checks_)
        for source, node in part.get("patternProperties", {}).items()
        if (pattern := reader.pattern(source, part)) is not None
        and (checks_ := reader.of(node, inner)) != DEMANDS_NOTHING
    )
    said["others"] = (*_others(reader, part, inner),)
    if "propertyNames" in part:
        said["names"] = _names(reader, part["propertyNames"], inner)
    said["together"] = tuple(
        (wire, tuple(names)) for wire, names in part.get("dependentRequired", {}).items() if names
    )
    beside = replace(where, fragment=True)
    said["dependent"] = tuple(
        (wire, dependent)
        for wire, node in part.get("dependentSchemas", {}).items()
        if (dependent := reader.of(node, beside)) != DEMANDS_NOTHING
    )
    return ObjectChecks(**said) if any(value not in ((), None) for value in said.values()) else None


def _names(reader: Reader, node: Node, where: Where) -> Checks | None:
    if reader.of(node, where) == DEMANDS_NOTHING:
        return None
    return Checks(functions=(reader.called(node, where, "a name"),))


def _properties(reader: Reader, part: Schema, schema: Schema, where: Where) -> Iterator[PropertyChecks]:
    demanded = reader.side.demanded(schema, where)
    required = [wire for wire in part.get("required", ()) if demanded(wire)]
    united = reader.side.properties(schema)
    written: dict[str, Node] = part.get("properties", {})
    for wire, own in written.items():
        node = united.get(wire, own)
        if reader.side.hidden is not None and reader.side.marked(node, reader.side.hidden):
            yield PropertyChecks(wire, DEMANDS_NOTHING, required=False, refused=reader.side.hidden)
        else:
            yield PropertyChecks(wire, _property(reader, node, where), required=wire in required)
    for wire in required:
        if wire not in written:
            yield PropertyChecks(wire, DEMANDS_NOTHING, required=True)


def _property(reader: Reader, node: Node, where: Where) -> Checks:
    found = reader.of(node, replace(where, fragment=False))
    return secret(found) if reader.side.marked(node, "writeOnly") else found


def _others(reader: Reader, part: Schema, where: Where) -> Iterator[OtherProperties]:
    if "additionalProperties" in part:
        others = reader.of(part["additionalProperties"], where)
        if others != DEMANDS_NOTHING:
            patterns = [reader.pattern(source, part) for source in part.get("patternProperties", ())]
            if None not in patterns:  # what can't be read may be the name of any
                known = tuple(pattern for pattern in patterns if pattern is not None)
                yield _left(reader, SeenProperties((*part.get("properties", ()),), known), others, where)
    if "unevaluatedProperties" in part:
        others, found = reader.of(part["unevaluatedProperties"], where), seen.properties(reader, part, where)
        if others != DEMANDS_NOTHING and not found.every:
            yield replace(_left(reader, found, others, where), keyword="unevaluatedProperties")


def _left(reader: Reader, found: SeenProperties, others: Checks, where: Where) -> OtherProperties:
    """What the properties must meet that are not `found`; where there must be none, those have a constant."""
    fixed = others == REFUSES_ALL and found.names and not found.patterns and not found.branches
    return OtherProperties(
        found, others, constant=reader.functions.constant(where.function) if fixed else None
    )


def closed(whole: Checks, others: OtherProperties | None) -> Checks:
    """The same checks, of an object that has no properties but those that are `seen`."""
    if others is None:
        return whole
    object_ = whole.object or ObjectChecks()
    left = tuple(one for one in object_.others if set(one.seen.names) != set(others.seen.names))
    return replace(whole, object=replace(object_, others=(*left, others)))


def divided(reader: Reader, whole: Checks, where: Where) -> Checks:
    """The same checks, those of an object with very many properties in several functions."""
    if whole.object is None or len(whole.object.properties) <= MOST:
        return whole
    first, rest = whole.object.properties[:MOST], whole.object.properties[MOST:]
    functions: list[str] = []
    for start in range(0, len(rest), MOST):
        function = reader.functions.name(where.function)
        more = Checks(object=ObjectChecks(rest[start : start + MOST]))
        reader.functions.write(Validator(function, "more properties of an object", more))
        functions.append(function)
    return replace(
        whole, object=replace(whole.object, properties=first), functions=(*whole.functions, *functions)
    )
