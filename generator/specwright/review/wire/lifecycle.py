"""How long something lasts, and how much may be relied on: `deprecated`, `x-sunset`, `x-stability-level`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, Final, cast

from specwright.review.wire import guards
from specwright.review.wire.comparison import shown
from specwright.review.wire.edits import spot

if TYPE_CHECKING:
    from specwright.document import Map
    from specwright.review.wire.edits import Guard
    from specwright.review.wire.graph import Node

SUNSET: Final = "x-sunset"
STABILITY: Final = "x-stability-level"
LEVELS: Final = ("draft", "alpha", "beta", "stable")
"""From what may change at any time to what is promised."""


def compare(node: Node, old: Map, new: Map) -> None:
    """Notes what differs in how long something lasts."""
    if bool(old.get("deprecated")) != bool(new.get("deprecated")):
        rule = "deprecated-added" if new.get("deprecated") else "deprecated-removed"
        node.edit(rule, spot(old, new, "deprecated"))
    _sunset(node, old, new)
    _stability(node, old, new)


def _sunset(node: Node, old: Map, new: Map) -> None:
    before, after = old.get(SUNSET), new.get(SUNSET)
    if before == after:
        return
    first, then = day(before), day(after)
    if (after is not None and then is None) or (before is not None and after is not None and first is None):
        rule = "sunset-invalid"
    elif after is None:
        if not new.get("deprecated"):
            return  # it stays, which is said
        rule = "sunset-deleted"
    elif first is None or then is None:
        rule = "sunset-set"
    else:
        rule = "sunset-earlier" if then < first else "sunset-later"
    node.edit(rule, spot(old, new, SUNSET), {"before": shown(before), "after": shown(after)})


def _stability(node: Node, old: Map, new: Map) -> None:
    before, after = old.get(STABILITY), new.get(STABILITY)
    if before == after:
        return
    if any(value is not None and value not in LEVELS for value in (before, after)):
        rule = "stability-invalid"
    else:
        first, then = (LEVELS.index(value or "stable") for value in (before, after))
        if first == then:
            return  # what says nothing is stable
        rule = "stability-lowered" if then < first else "stability-raised"
    says = {"before": shown(before or "stable"), "after": shown(after or "stable")}
    node.edit(rule, spot(old, new, STABILITY), says)


def is_past(value: Any, today: date | None) -> bool:
    """Whether something is deprecated and the day has come until which it was to work."""
    said = _deprecated(value)
    if said is None or today is None:
        return False
    sunset = day(said.get(SUNSET))
    return sunset is not None and sunset <= today


def going(value: Any, today: date | None) -> Guard | None:
    """How grave it is that something goes which said until when it works; None where it did not."""
    said = _deprecated(value)
    if said is None or said.get(SUNSET) is None:
        return None
    if is_past(said, today):
        return guards.PAST
    if day(said[SUNSET]) is None:
        return guards.UNDATED
    return guards.before_sunset(said[SUNSET]) if today else None


def _deprecated(value: Any) -> Mapping[str, Any] | None:
    """A value that is; None for others."""
    if not isinstance(value, Mapping):
        return None
    said = cast("Mapping[str, Any]", value)
    return said if said.get("deprecated") else None


def day(value: Any) -> date | None:
    """The date that a text is, also one with a time; None where it is none."""
    if not isinstance(value, str):
        return None
    try:
        return date.fromisoformat(value[:10])
    except ValueError:
        return None


def firmest(old: Map | None, new: Map | None) -> str:
    """How much may be relied on something at most, before or after: what says nothing, or nothing known, is stable."""
    said = [value.get(STABILITY) for value in (old, new) if value is not None]
    return max((level if level in LEVELS else LEVELS[-1] for level in said), key=LEVELS.index)
