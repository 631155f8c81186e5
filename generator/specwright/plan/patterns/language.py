"""Whether two expressions are met by the same texts, as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from specwright.plan.patterns.automaton import TooLarge, automaton_of
from specwright.plan.patterns.effort import kinds
from specwright.runtime.ecma_nodes import Alternatives, Edge, Group, Look, Reference, Repeat, Sequence, Switch

if TYPE_CHECKING:
    from specwright.plan.patterns.automaton import Automaton
    from specwright.runtime.ecma_nodes import Node

_PROOFS: Final = 50
_POSITIONS: Final = 100
_STATES: Final = 150
_EXACT: Final = 2**32


class Proofs:
    """Proofs that expressions are met by the same texts: only so many, as each takes time."""

    def __init__(self) -> None:
        self._left = _PROOFS

    def same(self, one: Node, other: Node) -> bool:
        """Whether two expressions are known to be met by the same texts."""
        self._left -= 1
        if self._left < 0 or not (_is_plain(one) and _is_plain(other)):
            return False
        try:
            automata = [automaton_of(node, _POSITIONS, _EXACT) for node in (one, other)]
        except (TooLarge, ValueError):
            return False
        return _agree(*automata)


def _is_plain(node: Node) -> bool:
    """Whether an expression takes characters, and asks nothing of what is around them."""
    match node:
        case Edge() | Look() | Reference() | Switch():
            return False
        case Group():
            return not node.atomic and _is_plain(node.body)
        case Repeat():
            return node.greed != "+" and _is_plain(node.body)
        case Sequence():
            return all(map(_is_plain, node.items))
        case Alternatives():
            return all(map(_is_plain, node.options))
        case _:
            return True


_Pair = tuple[frozenset[int] | None, frozenset[int] | None]
"""Where each of two automata is; `None` is before the first character."""


def _agree(one: Automaton, other: Automaton) -> bool:
    """Whether no text leads one automaton to an end and the other not (the subset construction of both at once)."""
    starts = [kind[0][0] for kind in kinds((*one.labels, *other.labels))]
    start: _Pair = (None, None)
    seen: set[_Pair] = {start}
    waiting: list[_Pair] = [start]
    while waiting:
        left, right = waiting.pop()
        if _ends(one, left) != _ends(other, right):
            return False
        for code in starts:
            following = (_after(one, left, code), _after(other, right, code))
            if following not in seen:
                if len(seen) > _STATES:
                    return False
                seen.add(following)
                waiting.append(following)
    return True


def _ends(automaton: Automaton, state: frozenset[int] | None) -> bool:
    return automaton.starts_settled if state is None else bool(state & automaton.settled)


def _after(automaton: Automaton, state: frozenset[int] | None, code: int) -> frozenset[int]:
    targets = (
        automaton.first if state is None else {target for one in state for target in automaton.ways[one]}
    )
    return frozenset(
        target for target in targets if any(low <= code <= high for low, high in automaton.labels[target])
    )
