"""How things are made: what tells that one is another by a new name."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from specwright.emit.types import named
from specwright.plan.ir import (
    Alias,
    Choice,
    Enum,
    ExtraOf,
    InputDict,
    InputEnum,
    ListOf,
    Literals,
    MapOf,
    Named,
    Scalar,
    Struct,
    TupleOf,
    UnionOf,
)
from specwright.review.python.types import renamed

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator, Mapping

    from specwright.plan.ir import Input, Model, Type

    Thing = Model | Input

HALF: Final = 0.5
"""How much of what two objects have on the wire must be the same for the uses of one to speak for the other."""
FEW: Final = 2
"""Names on the wire that two objects must share for one to be taken for the other where their types differ."""


def shape(
    thing: Thing, of: Callable[[Type], Hashable], least: int = 0
) -> tuple[type, frozenset[Hashable]] | None:
    """How a class is made, of at least that many parts; None where that is too little to know it by."""
    needs = of is typed
    parts: frozenset[Hashable]
    match thing:
        case Struct(fields=fields):
            parts = frozenset((field.wire, of(field.type), needs and field.required) for field in fields)
        case InputDict(keys=keys):
            parts = frozenset((key.wire, of(key.type), needs and key.required) for key in keys)
        case Enum(members=members):
            parts = frozenset(member.value for member in members)
        case InputEnum(values=values):
            parts = frozenset(values)
        case Choice(type=UnionOf(members)):
            parts = frozenset(members)
        case _:
            return None
    return (type(thing), parts) if len(parts) >= (least or (1 if needs else FEW)) else None


def names_in(thing: Thing) -> Iterator[str]:
    """The classes and aliases that a thing names."""
    match thing:
        case Struct(fields=fields, extra=extra):
            types = [field.type for field in fields] + ([] if extra is None else [extra])
        case InputDict(keys=keys):
            types = [key.type for key in keys]
        case Alias(type=type_) | Choice(type=type_):
            types = [type_]
        case _:
            types = []
    return (part.name for type_ in types for part in named(type_))


def is_alike(old: Thing, new: Thing, share: float) -> bool:
    """Whether two things are made in the same way, and have that share of the parts of the smaller in common; 1 for all of both."""
    one, other = shape(old, anything, 1), shape(new, anything, 1)
    if one is None or other is None or one[0] is not other[0]:
        return type(old) is type(new) and isinstance(old, Alias | Choice | InputEnum) and share < 1
    shared, whole = len(one[1] & other[1]), (len(one[1]), len(other[1]))
    return shared >= (max(whole) if share == 1 else share * min(whole))


def typed(type_: Type) -> Hashable:
    """A type whose classes may go by any name."""
    match type_:
        case Named(module=module):
            return module
        case ListOf(item) | MapOf(item) | ExtraOf(item):
            return (type(type_), typed(item))
        case TupleOf(items):
            return (TupleOf, tuple(map(typed, items)))
        case UnionOf(members):
            return (UnionOf, tuple(map(typed, members)))
        case Scalar() | Literals():
            return type_


def anything(_: Type) -> Hashable:
    """Any type."""
    return None


def with_names(thing: Thing, names: Mapping[str, str]) -> Thing:
    """A class or alias whose types go by other names."""
    if not names:
        return thing

    def of(parts: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(replace(part, type=renamed(part.type, names)) for part in parts)

    match thing:
        case Struct(fields=fields):
            return replace(thing, fields=of(fields))
        case InputDict(keys=keys):
            return replace(thing, keys=of(keys))
        case Choice(type=type_) | Alias(type=type_):
            return replace(thing, type=renamed(type_, names))
        case InputEnum(enum=enum):
            return replace(thing, enum=names.get(enum, enum))
        case Enum():
            return thing
