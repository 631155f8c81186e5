"""What validators are measured by: schemas, a valid value of each, and mistakes to put into it."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from .checkers import CORVUS, JSONSCHEMA, MSGSPEC, PYDANTIC
from .page import AT_THE_ROOT, BODY, COMPONENT, DEEP, DOCUMENT, FIVE, GONE, Mistake, with_mistakes
from .schema import request_schema

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Sample:
    """A schema, and a value that is valid by it."""

    name: str
    title: str
    """As what cases are called that have it."""
    schema: dict[str, Any]
    """In JSON Schema 2020-12. The `title` is what models made of it are called."""
    value: Any
    mistakes: tuple[Mistake, ...]
    """All that are made at once in the case that is wrong."""
    generated: str = ""
    """The function in the package that is checked in; without one, `compile_validator` makes ours."""
    unfit: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Who can't take part, and why."""
    unfit_for_mistakes: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Who can't take part in the case that is wrong, and why."""


def _closed(properties: dict[str, Any], *optional: str) -> dict[str, Any]:
    """The schema of an object with these properties and no others."""
    return {
        "type": "object",
        "properties": properties,
        "required": [name for name in properties if name not in optional],
        "additionalProperties": False,
    }


_DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
_TEXT: Final = {"type": "string"}
_NUMBER: Final = {"type": "number"}

# --- the page's body ----------------------------------------------------------------------------------------------

BODY_SAMPLE: Final = Sample(
    "body",
    "the body",
    request_schema(DOCUMENT, COMPONENT),
    BODY,
    FIVE,
    generated="validate_update_finetuned_model_request_input",
)
_MOSTLY_VALID: Final = 10


def bodies(count: int) -> list[Any]:
    """So many bodies, no two alike. Every tenth has a mistake, and every hundredth has five."""
    return [_body(number) for number in range(count)]


def planted(count: int) -> int:
    """How many mistakes are in that many bodies."""
    return sum(len(_planted(number)) for number in range(count))


def _body(number: int) -> Any:
    return {**with_mistakes(BODY, _planted(number)), "creator_id": f"user-{number}"}


def _planted(number: int) -> tuple[Mistake, ...]:
    if number % _MOSTLY_VALID:
        return ()
    tenth = number // _MOSTLY_VALID
    return FIVE if tenth % _MOSTLY_VALID == 0 else (DEEP,) if tenth % 2 else (AT_THE_ROOT,)


# --- many unions --------------------------------------------------------------------------------------------------


def _one_of(*names: str) -> dict[str, Any]:
    return {"oneOf": [{"$ref": f"#/$defs/{name}"} for name in names]}


def _tagged(tag: str, *names: str) -> dict[str, Any]:
    """As `_one_of`, with OpenAPI's word for the tag, which helps the makers of models; validators pass over it."""
    return {**_one_of(*names), "discriminator": {"propertyName": tag}}


# Events and shapes have a tag; filters, places, texts and amounts are told by what they hold.
_UNIONS: Final[dict[str, Any]] = {
    "Event": _tagged("kind", "Placed", "Moved", "Noted", "Grouped"),
    "Placed": _closed(
        {
            "kind": {"const": "placed"},
            "at": {"anyOf": [{"$ref": "#/$defs/Point"}, {"$ref": "#/$defs/Address"}]},
            "amount": {
                "anyOf": [{"type": "integer", "minimum": 0}, _closed({"value": _NUMBER, "unit": _TEXT})]
            },
        }
    ),
    "Moved": _closed(
        {"kind": {"const": "moved"}, "path": {"type": "array", "items": {"$ref": "#/$defs/Shape"}}}
    ),
    "Noted": _closed(
        {
            "kind": {"const": "noted"},
            "text": {
                "anyOf": [_TEXT, {"type": "array", "items": {"oneOf": [_TEXT, {"$ref": "#/$defs/Link"}]}}]
            },
        }
    ),
    "Grouped": _closed(
        {
            "kind": {"const": "grouped"},
            "events": {"type": "array", "items": {"$ref": "#/$defs/Event"}},
            "filter": {"$ref": "#/$defs/Filter"},
        }
    ),
    "Point": _closed({"x": _NUMBER, "y": _NUMBER}),
    "Address": _closed({"street": _TEXT, "city": _TEXT, "country": _TEXT}, "country"),
    "Link": _closed({"href": _TEXT, "label": _TEXT}, "label"),
    "Shape": _tagged("shape", "Circle", "Rectangle", "Polygon"),
    "Circle": _closed({"shape": {"const": "circle"}, "center": {"$ref": "#/$defs/Point"}, "radius": _NUMBER}),
    "Rectangle": _closed({"shape": {"const": "rectangle"}, "width": _NUMBER, "height": _NUMBER}),
    "Polygon": _closed(
        {"shape": {"const": "polygon"}, "points": {"type": "array", "items": {"$ref": "#/$defs/Point"}}}
    ),
    "Filter": _one_of("All", "Either", "Test"),
    "All": _closed({"all": {"type": "array", "items": {"$ref": "#/$defs/Filter"}}}),
    "Either": _closed({"either": {"type": "array", "items": {"$ref": "#/$defs/Filter"}}}),
    "Test": _closed(
        {
            "field": _TEXT,
            "op": {"enum": ["eq", "lt", "gt", "in"]},
            "value": {
                "anyOf": [_TEXT, _NUMBER, {"type": ["boolean", "null"]}, {"type": "array", "items": _TEXT}]
            },
        }
    ),
}
_PLACED: Final = {"kind": "placed", "at": {"x": 1.5, "y": 2}, "amount": 3}
_POSTED: Final = {
    "kind": "placed",
    "at": {"street": "Long Street 1", "city": "Bern"},
    "amount": {"value": 0.5, "unit": "kg"},
}
_MOVED: Final = {
    "kind": "moved",
    "path": [
        {"shape": "rectangle", "width": 4, "height": 2.5},
        {"shape": "polygon", "points": [{"x": 0, "y": 0}, {"x": 1, "y": 0}, {"x": 0, "y": 1}]},
        {"shape": "circle", "center": {"x": 1, "y": 1}, "radius": 0.5},
    ],
}
_NOTED: Final = {
    "kind": "noted",
    "text": ["see", {"href": "https://example.com/", "label": "this"}, "and that"],
}
_TEST: Final = {"field": "country", "op": "in", "value": ["ch", "at"]}
_FILTER: Final = {"all": [_TEST, {"either": [{"field": "size", "op": "lt", "value": 9.5}, _TEST]}]}
_GROUPED: Final = {
    "kind": "grouped",
    "events": [_PLACED, {"kind": "grouped", "events": [_POSTED, _MOVED], "filter": _FILTER}],
    "filter": _TEST,
}
_ROUNDS: Final = 20
UNIONS: Final = Sample(
    "unions",
    "100 events, unions in unions",
    {
        "$schema": _DIALECT,
        "title": "Feed",
        **_closed({"feed": {"type": "array", "items": {"$ref": "#/$defs/Event"}}}),
        "$defs": _UNIONS,
    },
    {"feed": _ROUNDS * [_PLACED, _POSTED, _MOVED, _NOTED, _GROUPED]},
    (
        Mistake(("feed", 10, "amount"), "much", "/feed/10/amount"),
        Mistake(("feed", 32, "path", 2, "radius"), "wide", "/feed/32/path/2/radius"),
        Mistake(("feed", 53, "text", 1, "href"), GONE, "/feed/53/text/1"),
        Mistake(
            ("feed", 74, "events", 1, "filter", "all", 0, "op"), "ne", "/feed/74/events/1/filter/all/0/op"
        ),
        Mistake(("feed", 95, "kind"), "lost", "/feed/95/kind"),
    ),
    unfit={MSGSPEC: "tells objects apart by tags alone"},
)

# --- many properties ----------------------------------------------------------------------------------------------

# Schemas of properties, each with a value.
_MIXED: Final[tuple[tuple[dict[str, Any], Any], ...]] = (
    ({"type": "string", "maxLength": 64}, "some text"),
    ({"type": "integer", "minimum": 0}, 7),
    ({"type": "number", "exclusiveMaximum": 1}, 0.5),
    ({"type": "boolean"}, True),
    ({"type": "string", "enum": ["low", "middle", "high"]}, "low"),
    ({"type": "string", "format": "date-time"}, "2026-08-03T10:00:00Z"),
    ({"type": "array", "items": _TEXT, "maxItems": 8}, ["a", "b", "c"]),
    ({"type": ["string", "null"]}, None),
    ({"type": "string", "pattern": "^[a-z]+-[0-9]+$"}, "part-17"),
    (_closed({"x": _NUMBER, "y": _NUMBER}), {"x": 1, "y": 2.5}),
)
_COLUMNS: Final = {f"column_{number:03}": _MIXED[number % len(_MIXED)] for number in range(300)}
WIDE: Final = Sample(
    "wide",
    "300 properties",
    {
        "$schema": _DIALECT,
        "title": "Wide",
        **_closed({name: schema for name, (schema, _) in _COLUMNS.items()}, *list(_COLUMNS)[::2]),
    },
    {name: value for name, (_, value) in _COLUMNS.items()},
    (
        Mistake(("column_001",), GONE, ""),
        Mistake(("column_041",), -1, "/column_041"),
        Mistake(("column_118",), "Part 17", "/column_118"),
        Mistake(("column_209", "y"), "far", "/column_209/y"),
        Mistake(("column_300",), 1, "/column_300"),
    ),
)

# --- many items ---------------------------------------------------------------------------------------------------

_COUNT: Final = 10_000
_ITEM: Final = _closed(
    {
        "id": {"type": "integer", "minimum": 0},
        "name": _TEXT,
        "price": {"type": "number", "minimum": 0},
        "active": {"type": "boolean"},
        "tags": {"type": "array", "items": _TEXT},
    },
    "active",
    "tags",
)
_ITEMS: Final = [
    {
        "id": number,
        "name": f"item {number}",
        "price": number / 4,
        "active": number % 3 == 0,
        "tags": ["a", "b"],
    }
    for number in range(_COUNT)
]
_WRONG_ITEMS: Final = (
    Mistake((17, "price"), -1, "/17/price"),
    Mistake((5000, "name"), GONE, "/5000"),
    Mistake((9999, "tags", 1), 5, "/9999/tags/1"),
)
_LIST: Final = {
    "$schema": _DIALECT,
    "title": "Items",
    "type": "array",
    "items": {"$ref": "#/$defs/Item"},
    "$defs": {"Item": _ITEM},
}
LONG: Final = Sample("long", "10,000 objects", _LIST, _ITEMS, _WRONG_ITEMS)
UNIQUE: Final = Sample(
    "unique",
    "10,000 objects, all different",
    {**_LIST, "uniqueItems": True},
    _ITEMS,
    (*_WRONG_ITEMS, Mistake((9998,), copy.deepcopy(_ITEMS[1]), "")),
    unfit={
        JSONSCHEMA: "compares each object with each other: minutes",
        PYDANTIC: "its models don't look for equal items",
        MSGSPEC: "its models don't look for equal items",
    },
    unfit_for_mistakes={CORVUS: "its interpreter compares each object with each other: minutes"},
)

SCHEMAS: Final = (UNIONS, WIDE, LONG, UNIQUE)
