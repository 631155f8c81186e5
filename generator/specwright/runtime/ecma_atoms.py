"""The smallest parts of a regular expression of ECMA-262: its escapes, and its classes in brackets."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from .ecma_nodes import Char, CharClass, Edge, Escape, Property, Range, Reference
from .ecma_properties import is_property, spelled

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .ecma_nodes import EdgeKind, Item, Node

__all__ = ["Reader"]

_SYNTAX: Final = frozenset("^$\\.*+?()[]{}|/")
"""What a backslash takes the meaning from (IdentityEscape with the flag `u`)."""
_CONTROLS: Final[Mapping[str, int]] = {"t": 9, "n": 10, "v": 11, "f": 12, "r": 13}
_SETS: Final = frozenset("dDsSwW")
_EDGES: Final[Mapping[str, EdgeKind]] = {"b": "word", "B": "no-word"}
_EDGES_ELSEWHERE: Final[Mapping[str, EdgeKind]] = {"A": "start", "Z": "end", "z": "end"}
POSIX: Final = frozenset(
    "alnum alpha ascii blank cntrl digit graph lower print punct space upper word xdigit".split()  # noqa: SIM905 -- reads better
)
_HIGHEST: Final = 0x10FFFF
_HIGH: Final = 0xD800 >> 10
"""The first bits of the first half of a surrogate pair."""


class Reader:
    """A pattern and how far it has been read.

    `odd` collects what is no ECMA-262 and was read all the same, unless the reader is `strict`: then that is refused.
    """

    def __init__(self, text: str, *, strict: bool) -> None:
        self.text = text
        self.at = 0
        self.strict = strict
        self.odd: list[str] = []
        self.groups, self.names = _count(text)

    # --- reading --------------------------------------------------------------------------------------------------

    def wrong(self, reason: str, at: int | None = None) -> ValueError:
        """The error that ends the reading, with its place."""
        return ValueError(f"{reason} at position {self.at if at is None else at}")

    def take(self, text: str) -> bool:
        """Whether `text` comes next, which is then read."""
        if not self.text.startswith(text, self.at):
            return False
        self.at += len(text)
        return True

    def match(self, expression: str) -> re.Match[str] | None:
        """What comes next and fits an expression of Python, which is then read."""
        found = re.compile(expression).match(self.text, self.at)
        if found:
            self.at = found.end()
        return found

    def elsewhere(self, what: str, at: int | None = None) -> None:
        """`what` is said in other dialects only."""
        if self.strict:
            raise self.wrong(f"{what} is not ECMA-262", at)
        if what not in self.odd:
            self.odd.append(what)

    def older(self, reason: str, at: int | None = None) -> None:
        """What the flag `u` forbids, and annex B.1.2 reads for the sake of old pages."""
        if self.strict:
            raise self.wrong(reason, at)

    def name(self) -> str:
        """The name of a group (GroupName)."""
        start = self.at
        found = self.match(r"<([^<>()]*)>")
        name = _unescaped(found[1]) if found else ""
        if not re.sub(r"[$\u200c\u200d]", "_", name).isidentifier():
            raise self.wrong("expected the name of a group", start)
        return name

    # --- escapes --------------------------------------------------------------------------------------------------

    def escape(self) -> Node:
        """What a backslash outside of brackets begins (AtomEscape)."""
        start = self.at
        if number := self.match(r"\\([1-9][0-9]*)"):
            if len(number[1]) < 9 and int(number[1]) <= self.groups:  # noqa: PLR2004 -- no pattern has so many groups
                return Reference((int(number[1]),))
            self.older("there is no such group", start)
            self.at = start
            return self._character()
        if self.match(r"\\k(?=<)"):
            name = self.name()
            if name not in self.names:
                raise self.wrong(f"there is no group {name!r}", start)
            return Reference(self.names[name])
        following = self.text[start + 1 : start + 2]
        if kind := _EDGES.get(following):
            self.at += 2
            return Edge(kind)
        if kind := _EDGES_ELSEWHERE.get(following):
            self.elsewhere(f"\\{following}")
            self.at += 2
            return Edge(kind)
        return self._set() or self._character()

    def _set(self) -> Escape | Property | None:
        r"""What stands for many characters: `\d`, `\p{L}` (CharacterClassEscape)."""
        start = self.at
        following = self.text[start + 1 : start + 2]
        if following in _SETS and following:
            self.at += 2
            return Escape(following)
        if following in {"h", "H"}:
            self.elsewhere(f"\\{following}")
            self.at += 2
            return Escape(following)
        if following not in {"p", "P"} or not following:
            return None
        self.at += 2
        found = self.match(r"\{([A-Za-z0-9_ &=^]+)\}")
        if found is None:
            found = self.match(r"([LMNPSZC])")
            if found is None:
                raise self.wrong("expected a property of Unicode in braces")
            self.elsewhere(f"\\{following}{found[1]} without braces", start)
        if not is_property(found[1]):
            name = spelled(found[1])
            if name is None:
                raise self.wrong(f"{found[1]!r} is no property of Unicode that ECMA-262 names", start)
            self.elsewhere(f"\\{following}{{{found[1]}}}", start)
            return Property(name, negated=following == "P")
        return Property(found[1], negated=following == "P")

    def _character(self) -> Char:
        r"""One character behind a backslash (CharacterEscape)."""
        start = self.at
        self.at += 1
        following = self.text[self.at : self.at + 1]
        if not following:
            raise self.wrong("a backslash at the end", start)
        code = self._code(start)
        if code is None:
            code = self._itself(following, start)
        if code > _HIGHEST:
            raise self.wrong("there is no such character", start)
        return Char(code, self.text[start : self.at])

    def _code(self, start: int) -> int | None:
        """The code point that letters and digits give; `None` if they do not."""
        if found := self.match(r"x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|u\{0*([0-9A-Fa-f]{1,6})\}"):
            return self._paired(int(found[1] or found[2] or found[3], 16), written=found[2] is not None)
        if found := self.match(r"c([A-Za-z])"):
            return ord(found[1]) % 32
        if self.match(r"0(?![0-9])"):
            return 0
        if found := self.match(r"[0-3][0-7]{0,2}|[4-7][0-7]?"):
            self.older("an octal escape", start)
            return int(found[0], 8)
        if found := self.match(r"x\{0*([0-9A-Fa-f]{1,6})\}"):
            self.elsewhere("\\x{…}", start)
            return int(found[1], 16)
        return None

    def _itself(self, following: str, start: int) -> int:
        """The code point of an escape of one character."""
        if following not in _SYNTAX and following not in _CONTROLS:
            if following.isascii() and following.isalpha():
                raise self.wrong(f"\\{following} means nothing", start)
            self.older(f"\\{following} escapes nothing", start)
        self.at += 1
        return _CONTROLS.get(following, ord(following))

    def _paired(self, code: int, *, written: bool) -> int:
        r"""The character of two escapes `\uD83D\uDC32`, which are one (RegExpUnicodeEscapeSequence)."""
        if written and code >> 10 == _HIGH and (low := self.match(r"\\u([Dd][C-Fc-f][0-9A-Fa-f]{2})")):
            return 0x10000 + ((code & 0x3FF) << 10) + (int(low[1], 16) & 0x3FF)
        return code

    # --- classes --------------------------------------------------------------------------------------------------

    def bracketed(self) -> CharClass:
        """A class in brackets (CharacterClass); the first bracket comes next."""
        start = self.at
        self.at += 1
        negated = self.take("^")
        items: list[Item] = []
        if self.text.startswith("]", self.at) and self._closes_later():
            self.elsewhere("a ] that is the first of a class", start)
            items.append(Char(ord("]"), "\\]"))
            self.at += 1
        while not self.take("]"):
            if self.at >= len(self.text):
                raise self.wrong("a class that is not closed", start)
            items += self._items()
        return CharClass(tuple(items), negated)

    def _closes_later(self) -> bool:
        """Whether a class that seems empty goes on: another bracket closes it, before one opens."""
        return (
            not self.strict
            and re.match(r"\](?:\\.|[^\\\[\]])+\]", self.text[self.at :], re.DOTALL) is not None
        )

    def _items(self) -> list[Item]:
        """One or two members of a class, or what is between them (ClassRanges)."""
        start = self.at
        first = self._item()
        if not self.text.startswith("-", self.at) or self.text[self.at + 1 : self.at + 2] in {"]", ""}:
            return [first]
        self.at += 1
        last = self._item()
        if isinstance(first, Char) and isinstance(last, Char):
            if first.code > last.code:
                raise self.wrong("a range whose end comes before its start", start)
            return [Range(first, last)]
        self.older("a range from or to a set", start)
        return [first, Char(ord("-"), "-"), last]

    def _item(self) -> Item:
        if self.take("\\b"):
            return Char(8, "\\b")
        if self.text.startswith("\\", self.at):
            if not self.text.startswith("\\-", self.at):
                return self._set() or self._character()
            self.at += 2
            return Char(ord("-"), "\\-")
        if not self.strict and (found := self.match(r"\[:(\^?)([a-z]+):\]")):
            if found[2] not in POSIX or found[1]:
                raise self.wrong(f"{found[0]} is no class", found.start())
            self.elsewhere(found[0], found.start())
            return Escape(found[2])
        character = self.text[self.at : self.at + 1]
        if not character:
            raise self.wrong("a class that is not closed")
        self.at += 1
        return Char(ord(character), character)


def _count(text: str) -> tuple[int, dict[str, tuple[int, ...]]]:
    """How many groups of a pattern capture, and the numbers of those with a name."""
    number, names = 0, dict[str, tuple[int, ...]]()
    tokens = r"\\.|\[(?:\\.|[^\]\\])*\]?|\((?!\?)|\(\?P?<(?![=!])([^<>()]*)>"
    for found in re.finditer(tokens, text, re.DOTALL):
        if found[0][0] == "(":
            number += 1
            if found[1]:
                name = _unescaped(found[1])
                names[name] = (*names.get(name, ()), number)
    return number, names


def _unescaped(name: str) -> str:
    """The name of a group, which may have escapes of its own."""
    return re.sub(
        r"\\u([0-9A-Fa-f]{4})|\\u\{0*([0-9A-Fa-f]{1,5})\}",
        lambda code: chr(int(code[1] or code[2], 16)),
        name,
    )
