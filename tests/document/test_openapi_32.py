"""What OpenAPI 3.2 added is read, and held to its shape."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from specwright.document import Document

SPEC = """
openapi: 3.2.0
$self: https://example.com/api
info: {title: T, version: '1'}
tags:
- {name: all, summary: All, kind: nav}
- {name: pets, parent: all}
servers: [{url: 'https://example.com', name: main}]
paths:
  /pets:
    query:
      tags: [pets]
      parameters:
      - {name: q, in: querystring, content: {application/x-www-form-urlencoded: {schema: {type: object}}}}
      - {name: c, in: cookie, style: cookie, schema: {type: string}}
      requestBody: {content: {application/json: {$ref: '#/components/mediaTypes/Filter'}}}
      responses:
        '200':
          summary: Some
          content:
            application/jsonl: {itemSchema: {$ref: '#/components/schemas/Pet'}}
            multipart/mixed: {itemSchema: true, prefixEncoding: [{contentType: a/b}], itemEncoding: {contentType: c/d, encoding: {x: {style: form}}}}
        4xx: {description: wrong}
        '5xX': {description: left out}
        5XX: {description: broken}
    additionalOperations:
      COPY: {operationId: copy}
      GET: {operationId: get}
      two words: {operationId: none}
components:
  mediaTypes: {Filter: {schema: {$ref: '#/components/schemas/Pet'}, examples: {e: {dataValue: {a: 1}, serializedValue: '{"a":1}'}}}}
  securitySchemes:
    device:
      type: oauth2
      deprecated: true
      oauth2MetadataUrl: https://example.com/.well-known
      flows: {deviceAuthorization: {deviceAuthorizationUrl: https://example.com/d, tokenUrl: https://example.com/t, scopes: {}}}
  schemas:
    Pet:
      discriminator: {propertyName: kind, defaultMapping: Other, mapping: {cat: '#/components/schemas/Cat'}}
      xml: {nodeType: element}
    Cat: {title: Cat}
    Other: {$ref: '#/components/schemas/Cat'}
    Bad: {discriminator: {propertyName: kind, defaultMapping: Nobody}}
"""


def test_all_of_it_is_read(read: Callable[[str], Document]) -> None:
    document = read(SPEC)
    assert [(found.code, found.place and found.place.pointer) for found in document.problems] == [
        ("status-spelling", "/paths/~1pets/query/responses/4xx"),
        ("wrong-key", "/paths/~1pets/query/responses/5xX"),
        ("wrong-key", "/paths/~1pets/additionalOperations/GET"),
        ("wrong-key", "/paths/~1pets/additionalOperations/two words"),
        ("ref-missing", "/components/schemas/Bad/discriminator/defaultMapping"),
    ]
    item = document.root["paths"]["/pets"]
    assert list(item["additionalOperations"]) == ["COPY"]
    responses = item["query"]["responses"]
    assert {status: each["description"] for status, each in responses.items() if status != "200"} == {
        "4XX": "wrong",
        "5XX": "broken",
    }
    assert responses.place("4XX").pointer == "/paths/~1pets/query/responses/4xx"
    body = document.target(item["query"]["requestBody"]["content"]["application/json"])
    assert body["examples"]["e"]["value"] == {"a": 1}


def test_the_default_of_a_discriminator(read: Callable[[str], Document]) -> None:
    document = read(SPEC)
    schemas = document.root["components"]["schemas"]
    assert document.default_mapping(schemas["Pet"]["discriminator"]) is schemas["Cat"]
    assert document.default_mapping(schemas["Bad"]["discriminator"]) is None
    assert list(document.mapped(schemas["Pet"]["discriminator"]["mapping"])) == ["cat"]


def test_a_selection_keeps_the_default_of_a_discriminator(read: Callable[..., Document]) -> None:
    document = read(SPEC.replace("mapping: {cat: '#/components/schemas/Cat'}", ""), tags=("pets",))
    assert list(document.root["components"]["schemas"]) == ["Pet", "Cat", "Other"]
    assert [tag["name"] for tag in document.root["tags"]] == ["all", "pets"]


def test_ranges_of_statuses_in_older_versions(read: Callable[[str], Document]) -> None:
    document = read(
        "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths: {/a: {get: {responses: {2xx: {description: d}, default: {description: e}}}}}\n"
    )
    assert list(document.root["paths"]["/a"]["get"]["responses"]) == ["2XX", "default"]
