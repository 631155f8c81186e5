from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from specwright.config import Config
from specwright.document import load
from specwright.problems import Refused

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from specwright.document import Document

SHOP = """
openapi: 3.2.0
info: {title: Shop, version: '1'}
security: [{key: []}]
tags:
- {name: goods, parent: all}
- {name: pets, parent: goods}
- {name: admin}
- {name: all}
paths:
  /pets:
    get:
      operationId: listPets
      tags: [pets]
      responses:
        200: {$ref: '#/components/responses/Pets'}
    post: {operationId: addPet, tags: [pets, admin], responses: {204: {$ref: '#/components/responses/None'}}}
    additionalOperations:
      COPY: {operationId: copyPet, tags: [admin]}
      LINK: {operationId: linkPet, tags: [pets]}
  /pets/{id}:
    parameters: [{$ref: '#/components/parameters/Id'}]
    get: {tags: [pets], security: [{token: [read]}]}
  /users:
    $ref: '#/components/pathItems/Users'
  /health:
    get: {security: []}
webhooks:
  born: {post: {operationId: petBorn, tags: [pets], requestBody: {$ref: '#/components/requestBodies/Born'}}}
  left: {post: {operationId: userLeft}}
components:
  pathItems:
    Users:
      get: {operationId: listUsers, tags: [admin], callbacks: {c: {$ref: '#/components/callbacks/C'}}}
      delete: {operationId: dropUsers}
  callbacks: {C: {'{$url}': {post: {security: [{basic: []}], requestBody: {content: {a/b: {schema: {$ref: '#/components/schemas/User'}}}}}}}}
  parameters: {Id: {name: id, in: path, required: true, schema: {$ref: '#/components/schemas/Id'}}}
  requestBodies: {Born: {content: {application/json: {schema: {$ref: '#/components/schemas/Cat'}}}}}
  responses:
    Pets:
      headers: {N: {$ref: '#/components/headers/N'}}
      links: {one: {$ref: '#/components/links/One'}}
      content: {application/json: {schema: {items: {$ref: '#/components/schemas/AnyPet'}}}}
    None: {description: none}
  headers: {N: {schema: {$ref: '#/components/schemas/Count'}}}
  links: {One: {operationId: getPet}, Other: {operationId: other}}
  securitySchemes:
    key: {type: apiKey, name: key, in: header}
    token: {$ref: '#/components/securitySchemes/bearer'}
    bearer: {type: http, scheme: bearer}
    basic: {type: http, scheme: basic}
    unused: {type: http, scheme: digest}
  schemas:
    AnyPet: {$ref: '#/components/schemas/Pet'}
    Pet: {discriminator: {propertyName: kind, mapping: {owl: '#/components/schemas/Owl', o: Other}}, properties: {owner: true}}
    Cat: {allOf: [{$ref: '#/components/schemas/AnyPet'}, {properties: {paw: {$ref: '#/components/schemas/Paw'}}}]}
    Lion: {allOf: [{$ref: '#/components/schemas/Cat'}]}
    Paw: {type: string}
    Owl: {type: object}
    Other: {$ref: '#/components/schemas/Owl'}
    Count: true
    Yes: true
    Id: {type: integer}
    User: {allOf: [{$ref: '#/components/schemas/Id'}]}
    Unused: {type: nothing}
"""


def names(document: Document, section: str) -> set[str]:
    return set(document.root["components"].get(section, ()))


def operations(document: Document) -> set[str]:
    found = set[str]()
    for key in ("paths", "webhooks"):
        for path, reference in document.root[key].items():
            item = document.target(reference)
            methods = {**item, **item.get("additionalOperations", {})}
            found |= {f"{method} {path}" for method in methods if method.lower() != "additionaloperations"}
    return {each for each in found if not each.startswith("parameters")}


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({"tags": ("admin",)}, {"post /pets", "COPY /pets", "get /users"}),
        ({"paths": ("/health",)}, {"get /health"}),
        ({"paths": ("/pets*",)}, {"get /pets", "post /pets", "COPY /pets", "LINK /pets", "get /pets/{id}"}),
        ({"paths": ("*s",)}, {"get /pets", "post /pets", "COPY /pets", "LINK /pets", "get /users", "delete /users"}),
        ({"operations": ("petBorn", "copyPet")}, {"post born", "COPY /pets"}),
        ({"operations": ("get /pets/{id}",)}, {"get /pets/{id}"}),
        ({"operations": ("dropUsers",), "paths": ("/health",)}, {"delete /users", "get /health"}),
    ],
)  # fmt: skip
def test_what_is_selected(read: Callable[..., Document], settings: Any, expected: set[str]) -> None:
    assert operations(read(SHOP, **settings)) == expected


def test_what_is_used_stays(read: Callable[..., Document]) -> None:
    document = read(SHOP, operations=("listPets",))
    assert names(document, "schemas") == {"AnyPet", "Pet", "Cat", "Lion", "Paw", "Owl", "Other", "Count"}
    assert names(document, "responses") == {"Pets"}
    assert names(document, "headers") == {"N"}
    assert names(document, "links") == {"One"}
    assert names(document, "securitySchemes") == {"key"}
    assert set(document.root["components"]) == {"schemas", "responses", "headers", "links", "securitySchemes"}
    assert [tag["name"] for tag in document.root["tags"]] == ["goods", "pets", "all"]
    assert document.root["tags"].place(2).pointer == "/tags/3"
    assert "security" in document.root


def test_security_that_nothing_needs_goes(read: Callable[..., Document]) -> None:
    document = read(SHOP, operations=("get /pets/{id}",))
    assert names(document, "securitySchemes") == {"token", "bearer"}
    assert names(document, "parameters") == {"Id"}
    assert names(document, "schemas") == {"Id"}
    assert "security" not in document.root


def test_what_callbacks_use_stays(read: Callable[..., Document]) -> None:
    document = read(SHOP, operations=("listUsers",))
    assert names(document, "schemas") == {"User", "Id"}
    assert names(document, "securitySchemes") == {"key", "basic"}


def test_a_heir_needs_no_other_heirs_without_a_discriminator(read: Callable[..., Document]) -> None:
    document = read(SHOP.replace("discriminator:", "x-was:"), operations=("listPets",))
    assert names(document, "schemas") == {"AnyPet", "Pet", "Count"}


def test_places_stay(read: Callable[..., Document]) -> None:
    item = read(SHOP, tags=("admin",)).root["paths"]["/pets"]
    assert item["post"].place().pointer == "/paths/~1pets/post"
    assert item["additionalOperations"].place("COPY").pointer == "/paths/~1pets/additionalOperations/COPY"
    assert item["additionalOperations"].place("COPY").line == 19


def test_without_a_selection_all_stays(read: Callable[..., Document]) -> None:
    document = read(SHOP)
    assert "Unused" in names(document, "schemas")
    assert len(document.root["paths"]) == 4


def test_problems_are_those_of_what_is_left(read: Callable[..., Document]) -> None:
    broken = SHOP.replace("{name: id, in: path,", "{name: id, in: path, explode: 5,")
    whole, some = read(broken), read(broken, operations=("get /pets/{id}",))
    assert [found.place and found.place.pointer for found in some.problems] == [
        "/components/parameters/Id/explode"
    ]
    assert len(whole.problems) == 2
    assert read(broken, paths=("/health",)).problems == ()


def test_problems_of_other_files(read: Callable[..., Document], tmp_path: Path) -> None:
    (tmp_path / "items.yaml").write_text(
        "A: {get: {operationId: a, deprecated: 1}, put: {operationId: b, deprecated: 2}}\nB: {get: {operationId: c, deprecated: 3}}\n"
    )
    text = "openapi: 3.1.1\ninfo: {title: T, version: '1'}\npaths: {/a: {$ref: 'items.yaml#/A'}, /b: {$ref: 'items.yaml#/B'}}\n"
    assert len(read(text).problems) == 3
    (found,) = read(text, operations=("b",)).problems
    assert found.place
    assert found.place.pointer == "/A/put/deprecated"


@pytest.mark.parametrize(
    ("settings", "said", "hint"),
    [
        ({"tags": ("pet", "admin")}, "No operation has the tag `pet`.", "Did you mean `pets`?"),
        ({"paths": ("/pet*x",)}, "No path with an operation is `/pet*x`.", ""),
        ({"operations": ("listpets",)}, "No operation has the id `listpets`.", "Did you mean `listPets`?"),
        ({"paths": ("/Pets",)}, "No path with an operation is `/Pets`.", "Did you mean `/pets`?"),
    ],
)
def test_a_selection_that_meets_nothing(
    read: Callable[..., Document], settings: Any, said: str, hint: str
) -> None:
    with pytest.raises(Refused) as refused:
        read(SHOP, **settings)
    (found,) = (each for each in refused.value.problems if each.severity == "error")
    assert (found.code, found.message, found.place and found.place.pointer) == (
        "select-nothing",
        said,
        "/paths",
    )
    assert hint in found.hint


def test_swagger_too(tmp_path: Path) -> None:
    (tmp_path / "spec.yaml").write_text("""
swagger: '2.0'
info: {title: T, version: '1'}
paths:
  /a: {get: {operationId: a, responses: {200: {$ref: '#/responses/R'}}}}
  /b: {post: {operationId: b, parameters: [{in: body, name: b, schema: {$ref: '#/definitions/B'}}], responses: {200: {}}}}
responses: {R: {schema: {$ref: '#/definitions/A'}}}
definitions: {A: {type: string}, B: {type: object}}
""")
    path = tmp_path / "spec.yaml"
    first, second = (load(path, Config(spec=path, operations=(each,))) for each in "ab")
    assert (names(first, "schemas"), names(first, "responses")) == ({"A"}, {"R"})
    assert (names(second, "schemas"), names(second, "responses")) == ({"B"}, set())
