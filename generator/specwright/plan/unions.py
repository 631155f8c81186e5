"""Which unions can be decoded: what msgspec reads tells the members apart by their JSON type alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from specwright.plan.ir import ListOf, Literals, MapOf, Named, Scalar, TupleOf, UnionOf

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from specwright.plan.ir import ScalarName, Type

Group = Literal["array", "integer", "object", "string"]
"""A JSON type, of which a union may have one member."""

SCALARS: Final[Mapping[ScalarName, Group]] = {
    "bytes": "string",
    "date": "string",
    "datetime": "string",
    "decimal": "string",
    "int": "integer",
    "str": "string",
    "time": "string",
    "timedelta": "string",
    "uuid": "string",
}
"""The groups of scalars; those that are not here are told apart from everything."""


def decodable(type_: Type, group_of: Callable[[str], Group | None]) -> bool:
    """Whether a value of JSON decides which member of a union it is; `group_of` gives the groups of classes by name.

    What is of no one group decides for itself, and for that has to be alone, but for null.
    """
    if not isinstance(type_, UnionOf):
        return True
    alone = [part for part in type_.members if isinstance(part, Named) and group_of(part.name) is None]
    if alone:
        return not {*type_.members} - {alone[0], Scalar("none")}
    taken: dict[Group, Type] = {}
    return all(
        taken.setdefault(group, member) == member
        for part in type_.members
        for group, member in _groups(part, group_of)
    )


def _groups(type_: Type, group_of: Callable[[str], Group | None]) -> Iterator[tuple[Group, Type]]:
    """The groups that a member is of, each with what it is there; constants are their scalars."""
    match type_:
        case Scalar(scalar) if scalar in SCALARS:
            yield SCALARS[scalar], type_
        case Literals(values):
            if any(isinstance(value, str) for value in values):
                yield "string", Scalar("str")
            if any(isinstance(value, int) for value in values):
                yield "integer", Scalar("int")
        case ListOf() | TupleOf():
            yield "array", type_
        case MapOf():
            yield "object", type_
        case Named(name) if (group := group_of(name)) is not None:
            yield group, type_
        case _:
            return
