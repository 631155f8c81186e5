"""Models, which answers hold, and inputs, which callers send."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from specwright.plan.ir.types import Doc, Type


@dataclass(frozen=True, slots=True)
class Field:
    """An attribute of a `Struct`."""

    name: str
    wire: str
    type: Type
    required: bool
    nullable: bool
    secret: bool
    doc: Doc


@dataclass(frozen=True, slots=True)
class Struct:
    """An object with known properties. `twin` is the input type that `.as_input()` gives, if callers can send it.

    `extra` is the type of what else it may hold; None where the document does not say that it may.
    """

    name: str
    wire: str
    fields: tuple[Field, ...]
    twin: str | None
    doc: Doc
    extra: Type | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """A value of an `Enum`."""

    name: str
    value: str | int
    text: str = ""


@dataclass(frozen=True, slots=True)
class Enum:
    """A choice of texts or of integers; open in answers."""

    name: str
    wire: str
    base: Literal["str", "int"]
    members: tuple[Member, ...]
    doc: Doc


@dataclass(frozen=True, slots=True)
class Alias:
    """Another name for a type."""

    name: str
    wire: str
    type: Type
    doc: Doc


@dataclass(frozen=True, slots=True)
class Choice:
    """A type that msgspec can't decode by itself: members of one JSON type, or a type that is made of itself.

    `tag` is the property whose value tells which member is meant, and `tagged` are the values with what they mean; any
    other value means `otherwise`.
    """

    name: str
    wire: str
    type: Type
    doc: Doc
    tag: str | None = None
    tagged: tuple[tuple[str | int, str], ...] = ()
    otherwise: str | None = None


Model = Struct | Enum | Choice | Alias


@dataclass(frozen=True, slots=True)
class Key:
    """A key of an `InputDict`: the name on the wire."""

    wire: str
    type: Type
    required: bool
    nullable: bool
    doc: Doc


@dataclass(frozen=True, slots=True)
class InputDict:
    """An object as callers write it: a TypedDict."""

    name: str
    wire: str
    keys: tuple[Key, ...]
    doc: Doc


@dataclass(frozen=True, slots=True)
class InputEnum:
    """The values of `enum` that may be sent: its members, or their values written out."""

    name: str
    enum: str
    values: tuple[str | int, ...]


Input = InputDict | InputEnum | Choice | Alias
