"""The table of rules: the law it follows, and each rule in both directions, in the smallest change that it speaks of."""

from __future__ import annotations

import copy
import json
import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from specwright.config import Config
from specwright.document import Document, load
from specwright.review import wire
from specwright.review.linking import Namer, findings
from specwright.review.rules import LAW, RULES

if TYPE_CHECKING:
    from specwright.review.findings import Finding

STRING, INTEGER, ANY = {"type": "string"}, {"type": "integer"}, {"x-tested": 1}
OBJECT: dict[str, Any] = {"type": "object", "properties": {"a": STRING}}
CAT = {"type": "object", "title": "Cat", "properties": {"kind": {"const": "cat"}}}
DOG = {"type": "object", "title": "Dog", "properties": {"kind": {"const": "dog"}}}
TAGGED = {"oneOf": [CAT, DOG], "discriminator": {"propertyName": "kind"}}

SCHEMAS: dict[str, tuple[Any, Any]] = {
    # rule: a schema, and what it became. What is in `FROM_BEHIND` is told of the way back.
    "type-widened": (INTEGER, {"type": "number"}),
    "type-narrowed": ({"type": "number"}, INTEGER),
    "type-changed": (STRING, INTEGER),
    "format-added": (STRING, STRING | {"format": "date"}),
    "format-removed": (STRING | {"format": "date"}, STRING),
    "format-widened": (INTEGER | {"format": "int32"}, INTEGER | {"format": "int64"}),
    "format-narrowed": (INTEGER | {"format": "int64"}, INTEGER | {"format": "int32"}),
    "format-changed": (STRING | {"format": "date"}, STRING | {"format": "uuid"}),
    "content-changed": (STRING, STRING | {"contentEncoding": "base64"}),
    "nullable-added": (STRING, {"type": ["string", "null"]}),
    "nullable-removed": ({"type": ["string", "null"]}, STRING),
    "enum-value-added": ({"enum": ["a", "b"]}, {"enum": ["a", "b", "c"]}),
    "enum-value-removed": ({"enum": ["a", "b", "c"]}, {"enum": ["a", "b"]}),
    "enum-value-renamed": ({"enum": ["IN_USE", "b"]}, {"enum": ["in-use", "b"]}),
    "enum-closed": (STRING, STRING | {"enum": ["a", "b"]}),
    "enum-opened": (STRING | {"enum": ["a", "b"]}, STRING),
    "extensible-enum-value-added": ({"x-extensible-enum": ["a"]}, {"x-extensible-enum": ["a", "b"]}),
    "extensible-enum-value-removed": ({"x-extensible-enum": ["a", "b"]}, {"x-extensible-enum": ["a"]}),
    "const-set": (STRING, STRING | {"const": "a"}),
    "const-unset": (STRING | {"const": "a"}, STRING),
    "const-changed": ({"const": "a"}, {"const": "b"}),
    "bound-tightened": (STRING | {"maxLength": 9}, STRING | {"maxLength": 5}),
    "bound-loosened": (STRING | {"maxLength": 5}, STRING),
    "bound-changed": (INTEGER | {"multipleOf": 2}, INTEGER | {"multipleOf": 3}),
    "pattern-added": (STRING, STRING | {"pattern": "^a"}),
    "pattern-removed": (STRING | {"pattern": "^a"}, STRING),
    "pattern-changed": (STRING | {"pattern": "^a"}, STRING | {"pattern": "^b"}),
    "property-added-optional": (OBJECT, {"type": "object", "properties": {"a": STRING, "b": INTEGER}}),
    "property-added-required": (
        OBJECT,
        {"type": "object", "required": ["b"], "properties": {"a": STRING, "b": INTEGER}},
    ),
    "property-removed": ({"type": "object", "properties": {"a": STRING, "b": INTEGER}}, OBJECT),
    "property-removed-required": (
        {"type": "object", "required": ["b"], "properties": {"a": STRING, "b": INTEGER}},
        OBJECT,
    ),
    "property-renamed": (
        {"type": "object", "properties": {"user_name": STRING}},
        {"type": "object", "properties": {"userName": STRING}},
    ),
    "property-required": (OBJECT, OBJECT | {"required": ["a"]}),
    "property-optional": (OBJECT | {"required": ["a"]}, OBJECT),
    "additional-closed": (OBJECT, OBJECT | {"additionalProperties": False}),
    "additional-opened": (OBJECT | {"additionalProperties": False}, OBJECT),
    "pattern-property-added": (OBJECT, OBJECT | {"patternProperties": {"^x": INTEGER}}),
    "pattern-property-removed": (OBJECT | {"patternProperties": {"^x": INTEGER}}, OBJECT),
    "one-of-added": ({"oneOf": [CAT, INTEGER]}, {"oneOf": [CAT, INTEGER, STRING]}),
    "one-of-removed": ({"oneOf": [CAT, INTEGER, STRING]}, {"oneOf": [CAT, INTEGER]}),
    "any-of-added": ({"anyOf": [CAT, INTEGER]}, {"anyOf": [CAT, INTEGER, STRING]}),
    "any-of-removed": ({"anyOf": [CAT, INTEGER, STRING]}, {"anyOf": [CAT, INTEGER]}),
    "choice-widened": ({"oneOf": [CAT, INTEGER]}, {"anyOf": [CAT, INTEGER]}),
    "choice-narrowed": ({"anyOf": [CAT, INTEGER]}, {"oneOf": [CAT, INTEGER]}),
    "all-of-added": (
        STRING | {"allOf": [{"pattern": "^a"}]},
        STRING | {"allOf": [{"pattern": "^a"}, {"pattern": "b$"}]},
    ),
    "all-of-removed": (
        STRING | {"allOf": [{"pattern": "^a"}, {"pattern": "b$"}]},
        STRING | {"allOf": [{"pattern": "^a"}]},
    ),
    "condition-added": (OBJECT, OBJECT | {"anyOf": [{"required": ["a"]}, {"minProperties": 2}]}),
    "condition-removed": (OBJECT | {"anyOf": [{"required": ["a"]}, {"minProperties": 2}]}, OBJECT),
    "condition-changed": (
        OBJECT | {"anyOf": [{"required": ["a"]}, {"minProperties": 2}]},
        OBJECT | {"anyOf": [{"required": ["a"]}, {"minProperties": 3}]},
    ),
    "not-added": (STRING, STRING | {"not": {"const": "a"}}),
    "not-removed": (STRING | {"not": {"const": "a"}}, STRING),
    "dependent-added": (OBJECT, OBJECT | {"dependentRequired": {"a": ["b"]}}),
    "dependent-removed": (OBJECT | {"dependentRequired": {"a": ["b"]}}, OBJECT),
    "discriminator-added": ({"oneOf": [CAT, DOG]}, TAGGED),
    "discriminator-removed": (TAGGED, {"oneOf": [CAT, DOG]}),
}  # fmt: skip

SIDES: dict[str, tuple[Any, Any]] = {
    # what is said of a property, and makes a difference for both sides
    "read-only-set": ({}, {"readOnly": True}),
    "read-only-unset": ({"readOnly": True}, {}),
    "write-only-set": ({}, {"writeOnly": True}),
    "write-only-unset": ({"writeOnly": True}, {}),
    "default-added": ({}, {"default": "a"}),
    "default-changed": ({"default": "a"}, {"default": "b"}),
    "default-removed": ({"default": "a"}, {}),
    "deprecated-added": ({}, {"deprecated": True}),
    "deprecated-removed": ({"deprecated": True}, {}),
}

OPERATIONS: dict[str, tuple[Any, Any]] = {
    "sunset-set": ({"deprecated": True}, {"deprecated": True, "x-sunset": "2030-01-01"}),
    "sunset-earlier": (
        {"deprecated": True, "x-sunset": "2030-01-01"},
        {"deprecated": True, "x-sunset": "2029-01-01"},
    ),
    "sunset-later": (
        {"deprecated": True, "x-sunset": "2029-01-01"},
        {"deprecated": True, "x-sunset": "2030-01-01"},
    ),
    "sunset-deleted": ({"deprecated": True, "x-sunset": "2029-01-01"}, {"deprecated": True}),
    "sunset-invalid": ({"deprecated": True}, {"deprecated": True, "x-sunset": "soon"}),
    "stability-lowered": ({"x-stability-level": "stable"}, {"x-stability-level": "beta"}),
    "stability-raised": ({"x-stability-level": "beta"}, {"x-stability-level": "stable"}),
    "stability-invalid": ({"x-stability-level": "beta"}, {"x-stability-level": "best"}),
    "security-scope-added": ({"security": [{"oauth": []}]}, {"security": [{"oauth": ["read"]}]}),
    "security-scope-removed": ({"security": [{"oauth": ["read"]}]}, {"security": [{"oauth": []}]}),
    "param-added-required": ({}, {"parameters": [{"name": "a", "in": "query", "required": True, "schema": STRING}]}),
    "param-renamed": (
        {"parameters": [{"name": "page_size", "in": "query", "schema": INTEGER}]},
        {"parameters": [{"name": "pageSize", "in": "query", "schema": INTEGER}]},
    ),
    "body-added-required": ({"requestBody": None}, {"requestBody": {"required": True, "content": {"text/plain": {}}}}),
}  # fmt: skip


def document(operation: Any, path: str = "/pets", **beside: Any) -> Document:
    operation = {"responses": {"200": {"description": "Fine"}}, **operation}
    operation = {key: value for key, value in operation.items() if value is not None}
    scheme = {
        "type": "oauth2",
        "flows": {"clientCredentials": {"tokenUrl": "https://x.example/", "scopes": {"read": "r"}}},
    }
    content = {
        "openapi": "3.1.0",
        "info": {"title": "Pets", "version": "1"},
        "paths": {path: {"post": operation}},
        "components": {"securitySchemes": {"oauth": scheme}},
        **beside,
    }  # fmt: skip
    return load(json.dumps(content).encode(), Config(spec=Path("document.json")))


def sent(schema: Any) -> Document:
    return document({"requestBody": {"content": {"application/json": {"schema": schema}}}})


def answered(schema: Any) -> Document:
    answer = {"description": "Fine", "content": {"application/json": {"schema": schema}}}
    return document({"responses": {"200": answer}})


def told(old: Document, new: Document) -> list[Finding]:
    return findings(wire.compare(old, new, today=date(2026, 1, 1)), Namer(old, new), types={})


@pytest.mark.parametrize("rule", SCHEMAS)
def test_a_rule_of_schemas_in_both_directions(rule: str) -> None:
    old, new = SCHEMAS[rule]
    for make, direction in ((sent, "in"), (answered, "out")):
        (found,) = told(make(old), make(new))
        assert (found.id, found.directions) == (rule, (direction,))
        assert found.wire == RULES[rule].level(direction) or found.guards  # type: ignore[arg-type]


@pytest.mark.parametrize("rule", SIDES)
def test_a_rule_of_what_is_said_of_a_property(rule: str) -> None:
    old, new = ({"type": "object", "properties": {"a": STRING | said}} for said in SIDES[rule])
    for make, direction in ((sent, "in"), (answered, "out")):
        (found,) = told(make(old), make(new))
        assert (found.id, found.wire) == (rule, RULES[rule].level(direction))  # type: ignore[arg-type]


@pytest.mark.parametrize("rule", OPERATIONS)
def test_a_rule_of_operations(rule: str) -> None:
    old, new = OPERATIONS[rule]
    found = told(document(old), document(new))
    assert rule in {one.id for one in found}
    assert all(one.wire == RULES[one.id].level("in") for one in found)


def test_a_read_only_property_is_never_sent() -> None:
    old = {"type": "object", "properties": {"a": STRING | {"readOnly": True}}}
    new = {"type": "object", "properties": {"a": INTEGER | {"readOnly": True}}}
    (found,) = told(sent(old), sent(new))
    assert (found.id, found.wire) == ("type-changed", "compatible")
    (found,) = told(answered(old), answered(new))
    assert (found.id, found.wire) == ("type-changed", "breaking")


def test_behind_not_the_law_is_turned() -> None:
    old, new = (STRING | {"not": {"enum": values}} for values in (["a", "b"], ["a", "b", "c"]))
    (found,) = told(sent(old), sent(new))
    assert (found.id, found.wire) == ("enum-value-added", "breaking")  # less may be sent
    (found,) = told(answered(old), answered(new))
    assert found.wire == "compatible"


def test_a_condition_is_uncertain() -> None:
    old, new = (
        {"if": {"properties": {"a": {"minLength": length}}}, "then": {"required": ["b"]}} for length in (1, 2)
    )
    (found,) = told(sent(old), sent(new))
    assert (found.id, found.wire) == ("bound-tightened", "warning")


def test_webhooks_are_sent_by_the_server() -> None:
    def hook(schema: Any) -> Document:
        item = {"post": {"requestBody": {"content": {"application/json": {"schema": schema}}}, "responses": {"200": {"description": "x"}}}}  # fmt: skip
        return document({}, webhooks={"pet": item})

    (found,) = told(hook(OBJECT), hook(OBJECT | {"required": ["a"]}))
    assert (found.id, found.wire, found.directions) == ("property-required", "compatible", ("out",))


FAMILY: dict[str, Any] = {
    "Pet": {"type": "object", "properties": {"kind": STRING}, "discriminator": {"propertyName": "kind"}},
    "Cat": {
        "allOf": [{"$ref": "#/components/schemas/Pet"}, {"type": "object", "properties": {"claws": STRING}}]
    },
}


def of_family(schemas: Any) -> Document:
    answer = {
        "description": "Fine",
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Pet"}}},
    }
    return document({"responses": {"200": answer}}, components={"schemas": schemas})


def test_what_extends_a_schema_with_a_discriminator_is_reached_by_it() -> None:
    new = json.loads(
        json.dumps(FAMILY).replace('"claws": {"type": "string"}', '"claws": {"type": "integer"}')
    )
    (found,) = told(of_family(FAMILY), of_family(new))
    assert (found.id, found.wire, found.directions) == ("type-changed", "breaking", ("out",))
    more = FAMILY | {
        "Dog": {"allOf": [{"$ref": "#/components/schemas/Pet"}, {"properties": {"tail": STRING}}]}
    }
    rules = {one.id: one.wire for one in told(of_family(FAMILY), of_family(more))}
    assert rules == {"one-of-added": "warning", "schema-added": "doc"}


def test_what_a_dynamic_reference_leads_to_is_reached_by_it() -> None:
    def tree(node: Any) -> Document:
        list_ = {"type": "array", "items": {"$dynamicRef": "#node"}}
        schemas = {"Node": {"$dynamicAnchor": "node", **node}, "Tree": list_}
        body = {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Tree"}}}}
        return document({"requestBody": body}, components={"schemas": schemas})

    (found,) = told(tree(STRING), tree(INTEGER))
    assert (found.id, found.wire) == ("type-changed", "breaking")


@pytest.mark.parametrize(
    ("old", "new", "rules"),
    [
        ([{"a": [], "b": []}], [{"a": []}], {"security-alternative-added"}),
        ([{"a": []}], [{"a": [], "b": []}], {"security-alternative-added", "security-alternative-removed"}),
        ([{}, {"a": []}], [{}], set()),
        ([{"a": []}], [{"b": []}], {"security-alternative-added", "security-alternative-removed"}),
        ([], [{"a": []}], {"security-required"}),
    ],
)
def test_who_is_let_in_still_is_not_told_of(old: Any, new: Any, rules: set[str]) -> None:
    found = told(document({"security": old}), document({"security": new}))
    assert {one.id for one in found} == rules


def test_a_fingerprint_is_of_all_that_a_change_says() -> None:
    long = "x" * 80
    prints = {told(sent(STRING), sent(STRING | {"pattern": f"{long}{end}"}))[0].fingerprint for end in "abc"}
    assert len(prints) == 3
    moved = document({"description": "More lines above.", "requestBody": {"content": {"application/json": {"schema": STRING | {"pattern": f"{long}a"}}}}})  # fmt: skip
    same = document({"description": "More lines above.", "requestBody": {"content": {"application/json": {"schema": STRING}}}})  # fmt: skip
    assert told(same, moved)[0].fingerprint in prints


def test_a_success_with_another_status_is_compared() -> None:
    def answered_with(status: str, schema: Any) -> Document:
        content = {"application/json": {"schema": schema}}
        answers = {status: {"description": "x", "content": content}, "default": {"description": "y"}}
        return document({"responses": answers})

    found = {one.id: one.wire for one in told(answered_with("200", OBJECT), answered_with("201", STRING))}
    assert found == {
        "status-removed-success": "breaking",
        "status-added-success": "warning",
        "type-changed": "breaking",
    }


def test_paths_that_moved_together_are_one_change() -> None:
    def below(prefix: str) -> Document:
        item = {"get": {"operationId": "a", "responses": {"200": {"description": "x"}}}}
        other = {"get": {"operationId": "b", "responses": {"200": {"description": "x"}}}}
        return document({"operationId": "c"}, path=f"{prefix}/pets", paths={f"{prefix}/pets": item, f"{prefix}/toys": other})  # fmt: skip

    (found,) = told(below("/v1"), below("/v2"))
    assert (found.id, found.message) == ("path-renamed", "2 operations are below `/v2` instead of `/v1`")


def test_what_is_past_its_sunset_may_go() -> None:
    gone = {"deprecated": True, "x-sunset": "2025-01-01"}
    (found,) = told(document(gone), document({}, path="/others"))[:1]
    assert (found.id, found.wire) == ("path-removed", "compatible")


def test_a_path_with_another_name_is_the_same() -> None:
    (found,) = told(
        document({"operationId": "x"}, path="/pets"), document({"operationId": "x"}, path="/v2/pets")
    )
    assert (found.id, found.wire) == ("path-renamed", "breaking")
    assert "`x`" in found.evidence


def test_a_schema_with_another_name_is_the_same() -> None:
    def named(name: str) -> Document:
        schema = {"type": "object", "properties": {"a": STRING, "b": INTEGER}}
        return document({}, components={"schemas": {name: schema}})

    (found,) = told(named("Pet"), named("Animal"))
    assert (found.id, found.wire) == ("schema-renamed", "doc")


def test_the_law_is_kept_unless_the_table_says_why_not() -> None:
    for rule in RULES.values():
        for direction in ("in", "out"):
            if rule.level(direction) != LAW[direction, rule.effect]:
                assert rule.unlawful, f"{rule.id} {direction}"


def test_every_rule_says_what_it_means_and_what_to_do() -> None:
    for rule in RULES.values():
        assert rule.purpose.endswith(".")
        assert re.fullmatch(r"[a-z][a-z-]*[a-z]", rule.id)
        if "breaking" in (rule.level("in"), rule.level("out")) and rule.effect != "widens":
            assert rule.hint, rule.id


def test_a_document_is_never_changed_by_comparing() -> None:
    old, new = sent(OBJECT), sent(OBJECT | {"required": ["a"]})
    before = copy.deepcopy(dict(old.root)), copy.deepcopy(dict(new.root))
    told(old, new)
    assert (dict(old.root), dict(new.root)) == before
