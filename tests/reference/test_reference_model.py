"""The model of the reference: what a document says, as rows."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

import pytest

import specwright
from specwright.config import Config
from specwright.reference.addresses import Addresses
from specwright.reference.markdown import markdown
from specwright.reference.prose import blocks, plain
from specwright.reference.text import text

if TYPE_CHECKING:
    from pathlib import Path

    from specwright.reference.model import Operation, Reference, Row

DOCUMENT: Final = """\
openapi: 3.1.1
info: {title: Pets, version: "1", description: "See `pets`."}
servers: [{url: "https://{region}.example.com", variables: {region: {default: eu, enum: [eu, us]}}}]
security: [{key: [], app: []}, {}]
tags: [{name: second}, {name: pets, description: All pets.}]
webhooks:
  petFound:
    post:
      description: A pet was found.
      requestBody: {content: {application/json: {schema: {$ref: "#/components/schemas/Cat"}}}}
components:
  securitySchemes:
    key: {type: http, scheme: bearer}
    app: {type: apiKey, in: query, name: app_key}
  schemas:
    Cat:
      type: object
      required: [kind]
      properties:
        kind: {const: cat}
        name: {type: string, maxLength: 20}
        lives: {type: integer, minimum: 1, maximum: 9, default: 9}
    Dog:
      type: object
      required: [kind]
      properties:
        kind: {const: dog}
        name: {type: string, maxLength: 20}
        secret: {type: string, writeOnly: true}
    Node:
      type: object
      properties:
        value: {type: [string, "null"]}
        children: {type: array, items: {$ref: "#/components/schemas/Node"}}
    Address: {type: object, properties: {street: {type: string}, city: {type: string}}}
paths:
  x-owner: {get: {responses: 5}}
  /pets:
    post:
      operationId: addPet
      tags: [pets, second]
      summary: Add a pet.
      parameters:
        - {name: filter, in: query, style: deepObject, schema: {type: object, properties: {age: {type: integer}}}}
        - {name: limit, in: query, deprecated: true, schema: {type: integer, default: 10}}
        - {name: session, in: cookie, schema: {type: string}}
        - {name: Accept, in: header, schema: {type: string}}
      requestBody:
        description: The pet.
        content:
          application/json:
            schema: {oneOf: [{$ref: "#/components/schemas/Cat"}, {$ref: "#/components/schemas/Dog"}]}
            examples:
              tom: {summary: A cat., value: {kind: cat, name: Tom}}
          text/plain: {schema: {type: string}}
      callbacks:
        done:
          "{$request.query.url}":
            post: {requestBody: {content: {application/json: {schema: {type: array, items: {type: string, enum: [a, b]}}}}}}
      responses:
        "201":
          description: Added.
          headers: {X-Rate: {description: What is left., schema: {type: integer}}}
          content:
            application/json:
              schema:
                type: object
                properties:
                  home: {$ref: "#/components/schemas/Address"}
                  work: {$ref: "#/components/schemas/Address"}
                  labels: {type: object, additionalProperties: {type: integer}}
        default: {description: Anything else.}
  /nodes/{id}:
    put:
      deprecated: true
      parameters: [{name: id, in: path, required: true, schema: {type: integer}}]
      requestBody: {required: true, content: {application/json: {schema: {$ref: "#/components/schemas/Node"}}}}
      responses: {"204": {description: Done.}}
  /files:
    post:
      operationId: upload
      security: []
      requestBody:
        required: true
        content:
          multipart/form-data:
            schema: {type: object, required: [file], properties: {file: {type: string, format: binary}}}
      responses: {"200": {description: Done.}}
"""


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Reference:
    path = tmp_path_factory.mktemp("reference") / "pets.yaml"
    path.write_text(DOCUMENT, "utf-8")
    return specwright.describe(config=Config(spec=path))


def operation(reference: Reference, slug: str) -> Operation:
    return next(each for each in reference.operations() if each.slug == slug)


def rows(found: tuple[Row, ...]) -> dict[str, str]:
    return {row.name: row.type for row in found}


def test_operations_stand_below_their_first_tag_and_have_addresses(reference: Reference) -> None:
    assert [(tag.name, tag.text, [each.slug for each in tag.operations]) for tag in reference.tags] == [
        ("pets", "All pets.", ["add-pet"]),
        ("", "", ["put-nodes-id", "upload"]),
    ]


def test_parameters_are_told_with_their_members(reference: Reference) -> None:
    found = operation(reference, "add-pet")
    assert [(table.title, rows(table.rows)) for table in found.tables] == [
        ("Query parameters", {"filter": "Object", "filter.age": "Integer", "limit": "Integer"}),
        ("Request headers", {"Content-Type": "String"}),
        ("Cookies", {"session": "String"}),
    ]
    limit = found.tables[0].rows[2]
    assert (limit.anchor, limit.default, limit.deprecated) == ("query.limit", "10", True)


def test_the_media_type_of_the_body_is_a_header(reference: Reference) -> None:
    (header,) = operation(reference, "add-pet").tables[1].rows
    assert (header.required, header.values) == (False, ('"application/json"', '"text/plain"'))
    (header,) = operation(reference, "put-nodes-id").tables[1].rows
    assert (header.required, header.values, header.default) == (True, (), '"application/json"')


def test_of_a_choice_each_field_says_which_alternatives_have_it(reference: Reference) -> None:
    found = operation(reference, "add-pet").bodies[0].table.rows
    assert [(row.name, row.only_of) for row in found] == [
        ("kind", ("Cat",)),
        ("name", ()),
        ("lives", ("Cat",)),
        ("kind", ("Dog",)),
        ("secret", ("Dog",)),
    ]
    assert [row.anchor for row in found if row.name == "kind"] == ["body.kind", "body.kind-2"]
    lives, secret = found[2], found[4]
    assert (lives.limits, lives.default, secret.write_only) == (("Minimum: 1", "Maximum: 9"), "9", True)


def test_what_is_made_of_itself_points_to_where_it_is_told(reference: Reference) -> None:
    found = operation(reference, "put-nodes-id").bodies[0].table.rows
    assert [(row.name, row.type, row.as_of) for row in found] == [
        ("value", "String or null", ""),
        ("children", "Array of Object", "(body)"),
    ]


def test_what_an_answer_has_twice_is_told_once(reference: Reference) -> None:
    answer = operation(reference, "add-pet").answers[0]
    assert [(row.name, row.type, row.as_of) for row in answer.contents[0].table.rows] == [
        ("home", "Object", ""),
        ("home.street", "String", ""),
        ("home.city", "String", ""),
        ("work", "Object", "home"),
        ("labels", "Object", ""),
        ("labels.*", "Integer", ""),
    ]
    assert answer.contents[0].table.rows[3].as_of_anchor == "answer-201.home"
    assert rows(answer.headers.rows) == {"X-Rate": "Integer"}


def test_a_body_without_members_is_a_row_of_its_own(reference: Reference) -> None:
    (sent,) = operation(reference, "add-pet").sent
    assert (sent.name, sent.method, sent.where) == ("done", "POST", "{$request.query.url}")
    (row,) = sent.bodies[0].table.rows
    assert (row.name, row.type, row.values) == ("(body)", "Array of String", ('"a"', '"b"'))
    (webhook,) = reference.sent
    assert (webhook.slug, webhook.text) == ("webhook.pet-found", "A pet was found.")


def test_examples_are_the_documents_own_or_made(reference: Reference) -> None:
    found = operation(reference, "add-pet")
    (example,) = found.bodies[0].examples
    assert (example.title, example.value) == ("A cat.", {"kind": "cat", "name": "Tom"})
    (made,) = found.answers[0].contents[0].examples
    assert json.loads(made.text) == made.value


def test_servers_and_security_are_said_in_words(reference: Reference) -> None:
    found = operation(reference, "add-pet")
    assert found.servers[0].text == "`region` is `eu` by default, one of eu, us."
    assert found.security == (
        "a bearer token (key) and an API key in the query parameter app_key (app)",
        "nothing",
    )
    assert operation(reference, "upload").security == ()


def test_each_operation_is_called_in_three_forms(reference: Reference) -> None:
    for found in reference.operations():
        assert found.calls.problem == ""
        assert "from pets import Client" in found.calls.python
        assert found.calls.curl.startswith("curl ")
        assert json.loads(found.calls.conductor)["type"] == "HTTP"
    assert '"$PETS_TOKEN"' in operation(reference, "add-pet").calls.curl


def test_the_same_document_gives_the_same(reference: Reference, tmp_path: Path) -> None:
    (tmp_path / "pets.yaml").write_text(DOCUMENT, "utf-8")
    again = specwright.describe(config=Config(spec=tmp_path / "pets.yaml"))
    assert again == reference
    assert "boundary=7d1c" in operation(again, "upload").calls.curl
    assert "--7d1c5e0a9b8f4c3e6a2d7f1b0c9e8d5a--" in operation(again, "upload").calls.curl


def test_every_field_is_in_every_form(reference: Reference) -> None:
    whole, marked = text(reference), markdown(reference)
    for found in reference.operations():
        for table in found.every_table():
            for row in table.rows:
                assert f"\n{row.name} {row.type} {'Yes' if row.required else 'No'}\n" in whole
                assert f"\n| `{row.name}` | {row.type.replace('*', '')} |" in marked


def test_addresses_are_plain_and_no_two_the_same() -> None:
    addresses = Addresses()
    said = ["getHTTPStatus", "get/HTTP status", "日本", "", "CON", "../../etc", "Text", "a" * 300]
    assert [addresses.of(each, "operation") for each in said] == [
        "get-http-status",
        "get-http-status-2",
        "operation",
        "operation-2",
        "con-operation",
        "etc",
        "text-operation",
        "a" * 80,
    ]


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("One\nline.\n\nTwo.", [("paragraph", ["One line."]), ("paragraph", ["Two."])]),
        ("# Head\nText", [("heading", ["Head"]), ("paragraph", ["Text"])]),
        ("- a\n  more\n- b\n\nc", [("list", ["a more", "b"]), ("paragraph", ["c"])]),
        ("Text:\n1. a\n2. b", [("paragraph", ["Text:"]), ("list", ["a", "b"])]),
        ("`x` [l](https://e.example/) **s**", [("paragraph", ["x l s"])]),
        ("[l](javascript:alert(1))", [("paragraph", ["[l](javascript:alert(1))"])]),
        ("[l](data:x) <b>", [("paragraph", ["l <b>"])]),
        ("", []),
    ],
)
def test_prose_is_taken_apart(said: str, found: list[Any]) -> None:
    assert [(block.kind, [plain(item) for item in block.items]) for block in blocks(said)] == found


def test_code_stays_as_it_is() -> None:
    (block,) = blocks("```js\na  b\n\n  c\n```")
    assert (block.kind, block.text) == ("code", "a  b\n\n  c")
    (block,) = blocks("~~~\nnever closed")
    assert block.text == "never closed"


def test_links_lead_to_the_web_and_nowhere_else() -> None:
    kinds = [
        (piece.kind, piece.href)
        for piece in blocks("[a](https://e.example/x) [b](javascript:x) [c](//e.example)")[0].items[0]
        if piece.kind == "link"
    ]
    assert kinds == [("link", "https://e.example/x")]
