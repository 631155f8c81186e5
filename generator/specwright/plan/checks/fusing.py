"""How the demands of several schemas become those of one."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any, Final, TypeVar

from specwright.plan.checks.secrets import secret
from specwright.plan.ir import ArrayChecks, Checks, NumberChecks, ObjectChecks, PropertyChecks, StringChecks
from specwright.plan.keywords import plain
from specwright.runtime.values import among, comparable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from specwright.plan.ir import Json, JsonType

Group = TypeVar("Group", StringChecks, NumberChecks, ArrayChecks, ObjectChecks)

DEMANDS_NOTHING: Final = Checks()
REFUSES_ALL: Final = Checks(types=())


def both(first: Checks, second: Checks) -> Checks:
    """What a value must meet that meets both; what can't be fused stays in `all_of`."""
    if second in (DEMANDS_NOTHING, first):
        return first
    if first == DEMANDS_NOTHING:
        return second
    if first.secret != second.secret:
        first, second = secret(first), secret(second)
    rest: list[Checks] = []
    fused: dict[str, Any] = {
        "types": _types(first.types, second.types),
        "functions": _joined(first.functions, second.functions),
        "all_of": _joined(first.all_of, second.all_of),
        "choices": _joined(first.choices, second.choices),
        "none_of": _joined(first.none_of, second.none_of),
        "conditions": _joined(first.conditions, second.conditions),
        **_values(first, second),
    }
    for name in ("tagged", "marked", "typed"):
        ours, theirs = getattr(first, name), getattr(second, name)
        fused[name] = theirs if ours is None else ours
        if theirs is not None and ours not in (None, theirs):
            rest.append(Checks(**{name: theirs}))
    for name in ("string", "number", "array", "object"):
        fused[name], left = _groups(getattr(first, name), getattr(second, name))
        if left is not None:
            rest.append(Checks(**{name: left}))
    return replace(first, **{**fused, "all_of": _joined(fused["all_of"], rest)})


def _joined(first: Iterable[Any], second: Iterable[Any]) -> tuple[Any, ...]:
    found = list(first)
    found += [item for item in second if item not in found]
    return tuple(found)


def _types(
    first: tuple[JsonType, ...] | None, second: tuple[JsonType, ...] | None
) -> tuple[JsonType, ...] | None:
    if first is None or second is None:
        return second if first is None else first
    # Every integer is a number (JSON Schema Validation 2020-12, section 6.1.1).
    fused: list[JsonType] = [
        kind for kind in first if kind in second or (kind == "integer" and "number" in second)
    ]
    if "integer" in second and "number" in first and "integer" not in first:
        fused.append("integer")
    return tuple(fused)


def of_values(values: Iterable[Json]) -> Checks:
    """That a value is one of several."""
    listed = tuple(map(plain, values))
    return Checks(values=listed, alike=comparable(list(listed)))


def _values(first: Checks, second: Checks) -> dict[str, Any]:
    """The values that both list, and the constant that holds them, if one has just these."""
    if first.values is None or second.values is None:
        only = second if first.values is None else first
        return {"values": only.values, "alike": only.alike, "constant": only.constant}
    both_list = of_values(value for value in first.values if among(value, second.values))
    constants = (one.constant for one in (first, second) if one.alike == both_list.alike)
    return {"values": both_list.values, "alike": both_list.alike, "constant": next(constants, None)}


def _properties(
    first: tuple[PropertyChecks, ...], second: tuple[PropertyChecks, ...]
) -> tuple[PropertyChecks, ...]:
    found = {part.wire: part for part in first}
    for part in second:
        ours = found.get(part.wire)
        found[part.wire] = part if ours is None else _property(ours, part)
    return tuple(found.values())


def _property(first: PropertyChecks, second: PropertyChecks) -> PropertyChecks:
    refused = first.refused or second.refused
    if refused is not None:
        return PropertyChecks(first.wire, DEMANDS_NOTHING, required=False, refused=refused)
    return PropertyChecks(first.wire, both(first.checks, second.checks), first.required or second.required)


_FUSED: Final[Mapping[str, Callable[[Any, Any], Any]]] = {
    "min_length": max,
    "max_length": min,
    "patterns": _joined,
    "minimum": max,
    "maximum": min,
    "exclusive_minimum": max,
    "exclusive_maximum": min,
    "multiple_of": _joined,
    "containing": _joined,
    "unseen": _joined,
    "min_items": max,
    "max_items": min,
    "unique": lambda first, second: first or second,
    "properties": _properties,
    "others": _joined,
    "names": both,
    "together": _joined,
    "dependent": _joined,
    "min_properties": max,
    "max_properties": min,
}
"""How a field of two groups becomes one; one that is not here has to be the same in both, or stays apart."""


def _groups(first: Group | None, second: Group | None) -> tuple[Group | None, Group | None]:
    """What is demanded of a type by both, and what of the second could not be fused."""
    if first is None or second is None:
        return (second if first is None else first), None
    fused: dict[str, Any] = {}
    left: dict[str, Any] = {}
    for field in fields(second):
        ours, theirs = getattr(first, field.name), getattr(second, field.name)
        if theirs in (field.default, ours):
            continue
        if ours == field.default:
            fused[field.name] = theirs
        elif field.name in _FUSED:
            fused[field.name] = _FUSED[field.name](ours, theirs)
        else:
            left[field.name] = theirs
    if isinstance(first, ArrayChecks) and isinstance(second, ArrayChecks):
        _keep_together(first, second, fused, left)
    return replace(first, **fused), (type(second)(**left) if left else None)


def _keep_together(
    first: ArrayChecks, second: ArrayChecks, fused: dict[str, Any], left: dict[str, Any]
) -> None:
    """`items` are those behind `first`: they mean the same only where these are as many."""
    if second.items is None and not second.first:
        return
    for name in ("first", "items"):
        fused.pop(name, None)
        left.pop(name, None)
    if (first.first, first.items) == (second.first, second.items):
        return
    if first.items is None and not first.first:
        fused |= {"first": second.first, "items": second.items}
    elif len(first.first) == len(second.first):
        fused["first"] = tuple(map(both, first.first, second.first))
        fused["items"] = both(first.items or DEMANDS_NOTHING, second.items or DEMANDS_NOTHING)
    else:
        left |= {"first": second.first, "items": second.items}
