"""Extra items: the members of an object that have no names of their own in the document.

A model has them in its field `extra`. msgspec knows no such field, so they are put there from the decoded JSON once the
model is built; only types that hold some pay for that.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Generic, TypeVar, get_args

import msgspec

from .issues import step
from .model import EXTRA
from .types import class_of
from .unions import OneOf, convert

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["ExtraDecoder", "ExtraItems", "extra_field", "fill", "holds_extra"]

T = TypeVar("T")


class ExtraItems(dict[str, T], Generic[T]):
    """Members to send beside those that a type has keys for: `{"name": "a", "extra": ExtraItems(colour="red")}`.

    They go out side by side with the others, whatever key they are given under.
    """


class ExtraDecoder:
    """Decodes a type some of whose models hold extra items."""

    __slots__ = ("_decoder",)

    def __init__(self, decoder: msgspec.json.Decoder[Any]) -> None:
        self._decoder = decoder

    def decode(self, raw: bytes) -> Any:
        """The value. `DecodeError` if the bytes are none."""
        value = self._decoder.decode(raw)
        fill(value, msgspec.json.decode(raw), _strictly)
        return value


def _strictly(rest: dict[str, Any], kind: Any, _pointer: str) -> Any:
    return convert(rest, kind)


@cache
def holds_extra(kind: Any) -> bool:
    """Whether values of a type may hold extra items, at any depth."""
    reached = set(_classes(kind))
    waiting = list(reached)
    while waiting:
        for _, _, inner in _mentions(waiting.pop()):
            waiting += inner - reached
            reached |= inner
    holding = {one for one in reached if extra_field(one) is not None}
    grown = True
    while grown:
        more = {one for one in reached - holding if any(inner & holding for _, _, inner in _mentions(one))}
        grown = bool(more)
        holding |= more
    _HOLDING.update(holding)
    return bool(holding & set(_classes(kind)))


_HOLDING: set[Any] = set()


@cache
def extra_field(kind: Any) -> msgspec.structs.FieldInfo | None:
    """The field of a model that holds its extra items; None where it has none."""
    if isinstance(kind, OneOf) or EXTRA not in kind.__struct_encode_fields__:
        return None
    return next(field for field in msgspec.structs.fields(kind) if field.encode_name == EXTRA)


def _left_over(kind: Any, value: dict[str, Any]) -> dict[str, Any]:
    """The members of `value` that a model has no field for."""
    known = kind.__struct_encode_fields__
    return {key: item for key, item in value.items() if key not in known or key == EXTRA}


def fill(value: Any, raw: Any, read: Callable[[dict[str, Any], Any, str], Any], pointer: str = "") -> None:
    """Put the extra items of `raw` into the models of `value`; `read` makes values of them, given their type and place."""
    kind = class_of(value)
    if kind is list or kind is tuple:
        for index, (item, plain) in enumerate(zip(value, raw, strict=False)):
            fill(item, plain, read, f"{pointer}/{index}")
    elif kind is dict:
        for key, item in value.items():
            fill(item, raw[key], read, f"{pointer}/{step(key)}")
    elif kind in _HOLDING:
        for name, wire in _ways(kind):
            if wire in raw:
                fill(getattr(value, name), raw[wire], read, f"{pointer}/{step(wire)}")
        field = extra_field(kind)
        if field is not None:
            rest = _left_over(kind, raw)
            value.extra = read(rest, field.type, pointer)
            fill(value.extra, rest, read, pointer)


@cache
def _ways(kind: Any) -> tuple[tuple[str, str], ...]:
    """The fields of a model through which extra items are reached: their names in Python and on the wire."""
    return tuple((name, wire) for name, wire, inner in _mentions(kind) if inner & _HOLDING and wire != EXTRA)


@cache
def _mentions(kind: Any) -> tuple[tuple[str, str, frozenset[Any]], ...]:
    """What a class is made of: names of fields in Python and on the wire, and the classes in their types."""
    if isinstance(kind, OneOf):
        return tuple(("", "", frozenset(_classes(member))) for member in kind.kinds)
    return tuple(
        (field.name, field.encode_name, frozenset(_classes(field.type)))
        for field in msgspec.structs.fields(kind)
    )


def _classes(kind: Any) -> Iterator[Any]:
    """The models and unions in a type."""
    if isinstance(kind, OneOf) or (isinstance(kind, type) and issubclass(kind, msgspec.Struct)):
        yield kind
    for part in get_args(kind):
        yield from _classes(part)
