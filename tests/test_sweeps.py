"""The judges of the sweep see what is wrong: one that lets everything pass would show nothing."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sweeps import bodies, styles
from sweeps.documents import Tree
from sweeps.meaning import difference, same, same_text
from sweeps.operations import Content, Operation, Operations, Parameter
from sweeps.schemas import Judge, Schemas
from sweeps.second import Second
from sweeps.server import Seen
from sweeps.values import EXTENTS, Maker, NoValueError


def seen(target: str = "/a", body: bytes = b"", **headers: str) -> Seen:
    return Seen("GET", target, [(name.replace("_", "-"), value) for name, value in headers.items()], body)


# --- parameters ---

RED = ["b", "r g"]
POINT = {"x": 1, "y": "é"}

SENT: dict[str, tuple[str, str, bool, Any, str]] = {
    "simple": ("path", "simple", False, RED, "/b,r%20g"),
    "simple, of an object": ("path", "simple", True, POINT, "/x=1,y=%C3%A9"),
    "label": ("path", "label", True, RED, "/.b.r%20g"),
    "matrix": ("path", "matrix", True, RED, "/;p=b;p=r%20g"),
    "matrix, of an object": ("path", "matrix", False, POINT, "/;p=x,1,y,%C3%A9"),
    "form": ("query", "form", False, RED, "/?p=b,r%20g"),
    "form, exploded": ("query", "form", True, RED, "/?p=b&p=r+g"),
    "form, of an object": ("query", "form", True, POINT, "/?x=1&y=%C3%A9"),
    "spaceDelimited": ("query", "spaceDelimited", False, ["b", "rg"], "/?p=b%20rg"),
    "pipeDelimited": ("query", "pipeDelimited", False, RED, "/?p=b%7Cr%20g"),
    "deepObject": ("query", "deepObject", True, POINT, "/?p%5Bx%5D=1&p[y]=%C3%A9"),
    "deepObject, deeper": ("query", "deepObject", True, {"a": [{"b": True}]}, "/?p[a][0][b]=true"),
}


def operation(place: Any, style: str, *, explode: bool) -> Operation:
    parameter = Parameter("p", place, required=True, schema={}, style=style, explode=explode)
    return Operation(
        "/{p}" if place == "path" else "/", "get", (parameter,), (), body_required=False, answers={}
    )


@pytest.mark.parametrize("named", SENT)
def test_a_parameter_is_read_by_its_style(named: str) -> None:
    place, style, explode, value, target = SENT[named]
    asked = operation(place, style, explode=explode)
    assert styles.faults(asked, {(place, "p"): value}, seen(target)) == []
    other = {**value, next(iter(value)): "2"} if isinstance(value, dict) else [*value, "more"]
    assert styles.faults(asked, {(place, "p"): other}, seen(target))


@pytest.mark.parametrize("named", SENT)
def test_a_parameter_in_another_style_is_a_fault(named: str) -> None:
    place, style, explode, value, target = SENT[named]
    others = {each[4] for each in SENT.values() if each[0] == place and each[3] == value} - {target}
    for other in others:
        found = styles.faults(operation(place, style, explode=explode), {(place, "p"): value}, seen(other))
        assert found, other


def test_what_nobody_gave_is_a_fault() -> None:
    assert styles.faults(operation("query", "form", explode=True), {}, seen("/?p=1")) == [
        "query p: sent, and not given"
    ]


def test_another_path_is_a_fault() -> None:
    asked = Operation("/a b/{p}", "get", (), (), body_required=False, answers={})
    assert styles.faults(asked, {}, seen("/a%20b/1")) == []
    assert styles.faults(asked, {}, seen("/ab/1")) == ["the path is /ab/1"]
    assert styles.faults(asked, {}, seen("/a%20b/1/2")) == ["the path is /a%20b/1/2"]


# --- bodies and values ---


def test_values_mean_the_same_by_their_formats() -> None:
    assert same({"at": "2024-01-01T02:00:00+02:00"}, {"at": "2024-01-01T00:00:00Z"})
    assert same(1.0, 1)
    assert not same(True, 1)  # noqa: FBT003
    assert not same("2024-01-01T00:00:00Z", "2024-01-01T00:00:01Z")
    assert not same({"a": None}, {})
    assert difference({"a": [1, {"b": 2}]}, {"a": [1, {"b": 3}]}) == "/a/1/b is 3 for 2"
    assert same_text("1.50", 1.5)
    assert not same_text("True", True)  # noqa: FBT003


def test_a_form_is_read_by_its_encoding() -> None:
    encoding = {"tags": {"explode": False}, "deep": {"style": "deepObject"}}
    content = Content("application/x-www-form-urlencoded", {}, encoding=encoding)
    given = {"tags": ["a", "b"], "deep": {"x": ["1"]}, "name": "é"}
    request = seen(
        body=b"tags=a,b&deep[x][0]=1&name=%C3%A9", Content_Type="application/x-www-form-urlencoded"
    )
    assert bodies.difference(given, bodies.read(content, request, given)) == ""
    assert bodies.difference({**given, "name": "e"}, bodies.read(content, request, given)).startswith("name")
    with pytest.raises(ValueError, match="the media type is application/json"):
        bodies.read(content, seen(body=b"{}", Content_Type="application/json"), given)


SCHEMAS: dict[str, Any] = {
    "Pet": {
        "type": "object",
        "required": ["kind", "id", "nowhere"],
        "properties": {
            "kind": {"type": "string"},
            "id": {"type": "string", "format": "uuid", "readOnly": True},
            "name": {"type": "string", "nullable": True, "pattern": "^[A-Z][a-z]+$", "minLength": 3},
            "weight": {"type": "number", "minimum": 1, "exclusiveMinimum": True, "maximum": 2},
        },
        "discriminator": {"propertyName": "kind"},
    },
    "Cat": {
        "allOf": [
            {"$ref": "#/components/schemas/Pet"},
            {"type": "object", "properties": {"friend": {"$ref": "#/components/schemas/Pet"}}},
        ]
    },
}
DOCUMENT: dict[str, Any] = {
    "openapi": "3.0.3",
    "info": {"title": "t", "version": "1"},
    "components": {"schemas": SCHEMAS},
    "paths": {
        "/pets": {
            "post": {
                "parameters": [
                    {"name": "limit", "in": "query", "required": True, "schema": {"type": "integer"}}
                ],
                "requestBody": {
                    "required": True,
                    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Pet"}}},
                },
                "responses": {"204": {"description": "d"}},
            }
        }
    },
}


def test_values_are_what_their_schema_accepts() -> None:
    pet = {"$ref": "#/components/schemas/Pet"}
    request = Schemas(Tree(DOCUMENT), "request", meant=True).alone(pet)
    response = Schemas(Tree(DOCUMENT), "response").alone(pet)
    judge = Judge(request)
    for extent in EXTENTS:
        made = Maker(request, judge).value("seed", extent)
        assert judge.faults(made) == []
        assert made["kind"] == "Cat"
        assert "id" not in made
        assert "nowhere" not in made
    assert not judge.accepts({"kind": "Cat", "name": "tom"})
    assert not judge.accepts({"kind": "Cat", "weight": 1})
    assert judge.accepts({"kind": "Cat", "name": None})
    assert not Judge(response).accepts({"kind": "Cat"})
    with pytest.raises(NoValueError):
        Maker({"type": "string", "enum": [1]}, judge).value("seed", "largest")


def test_a_second_judge_sees_what_is_wrong() -> None:
    (post,) = Operations(Tree(DOCUMENT)).all()
    second = Second(Tree(DOCUMENT))

    def said(target: str, body: Any) -> list[str]:
        headers = [("Content-Type", "application/json")]
        return second.faults(post.path, Seen("POST", target, headers, json.dumps(body).encode()))

    assert said("/pets?limit=1", {"kind": "Cat"}) == []
    assert said("/pets?limit=x", {"kind": "Cat"})
    assert said("/pets", {"kind": "Cat"})
    assert said("/pets?limit=1", {"kind": 1})
    assert said("/cats?limit=1", {"kind": "Cat"})
