"""How long a search by backtracking can take on any text: a bound, and no guess.

A search that fails has tried every way to every position: so the number of ways is what it costs. The ways are counted
along the automaton whose states are the sets of positions that one text leads to (the subset construction). Of each
state the greatest counts are kept that any text brings to it; where those stay finite, time grows linearly.
"""

from __future__ import annotations

import sys
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from specwright.plan.patterns.automaton import Automaton
    from specwright.runtime.ecma_properties import Ranges

_SEARCH, _OPENING = -1, -2
"""Where a search is before it has begun a match: anywhere, and at the start of the text."""

_RUN, _VISIT, _WAY, _RETURN, _OUTER, _AROUND, _HEAVY = 8, 14, 6, 35, 15, 15, 1000
"""Nanoseconds that `re` takes for a character of a run, at any other position, for each way on, to end a repeat, to end another with it, and for a character that came before.

The last is what it takes to find a character in a long list, as those of many properties of Unicode are.

Measured with Python 3.11 on a slow machine; other versions are quicker.
"""
_STATES, _WORK, _WORK_ON_LENGTH, _MOST_WAYS = 1500, 100_000, 40_000, 300
"""How much is looked at."""
_TEXT: Final = 100_000
LINEAR: Final = 200_000_000
"""Nanoseconds that a text of that many characters may take."""
BRIEF: Final = 5_000_000
"""Nanoseconds that a text may take whose length is limited for that."""
_LONGEST: Final = 10_000

State = frozenset[int]
Counts = dict[int, int]


class TooMuch(ValueError):  # noqa: N818 -- what the work is
    """More work than an expression is worth."""


@dataclass(frozen=True, slots=True)
class Move:
    """What a state becomes with a character of one kind: for each position, where it is reached from in how many ways."""

    state: State
    sources: tuple[tuple[int, tuple[tuple[int, int], ...]], ...]


class Effort:
    """What searches with an automaton cost.

    `kinds` are the characters that it tells apart; `opening` is the state at the start of a text.
    """

    opening: Final = frozenset({_OPENING})

    def __init__(self, automaton: Automaton) -> None:
        self._automaton = automaton
        self.kinds = kinds(automaton.labels)
        self._members = [_members(label, self.kinds) for label in automaton.labels]
        self._settled = automaton.settled | frozenset(self._always())
        self._moves: dict[State, dict[int, Move]] = {}
        self._work = 0
        self._steady: int | None = None
        self._costs = {position: self._cost_at(position) for position in range(len(automaton.ways))}
        self._costs[_SEARCH] = (
            _VISIT + _WAY * sum(automaton.first.values()) + self._looking_up(automaton.first)
        )
        self._costs[_OPENING] = _VISIT + _WAY * sum(automaton.opening.values())

    def _cost_at(self, position: int) -> int:
        """Nanoseconds for each time that a position is reached."""
        automaton = self._automaton
        ways = automaton.ways[position]
        leaving = sum(count for other, count in ways.items() if (position, other) not in automaton.runs)
        ends = automaton.ends[position]
        steps = (_VISIT if leaving or not ways else _RUN) + _WAY * leaving
        if ends and leaving and not (ends == leaving == 1 and position in automaton.quick):
            steps += _RETURN + _OUTER * (ends - 1)
        return steps + self._looking_up(ways)

    def _looking_up(self, ways: Counter[int]) -> int:
        return _AROUND * self._automaton.around + _HEAVY * sum(
            count for position, count in ways.items() if position in self._automaton.heavy
        )

    # --- the automaton --------------------------------------------------------------------------------------------

    def _always(self) -> Iterable[int]:
        """Positions from which a search succeeds whatever follows, if only at the end of the text."""
        automaton = self._automaton
        good = automaton.ending | automaton.settled
        for position in automaton.ending - automaton.settled:
            seen, waiting = {frozenset({position})}, [frozenset({position})]
            while waiting and len(seen) < 50:  # noqa: PLR2004 -- states, more than such an expression has
                state = waiting.pop()
                if not state & good:
                    break
                if state & automaton.settled:
                    continue
                for kind in range(len(self.kinds)):
                    following = frozenset(
                        target
                        for source in state
                        for target in automaton.ways[source]
                        if kind in self._members[target] and (source, target) not in automaton.unsure
                    )
                    if following not in seen:
                        seen.add(following)
                        waiting.append(following)
            else:
                if not waiting:
                    yield position

    def _ways(self, position: int) -> Counter[int]:
        if position == _SEARCH:
            return self._automaton.first
        if position == _OPENING:
            return self._automaton.opening
        return self._automaton.ways[position]

    def moves(self, state: State) -> dict[int, Move]:
        """What a state becomes, by the kind of character."""
        if state not in self._moves:
            if len(self._moves) >= _STATES:
                raise TooMuch
            self._moves[state] = {kind: self._move(state, kind) for kind in range(len(self.kinds))}
        return self._moves[state]

    def _move(self, state: State, kind: int) -> Move:
        sources: dict[int, list[tuple[int, int]]] = {}
        for source in state:
            ways = self._ways(source)
            self._spend(len(ways))
            for target, count in ways.items():
                if kind in self._members[target]:
                    sources.setdefault(target, []).append((source, count))
        if self._goes_on(state) and not sources.keys() & self._settled:
            # A search goes on only where none that began before has succeeded.
            sources[_SEARCH] = [(source, 1) for source in state & {_SEARCH, _OPENING}]
        return Move(frozenset(sources), tuple((target, tuple(froms)) for target, froms in sources.items()))

    def _goes_on(self, state: State) -> bool:
        """Whether a match may begin later."""
        automaton = self._automaton
        return bool(automaton.first) and (
            _SEARCH in state or (_OPENING in state and not automaton.starts_settled)
        )

    def _spend(self, amount: int) -> None:
        self._work += amount
        if self._work > _WORK:
            raise TooMuch

    def moved(self, counts: Counts, move: Move) -> Counts:
        """The ways to each position after a move, given those before it."""
        self._spend(len(move.sources))
        found: Counts = {}
        for target, sources in move.sources:
            number = sum(counts[source] * ways for source, ways in sources)
            # Whoever gets to a settled position never comes back, so that it is reached once.
            found[target] = min(number, 1) if target in self._settled or target == _SEARCH else number
        return found

    def cost(self, counts: Counts) -> int:
        """Nanoseconds that so many ways take."""
        return sum(self._costs[position] * number for position, number in counts.items())

    # --- bounds ---------------------------------------------------------------------------------------------------

    def linear(self) -> int | None:
        """Nanoseconds that a text of 100,000 characters takes at most; `None` if no such bound is found."""
        try:
            greatest = self._greatest()
        except TooMuch:
            return self._at_each_place()
        if greatest is None:
            return None
        recurring = _recurring(
            {state: {move.state for move in self._moves[state].values()} for state in greatest}
        )
        once = sum(self.cost(counts) for state, counts in greatest.items() if state not in recurring)
        always = max((self.cost(greatest[state]) for state in recurring), default=0)
        self._steady = max(BRIEF - once, 0) // always if always else _TEXT
        return once + always * _TEXT

    def _at_each_place(self) -> int | None:
        """The same, as if a search began at each character and went all its ways; `None` where one of them may have no end."""
        counts: Counts = dict(self._automaton.first | self._automaton.opening)
        before = Counter(target for ways in self._automaton.ways for target in ways)
        waiting = [position for position in range(len(self._automaton.ways)) if not before[position]]
        reached = 0
        while waiting:  # each position after all that lead to it
            position = waiting.pop()
            reached += 1
            for target, number in self._automaton.ways[position].items():
                counts[target] = counts.get(target, 0) + counts.get(position, 0) * number
                before[target] -= 1
                if not before[target]:
                    waiting.append(target)
        if reached < len(self._automaton.ways):
            return None
        each = self._costs[_SEARCH] + self.cost(counts)
        self._steady = BRIEF // each
        return each * _TEXT

    def _greatest(self) -> dict[State, Counts] | None:
        """Of each state, the most ways to each of its positions on any text; `None` where there are more and more."""
        start = frozenset({_OPENING})
        greatest: dict[State, Counts] = {start: {_OPENING: 1}}
        waiting = [start]
        while waiting:
            state = waiting.pop(0)
            for move in self.moves(state).values():
                if not move.state:
                    continue
                counts = self.moved(greatest[state], move)
                known = greatest.setdefault(move.state, {})
                grown = {
                    position: number for position, number in counts.items() if number > known.get(position, 0)
                }
                if grown:
                    if max(grown.values()) > _MOST_WAYS:
                        return None
                    known.update(grown)
                    if move.state not in waiting:
                        waiting.append(move.state)
        return greatest

    def states(self, most: int) -> int:
        """How many states there are, or one more than `most`."""
        seen = {frozenset({_OPENING})}
        waiting = list(seen)
        while waiting and len(seen) <= most:
            new = {move.state for move in self.moves(waiting.pop()).values()} - seen
            seen |= new
            waiting += new
        return len(seen)

    def longest(self) -> int | None:
        """The number of characters up to which every text takes no more than a few milliseconds; `None` is without end."""
        if self._steady is not None:
            return self._steady
        length = self._by_states()
        return None if length is None else max(length, self._by_positions(length))

    def _by_states(self) -> int | None:
        current: dict[State, Counts] = {frozenset({_OPENING}): {_OPENING: 1}}
        spent = self._costs[_OPENING]
        self._work = _WORK - _WORK_ON_LENGTH
        for length in range(_LONGEST):
            following: dict[State, Counts] = {}
            try:
                for state, counts in current.items():
                    for move in self.moves(state).values():
                        if move.state:
                            known = following.setdefault(move.state, {})
                            for position, number in self.moved(counts, move).items():
                                known[position] = max(number, known.get(position, 0))
            except TooMuch:
                return length
            if not following:
                return None
            spent += max(map(self.cost, following.values()))
            if spent > BRIEF:
                return length
            current = following
        return _LONGEST

    def _by_positions(self, least: int) -> int:
        """The same, as if a text could lead to all positions at once that take its last character: less is known."""
        current: Counts = {_OPENING: 1}
        spent = self._costs[_OPENING]
        length = 0
        while length < _LONGEST:
            following: Counts = {_SEARCH: 1}
            for source, number in current.items():
                for target, count in self._ways(source).items():
                    following[target] = following.get(target, 0) + number * count
            for target in following.keys() & self._settled:
                following[target] = 1
            step = max(
                self.cost({target: number for target, number in following.items() if target < 0 or kind in self._members[target]})
                for kind in range(len(self.kinds))
            )  # fmt: skip
            if following == current:
                return max(length + (BRIEF - spent) // step, least)
            spent += step
            if spent > BRIEF:
                break
            current = following
            length += 1
        return length


def kinds(labels: Iterable[Ranges]) -> list[Ranges]:
    """The characters, divided so that no label tells apart two of the same kind."""
    borders = sorted(
        {border for label in labels for first, last in label for border in (first, last + 1)} | {0, 0x110000}
    )
    distinct = list(dict.fromkeys(labels))
    found: dict[tuple[bool, ...], list[tuple[int, int]]] = {}
    for first, end in pairwise(borders):
        key = tuple(_has(label, first) for label in distinct)
        found.setdefault(key, []).append((first, end - 1))
    return [tuple(ranges) for ranges in found.values()]


def _members(label: Ranges, kinds_: list[Ranges]) -> frozenset[int]:
    return frozenset(number for number, kind in enumerate(kinds_) if _has(label, kind[0][0]))


def _has(label: Ranges, code: int) -> bool:
    """Whether a character is in ranges, which are in order."""
    at = bisect_right(label, (code, sys.maxunicode)) - 1
    return at >= 0 and label[at][1] >= code


def _recurring(following: dict[State, set[State]]) -> set[State]:
    """The states that a text may bring back: those in a cycle, and maybe some that lie between two.

    What leads nowhere is taken away until all that is left leads on, and the same for what nothing leads to.
    """
    left = set(following)
    before: dict[State, set[State]] = {state: set() for state in following}
    for state, targets in following.items():
        for target in targets & left:
            before[target].add(state)
    for ways_in, ways_out in ((before, following), (following, before)):
        number = {state: len(ways_in[state] & left) for state in left}
        waiting = [state for state in left if not number[state]]
        while waiting:
            state = waiting.pop()
            left.discard(state)
            for other in ways_out[state] & left:
                number[other] -= 1
                if not number[other]:
                    waiting.append(other)
    return left
