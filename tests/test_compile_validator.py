from __future__ import annotations

import json
from typing import Any

import pytest

import specwright
from specwright import Refused

REFUSED: list[tuple[Any, dict[str, Any], str, str]] = [
    (5, {}, "#", "wrong-type"),
    ({"type": "strin"}, {}, "#/type", "wrong-value"),
    ({"properties": {"a": {"minLength": "x"}}}, {}, "#/properties/a/minLength", "wrong-type"),
    ({"properties": {"a": {"$ref": "#/$defs/b"}}}, {}, "#/properties/a/$ref", "ref-missing"),
    ({"$ref": "https://example.com/x"}, {}, "#/$ref", "ref-missing"),
    ({"items": {"pattern": "(("}}, {}, "#/items/pattern", "pattern-invalid"),
    ({"patternProperties": {"a~/((": True}}, {}, "#/patternProperties/a~0~1((", "pattern-invalid"),
    ({}, {"dialect": "draft-99"}, "#", "version-unknown"),
]


@pytest.mark.parametrize(
    ("schema", "options", "place", "code"), REFUSED, ids=lambda part: json.dumps(part)[:40]
)
def test_what_is_no_schema_is_refused_with_its_place(
    schema: Any, options: dict[str, Any], place: str, code: str
) -> None:
    with pytest.raises(Refused) as caught:
        specwright.compile_validator(schema, **options)
    assert str(caught.value).startswith(f"{place}: error[{code}]: ")


def test_the_schema_is_taken_as_it_is_and_left_as_it_is() -> None:
    schema = {"properties": {"a": {"enum": [1]}}}
    before = json.dumps(schema)
    validate = specwright.compile_validator(schema)
    assert json.dumps(schema) == before
    schema["properties"]["a"]["enum"].append(2)
    assert validate({"a": 2}) != []


def test_resources_and_the_base_are_what_references_start_from() -> None:
    resources = {"https://example.com/b/item.json": {"type": "integer"}}
    validate = specwright.compile_validator(
        {"items": {"$ref": "item.json"}}, base_uri="https://example.com/b/list.json", resources=resources
    )
    assert [(issue.pointer, issue.keyword) for issue in validate([1, "a"])] == [("/1", "type")]


def test_formats_are_annotations_where_it_is_asked_for() -> None:
    schema = {"format": "date"}
    assert [issue.keyword for issue in specwright.compile_validator(schema)("today")] == ["format"]
    assert specwright.compile_validator(schema, formats=False)("today") == []


@pytest.mark.parametrize(
    ("dialect", "schema"),
    [
        (
            "draft-04",
            {"definitions": {"a": {"maximum": 1, "exclusiveMaximum": True}}, "$ref": "#/definitions/a"},
        ),
        ("draft-07", {"dependencies": {"a": ["b"]}, "items": [{"type": "string"}], "additionalItems": False}),
        ("2019-09", {"$recursiveAnchor": True, "properties": {"a": {"$recursiveRef": "#"}}}),
        ("2020-12", {"prefixItems": [{"type": "string"}], "items": False}),
    ],
)
def test_every_dialect_is_read(dialect: str, schema: Any) -> None:
    assert specwright.compile_validator(schema, dialect=dialect)({}) == []


DEEP: list[Any] = [
    {"type": "object", "properties": {"a": {"$ref": "#"}}},
    {"anyOf": [{"type": "string"}, {"type": "object", "additionalProperties": {"$ref": "#"}}]},
    {"oneOf": [{"required": ["a"], "properties": {"a": {"$ref": "#"}}}, {"required": ["b"]}]},
    {"not": {"properties": {"a": {"not": {"$ref": "#"}}}, "required": ["b"]}},
    {"contains": {"$ref": "#"}, "type": ["object", "array"], "properties": {"a": {"$ref": "#"}}},
]


@pytest.mark.parametrize("schema", DEEP, ids=lambda part: json.dumps(part)[:40])
def test_what_is_too_deep_is_an_issue(schema: Any) -> None:
    value: Any = {}
    for _ in range(100_000):
        value = {"a": value}
    issues = specwright.compile_validator(schema)(value)
    assert [issue.keyword for issue in issues] == ["depth"]
    assert "nested too deeply" in issues[0].message


def test_deep_values_are_compared_without_recursion() -> None:
    value: Any = []
    for _ in range(100_000):
        value = [value]
    assert specwright.compile_validator({"uniqueItems": True})([value, 1]) == []
    assert specwright.compile_validator({"const": [[]]})(value) != []


NUMBERS: list[tuple[Any, Any, bool]] = [
    ({"multipleOf": 0.01}, 19.99, True),
    ({"multipleOf": 0.01}, 19.999, False),
    ({"multipleOf": 0.5}, 1e308, True),
    ({"multipleOf": 3}, 10**400, False),
    ({"multipleOf": 0.5}, 10**400, True),
    ({"multipleOf": 1e-300}, 1e300, True),
    ({"maximum": 2**63 - 1}, 2**63, False),
    ({"maximum": 2**63 - 1}, 2**63 - 1, True),
    ({"exclusiveMaximum": 10**400}, 10**400 - 1, True),
    ({"minimum": -(2**64)}, -(2**64) - 1, False),
    ({"type": "integer"}, 1.0, True),
    ({"type": "integer"}, 1e308, True),
    ({"type": "number"}, True, False),
    ({"enum": [1]}, True, False),
    ({"enum": [True]}, 1, False),
    ({"enum": [[0]]}, [False], False),
    ({"const": 1}, 1.0, True),
    ({"uniqueItems": True}, [1, True], True),
    ({"uniqueItems": True}, [{"a": 1}, {"a": 1.0}], False),
]


@pytest.mark.parametrize(("schema", "value", "fits"), NUMBERS, ids=lambda part: str(part)[:30])
def test_numbers_are_exact(schema: Any, value: Any, fits: bool) -> None:  # noqa: FBT001  # of a table
    assert (specwright.compile_validator(schema)(value) == []) is fits


def test_an_issue_is_a_tuple() -> None:
    validate = specwright.compile_validator({"type": "object", "required": ["a"]})
    (issue,) = validate({})
    assert issue == ("", "required", 'the property "a" is missing')


NAMES = [f"n{number}" for number in range(130)]
VERDICTS: list[tuple[Any, Any, bool]] = [
    # alternatives of several terms
    (
        {"oneOf": [{"type": "string", "minLength": 3}, {"type": ["string", "null"], "enum": ["a", None]}]},
        "abcd",
        True,
    ),
    ({"oneOf": [{"type": ["number", "object"]}, {"type": ["number", "null"], "enum": [2, None]}]}, 2, False),
    ({"oneOf": [{"required": NAMES}, {"type": ["object", "string"], "enum": [{}]}]}, 1, True),
    ({"anyOf": [{"type": "null", "not": {}}, {"type": "string"}]}, None, False),
    ({"oneOf": [{"type": "null"}, {"const": None}, {"type": "string"}]}, None, False),
    # true is no 1, however it is compared
    ({"allOf": [{"const": 0}, {"const": False}]}, 0, False),
    ({"allOf": [{"not": {"const": 0}}, {"not": {"const": False}}]}, False, False),
    ({"allOf": [{"enum": [{"t": 1}, [1]]}, {"enum": [{"t": True}]}]}, {"t": 1}, False),
    ({"allOf": [{"items": {"const": 1}}, {"items": {"const": True}}]}, [1], False),
    # what can't be is demanded all the same
    ({"properties": {"b": False}, "required": ["b"]}, {}, False),
    ({"properties": {"b": {"allOf": [{"type": "string"}, {"type": "null"}]}}, "required": ["b"]}, {}, False),
    ({"enum": []}, 1, False),
    # parts that lead back to themselves
    (
        {
            "unevaluatedProperties": False,
            "$ref": "#/$defs/b",
            "$defs": {
                "b": {"properties": {"a": {}}, "anyOf": [{"properties": {"b": {"$ref": "#/$defs/b"}}}, {}]}
            },
        },
        {"a": 1, "b": {}},
        True,
    ),
]


@pytest.mark.parametrize(("schema", "value", "fits"), VERDICTS, ids=lambda part: str(part)[:40])
def test_the_verdict_is_that_of_the_standard(schema: Any, value: Any, fits: bool) -> None:  # noqa: FBT001  # of a table
    assert (specwright.compile_validator(schema)(value) == []) is fits


@pytest.mark.parametrize("count", [60, 3000])
def test_many_alternatives_are_told_apart(count: int) -> None:
    tagged = [
        {"type": "object", "required": ["t"], "properties": {"t": {"const": f"v{number}"}}}
        for number in range(count)
    ]
    validate = specwright.compile_validator({"oneOf": tagged})
    assert validate({"t": "v7"}) == []
    assert [(issue.pointer, issue.keyword) for issue in validate({"t": "x"})] == [("/t", "enum")]
    blind = specwright.compile_validator({"oneOf": [{"minLength": number} for number in range(count)]})
    assert [issue.keyword for issue in blind("")] == []
    assert [issue.keyword for issue in blind("abc")] == ["oneOf"]


def test_numbers_that_are_chosen_to_collide_are_compared_all_the_same() -> None:
    values = [number * (2**61 - 1) for number in range(50_000)]
    assert specwright.compile_validator({"uniqueItems": True})(values) == []
    assert specwright.compile_validator({"uniqueItems": True})([*values, float(2**61), 2**61]) != []


SECRETS: list[Any] = [
    {"type": "string", "minLength": 80, "allOf": [{"format": "password"}]},
    {"$ref": "#/$defs/x", "format": "password", "$defs": {"x": {"type": "string", "minLength": 80}}},
    {"oneOf": [{"maxLength": 2}, {"format": "password", "minLength": 50}]},
    {"anyOf": [{"format": "password", "minLength": 50}, {"type": "null"}], "pattern": "^x"},
    {"format": "password", "not": {"type": "string"}},
]


@pytest.mark.parametrize("schema", SECRETS, ids=lambda part: str(part)[:40])
def test_a_secret_is_shown_by_no_part_of_a_schema(schema: Any) -> None:
    secret = "hunter2"  # noqa: S105 - made up, to be looked for
    issues = specwright.compile_validator(schema)(secret)
    assert issues
    assert secret not in str(issues)


def test_what_is_write_only_is_not_shown() -> None:
    secret = "hunter2"  # noqa: S105 - made up, to be looked for
    validate = specwright.compile_validator({"properties": {"p": {"writeOnly": True, "minLength": 50}}})
    assert "hidden" in str(validate({"p": secret}))
    assert secret not in str(validate({"p": secret}))
