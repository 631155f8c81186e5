"""Which members of a multipart body are files, where schemas are made of themselves."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

import pytest

from specwright.config import Config
from specwright.document import load
from specwright.plan import plan

FILE: Final = {"type": "string", "format": "binary"}


def _ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def _uploads(schema: Any, schemas: dict[str, Any]) -> tuple[str, ...]:
    source = {
        "openapi": "3.1.1",
        "info": {"title": "t", "version": "1"},
        "paths": {
            "/x": {
                "post": {
                    "operationId": "send",
                    "requestBody": {"content": {"multipart/form-data": {"schema": schema}}},
                    "responses": {"204": {"description": "sent"}},
                }
            }
        },
        "components": {"schemas": schemas},
    }
    config = Config(spec=Path("spec.json"))
    api = plan(load(json.dumps(source).encode(), config), config, {}).api
    return api.operations[0].bodies[0].uploads


LOOPS: Final[list[tuple[Any, dict[str, Any], tuple[str, ...]]]] = [
    (
        {"type": "object", "properties": {"tree": _ref("Tree"), "file": FILE}},
        {"Tree": {"type": "array", "items": _ref("Tree")}},
        ("file",),
    ),
    (
        {"type": "object", "properties": {"one": _ref("One")}},
        {"One": {"anyOf": [_ref("Two"), FILE]}, "Two": {"anyOf": [_ref("One"), {"type": "integer"}]}},
        ("one",),
    ),
    (
        _ref("One"),
        {
            "One": {"oneOf": [_ref("Two"), {"type": "object", "properties": {"file": FILE}}]},
            "Two": {"oneOf": [_ref("One"), {"type": "object", "properties": {"text": {"type": "string"}}}]},
        },
        ("file",),
    ),
]


@pytest.mark.parametrize(("schema", "schemas", "found"), LOOPS)
def test_schemas_made_of_themselves(schema: Any, schemas: dict[str, Any], found: tuple[str, ...]) -> None:
    assert _uploads(schema, schemas) == found
