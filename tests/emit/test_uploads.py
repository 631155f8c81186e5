"""Multipart bodies: which members are files where schemas are made of themselves, and which headers parts have."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

from specwright.config import Config
from specwright.document import load
from specwright.plan import plan

if TYPE_CHECKING:
    from specwright.plan.ir import Body

FILE: Final = {"type": "string", "format": "binary"}


def _ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def _body(media: dict[str, Any], schemas: dict[str, Any]) -> Body:
    source = {
        "openapi": "3.1.1",
        "info": {"title": "t", "version": "1"},
        "paths": {
            "/x": {
                "post": {
                    "operationId": "send",
                    "requestBody": {"content": {"multipart/form-data": media}},
                    "responses": {"204": {"description": "sent"}},
                }
            }
        },
        "components": {"schemas": schemas},
    }
    config = Config(spec=Path("spec.json"))
    api = plan(load(json.dumps(source).encode(), config), config, {}).api
    return api.operations[0].bodies[0]


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
    assert _body({"schema": schema}, schemas).uploads == found


def test_what_is_no_header_is_none_of_a_part() -> None:
    values = {"X-Good": "1", "X-Forged": "1\r\nX-Evil: 2", "X-Forged\r\nX-Evil": "1", "Host": "h"}
    headers = {name: {"schema": {"type": "string", "const": value}} for name, value in values.items()}
    encodings = {
        "good": {"contentType": "text/csv", "headers": headers},
        "forged": {"contentType": "text/csv\r\nX-Evil: 1"},
    }
    schema = {"type": "object", "properties": {key: {"type": "string"} for key in encodings}}
    body = _body({"schema": schema, "encoding": encodings}, {})
    assert [(one.content_type, one.headers) for one in body.encodings] == [("text/csv", (("X-Good", "1"),))]
