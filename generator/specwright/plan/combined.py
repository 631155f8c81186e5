"""Types that are made of types, and those of values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from specwright.plan.ir import Literals, Scalar, UnionOf
from specwright.plan.keywords import is_int64, json_type

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from specwright.plan.ir import ScalarName, Type

SCALARS: Final[Mapping[str, ScalarName]] = {
    "boolean": "bool",
    "integer": "int",
    "null": "none",
    "number": "float",
    "string": "str",
}
"""The Python type of a JSON type (JSON Schema Validation 2020-12, section 6.1.1)."""

ANY: Final = Scalar("any")
NONE: Final = Scalar("none")


def without_null(type_: Type) -> tuple[Type, bool]:
    """The type without null, and whether null was one of it."""
    match type_:
        case UnionOf(members) if NONE in members:
            return union(member for member in members if member != NONE), True
        case Scalar("any" | "none"):
            return type_, True
        case _:
            return type_, False


def union(types: Iterable[Type]) -> Type:
    """One type for all of them, each once; `any` swallows the rest."""
    types = tuple(types)
    if len(types) == 1:
        return types[0]
    flat: dict[Type, None] = {}
    for type_ in types:
        flat.update(dict.fromkeys(type_.members if isinstance(type_, UnionOf) else (type_,)))
    if ANY in flat or not flat:
        return ANY
    members = tuple(flat)
    return members[0] if len(members) == 1 else UnionOf(members)


def like(values: list[Any]) -> Type:
    """Any value that is of the type of one of them."""
    return union(Scalar(SCALARS[kind]) if kind in SCALARS else ANY for kind in map(json_type, values))


def constants(values: list[Any]) -> Type:
    """One of these values, as far as models can say so."""
    literals: list[str | int] = [value for value in values if _is_literal(value)]
    plain = tuple(dict.fromkeys((type(value), value) for value in literals))
    rest = (
        NONE if value is None else like([value]) if isinstance(value, int) else ANY
        for value in values
        if not _is_literal(value)
    )
    return union([*([Literals(tuple(value for _, value in plain))] if plain else []), *dict.fromkeys(rest)])


def _is_literal(value: Any) -> bool:
    return isinstance(value, str | bool) or is_int64(value)
