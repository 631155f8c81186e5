"""The base of what answers hold: models and open enums, and how a model becomes an input again."""

from __future__ import annotations

from enum import IntEnum, StrEnum
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar, Final, Self

import msgspec
from msgspec import UNSET

from .types import class_of

if TYPE_CHECKING:
    from collections.abc import Collection

__all__ = ["EXTRA", "Model", "OpenIntEnum", "OpenStrEnum", "as_input", "shallow"]

EXTRA: Final = "*"
"""The wire name of the field that holds extra items; no property that models can have is called so."""


class Model(msgspec.Struct, omit_defaults=True):
    """What an answer holds. Two are equal if their fields are; they can be copied and pickled."""

    __secrets__: ClassVar[tuple[str, ...]] = ()
    """The fields whose values never print."""

    def __rich_repr__(self) -> list[tuple[str, Any]]:
        """What of it prints: the fields that are there, secrets covered."""
        shown: list[tuple[str, Any]] = []
        for field in _fields(type(self)):
            value: Any = getattr(self, field.name)
            if (
                value is UNSET
                or (value is None and not field.required)
                or (field.wire == EXTRA and not value)
            ):
                continue
            covered = field.name in self.__secrets__ and value is not None
            shown.append((field.name, _COVER if covered else value))
        return shown

    def __repr__(self) -> str:
        return (
            f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in self.__rich_repr__())})"
        )


class _Cover:
    """What prints in place of a secret."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "'***'"


_COVER = _Cover()


class OpenStrEnum(StrEnum):
    """Text of which the document lists values; another value that a server sends is kept as it is.

    Such a value is a member of no name of its own: `.name` is `"_OTHER"` and `.value` the text. It equals that text.
    """

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        if not isinstance(value, str):
            return None
        member = str.__new__(cls, value)
        member._name_ = "_OTHER"
        member._value_ = str(value)
        return member


class OpenIntEnum(IntEnum):
    """An integer of which the document lists values; another value that a server sends is kept as it is.

    Such a value is a member of no name of its own: `.name` is `"_OTHER"` and `.value` the number. It equals that number.
    """

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        if not isinstance(value, int) or isinstance(value, bool):
            return None
        member = int.__new__(cls, value)
        member._name_ = "_OTHER"
        member._value_ = int(value)
        return member


class _Field(msgspec.Struct, frozen=True):
    """A field of a model: its names in Python and on the wire, and whether it has to be there."""

    name: str
    wire: str
    required: bool
    absent: Any


@cache
def _fields(model: type[msgspec.Struct]) -> tuple[_Field, ...]:
    # Defaults belong to the last fields when fields are positional, and NODEFAULT fills the rest when they are not.
    defaults = model.__struct_defaults__
    names = model.__struct_fields__
    padded = (msgspec.NODEFAULT,) * (len(names) - len(defaults)) + tuple(defaults)
    return tuple(
        _Field(name, wire, required=default is msgspec.NODEFAULT, absent=default)
        for name, wire, default in zip(names, model.__struct_encode_fields__, padded, strict=True)
    )


def as_input(model: Model, read_only: Collection[str] = ()) -> dict[str, Any]:
    """What of a model can be sent, under its wire names; values stay Python's (`datetime`, enums, …).

    Left out is what is absent (`None` where that is the default, `UNSET`) and the fields that are `read_only`, by their
    Python names. Models in it are turned by their own `as_input`, where they have one.
    """
    return {wire: input_of(value) for wire, value in shallow(model, read_only).items()}


def shallow(model: Model, left_out: Collection[str] = ()) -> dict[str, Any]:
    """The members of a model under their wire names, extra items among them, without what is absent.

    `left_out` are fields by their Python names. The values are as the model has them.
    """
    kind = class_of(model)
    config = kind.__struct_config__
    given: dict[str, Any] = {}
    if config.tag_field is not None:
        given[config.tag_field] = config.tag
    for field in _fields(kind):
        value: Any = getattr(model, field.name)
        if value is UNSET or (value is None and field.absent is None) or field.name in left_out:
            continue
        if field.wire == EXTRA:
            given.update(getattr(model, field.name))
        else:
            given[field.wire] = value
    return given


def input_of(value: Any) -> Any:
    """A value as `as_input` has it: models in it, at any depth of lists and dicts, are turned."""
    if isinstance(value, Model):
        own = getattr(type(value), "as_input", None)
        return own(value) if callable(own) else as_input(value)
    kind = class_of(value)
    if kind is list or kind is tuple:
        return [input_of(item) for item in value]
    if kind is dict:
        return {key: input_of(item) for key, item in value.items()}
    return value
