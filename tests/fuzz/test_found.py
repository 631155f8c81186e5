"""What fuzzing and mutations found, each as the smallest document that shows it: it is refused, or its package can be imported."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

import pytest
from sweeps.mutations.verdict import judged

if TYPE_CHECKING:
    from concurrent.futures import Executor
    from pathlib import Path


def of_schemas(**schemas: Any) -> dict[str, Any]:
    """A document whose only operation takes, and gives, the first schema."""
    content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{next(iter(schemas))}"}}}
    operation = {
        "requestBody": {"content": content},
        "responses": {"200": {"description": "d", "content": content}},
    }
    return {
        "openapi": "3.1.0",
        "info": {"title": "t", "version": "1"},
        "paths": {"/a": {"post": operation}},
        "components": {"schemas": schemas},
    }


MADE: Final[dict[str, Any]] = {
    "integers of more than 64 bits, one by one and in a list": of_schemas(
        A={
            "type": "object",
            "properties": {"a": {"const": 2**63}, "b": {"enum": [1, 2**64]}, "c": {"enum": [-(2**63) - 1]}},
        }
    ),
    "a reference to a file whose name no file can have": of_schemas(A={"$ref": "x" * 300}),
    "a schema that extends itself and another": of_schemas(
        Pet={"type": "object", "allOf": [{"properties": {"a": {}}}, {"$ref": "#/components/schemas/Pet"}]},
    ),
    "a webhook whose body is one of some texts": {
        **of_schemas(Pet={"type": "object"}),
        "webhooks": {
            "came": {
                "post": {"requestBody": {"content": {"application/json": {"schema": {"const": "came"}}}}}
            }
        },
    },
    "a list where the name of a tag has to be": {
        **of_schemas(Pet={"type": "object"}),
        "paths": {"/a": {"get": {"tags": [["a"]], "responses": {"204": {"description": "d"}}}}},
    },
    "a package called as a module of Python's library": {
        **of_schemas(Pet={"type": "object"}),
        "info": {"title": "Calendar", "version": "1"},
    },
    "another name for a schema that others extend, before it": of_schemas(
        Alias={"allOf": [{"$ref": "#/components/schemas/Pet"}]},
        Pet={
            "type": "object",
            "properties": {"kind": {"type": "string"}},
            "discriminator": {"propertyName": "kind", "mapping": {"alias": "#/components/schemas/Alias"}},
        },
        Dog={
            "allOf": [
                {"$ref": "#/components/schemas/Pet"},
                {"type": "object", "properties": {"bark": {"type": "string"}}},
            ]
        },
    ),
}


@pytest.mark.parametrize("named", MADE)
def test_its_package_can_be_imported(named: str, tmp_path: Path, apart: Executor) -> None:
    verdict = apart.submit(judged, json.dumps(MADE[named]), tmp_path).result()
    assert verdict.fault == ""
    assert verdict.status == 0
