"""Keywords that speak of objects: properties, which of them must be there, and what else may be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from specwright.review.wire import unnamed
from specwright.review.wire.comparison import shown
from specwright.review.wire.edits import Spot
from specwright.review.wire.properties import Properties

if TYPE_CHECKING:
    from specwright.review.wire.merged import Merged


def compare(merged: Merged) -> None:
    """Notes what differs, and leads on to the properties that both have."""
    Properties(merged).compare()
    unnamed.compare(merged)
    _dependent(merged)


def _dependent(merged: Merged) -> None:
    """Notes which properties are needed, or are not needed any more, where another one is."""
    old, new = merged.both("dependentRequired", {})
    for wire in {**old, **new}:
        before, after = set(old.get(wire, ())), set(new.get(wire, ()))
        old_at, new_at = (merged.at_old("dependentRequired", wire), merged.at_new("dependentRequired", wire))
        if come := sorted(after - before):
            says = {"name": shown(wire), "more": ", ".join(map(shown, come))}
            merged.node.edit("dependent-added", Spot(old_at, new_at, after=come), says)
        if gone := sorted(before - after):
            says = {"name": shown(wire), "more": ", ".join(map(shown, gone))}
            merged.node.edit("dependent-removed", Spot(old_at, new_at, before=gone), says)
