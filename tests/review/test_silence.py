"""Equal meaning is silence; and what only looks alike is not."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from specwright.config import Config
from specwright.document import Document, load
from specwright.review import wire
from specwright.review.linking import Namer, findings

if TYPE_CHECKING:
    from specwright.review.findings import Finding

PET = {
    "type": "object",
    "required": ["id"],
    "properties": {"id": {"type": "integer"}, "name": {"type": "string"}},
}


def of(body: Any, answer: Any = None, version: str = "3.1.0", **components: Any) -> dict[str, Any]:
    """A document with an operation that is sent the one, and answers with the other."""
    media = {"application/json": {"schema": body}}
    answered = {"application/json": {"schema": body if answer is None else answer}}
    operation = {
        "requestBody": {"content": media},
        "responses": {"200": {"description": "Fine", "content": answered}},
    }
    return {
        "openapi": version,
        "info": {"title": "Pets", "version": "1"},
        "paths": {"/pets": {"post": operation}},
        "components": {"schemas": {"Pet": PET, **components}},
    }


def read(content: Any) -> Document:
    return load(json.dumps(content).encode(), Config(spec=Path("document.json")))


def told(old: Any, new: Any) -> list[Finding]:
    before, after = read(old), read(new)
    return findings(wire.compare(before, after), Namer(before, after), types={})


REF = {"$ref": "#/components/schemas/Pet"}
ALIKE: dict[str, tuple[Any, Any]] = {
    "a schema moves behind a reference": (of(PET), of(REF)),
    "allOf of one": (of(REF), of({"allOf": [REF]})),
    "oneOf of one": (of(REF), of({"oneOf": [REF]})),
    "null as in 3.0 and as in 3.1": (
        of({"type": "string", "nullable": True}, version="3.0.3"),
        of({"type": ["string", "null"]}),
    ),
    "null as a type and as an alternative": (
        of({"type": ["string", "null"]}),
        of({"oneOf": [{"type": "string"}, {"type": "null"}]}),
    ),
    "null of a reference": (
        of({"nullable": True, "allOf": [REF]}, version="3.0.3"),
        of({"anyOf": [REF, {"type": "null"}]}),
    ),
    "bounds as in 3.0 and as in 3.1": (
        of({"type": "number", "minimum": 3, "exclusiveMinimum": True}, version="3.0.3"),
        of({"type": "number", "exclusiveMinimum": 3}),
    ),
    "a list of one type": (of({"type": "string"}), of({"type": ["string"]})),
    "the order of types": (of({"type": ["string", "null"]}), of({"type": ["null", "string"]})),
    "the order of an enum": (of({"enum": ["a", "b"]}), of({"enum": ["b", "a"]})),
    "an enum of one is a constant": (of({"type": "string", "enum": ["a"]}), of({"type": "string", "const": "a"})),
    "a choice of constants is an enum": (
        of({"type": "string", "enum": ["a", "b"]}),
        of({"type": "string", "oneOf": [{"const": "a"}, {"const": "b"}]}),
    ),
    "the order of what is required": (
        of({**PET, "required": ["id", "name"]}),
        of({**PET, "required": ["name", "id"]}),
    ),
    "what may be left out and is nothing": (
        of(PET),
        of({**PET, "additionalProperties": True, "minProperties": 0, "uniqueItems": False}),
    ),
    "bounds of integers": (
        of({"type": "integer", "minimum": 1}),
        of({"type": "integer", "exclusiveMinimum": 0}),
    ),
    "properties move to a part": (
        of(PET),
        of({"allOf": [{"type": "object", "properties": {"id": {"type": "integer"}}}, {**PET, "properties": {"name": {"type": "string"}}}]}),
    ),
    "a choice of types is a list of types": (
        of({"anyOf": [{"type": "string"}, {"type": "integer"}]}),
        of({"type": ["string", "integer"]}),
    ),
    "both booleans": (of({"type": "boolean"}), of({"enum": [True, False]})),
    "any integer is a multiple of one": (of({"type": "integer"}), of({"type": "integer", "multipleOf": 1})),
    "a member twice": (
        of({"anyOf": [{"type": "string"}, {"type": "string", "contentMediaType": "text/html"}, PET]}),
        of({"anyOf": [{"type": "string"}, {"type": "string"}, PET]}),
    ),
    "members of a choice in another order": (
        of({"oneOf": [REF, {"type": "string"}]}),
        of({"oneOf": [{"type": "string"}, REF]}),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", ALIKE)
def test_equal_meaning_is_silence(name: str) -> None:
    old, new = ALIKE[name]
    assert [finding.message for finding in told(old, new)] == []
    assert [finding.message for finding in told(new, old)] == []


def test_a_document_and_itself() -> None:
    for old, _ in ALIKE.values():
        assert told(old, copy.deepcopy(old)) == []


def test_the_name_of_a_parameter_of_a_path_is_not_sent() -> None:
    old = of(PET)
    old["paths"] = {"/pets/{id}": {"get": {"parameters": [{"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}], "responses": {"200": {"description": "x"}}}}}  # fmt: skip
    new = json.loads(json.dumps(old).replace("{id}", "{pet_id}").replace('"id", "in"', '"pet_id", "in"'))
    assert told(old, new) == []


def test_the_case_of_a_header_does_not_count() -> None:
    old = of(PET)
    old["paths"]["/pets"]["post"]["responses"]["200"]["headers"] = {
        "X-Count": {"schema": {"type": "integer"}}
    }
    new = json.loads(json.dumps(old).replace("X-Count", "x-count"))
    assert told(old, new) == []


UNLIKE: dict[str, tuple[Any, Any, set[str]]] = {
    "true is not one": (of({"const": 1}), of({"const": True}), {"const-changed"}),
    "a reference to another schema": (
        of(REF),
        of({"$ref": "#/components/schemas/Cat"}, Cat={**PET, "required": []}),
        {"property-optional", "schema-added"},
    ),
    "one more part": (
        of(REF),
        of({"allOf": [REF, {"required": ["name"]}]}),
        {"property-required"},
    ),
}


@pytest.mark.parametrize("name", UNLIKE)
def test_what_only_looks_alike_is_told(name: str) -> None:
    old, new, rules = UNLIKE[name]
    assert {finding.id for finding in told(old, new)} == rules


def test_circles_end() -> None:
    node = {
        "type": "object",
        "properties": {"next": {"$ref": "#/components/schemas/Node"}, "size": {"type": "integer"}},
    }
    old = of({"$ref": "#/components/schemas/Node"}, Node=node)
    new = json.loads(json.dumps(old).replace('"size": {"type": "integer"}', '"size": {"type": "string"}'))
    (found,) = told(old, new)
    assert (found.id, found.subject, found.directions, found.wire) == (
        "type-changed",
        "Node.size",
        ("in", "out"),
        "breaking",
    )


def test_one_change_is_told_once_with_all_that_it_reaches() -> None:
    old = of(REF)
    for number in range(40):
        old["paths"][f"/pets{number}"] = old["paths"]["/pets"]
    new = json.loads(
        json.dumps(old).replace('"name": {"type": "string"}', '"name": {"type": "string", "maxLength": 5}')
    )
    (found,) = told(old, new)
    assert (found.id, len(found.operations), found.wire) == ("bound-tightened", 41, "breaking")


def test_time_grows_with_the_document_and_not_with_the_ways_through_it() -> None:
    """Each schema refers twice to the next: there are more ways than could ever be gone."""
    chain = {
        f"S{number}": {
            "type": "object",
            "properties": {
                side: {"$ref": f"#/components/schemas/S{number + 1}"} for side in ("left", "right")
            },
        }
        for number in range(60)
    }
    last = {"type": "object", "properties": {"leaf": {"type": "string"}}}
    old = of({"$ref": "#/components/schemas/S0"}, **chain, S60=last)
    new = json.loads(json.dumps(old).replace('"leaf": {"type": "string"}', '"leaf": {"type": "integer"}'))
    (found,) = told(old, new)
    assert found.subject == "S60.leaf"
