"""Neighbours in an expression that take each other's characters, so that a search has many ways to divide a text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from specwright.plan.patterns.sets import characters
from specwright.runtime.ecma_nodes import (
    Char,
    CharClass,
    Dot,
    Edge,
    Escape,
    Look,
    Property,
    Range,
    Repeat,
    Sequence,
)
from specwright.runtime.ecma_properties import joined, others

if TYPE_CHECKING:
    from specwright.runtime.ecma_nodes import Node
    from specwright.runtime.ecma_properties import Ranges

Set = Char | Escape | Property | CharClass | Dot
"""A part that takes one character."""


def sequence(items: list[Node]) -> Node:
    """One after the other, without sequences in the sequence."""
    flat: list[Node] = []
    for item in items:
        flat += item.items if isinstance(item, Sequence) else [item]
    return flat[0] if len(flat) == 1 else Sequence(tuple(flat))


def disentangled(items: list[Node], *, folds: bool) -> list[Node]:
    """The items of a sequence, where of two that can take the same characters one leaves them to the other."""
    flat = sequence(items)
    found: list[Node] = [*flat.items] if isinstance(flat, Sequence) else [flat]
    place = 0
    while place < len(found) - 1:
        pair = _pair(found[place], found[place + 1], folds=folds)
        if pair is not None:
            found[place : place + 2] = pair
            place = max(place - 2, 0)
            continue
        three = _three(*found[place : place + 3], folds=folds) if place < len(found) - 2 else None
        if three is not None:
            found[place : place + 3] = three
            place = max(place - 2, 0)
            continue
        place += 1
    return found


def _chars(node: Node, *, folds: bool) -> Ranges | None:
    if not isinstance(node, Set):
        return None
    return characters(node, folds=folds)


def _pair(one: Node, two: Node, *, folds: bool) -> list[Node] | None:
    """`x{2,5}y*` as `x{2}y*` and `y*x{2,5}` as `y*x{2}`, where each x is a y."""
    if not isinstance(one, Repeat) or not isinstance(two, Repeat) or "+" in {one.greed, two.greed}:
        return None
    first, second = _chars(one.body, folds=folds), _chars(two.body, folds=folds)
    if first is None or second is None:
        return None
    if two.most is None and one.most != one.least and _within(first, second):
        return [*_exactly(one.body, one.least), two]
    if one.most is None and two.most != two.least and _within(second, first):
        return [one, *_exactly(two.body, two.least)]
    return None


def _three(one: Node, two: Node, three: Node, *, folds: bool) -> list[Node] | None:
    """`x+c?z*` as `x+(?:[c but not x]z*)?` where each z is an x; `x+cz+` as `x[x but not c]*cz+` where x and c are z."""
    if not isinstance(one, Repeat) or not isinstance(three, Repeat) or "+" in {one.greed, three.greed}:
        return None
    x, z = _chars(one.body, folds=folds), _chars(three.body, folds=folds)
    if x is None or z is None or one.most is not None:
        return None
    if isinstance(two, Repeat) and (two.least, two.most) == (0, 1) and two.greed != "+" and three.least == 0:
        c = _chars(two.body, folds=folds)
        if c is not None and _within(z, x):
            rest = _minus(c, x)
            return [one, Repeat(sequence([class_of(rest), three]), 0, 1)] if rest else [one]
        return None
    c = _chars(two, folds=folds)
    if c is None or not _meets(c, x) or three.most is not None or not (_within(x, z) and _within(c, z)):
        return None
    rest = _minus(x, c)
    return [*_exactly(one.body, one.least), *([Repeat(class_of(rest), 0, None)] if rest else []), two, three]


def looked_for(items: list[Node], *, folds: bool) -> list[Node]:
    r"""The items of a sequence, where `x*word x*$` is `(?=x*word)x*$` if the word is made of what x is."""
    match items:
        case [*before, Repeat(body, _, None) as last, Edge("end") as end] if last.greed != "+":
            x = _chars(body, folds=folds)
        case _:
            return items
    word: list[Node] = []
    while (
        before
        and x is not None
        and (found := _chars(before[-1], folds=folds)) is not None
        and _within(found, x)
    ):
        word.insert(0, before.pop())
    match before:
        case [*start, Repeat(lead, _, None) as first] if (
            word and first.greed != "+" and _chars(lead, folds=folds) == x
        ):
            ahead = Look(sequence([first, *word, *_exactly(body, last.least)]), ahead=True, negated=False)
            return [*start, ahead, Repeat(body, 0, None), end]
        case _:
            return items


def _exactly(body: Node, times: int) -> list[Node]:
    return [Repeat(body, times, times)] if times > 1 else [body] * times


def class_of(ranges: Ranges) -> Char | CharClass:
    """Such characters: the one that there is, or a class from the shorter list of those in it and those that are not."""
    if len(ranges) == 1 and ranges[0][0] == ranges[0][1]:
        return Char(ranges[0][0], chr(ranges[0][0]))
    rest = others(ranges)
    listed = rest if len(rest) < len(ranges) else ranges
    items = (
        Char(first, chr(first)) if first == last else Range(Char(first, chr(first)), Char(last, chr(last)))
        for first, last in listed
    )
    return CharClass(tuple(items), negated=listed is rest)


def _minus(one: Ranges, two: Ranges) -> Ranges:
    return others(joined((*others(one), *two)))


def _within(one: Ranges, two: Ranges) -> bool:
    return not _minus(one, two)


def _meets(one: Ranges, two: Ranges) -> bool:
    return _minus(one, two) != one
