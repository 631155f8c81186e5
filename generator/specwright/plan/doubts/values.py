"""Values that schemas list or give as defaults, and that they can't have: what of them generating sees at a glance."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from specwright.document import Map, Seq
from specwright.document.tree import source_of
from specwright.plan.formats import ASSERTED
from specwright.plan.keywords import is_of_type, listed_types, plain
from specwright.problems import problem, quoted
from specwright.runtime.values import comparable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from specwright.plan.keywords import Schema
    from specwright.plan.views import Views
    from specwright.problems import Problem

NAMES: Final = "x-enum-varnames"
"""What other generators call the members of an `enum` by; nothing of ours reads it."""


def of_values(schema: Schema, views: Views) -> Iterator[Problem]:
    """What there is to say of the values in one schema object, and of the defaults of its properties."""
    if not isinstance(schema, Map):
        return
    if schema.get("type") == [] and not source_of(schema["type"]):
        message = "`type` lists no type: no value is valid"
        yield problem("enum-empty", schema.place("type"), message)
    if "enum" in schema:
        yield from _of_enum(schema)
    for node in (schema, *schema.get("properties", {}).values()):
        if (
            isinstance(node, Map)
            and "default" in node
            and (reason := _refusal(node["default"], views.merged(node), views))
        ):
            message = f"the default {reason}; it is documented as it is"
            yield problem("default-invalid", node.place("default"), message)


def _of_enum(schema: Map) -> Iterator[Problem]:
    values: Seq = schema["enum"]
    if not values:
        yield problem("enum-empty", schema.place("enum"), "the `enum` lists no value; none is accepted")
    kinds = listed_types(schema)
    seen: set[object] = set()
    for position, value in enumerate(values):
        known = comparable(plain(value))
        if known in seen:
            message = f"{_shown(value)} is in the `enum` twice; it is taken once"
            yield problem("enum-repeated", values.place(position), message)
        elif (
            kinds is not None
            and not is_of_type(value, kinds)
            and not (value is None and "nullable" in schema)
        ):
            message = (
                f"{_shown(value)} is in the `enum`, and is not of the type beside it; no value can be it"
            )
            yield problem("enum-value", values.place(position), message)
        seen.add(known)
    if NAMES in schema and not _are_names(schema[NAMES]):
        message = f"`{NAMES}` has what is no name; members are named after their values"
        yield problem("enum-names", schema.place(NAMES), message)


def _are_names(said: Any) -> bool:
    return isinstance(said, Seq) and all(isinstance(name, str) and name.isidentifier() for name in said)


def _refusal(value: Any, merged: Schema, views: Views) -> str:
    """Why a schema can't have a value, as far as its type, its list of values and its format tell; "" where it may."""
    kinds = listed_types(merged)
    if (
        kinds is not None
        and not is_of_type(value, kinds)
        and not (value is None and merged.get("nullable") is True)
    ):
        return f"is not of the type {' or '.join(map(quoted, kinds))}"
    if ("enum" in merged or "const" in merged) and not views.is_listed(value, merged):
        return "is none of the values that are allowed"
    said: str = merged.get("format", "")
    if isinstance(value, str) and said in ASSERTED and not _format(said)(value):
        return f"is no {quoted(said)}"
    return ""


def _format(name: str) -> Callable[[str], bool]:
    home = import_module(f"specwright.runtime.{ASSERTED[name]}")
    found: Callable[[str], bool] = getattr(home, f"is_{name.replace('-', '_')}")
    return found


def _shown(value: Any) -> str:
    return quoted(str(value) if isinstance(value, str) else repr(plain(value)))
