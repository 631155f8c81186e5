"""Which values two schemas list: `enum` and `const`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from specwright.review.wire.comparison import key, listed, shown
from specwright.review.wire.edits import NO_GUARD, Spot
from specwright.review.wire.guards import EXTENSIBLE
from specwright.review.wire.renames import alike_names

if TYPE_CHECKING:
    from specwright.plan.keywords import Schema
    from specwright.review.wire.edits import Guard
    from specwright.review.wire.merged import Merged


def compare(merged: Merged) -> None:
    """Notes what differs."""
    old, new = _values(merged.old), _values(merged.new)
    if old is not None and new is not None:
        _listed(merged, old, new)
    elif old is not None:
        _unlisted(merged, old, ("const-unset" if "const" in merged.old else "enum-opened"))
    elif new is not None:
        _unlisted(merged, new, ("const-set" if "const" in merged.new else "enum-closed"))


def _values(schema: Schema) -> dict[str, Any] | None:
    """The values that a merged schema lists but null, by what tells them apart; None where any will do."""
    values = [schema["const"]] if "const" in schema else schema.get("enum")
    return None if values is None else {key(value): value for value in values if value is not None}


def _unlisted(merged: Merged, values: dict[str, Any], rule: str) -> None:
    """One side lists values, and for the other any will do."""
    text = listed(list(values.values()))
    merged.edit(rule, _keyword(merged), {"before": text, "after": text})


def _listed(merged: Merged, old: dict[str, Any], new: dict[str, Any]) -> None:
    gone = [value for text, value in old.items() if text not in new]
    come = [value for text, value in new.items() if text not in old]
    if len(old) == len(new) == len(gone) == 1:
        says = {"before": shown(gone[0]), "after": shown(come[0])}
        merged.edit("const-changed", _keyword(merged), says)
        return
    renamed = _renamed(gone, come)
    if renamed:
        befores, afters = ([pair[side] for pair in renamed] for side in (0, 1))
        evidence = "they differ in case and separators only"
        _edit(merged, "enum-value-renamed", (befores, afters), evidence=evidence)
        gone = [value for value in gone if not any(value is before for before in befores)]
        come = [value for value in come if not any(value is after for after in afters)]
    if come:
        extensible = any("x-extensible-enum" in schema for schema in (merged.old, merged.new))
        _edit(merged, "enum-value-added", ([], come), guard=EXTENSIBLE if extensible else NO_GUARD)
    if gone:
        _edit(merged, "enum-value-removed", (gone, []))


def _renamed(gone: list[Any], come: list[Any]) -> list[tuple[Any, Any]]:
    """Values that differ in case and separators only, each with the first that is left of the other side."""
    found: list[tuple[Any, Any]] = []
    left = list(come)
    for before in gone:
        twin = next((after for after in left if alike_names(before, after)), None)
        if twin is not None:
            left.remove(twin)
            found.append((before, twin))
    return found


def _keyword(merged: Merged) -> str:
    return "const" if "const" in merged.old or "const" in merged.new else "enum"


def _edit(
    merged: Merged,
    rule: str,
    values: tuple[list[Any], list[Any]],
    *,
    guard: Guard = NO_GUARD,
    evidence: str = "",
) -> None:
    """Notes values that went, and came, at the first of them."""
    gone, come = values
    says = {"before": listed(gone), "after": listed(come), "name": listed(gone or come)}
    spot = Spot(merged.at_old("enum", _text(gone)), merged.at_new("enum", _text(come)), gone, come)
    merged.node.edit(rule, spot, says, guard, evidence)


def _text(values: list[Any]) -> str | None:
    return values[0] if values and isinstance(values[0], str) else None
