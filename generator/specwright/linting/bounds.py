"""Keywords of schemas that no value can meet together, or that say nothing of any value."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from specwright.document import Map, Seq
from specwright.linting.survey import Advice
from specwright.plan.keywords import listed_types
from specwright.problems import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from specwright.document.tree import Node
    from specwright.linting.survey import Survey

_PAIRS: Final = (
    ("minimum", "maximum"),
    ("exclusiveMinimum", "maximum"),
    ("minimum", "exclusiveMaximum"),
    ("exclusiveMinimum", "exclusiveMaximum"),
    ("minLength", "maxLength"),
    ("minItems", "maxItems"),
    ("minProperties", "maxProperties"),
    ("minContains", "maxContains"),
)
"""Keywords for the least and for the most of something."""

_SPEAKS_OF: Final[Mapping[str, frozenset[str]]] = {
    **dict.fromkeys(
        ("minLength", "maxLength", "pattern", "contentEncoding", "contentMediaType", "contentSchema"),
        frozenset({"string"}),
    ),
    **dict.fromkeys(
        ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"),
        frozenset({"number", "integer"}),
    ),
    **dict.fromkeys(
        ("items", "prefixItems", "minItems", "maxItems", "uniqueItems", "contains", "minContains",
         "maxContains", "unevaluatedItems"),
        frozenset({"array"}),
    ),
    **dict.fromkeys(
        ("properties", "patternProperties", "additionalProperties", "propertyNames", "required",
         "minProperties", "maxProperties", "dependentRequired", "dependentSchemas", "unevaluatedProperties"),
        frozenset({"object"}),
    ),
}  # fmt: skip
"""The types of the values that a keyword speaks of (JSON Schema Validation 2020-12, section 6; Core, section 10.3)."""

_OF_TEXT: Final = frozenset(
    {
        "date-time", "date", "time", "duration", "email", "idn-email", "hostname", "idn-hostname", "ipv4", "ipv6", "uri",
        "uri-reference", "iri", "iri-reference", "uuid", "uri-template", "json-pointer", "relative-json-pointer", "regex",
    }
)  # fmt: skip
"""Formats that speak of text alone (JSON Schema Validation 2020-12, section 7.3)."""


def bounds_contradict(survey: Survey) -> Iterator[Advice]:
    """Bounds between which there is nothing."""
    for lower, upper in _PAIRS:
        for schema in survey.schemas_with(lower):
            if upper in schema and _is_empty(lower, schema[lower], upper, schema[upper]):
                message = f"{quoted(lower)} is {schema[lower]}, and {quoted(upper)} {schema[upper]}: no value is within both."
                yield Advice(schema, upper, message)
    for schema in survey.schemas_with("maxProperties"):
        needed = len(set(schema.get("required", ())))
        if needed > schema["maxProperties"]:
            message = f"{needed} properties are required, and `maxProperties` is {schema['maxProperties']}."
            yield Advice(schema, "maxProperties", message)


def _is_empty(lower: str, least: float, upper: str, most: float) -> bool:
    excludes = lower.startswith("exclusive") or upper.startswith("exclusive")
    return least > most or (least == most and excludes)


def keyword_idle(survey: Survey) -> Iterator[Advice]:
    """Keywords that speak of values of other types than the schema's."""
    for schema in survey.schemas_with("type"):
        kinds = listed_types(schema) or ()
        idle = [
            keyword
            for keyword, value in schema.items()
            if keyword in _SPEAKS_OF
            and _SPEAKS_OF[keyword].isdisjoint(kinds)
            and not _is_harmless(keyword, value)
        ]
        if kinds and schema.get("format") in _OF_TEXT and "string" not in kinds:
            idle.append("format")
        if idle and kinds:
            said = " and ".join(map(quoted, idle))
            message = f"{said} {'say' if len(idle) > 1 else 'says'} nothing of a value of the type {' or '.join(map(quoted, kinds))}."
            yield Advice(schema, idle[0], message)


def _is_harmless(keyword: str, value: Any) -> bool:
    """Whether a keyword is written by habit, and asks for next to nothing of values of its own type, either."""
    return (
        isinstance(value, bool)
        or value in ({}, [])
        or (value == 0 and keyword.startswith("min") and keyword != "minimum")
    )


def items_missing(survey: Survey) -> Iterator[Advice]:
    """Arrays that do not say what is in them."""
    for schema in survey.schemas_with("type"):
        if schema["type"] == "array" and _SAYS_MORE.isdisjoint(schema):
            yield Advice(schema, "type", "The array does not say what its items are: each may be anything.")


_SAYS_MORE: Final = frozenset(
    {"$ref", "$dynamicRef", "items", "prefixItems", "contains", "unevaluatedItems", "allOf", "anyOf", "oneOf", "not", "if",
     "enum", "const", "maxItems"}
)  # fmt: skip


def required_repeated(survey: Survey) -> Iterator[Advice]:
    """Names that `required` has more than once."""
    for schema in survey.schemas_with("required"):
        required = schema["required"]
        seen: set[str] = set()
        for index, name in enumerate(required):
            if name in seen:
                yield Advice(required, index, f"{quoted(name)} is required twice.")
            seen.add(name)


def direction_none(survey: Survey) -> Iterator[Advice]:
    """Schemas of values that nobody may send."""
    for schema in survey.schemas_with("readOnly"):
        if schema["readOnly"] is True and schema.get("writeOnly") is True:
            yield Advice(
                schema, "writeOnly", "The value is `readOnly` and `writeOnly`: neither side may send it."
            )


def all_of_closed(survey: Survey) -> Iterator[Advice]:
    """Members of an `allOf` that allow no other properties than their own, beside members that require another."""
    for schema in survey.schemas_with("allOf"):
        members: Seq = schema["allOf"]
        parts: list[tuple[Map, Node, str | int]] = [(schema, schema, "additionalProperties")]
        for position, member in enumerate(members):
            if isinstance(member, Map):
                parts.append((survey.document.target(member), members, position))
        asked = dict.fromkeys(name for part, _, _ in parts for name in part.get("required", ()))
        for part, node, key in parts:
            if part.get("additionalProperties") is not False or not _DECIDES.isdisjoint(part):
                continue
            missing = next((name for name in asked if name not in part.get("properties", ())), None)
            if missing is not None:
                message = f"No {quoted(missing)} is allowed here, and it is required beside this: no object is valid."
                yield Advice(node, key, message)


_DECIDES: Final = frozenset({"patternProperties", "$ref"})
"""Keywords beside which `additionalProperties` is not looked at."""
