"""A value in a validator: how it is read, tested and told of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from specwright.emit.code import Code, code, fstring, literal, name
from specwright.plan.ir import TESTS as FITS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from specwright.plan.ir import Checks, JsonType

TESTS: Final[Mapping[JsonType, tuple[str, str]]] = {
    "array": ("{0}.__class__ is list", "{0}.__class__ is not list"),
    "boolean": ("{0}.__class__ is bool", "{0}.__class__ is not bool"),
    "integer": ("{0}.__class__ is int or integral({0})", "{0}.__class__ is not int and not integral({0})"),
    "null": ("{0} is None", "{0} is not None"),
    "number": (
        "{0}.__class__ is int or {0}.__class__ is float",
        "{0}.__class__ is not int and {0}.__class__ is not float",
    ),
    "object": ("{0}.__class__ is dict", "{0}.__class__ is not dict"),
    "string": ("{0}.__class__ is str", "{0}.__class__ is not str"),
}
"""Whether a value is of a type, and whether it is not. A bool is no number; `1.0` is an integer (`integral`)."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A value in a validator: the expression it is read by, its pointer (texts and expressions), and how deep it is.

    Where a validator only tests, nothing is told of what is wrong.
    """

    item: Code
    pointer: tuple[str, ...] = ()
    depth: int = 0
    tests: bool = False

    @property
    def at(self) -> Code:
        """The pointer as an expression."""
        return fstring(self.pointer)

    def below(self, item: Code, *steps: str) -> Spot:
        """A part of the value."""
        return Spot(item, (*self.pointer, *steps), self.depth + 1, self.tests)

    def numbered(self, word: str) -> Code:
        """A variable for a part of the value: `item`, below that `item2` …."""
        return name(word if not self.depth else f"{word}{self.depth + 1}")

    def wrong(self, issue: Code) -> Code:
        """The statement that adds an issue."""
        return code("return False") if self.tests else code("issues.append({})", issue)

    def all_wrong(self, issues: Code) -> Code:
        """The statement that adds several issues."""
        return code("return False") if self.tests else code("issues += {}", issues)


def fits(function: str, item: Code) -> Code:
    """Whether a value is what a validator asks for."""
    return code("{}({})", name(f"{function}{FITS}"), item)


def is_of(kind: JsonType, item: Code, *, holds: bool = True) -> Code:
    """Whether a value is of a type; or, where it `holds` not, whether it is of another."""
    return code(TESTS[kind][0 if holds else 1], item)


def wrong_type(checks: Checks, spot: Spot) -> Code:
    """The issue of a value that is of another type than it has to be."""
    return code(
        "expected({}, {}, {})", spot.at, literal(" or ".join(checks.types or ())), shown(checks, spot)
    )


def shown(checks: Checks, spot: Spot) -> Code:
    """The value as messages may show it: of a secret, no more than its type."""
    return code("hidden({})", spot.item) if checks.secret else spot.item
