"""What must have come before, in pieces of a fixed length each: others Python's `re` can't look for."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Final

from specwright.runtime.ecma_nodes import (
    Alternatives,
    Edge,
    Group,
    Look,
    Reference,
    Repeat,
    Sequence,
    Switch,
)

if TYPE_CHECKING:
    from specwright.runtime.ecma_nodes import Node

_MOST: Final = 64
"""Pieces; more are refused."""


def pieces(body: Node) -> tuple[Node, ...]:
    """Of the body of a lookbehind, the alternatives it is made of, those of one length together.

    Raises:
        ValueError: It has no longest length, or too many.
    """
    body = _ending(body)
    shortest, longest = width(body)
    if shortest == longest:
        return (body,)
    found: dict[int, list[Node]] = {}
    for node in _expanded(body):
        found.setdefault(width(node)[0], []).append(node)
    return tuple(
        nodes[0] if len(nodes) == 1 else Alternatives(tuple(nodes)) for _, nodes in sorted(found.items())
    )


def width(node: Node) -> tuple[int, int | None]:
    """The least and the greatest number of characters that a node takes; `None` is without end."""
    match node:
        case Edge() | Look():
            return 0, 0
        case Reference():
            return 0, None
        case Group() | Switch():
            return width(node.body)
        case Repeat():
            least, most = width(node.body)
            return least * node.least, None if most is None or (node.most is None and most) else most * (
                node.most or 0
            )
        case Sequence():
            widths = [width(item) for item in node.items]
            return sum(least for least, _ in widths), _sum([most for _, most in widths])
        case Alternatives():
            widths = [width(option) for option in node.options]
            bounded = [most for _, most in widths if most is not None]
            return min(least for least, _ in widths), max(bounded) if len(bounded) == len(widths) else None
        case _:
            return 1, 1


def _sum(widths: list[int | None]) -> int | None:
    known = [most for most in widths if most is not None]
    return sum(known) if len(known) == len(widths) else None


def _ending(node: Node) -> Node:
    """The same as the end of a text: what may begin it any number of times need not do so more often than it has to."""
    match node:
        case Sequence((first, *rest)):
            return Sequence((_ending(first), *rest))
        case Alternatives():
            return Alternatives(tuple(map(_ending, node.options)))
        case Group() if not node.atomic:
            return Group(_ending(node.body), node.number, node.name)
        case Repeat(body, least, None):
            return Repeat(body, least, least)
        case _:
            return node


def _expanded(node: Node) -> list[Node]:
    """Nodes of a fixed length, of which one fits where `node` does."""
    found: list[Node]
    match node:
        case Alternatives():
            found = [piece for option in node.options for piece in _expanded(option)]
        case Group() if not node.atomic:
            found = [Group(piece, node.number, node.name) for piece in _expanded(node.body)]
        case Switch():
            found = [Switch(piece, node.folds) for piece in _expanded(node.body)]
        case Sequence():
            found = [Sequence(())]
            for item in node.items:
                after = _expanded(item)
                if len(found) * len(after) > _MOST:
                    raise ValueError(_TOO_MANY)
                found = [Sequence((*done.items, piece)) for done, piece in product(found, after) if isinstance(done, Sequence)]  # fmt: skip
        case Repeat():
            found = _times(node)
        case _:
            found = [node]
    if len(found) > _MOST:
        raise ValueError(_TOO_MANY)
    return found


def _times(node: Repeat) -> list[Node]:
    shortest, longest = width(node.body)
    if node.most is None or longest is None or node.most > _MOST:
        raise ValueError("what must come before may have any length")
    if shortest == longest:
        return [Repeat(node.body, times, times) for times in range(node.least, node.most + 1)]
    return [
        piece
        for times in range(node.least, node.most + 1)
        for piece in _expanded(Sequence((node.body,) * times))
    ]


_TOO_MANY: Final = "what must come before may have too many lengths"
