"""The same expression, for searches, in a form that a search by backtracking has fewer ways through.

Each rule keeps the set of texts in which something is found; what groups capture is lost, so that expressions with
references are left as they are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from specwright.plan.patterns.language import Proofs
from specwright.plan.patterns.lookbehind import width
from specwright.plan.patterns.neighbours import Set, class_of, disentangled, looked_for, sequence
from specwright.plan.patterns.sets import ranges_of
from specwright.runtime.ecma_nodes import (
    Alternatives,
    Char,
    CharClass,
    Dot,
    Escape,
    Group,
    Look,
    Property,
    Repeat,
    Sequence,
    Switch,
)
from specwright.runtime.ecma_properties import joined

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from specwright.runtime.ecma_nodes import Node


def rewritten(node: Node) -> Node:
    """An expression that is found in the same texts, where `node` has no references."""
    node = _simpler(node, Proofs(), folds=False)
    return _from_the_right(_from_the_left(node))


# --- where a search begins and ends -----------------------------------------------------------------------------


def _from_the_left(node: Node) -> Node:
    """What begins with a repeat is found where the least of it is: a later start will do."""
    match node:
        case Alternatives():
            return Alternatives(tuple(map(_from_the_left, node.options)))
        case Group() if not node.atomic:
            return _group(_from_the_left(node.body))
        case Switch():
            return Switch(_from_the_left(node.body), node.folds)
        case Repeat() if node.greed != "+":
            return _least(node, _from_the_left)
        case Sequence((first, *rest)):
            start = _from_the_left(first)
            if start == Sequence(()):
                return _from_the_left(Sequence(tuple(rest)))
            return sequence([start, *rest])
        case _:
            return node


def _from_the_right(node: Node) -> Node:
    """What ends with a repeat is found where the least of it is: an earlier end will do."""
    match node:
        case Alternatives():
            return Alternatives(tuple(map(_from_the_right, node.options)))
        case Group() if not node.atomic:
            return _group(_from_the_right(node.body))
        case Switch():
            return Switch(_from_the_right(node.body), node.folds)
        case Repeat() if node.greed != "+":
            return _least(node, _from_the_right)
        case Sequence((*rest, last)):
            end = _from_the_right(last)
            if end == Sequence(()):
                return _from_the_right(Sequence(tuple(rest)))
            return sequence([*rest, end])
        case _:
            return node


def _least(node: Repeat, further: Callable[[Node], Node]) -> Node:
    if node.least == 0:
        return Sequence(())
    if node.least == 1:
        return further(node.body)
    return Repeat(node.body, node.least, node.least)


# --- within ------------------------------------------------------------------------------------------------------


def _simpler(node: Node, proofs: Proofs, *, folds: bool) -> Node:
    """The same language, part by part, from the inside out."""
    match node:
        case Alternatives():
            return Alternatives(tuple(_simpler(option, proofs, folds=folds) for option in node.options))
        case Group():
            body = _simpler(node.body, proofs, folds=folds)
            return Group(body, atomic=True) if node.atomic else _group(body)
        case Switch():
            return Switch(_simpler(node.body, proofs, folds=node.folds), node.folds)
        case Look():
            return (
                Look(_simpler(node.body, proofs, folds=folds), node.ahead, node.negated)
                if node.ahead
                else node
            )
        case Repeat():
            body = _simpler(node.body, proofs, folds=folds)
            repeat = Repeat(body, node.least, node.most, node.greed, node.text)
            # Where case does not count, sets are others than they are written.
            return repeat if folds else _flat_repeat(repeat, proofs)
        case Sequence():
            items = [_simpler(item, proofs, folds=folds) for item in node.items]
            return sequence(looked_for(disentangled(items, folds=folds), folds=folds))
        case _:
            return node


def _group(body: Node) -> Node:
    return Group(body) if isinstance(body, Alternatives) else body


def _flat_repeat(node: Repeat, proofs: Proofs) -> Node:
    """A repeat of repeats, as one that has but one way to be met: the first of some forms that is proven to be the same."""
    if node.greed == "+" or isinstance(node.body, Set):
        return node
    return next(
        (form for form in _forms(node) if form != node and proofs.same(_counted_as(node), form)), node
    )


def _counted_as(node: Repeat) -> Repeat:
    # What is the same once or twice is so any number of times.
    return Repeat(node.body, min(node.least, 1), None if node.most is None else 2) if node.least < 2 else node  # noqa: PLR2004


def _forms(node: Repeat) -> Iterator[Node]:
    """Simpler forms that a repeat may be the same as."""
    body = node.body
    once = body if node.least else Repeat(body, 0, 1)
    if node.most is None:
        everything = class_of(joined(part for item in _sets(body) for part in ranges_of(item)))
        least = node.least * width(body)[0]
        yield from (Repeat(everything, number, None) for number in dict.fromkeys((least, 0, 1)))
    elif node.least > 1 or node.most <= 1:
        return
    yield once
    if node.most is None:
        if isinstance(body, Alternatives | Group):
            yield Repeat(_without_repeats(body), node.least, None, node.greed, node.text)
        if isinstance(body, Sequence) and len(body.items) == 2:  # noqa: PLR2004
            yield from _separated(body.items[0], body.items[1], node.least)


def _separated(first: Node, second: Node, least: int) -> Iterator[Node]:
    """`(a+b?)*` as `(a+(ba+)*b?)?`, and `(b?a+)*` as `(b?a+(ba+)*)?`."""
    for main, mark, leads in ((first, second, False), (second, first, True)):
        if isinstance(mark, Repeat) and (mark.least, mark.most) in {(0, 1), (0, None)}:
            sign = mark.body if mark.most else Repeat(mark.body, 1, None)
            rest = Repeat(sequence([sign, main]), 0, None)
            whole = sequence([mark, main, rest] if leads else [main, rest, mark])
            yield whole if least else Repeat(whole, 0, 1)


def _without_repeats(node: Node) -> Node:
    match node:
        case Group():
            return _group(_without_repeats(node.body))
        case Alternatives():
            return Alternatives(tuple(map(_without_repeats, node.options)))
        case Repeat(body, least, None) if least <= 1:
            return body
        case _:
            return node


def _sets(node: Node) -> Iterator[Set]:
    match node:
        case Group() | Repeat() | Switch():
            yield from _sets(node.body)
        case Sequence():
            for item in node.items:
                yield from _sets(item)
        case Alternatives():
            for option in node.options:
                yield from _sets(option)
        case Char() | Escape() | Property() | CharClass() | Dot():
            yield node
        case _:
            pass
