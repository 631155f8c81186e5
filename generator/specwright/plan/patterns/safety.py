"""Whether `re` takes linear time for an expression on any text, and if not, for how long a text it takes little."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from specwright.plan.patterns.automaton import TooLarge, automaton_of
from specwright.plan.patterns.effort import LINEAR, Effort, TooMuch

if TYPE_CHECKING:
    from specwright.runtime.ecma_nodes import Node

_MOST: Final = 400
"""Positions of an automaton that is looked at."""
_HIGHEST: Final = (1, 10_000, 300, 100, 30, 10, 4, 2)
"""Counts of repeats up to which they are read as they are, and not as without end: what is quick comes first."""


def longest_of(node: Node) -> tuple[int | None, int]:
    """The number of characters up to which `re` takes a few milliseconds at most; `None` where it takes linear time.

    With it, how many automata had to be looked at after the first: what it took to tell.
    """
    effort = None
    exact = False
    attempts = -1
    for highest in _HIGHEST:
        try:
            automaton = automaton_of(node, _MOST, highest)
        except TooLarge:
            continue
        if exact and highest > 1:
            break
        exact = highest > 1
        attempts += 1
        effort = Effort(automaton)
        bound = effort.linear()
        if bound is not None and bound <= LINEAR:
            return None, attempts
    return (effort.longest(), attempts + 1) if effort else (0, 0)


def suits_re2(node: Node) -> bool:
    """Whether RE2 takes little time for an expression without what looks around it.

    It always takes linear time. But only while the states of its automaton are few does it keep them; else it goes
    through all positions for each byte.
    """
    try:
        automaton = automaton_of(node, _MOST, 1000)
        few = len(automaton.labels) <= _FEW_POSITIONS
        return few or Effort(automaton).states(_FEW_STATES) <= _FEW_STATES
    except (TooLarge, TooMuch):
        return False


_FEW_POSITIONS: Final = 5
_FEW_STATES: Final = 1000
