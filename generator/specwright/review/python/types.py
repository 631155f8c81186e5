"""How two types compare: which values each allows, as type checkers and Python itself see it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

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

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from specwright.plan.ir import Argument, Field, Input, Key, Model, ScalarName, Type

Comparison = Literal["same", "narrowed", "widened", "changed"]
"""What became of the values that a type allows: they are the same, fewer, more, or others."""

Side = Literal["models", "inputs"]
"""Whether values are read or given."""

NONE: Final = Scalar("none")
ANY: Final = Scalar("any")
UNSET: Final = Named("UnsetType", "models")
"""What a field is that may be null and is absent; nothing of a document is called so."""

NARROWER: Final[frozenset[tuple[ScalarName, ScalarName]]] = frozenset(
    {
        ("int", "float"),  # PEP 484, "The numeric tower"
        ("bool", "int"),
        ("bool", "float"),
        ("datetime", "date"),
        ("bytes", "binary"),
        ("bytes", "upload"),
    }
)
"""Pairs of scalars, the first of which may stand wherever the second is expected."""

_RAW: Final[frozenset[ScalarName]] = frozenset({"any", "bool", "float", "int", "none", "str"})
"""Scalars that are in Python what they are in JSON."""


def united(types: Iterable[Type]) -> Type:
    """One type for all of them, each once."""
    flat: dict[Type, None] = {}
    for type_ in types:
        flat.update(dict.fromkeys(type_.members if isinstance(type_, UnionOf) else (type_,)))
    members = tuple(flat)
    return members[0] if len(members) == 1 else UnionOf(members)


def read(field: Field) -> Type:
    """What reading a field gives."""
    absent = field.nullable or not field.required
    if not absent:
        return field.type
    return united([field.type, NONE] if field.required or not field.nullable else [field.type, NONE, UNSET])


def given(type_: Type, *, nullable: bool) -> Type:
    """What may be given, where null may be given too."""
    return united([type_, NONE]) if nullable else type_


def known_as(item: Key | Argument) -> str:
    """What a key or an argument is known by on the wire; all further ones by one name."""
    return "*" if isinstance(item.type, ExtraOf) else item.wire


def options(type_: Type) -> tuple[Type, ...]:
    """What a type is a union of; itself, where it is none."""
    match type_:
        case UnionOf(members):
            return tuple(part for member in members for part in options(member))
        case Literals(values):
            return tuple(Literals((value,)) for value in values)
        case _:
            return (type_,)


def renamed(type_: Type, names: Mapping[str, str]) -> Type:
    """The type with the classes in it by other names; those that `names` lacks keep theirs."""
    match type_:
        case Named(name, module):
            other = names.get(name)
            return type_ if other is None else Named(other, module)
        case ListOf(item):
            return ListOf(renamed(item, names))
        case MapOf(value):
            return MapOf(renamed(value, names))
        case ExtraOf(value):
            return ExtraOf(renamed(value, names))
        case TupleOf(items):
            return TupleOf(tuple(renamed(item, names) for item in items))
        case UnionOf(members):
            return UnionOf(tuple(renamed(member, names) for member in members))
        case Scalar() | Literals():
            return type_


class Relation:
    """Which types may stand for which. `things` are the classes and aliases that types name, of both packages.

    Those of the old package that are there in the new one go by its names, and are the same, whatever became of what
    is in them: that is a change of its own. `gone` are the names of the others; of these only their fields count.
    """

    def __init__(self, things: Mapping[str, Model | Input], gone: frozenset[str]) -> None:
        self._things = things
        self._gone = gone
        self._open: set[tuple[Type, Type, Side]] = set()

    def compare(self, old: Type, new: Type, side: Side) -> Comparison:
        """What became of the values that the old type allows."""
        if old == new:
            return "same"
        forth, back = self.fits(old, new, side), self.fits(new, old, side)
        if forth:
            return "same" if back else "widened"
        return "narrowed" if back else "changed"

    def fits(self, value: Type, target: Type, side: Side) -> bool:
        """Whether every value of one type may stand where another is expected."""
        if value == target:
            return True
        step = (value, target, side)
        if step in self._open:
            return True  # types made of themselves: nothing has spoken against it so far
        self._open.add(step)
        try:
            return self._fits(value, target, side)
        finally:
            self._open.remove(step)

    def _fits(self, value: Type, target: Type, side: Side) -> bool:
        if target == ANY:
            # What answers hold is not made into Python's values where anything may be.
            return side == "inputs" or self._is_raw(value)
        if value == ANY:
            return False
        if (parts := self._parts(value)) != (value,):
            return all(self.fits(part, target, side) for part in parts)
        if (parts := self._parts(target)) != (target,):
            return any(self.fits(value, part, side) for part in parts)
        return self._fits_alone(value, target, side)

    def _fits_alone(self, value: Type, target: Type, side: Side) -> bool:
        match value, target:
            case Scalar(one), Scalar(other):
                return (one, other) in NARROWER
            case Literals((constant,)), Scalar(other):
                kind = type(constant).__name__
                return kind == other or (kind, other) in NARROWER
            case Literals((constant,)), Literals((other,)):
                return type(constant) is type(other) and constant == other
            case (ListOf(one), ListOf(other)) | (MapOf(one), MapOf(other)) | (ExtraOf(one), ExtraOf(other)):
                return self.fits(one, other, side)
            case TupleOf(items), TupleOf(others) if len(items) == len(others):
                return all(self.fits(one, other, side) for one, other in zip(items, others, strict=True))
            case TupleOf(items), ListOf(other) if side == "inputs":
                return all(self.fits(item, other, side) for item in items)
            case Named(name), _:
                return self._named_fits(self._things.get(name), target, side)
            case _:
                return False

    def _named_fits(self, thing: Model | Input | None, target: Type, side: Side) -> bool:
        match thing, target:
            case Enum(base=base), Scalar(other):
                return base == other or (base, other) in NARROWER
            case Enum(), Named(name):
                return self._enum_fits(thing, self._things.get(name))
            case Struct(), Named(name):
                return self._struct_fits(thing, self._things.get(name))
            case InputDict(), Named(name):
                return self._dict_fits(thing, self._things.get(name))
            case InputDict(keys=keys), MapOf(other):
                return all(self.fits(given(key.type, nullable=key.nullable), other, side) for key in keys)
            case _:
                return False

    def _enum_fits(self, value: Enum, target: Model | Input | None) -> bool:
        """Whether an enum can be read as another, one of which is gone: both are open, so any member may be in either."""
        gone = isinstance(target, Enum) and bool({value.name, target.name} & self._gone)
        return gone and isinstance(target, Enum) and value.base == target.base

    def _struct_fits(self, value: Struct, target: Model | Input | None) -> bool:
        """Whether a model can be read as another, one of which is gone: by its fields alone."""
        if not isinstance(target, Struct) or not {value.name, target.name} & self._gone:
            return False
        fields = {field.name: field for field in value.fields}
        return all(
            field.name in fields and self.fits(read(fields[field.name]), read(field), "models")
            for field in target.fields
        )

    def _dict_fits(self, value: InputDict, target: Model | Input | None) -> bool:
        """Whether what fits one TypedDict fits another."""
        if not isinstance(target, InputDict):
            return False
        keys = {known_as(key): key for key in target.keys}
        needed = {name for name, key in keys.items() if key.required}
        always = {known_as(key) for key in value.keys if key.required}
        return needed <= always and all(
            known_as(key) in keys and self._key_fits(key, keys[known_as(key)]) for key in value.keys
        )

    def _key_fits(self, value: Key, target: Key) -> bool:
        return self.fits(
            given(value.type, nullable=value.nullable), given(target.type, nullable=target.nullable), "inputs"
        )

    def _parts(self, type_: Type) -> tuple[Type, ...]:
        """What a type is a union of; aliases, choices and the values of enums are what they stand for."""
        if isinstance(type_, Named):
            match self._things.get(type_.name):
                case Alias(type=content) | Choice(type=content):
                    return options(content)
                case InputEnum(enum=enum, values=values):
                    return (Named(enum, "models"), *options(Literals(values)))
                case _:
                    return (type_,)
        parts = options(type_)
        return parts if len(parts) > 1 else (type_,)

    def _is_raw(self, type_: Type) -> bool:
        """Whether values are in Python what they are in JSON."""
        match type_:
            case Scalar(scalar):
                return scalar in _RAW
            case ListOf(item) | MapOf(item):
                return self._is_raw(item)
            case UnionOf(members):
                return all(map(self._is_raw, members))
            case Named(name):
                thing = self._things.get(name)
                return isinstance(thing, Enum) or (isinstance(thing, Alias) and self._is_raw(thing.type))
            case Literals():
                return True
            case _:
                return False
