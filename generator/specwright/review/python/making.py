"""How a change is said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from specwright.review.findings import PythonChange
from specwright.review.python.rules import RULES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specwright.review.findings import Level


@dataclass(frozen=True, slots=True)
class Origin:
    """What of the documents something in Python was made from: the place in each, "" where it is in one alone."""

    old: str
    new: str
    member: str = ""

    def of(self, member: str) -> Origin:
        """Something in it: a field, a key, an argument."""
        return Origin(self.old, self.new, member)


@dataclass(frozen=True, slots=True)
class Said:
    """How something is written, before and after; None where it is not there."""

    old: str | None = None
    new: str | None = None


def change(  # noqa: PLR0913 -- what a change is made of
    rule: str, symbol: str, said: Said, origin: Origin, *, note: str = "", level: Level | None = None
) -> PythonChange:
    """A change, with the level and the breaks of its rule.

    What is gone, and what has another name, is known by its place in the old document; all else by that in the new.
    """
    in_old = bool(origin.old) and (not origin.new or said.new is None or rule.endswith("-renamed"))
    found = RULES[rule]
    return PythonChange(
        id=rule,
        symbol=symbol,
        level=level or found.level,
        old=said.old,
        new=said.new,
        breaks=found.breaks,
        origin=origin.old if in_old else origin.new,
        member=origin.member,
        in_old=in_old,
        note=note,
    )


def reworded(symbol: str, old: str, new: str, origin: Origin) -> Iterator[PythonChange]:
    """The change of a docstring, if it is one: spaces and ends of lines do not count."""
    if old.split() != new.split():
        yield change("py-docstring-changed", symbol, Said(_glimpse(old), _glimpse(new)), origin)


_GLIMPSE = 160


def _glimpse(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _GLIMPSE else f"{flat[: _GLIMPSE - 1]}…"
