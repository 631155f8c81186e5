"""What speaks for another level than a rule's, where several rules, or several places, have it in common."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from specwright.review.wire.edits import NO_GUARD, Guard

UNSENT: Final = Guard("read-only: clients never send it", inward="compatible")
WAS_UNSENT: Final = Guard(
    "it was read-only: clients never sent it, and have to now", "breaking", "compatible"
)
UNSEEN: Final = Guard("write-only: servers never send it", outward="compatible")

PAST: Final = Guard("deprecated, and past its sunset", "compatible", "compatible")
UNDATED: Final = Guard("deprecated, with a sunset that is no date", "warning", "warning")
DEPRECATED: Final = Guard("deprecated before", inward="compatible")

EXTENSIBLE: Final = Guard("x-extensible-enum: the list was never complete", "compatible", "compatible")
MEANT: Final = Guard("its keywords speak of no other type", "warning", "warning")
GIVEN: Final = Guard("it is always given: its default is never taken", "compatible", "compatible")
XML: Final = Guard("only where XML is sent", "warning", "warning")

CLASHES: Final = Guard("nothing tells it from the others: what fits several of them is refused", "warning")
KEPT: Final = Guard("readers of our client keep a member that they do not know as it came", outward="warning")
WAS_CLOSED: Final = Guard(
    "the object was closed: strict readers refuse what it did not name", outward="warning"
)


def marked(*, unsent: bool, unseen: bool) -> Guard:
    """Of something that is read-only, or write-only; of what is both, the former."""
    return UNSENT if unsent else UNSEEN if unseen else NO_GUARD


def before_sunset(day: str) -> Guard:
    """Of what goes although it was to work until a day that has not come."""
    return Guard(f"before its sunset, {day}", "breaking", "breaking")


def closed(guard: Guard) -> Guard:
    """Of what goes from an object that takes nothing else: who still sends it is refused, whatever else is known."""
    return replace(guard, why="no other properties are allowed", inward="breaking")


def absent(*, added: bool) -> Guard:
    """Of a name that objects must have, or need not have any more, while there is no such property."""
    why = "there is no such property: nobody is asked for it"
    return Guard(why, "warning", "compatible") if added else Guard(why, "compatible", "warning")


def of_no_such_type(keyword: str, types: frozenset[str], *, tighter: bool) -> Guard:
    """Of a bound that says nothing of values of these types: still somebody meant something by it."""
    why = f"`{keyword}` says nothing of {' or '.join(sorted(types))}: what is meant?"
    return Guard(why, "warning", "compatible") if tighter else Guard(why, "compatible", "warning")
