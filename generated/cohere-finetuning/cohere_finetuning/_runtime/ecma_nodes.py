"""What a regular expression of ECMA-262 is made of: the tree that `ecma.parse` returns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

__all__ = [
    "Alternatives",
    "Char",
    "CharClass",
    "Dot",
    "Edge",
    "EdgeKind",
    "Escape",
    "Greed",
    "Group",
    "Item",
    "Look",
    "Node",
    "Property",
    "Range",
    "Reference",
    "Repeat",
    "Sequence",
    "Switch",
]  # fmt: skip

EdgeKind: TypeAlias = Literal["start", "end", "line-start", "line-end", "word", "no-word"]
Greed: TypeAlias = Literal["", "?", "+"]
"""How much a repeat takes: all it can, as little as it can, or all without giving back (which is no ECMA-262)."""


@dataclass(frozen=True, slots=True)
class Char:
    """One code point; `text` is how it is written."""

    code: int
    text: str


@dataclass(frozen=True, slots=True)
class Range:
    """All code points from `first` to `last`, in a class."""

    first: Char
    last: Char


@dataclass(frozen=True, slots=True)
class Escape:
    """A set with a name of one letter: `d`, `D`, `s`, `S`, `w`, `W` (section 22.2.2.9); of other dialects `h`, or a POSIX class."""

    name: str


@dataclass(frozen=True, slots=True)
class Property:
    r"""What Unicode calls `name` (section 22.2.1, UnicodePropertyValueExpression): `\p{Lu}`, or `\P{Lu}` for the others."""

    name: str
    negated: bool


Item: TypeAlias = Char | Range | Escape | Property


@dataclass(frozen=True, slots=True)
class CharClass:
    """One of the characters in brackets, or one that is none of them."""

    items: tuple[Item, ...]
    negated: bool


@dataclass(frozen=True, slots=True)
class Dot:
    """Any character; `lines` says whether those that end a line are among them (the flag `s`)."""

    lines: bool


@dataclass(frozen=True, slots=True)
class Edge:
    """A place between two characters."""

    kind: EdgeKind


@dataclass(frozen=True, slots=True)
class Reference:
    """The text that a group matched; `groups` are the numbers of those that it may mean."""

    groups: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """What is in parentheses: with a `number` if it captures, and maybe a `name`.

    `atomic` gives nothing back that it took, which is no ECMA-262.
    """

    body: Node
    number: int | None = None
    name: str | None = None
    atomic: bool = False


@dataclass(frozen=True, slots=True)
class Switch:
    """A group in which letters of both cases are the same, or no longer are (the modifier `i`)."""

    body: Node
    folds: bool


@dataclass(frozen=True, slots=True)
class Look:
    """What must come next, or must have come before; or must not."""

    body: Node
    ahead: bool
    negated: bool


@dataclass(frozen=True, slots=True)
class Repeat:
    """`body` from `least` to `most` times; `None` is without end. `text` is how that is written, where it is."""

    body: Node
    least: int
    most: int | None
    greed: Greed = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Sequence:
    """One after the other."""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Alternatives:
    """The first that fits."""

    options: tuple[Node, ...]


Node: TypeAlias = (
    Char
    | Escape
    | Property
    | CharClass
    | Dot
    | Edge
    | Reference
    | Group
    | Switch
    | Look
    | Repeat
    | Sequence
    | Alternatives
)
