from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from document.conftest import HEAD

if TYPE_CHECKING:
    from collections.abc import Callable

    from specwright.document import Document

IGNORE = "x-specwright-ignore: true"


def codes(document: Document) -> list[tuple[str, str]]:
    return [(found.code, found.place.pointer if found.place else "") for found in document.problems]


def test_operations_and_path_items(read: Callable[[str], Document]) -> None:
    document = read(f"""{HEAD}
paths:
  /a: {{{IGNORE}, get: {{deprecated: 5}}}}
  /b: {{get: {{{IGNORE}, operationId: b}}, put: {{operationId: c}}}}
  /c: {{$ref: '#/components/pathItems/C'}}
  /d: {{$ref: '#/components/pathItems/C', {IGNORE}}}
components: {{pathItems: {{C: {{get: {{operationId: d}}, post: {{{IGNORE}}}}}}}}}
""")
    paths = document.root["paths"]
    assert codes(document) == []
    assert list(paths) == ["/b", "/c"]
    assert list(paths["/b"]) == ["put"]
    assert list(document.target(paths["/c"])) == ["get"]


def test_tags_take_along_operations_that_have_no_other(read: Callable[[str], Document]) -> None:
    document = read(f"""{HEAD}
tags: [{{name: admin, {IGNORE}}}, {{name: pets}}]
paths:
  /a: {{get: {{tags: [admin]}}, put: {{tags: [admin, pets]}}, post: {{tags: []}}, patch: {{}}}}
""")
    item = document.root["paths"]["/a"]
    assert [tag["name"] for tag in document.root["tags"]] == ["pets"]
    assert list(item) == ["put", "post", "patch"]
    assert item["put"]["tags"] == ["pets"]
    assert item["put"]["tags"].place(0).pointer == "/paths/~1a/put/tags/1"


def test_parameters(read: Callable[[str], Document]) -> None:
    document = read(f"""{HEAD}
paths:
  /a/{{id}}:
    get:
      parameters:
      - {{name: id, in: path, required: true, {IGNORE}}}
      - {{name: q, in: query, required: true, {IGNORE}}}
      - {{name: r, in: query, {IGNORE}}}
      - {{$ref: '#/components/parameters/S', {IGNORE}}}
      - {{$ref: '#/components/parameters/T', {IGNORE}}}
      - {{$ref: '#/components/parameters/U'}}
components: {{parameters: {{S: {{name: s, in: header}}, T: {{name: t, in: header, required: true}}, U: {{name: u, in: query, {IGNORE}}}}}}}
""")
    at = "/paths/~1a~1{id}/get/parameters"
    assert codes(document) == [
        *(("ignore-parameter", f"{at}/{index}/x-specwright-ignore") for index in (0, 1, 4)),
        ("ref-ignored", f"{at}/5/$ref"),
    ]
    parameters = [document.target(each) for each in document.root["paths"]["/a/{id}"]["get"]["parameters"]]
    assert [each.get("name") for each in parameters] == ["id", "q", "t", None]


@pytest.mark.parametrize("version", ["3.0.3", "3.1.1"])
def test_properties_and_schemas(schemas: Callable[[str, str], Document], version: str) -> None:
    document = schemas(
        f"""{{
      A: {{required: [a, b, c], properties: {{
        a: {{{IGNORE}, type: wrong}}, b: {{{IGNORE}, readOnly: true}}, c: {{type: string}}, d: {{$ref: '#/components/schemas/Gone'}},
        e: {{type: array, items: {{{IGNORE}, type: string}}}}}}}},
      Gone: {{{IGNORE}, type: 5}},
      U: {{discriminator: {{propertyName: x, mapping: {{g: Gone, a: A}}}}, oneOf: [{{{IGNORE}, type: integer}}, {{$ref: '#/components/schemas/A'}}]}}}}""",
        version,
    )
    found = document.root["components"]["schemas"]
    at = "/components/schemas"
    assert codes(document) == [
        ("ignore-property", f"{at}/A/properties/a/x-specwright-ignore"),
        ("ref-ignored", f"{at}/A/properties/d/$ref"),
        ("ref-ignored", f"{at}/U/discriminator/mapping/g"),
    ]
    assert list(found) == ["A", "U"]
    assert list(found["A"]["properties"]) == ["c", "d", "e"]
    assert found["A"]["required"] == ["c"]
    assert found["A"]["required"].place(0).pointer == f"{at}/A/required/2"
    assert found["A"]["properties"]["e"] == {"type": "array"}
    assert document.target(found["A"]["properties"]["d"]) == {}
    assert list(found["U"]["oneOf"]) == [{"$ref": "#/components/schemas/A"}]
    assert list(document.mapped(found["U"]["discriminator"]["mapping"])) == ["a"]


def test_false_and_what_is_no_boolean(schemas: Callable[[str], Document]) -> None:
    document = schemas(
        "{A: {x-specwright-ignore: false}, B: {x-specwright-ignore: 'true'}, C: {x-specwright-ignore: 1}}"
    )
    assert list(document.root["components"]["schemas"]) == ["A", "C"]
    assert codes(document) == [
        ("quoted", "/components/schemas/B/x-specwright-ignore"),
        ("wrong-type", "/components/schemas/C/x-specwright-ignore"),
    ]


def test_fields_of_ours_where_they_are_none(read: Callable[[str], Document]) -> None:
    document = read(f"""{HEAD}
paths: {{/a: {{x-specwright-name: a, get: {{x-specwright-nane: a, x-specwright-name: 5, responses: {{200: {{{IGNORE}}}}}}}}}}}
x-other: 1
""")
    assert [(found.code, found.hint) for found in document.problems if found.code == "field-unknown"] == [
        ("field-unknown", "It is not read here."),
        ("field-unknown", "Did you mean `x-specwright-name`?"),
        ("field-unknown", "It is not read here."),
    ]
    assert document.root["paths"]["/a"]["get"]["x-specwright-name"] == "5"


def test_swagger(read: Callable[[str], Document]) -> None:
    document = read(f"""
swagger: '2.0'
info: {{title: T, version: '1'}}
paths:
  /a:
    post:
      parameters:
      - {{name: q, in: query, type: string, {IGNORE}}}
      - {{name: f, in: formData, type: string, {IGNORE}}}
      - {{name: g, in: formData, type: string, x-specwright-name: grip}}
      responses: {{200: {{schema: {{$ref: '#/definitions/D'}}}}}}
  /b: {{get: {{{IGNORE}, responses: {{}}}}}}
definitions: {{D: {{{IGNORE}}}}}
""")
    post = document.root["paths"]["/a"]["post"]
    (content,) = post["requestBody"]["content"].values()
    assert post["parameters"] == []
    assert content["schema"]["properties"] == {"g": {"type": "string", "x-specwright-name": "grip"}}
    assert list(document.root["paths"]["/b"]) == []
    assert [code for code, _ in codes(document)] == ["ref-ignored"]
