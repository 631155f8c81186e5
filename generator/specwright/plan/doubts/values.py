"""Values that schemas list or give as defaults, and that they can't have: what of them generating sees at a glance."""

from __future__ import annotations

import json
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from specwright.document import Map, Seq
from specwright.document.scalars import TooManyDigitsError, resolve
from specwright.document.tree import source_of
from specwright.plan.formats import ASSERTED
from specwright.plan.keywords import is_of_type, listed_types, plain, shown
from specwright.problems import problem, quoted
from specwright.runtime.values import comparable

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

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
            message = f"{shown(value)} is in the `enum` twice; it is taken once"
            yield problem("enum-repeated", values.place(position), message)
        elif (
            kinds is not None
            and not is_of_type(value, kinds)
            and not (value is None and "nullable" in schema)
        ):
            message = f"{shown(value)} is in the `enum`, and is not of the type beside it; no value can be it"
            yield problem("enum-value", values.place(position), message, type_hint(value, kinds))
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


def type_hint(value: Any, kinds: Collection[str]) -> str | None:
    """What to do about a value that is of none of the types that it is to have; None where it does not show what is meant."""
    if value is None:
        types = ", ".join((*kinds, '"null"'))
        return f"Where null is meant, write `type: [{types}]`, or `nullable: true` in OpenAPI 3.0."
    if isinstance(value, str):
        meant = _meant(value)
        if meant is not None and is_of_type(meant, kinds):
            return f"Remove the quotes ({quoted(value)}), or let the type be `string`."
    elif "string" in kinds and not isinstance(value, Map | Seq):
        return f"Put it in quotes: {shown(json.dumps(value))}."
    return None


def _meant(text: str) -> Any:
    """The number or boolean that a text would be without its quotes; None where it would be text still."""
    try:
        value = resolve(text) if text else text
    except TooManyDigitsError:
        return None
    return None if isinstance(value, str) else value
