"""One change of a pair of values: by which rule, where, and why it may be graver than its rule says, or less grave."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from specwright.document.tree import Map, Seq, source_of
from specwright.review.rules import RULES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from specwright.review.findings import Direction, Level

At: TypeAlias = "tuple[Map | Seq, str | int | None] | None"
"""A value of a document, by what holds it and its key; without a key, what holds it itself."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where something changed, and from what to what."""

    old: At = None
    new: At = None
    before: Any = None
    """What was there, for witnesses and fingerprints."""
    after: Any = None
    parent: At = None
    """Of what was removed: what held it, in the new document."""


@dataclass(frozen=True, slots=True)
class Guard:
    """Why a change has another level than its rule: for what clients send, for what servers send, or for both."""

    why: str = ""
    inward: Level | None = None
    outward: Level | None = None


NO_GUARD: Final = Guard()


@dataclass(frozen=True, slots=True)
class Edit:
    """One change, where it was found."""

    rule: str
    spot: Spot
    says: Mapping[str, str]
    """What fills the gaps of the rule's text."""
    guard: Guard
    evidence: str
    """Of something renamed or moved: what tells that it is the same."""

    def level(self, direction: Direction) -> Level:
        """How grave it is on that side: as the guard says, or else the rule."""
        own = self.guard.inward if direction == "in" else self.guard.outward
        return RULES[self.rule].level(direction) if own is None else own


def at(holder: Any, field: str) -> At:
    """Where a field stands; None where it is not there."""
    return (holder, field) if isinstance(holder, Map) and field in holder else None


def near(holder: Any, field: str) -> At:
    """Where a field stands; where it is not there, what would hold it."""
    return at(holder, field) or itself(holder)


def itself(value: Any) -> At:
    """Where an object stands; None for what no document holds."""
    return (value, None) if isinstance(value, Map) else None


def spot(old: Mapping[str, Any], new: Mapping[str, Any], field: str) -> Spot:
    """A field of two objects."""
    return Spot(at(old, field), at(new, field), old.get(field), new.get(field))


def identity(place: At) -> tuple[int, str | int | None]:
    """What tells one place of a document from another: a value, as it was read, and a key in it."""
    if place is None:
        return (0, None)
    holder, key = place
    moved: Mapping[Any, Any] = getattr(holder, "moved", {})
    if key in moved:
        holder, key = moved[key]
    return (id(source_of(holder)), key)
