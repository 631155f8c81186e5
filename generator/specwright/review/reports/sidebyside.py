"""Two texts side by side, as rows of lines: what was, and what is.

Lines that occur once in either text and stand in the same order are held against each other first (the patience diff of Bram
Cohen), so that only what lies between them is compared with `difflib`, whose time grows with the square of its input.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from difflib import SequenceMatcher
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


class Cell(NamedTuple):
    """A line of one side: its number, and its text in three parts, of which the middle one is what differs."""

    number: int
    before: str
    middle: str
    after: str


class Pair(NamedTuple):
    """What stands beside each other; None where a side has no such line."""

    old: Cell | None
    new: Cell | None

    @property
    def same(self) -> bool:
        """Whether nothing differs."""
        return self.old is not None and self.new is not None and not (self.old.middle or self.new.middle)


Span = tuple[int, int, int, int]
"""Lines of the old text from and to, and lines of the new one, that are not the same."""

_SMALL: Final = 300
"""Lines up to which `difflib` compares what lies between two lines that are held against each other."""
_LINE: Final = 300
"""Characters of a line that are shown."""


def hunks(old: str, new: str, context: int = 3) -> Iterator[list[Pair]]:
    """What differs, with so many lines around it; what is close is in one hunk."""
    before, after = _lines(old), _lines(new)
    together: list[Span] = []
    for span in spans(before, after):
        if together and span[0] - together[-1][1] > 2 * context:
            yield _hunk(before, after, together, context)
            together = []
        together.append(span)
    if together:
        yield _hunk(before, after, together, context)


def _lines(text: str) -> list[str]:
    lines = text.expandtabs(4).split("\n")
    return [line.rstrip("\r") for line in (lines if lines[-1] else lines[:-1])]


def whole(old: str | None, new: str | None, most: int = 60) -> list[Pair]:
    """All of two short texts, line by line; None is no text."""
    before, after = _lines(old or "")[:most], _lines(new or "")[:most]
    together = [*spans(before, after)] or [(0, 0, 0, 0)]
    return _hunk(before, after, together, most)


def spans(old: Sequence[str], new: Sequence[str]) -> Iterator[Span]:
    """The parts that differ, in order; none touches the next one."""
    ended: Span | None = None
    for start_old, end_old, start_new, end_new in _parts(old, new):
        if ended and ended[1] == start_old and ended[3] == start_new:
            ended = (ended[0], end_old, ended[2], end_new)
            continue
        if ended:
            yield ended
        ended = (start_old, end_old, start_new, end_new)
    if ended:
        yield ended


def _parts(old: Sequence[str], new: Sequence[str]) -> Iterator[Span]:
    ends = [(-1, -1), *_held(old, new), (len(old), len(new))]
    for (above_old, above_new), (below_old, below_new) in pairwise(ends):
        yield from _between(old, new, (above_old + 1, below_old, above_new + 1, below_new))


def _held(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Lines that occur once in either text, as far as they are in the same order in both."""
    once = {line for line, number in Counter(old).items() if number == 1}
    once &= {line for line, number in Counter(new).items() if number == 1}
    places = {line: number for number, line in enumerate(new) if line in once}
    return _rising([(number, places[line]) for number, line in enumerate(old) if line in once])


def _rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest run of pairs whose second numbers rise, too."""
    lows: list[int] = []
    tops: list[int] = []
    before: list[int] = []
    for number, (_, place) in enumerate(pairs):
        at = bisect_left(lows, place)
        lows[at : at + 1], tops[at : at + 1] = [place], [number]
        before.append(tops[at - 1] if at else -1)
    found: list[tuple[int, int]] = []
    number = tops[-1] if tops else -1
    while number >= 0:
        found.append(pairs[number])
        number = before[number]
    return found[::-1]


def _between(old: Sequence[str], new: Sequence[str], span: Span) -> Iterator[Span]:
    """What differs of a part, without what its sides have in common at their heads and tails."""
    start, end, new_start, new_end = span
    while start < end and new_start < new_end and old[start] == new[new_start]:
        start, new_start = start + 1, new_start + 1
    while start < end and new_start < new_end and old[end - 1] == new[new_end - 1]:
        end, new_end = end - 1, new_end - 1
    if start == end and new_start == new_end:
        return
    if max(end - start, new_end - new_start) > _SMALL:
        yield start, end, new_start, new_end
        return
    matcher = SequenceMatcher(None, old[start:end], new[new_start:new_end], autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag != "equal":
            yield start + i1, start + i2, new_start + j1, new_start + j2


def _hunk(old: Sequence[str], new: Sequence[str], together: Sequence[Span], context: int) -> list[Pair]:
    first, last = together[0], together[-1]
    above = min(context, first[0], first[2])
    below = min(context, len(old) - last[1], len(new) - last[3])
    ends: list[tuple[int, int]] = [(first[0] - above, first[2] - above)]
    pairs: list[Pair] = []
    for span in together:
        pairs += _equal(old, ends[-1], span[0] - ends[-1][0])
        pairs += _differing(old, new, span)
        ends.append((span[1], span[3]))
    return [*pairs, *_equal(old, ends[-1], below)]


def _equal(old: Sequence[str], start: tuple[int, int], number: int) -> Iterable[Pair]:
    for at in range(number):
        line = old[start[0] + at][:_LINE]
        yield Pair(Cell(start[0] + at + 1, line, "", ""), Cell(start[1] + at + 1, line, "", ""))


def _differing(old: Sequence[str], new: Sequence[str], span: Span) -> Iterable[Pair]:
    start, end, new_start, new_end = span
    for at in range(max(end - start, new_end - new_start)):
        was = old[start + at][:_LINE] if start + at < end else None
        now = new[new_start + at][:_LINE] if new_start + at < new_end else None
        yield beside(was, start + at + 1, now, new_start + at + 1)


def beside(was: str | None, number: int, now: str | None, new_number: int) -> Pair:
    """Two lines; what is in the middle of each is what differs. One that stands alone has no middle."""
    if was is None or now is None:
        return Pair(
            None if was is None else Cell(number, was, "", ""),
            None if now is None else Cell(new_number, now, "", ""),
        )
    head = _alike(was, now)
    tail = min(_alike(was[::-1], now[::-1]), len(was) - head, len(now) - head)
    middle, new_middle = was[head : len(was) - tail], now[head : len(now) - tail]
    return Pair(
        Cell(number, was[:head], middle, was[len(was) - tail :]),
        Cell(new_number, now[:head], new_middle, now[len(now) - tail :]),
    )


def _alike(one: str, other: str) -> int:
    """How many characters two texts begin with that are the same."""
    together = zip(one, other, strict=False)
    return next((number for number, (a, b) in enumerate(together) if a != b), min(len(one), len(other)))
