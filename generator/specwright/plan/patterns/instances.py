"""Texts that a regular expression is found in, for examples."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from specwright.runtime.ecma import parse
from specwright.runtime.ecma_nodes import (
    Alternatives,
    Char,
    CharClass,
    Dot,
    Escape,
    Group,
    Property,
    Range,
    Reference,
    Repeat,
    Sequence,
    Switch,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from specwright.runtime.ecma_nodes import Item, Node

_MORE: Final = (0, 1, 2, 4, 8, 16, 32)
"""How often what may be repeated is, beyond what it has to be."""
_LONGEST: Final = 2_000
"""Characters of a text; a pattern may ask for more, and then has none."""
_OF: Final[Mapping[str, str]] = {"d": "1", "D": "a", "s": " ", "S": "a", "w": "a", "W": "-", "h": " "}
"""A character of each set that has a name."""
_USUAL: Final = "aA1-_. /:é"
"""Characters that are tried where all but some may stand."""
_LETTERS: Final = {"L": "a", "Lu": "A", "Lt": "\u01c5", "N": "1", "Nd": "1", "P": ".", "Z": " ", "Zs": " "}
"""Characters with a property."""


def texts(source: str) -> Iterator[str]:
    """Texts that a pattern is likely found in, the shortest first; what must not be there (`(?!…)`) is not looked at.

    There are none where it is no pattern.
    """
    try:
        node = parse(source, "lenient").node
    except ValueError:
        return
    for option in (0, 1):
        for more in _MORE:
            try:
                yield _Writer(more, option).text(node)
            except (OverflowError, RecursionError):
                break


class _Writer:
    """Writes a text for a tree; of alternatives it takes the one that `option` says."""

    def __init__(self, more: int, option: int) -> None:
        self._more = more
        self._option = option
        self._groups: dict[int, str] = {}
        self._left = _LONGEST

    def text(self, node: Node) -> str:
        """A text; `OverflowError` if that is too long."""
        match node:
            case Sequence():
                return "".join(map(self.text, node.items))
            case Alternatives():
                return self.text(node.options[min(self._option, len(node.options) - 1)])
            case Group():
                inner = self.text(node.body)
                if node.number is not None:
                    self._groups[node.number] = inner
                return inner
            case Switch():
                return self.text(node.body)
            case Repeat():
                most = node.least + self._more if node.most is None else node.most
                return "".join(self.text(node.body) for _ in range(min(node.least + self._more, most)))
            case Reference():
                return next((self._groups[each] for each in node.groups if each in self._groups), "")
            case Char() | Escape() | Property() | CharClass() | Dot():
                self._left -= 1
                if self._left < 0:
                    raise OverflowError("a text that is too long")
                return _character(node)
            case _:  # an edge, or what is only looked at
                return ""


def _character(node: Char | Escape | Property | CharClass | Dot) -> str:
    match node:
        case CharClass(items, negated=True):
            return next((each for each in _USUAL if not any(_has(item, each) for item in items)), "")
        case CharClass(items):
            letters = (each for each in _USUAL if any(_has(item, each) for item in items))
            return next(letters, "") or next((_first(item) for item in items), "")
        case Dot():
            return "a"
        case _:
            return _first(node)


def _first(item: Item) -> str:
    match item:
        case Char(code):
            return chr(code)
        case Range(first):
            return chr(first.code)
        case Escape(name):
            return _OF.get(name, "a")
        case Property(name, negated):
            usual = "-" if name[:1] == "L" else "a"
            return usual if negated else _LETTERS.get(name, _LETTERS.get(name[:1], "a"))


def _has(item: Item, character: str) -> bool:
    match item:
        case Char(code):
            return chr(code) == character
        case Range(first, last):
            return first.code <= ord(character) <= last.code
        case Escape(name):
            is_in = {
                "d": character.isdecimal(),
                "s": character.isspace(),
                "w": character.isascii() and (character.isalnum() or character == "_"),
            }.get(name.lower(), False)
            return is_in != name.isupper()
        case Property():
            return _first(item) == character
