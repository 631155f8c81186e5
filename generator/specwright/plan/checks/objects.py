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
    from specwright.plan.ir import Pattern
    from specwright.plan.keywords import Node, Schema

KEYWORDS: Final = {"minProperties": "min_properties", "maxProperties": "max_properties"}

SPEAKING: Final = frozenset(
    {
        *KEYWORDS, "additionalProperties", "dependentRequired", "dependentSchemas", "patternProperties", "properties",
        "propertyNames", "required", "unevaluatedProperties",
    }
)  # fmt: skip
"""The keywords that speak of objects."""

MOST: Final = 64
"""Properties that are checked in one function; type checkers give up on functions that are very long."""


def checks(reader: Reader, part: Schema, schema: Schema, where: Where) -> ObjectChecks | None:
    """What one schema object demands of objects; `schema` is the one that it is a part of."""
    if SPEAKING.isdisjoint(part):
        return None
    said: dict[str, Any] = {field: part[keyword] for keyword, field in KEYWORDS.items() if keyword in part}
    said["properties"] = (*_properties(reader, part, schema, where),)
    said["patterns"] = tuple(_patterns(reader, part, schema, where))
    said["others"] = (*_others(reader, part, schema, where),)
    if "propertyNames" in part:
        said["names"] = _names(reader, part["propertyNames"], where.inside(fragment=True))
    said["together"] = tuple(
        (wire, names)
        for wire, listed in part.get("dependentRequired", {}).items()
        if (names := tuple(name for name in listed if name not in where.absent))
    )
    beside = replace(where.below(), fragment=True)
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
    required = [wire for wire in dict.fromkeys(part.get("required", ())) if demanded(wire)]
    united = reader.side.properties(schema)
    written: dict[str, Node] = part.get("properties", {})
    inner = where.inside(fragment=where.fragment)
    hidden = reader.side.hidden
    for wire, own in written.items():
        node = united.get(wire, own)
        if hidden is not None and (wire in where.absent or reader.side.marked(node, hidden)):
            yield PropertyChecks(wire, DEMANDS_NOTHING, required=False, refused=hidden)
            continue
        found = reader.part(node, inner)
        found = secret(found) if wire in where.secret else found
        yield PropertyChecks(wire, found, required=wire in required)
    for wire in required:
        if wire not in written:
            yield PropertyChecks(wire, DEMANDS_NOTHING, required=True)


def _patterns(reader: Reader, part: Schema, schema: Schema, where: Where) -> Iterator[tuple[Pattern, Checks]]:
    inner = where.inside(fragment=where.fragment or reader.side.united(schema, part, "patternProperties"))
    for source, node in part.get("patternProperties", {}).items():
        pattern, found = reader.pattern(source, part), reader.part(node, inner)
        if pattern is not None and found != DEMANDS_NOTHING:
            # Which properties have such names is not known here.
            yield pattern, secret(found) if where.secret else found


def _others(reader: Reader, part: Schema, schema: Schema, where: Where) -> Iterator[OtherProperties]:
    if "additionalProperties" in part:
        united = reader.side.united(schema, part, "additionalProperties")
        others = reader.part(part["additionalProperties"], where.inside(fragment=where.fragment or united))
        if others != DEMANDS_NOTHING:
            patterns = [reader.pattern(source, part) for source in part.get("patternProperties", ())]
            if None not in patterns:  # what can't be read may be the name of any
                known = tuple(pattern for pattern in patterns if pattern is not None)
                yield _left(reader, SeenProperties((*part.get("properties", ()),), known), others, where)
    if "unevaluatedProperties" in part:
        others = reader.part(part["unevaluatedProperties"], where.inside(fragment=where.fragment))
        found = seen.properties(reader, part, where)
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
