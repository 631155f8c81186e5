from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from specwright.config import DEEPEST, Budgets
from specwright.document import grammar, kinds
from specwright.problems import CATALOGUE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from specwright.document import Document


def codes(document: Document) -> list[tuple[str, str]]:
    return [(found.code, found.place.pointer if found.place else "") for found in document.problems]


A = "/components/schemas/A"


@pytest.mark.parametrize(
    ("schema", "expected", "left"),
    [
        ("{type: strng}", [("wrong-value", f"{A}/type")], {}),
        ("{type: [string, strng]}", [("wrong-value", f"{A}/type/1")], {"type": ["string"]}),
        ("{type: {}}", [("wrong-type", f"{A}/type")], {}),
        ("{type: file}", [("wrong-value", f"{A}/type")], {}),
        ("{enum: a}", [("wrong-type", f"{A}/enum")], {}),
        ("{required: a}", [("wrong-type", f"{A}/required")], {}),
        ("{required: true}", [("wrong-type", f"{A}/required")], {}),
        ("{required: [a, 1, {}]}", [("unquoted", f"{A}/required/1"), ("wrong-type", f"{A}/required/2")], {"required": ["a", "1"]}),
        ("{minLength: -1}", [("wrong-value", f"{A}/minLength")], {}),
        ("{minLength: 1.5}", [("wrong-value", f"{A}/minLength")], {}),
        ("{minLength: 2.0}", [], {"minLength": 2}),
        ("{minLength: '2'}", [("wrong-type", f"{A}/minLength")], {}),
        ("{multipleOf: 0}", [("wrong-value", f"{A}/multipleOf")], {}),
        ("{maximum: true}", [("wrong-type", f"{A}/maximum")], {}),
        ("{properties: []}", [("wrong-type", f"{A}/properties")], {}),
        ("{properties: {a: null, b: 1, c: {type: 1}}}",
         [("null-value", f"{A}/properties/a"), ("wrong-type", f"{A}/properties/b"), ("unquoted", f"{A}/properties/c/type"), ("wrong-value", f"{A}/properties/c/type")],
         {"properties": {"a": {}, "c": {}}}),
        ("{allOf: {}}", [("wrong-type", f"{A}/allOf")], {}),
        ("{items: 1}", [("wrong-type", f"{A}/items")], {}),
        ("{additionalProperties: maybe}", [("wrong-type", f"{A}/additionalProperties")], {}),
        ("{additionalProperties: false, items: true}", [], {"additionalProperties": False, "items": True}),
        ("{description: 1.10, title: null}", [("unquoted", f"{A}/description"), ("null-value", f"{A}/title")], {"description": "1.10"}),
        ("{deprecated: 'true'}", [("quoted", f"{A}/deprecated")], {"deprecated": True}),
        ("{discriminator: {mapping: {}}}", [("field-missing", f"{A}/discriminator")], {}),
        ("{discriminator: kind}", [("wrong-type", f"{A}/discriminator")], {}),
        ("{proprties: {}}", [("field-unknown", f"{A}/proprties")], {"proprties": {}}),
        ("{hello: 1, x-hello: 2}", [], {"hello": 1, "x-hello": 2}),
        ("{dependentRequired: {a: [b, 1]}}", [("unquoted", f"{A}/dependentRequired/a/1")], {"dependentRequired": {"a": ["b", "1"]}}),
        ("{default: {$ref: nowhere}, const: {$ref: 5}, enum: [{$ref: x}], examples: [{$ref: x}], x-a: {$ref: x}}", [],
         {"default": {"$ref": "nowhere"}, "const": {"$ref": 5}, "enum": [{"$ref": "x"}], "examples": [{"$ref": "x"}], "x-a": {"$ref": "x"}}),
        ("{$ref: 5}", [("wrong-type", f"{A}/$ref")], {}),
        ("{properties: {$ref: {type: string}, enum: {type: integer}}}", [], {"properties": {"$ref": {"type": "string"}, "enum": {"type": "integer"}}}),
        ("{enum: [no, 'yes', 010, 2020-01-01, note]}", [("ambiguous-text", f"{A}/enum/0")], {"enum": ["no", "yes", "010", "2020-01-01", "note"]}),
        ("{type: string, enum: [1.10, '2', 0o7, true]}", [("unquoted", f"{A}/enum/0")], {"type": "string", "enum": ["1.10", "2", "0o7", "true"]}),
        ("{type: string, default: 1.50, examples: [007, 94103]}", [("unquoted", f"{A}/default")], {"type": "string", "default": "1.50", "examples": ["007", "94103"]}),
        ("{properties: {no: {}, on: {}, name: {}}}", [("ambiguous-text", f"{A}/properties/no")], {"properties": {"no": {}, "on": {}, "name": {}}}),
        ("{properties: {x: {}, y: {}, Y: {}, n: {}, N: {}}}", [], {"properties": {"x": {}, "y": {}, "Y": {}, "n": {}, "N": {}}}),
        ("{enum: [DE, n]}", [("ambiguous-text", f"{A}/enum/1")], {"enum": ["DE", "n"]}),
    ],
)  # fmt: skip
def test_a_schema(
    schemas: Callable[[str], Document], schema: str, expected: list[tuple[str, str]], left: object
) -> None:
    document = schemas(f"{{A: {schema}}}")
    assert codes(document) == expected
    assert document.root["components"]["schemas"]["A"] == left


def operation(fields: str) -> str:
    return f"openapi: 3.1.1\ninfo: {{title: T, version: '1'}}\npaths: {{/a: {{get: {fields}}}}}\n"


G = "/paths/~1a/get"


@pytest.mark.parametrize(
    ("fields", "expected", "left"),
    [
        ("{tags: x}", [("wrong-type", f"{G}/tags")], {}),
        ("{parameters: [{in: query}, {name: a, in: quary}, {name: b, in: path, required: true}]}",
         [("field-missing", f"{G}/parameters/0"), ("wrong-value", f"{G}/parameters/1/in")],
         {"parameters": [{"name": "b", "in": "path", "required": True}]}),
        ("{parameters: {a: 1}}", [("wrong-type", f"{G}/parameters")], {}),
        ("{parameters: [{name: a, in: query, style: fancy}]}", [("wrong-value", f"{G}/parameters/0/style")], {"parameters": [{"name": "a", "in": "query"}]}),
        ("{responses: {200: {description: ok}, 2XX: {}, default: null, 99: {}, 600: {}, ok: {}}}",
         [("null-value", f"{G}/responses/default"), ("wrong-key", f"{G}/responses/99"), ("wrong-key", f"{G}/responses/600"), ("wrong-key", f"{G}/responses/ok")],
         {"responses": {"200": {"description": "ok"}, "2XX": {}, "default": {}}}),
        ("{operationID: x}", [("field-unknown", f"{G}/operationID")], {"operationID": "x"}),
        ("{requestBody: {}}", [("field-missing", f"{G}/requestBody")], {"requestBody": {}}),
        ("{security: [{x-key: [], other: 5}, 1]}", [("wrong-type", f"{G}/security/0/other"), ("wrong-type", f"{G}/security/1")], {"security": [{"x-key": []}]}),
        ("{servers: [{description: x}, {url: /v1}]}", [("field-missing", f"{G}/servers/0")], {"servers": [{"url": "/v1"}]}),
        ("{callbacks: {done: {'{$request.body#/url}': {post: {tags: 1}}}}}",
         [("wrong-type", f"{G}/callbacks/done/{{$request.body#~1url}}/post/tags")],
         {"callbacks": {"done": {"{$request.body#/url}": {"post": {}}}}}),
    ],
)  # fmt: skip
def test_an_operation(
    read: Callable[[str], Document], fields: str, expected: list[tuple[str, str]], left: object
) -> None:
    document = read(operation(fields))
    assert codes(document) == expected
    assert document.root["paths"]["/a"]["get"] == left


def test_paths_start_with_a_slash(read: Callable[[str], Document]) -> None:
    document = read(
        "openapi: 3.1.1\ninfo: {title: T, version: '1'}\npaths: {x-a: 1, '@evil/x': {}, /b: {}}\n"
    )
    assert codes(document) == [("wrong-key", "/paths/@evil~1x")]
    assert document.root["paths"] == {"x-a": 1, "/b": {}}


def test_what_has_no_mistake_is_what_was_read(schemas: Callable[[str], Document]) -> None:
    document = schemas("{A: {type: object, properties: {a: {type: string}}}, B: {type: 5}}")
    made = document.root["components"]["schemas"]
    assert isinstance(
        made["A"].origin, type(made["B"].origin.origin)
    )  # the file; B is one object further from it


def test_too_many_findings_are_counted(schemas: Callable[[str], Document]) -> None:
    text = ", ".join(f"p{n}: 1" for n in range(1_500))
    document = schemas(f"{{A: {{properties: {{{text}}}}}}}")
    assert len(document.problems) == 1_001
    assert document.problems[-1].message == "There are 500 more of `wrong-type`."


def test_a_version_without_quotes(read: Callable[[str], Document]) -> None:
    document = read("openapi: 3.1\ninfo: {title: T, version: 1.10}\n")
    assert codes(document) == [("unquoted", "/openapi"), ("unquoted", "/info/version")]
    assert document.root["openapi"] == "3.1"
    assert document.root["info"]["version"] == "1.10"


@pytest.mark.parametrize("swagger", [True, False])
def test_the_grammar_names_only_kinds_that_it_has(swagger: bool) -> None:  # noqa: FBT001
    table = kinds.table(swagger=swagger)

    def names(kind: kinds.Kind) -> Iterator[str]:
        match kind:
            case kinds.ObjectOf(name=name):
                yield name
            case kinds.ListOf(item=field) | kinds.MapOf(value=field):
                yield from names(field.kind)
            case kinds.Choice(options=options):
                for option in options:
                    yield from names(option)
            case _:
                return

    for fields in table.values():
        for field in (*fields.by_key.values(), *filter(None, [fields.rest])):
            assert set(names(field.kind)) <= table.keys()
    assert table.keys() >= (
        grammar.REFERABLE
        if swagger
        else {name for name in grammar.REFERABLE if not name.startswith("Swagger")}
    )


def test_every_code_says_what_it_means() -> None:
    assert all(entry.means for entry in CATALOGUE.values())


def test_a_reference_where_none_may_stand_is_no_reference(read: Callable[[str], Document]) -> None:
    document = read(
        "openapi: 3.1.1\ninfo: {title: T, version: '1', $ref: {}}\nservers: [{url: /, $ref: 5}]\n"
    )
    assert codes(document) == [("field-unknown", "/info/$ref"), ("field-unknown", "/servers/0/$ref")]


@pytest.mark.parametrize(
    "wrap", ["{{not: {}}}", "{{properties: {{a: {}}}}}", "{{allOf: [{}]}}", "{{$id: a, items: {}}}"]
)
def test_the_deepest_document_is_read(schemas: Callable[[str], Document], wrap: str) -> None:
    text = "{}"
    for _ in range(96 if wrap.count("{") < 5 and "[" not in wrap else 48):
        text = wrap.format(text)
    assert codes(schemas(f"{{A: {text}}}")) == []


def test_the_most_that_depth_can_be_raised_to_is_read(read: Callable[..., Document]) -> None:
    text = "{not: " * (DEEPEST - 4) + "{}" + "}" * (DEEPEST - 4)
    head = "openapi: 3.1.1\ninfo: {title: T, version: '1'}\n"
    assert (
        codes(read(f"{head}components: {{schemas: {{A: {text}}}}}\n", budgets=Budgets(depth=DEEPEST))) == []
    )
