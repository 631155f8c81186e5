"""What small documents must not make of planning: more work than can be done, or a stack that overflows."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from specwright.config import Config
from specwright.document import load
from specwright.plan import plan
from specwright.problems import Refused


def _planned(schemas: dict[str, Any]) -> Any:
    document = {"openapi": "3.1.0", "info": {"title": "Limits", "version": "1"}, "paths": {}}
    raw = json.dumps({**document, "components": {"schemas": schemas}}).encode()
    config = Config(spec=Path("limits.json"))
    return plan(load(raw, config), config, {}).api


def _reference(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def test_schemas_that_all_extend_one_another_are_refused() -> None:
    names = [f"S{number}" for number in range(9)]
    schemas = {
        name: {"properties": {name: {}}, "allOf": [_reference(other) for other in names if other != name]}
        for name in names
    }
    with pytest.raises(Refused) as caught:
        _planned(schemas)
    (found,) = caught.value.problems
    assert found.code == "limit-expansion"
    assert found.place is not None


def test_a_chain_longer_than_the_stack_is_refused() -> None:
    schemas: dict[str, Any] = {
        f"S{number}": {"properties": {f"p{number}": {}}, "allOf": [_reference(f"S{number + 1}")]}
        for number in range(3_000)
    }
    with pytest.raises(Refused) as caught:
        _planned({**schemas, "S3000": {"type": "object"}})
    assert [found.code for found in caught.value.problems] == ["limit-depth"]


def test_choices_in_choices_are_joined_with_what_stands_beside_them_only_so_often() -> None:
    """Six layers of choices, each of which leads to all of the next: without a limit, far more than can be written."""
    width = 4
    schemas: dict[str, Any] = {
        f"L{layer}{column}": {
            "type": "object",
            "properties": {f"p{layer}{column}": {}},
            "oneOf": [_reference(f"L{layer + 1}{other}") for other in range(width)],
        }
        for layer in range(6)
        for column in range(width)
    }
    last: dict[str, Any] = {
        f"L6{column}": {"type": "object", "properties": {f"q{column}": {}}} for column in range(width)
    }
    assert len(_planned({**schemas, **last}).models) < 5_000
