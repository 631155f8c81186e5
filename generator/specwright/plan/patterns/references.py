"""What a reference to a group stands for, at its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from specwright.runtime.ecma_nodes import Alternatives, Group, Look, Reference, Repeat, Sequence, Switch

if TYPE_CHECKING:
    from specwright.runtime.ecma_nodes import Node


class References:
    """Which groups are referred to, and how sure it is that they took part.

    A reference to a group that did not take part stands for nothing (ECMA-262, section 22.2.2.7.2), where Python's `re`
    fails. `certain` and `possible` have, by the identity of a reference, the groups that did and that may have.
    """

    def __init__(self, node: Node) -> None:
        self.used: set[int] = set()
        self.certain: dict[int, frozenset[int]] = {}
        self.possible: dict[int, frozenset[int]] = {}
        self._walk(node, frozenset(), frozenset(), behind=False)

    def _walk(  # noqa: C901 -- a case for each kind
        self, node: Node, certain: frozenset[int], possible: frozenset[int], *, behind: bool
    ) -> tuple[frozenset[int], frozenset[int]]:
        """The groups that took part, and that may have, once `node` has been passed."""
        match node:
            case Reference():
                if behind:
                    raise ValueError("a reference to a group in what must come before")
                self.certain[id(node)], self.possible[id(node)] = certain, possible
                self.used |= possible & set(node.groups)
            case Group():
                certain, possible = self._walk(node.body, certain, possible, behind=behind)
                if node.number is not None:
                    return certain | {node.number}, possible | {node.number}
            case Switch():
                return self._walk(node.body, certain, possible, behind=behind)
            case Repeat():
                after, possible = self._walk(node.body, certain, possible, behind=behind)
                return after if node.least else certain, possible
            case Look():
                inner = self._walk(node.body, certain, possible, behind=behind or not node.ahead)
                return (certain, possible) if node.negated else inner
            case Sequence():
                for item in node.items:
                    certain, possible = self._walk(item, certain, possible, behind=behind)
            case Alternatives():
                ways = [self._walk(option, certain, possible, behind=behind) for option in node.options]
                certain, possible = ways[0]
                for one, other in ways[1:]:
                    certain, possible = certain & one, possible | other
            case _:
                pass
        return certain, possible
