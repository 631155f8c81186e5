"""Types, as annotations write them, and what a document says of things."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]
"""Decoded JSON."""

Direction = Literal["request", "response"]
"""Who sends a value: the caller, or the server."""

ScalarName = Literal[
    "any",
    "binary",
    "bool",
    "bytes",
    "date",
    "datetime",
    "decimal",
    "float",
    "int",
    "none",
    "str",
    "time",
    "timedelta",
    "upload",
    "uuid",
]


@dataclass(frozen=True, slots=True)
class Scalar:
    """A type of Python's own; `none` is JSON's null, `upload` a file in a body of parts, `binary` a body of bytes."""

    name: ScalarName


@dataclass(frozen=True, slots=True)
class Named:
    """A class or an alias of the generated package."""

    name: str
    module: Literal["models", "inputs"]


@dataclass(frozen=True, slots=True)
class ListOf:
    """A JSON array whose items are alike."""

    item: Type


@dataclass(frozen=True, slots=True)
class TupleOf:
    """A JSON array of a fixed length, each of whose items has a type of its own."""

    items: tuple[Type, ...]


@dataclass(frozen=True, slots=True)
class MapOf:
    """A JSON object whose keys are free and whose values are alike."""

    value: Type


@dataclass(frozen=True, slots=True)
class ExtraOf:
    """Members that callers send beside those that have keys of their own; their values are alike."""

    value: Type


@dataclass(frozen=True, slots=True)
class Literals:
    """A choice of constants."""

    values: tuple[str | int | bool, ...]


@dataclass(frozen=True, slots=True)
class UnionOf:
    """One of several types, in the order of the document."""

    members: tuple[Type, ...]


Type = Scalar | Named | ListOf | TupleOf | MapOf | ExtraOf | Literals | UnionOf


@dataclass(frozen=True, slots=True)
class Doc:
    """What the document says of a thing, in its own words, and its marks."""

    text: str = ""
    read_only: bool = False
    write_only: bool = False
    deprecated: bool = False
    default: tuple[Json, ...] = ()
    """The documented default as a tuple of one, since `None` is a default too."""


NO_DOC: Final = Doc()
