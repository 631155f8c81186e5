"""How the keywords of the members of an `allOf` become those of one schema."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from specwright.plan.keywords import ANNOTATIONS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from specwright.plan.keywords import Schema


def _both(first: Any, second: Any) -> Any:
    """A schema that demands what both demand."""
    return first if first is second or first == second else {"allOf": [first, second]}


def _types(first: Any, second: Any) -> list[str]:
    one, other = ([value] if isinstance(value, str) else list(value) for value in (first, second))
    # Every integer is a number (JSON Schema Validation 2020-12, section 6.1.1).
    return [kind for kind in one if kind in other or (kind == "integer" and "number" in other)] + [
        kind for kind in other if kind == "integer" and "number" in one and kind not in one
    ]


def _properties(first: Mapping[str, Any], second: Mapping[str, Any]) -> dict[str, Any]:
    shared = {wire: _both(first[wire], schema) for wire, schema in second.items() if wire in first}
    return {**first, **second, **shared}


def _extra(first: Any, second: Any) -> Any:
    if first is False or second is False:
        return False
    return second if first is True else first if second is True else _both(first, second)


MERGED: Final[Mapping[str, Callable[[Any, Any], Any]]] = {
    "additionalProperties": _extra,
    "enum": lambda first, second: [value for value in first if value in second],
    "exclusiveMaximum": min,
    "exclusiveMinimum": max,
    "items": _both,
    "maxItems": min,
    "maxLength": min,
    "maxProperties": min,
    "maximum": min,
    "minItems": max,
    "minLength": max,
    "minProperties": max,
    "minimum": max,
    "patternProperties": _properties,
    "properties": _properties,
    "required": lambda first, second: list(dict.fromkeys([*first, *second])),
    "type": _types,
    "uniqueItems": lambda first, second: first or second,
}
"""How a keyword that two members of an `allOf` have becomes one; what isn't here stays in `allOf`."""


def fused(parts: Iterable[Schema]) -> Schema:
    """One schema that demands what all of them do; what can't be merged stays below its `allOf`."""
    whole: dict[str, Any] = {}
    rest: list[Schema] = []
    for part in parts:
        for key, value in part.items():
            if key not in whole or key in ANNOTATIONS:
                whole[key] = value
            elif key == "allOf":
                rest += value
            elif key in MERGED:
                whole[key] = MERGED[key](whole[key], value)
            elif whole[key] != value:
                rest.append({key: value})
    if rest:
        whole["allOf"] = [*whole.get("allOf", ()), *rest]
    return whole
