"""Which JSON types two schemas allow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from specwright.plan.keywords import demanded_types, json_type, listed_types
from specwright.review.wire.edits import NO_GUARD
from specwright.review.wire.guards import MEANT

if TYPE_CHECKING:
    from specwright.plan.keywords import Schema
    from specwright.review.wire.merged import Merged

EVERY: Final = frozenset({"array", "boolean", "integer", "number", "object", "string"})
NUMBERS: Final = frozenset({"integer", "number"})
_SCALARS: Final = frozenset({"boolean", "integer", "number", "string"})
_OF_TEXTS: Final = frozenset({"format", "pattern", "enum", "const"})
"""Keywords by which not every text will do."""


def compare(merged: Merged) -> frozenset[str]:
    """Notes what differs; the types that both may have, none where looking further makes no sense."""
    old, new = types_of(merged.old), types_of(merged.new)
    if "type" not in merged.old and "type" not in merged.new:
        return EVERY  # what is listed says more
    before, after = _closed(old or EVERY), _closed(new or EVERY)
    if before == after:
        return before
    says = {"before": _named(old), "after": _named(new)}
    if merged.node.textual and _is_any_text(merged, before, after):
        # What is written as text is text, whatever it is read as.
        if "string" in before & after:
            return frozenset({"string"})
        merged.edit("type-widened" if "string" in after else "type-narrowed", "type", says)
        return frozenset({"string"}) & before & after
    rule = "type-widened" if before < after else "type-narrowed" if after < before else "type-changed"
    meant = _meant(merged.old, old) == _meant(merged.new, new)
    merged.edit(rule, "type", says, MEANT if meant else NO_GUARD)
    return before & after


def types_of(schema: Schema) -> frozenset[str] | None:
    """The JSON types that a merged schema allows, without null; None where it allows all."""
    types = listed_types(schema)
    if types is None:
        values = schema.get("enum", [schema["const"]] if "const" in schema else None)
        types = None if values is None else tuple(json_type(value) for value in values)
    return None if types is None else frozenset(types) - {"null"}


def _is_any_text(merged: Merged, before: frozenset[str], after: frozenset[str]) -> bool:
    """Whether both are scalars, and a side that may be text may be any."""
    texts = [schema for schema, types in ((merged.old, before), (merged.new, after)) if "string" in types]
    free = not any(schema.keys() & _OF_TEXTS for schema in texts)
    return bool(texts) and free and before <= _SCALARS and after <= _SCALARS


def _meant(schema: Schema, types: frozenset[str] | None) -> frozenset[str]:
    return frozenset(demanded_types(schema)) - {"null"} if types is None else types


def _closed(types: frozenset[str]) -> frozenset[str]:
    return types | {"integer"} if "number" in types else types


def _named(types: frozenset[str] | None) -> str:
    return "of any type" if types is None else " or ".join(f"`{kind}`" for kind in sorted(types)) or "`null`"
