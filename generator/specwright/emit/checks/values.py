"""What is said of a value: its type, the values that are listed, and what it is tried for."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from specwright.emit.checks import arrays, choices, objects, scalars
from specwright.emit.checks.conditions import condition
from specwright.emit.checks.spots import Spot, fits, is_of, shown, wrong_type
from specwright.emit.checks.statements import REFUSED, If, guarded
from specwright.emit.code import code, name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specwright.emit.checks.statements import Body, Statement
    from specwright.plan.ir import Checks, JsonType


def of_value(checks: Checks, spot: Spot, known: JsonType | None = None) -> Body:
    """What adds every issue of the value at `spot`, which is of the type `known` if that is given."""
    if checks.types == ():
        return (spot.wrong(code("forbidden({}, {})", spot.at, shown(checks, spot))),)
    body: list[Statement] = [*_by_kind(checks, spot, known)]
    if checks.values is not None and not scalars.looked_up(checks):
        body.append(scalars.listed(checks, spot))
    if checks.typed is not None:
        body += choices.by_type(checks.typed, checks, spot)
    for function in checks.functions:
        body += called(function, checks, spot)
    for part in checks.all_of:
        body += of_value(part, spot, still(part, known))
    body += (choices.tried(choice, checks, spot, known) for choice in checks.choices)
    body += _refused(checks, spot, known)
    body += _conditions(checks, spot, known)
    return tuple(body)


def _by_kind(checks: Checks, spot: Spot, known: JsonType | None) -> Body:
    """What is said of a value of each type."""
    if known is not None:
        return _of_kind(known, checks, spot)
    if checks.types is not None:
        return _typed(checks, spot)
    said = (guarded(is_of(kind, spot.item), _of_kind(kind, checks, spot)) for kind in _spoken(checks))
    return tuple(chain.from_iterable(said))


def _spoken(checks: Checks) -> Iterator[JsonType]:
    groups: tuple[tuple[JsonType, object], ...] = (
        ("string", checks.string), ("number", checks.number), ("array", checks.array),
        ("object", checks.object or checks.tagged or checks.marked),
    )  # fmt: skip
    return (kind for kind, group in groups if group is not None)


def _typed(checks: Checks, spot: Spot) -> Body:
    """A branch for each type that has more to be said of, and the issue where none of them fits."""
    kinds: list[JsonType] = [
        kind for kind in checks.types or () if not (kind == "integer" and "number" in (checks.types or ()))
    ]
    said: list[tuple[JsonType, Body]] = [(kind, _of_kind(kind, checks, spot)) for kind in kinds]
    return choices.branches(
        [(is_of(kind, spot.item), is_of(kind, spot.item, holds=False), body) for kind, body in said],
        spot.wrong(wrong_type(checks, spot)),
    )


def _of_kind(kind: JsonType, checks: Checks, spot: Spot) -> Body:
    """What more is said of values of one type."""
    body: Body = ()
    if (
        checks.values is not None
        and scalars.looked_up(checks)
        and not (kind == "null" and None in checks.values)
    ):
        body = (scalars.listed(checks, spot),)
    match kind:
        case "string" if checks.string is not None:
            return body + scalars.string(checks, checks.string, spot)
        case "number" | "integer" if checks.number is not None:
            return body + scalars.number(checks, checks.number, spot)
        case "array" if checks.array is not None:
            return body + arrays.array(checks, checks.array, spot)
        case "object":
            return body + _of_object(checks, spot)
        case _:
            return body


def _of_object(checks: Checks, spot: Spot) -> Body:
    """What more is said of an object: of its properties, and by which of them tells alternatives apart."""
    body: Body = () if checks.object is None else objects.object_(checks, checks.object, spot)
    if checks.tagged is not None:
        body += choices.by_tag(checks.tagged, checks, spot)
    if checks.marked is not None:
        body += choices.by_property(checks.marked, checks, spot)
    return body


def called(function: str, checks: Checks, spot: Spot) -> Body:
    """What adds the issues that another validator lists."""
    if spot.tests:
        return (If(code("not {}", fits(function, spot.item)), REFUSED),)
    told = "covered({})" if checks.secret else "{}"
    call = code("{}({})", name(function), spot.item)
    if not spot.pointer:
        return (code("issues += {}", code(told, call)),)
    return (
        If(code("found := {}", call), (code("issues += below({}, {})", spot.at, code(told, name("found"))),)),
    )


def _refused(checks: Checks, spot: Spot, known: JsonType | None) -> Iterator[If]:
    for part in checks.none_of:
        issue = code("forbidden({}, {})", spot.at, shown(checks, spot))
        yield If(condition(part, spot.item, known), (spot.wrong(issue),))


def _conditions(checks: Checks, spot: Spot, known: JsonType | None) -> Iterator[If]:
    for part in checks.conditions:
        then = () if part.then is None else of_value(part.then, spot, still(part.then, known))
        otherwise = (
            () if part.otherwise is None else of_value(part.otherwise, spot, still(part.otherwise, known))
        )
        if then:
            yield If(condition(part.test, spot.item, known), then, otherwise)
        elif otherwise:
            yield If(condition(part.test, spot.item, known, holds=False), otherwise)


def still(checks: Checks, known: JsonType | None) -> JsonType | None:
    """The type of a value that is known to be `known`, where what more is said speaks of no other type."""
    return (
        known
        if known is not None and checks.types in {None, (known,)} and not _others(checks, known)
        else None
    )


def _others(checks: Checks, known: JsonType) -> bool:
    return any(kind != known for kind in _spoken(checks) if {kind, known} != {"integer", "number"})
