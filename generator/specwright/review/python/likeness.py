"""Which part of a thing is which of the other: fields, keys and arguments, and those that were renamed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Final, Generic, TypeVar

from specwright.emit.types import named

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Sequence

    from specwright.plan.ir import Type

T = TypeVar("T")

HALF: Final = 0.5
MOST: Final = 0.75
"""How much of two names must be the same for one to be the other by a new name: of the words, and of the letters."""

TELLING: Final = 3
"""Letters of words that two names have in common by no accident, where one has no others."""

_WORD: Final = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")


@dataclass(frozen=True, slots=True)
class Part(Generic[T]):
    """A part of a thing: what it is known by, and what it is. `marks` are what it is known by, the surest first."""

    it: T
    marks: tuple[Hashable, ...]
    wire: str
    type: Type
    required: bool


def counterparts(old: Sequence[Part[T]], new: Sequence[Part[T]]) -> list[tuple[T | None, T | None]]:
    """Each of the new parts with what it was, in their order, then the old ones that are gone."""
    before: dict[int, int] = {}
    left = list(range(len(old)))
    waiting = list(range(len(new)))
    marks = max((len(part.marks) for part in (*old, *new)), default=0)
    for number in range(marks):
        known = {old[index].marks[number]: index for index in left if len(old[index].marks) > number}
        for index in waiting:
            mark = new[index].marks[number] if len(new[index].marks) > number else None
            if mark is not None and mark in known:
                before[index] = known.pop(mark)
        left, waiting = _rest(left, before.values()), _rest(waiting, before)
        if not (left and waiting):
            break
    before.update(_guessed(old, new, left, waiting))
    gone = _rest(range(len(old)), before.values())
    return [
        *((old[before[index]].it if index in before else None, part.it) for index, part in enumerate(new)),
        *((old[index].it, None) for index in gone),
    ]


def _rest(indexes: Iterable[int], taken: Iterable[int]) -> list[int]:
    without = set(taken)
    return [index for index in indexes if index not in without]


def _guessed(
    old: Sequence[Part[T]], new: Sequence[Part[T]], left: Iterable[int], waiting: Iterable[int]
) -> dict[int, int]:
    """Of what is only on one side: what was renamed. Both are each other's only choice."""
    left = list(left)
    choices = {index: [other for other in left if _alike(old[other], new[index])] for index in waiting}
    wanted = [other for others in choices.values() for other in others]
    return {
        index: others[0]
        for index, others in choices.items()
        if len(others) == 1 and wanted.count(others[0]) == 1
    }


def _alike(old: Part[T], new: Part[T]) -> bool:
    if old.type != new.type or old.required != new.required:
        return False
    return any(True for _ in named(new.type)) or alike(old.wire, new.wire)


def alike(old: str, new: str) -> bool:
    """Whether one name may be another one for the same thing: all words of one are in the other, half of them, or most letters."""
    one, other = (_words(text) for text in (old, new))
    shared = sum(map(len, one & other))
    whole = (one <= other or other <= one) and shared >= TELLING
    if whole or shared >= HALF * max(sum(map(len, one)), sum(map(len, other)), 1):
        return True
    return SequenceMatcher(None, old.lower(), new.lower()).ratio() >= MOST


def _words(text: str) -> set[str]:
    return {word.lower() for word in _WORD.findall(text)}
