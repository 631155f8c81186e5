"""What generated validators say of values: a table by hand, in the terms of JSON Schema 2020-12."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

from specwright.config import Config
from specwright.document import load
from specwright.validation import validator

if TYPE_CHECKING:
    from specwright.plan.ir import Direction
    from specwright.runtime.issues import Issue

ITEM: Final = {"type": "object", "required": ["a"], "properties": {"a": {"type": "integer"}}}
SCHEMAS: Final[dict[str, Any]] = {
    "Item": ITEM,
    "Level": {"type": "string", "enum": ["low", "high"]},
    "Deep": {"type": "object", "properties": {"deep": {"type": "integer"}}},
    "Tree": {
        "type": "object",
        "properties": {"children": {"type": "array", "items": {"$ref": "#/components/schemas/Tree"}}},
    },
}


def _issues(schema: Any, value: Any, direction: Direction = "request") -> list[Issue]:
    source = {
        "openapi": "3.1.1",
        "info": {"title": "t", "version": "1"},
        "paths": {},
        "components": {"schemas": {**SCHEMAS, "Subject": schema}},
    }
    document = load(json.dumps(source).encode(), Config(spec=Path("spec.json")))
    return validator(document, "Subject", direction)(value)


def _ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


TABLE: Final[list[tuple[Any, Any, list[tuple[str, str]]]]] = [
    # types
    (True, object, []),
    ({}, [1, {"a": None}], []),
    (False, 1, [("", "not")]),
    ({"type": "string"}, "", []),
    ({"type": "string"}, 1, [("", "type")]),
    ({"type": "integer"}, 1, []),
    ({"type": "integer"}, 1.0, []),
    ({"type": "integer"}, 1e300, []),
    ({"type": "integer"}, 1.5, [("", "type")]),
    ({"type": "integer"}, True, [("", "type")]),
    ({"type": "integer"}, "1", [("", "type")]),
    ({"type": "number"}, 1, []),
    ({"type": "number"}, 1.5, []),
    ({"type": "number"}, False, [("", "type")]),
    ({"type": "boolean"}, True, []),
    ({"type": "boolean"}, 1, [("", "type")]),
    ({"type": "null"}, None, []),
    ({"type": "null"}, False, [("", "type")]),
    ({"type": "array"}, [], []),
    ({"type": "array"}, {}, [("", "type")]),
    ({"type": "object"}, {}, []),
    ({"type": "object"}, [], [("", "type")]),
    ({"type": ["string", "null"]}, None, []),
    ({"type": ["string", "null"]}, "a", []),
    ({"type": ["string", "null"]}, 1, [("", "type")]),
    ({"type": ["integer", "number"]}, 1.5, []),
    ({"type": ["string", "integer"], "minLength": 2, "minimum": 5}, "a", [("", "minLength")]),
    ({"type": ["string", "integer"], "minLength": 2, "minimum": 5}, 4, [("", "minimum")]),
    ({"type": ["string", "integer"], "minLength": 2, "minimum": 5}, None, [("", "type")]),
    # values
    ({"const": 1}, 1.0, []),
    ({"const": 1}, True, [("", "enum")]),
    ({"const": False}, 0, [("", "enum")]),
    ({"const": None}, None, []),
    ({"const": {"a": [1, {"b": None}]}}, {"a": [1.0, {"b": None}]}, []),
    ({"const": {"a": 1}}, {"a": 1, "b": 2}, [("", "enum")]),
    ({"enum": ["a", 1, None]}, None, []),
    ({"enum": ["a", 1, None]}, "1", [("", "enum")]),
    ({"enum": [[1, 2]]}, [1, 2], []),
    ({"enum": [[1, 2]]}, [2, 1], [("", "enum")]),
    ({"type": "string", "enum": ["a", "b"]}, "a", []),
    ({"type": "string", "enum": ["a", "b"]}, "c", [("", "enum")]),
    ({"type": "string", "enum": ["a", "b"]}, 1, [("", "type")]),
    ({"type": "integer", "enum": [1, 2]}, 1.0, []),
    ({"type": "integer", "enum": [1, 2]}, 3, [("", "enum")]),
    (_ref("Level"), "low", []),
    (_ref("Level"), "x", [("", "enum")]),
    # text
    ({"type": "string", "minLength": 2}, "a", [("", "minLength")]),
    ({"type": "string", "minLength": 2}, "é🎉", []),
    ({"type": "string", "maxLength": 2}, "🎉🎉🎉", [("", "maxLength")]),
    ({"minLength": 2}, 1, []),
    ({"type": "string", "minLength": 3, "maxLength": 1}, "ab", [("", "minLength"), ("", "maxLength")]),
    ({"type": "string", "format": "date"}, "2024-02-29", []),
    ({"type": "string", "format": "date"}, "2023-02-29", [("", "format")]),
    ({"type": "string", "format": "date-time"}, "2026-01-31T12:00:00Z", []),
    ({"type": "string", "format": "date-time"}, "2026-01-31 12:00:00", [("", "format")]),
    ({"type": "string", "format": "date-time"}, "2016-12-31T23:59:60Z", []),
    ({"type": "string", "format": "time"}, "12:00:00+01:00", []),
    ({"type": "string", "format": "time"}, "25:00:00Z", [("", "format")]),
    ({"type": "string", "format": "duration"}, "P1DT2H", []),
    ({"type": "string", "format": "duration"}, "1h", [("", "format")]),
    ({"type": "string", "format": "uuid"}, "11111111-2222-4333-8444-555555555555", []),
    ({"type": "string", "format": "uuid"}, "11111111222243338444555555555555", [("", "format")]),
    ({"type": "string", "format": "whatever"}, "x", []),
    ({"format": "date"}, 1, []),
    # numbers
    ({"type": "number", "minimum": 1}, 1, []),
    ({"type": "number", "minimum": 1}, 0.999, [("", "minimum")]),
    ({"type": "number", "exclusiveMinimum": 1}, 1, [("", "exclusiveMinimum")]),
    ({"type": "number", "maximum": 1.5}, 1.5, []),
    ({"type": "number", "maximum": 1.5}, 2, [("", "maximum")]),
    ({"type": "number", "exclusiveMaximum": 2}, 2.0, [("", "exclusiveMaximum")]),
    ({"type": "number", "multipleOf": 0.1}, 0.3, []),
    ({"type": "number", "multipleOf": 0.01}, 19.99, []),
    ({"type": "number", "multipleOf": 0.01}, 19.999, [("", "multipleOf")]),
    ({"type": "integer", "multipleOf": 3}, 10**30, [("", "multipleOf")]),
    ({"type": "integer", "minimum": 9007199254740993}, 9007199254740992, [("", "minimum")]),
    ({"minimum": 5}, "a", []),
    # arrays
    ({"type": "array", "items": {"type": "integer"}}, [1, "a", 2, None], [("/1", "type"), ("/3", "type")]),
    ({"type": "array", "minItems": 1}, [], [("", "minItems")]),
    ({"type": "array", "maxItems": 1}, [1, 2], [("", "maxItems")]),
    ({"type": "array", "uniqueItems": True}, [1, True, "1", None, [1], {"a": 1}], []),
    ({"type": "array", "uniqueItems": True}, [1, 1.0], [("", "uniqueItems")]),
    ({"type": "array", "uniqueItems": True}, [{"a": 1, "b": 2}, {"b": 2, "a": 1}], [("", "uniqueItems")]),
    ({"type": "array", "uniqueItems": True}, [[0], [False]], []),
    ({"items": {"type": "integer"}}, "a", []),
    ({"type": "array", "items": False}, [1], [("/0", "not")]),
    (
        {"type": "array", "items": {"type": "array", "items": {"type": "integer"}}},
        [[1], ["a"]],
        [("/1/0", "type")],
    ),
    (
        {"type": "array", "items": _ref("Item")},
        [{"a": 1}, {}, {"a": "x"}],
        [("/1", "required"), ("/2/a", "type")],
    ),
    # objects
    (ITEM, {"a": 1}, []),
    (ITEM, {}, [("", "required")]),
    (ITEM, {"a": "x", "b": 1}, [("/a", "type"), ("/b", "additionalProperties")]),
    ({**ITEM, "additionalProperties": True}, {"a": 1, "b": 1}, []),
    ({**ITEM, "additionalProperties": {"type": "string"}}, {"a": 1, "b": 1, "c": "x"}, [("/b", "type")]),
    ({"type": "object", "additionalProperties": False}, {"a~/b": 1}, [("/a~0~1b", "additionalProperties")]),
    (
        {"type": "object", "additionalProperties": {"type": "integer"}},
        {"a/b": "x", "": None},
        [("/a~1b", "type"), ("/", "type")],
    ),
    ({"type": "object", "minProperties": 2}, {"a": 1}, [("", "minProperties")]),
    ({"type": "object", "maxProperties": 0}, {"a": 1}, [("", "maxProperties")]),
    (
        {"type": "object", "properties": {"a~/b\n": {"type": "integer"}}},
        {"a~/b\n": "x"},
        [("/a~0~1b\n", "type")],
    ),
    ({"type": "object", "properties": {"a": False}}, {"a": 1}, [("/a", "not")]),
    ({"type": "object", "properties": {"a": False}}, {}, []),
    # A name that is required and no property is one vendor's mistake, not a demand on callers.
    ({**ITEM, "required": ["a", "ghost"]}, {"a": 1}, []),
    ({**ITEM, "required": ["a", "ghost"], "additionalProperties": True}, {"a": 1}, [("", "required")]),
    (
        _ref("Tree"),
        {"children": [{"children": [{}, {"children": 1}]}]},
        [("/children/0/children/1/children", "type")],
    ),
    # several schemas
    ({"allOf": [{"type": "string", "minLength": 2}, {"maxLength": 3}]}, "abcd", [("", "maxLength")]),
    (
        {"allOf": [_ref("Item"), {"properties": {"b": {"type": "string"}}}]},
        {"a": 1, "b": 1},
        [("/b", "type")],
    ),
    ({"allOf": [{"multipleOf": 2}, {"multipleOf": 3}]}, 4, [("", "multipleOf")]),
    ({"allOf": [{"format": "date"}, {"format": "uuid"}], "type": "string"}, "2026-01-31", [("", "format")]),
    ({"anyOf": [{"type": "string"}, {"type": "integer", "minimum": 5}]}, 6, []),
    ({"anyOf": [{"type": "string"}, {"type": "integer", "minimum": 5}]}, 4, [("", "minimum")]),
    ({"oneOf": [{"type": "integer"}, {"minimum": 5}]}, 4, []),
    ({"oneOf": [{"type": "integer"}, {"minimum": 5}]}, 6, [("", "oneOf")]),
    ({"oneOf": [{"type": "integer"}, {"type": "string"}]}, None, [("", "type")]),
    ({"anyOf": [_ref("Item"), {"type": "null"}]}, None, []),
    ({"anyOf": [_ref("Item"), {"type": "null"}]}, {}, [("", "required")]),
    ({"not": {"type": "string"}}, 1, []),
    ({"not": {"type": "string"}}, "a", [("", "not")]),
    ({"not": {}}, None, [("", "not")]),
    ({"type": "object", "properties": {"a": {"not": {"enum": [1]}}}}, {"a": 1}, [("/a", "not")]),
    (
        {"type": "array", "items": {"oneOf": [{"type": "integer"}, {"type": "string"}]}},
        [1, None],
        [("/1", "type")],
    ),
]


@pytest.mark.parametrize(
    ("schema", "value", "expected"), TABLE, ids=lambda part: json.dumps(part, default=str)[:60]
)
def test_issues_are_where_and_why_they_are(schema: Any, value: Any, expected: list[tuple[str, str]]) -> None:
    found = [(issue.pointer, issue.keyword) for issue in _issues(schema, value)]
    assert sorted(found) == sorted(expected)


def test_all_of_them_come_in_one_pass() -> None:
    schema = {
        "type": "object",
        "required": ["name", "kind"],
        "properties": {
            "name": {"type": "string", "minLength": 1},
            "kind": _ref("Level"),
            "items": {"type": "array", "minItems": 3, "items": _ref("Item")},
            "more": {"type": "object", "additionalProperties": {"type": "integer", "maximum": 1}},
        },
    }
    value = {"name": "", "items": [{"a": "x", "z": 1}, 1], "more": {"q": 2, "r": "s"}, "typo": 1}
    assert {(issue.pointer, issue.keyword) for issue in _issues(schema, value)} == {
        ("/name", "minLength"), ("", "required"), ("/items", "minItems"), ("/items/0/a", "type"),
        ("/items/0/z", "additionalProperties"), ("/items/1", "type"), ("/more/q", "maximum"), ("/more/r", "type"),
        ("/typo", "additionalProperties"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("direction", "value", "expected"),
    [
        ("request", {"set": "a"}, []),
        ("request", {"got": 1}, [("/got", "readOnly"), ("", "required")]),
        ("response", {"got": 1}, []),
        ("response", {"got": 1, "set": "a"}, [("/set", "writeOnly")]),
        ("response", {"got": 1, "more": 2}, []),
    ],
)
def test_each_side_is_asked_for_what_it_sends(direction: Any, value: Any, expected: Any) -> None:
    schema = {
        "type": "object",
        "required": ["got", "set"],
        "properties": {
            "got": {"type": "integer", "readOnly": True},
            "set": {"type": "string", "writeOnly": True},
        },
    }
    found = [(issue.pointer, issue.keyword) for issue in _issues(schema, value, direction)]
    assert sorted(found) == sorted(expected)


def test_an_enum_is_open_in_answers_to_values_of_its_type() -> None:
    assert _issues(_ref("Level"), "new", "response") == []
    assert [issue.keyword for issue in _issues(_ref("Level"), 1, "response")] == ["type"]
    assert _issues({"enum": ["a", 1]}, "new", "response") == []
    assert [issue.keyword for issue in _issues({"enum": ["a", 1]}, [], "response")] == ["type"]


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "string", "format": "password", "maxLength": 3},
        {"type": "integer", "writeOnly": True},
        {"type": "string", "writeOnly": True, "enum": ["a"]},
        {"type": "string", "writeOnly": True, "format": "uuid"},
        {"writeOnly": True, "const": "a"},
        {"writeOnly": True, "not": {"type": "string"}},
        {"writeOnly": True, "oneOf": [{"type": "integer"}, {"type": "null"}]},
        {
            "type": "object",
            "writeOnly": True,
            "properties": {"deep": {"type": "string", "format": "password", "maxLength": 1}},
        },
        {"type": "array", "writeOnly": True, "items": {"type": "integer"}},
        {"type": "object", "writeOnly": True, "properties": {"deep": {"type": "integer"}}},
        {"type": "object", "writeOnly": True, "additionalProperties": {"type": "integer"}},
        {"allOf": [{"format": "date"}, {"format": "uuid"}], "type": "string", "writeOnly": True},
        {"$ref": "#/components/schemas/Deep", "writeOnly": True},
    ],
)
def test_of_a_secret_only_its_type_is_told(schema: Any) -> None:
    secret = "hunter2"  # noqa: S105 - made up, to be looked for
    subject = {"type": "object", "properties": {"it": schema}}
    values = {"object": {"deep": secret}, "array": [secret]}
    found = _issues(
        subject, {"it": values.get(schema.get("type", "object" if "$ref" in schema else ""), secret)}
    )
    assert found
    assert secret not in repr(found)


def test_the_wording() -> None:
    messages = [
        _issues(schema, value)[0].message
        for schema, value in (
            ({"type": "integer"}, "x"),
            ({"type": "string", "maxLength": 1}, "xyz"),
            ({"type": "array", "minItems": 2}, [1]),
            ({"type": "object", "minProperties": 1}, {}),
            ({"type": "string", "enum": ["b", "a"]}, "c"),
            ({"const": "a"}, "c"),
            (ITEM, {}),
        )
    ]
    assert messages == [
        'expected integer, found "x"',
        'expected at most 1 character, found "xyz"',
        "expected at least 2 items, found 1",
        "expected at least 1 property, found 0",
        'expected one of "a", "b", found "c"',
        'expected "a", found "c"',
        'the property "a" is missing',
    ]


@pytest.mark.parametrize("kind", ["a", "new"])
def test_a_server_may_add_to_what_tells_alternatives_apart(kind: str) -> None:
    members = [
        {"type": "object", "required": ["kind"], "properties": {"kind": {"enum": values}}}
        for values in (["a", "b"], ["c", "d"])
    ]
    assert _issues({"oneOf": members}, {"kind": kind}, "response") == []


def test_what_a_server_must_not_say_is_no_value_that_it_may_add() -> None:
    schema = {"type": "string", "not": {"enum": ["a", "b"]}}
    assert _issues(schema, "z", "response") == []
    assert [issue.keyword for issue in _issues(schema, "a")] == ["not"]


X: Final = {"$ref": "#/components/schemas/Subject/properties/x"}
LOOPS: Final[list[tuple[Any, Any, list[str]]]] = [
    ({"type": "string", "not": X}, 1, ["type"]),
    ({"allOf": [{"prefixItems": [X]}, {"prefixItems": [True]}]}, [[]], []),
]


@pytest.mark.parametrize(("inner", "value", "found"), LOOPS)
def test_a_schema_without_a_name_that_is_made_of_itself(inner: Any, value: Any, found: list[str]) -> None:
    issues = _issues({"type": "object", "properties": {"x": inner}}, {"x": value})
    assert [issue.keyword for issue in issues] == found


NUMBERS: Final = {
    "$id": "https://example.com/numbers",
    "$ref": "https://example.com/list",
    "$defs": {"item": {"$dynamicAnchor": "item", "type": "number"}},
}
LIST: Final = {
    "$id": "https://example.com/list",
    "type": "object",
    "properties": {"items": {"type": "array", "items": {"$dynamicRef": "#item"}}},
    "$defs": {"item": {"$dynamicAnchor": "item"}},
}


@pytest.mark.parametrize("direction", ["request", "response"])
@pytest.mark.parametrize(
    ("subject", "value", "found"),
    [
        (_ref("Numbers"), {"items": [1, "a"]}, [("/items/1", "type")]),
        (_ref("List"), {"items": [1, "a"]}, []),
        ({"type": "array", "items": _ref("Numbers")}, [{"items": ["a"]}], [("/0/items/0", "type")]),
        ({"type": "array", "items": _ref("List")}, [{"items": ["a"]}], []),
    ],
)
def test_a_dynamic_reference_leads_to_what_was_passed_first(
    direction: Direction, subject: Any, value: Any, found: Any
) -> None:
    components = {"Numbers": NUMBERS, "List": LIST, "Subject": subject}
    source = {
        "openapi": "3.1.1",
        "info": {"title": "t", "version": "1"},
        "paths": {},
        "components": {"schemas": components},
    }
    document = load(json.dumps(source).encode(), Config(spec=Path("spec.json")))
    issues = validator(document, "Subject", direction)(value)
    assert [(issue.pointer, issue.keyword) for issue in issues] == found


DOG: Final = {"properties": {"kind": {"const": "dog"}}, "required": ["kind"]}
PET: Final = {"type": "object", "properties": {"kind": {"type": "string"}, "age": {"type": "integer"}}}
OF_REQUESTS: Final[list[tuple[Any, Any, list[tuple[str, str]]]]] = [
    # A part of what an object is has other properties than those that it speaks of.
    (
        {
            "type": "object",
            "properties": {"pet": PET},
            "anyOf": [{"properties": {"pet": DOG}}, {"required": ["x"]}],
        },
        {"pet": {"kind": "dog", "age": 1}},
        [],
    ),
    (
        {
            "type": "object",
            "properties": {"pet": PET, "n": {}},
            "if": {"properties": {"pet": DOG}, "required": ["pet"]},
            "then": {"required": ["n"]},
        },
        {"pet": {"kind": "dog", "age": 1}},
        [("", "required")],
    ),
    (
        {"allOf": [{"type": "array", "items": PET}, {"items": {"properties": {"name": {"type": "string"}}}}]},
        [{"age": 1, "name": "Rex"}],
        [],
    ),
    # What the other side sets is asked for nowhere.
    (
        {
            "type": "object",
            "properties": {"id": {"type": "string", "readOnly": True}, "n": {}},
            "dependentRequired": {"n": ["id"]},
            "dependentSchemas": {"n": {"required": ["id"]}},
            "if": {"required": ["n"]},
            "then": {"required": ["id"]},
        },
        {"n": 1},
        [],
    ),
    # What is open stays open, and what is closed asks for nothing that can't be there.
    (
        {"type": "object", "properties": {"a": {}}, "unevaluatedProperties": {"type": "string"}},
        {"b": "x"},
        [],
    ),
    (
        {
            "type": "object",
            "additionalProperties": True,
            "oneOf": [{"properties": {"k": {"const": kind}}, "required": ["k"]} for kind in ("a", "b")],
        },
        {"k": "b", "more": 1},
        [],
    ),
    (
        {"type": "object", "properties": {"a": {}}, "required": ["z"], "additionalProperties": False},
        {"a": 1},
        [],
    ),
]


@pytest.mark.parametrize(
    ("schema", "value", "expected"), OF_REQUESTS, ids=lambda part: json.dumps(part, default=str)[:60]
)
def test_requests_are_asked_for_what_callers_can_send(schema: Any, value: Any, expected: Any) -> None:
    assert [(issue.pointer, issue.keyword) for issue in _issues(schema, value)] == expected


@pytest.mark.parametrize(
    "beside",
    [
        {"if": {"required": ["p"]}, "then": {"properties": {"p": {"minLength": 50}}}},
        {"anyOf": [{"properties": {"p": {"minLength": 50}}}, {"properties": {"p": {"minLength": 60}}}]},
        {"dependentSchemas": {"p": {"properties": {"p": {"minLength": 50}}}}},
        {"patternProperties": {"^p": {"minLength": 50}}},
        {"allOf": [{"properties": {"p": {"minLength": 50}}}]},
    ],
)
@pytest.mark.parametrize("mark", [{"writeOnly": True}, {"format": "password"}])
def test_what_is_secret_in_the_whole_is_so_in_each_part(mark: Any, beside: Any) -> None:
    secret = "hunter2"  # noqa: S105 - made up, to be looked for
    schema = {"type": "object", "properties": {"p": {"type": "string", **mark}}, **beside}
    issues = _issues(schema, {"p": secret})
    assert issues
    assert secret not in str(issues)


def test_what_validate_finds_is_what_the_package_finds() -> None:
    base = {
        "type": "object",
        "required": ["t"],
        "properties": {"t": {"type": "string"}},
        "discriminator": {"propertyName": "t"},
    }
    child = {"allOf": [_ref("Base"), {"properties": {"m": {"type": "integer"}}}]}
    source = {
        "openapi": "3.1.1",
        "info": {"title": "t", "version": "1"},
        "paths": {},
        "components": {
            "schemas": {"Base": base, "Child": child, "Subject": {"properties": {"p": _ref("Base")}}}
        },
    }
    document = load(json.dumps(source).encode(), Config(spec=Path("spec.json")))
    check = validator(document, "Subject", "request")
    assert check({"p": {"t": "Child", "m": 1}}) == []
    assert [issue.pointer for issue in check({"p": {"t": "Child", "m": "x"}})] == ["/p/m"]
