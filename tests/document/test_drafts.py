from __future__ import annotations

import json
from typing import Any

import jsonschema_specifications  # type: ignore[import-untyped]
import pytest

from specwright.document.standalone import load_schema
from specwright.document.upgrade.drafts import DRAFTS

OLD = ("draft-04", "draft-06", "draft-07")
LISTED = (*OLD, "2019-09")
ALL = tuple(DRAFTS)
REFERENCE = {"$ref": "#/definitions/a", "definitions": {"a": {}}}


@pytest.mark.parametrize(
    ("dialects", "schema", "raised"),
    [
        (ALL, {"definitions": {"a": {}}}, {"$defs": {"a": {}}}),
        (("2019-09", "2020-12"), {"definitions": {"a": {}}, "$defs": {"b": {}}}, {"$defs": {"a": {}, "b": {}}}),
        (ALL, {"dependencies": {"a": ["b"]}}, {"dependentRequired": {"a": ["b"]}}),
        (ALL, {"dependencies": {"a": {"type": "null"}}}, {"dependentSchemas": {"a": {"type": "null"}}}),
        (ALL, {"dependencies": {"a": ["b"], "c": {}}}, {"dependentRequired": {"a": ["b"]}, "dependentSchemas": {"c": {}}}),
        (ALL, {"dependencies": {}}, {}),
        (("2019-09", "2020-12"), {"dependencies": {"a": ["b"]}, "dependentRequired": {"a": ["c"]}},
         {"dependentRequired": {"a": ["c"]}, "allOf": [{"dependentRequired": {"a": ["b"]}}]}),
        (LISTED, {"items": [{}, {"type": "null"}]}, {"prefixItems": [{}, {"type": "null"}]}),
        (LISTED, {"items": [{}], "additionalItems": {"type": "null"}}, {"prefixItems": [{}], "items": {"type": "null"}}),
        (LISTED, {"items": [], "additionalItems": False}, {"items": False}),
        (LISTED, {"items": {"type": "null"}, "additionalItems": False}, {"items": {"type": "null"}}),
        (LISTED, {"additionalItems": False}, {}),
        (("2020-12",), {"additionalItems": False}, {}),
        (LISTED, {"prefixItems": [False]}, {}),
        (OLD, {"$defs": {}, "dependentRequired": {"a": ["b"]}, "dependentSchemas": {"a": False}, "minContains": 2,
               "unevaluatedItems": False, "unevaluatedProperties": False, "$anchor": "a", "$dynamicRef": "#a"}, {}),
        (("draft-04", "draft-06"), {"if": True, "then": False, "else": False}, {}),
        (("draft-07",), {"if": True, "then": False}, {"if": True, "then": False}),
        (("draft-04",), {"const": 1, "contains": False, "propertyNames": False, "examples": 1}, {}),
        (OLD, {**REFERENCE, "type": "null", "$id": "x", "id": "y", "maxLength": "any"},
         {"$ref": "#/definitions/a", "$defs": {"a": {}}}),
        (("2019-09", "2020-12"), {**REFERENCE, "type": "null"},
         {"$ref": "#/definitions/a", "$defs": {"a": {}}, "type": "null"}),
        (("draft-06", "draft-07"), {"not": {"$id": "#foo"}}, {"not": {"$anchor": "foo"}}),
        (("draft-06", "draft-07"), {"$id": "http://a.example/b#foo"}, {"$id": "http://a.example/b", "$anchor": "foo"}),
        (("draft-06", "draft-07"), {"properties": {"a": {"$id": "#/properties/a"}}}, {"properties": {"a": {}}}),
        (("draft-04",), {"id": "http://a.example/b#", "not": {"id": "#foo"}},
         {"$id": "http://a.example/b", "not": {"$anchor": "foo"}}),
        (("draft-06", "draft-07", "2019-09", "2020-12"), {"id": 5}, {}),
        (("draft-04",), {"minimum": 1, "exclusiveMinimum": True, "maximum": 2, "exclusiveMaximum": False},
         {"exclusiveMinimum": 1, "maximum": 2}),
        (("draft-04",), {"exclusiveMinimum": True}, {}),
        (ALL, {"minLength": 2.0, "maxItems": 1e2}, {"minLength": 2, "maxItems": 100}),
        (ALL, {"multipleOf": 0.5, "enum": [1.0, True, None]}, {"multipleOf": 0.5, "enum": [1.0, True, None]}),
        (("2019-09",), {"$recursiveAnchor": True, "not": {"$recursiveRef": "#"}},
         {"$dynamicAnchor": "$recursiveAnchor", "not": {"$dynamicRef": "#"}}),
        (("2019-09",), {"$recursiveAnchor": False}, {}),
        (("2020-12",), {"$recursiveAnchor": True, "$recursiveRef": "#"}, {}),
        (("2019-09",), {"$dynamicAnchor": "a", "$dynamicRef": "#a"}, {}),
        (ALL, {"unknown": {"$ref": "#/nowhere"}, "nullable": True, "x-a": 1}, {}),
        (ALL, {"properties": {"$ref": {"type": "null"}, "$id": {}, "id": {}}},
         {"properties": {"$ref": {"type": "null"}, "$id": {}, "id": {}}}),
        (ALL, {"enum": [{"$ref": "#/nowhere", "$id": "#a", "items": []}]}, {"enum": [{"$ref": "#/nowhere", "$id": "#a", "items": []}]}),
    ],
)  # fmt: skip
def test_what_a_schema_is_in_2020_12(dialects: tuple[str, ...], schema: object, raised: object) -> None:
    for dialect in dialects:
        root = load_schema(schema, dialect=dialect).root
        assert json.dumps(root, sort_keys=True) == json.dumps(raised, sort_keys=True), dialect


@pytest.mark.parametrize("dialect", ALL)
def test_the_schema_says_which_draft_it_is_of(dialect: str) -> None:
    schema = {
        "$schema": DRAFTS[dialect].uri + "#",
        "items": {},
        "contains": {},
        "if": {},
        "dependentRequired": {},
    }
    root = load_schema(schema, dialect="2020-12" if dialect != "2020-12" else "draft-04").root
    known = DRAFTS[dialect].keywords.keys() - {"$schema"}
    assert root == {keyword: {} for keyword in schema if keyword in known}


HIDDEN = {"not": {"not": {"contains": {"type": "null"}, "minContains": 2}}}


@pytest.mark.parametrize(
    ("dialect", "schema", "raised"),
    [
        ("2019-09", {"contains": {"type": "null"}, "minContains": 2},
         {"contains": {"type": "null"}, "minContains": 2}),
        ("2019-09", {"contains": {"type": "null"}, "minContains": 2, "unevaluatedItems": False},
         {"unevaluatedItems": False, "allOf": [HIDDEN]}),
        ("2019-09", {"contains": {"type": "null"}, "minContains": 2, "unevaluatedItems": False, "allOf": [{}]},
         {"unevaluatedItems": False, "allOf": [{}, HIDDEN]}),
        ("2020-12", {"contains": {"type": "null"}, "minContains": 2, "unevaluatedItems": False},
         {"contains": {"type": "null"}, "minContains": 2, "unevaluatedItems": False}),
    ],
)  # fmt: skip
def test_contains_evaluates_items_from_2020_12_on(dialect: str, schema: object, raised: object) -> None:
    assert load_schema(schema, dialect=dialect).root == raised


def test_contains_of_an_older_draft_is_hidden_where_another_schema_asks_for_what_is_evaluated() -> None:
    older = {"$schema": DRAFTS["draft-07"].uri, "contains": {}}
    schemas = load_schema({"$ref": "u:a", "unevaluatedItems": False}, resources={"u:a": older})
    assert isinstance(schemas.root, dict)
    target = schemas.target(schemas.root)
    assert target == {"allOf": [{"not": {"not": {"contains": {}}}}]}
    assert isinstance(target, dict)
    assert schemas.resource(target["allOf"][0]["not"]) == "u:a"


LEFT_OUT_OF_META_SCHEMAS = {"draft-04": {"$ref"}, "draft-07": {"writeOnly"}}
WITHOUT_A_MEANING = {"2020-12": {"$recursiveAnchor", "$recursiveRef"}}


@pytest.mark.parametrize("dialect", ALL)
def test_a_draft_has_the_keywords_that_its_meta_schema_has(dialect: str) -> None:
    registry: Any = jsonschema_specifications.REGISTRY
    draft = DRAFTS[dialect]
    uris = [draft.uri, *(name.replace("/vocab/", "/meta/") for name in draft.vocabularies)]
    keywords = {keyword for uri in uris for keyword in registry.contents(uri)["properties"]}
    expected = keywords | LEFT_OUT_OF_META_SCHEMAS.get(dialect, set())
    assert draft.keywords.keys() == expected - WITHOUT_A_MEANING.get(dialect, set())
