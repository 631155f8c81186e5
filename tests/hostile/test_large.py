"""Documents within the budgets for which a step for each pair of things would take minutes: where one comes back, a test hangs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

import pytest

import specwright
from specwright.config import Config
from specwright.problems import Refused

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

HEAD: Final[Mapping[str, Any]] = {"openapi": "3.1.1", "info": {"title": "Pets", "version": "1"}, "paths": {}}
MANY: Final = 20_000


def schemas(named: dict[str, Any]) -> dict[str, Any]:
    return {**HEAD, "components": {"schemas": named}}


def to(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


VALUES: Final = [f"v{number}" for number in range(5 * MANY)]
LARGE: Final[Mapping[str, tuple[dict[str, Any], str, int]]] = {
    # A document, the code of what is found in it, and how often.
    "a chain of references": (
        schemas({**{f"A{number}": to(f"A{number + 1}") for number in range(MANY)}, f"A{MANY}": {"type": "string"}}),
        "ref-missing",
        0,
    ),
    "a circle of references": (
        schemas({f"A{number}": to(f"A{(number + 1) % MANY}") for number in range(MANY)}), "ref-cycle", 1,
    ),
    "schemas that require each other": (
        schemas({f"A{number}": {"type": "object", "required": ["a"], "properties": {"a": to(f"A{min(number + 1, MANY - 1)}")}}
                 for number in range(MANY)}),
        "schema-endless",
        1,
    ),
    "a schema that requires much that another way out is for": (
        schemas({"A": {"type": "object", "required": VALUES[:5_000], "properties": dict.fromkeys(VALUES[:5_000], to("B"))},
                 "B": {"anyOf": [*[to("A")] * 5, {"type": "null"}]}}),
        "schema-endless",
        0,
    ),
    "alternatives that are the same": (schemas({"A": {"oneOf": [{"type": "string"}] * 5_000}}), "one-of-alike", 4_999),
    "a base of much": (
        schemas({"A": {"required": VALUES[:1_000], "properties": {"b": {}}},
                 **{f"B{number}": {"properties": {"c": {}}, "allOf": [to("A"), to("C")]} for number in range(1_000)},
                 "C": {"properties": {"v0": {}}}}),
        "required-unknown",
        999,
    ),
    "references to nowhere": (
        schemas({f"A{number}": to(f"B{number}") for number in range(MANY)}), "ref-missing", 1_000,
    ),
    "examples of a long list": (schemas({"A": {"enum": VALUES, "examples": [*VALUES, "w"]}}), "example-invalid", 1),
    "codes that are silenced": (
        {**schemas({f"A{number}": {"enum": ["a", "a"]} for number in range(MANY // 4)}),
         "x-specwright-ignore": [f"c{number}" for number in range(MANY)]},
        "enum-repeated",
        MANY // 4,
    ),
    "misspelt fields": (
        schemas({"A": {f"propertiez{number}": 1 for number in range(MANY)}}), "field-unknown", 100,
    ),
    "members that a discriminator tells apart": (
        schemas({"A": {"discriminator": {"propertyName": "kind"}, "oneOf": [
            {"type": "object", "properties": {"k": {"const": str(number)}}} for number in range(5_000)]}}),
        "discriminator-property",
        5_000,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", LARGE)
def test_a_large_document(name: str, tmp_path: Path) -> None:
    document, code, times = LARGE[name]
    path = tmp_path / "pets.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    found = specwright.lint(config=Config(spec=path))
    assert sum(one.code == code for one in found) == times


def test_a_key_twice_deep_in_a_long_file(tmp_path: Path) -> None:
    path = tmp_path / "pets.json"
    inner = '{"b": [' + "0," * 1_000_000 + '0], "b": 1}'
    path.write_text('{"a": ' * 800 + inner + "}" * 800, encoding="utf-8")
    with pytest.raises(Refused) as refused:
        specwright.lint(config=Config(spec=path))
    assert [one.code for one in refused.value.problems] == ["duplicate-key"]
