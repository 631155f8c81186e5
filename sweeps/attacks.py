"""Texts that a search by backtracking takes long for: those that the analysis finds worst, and some that often are."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Final

from specwright.plan.patterns.automaton import TooLarge, automaton_of
from specwright.plan.patterns.effort import Effort, TooMuch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specwright.plan.patterns.effort import Counts, State
    from specwright.runtime.ecma_nodes import Node
    from specwright.runtime.ecma_properties import Ranges

_STEPS: Final = 24
_PUMPS: Final = 4
_GENERIC: Final = (
    "a",
    "0",
    " ",
    "a ",
    ".",
    "a.",
    "-",
    "a-",
    "_",
    "/",
    "@",
    "a@",
    "\t",
    "(",
    "<",
    "=",
    "\u2028",
    "é",
    "aA0",
)


def attacks(node: Node) -> list[tuple[str, str, str]]:
    """What begins, repeats and ends texts that should be worst for an expression."""
    found: dict[tuple[str, str, str], None] = {}
    for highest in (10_000, 20, 3, 1):
        try:
            effort = Effort(automaton_of(node, 400, highest))
            starts = list(_pumps(effort))[:_PUMPS]
        except (TooLarge, TooMuch, ValueError):
            continue
        ends = ["", "\n", "!", *_shown(effort.kinds)[:4]]
        found.update(dict.fromkeys((start, pump, end) for (start, pump), end in product(starts, ends)))
        if highest > 1:
            break
    found.update(dict.fromkeys(("", pump, end) for pump in _GENERIC for end in ("", "!", "\n")))
    return list(found)


def text(attack: tuple[str, str, str], length: int) -> str:
    """The text of an attack, with so many characters before its end."""
    start, pump, end = attack
    return (start + pump * (length // len(pump) + 1))[:length] + end


def _pumps(effort: Effort) -> Iterator[tuple[str, str]]:
    """How the texts begin that have the most ways, and what brings back the state they led to."""
    signs = _shown(effort.kinds)
    start = effort.opening
    best: dict[State, tuple[int, Counts, str, tuple[State, ...]]] = {
        start: (0, {next(iter(start)): 1}, "", (start,))
    }
    seen: list[tuple[int, str, tuple[State, ...]]] = []
    for _ in range(_STEPS):
        following: dict[State, tuple[int, Counts, str, tuple[State, ...]]] = {}
        for state, (_, counts, done, path) in best.items():
            for kind, move in effort.moves(state).items():
                if move.state:
                    ways = effort.moved(counts, move)
                    cost = effort.cost(ways)
                    if cost > following.get(move.state, (-1,))[0]:
                        following[move.state] = (cost, ways, done + signs[kind], (*path, move.state))
        if not following:
            break
        best = following
        seen = [(cost, done, path) for cost, _, done, path in best.values()]
    for _, done, path in sorted(seen, key=lambda one: -one[0]):
        last = len(path) - 1
        for before in range(last - 1, -1, -1):
            if path[before] == path[last]:
                yield done[:before], done[before:last]
                break


def _shown(kinds: list[Ranges]) -> list[str]:
    """A character of each kind, one that prints where there is one."""
    shown = [(first, last) for first, last in ((0x61, 0x7A), (0x30, 0x39), (0x41, 0x5A), (0x20, 0x7E))]
    found: list[str] = []
    for kind in kinds:
        codes = (
            max(first, low)
            for low, high in shown
            for first, last in kind
            if max(first, low) <= min(last, high)
        )
        found.append(chr(next(codes, kind[-1][0])))
    return found
