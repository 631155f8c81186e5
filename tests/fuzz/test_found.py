"""What fuzzing and mutations found, each as the smallest document that shows it: it is refused, or its package can be imported."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any, Final

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # the sweeps are a folder beside the tests

from sweeps.mutations.verdict import judged


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
def test_its_package_can_be_imported(named: str, tmp_path: Path) -> None:
    verdict = judged(json.dumps(MADE[named]), tmp_path)
    assert verdict.fault == ""
    assert verdict.status == 0
