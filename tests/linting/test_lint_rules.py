"""What each rule finds, and what it must not take for the same: nothing may be found that is no mistake."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from specwright.catalogue import RULES as ENTRIES
from specwright.linting import RULES

if TYPE_CHECKING:
    from collections.abc import Callable

    from specwright.problems import Problem

    Lint = Callable[..., tuple[Problem, ...]]

INFO = "info: {title: T, version: '1'}\n"

SCHEMAS: list[tuple[str, str, list[str]]] = [
    # code, a schema, and the places in it of what is found
    ("bounds-contradict", "{minimum: 3, maximum: 2}", ["maximum"]),
    ("bounds-contradict", "{minimum: 2, maximum: 2}", []),
    ("bounds-contradict", "{exclusiveMinimum: 2, maximum: 2}", ["maximum"]),
    ("bounds-contradict", "{minimum: 2, exclusiveMaximum: 2}", ["exclusiveMaximum"]),
    ("bounds-contradict", "{type: array, items: {}, minItems: 2, maxItems: 1}", ["maxItems"]),
    ("bounds-contradict", "{minLength: 1, maximum: 0}", []),
    ("bounds-contradict", "{required: [a, b], maxProperties: 1}", ["maxProperties"]),
    ("bounds-contradict", "{required: [a, a], maxProperties: 1}", []),
    ("keyword-idle", "{type: integer, pattern: a}", ["pattern"]),
    ("keyword-idle", "{type: [integer, string], pattern: a}", []),
    ("keyword-idle", "{pattern: a, minimum: 1}", []),
    ("keyword-idle", "{type: integer, minimum: 1}", []),
    ("keyword-idle", "{type: array, items: {}, properties: {a: {}}}", ["properties"]),
    ("keyword-idle", "{type: string, additionalProperties: false}", []),
    ("keyword-idle", "{type: integer, format: date-time}", ["format"]),
    ("keyword-idle", "{type: integer, format: unix-time}", []),
    ("keyword-idle", "{type: string, format: int64}", []),
    ("required-repeated", "{required: [a, b, a], properties: {a: {}, b: {}}}", ["required/2"]),
    ("direction-none", "{properties: {a: {readOnly: true, writeOnly: false}}}", []),
    (
        "all-of-closed",
        "{allOf: [{properties: {a: {}}, additionalProperties: false}, {properties: {b: {}}}]}",
        [],
    ),
    (
        "all-of-closed",
        "{additionalProperties: false, allOf: [{required: [a], properties: {a: {}}}]}",
        ["additionalProperties"],
    ),
    ("all-of-closed", "{additionalProperties: false, properties: {a: {}}, allOf: [{required: [a]}]}", []),
    (
        "all-of-closed",
        "{allOf: [{additionalProperties: false, patternProperties: {b: {}}}, {required: [b], properties: {b: {}}}]}",
        [],
    ),
    ("items-missing", "{type: array, prefixItems: [{}]}", []),
    ("items-missing", "{type: array, maxItems: 0}", []),
    ("enum-repeated", "{enum: [1, 1.0, true]}", ["enum/1"]),
    ("enum-repeated", "{enum: [{a: 1, b: 2}, {b: 2, a: 1.0}]}", ["enum/1"]),
    ("enum-repeated", "{enum: [1, true, '1', null, 0, false]}", []),
    ("enum-value", "{type: string, enum: [a, null]}", ["enum/1"]),
    ("enum-value", "{type: [string, 'null'], enum: [a, null]}", []),
    ("enum-value", "{type: integer, enum: [1, 2.0]}", []),
    ("enum-value", "{type: number, enum: [1, 2.5]}", []),
    ("enum-value", "{type: string, maxLength: 2, enum: [ab, abc, abcd]}", ["enum/1"]),
    ("enum-value", "{type: string, pattern: '^a', enum: [ab, b]}", ["enum/1"]),
    ("enum-value", "{type: integer, const: a}", ["const"]),
    ("enum-value", "{type: [integer, 'null'], const: null}", []),
    ("pattern-never", "{pattern: 'a^b'}", ["pattern"]),
    ("pattern-never", "{pattern: 'a$b'}", ["pattern"]),
    ("pattern-never", "{pattern: '(a^b|c$d)'}", ["pattern"]),
    ("pattern-never", "{pattern: 'a*^b$c*'}", []),
    ("pattern-never", "{pattern: 'a^b|c'}", []),
    ("pattern-never", "{pattern: '(a^b)?c'}", []),
    ("pattern-never", "{pattern: '[$^]a[^b]'}", []),
    ("pattern-never", "{pattern: '^a{3}(b|cd)$', maxLength: 3}", ["maxLength"]),
    ("pattern-never", "{pattern: '^a{3}(b|cd)$', maxLength: 4}", []),
    ("pattern-never", "{pattern: '^(?=.{9})a$', maxLength: 1}", []),
    ("example-invalid", "{type: integer, examples: [1, a]}", ["examples/1"]),
    ("example-invalid", "{type: object, properties: {a: {type: string}}, examples: [{b: 1}]}", []),
    # What one side does not send may be left out, and may be there.
    (
        "example-invalid",
        ("{required: [id, key], properties: {id: {type: string, readOnly: true}, key: {type: string, writeOnly: true}}, "
        "examples: [{id: a}, {key: b}, {id: a, key: b}, {id: 1}]}"),
        ["examples/3/id"],
    ),
    ("example-invalid", "{type: string, format: date, examples: ['2020-01-01', '2020-13-01']}", ["examples/1"]),
    ("example-invalid", "{oneOf: [{type: integer}, {type: number}], examples: [1]}", []),
    ("example-invalid", "{oneOf: [{type: integer}, {type: string}], examples: [null]}", ["examples/0"]),
    ("example-invalid", "{type: object, properties: {a: {$ref: '#/components/schemas/X'}}, examples: [{a: {a: {a: 1}}}]}", ["examples/0/a/a/a"]),
    ("default-invalid", "{type: string, enum: [a, b], default: c}", ["default"]),
    ("default-invalid", "{type: string, default: null}", ["default"]),
    ("default-invalid", "{default: {a: [1]}}", []),
    ("default-invalid", "{type: integer, default: 1.0}", []),
    ("schema-endless", "{required: [a], properties: {a: {$ref: '#/components/schemas/X'}}}", ["required/0"]),
    ("schema-endless", "{required: [b, a], properties: {b: {}, a: {allOf: [{$ref: '#/components/schemas/X'}]}}}", ["required/1"]),
    ("schema-endless", "{allOf: [{required: [a]}, {properties: {a: {$ref: '#/components/schemas/X'}}}]}", [""]),
    ("schema-endless", "{type: [object, 'null'], required: [a], properties: {a: {$ref: '#/components/schemas/X'}}}", []),
    ("schema-endless", "{properties: {a: {$ref: '#/components/schemas/X'}}}", []),
    ("schema-endless", "{required: [a], properties: {a: {type: array, items: {$ref: '#/components/schemas/X'}}}}", []),
    ("schema-endless", "{required: [a], properties: {a: {type: array, minItems: 1, items: {$ref: '#/components/schemas/X'}}}}", ["required/0"]),
    ("schema-endless", "{required: [a], properties: {a: {anyOf: [{$ref: '#/components/schemas/X'}, {type: 'null'}]}}}", []),
    ("schema-endless", "{required: [a], properties: {a: {anyOf: [{$ref: '#/components/schemas/X'}, {$ref: '#/components/schemas/X'}]}}}", ["required/0"]),
    ("schema-endless", "{required: [a], properties: {a: {required: [b], properties: {b: {$ref: '#/components/schemas/X'}}}}}", ["required/0"]),
    # What requires one that is endless is not the mistake.
    ("schema-endless", "{required: [a], properties: {a: {required: [b], properties: {b: {$ref: '#/components/schemas/X/properties/a'}}}}}", ["properties/a/required/0"]),
    ("one-of-alike", "{oneOf: [{type: string, title: A}, {type: integer}, {type: string, title: B}]}", ["oneOf/2"]),
    ("one-of-alike", "{oneOf: [{type: string}, {type: string, maxLength: 3}]}", []),
    ("one-of-alike", "{anyOf: [{type: string}, {type: string}]}", []),
    ("one-of-alike", "{oneOf: [{const: 1}, {const: true}]}", []),
    ("one-of-alike", "{oneOf: [{$ref: '#/components/schemas/X/$defs/a'}, {$ref: '#/components/schemas/X/$defs/a'}], $defs: {a: {properties: {b: {}}}}}", ["oneOf/1"]),
    ("discriminator-alone", "{discriminator: {propertyName: a}, oneOf: [{}]}", []),
    ("discriminator-property", "{discriminator: {propertyName: a}, oneOf: [{properties: {b: {}}}, {properties: {a: {}}}]}", ["oneOf/0"]),
    ("discriminator-property", "{discriminator: {propertyName: a}, properties: {a: {}}, oneOf: [{properties: {b: {}}}]}", []),
    ("discriminator-property", "{discriminator: {propertyName: a}, oneOf: [{}, {type: string}, {allOf: [{properties: {a: {}}}]}]}", []),
    ("discriminator-property", "{discriminator: {propertyName: a}, oneOf: [{oneOf: [{properties: {a: {}}}]}]}", []),
]  # fmt: skip


@pytest.mark.parametrize(("code", "schema", "places"), SCHEMAS)
def test_schemas(lint: Lint, code: str, schema: str, places: list[str]) -> None:
    found = lint(f"openapi: 3.1.1\n{INFO}components: {{schemas: {{X: {schema}}}}}\n")
    assert pointers(found, code) == [f"/components/schemas/X/{place}".rstrip("/") for place in places]


DONE = "responses: {'200': {description: d}}"
MEDIA = "/paths/~1a/post/requestBody/content"


def example(media_type: str, schema: str, shown: str) -> str:
    """A document with a body, and an example of it."""
    content = f"{{{media_type}: {{schema: {schema}, {shown}}}}}"
    return f"paths: {{/a: {{post: {{requestBody: {{content: {content}}}, {DONE}}}}}}}"


DOCUMENTS: list[tuple[str, str, list[str]]] = [
    # code, the rest of a document, and the places of what is found
    ("path-ambiguous", f"paths: {{'/a/{{b}}': {{get: {{{DONE}}}}}, /a/me: {{get: {{{DONE}}}}}, /a: {{}}}}", []),
    ("path-ambiguous", "paths: {'/a/{b}/c': {}, '/a/{c}/c': {}, '/a/{c}.json': {}}", ["/paths/~1a~1{c}~1c"]),
    ("operation-id-repeated", f"paths: {{/a: {{get: {{operationId: x, {DONE}}}, put: {{operationId: X, {DONE}}}}}}}", []),
    # A path item that is used twice has each of its operations once.
    (
        "operation-id-repeated",
        (f"paths: {{/a: {{$ref: '#/components/pathItems/P'}}, /b: {{$ref: '#/components/pathItems/P'}}}}\n"
        f"components: {{pathItems: {{P: {{get: {{operationId: x, {DONE}}}}}}}}}"),
        [],
    ),
    ("parameter-repeated", "paths: {/a: {parameters: [{name: a, in: query, schema: {}}, {name: A, in: query, schema: {}}]}}", []),
    ("parameter-repeated", "paths: {/a: {parameters: [{name: a, in: header, schema: {}}, {name: A, in: header, schema: {}}], get: {}}}", ["/paths/~1a/parameters/1"]),
    (
        "parameter-repeated",
        f"paths: {{/a: {{parameters: [{{name: a, in: query, schema: {{}}}}], get: {{parameters: [{{name: a, in: query, schema: {{}}}}], {DONE}}}}}}}",
        [],
    ),
    ("parameter-shape", "paths: {/a: {parameters: [{name: a, in: query, content: {application/json: {}}}]}}", []),
    ("parameter-shape", "paths: {/a: {parameters: [{name: a, in: query, content: {a/b: {}, a/c: {}}}], get: {}}}", ["/paths/~1a/parameters/0/content"]),
    ("body-impossible", "paths: {/a: {head: {responses: {'200': {description: d, content: {a/b: {schema: {}}}}}}}}", ["/paths/~1a/head/responses/200"]),
    ("body-impossible", "paths: {/a: {get: {responses: {'200': {description: d, content: {a/b: {schema: {}}}}}}}}", []),
    ("link-unknown", "paths: {/a: {get: {operationId: x, responses: {'200': {description: d, links: {l: {operationId: x}}}}}}}", []),
    ("success-missing", "paths: {/a: {get: {responses: {'302': {description: d}}}, put: {responses: {default: {description: d}}}}}", []),
    ("error-missing", "paths: {/a: {get: {responses: {'404': {description: d}}}, put: {responses: {4XX: {description: d}}}}}", []),
    ("summary-missing", f"paths: {{/a: {{summary: s, get: {{{DONE}}}}}, /b: {{get: {{description: d, {DONE}}}}}}}", []),
    ("server-variable", "servers: [{url: 'https://a/{b}', variables: {b: {default: c, enum: [d]}, e: {default: f}}}]", ["/servers/0/variables/b/default", "/servers/0/variables/e"]),
    ("server-variable", "servers: [{url: 'https://a/{b}', variables: {b: {default: c, enum: [c]}}}]", []),
    ("security-unused", f"security: [{{k: []}}]\npaths: {{/a: {{get: {{{DONE}}}}}}}\ncomponents: {{securitySchemes: {{k: {{type: http, scheme: bearer}}}}}}", []),
    ("security-unused", f"security: [{{k: []}}]\npaths: {{/a: {{get: {{security: [], {DONE}}}}}}}\ncomponents: {{securitySchemes: {{k: {{type: http, scheme: bearer}}}}}}", ["/components/securitySchemes/k"]),
    ("security-unused", "components: {securitySchemes: {k: {type: http, scheme: bearer}}}", []),
    ("scope-unknown", f"paths: {{/a: {{get: {{security: [{{k: [a]}}], {DONE}}}}}}}\ncomponents: {{securitySchemes: {{k: {{type: http, scheme: bearer}}}}}}", []),
    ("tag-undeclared", f"paths: {{/a: {{get: {{tags: [a], {DONE}}}}}}}", []),
    ("tag-unused", f"tags: [{{name: a}}, {{name: b, parent: a}}]\npaths: {{/a: {{get: {{tags: [b], {DONE}}}}}}}", []),
    # A library of components has no operations that could lead to them.
    ("component-unused", "components: {schemas: {A: {}}}", []),
    ("component-unused", f"paths: {{/a: {{get: {{{DONE}}}}}}}\ncomponents: {{schemas: {{A: {{}}, B: {{$ref: '#/components/schemas/A'}}}}}}", ["/components/schemas/A", "/components/schemas/B"]),
    # A part of it is referred to, an extension names it, or it extends what is used.
    (
        "component-unused",
        ("paths: {/a: {get: {responses: {'200': {description: d, content: {a/b: {schema: {$ref: '#/components/schemas/A/properties/a'}}}}}}}}\n"
        "components: {schemas: {A: {properties: {a: {}}}}}"),
        [],
    ),
    ("component-unused", f"x-hooks: {{h: {{$ref: '#/components/schemas/A'}}}}\npaths: {{/a: {{get: {{{DONE}}}}}}}\ncomponents: {{schemas: {{A: {{items: {{$ref: '#/components/schemas/B'}}}}, B: {{}}}}}}", []),
    (
        "component-unused",
        ("paths: {/a: {get: {responses: {'200': {description: d, content: {a/b: {schema: {$ref: '#/components/schemas/A'}}}}}}}}\n"
        "components: {schemas: {A: {discriminator: {propertyName: a}, properties: {a: {}}}, B: {allOf: [{$ref: '#/components/schemas/A'}]}}}"),
        [],
    ),
    ("example-invalid", example("application/json", "{type: integer}", "example: a"), [f"{MEDIA}/application~1json/example"]),
    ("example-invalid", example("application/json", "{type: integer}", "examples: {e: {value: a}}"), [f"{MEDIA}/application~1json/examples/e/value"]),
    # What is written in another way than JSON is no value, and JSON may be given as text.
    ("example-invalid", example("application/xml", "{type: object}", "example: <a/>"), []),
    ("example-invalid", example("application/json", "{type: object}", "example: '{}'"), []),
    ("example-invalid", example("application/json", "{type: object}", "example: '[]'"), [f"{MEDIA}/application~1json/example"]),
    ("example-invalid", example("application/json", "{type: object}", "examples: {e: {externalValue: https://e.example}}"), []),
    ("example-invalid", "paths: {/a: {parameters: [{name: a, in: query, schema: {type: array, items: {type: integer}}, example: '1,2'}]}}", []),
    ("example-invalid", "paths: {/a: {parameters: [{name: a, in: query, schema: {type: string, enum: [b]}, example: c}]}}", ["/paths/~1a/parameters/0/example"]),
]  # fmt: skip


@pytest.mark.parametrize(("code", "rest", "places"), DOCUMENTS)
def test_documents(lint: Lint, code: str, rest: str, places: list[str]) -> None:
    assert pointers(lint(f"openapi: 3.1.1\n{INFO}{rest}\n"), code) == places


def test_older_versions_are_linted_as_what_they_mean(lint: Lint) -> None:
    found = lint(f"""swagger: '2.0'
{INFO}
paths:
  /a:
    get:
      parameters: [{{name: Accept, in: header, type: string, minimum: 3}}]
      responses:
        200: {{description: d, schema: {{$ref: '#/definitions/A'}}, examples: {{application/json: {{a: 1}}, text/html: <p>}}}}
definitions: {{A: {{type: object, properties: {{a: {{type: string, x-nullable: true, example: null}}}}}}, B: {{}}}}
""")
    kinds = {"error-missing", "operation-id-missing", "summary-missing"}
    assert [(one.code, one.place and one.place.pointer) for one in found if one.code not in kinds] == [
        ("header-ignored", "/paths/~1a/get/parameters/0/name"),
        ("keyword-idle", "/paths/~1a/get/parameters/0/minimum"),
        ("example-invalid", "/paths/~1a/get/responses/200/examples/application~1json/a"),
        ("component-unused", "/definitions/B"),
    ]


def test_a_schema_of_itself_and_a_deep_one_are_no_trouble(lint: Lint) -> None:
    deep = "{items: " * 80 + "{type: integer}" + "}" * 80
    found = lint(
        f"openapi: 3.1.1\n{INFO}components: {{schemas: {{"
        f"A: {{allOf: [{{$ref: '#/components/schemas/A'}}], examples: [1]}}, "
        f"B: {{properties: {{b: {{$ref: '#/components/schemas/B'}}}}, examples: [{{b: {{b: {{b: {{}}}}}}}}]}}, D: {deep}}}}}\n"
    )
    assert [one.code for one in found if one.code in RULES] == []


def test_every_rule_has_an_entry_and_every_entry_a_rule() -> None:
    closer = {"default-invalid", "enum-value"}  # what `generate` tells of, and `lint` of more
    assert [code for code in RULES if code not in closer] == [
        code for code in ENTRIES if code != "ignore-idle"
    ]


def pointers(found: tuple[Problem, ...], code: str) -> list[str]:
    return [one.place.pointer for one in found if one.code == code and one.place]
