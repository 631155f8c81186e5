from __future__ import annotations

import copy
import enum
import types
from typing import Any

import pytest

from specwright.document.standalone import Schemas, load_schema
from specwright.problems import Refused

CURRENT = "https://json-schema.org/draft/2020-12"


def target(schemas: Schemas, *path: str | int) -> Any:
    """What the `$ref` of the schema at a path from the root leads to."""
    return schemas.target(at(schemas, *path))


def at(schemas: Schemas, *path: str | int) -> Any:
    node: Any = schemas.root
    for step in path:
        node = node[step]
    return node


@pytest.mark.parametrize(
    ("schema", "path"),
    [
        ({"$ref": "#/$defs/a", "$defs": {"a": {}}}, ["$defs", "a"]),
        ({"$ref": "#/definitions/a", "definitions": {"a": {}}}, ["$defs", "a"]),
        ({"$ref": "#"}, []),
        ({"$ref": ""}, []),
        ({"$id": "http://a.example/b", "$ref": "b"}, []),
        ({"$id": "http://a.example/b", "$ref": "http://a.example/b#"}, []),
        ({"$id": "http://a.example/b/c", "$ref": "../d", "$defs": {"d": {"$id": "/d"}}}, ["$defs", "d"]),
        ({"$id": "my://a.example/b/c", "$ref": "../d", "$defs": {"d": {"$id": "/d"}}}, ["$defs", "d"]),
        ({"$id": "urn:x:y", "$ref": "urn:x:y#/$defs/d", "$defs": {"d": {}}}, ["$defs", "d"]),
        ({"$ref": "b", "$defs": {"d": {"$id": "b"}}}, ["$defs", "d"]),
        ({"$ref": "#b", "$defs": {"d": {"$anchor": "b"}}}, ["$defs", "d"]),
        ({"$ref": "#b", "$defs": {"d": {"$dynamicAnchor": "b"}}}, ["$defs", "d"]),
        ({"$ref": "c#b", "$defs": {"c": {"$id": "c", "not": {"$anchor": "b"}}, "d": {"$anchor": "b", "type": "null"}}},
         ["$defs", "c", "not"]),
        ({"$ref": "#/$defs/c/not", "$defs": {"c": {"$id": "c", "not": {}}}}, ["$defs", "c", "not"]),
        ({"$ref": "#/allOf/1", "allOf": [{}, {}]}, ["allOf", 1]),
        ({"$ref": "#/properties/%24ref", "properties": {"$ref": {}}}, ["properties", "$ref"]),
        ({"$ref": "#/$defs/a~1b~0c%25", "$defs": {"a/b~c%": {}}}, ["$defs", "a/b~c%"]),
        ({"$ref": "#/dependencies/a", "dependencies": {"a": {}}}, ["dependentSchemas", "a"]),
    ],
)  # fmt: skip
def test_a_reference_leads_to_what_the_walk_finds(schema: object, path: list[str | int]) -> None:
    schemas = load_schema(schema)
    assert target(schemas) is at(schemas, *path)
    assert target(schemas) is target(schemas)


def test_a_reference_to_what_is_no_keyword_is_read_where_it_leads() -> None:
    schemas = load_schema(
        {
            "components": {"schemas": {"A": {"type": "string", "minLength": 1.0, "not": {"$ref": "#/components/schemas/B"}}, "B": {}}},
            "examples": [{"$ref": "#/nowhere"}, {"const": 1}],
            "properties": {"a": {"$ref": "#/components/schemas/A"}, "b": {"$ref": "#/examples/1"}},
        }
    )  # fmt: skip
    a = target(schemas, "properties", "a")
    assert a == {"type": "string", "minLength": 1, "not": {"$ref": "#/components/schemas/B"}}
    assert schemas.target(a["not"]) == {}
    assert schemas.pointer(a) == "#/components/schemas/A"
    assert target(schemas, "properties", "b") == {"const": 1}


def test_a_boolean_may_be_all_of_a_schema_or_where_a_reference_leads() -> None:
    assert load_schema(False).root is False  # noqa: FBT003 - it is the schema
    assert target(load_schema({"$ref": "#/not", "not": True})) is True
    assert target(load_schema({"$ref": "u:a"}, resources={"u:a": False})) is False


def test_a_circle_of_references_is_followed_step_by_step() -> None:
    schemas = load_schema(
        {"$ref": "#/$defs/a", "$defs": {"a": {"$ref": "#/$defs/b"}, "b": {"$ref": "#/$defs/a"}}}
    )
    a, b = at(schemas, "$defs", "a"), at(schemas, "$defs", "b")
    assert [id(schemas.target(it)) for it in (at(schemas), a, b)] == [id(a), id(b), id(a)]


def test_pointers_and_resources() -> None:
    schemas = load_schema(
        {"properties": {"a/b": {"$id": "http://a.example/c", "items": {"$ref": "u:d#/not"}}}},
        resources={"u:d": {"not": {}}},
    )
    inner = at(schemas, "properties", "a/b")
    outer = schemas.target(inner["items"])
    assert isinstance(outer, dict)
    found = [
        (schemas.pointer(it), schemas.resource(it))
        for it in (schemas.root, inner, inner["items"], outer)
        if isinstance(it, dict)
    ]
    assert found == [
        ("", ""),
        ("#/properties/a~1b", "http://a.example/c"),
        ("#/properties/a~1b/items", "http://a.example/c"),
        ("u:d#/not", "u:d"),
    ]


def test_resources_with_the_same_uri_have_keys_of_their_own() -> None:
    schemas = load_schema({"$defs": {"a": {"$id": "u:a"}, "b": {"$id": "u:a"}}})
    assert schemas.resource(at(schemas, "$defs", "a")) != schemas.resource(at(schemas, "$defs", "b"))


def test_documents_are_found_by_their_uri_and_by_what_they_call_themselves() -> None:
    resources = {
        "http://a.example/file": {"$id": "u:a", "$defs": {"b": {"$id": "u:b", "type": "null"}}},
        "u:broken": 5,
    }
    for reference in ("http://a.example/file#/$defs/b", "u:a#/$defs/b", "u:b"):
        assert target(load_schema({"$ref": reference}, resources=resources)) == {"$id": "u:b", "type": "null"}
    schemas = load_schema({"$ref": "file#/$defs/b"}, base_uri="http://a.example/", resources=resources)
    assert schemas.resource(at(schemas)) == "http://a.example/"


def test_a_schema_may_be_among_its_resources() -> None:
    schema = {"$id": "u:a", "not": {"$ref": "u:a"}}
    schemas = load_schema(schema, resources={"u:a": schema})
    assert target(schemas, "not") is schemas.root


def test_a_long_way_of_meta_schemas_ends() -> None:
    resources = {f"u:{number}": {"$schema": f"u:{number + 1}"} for number in range(5_000)}
    with pytest.raises(Refused, match="version-unknown"):
        load_schema({"$schema": "u:0"}, resources=resources)


def test_the_official_meta_schemas_are_there() -> None:
    schemas = load_schema({"$ref": f"{CURRENT}/schema"})
    schema = target(schemas)
    assert set(schemas.anchors(f"{CURRENT}/schema")) == {"meta"}
    assert schemas.anchors(f"{CURRENT}/schema")["meta"] is schema
    assert schemas.anchors("") == {}


def test_where_a_dynamic_reference_leads() -> None:
    schemas = load_schema(
        {
            "$id": "u:a",
            "$defs": {"foo": {"$dynamicAnchor": "foo"}, "bar": {"$anchor": "bar"}},
            "allOf": [{"$dynamicRef": "#foo"}, {"$dynamicRef": "#bar"}, {"$dynamicRef": "#/$defs/foo"}, {"$dynamicRef": "u:a#foo"}],
        }
    )  # fmt: skip
    foo, bar = at(schemas, "$defs", "foo"), at(schemas, "$defs", "bar")
    found = [schemas.dynamic(member) for member in at(schemas, "allOf")]
    assert found == [(foo, "foo"), (bar, None), (foo, None), (foo, "foo")]
    assert all(node is (bar if number == 1 else foo) for number, (node, _) in enumerate(found))
    assert schemas.anchors("u:a") == {"foo": foo}


def test_where_a_recursive_reference_leads() -> None:
    for anchor in (True, False):
        schemas = load_schema({"$recursiveAnchor": anchor, "not": {"$recursiveRef": "#"}}, dialect="2019-09")
        name = "$recursiveAnchor" if anchor else None
        assert schemas.dynamic(at(schemas, "not")) == (schemas.root, name)
        assert set(schemas.anchors("")) == ({name} if name else set())


def test_an_old_id_beside_a_reference_is_a_name_and_no_base() -> None:
    schemas = load_schema(
        {
            "$id": "http://a.example/b",
            "$ref": "#/definitions/c",
            "definitions": {"c": {"$ref": "http://a.example/b#/definitions/d"}, "d": {}},
        },
        dialect="draft-07",
    )
    c: Any = target(schemas)
    assert schemas.target(c) is at(schemas, "$defs", "d")


class Kind(enum.StrEnum):
    TEXT = "string"


def test_a_schema_is_what_it_was_when_it_was_given() -> None:
    shared = {"type": Kind.TEXT}
    schema: Any = {
        "properties": types.MappingProxyType({"a": shared, "b": shared}),
        "required": ("a",),
        "enum": [{"c": [1]}],
    }
    before = copy.deepcopy({**schema, "properties": dict(schema["properties"])})
    schemas = load_schema(schema)
    assert {**schema, "properties": dict(schema["properties"])} == before
    shared["type"] = Kind("string")
    shared["minLength"] = "wrong"  # type: ignore[assignment]
    schema["enum"][0]["c"].append(2)
    assert schemas.root == {
        "properties": {"a": {"type": "string"}, "b": {"type": "string"}},
        "required": ["a"],
        "enum": [{"c": [1]}],
    }
    assert at(schemas, "properties", "a") is not at(schemas, "properties", "b")
    assert type(at(schemas, "properties", "a", "type")) is str


@pytest.mark.parametrize(
    "name", ["7", "draft7", "draft-7", "draft-07", "http://json-schema.org/draft-07/schema#"]
)
def test_names_of_a_dialect(name: str) -> None:
    assert load_schema({"$defs": {}, "if": {}}, dialect=name).root == {"if": {}}


OLDER = "https://json-schema.org/draft/2019-09"
META = {
    "$schema": f"{CURRENT}/schema",
    "$vocabulary": {f"{CURRENT}/vocab/core": True, f"{CURRENT}/vocab/applicator": True, "u:unknown": False},
}


@pytest.mark.parametrize(
    ("meta", "formats", "left"),
    [
        (META, False, {"not"}),
        (META, True, {"not", "format"}),
        ({**META, "$vocabulary": {f"{CURRENT}/vocab/validation": True}}, False, {"type"}),
        ({**META, "$vocabulary": {f"{CURRENT}/vocab/format-annotation": True}}, False, set()),
        ({**META, "$vocabulary": {f"{CURRENT}/vocab/format-assertion": False}}, False, {"format"}),
        ({"$schema": "u:meta", "$vocabulary": META["$vocabulary"]}, False, {"not"}),
        ({"$vocabulary": {f"{OLDER}/vocab/format": True}}, False, {"format"}),
        ({"$vocabulary": {f"{OLDER}/vocab/format": False}}, False, set()),
        ({"$schema": f"{CURRENT}/schema"}, False, {"not", "type"}),
        ({"$schema": "http://json-schema.org/draft-04/schema#"}, True, {"not", "type", "format"}),
    ],
)
def test_a_meta_schema_of_the_authors(meta: dict[str, Any], left: set[str], *, formats: bool) -> None:
    schema = {"$schema": "u:meta", "type": "string", "format": "date", "not": {}}
    for resources in ({"u:meta": meta}, {"u:meta#": meta}, {"u:other": {"$id": "u:meta", **meta}}):
        root = load_schema(schema, resources=resources, formats=formats).root
        assert isinstance(root, dict)
        assert root.keys() == left


@pytest.mark.parametrize(
    ("schema", "code", "pointer"),
    [
        (5, "wrong-type", ""),
        (None, "wrong-type", ""),
        ([], "wrong-type", ""),
        ({"type": 5}, "wrong-type", "/type"),
        ({"type": "strin"}, "wrong-value", "/type"),
        ({"type": ["string", 5]}, "wrong-type", "/type/1"),
        ({"type": []}, "wrong-value", "/type"),
        ({"properties": []}, "wrong-type", "/properties"),
        ({"properties": {"a": {"required": "a"}}}, "wrong-type", "/properties/a/required"),
        ({"properties": {"a/b": 5}}, "wrong-type", "/properties/a~1b"),
        ({"minLength": "x"}, "wrong-type", "/minLength"),
        ({"minLength": True}, "wrong-type", "/minLength"),
        ({"minLength": -1}, "wrong-value", "/minLength"),
        ({"minLength": 1.5}, "wrong-value", "/minLength"),
        ({"maximum": float("nan")}, "wrong-value", "/maximum"),
        ({"multipleOf": 0}, "wrong-value", "/multipleOf"),
        ({"items": [{}]}, "wrong-type", "/items"),
        ({"anyOf": []}, "wrong-value", "/anyOf"),
        ({"allOf": [5]}, "wrong-type", "/allOf/0"),
        ({"not": None}, "wrong-type", "/not"),
        ({"dependencies": {"a": "b"}}, "wrong-type", "/dependencies/a"),
        ({"enum": {"a": 1}}, "wrong-type", "/enum"),
        ({"const": {1: 2}}, "wrong-key", "/const"),
        ({"const": object()}, "wrong-type", "/const"),
        ({"$ref": 5}, "wrong-type", "/$ref"),
        ({"$ref": "a b"}, "ref-syntax", "/$ref"),
        ({"$ref": "http://["}, "ref-syntax", "/$ref"),
        ({"$ref": "#/%zz"}, "ref-syntax", "/$ref"),
        ({"$ref": "#/a#b"}, "ref-syntax", "/$ref"),
        ({"$id": "http://["}, "ref-syntax", "/$id"),
        ({"$id": "u:a#b"}, "ref-syntax", "/$id"),
        ({"$anchor": "1"}, "ref-syntax", "/$anchor"),
        ({"$ref": "#/$defs/a"}, "ref-missing", "/$ref"),
        ({"$ref": "#/a~2"}, "ref-syntax", "/$ref"),
        ({"$ref": "#a"}, "ref-missing", "/$ref"),
        ({"$dynamicRef": "#a"}, "ref-missing", "/$dynamicRef"),
        ({"$ref": "u:nowhere"}, "ref-missing", "/$ref"),
        ({"$ref": "https://json-schema.org/nowhere"}, "ref-missing", "/$ref"),
        ({"$ref": "#/enum", "enum": []}, "ref-kind", "/$ref"),
        ({"$defs": {"a": {"$ref": "#/nowhere"}}}, "ref-missing", "/$defs/a/$ref"),
        ({"$ref": "#a", "$defs": {"b": {"$anchor": "a"}, "c": {"$anchor": "a", "type": "null"}}}, "ref-missing", "/$ref"),
        ({"$ref": "u:a", "$defs": {"b": {"$id": "u:a"}, "c": {"$id": "u:a", "type": "null"}}}, "ref-missing", "/$ref"),
        ({"$schema": "u:nowhere"}, "version-unknown", "/$schema"),
        ({"$schema": "2020-12"}, "version-unknown", "/$schema"),
        ({"$schema": 5}, "wrong-type", "/$schema"),
        ({"$schema": "u:needs"}, "version-unknown", "/$schema"),
        ({"$schema": "u:itself"}, "version-unknown", "/$schema"),
        ({"not": {"$schema": "http://json-schema.org/draft-07/schema#"}}, "wrong-key", "/not/$schema"),
        ({"$ref": "u:wrong#/not"}, "wrong-type", "u:wrong#/not/type"),
        ({"$ref": "u:list"}, "wrong-type", "u:list"),
        ({"$id": "u:itself", "$ref": "u:itself"}, "ref-missing", "/$ref"),
    ],
)  # fmt: skip
def test_what_is_refused(schema: object, code: str, pointer: str) -> None:
    resources = {
        "u:wrong": {"not": {"type": 5}, "allOf": []},
        "u:list": [],
        "u:itself": {"$schema": "u:itself"},
        "u:needs": {**META, "$vocabulary": {f"{CURRENT}/vocab/core": True, "u:unknown": True}},
    }
    with pytest.raises(Refused) as refused:
        load_schema(schema, resources=resources)
    (found,) = refused.value.problems
    assert (found.code, found.severity) == (code, "error")
    assert found.place
    assert (found.place.file, found.place.pointer) == ("", pointer)


def test_everything_that_is_wrong_is_said() -> None:
    with pytest.raises(Refused) as refused:
        load_schema({"type": 5, "not": {"maxLength": -1}, "$ref": "#/nowhere"})
    assert [found.code for found in refused.value.problems] == ["wrong-type", "wrong-value", "ref-missing"]
    with pytest.raises(Refused) as refused:
        load_schema({"allOf": [5] * 500})
    assert len(refused.value.problems) == 100


@pytest.mark.parametrize(
    ("dialect", "base_uri"), [("2020", ""), ("", ""), ("2020-12", "a b"), ("2020-12", "http://[")]
)
def test_a_wrong_argument_is_refused(dialect: str, base_uri: str) -> None:
    with pytest.raises(Refused):
        load_schema({}, dialect=dialect, base_uri=base_uri)


def test_what_is_too_much_is_refused() -> None:
    deep: dict[str, Any] = {}
    for _ in range(100):
        deep = {"not": deep}
    itself: list[Any] = []
    itself.append(itself)
    wide = {"enum": [0] * 1_000_000}
    for schema, code in ((deep, "limit-depth"), ({"const": itself}, "limit-depth"), (wide, "limit-nodes")):
        with pytest.raises(Refused, match=code):
            load_schema(schema)
