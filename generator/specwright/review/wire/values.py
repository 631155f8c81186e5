"""Keywords that speak of a value by itself: its type, what it may be, how it is written, and its bounds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from specwright.review.wire import bounds, enums, types
from specwright.review.wire.comparison import shown

if TYPE_CHECKING:
    from specwright.review.wire.merged import Merged

_WIDER: Final = frozenset({("int32", "int64"), ("float", "double"), ("int32", "double")})
"""Formats of which the second holds all that the first does."""
_UNSAID: Final = frozenset({"password"})
"""Formats that say nothing of values."""


def compare(merged: Merged) -> bool:
    """Notes what differs; whether there is a type that both may have, so that looking further makes sense."""
    shared = types.compare(merged)
    if not shared:
        return False
    enums.compare(merged)
    _format(merged)
    _content(merged)
    if "string" in shared:
        _pattern(merged)
    bounds.compare(merged, shared)
    if "array" in shared:
        _unique(merged)
    return True


def _format(merged: Merged) -> None:
    old, new = (None if said in _UNSAID else said for said in merged.both("format"))
    if old == new:
        return
    if old is None:
        rule = "format-added"
    elif new is None:
        rule = "format-removed"
    elif (old, new) in _WIDER:
        rule = "format-widened"
    elif (new, old) in _WIDER:
        rule = "format-narrowed"
    else:
        rule = "format-changed"
    merged.edit(rule, "format", {"before": shown(old), "after": shown(new)})


def _content(merged: Merged) -> None:
    for keyword in ("contentEncoding", "contentMediaType"):
        old, new = merged.both(keyword)
        if old != new:
            says = {"before": shown(old or "plain text"), "after": shown(new or "plain text")}
            merged.edit("content-changed", keyword, says)


def _pattern(merged: Merged) -> None:
    old, new = merged.both("pattern")
    if old != new:
        rule = "pattern-added" if old is None else "pattern-removed" if new is None else "pattern-changed"
        merged.edit(rule, "pattern", {"before": shown(old), "after": shown(new)})


def _unique(merged: Merged) -> None:
    old, new = merged.both("uniqueItems", missing=False)
    if old != new:
        rule = "bound-tightened" if new else "bound-loosened"
        says = {"name": "`uniqueItems`", "before": shown(old), "after": shown(new), "was": ""}
        merged.edit(rule, "uniqueItems", says)
