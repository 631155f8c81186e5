"""Example values: what a README's call passes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from specwright.plan.keywords import demanded_types
from specwright.plan.paths import PLACES, parameter_schema

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from specwright.document import Map
    from specwright.plan.ir import Argument, Json
    from specwright.plan.keywords import Node, Schema
    from specwright.plan.paths import Found
    from specwright.plan.views import Views

BY_FORMAT: Final[Mapping[str, str]] = {
    "byte": "aGVsbG8=",
    "date": "2026-01-31",
    "date-time": "2026-01-31T12:00:00Z",
    "duration": "PT1H",
    "email": "someone@example.com",
    "time": "12:00:00Z",
    "uri": "https://example.com/",
    "uuid": "11111111-2222-4333-8444-555555555555",
}
"""A string of that `format`."""

BY_TYPE: Final[Mapping[str, Json]] = {"boolean": True, "integer": 1, "null": None, "number": 1.5}
"""A value of that JSON type."""

DEEPEST: Final = 6
"""How many levels of a sample are filled; schemas may be recursive."""


def call(views: Views, found: Found, arguments: Iterable[Argument]) -> dict[str, Json]:
    """A value, as it goes on the wire, for each argument that a call of the operation needs, by the argument's name."""
    parameters = {(PLACES[parameter["in"]], parameter["name"]): parameter for parameter in found.parameters}
    body: Any = found.body.example[0] if found.body is not None and found.body.example else {}
    values: dict[str, Json] = {}
    for argument in arguments:
        if not argument.required:
            continue
        parameter = parameters.get((argument.location, argument.wire))
        if parameter is not None:
            values[argument.name] = _of_parameter(views, parameter)
        elif found.body is not None and argument.name == "body":  # which no property of it is called
            values[argument.name] = body or (
                "text" if found.body.schema is None else of(views, found.body.schema)
            )
        elif found.body is not None and found.body.schema is not None:
            node = views.merged(found.body.schema)["properties"][argument.wire]
            values[argument.name] = (
                body[argument.wire] if isinstance(body, dict) and argument.wire in body else of(views, node)
            )
    return values


def _of_parameter(views: Views, parameter: Map) -> Json:
    if "example" in parameter:
        example: Json = parameter["example"]
        return example
    given = next(
        (example["value"] for example in parameter.get("examples", {}).values() if "value" in example), None
    )
    return given if given is not None else of(views, parameter_schema(parameter), parameter["name"])


def of(views: Views, node: Node, word: str = "text", depth: int = 0) -> Json:
    """A value that a schema describes: its example, its default, its first choice, else one made by its type."""
    merged = views.merged(node)
    for keyword in ("examples", "enum"):
        if merged.get(keyword):
            first: Json = merged[keyword][0]
            return first
    for keyword in ("example", "const", "default"):
        if keyword in merged:
            said: Json = merged[keyword]
            return said
    for keyword in ("oneOf", "anyOf"):
        if merged.get(keyword):
            return of(views, merged[keyword][0], word, depth + 1) if depth < DEEPEST else None
    kind = next((kind for kind in demanded_types(merged) if kind != "null"), "string")
    if kind == "object":
        return _object(views, merged, depth) if depth < DEEPEST else {}
    if kind == "array":
        least = max(merged.get("minItems", 1), 0 if depth >= DEEPEST else 1)
        return (
            [of(views, merged.get("items", True), word, depth + 1)] * min(least, 3) if depth < DEEPEST else []
        )
    if kind == "string":
        text = BY_FORMAT.get(merged.get("format", ""), word)
        return text.ljust(min(merged.get("minLength", 0), 100), "x")[: merged.get("maxLength")]
    value = BY_TYPE[kind]
    return max(value, merged["minimum"]) if "minimum" in merged and isinstance(value, int | float) else value


def _object(views: Views, merged: Schema, depth: int) -> Json:
    required = merged.get("required", ())
    properties = merged.get("properties", {})
    return {
        wire: of(views, node, wire, depth + 1)
        for wire, node in properties.items()
        if wire in required and not views.marked(node, "readOnly")
    }
