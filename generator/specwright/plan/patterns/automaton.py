"""The positions of a regular expression, and how a search by backtracking walks from one to the next.

A position is a part that takes one character (Glushkov's automaton). What matters here is not only whether a position
leads to another but in how many ways, as a search that fails has tried all of them. So counts are kept, and positions
that can't lead to success are kept too. What looks ahead is a way that ends where its body does.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import TYPE_CHECKING

from specwright.plan.patterns.lookbehind import pieces, width
from specwright.plan.patterns.sets import characters
from specwright.runtime.ecma_nodes import (
    Alternatives,
    Char,
    CharClass,
    Dot,
    Edge,
    Escape,
    Group,
    Look,
    Property,
    Reference,
    Repeat,
    Sequence,
    Switch,
)

if TYPE_CHECKING:
    from specwright.runtime.ecma_nodes import Node
    from specwright.runtime.ecma_properties import Ranges

START, END, MAYBE = 1, 2, 4
"""What must hold where no character is taken: the text's start, its end, or something else."""


class TooLarge(ValueError):  # noqa: N818 -- what the expression is
    """An automaton of more positions than are looked at."""


@dataclass(slots=True)
class _Part:
    """What a part of the expression begins and ends with, each with what must hold there, and in how many ways."""

    empty: Counter[int] = field(default_factory=Counter[int])
    first: Counter[tuple[int, int]] = field(default_factory=Counter[tuple[int, int]])
    last: Counter[tuple[int, int]] = field(default_factory=Counter[tuple[int, int]])


@dataclass(frozen=True, slots=True)
class Automaton:
    """The positions of an expression.

    `labels` are the characters of each; `ways` count how it leads to others. `first` are those that a match begins
    with, `opening` those and what only the start of the text begins with. Once a search is at one of `settled` it
    succeeds, whatever follows; at one of `ending` it does so at the end of the text. `unsure` are ways that not every
    text allows. `starts_settled` says that a match begins with nothing, at the start at least.
    """

    labels: tuple[Ranges, ...]
    ways: tuple[Counter[int], ...]
    first: Counter[int]
    opening: Counter[int]
    settled: frozenset[int]
    ending: frozenset[int]
    unsure: frozenset[tuple[int, int]]
    starts_settled: bool
    ends: Counter[int]
    """How many repeats may end at a position: each time a search comes back to it, it begins what follows anew."""
    quick: frozenset[int]
    """Those that a fixed character follows, which `re` looks for first."""
    runs: frozenset[tuple[int, int]]
    """Ways within the repeat of one character, which cost next to nothing."""
    heavy: frozenset[int]
    """Positions whose characters `re` looks up in a long list."""
    around: int
    """How many characters are looked at, again and again, to know what came before."""


def automaton_of(node: Node, most: int, highest: int) -> Automaton:
    """The positions of an expression.

    Args:
        node: The expression.
        most: How many positions there may be.
        highest: Counts of repeats above this are read as without end, which has more ways, and never fewer.

    Raises:
        TooLarge: There are more.
        ValueError: It has a property that Python does not know.
    """
    return _Builder(node, most, highest).automaton()


class _Builder:
    def __init__(self, node: Node, most: int, highest: int) -> None:
        self._node = node
        self._most = most
        self._highest = highest
        self._labels: list[Ranges] = []
        self._ways: list[Counter[int]] = []
        self._settled: set[int] = set()
        self._unsure: set[tuple[int, int]] = set()
        self._groups: dict[int, Group] = {}
        self._known: dict[tuple[Node, bool], Ranges] = {}
        self._sure = True
        self._around = 0
        self._ends = Counter[int]()
        self._quick: set[int] = set()
        self._runs: set[tuple[int, int]] = set()

    def automaton(self) -> Automaton:
        whole = self._part(self._node, folds=False)
        # A way through what looks around, or gives nothing back, is not there for every text.
        settled = self._settled | {position for position, needs in whole.last if needs == 0}
        first, opening = Counter[int](), Counter[int]()
        for (position, needs), count in whole.first.items():
            opening[position] += count
            if not needs & START:
                first[position] += count
        ending = {position for position, needs in whole.last if needs == END}
        return Automaton(
            tuple(self._labels),
            tuple(self._ways),
            first,
            opening,
            frozenset(settled),
            frozenset(ending if self._sure else ()),
            frozenset(self._unsure),
            starts_settled=0 in whole.empty or START in whole.empty,
            ends=self._ends,
            quick=frozenset(self._quick),
            runs=frozenset(self._runs),
            around=self._around,
            heavy=frozenset(number for number, label in enumerate(self._labels) if _is_heavy(label)),
        )

    def _part(self, node: Node, *, folds: bool) -> _Part:  # noqa: C901 -- a case for each kind
        match node:
            case Char() | Escape() | Property() | CharClass() | Dot():
                return self._position(node, folds=folds)
            case Edge():
                self._around += node.kind.startswith("line")
                needs = {"start": START, "end": END}.get(node.kind, MAYBE)
                return _Part(empty=Counter({needs: 1}))
            case Group():
                self._sure = self._sure and not node.atomic
                if node.number is not None:
                    self._groups[node.number] = node
                return self._part(node.body, folds=folds)
            case Switch():
                return self._part(node.body, folds=node.folds)
            case Look():
                return self._look(node, folds=folds)
            case Reference():
                return self._reference(node, folds=folds)
            case Sequence():
                return self._sequence(node, folds=folds)
            case Alternatives():
                parts = [self._part(option, folds=folds) for option in node.options]
                return _Part(
                    sum((part.empty for part in parts), Counter[int]()),
                    sum((part.first for part in parts), Counter[tuple[int, int]]()),
                    sum((part.last for part in parts), Counter[tuple[int, int]]()),
                )
            case Repeat():
                start = len(self._labels)
                part = self._repeat(node, folds=folds)
                self._ends.update({position for position, _ in part.last})
                if isinstance(node.body, Char | Escape | Property | CharClass | Dot):
                    self._runs |= {
                        (one, other) for one in range(start, len(self._labels)) for other in self._ways[one]
                    }
                return part

    def _position(self, node: Char | Escape | Property | CharClass | Dot, *, folds: bool) -> _Part:
        number = len(self._labels)
        if number >= self._most:
            raise TooLarge
        if (node, folds) not in self._known:
            self._known[node, folds] = characters(node, folds=folds)
        self._labels.append(self._known[node, folds])
        self._ways.append(Counter())
        return _Part(first=Counter({(number, 0): 1}), last=Counter({(number, 0): 1}))

    def _sequence(self, node: Sequence, *, folds: bool) -> _Part:
        part = _Part(empty=Counter({0: 1}))
        for item, following in zip_longest(node.items, node.items[1:]):
            found = self._part(item, folds=folds)
            if isinstance(item, Repeat) and isinstance(following, Char) and not folds:
                self._quick |= {position for position, _ in found.last}
            part = self._joined(part, found)
        return part

    def _look(self, node: Look, *, folds: bool) -> _Part:
        if not node.ahead:
            self._around += sum(1 + (width(piece)[1] or 0) for piece in pieces(node.body))
            return _Part(empty=Counter({MAYBE: 1}))
        body = self._part(node.body, folds=folds)
        self._settled |= {position for position, needs in body.last if needs == 0}
        return _Part(empty=Counter({MAYBE: 1}), first=body.first)

    def _reference(self, node: Reference, *, folds: bool) -> _Part:
        """What a group could have matched; to compare with what it did match takes no longer."""
        self._sure = False
        part = _Part(empty=Counter({MAYBE: 1}))
        for number in node.groups:
            group = self._groups.pop(number, None)
            if group is not None:
                found = self._part(group.body, folds=folds)
                self._groups[number] = group
                part.first += _needing(found.first, MAYBE)
                part.last += _needing(found.last, MAYBE)
        return part

    # --- repeats --------------------------------------------------------------------------------------------------

    def _repeat(self, node: Repeat, *, folds: bool) -> _Part:
        self._sure = self._sure and node.greed != "+"
        highest = max(node.least, node.most or 0)
        if node.most == 0:
            return _Part(empty=Counter({0: 1}))
        if highest > self._highest and highest > 1:
            part = self._loop(self._part(node.body, folds=folds))
            self._sure = False  # the loop goes on where the repeat does not
            if node.least > 1:  # and ends before the repeat may
                part.last = _needing(part.last, MAYBE)
            return part if node.least else self._optional(part)
        part = _Part(empty=Counter({0: 1}))
        for _ in range(node.least - (node.most is None and node.least > 0)):
            part = self._joined(part, self._part(node.body, folds=folds))
        if node.most is None:
            loop = self._loop(self._part(node.body, folds=folds))
            return self._joined(part, loop if node.least else self._optional(loop))
        rest = _Part(empty=Counter({0: 1}))
        for _ in range(node.most - node.least):
            rest = self._optional(self._joined(self._part(node.body, folds=folds), rest))
        return self._joined(part, rest)

    def _loop(self, body: _Part) -> _Part:
        """What comes once or more; a last time it may come with nothing."""
        self._link(body.last, body.first)
        last = Counter(body.last)
        for needs, count in body.empty.items():
            last += Counter({key: count * ways for key, ways in _needing(body.last, needs).items()})
        return _Part(body.empty, body.first, last)

    def _optional(self, body: _Part) -> _Part:
        return _Part(body.empty + Counter({0: 1}), body.first, body.last)

    def _joined(self, left: _Part, right: _Part) -> _Part:
        """One after the other."""
        self._link(left.last, right.first)
        first, last, empty = Counter(left.first), Counter(right.last), Counter[int]()
        for needs, count in left.empty.items():
            if not needs & END:
                for (position, others), ways in right.first.items():
                    first[position, needs | others] += count * ways
            for others, ways in right.empty.items():
                empty[needs | others] += count * ways
        for needs, count in right.empty.items():
            if not needs & START:
                for (position, others), ways in left.last.items():
                    last[position, needs | others] += count * ways
        return _Part(empty, first, last)

    def _link(self, last: Counter[tuple[int, int]], first: Counter[tuple[int, int]]) -> None:
        for (position, needs), count in last.items():
            if needs & END:
                continue
            for (following, others), ways in first.items():
                if others & START:
                    continue
                self._ways[position][following] += count * ways
                if (needs | others) & MAYBE:
                    self._unsure.add((position, following))


def _needing(ends: Counter[tuple[int, int]], needs: int) -> Counter[tuple[int, int]]:
    found = Counter[tuple[int, int]]()
    for (position, others), count in ends.items():
        found[position, needs | others] += count
    return found


def _is_heavy(label: Ranges) -> bool:
    """Whether there are many ranges beyond U+FFFF: up to that `re` has a table, beyond it looks at each range."""
    return sum(first > 0xFFFF for first, _ in label) > 40  # noqa: PLR2004 -- ranges, which take 4 ns each
