from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from specwright.problems import Refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from specwright.document import Document

A = "/components/schemas/A"
REF = "$ref: '#/components/schemas/R'"
REFERENCE = {"$ref": "#/components/schemas/R"}
NULL = {"type": "null"}


def codes(document: Document) -> list[tuple[str, str]]:
    return [(found.code, found.place.pointer if found.place else "") for found in document.problems]


@pytest.mark.parametrize(
    ("schema", "raised"),
    [
        ("{type: string, nullable: true}", {"type": ["string", "null"]}),
        ("{type: string, nullable: false}", {"type": "string"}),
        ("{type: string, x-nullable: true}", {"type": ["string", "null"]}),
        ("{type: string, nullable: true, enum: [a]}", {"type": ["string", "null"], "enum": ["a", None]}),
        ("{type: string, nullable: true, enum: [a, null]}", {"type": ["string", "null"], "enum": ["a", None]}),
        ("{nullable: true}", {}),
        ("{nullable: true, enum: [a]}", {"enum": ["a", None]}),
        (f"{{nullable: true, description: d, allOf: [{{{REF}}}]}}", {"description": "d", "anyOf": [{"allOf": [REFERENCE]}, NULL]}),
        (f"{{nullable: true, oneOf: [{{{REF}}}], discriminator: {{propertyName: k}}}}",
         {"anyOf": [{"oneOf": [REFERENCE], "discriminator": {"propertyName": "k"}}, NULL]}),
        (f"{{nullable: true, type: object, allOf: [{{{REF}}}]}}", {"anyOf": [{"type": "object", "allOf": [REFERENCE]}, NULL]}),
        (f"{{nullable: true, readOnly: true, {REF}}}", {"readOnly": True, "anyOf": [REFERENCE, NULL]}),
        ("{minimum: 1, exclusiveMinimum: true}", {"exclusiveMinimum": 1}),
        ("{maximum: 1, exclusiveMaximum: false}", {"maximum": 1}),
        ("{exclusiveMaximum: 5}", {"exclusiveMaximum": 5}),
        ("{example: 1}", {"examples": [1]}),
        ("{example: {nullable: true}}", {"examples": [{"nullable": True}]}),
        ("{example: 1, examples: [2]}", {"examples": [2]}),
        ("{type: string, format: binary}", {"type": "string", "format": "binary"}),
        ("{definitions: {B: {type: string, nullable: true}}}", {"$defs": {"B": {"type": ["string", "null"]}}}),
        ("{dependencies: {a: [b], c: {type: object}}}", {"dependentRequired": {"a": ["b"]}, "dependentSchemas": {"c": {"type": "object"}}}),
        ("{items: [{type: string}], additionalItems: false}", {"prefixItems": [{"type": "string"}], "items": False}),
        ("{items: {type: string}, additionalItems: false}", {"items": {"type": "string"}}),
        ("{properties: {nullable: {nullable: true, type: string}}}", {"properties": {"nullable": {"type": ["string", "null"]}}}),
    ],
)  # fmt: skip
def test_a_schema_of_3_0(schemas: Callable[[str, str], Document], schema: str, raised: object) -> None:
    document = schemas(f"{{R: {{}}, A: {schema}}}", "3.0.4")
    assert codes(document) == []
    assert document.root["components"]["schemas"]["A"] == raised


@pytest.mark.parametrize(
    ("version", "schema", "raised", "expected"),
    [
        ("3.0.4", f"{{{REF}, type: string, description: d}}", {**REFERENCE, "description": "d"}, [("ref-siblings", f"{A}/$ref")]),
        ("3.1.1", f"{{{REF}, minLength: 5, description: d}}", {"minLength": 5, "description": "d", "allOf": [REFERENCE]}, []),
        ("3.1.1", f"{{{REF}, allOf: [{{}}]}}", {"allOf": [REFERENCE, {}]}, []),
        ("3.1.1", f"{{{REF}, description: d, readOnly: true, x-a: 1}}", {**REFERENCE, "description": "d", "readOnly": True, "x-a": 1}, []),
        ("3.1.1", "{type: string, nullable: true}", {"type": ["string", "null"]}, [("version-mixed", f"{A}/nullable")]),
        ("3.1.1", "{minimum: 1, exclusiveMinimum: true}", {"exclusiveMinimum": 1}, [("version-mixed", f"{A}/exclusiveMinimum")]),
        ("3.1.1", "{exclusiveMinimum: true}", {}, [("version-mixed", f"{A}/exclusiveMinimum"), ("wrong-value", f"{A}/exclusiveMinimum")]),
        ("3.1.1", "{example: 1}", {"examples": [1]}, []),
        ("3.1.1", "{examples: {a: 1}}", {"examples": [{"a": 1}]}, [("wrong-type", f"{A}/examples")]),
        ("3.0.0", "{type: [string, 'null']}", {"type": ["string", "null"]}, [("version-mixed", f"{A}/type")]),
        ("3.0.0", "{items: true}", {"items": True}, [("version-mixed", f"{A}/items")]),
        ("3.0.0", "{additionalProperties: true}", {"additionalProperties": True}, []),
    ],
)  # fmt: skip
def test_what_belongs_to_another_version(
    schemas: Callable[[str, str], Document],
    version: str,
    schema: str,
    raised: object,
    expected: list[tuple[str, str]],
) -> None:
    document = schemas(f"{{R: {{}}, A: {schema}}}", version)
    assert codes(document) == expected
    assert document.root["components"]["schemas"]["A"] == raised


def test_what_was_raised_keeps_its_place(schemas: Callable[[str, str], Document]) -> None:
    a = "{nullable: true, minimum: 1, exclusiveMinimum: true, example: 7}"
    document = schemas(f"{{R: {{}}, A: {a}, B: {{{REF}, nullable: true}}}}", "3.0.0")
    a = document.root["components"]["schemas"]["A"]
    assert a.place("exclusiveMinimum").pointer == f"{A}/minimum"
    assert a["examples"].place(0).pointer == f"{A}/example"
    inner, null = document.root["components"]["schemas"]["B"]["anyOf"]
    assert document.target(inner) is document.root["components"]["schemas"]["R"]
    assert inner.place("$ref").pointer == "/components/schemas/B/$ref"
    assert null.place("type").pointer == "/components/schemas/B/nullable"


@pytest.mark.parametrize("version", ["3.0.0", "3.0", "3.1.1", "3.2.0", "3.1.0-rc1"])
def test_versions_that_are_read(schemas: Callable[[str, str], Document], version: str) -> None:
    assert codes(schemas("{}", f"'{version}'")) == []


@pytest.mark.parametrize(
    "version",
    [
        "3.3.0",
        "3.10.0",
        "4.0",
        "2.0",
        "1.2",
        "3",
        "''",
        "[3.1.0]",
        "null",
        "true",
        "3.1.0 x",
        "v3.1.0",
        "3.1.x",
    ],
)
def test_versions_that_are_not(schemas: Callable[[str, str], Document], version: str) -> None:
    with pytest.raises(Refused, match="version-unknown"):
        schemas("{}", version)
