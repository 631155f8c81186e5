"""What is said of an array and of its items."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from specwright.emit.checks import values
from specwright.emit.checks.conditions import condition
from specwright.emit.checks.scalars import bounds
from specwright.emit.checks.statements import REFUSED, For, If, guarded
from specwright.emit.code import code, literal

if TYPE_CHECKING:
    from specwright.emit.checks.spots import Spot
    from specwright.emit.checks.statements import Body, Statement
    from specwright.emit.code import Code
    from specwright.plan.ir import ArrayChecks, Checks, Containing, SeenItems, UnseenItems

ARRAY: Final = (
    ("min_items", "minItems", "len({0}) < {1}", "at least {} items"),
    ("max_items", "maxItems", "len({0}) > {1}", "at most {} items"),
)


def array(checks: Checks, array_: ArrayChecks, spot: Spot) -> Body:
    """What is said of an array."""
    body: list[Statement] = [*bounds(ARRAY, checks, array_, spot)]
    if array_.unique:
        issue = spot.wrong(code("repeated({})", spot.at))
        body.append(If(code("not unique({})", spot.item), (issue,)))
    for position, first in enumerate(array_.first):
        variable = spot.numbered("item")
        said = values.of_value(first, spot.below(variable, f"/{position}"))
        item = code("{} = {}[{}]", variable, spot.item, literal(position))
        body += guarded(code("len({}) > {}", spot.item, literal(position)), (item, *said) if said else ())
    if array_.items is not None:
        body += _each(array_.items, spot, behind=len(array_.first))
    for containing in array_.containing:
        body += _containing(containing, spot)
    for unseen in array_.unseen:
        body += _unseen(unseen, spot)
    return tuple(body)


def _each(checks: Checks, spot: Spot, *, behind: int = 0, where: Code | None = None) -> Body:
    """What is said of each item `behind` the first ones, or of those with an index that is so."""
    index, part = spot.numbered("index"), spot.numbered("item")
    if checks.types == () and spot.tests and where is None:
        return (If(code("len({}) > {}", spot.item, literal(behind)), REFUSED),)
    said = values.of_value(checks, spot.below(part, "/", index))
    said = guarded(where, said) if where is not None else said
    if not said:
        return ()
    items = code("{}[{}:]", spot.item, literal(behind)) if behind else spot.item
    if spot.tests and where is None:
        return (For(code("{} in {}", part, items), said),)
    start = code(", {}", literal(behind)) if behind else code("")
    return (For(code("{}, {} in enumerate({}{})", index, part, items, start), said),)


def _containing(containing: Containing, spot: Spot) -> Body:
    """What is said of how many items are what is looked for."""
    part, fits = spot.numbered("item"), spot.numbered("fits")
    count = code("sum({} for {} in {})", condition(containing.checks, part), part, spot.item)
    tests = (
        [
            (
                code("{} < {}", fits, literal(containing.least)),
                "minContains" if containing.least != 1 else "contains",
            )
        ]
        if containing.least
        else []
    )
    if containing.most is not None:
        tests.append((code("{} > {}", fits, literal(containing.most)), "maxContains"))
    if not tests:
        return ()
    body: list[Statement] = [code("{} = {}", fits, count)]
    expected = _expected(containing)
    for test, keyword in tests:
        issue = code("contained({}, {}, {}, {})", spot.at, literal(keyword), literal(expected), fits)
        body.append(If(test, (spot.wrong(issue),)))
    return tuple(body)


def _expected(containing: Containing) -> str:
    if containing.most is None:
        return f"at least {containing.least}"
    return f"{containing.least} to {containing.most}" if containing.least else f"at most {containing.most}"


def _unseen(unseen: UnseenItems, spot: Spot) -> Body:
    """What is said of items that no part of the schema looks at."""
    seen = spot.numbered("seen")
    start = code("{}: set[int] = set(range({}))", seen, literal(unseen.seen.first))
    others = code("{} not in {}", spot.numbered("index"), seen)
    return (start, *_noted(unseen.seen, spot, seen), *_each(unseen.checks, spot, where=others))


def _noted(found: SeenItems, spot: Spot, seen: Code) -> Body:
    """What notes the items that are looked at beyond the first ones."""
    body: list[Statement] = []
    for checks in found.containing:
        index, part = spot.numbered("index"), spot.numbered("item")
        fitting = condition(checks, part)
        each = code("{} for {}, {} in enumerate({}) if {}", index, index, part, spot.item, fitting)
        body.append(code("{}.update({})", seen, each))
    for test, branch in found.branches:
        inner: list[Statement] = []
        if branch.every:
            inner.append(code("{}.update(range(len({})))", seen, spot.item))
        else:
            if branch.first:
                inner.append(code("{}.update(range({}))", seen, literal(branch.first)))
            inner += _noted(branch, spot, seen)
        body.append(If(condition(test, spot.item, "array"), tuple(inner)))
    return tuple(body)
