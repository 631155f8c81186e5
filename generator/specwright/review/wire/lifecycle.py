"""How long something lasts, and how much may be relied on: `deprecated`, `x-sunset`, `x-stability-level`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from specwright.review.wire.comparison import shown

if TYPE_CHECKING:
    from specwright.document import Map
    from specwright.review.wire.graph import Node

SUNSET: Final = "x-sunset"
STABILITY: Final = "x-stability-level"
LEVELS: Final = ("draft", "alpha", "beta", "stable")
"""From what may change at any time to what is promised."""


def compare(node: Node, old: Map, new: Map) -> None:
    """Notes what differs in how long something lasts."""
    if bool(old.get("deprecated")) != bool(new.get("deprecated")):
        rule = "deprecated-added" if new.get("deprecated") else "deprecated-removed"
        node.edit(
            rule,
            old=_at(old, "deprecated"),
            new=_at(new, "deprecated"),
            values=(old.get("deprecated"), new.get("deprecated")),
        )
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
        rule = "sunset-deleted"
        if not new.get("deprecated"):
            return  # it stays, which is said
    elif first is None or then is None:
        rule = "sunset-set"
    else:
        rule = "sunset-earlier" if then < first else "sunset-later"
    node.edit(
        rule,
        old=_at(old, SUNSET),
        new=_at(new, SUNSET),
        before=shown(before),
        after=shown(after),
        values=(before, after),
    )


def _stability(node: Node, old: Map, new: Map) -> None:
    before, after = old.get(STABILITY), new.get(STABILITY)
    if before == after:
        return
    if any(value is not None and value not in LEVELS for value in (before, after)):
        rule = "stability-invalid"
    else:
        # What says nothing is stable.
        ranks = [LEVELS.index(value) if value in LEVELS else len(LEVELS) - 1 for value in (before, after)]
        if ranks[0] == ranks[1]:
            return
        rule = "stability-lowered" if ranks[1] < ranks[0] else "stability-raised"
    said = {"before": shown(before or "stable"), "after": shown(after or "stable")}
    node.edit(rule, old=_at(old, STABILITY), new=_at(new, STABILITY), **said, values=(before, after))


def is_past(value: Any, today: date | None) -> bool:
    """Whether something is deprecated and the day has come until which it was to work."""
    if not isinstance(value, Mapping) or not value.get("deprecated") or today is None:
        return False
    sunset = day(value.get(SUNSET))
    return sunset is not None and sunset <= today


def going(value: Any, today: date | None) -> dict[str, Any]:
    """How grave it is that something goes which said until when it works; nothing where it did not."""
    if not isinstance(value, Mapping) or not value.get("deprecated") or value.get(SUNSET) is None:
        return {}
    if is_past(value, today):
        return {"inward": "compatible", "outward": "compatible", "guard": "deprecated, and past its sunset"}
    if day(value[SUNSET]) is None:
        return {
            "inward": "warning",
            "outward": "warning",
            "guard": "deprecated, with a sunset that is no date",
        }
    return (
        {"inward": "breaking", "outward": "breaking", "guard": f"before its sunset, {value[SUNSET]}"}
        if today
        else {}
    )


def day(value: Any) -> date | None:
    """The date that a text is, also one with a time; None where it is none."""
    if not isinstance(value, str):
        return None
    try:
        return date.fromisoformat(value[:10])
    except ValueError:
        return None


def stability(value: Any) -> str:
    """How much may be relied on something; "" where it does not say."""
    said = value.get(STABILITY) if isinstance(value, Mapping) else None
    return said if said in LEVELS else ""


def _at(value: Map, key: str) -> tuple[Map, str] | None:
    return (value, key) if key in value else None
