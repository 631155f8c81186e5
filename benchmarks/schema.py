"""The JSON Schema of a component, as one who sends it has to keep it: what peers that know no OpenAPI are given."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from pathlib import Path

_REFERENCE = re.compile(r"\"#/(?:\$defs|components/schemas)/(\w+)\"")
_COMPONENTS = "#/components/schemas/"
# What says nothing about which values are valid, and moves peers to fill values in or to write more code.
_WORDS = frozenset({"default", "deprecated", "description", "examples", "title"})


def request_schema(document: Path, component: str) -> dict[str, Any]:
    """A schema of JSON Schema 2020-12, with the components under `$defs`, that allows in a request what ours allows.

    Read-only properties are left out, and what is not declared is refused.
    """
    components: dict[str, Any] = yaml.safe_load(document.read_bytes())["components"]["schemas"]
    sent = {name: _sent(schema) for name, schema in components.items()}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$defs": {name: sent[name] for name in sorted(reached(sent, component) - {component})},
        "title": component,
        **sent[component],
    }


def _sent(schema: dict[str, Any]) -> dict[str, Any]:
    """A schema in the direction of a request, its references to components as references to `$defs`."""
    sent = {keyword: value for keyword, value in schema.items() if keyword not in _WORDS}
    if "$ref" in sent:
        sent["$ref"] = sent["$ref"].replace(_COMPONENTS, "#/$defs/")
    if "allOf" in sent:
        sent["allOf"] = [_sent(part) for part in sent["allOf"]]
    if "properties" in sent:
        sent["additionalProperties"] = False
        sent["properties"] = {
            name: _sent(value) for name, value in sent["properties"].items() if not value.get("readOnly")
        }
    return sent


def reached(schemas: dict[str, Any], component: str) -> set[str]:
    """The component, and all that it refers to, directly or not."""
    found: set[str] = set()
    ahead = [component]
    while ahead:
        name = ahead.pop()
        if name not in found:
            found.add(name)
            ahead += _REFERENCE.findall(json.dumps(schemas[name]))
    return found


def written(schema: dict[str, Any], file: Path) -> Path:
    """The file, with the schema in it."""
    file.write_text(json.dumps(schema, indent=2))
    return file
