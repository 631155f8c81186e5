"""What is said of texts and numbers, and of values that are listed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from specwright.emit.checks.spots import Spot, shown
from specwright.emit.checks.statements import If
from specwright.emit.code import code, literal, name, regex

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from specwright.emit.checks.statements import Body
    from specwright.emit.code import Code
    from specwright.plan.ir import (
        ArrayChecks,
        Checks,
        Json,
        JsonType,
        NumberChecks,
        ObjectChecks,
        Pattern,
        StringChecks,
    )

STRING: Final = (
    ("min_length", "minLength", "len({0}) < {1}", "at least {} characters"),
    ("max_length", "maxLength", "len({0}) > {1}", "at most {} characters"),
)
NUMBER: Final = (
    ("minimum", "minimum", "{0} < {1}", "at least {}"),
    ("maximum", "maximum", "{0} > {1}", "at most {}"),
    ("exclusive_minimum", "exclusiveMinimum", "{0} <= {1}", "more than {}"),
    ("exclusive_maximum", "exclusiveMaximum", "{0} >= {1}", "less than {}"),
)
"""Bounds: the field of the IR, the keyword, what is wrong, and what was expected."""

_LONGEST_NUMBER: Final = 60


def string(checks: Checks, string_: StringChecks, spot: Spot) -> Body:
    """What is said of a text."""
    body: list[If] = [*bounds(STRING, checks, string_, spot)]
    for pattern in string_.patterns:
        issue = code("mismatched({}, {}, {})", spot.at, regex(pattern.source), shown(checks, spot))
        body.append(If(code("not {}", matched(pattern, spot.item)), (spot.wrong(issue),)))
    if string_.format is not None:
        test = name(f"is_{string_.format.replace('-', '_')}")
        issue = code("malformed({}, {}, {})", spot.at, literal(string_.format), shown(checks, spot))
        body.append(If(code("not {}({})", test, spot.item), (spot.wrong(issue),)))
    return tuple(body)


def matched(pattern: Pattern, item: Code) -> Code:
    """Whether a text matches a pattern; one that `re` may take long for is left to another engine."""
    if pattern.longest is None:
        return code("matches({}, {})", regex(pattern.python), item)
    linear = regex(pattern.linear or "")
    return code(
        "matches_linear({}, {}, {}, {})", regex(pattern.python), linear, literal(pattern.longest), item
    )


def number(checks: Checks, number_: NumberChecks, spot: Spot) -> Body:
    """What is said of a number."""
    body = [*bounds(NUMBER, checks, number_, spot)]
    body += (
        If(
            code("not multiple({}, {})", spot.item, literal(unit)),
            (_beyond("multipleOf", f"a multiple of {_figure(unit)}", checks, spot),),
        )
        for unit in number_.multiple_of
    )
    return tuple(body)


def bounds(
    table: tuple[tuple[str, str, str, str], ...],
    checks: Checks,
    group: StringChecks | NumberChecks | ArrayChecks | ObjectChecks,
    spot: Spot,
) -> Iterator[If]:
    """What is said of a size or an amount."""
    for field, keyword, wrong, expected in table:
        bound = getattr(group, field)
        if bound is not None:
            issue = _beyond(keyword, _counted(expected, bound), checks, spot)
            yield If(code(wrong, spot.item, literal(bound)), (issue,))


def _beyond(keyword: str, expected: str, checks: Checks, spot: Spot) -> Code:
    return spot.wrong(
        code("beyond({}, {}, {}, {})", spot.at, literal(keyword), literal(expected), shown(checks, spot))
    )


def _counted(expected: str, bound: float) -> str:
    """What was expected, in the singular where the bound is one."""
    said = expected.format(_figure(bound))
    return said if bound != 1 else said.replace("ies", "y").removesuffix("s")


def _figure(number_: float) -> str:
    """A number as messages show it."""
    if isinstance(number_, int) and number_.bit_length() > _LONGEST_NUMBER * 4:
        return "a huge integer"
    return str(number_)


_AS_THEY_ARE: Final[frozenset[JsonType]] = frozenset({"integer", "null", "number", "string"})
"""Types of values that are equal in JSON just where they are in Python, none of which is another type's in disguise."""


def looked_up(checks: Checks) -> bool:
    """Whether a value that is of one of the types is looked up among those that are listed, with their name."""
    return checks.constant is not None and checks.types is not None and _AS_THEY_ARE.issuperset(checks.types)


def listed(checks: Checks, spot: Spot) -> If:
    """What is said of a value that is none of those that are listed."""
    values = checks.values or ()
    if checks.constant is not None and looked_up(checks):
        constant = name(checks.constant)
        return If(
            code("{} not in {}", spot.item, constant),
            (spot.wrong(code("unlisted({}, {}, {})", spot.at, constant, shown(checks, spot))),),
        )
    # What has the name of the values is without null, which is no member of an enum in Python.
    named = checks.constant is not None and None not in values
    written = name(checks.constant) if checks.constant is not None and named else literal(tuple(values))
    issue = code("unlisted({}, {}, {})", spot.at, written, shown(checks, spot))
    if named:
        return If(code("not among({}, {})", spot.item, written), (spot.wrong(issue),))
    return If(among(values, spot.item)[1], (spot.wrong(issue),))


def among(values: Sequence[Json], item: Code) -> tuple[Code, Code]:
    """Whether a value is one of several, and whether it is none: `1` is `1.0`, and no boolean is a number."""
    listed_ = literal(tuple(values))
    if not all(isinstance(value, str) for value in values):
        return code("among({}, {})", item, listed_), code("not among({}, {})", item, listed_)
    if len(values) == 1:
        return code("{} == {}", item, literal(values[0])), code("{} != {}", item, literal(values[0]))
    return code("{} in {}", item, listed_), code("{} not in {}", item, listed_)
