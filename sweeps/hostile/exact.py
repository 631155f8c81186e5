"""Whether names and values of a document's schemas are in its models exactly as they are written (invariant 8)."""

from __future__ import annotations

import importlib
import json
import tomllib
from enum import Enum
from typing import TYPE_CHECKING, Any

import msgspec

from sweeps.documents import parsed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def inexact(spec: Path, out: Path, package: str) -> Iterator[str]:
    """The members and values of schemas that their models don't have."""
    try:
        document = parsed(spec)
        schemas = document["components"]["schemas"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return
    if not isinstance(schemas, dict):
        return
    names: dict[str, str] = tomllib.loads((out / "specwright.lock").read_text(encoding="utf-8"))["names"]
    models = importlib.import_module(f"{package}.models")
    for name, schema in schemas.items():
        model = getattr(models, names.get(f"model #/components/schemas/{_escaped(name)}", ""), None)
        if isinstance(schema, dict) and isinstance(model, type):
            yield from (f"exact: {name!r:.80}: {fault}" for fault in _faults(schema, model))


def _escaped(step: str) -> str:
    return step.replace("~", "~0").replace("/", "~1")


def _faults(schema: dict[str, Any], model: type[Any]) -> Iterator[str]:
    properties, values = schema.get("properties"), schema.get("enum")
    if isinstance(properties, dict) and issubclass(model, msgspec.Struct):
        yield from _lost(properties, model)
    if isinstance(values, list) and issubclass(model, Enum):
        had = {json.dumps(member.value) for member in model}
        # What is written without quotes is text where text is asked for; how it was written, a parser forgets.
        wanted = [value for value in values if isinstance(value, str) or schema.get("type") != "string"]
        if missing := [value for value in wanted if value is not None and json.dumps(value) not in had]:
            yield f"there is no value {missing[0]!r:.100}"


def _lost(properties: dict[str, Any], model: type[msgspec.Struct]) -> Iterator[str]:
    """Members that have no field, and are not among the items beside the fields either."""
    fields = dict(zip(model.__struct_encode_fields__, model.__struct_fields__, strict=True))
    written = [
        _mended(key) for key, value in properties.items()
        if not (isinstance(value, dict) and value.get("writeOnly") is True)
    ]  # fmt: skip
    beside = [key for key in written if key not in fields]
    if beside and not hasattr(model, "extra"):
        yield f"there is no member {beside[0]!r:.100}"
    if len({fields[key] for key in written if key in fields}) < len(written) - len(beside):
        yield "two members have the same field"


def _mended(text: str) -> str:
    """The text as it can be written: without halves of surrogate pairs."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
