from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from specwright.document import Document

HEAD = "swagger: '2.0'\ninfo: {title: T, version: '1'}\n"


def codes(document: Document) -> list[tuple[str, str]]:
    return [(found.code, found.place.pointer if found.place else "") for found in document.problems]


def operation(read: Callable[[str], Document], fields: str, rest: str = "") -> tuple[Document, dict]:
    document = read(f"{HEAD}{rest}\npaths: {{/a: {{post: {fields}}}}}\n")
    return document, document.root["paths"]["/a"]["post"]


@pytest.mark.parametrize(
    ("fields", "urls"),
    [
        ("", ["/"]),
        ("basePath: /v1", ["/v1"]),
        ("host: example.com", ["https://example.com"]),
        ("host: example.com\nbasePath: /\nschemes: [http]", ["http://example.com"]),
        (
            "host: example.com:80\nbasePath: /v1\nschemes: [http, https, ws]",
            ["https://example.com:80/v1", "http://example.com:80/v1"],
        ),
    ],
)
def test_servers(read: Callable[[str], Document], fields: str, urls: list[str]) -> None:
    document = read(f"{HEAD}{fields}\npaths: {{}}\n")
    assert [server["url"] for server in document.root["servers"]] == urls
    assert codes(document) == []


@pytest.mark.parametrize(
    ("parameter", "raised"),
    [
        ("{name: p, in: query, type: string, description: d}", {"name": "p", "in": "query", "description": "d", "schema": {"type": "string"}}),
        ("{name: p, in: path, required: true, type: integer, format: int64, minimum: 1, exclusiveMinimum: true}",
         {"name": "p", "in": "path", "required": True, "schema": {"type": "integer", "format": "int64", "exclusiveMinimum": 1}}),
        ("{name: p, in: query, type: array, items: {type: string, enum: [a]}}",
         {"name": "p", "in": "query", "style": "form", "explode": False, "schema": {"type": "array", "items": {"type": "string", "enum": ["a"]}}}),
        ("{name: p, in: query, type: array, collectionFormat: multi, items: {type: string}}",
         {"name": "p", "in": "query", "style": "form", "explode": True, "schema": {"type": "array", "items": {"type": "string"}}}),
        ("{name: p, in: query, type: array, collectionFormat: pipes, items: {type: string}}",
         {"name": "p", "in": "query", "style": "pipeDelimited", "explode": False, "schema": {"type": "array", "items": {"type": "string"}}}),
        ("{name: p, in: header, type: array, x-a: 1, items: {type: string}}",
         {"name": "p", "in": "header", "style": "simple", "explode": False, "x-a": 1, "schema": {"type": "array", "items": {"type": "string"}}}),
        ("{name: p, in: query, type: string, x-nullable: true}", {"name": "p", "in": "query", "schema": {"type": ["string", "null"]}}),
    ],
)  # fmt: skip
def test_parameters(read: Callable[[str], Document], parameter: str, raised: object) -> None:
    document, made = operation(read, f"{{parameters: [{parameter}]}}")
    assert made["parameters"] == [raised]
    assert codes(document) == []
    assert made["parameters"][0].place("name").pointer == "/paths/~1a/post/parameters/0/name"


def test_a_body(read: Callable[[str], Document]) -> None:
    document, made = operation(
        read, "{consumes: [a/b, c/d], parameters: [{name: b, in: body, required: true, description: d, schema: {$ref: '#/definitions/B'}}, {name: q, in: query, type: string}]}",
        "definitions: {B: {type: object, discriminator: kind, properties: {f: {type: file}}}}",
    )  # fmt: skip
    reference = {"schema": {"$ref": "#/definitions/B"}}
    assert made["requestBody"] == {
        "required": True,
        "description": "d",
        "content": {"a/b": reference, "c/d": reference},
    }
    assert [each["name"] for each in made["parameters"]] == ["q"]
    assert "consumes" not in made
    b = document.root["components"]["schemas"]["B"]
    assert document.target(made["requestBody"]["content"]["a/b"]["schema"]) is b
    assert b["discriminator"] == {"propertyName": "kind"}
    assert b["properties"]["f"] == {"type": "string", "format": "binary"}
    assert made["requestBody"].place().pointer == "/paths/~1a/post/parameters/0"
    assert codes(document) == []


def test_a_form(read: Callable[[str], Document]) -> None:
    document, made = operation(read, "{parameters: [{name: a, in: formData, required: true, type: string, description: d}, {name: b, in: formData, type: array, collectionFormat: multi, items: {type: string}}]}")  # fmt: skip
    schema = {
        "type": "object",
        "properties": {
            "a": {"type": "string", "description": "d"},
            "b": {"type": "array", "items": {"type": "string"}},
        },
        "required": ["a"],
    }
    encoding = {"b": {"style": "form", "explode": True}}
    content = {"application/x-www-form-urlencoded": {"schema": schema, "encoding": encoding}}
    assert made["requestBody"] == {"required": True, "content": content}
    assert made["parameters"] == []
    assert codes(document) == []


def test_a_file_is_sent_as_a_part(read: Callable[[str], Document]) -> None:
    _, made = operation(read, "{parameters: [{name: a, in: formData, type: file}]}")
    assert made["requestBody"]["content"]["multipart/form-data"]["schema"]["properties"]["a"] == {
        "type": "string",
        "format": "binary",
    }


def test_shared_parameters(read: Callable[[str], Document]) -> None:
    document = read(f"""{HEAD}
consumes: [application/json]
parameters:
  Body: {{name: b, in: body, schema: {{type: object}}}}
  Page: {{name: page, in: query, type: integer}}
  Again: {{$ref: '#/parameters/Body'}}
paths:
  /a:
    parameters: [{{$ref: '#/parameters/Page'}}, {{$ref: '#/parameters/Again'}}]
    get: {{parameters: [{{$ref: '#/parameters/Body'}}]}}
    put: {{}}
""")
    item = document.root["paths"]["/a"]
    assert codes(document) == []
    assert (
        item["get"]["requestBody"]
        == item["put"]["requestBody"]
        == {"content": {"application/json": {"schema": {"type": "object"}}}}
    )
    assert (item["parameters"], item["get"]["parameters"]) == ([{"$ref": "#/parameters/Page"}], [])
    assert document.target(item["parameters"][0]) is document.root["components"]["parameters"]["Page"]
    assert list(document.root["components"]["parameters"]) == ["Page"]


def test_responses(read: Callable[[str], Document]) -> None:
    document = read(f"""{HEAD}
produces: [application/json]
responses: {{Bad: {{description: bad, schema: {{type: string}}}}}}
paths:
  /a:
    get:
      responses:
        200: {{description: ok, schema: {{type: integer}}, headers: {{X: {{type: string}}}}, examples: {{application/json: 1}}}}
        204: {{description: none}}
        400: {{$ref: '#/responses/Bad'}}
    put:
      produces: [text/csv]
      responses: {{200: {{description: ok, schema: {{type: file}}}}, 400: {{$ref: '#/responses/Bad'}}}}
""")
    get, put = (document.root["paths"]["/a"][method]["responses"] for method in ("get", "put"))
    assert codes(document) == []
    assert get["200"]["content"] == {"application/json": {"schema": {"type": "integer"}, "example": 1}}
    assert get["200"]["headers"] == {"X": {"schema": {"type": "string"}}}
    assert get["204"] == {"description": "none"}
    assert document.target(get["400"]) is document.root["components"]["responses"]["Bad"]
    assert put["200"]["content"] == {"text/csv": {"schema": {"type": "string", "format": "binary"}}}
    assert put["400"] == {"description": "bad", "content": {"text/csv": {"schema": {"type": "string"}}}}


def test_security(read: Callable[[str], Document]) -> None:
    document = read(f"""{HEAD}
paths: {{}}
securityDefinitions:
  b: {{type: basic}}
  k: {{type: apiKey, name: X-Key, in: header}}
  o: {{type: oauth2, flow: accessCode, authorizationUrl: 'https://a', tokenUrl: 'https://t', scopes: {{read: r}}}}
  p: {{type: oauth2, flow: application, tokenUrl: 'https://t'}}
""")
    assert codes(document) == []
    assert document.root["components"]["securitySchemes"] == {
        "b": {"type": "http", "scheme": "basic"},
        "k": {"type": "apiKey", "name": "X-Key", "in": "header"},
        "o": {"type": "oauth2", "flows": {"authorizationCode": {"authorizationUrl": "https://a", "tokenUrl": "https://t", "scopes": {"read": "r"}}}},
        "p": {"type": "oauth2", "flows": {"clientCredentials": {"tokenUrl": "https://t"}}},
    }  # fmt: skip


def test_what_has_no_equal_is_said(read: Callable[[str], Document]) -> None:
    document, _ = operation(read, "{parameters: [{name: a, in: query, type: array, collectionFormat: tsv, items: {type: array, collectionFormat: pipes, items: {type: string}}}, {name: b, in: body}, {name: c, in: formData, type: string}]}")  # fmt: skip
    at = "/paths/~1a/post/parameters"
    assert codes(document) == [
        ("cant-translate", f"{at}/0/items/collectionFormat"),
        ("cant-translate", f"{at}/0/collectionFormat"),
        ("cant-translate", f"{at}/1/in"),
    ]


def test_what_only_the_dialect_knows_is_left_out(read: Callable[[str], Document]) -> None:
    document, made = operation(
        read, "{responses: {200: {description: d, headers: {X: {type: string, required: 5}}}}, servers: 7}"
    )
    assert made["responses"]["200"]["headers"]["X"] == {"schema": {"type": "string"}}
    assert "servers" not in made
    assert {code for code, _ in codes(document)} == {"field-unknown"}


def test_definitions_may_hold_anything(read: Callable[[str], Document]) -> None:
    document = read(
        f"{HEAD}paths: {{}}\ndefinitions: {{A: {{in: {{}}, name: x}}}}\nsecurityDefinitions: {{k: {{$ref: x}}}}\n"
    )
    assert document.root["components"] == {"schemas": {"A": {"in": {}, "name": "x"}}, "securitySchemes": {}}
