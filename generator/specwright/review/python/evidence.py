"""What tells that a type has another name now: where it was used, the other one is."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, TypeVar

from specwright.plan.ir import (
    Alias,
    Choice,
    ExtraOf,
    InputDict,
    ListOf,
    MapOf,
    Named,
    Struct,
    TupleOf,
)
from specwright.review.python.types import options

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from specwright.plan.ir import Input, Model, Operation, Type

    Thing = Model | Input
    Uses = Iterator[tuple[Type, Type]]

_Key = TypeVar("_Key")


def votes(uses: Iterable[tuple[Type, Type]], wanted: Iterable[str]) -> Mapping[str, str]:
    """For each of the old names `wanted`: the new name that stands wherever it stood; those without one are left out."""
    names = set(wanted)
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    for old, new in uses:
        for name, other in _instead(old, new):
            if name in names:
                counted[name][other] += 1
    return {name: next(iter(others)) for name, others in counted.items() if len(others) == 1}


def of_things(pairs: Iterable[tuple[Thing, Thing]]) -> Uses:
    """The types of what two things have in common, which differ."""
    for old, new in pairs:
        match old, new:
            case Struct(), Struct():
                yield from _common(
                    {field.wire: field.type for field in old.fields},
                    {field.wire: field.type for field in new.fields},
                )
            case InputDict(), InputDict():
                yield from _common(
                    {key.wire: key.type for key in old.keys}, {key.wire: key.type for key in new.keys}
                )
            case ((Alias() | Choice()), (Alias() | Choice())):
                yield old.type, new.type
            case _:
                pass


def of_operations(pairs: Iterable[tuple[Operation, Operation]]) -> Uses:
    """The types of the arguments and answers that two operations have in common."""
    for old, new in pairs:
        if old.arguments != new.arguments:
            yield from _common(
                {(item.location, item.wire): item.type for item in old.arguments},
                {(item.location, item.wire): item.type for item in new.arguments},
            )
        yield old.result, new.result
        if old.answers != new.answers:
            yield from _common(
                {answer.status: answer.type for answer in old.answers if answer.type is not None},
                {answer.status: answer.type for answer in new.answers if answer.type is not None},
            )


def _common(old: Mapping[_Key, Type], new: Mapping[_Key, Type]) -> Uses:
    for key, type_ in old.items():
        other = new.get(key)
        if other is not None and other != type_:
            yield type_, other


def _instead(old: Type, new: Type) -> Iterator[tuple[str, str]]:
    """The names that stand in a type where other ones stood."""
    match old, new:
        case Named(name), Named(other):
            if name != other:
                yield name, other
            return
        case (ListOf(one), ListOf(other)) | (MapOf(one), MapOf(other)) | (ExtraOf(one), ExtraOf(other)):
            yield from _instead(one, other)
            return
        case TupleOf(ones), TupleOf(others):
            for one, other in zip(ones, others, strict=False):
                yield from _instead(one, other)
            return
        case _:
            pass
    ones, others = options(old), options(new)
    if len(ones) == len(others) == 1:
        return
    left = [one for one in ones if one not in others]
    right = [other for other in others if other not in ones]
    if len(left) == len(right) == 1:
        yield from _instead(left[0], right[0])
