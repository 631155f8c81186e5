"""Regular expressions of ECMA-262 (section 22.2.1), the ones that JSON Schema's `pattern` is written in, as a tree."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, TypeAlias

from .ecma_atoms import Reader
from .ecma_nodes import (
    Alternatives,
    Char,
    Dot,
    Edge,
    Group,
    Look,
    Reference,
    Repeat,
    Sequence,
    Switch,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .ecma_nodes import Greed, Node

__all__ = ["Expression", "is_regex", "parse"]

Mode: TypeAlias = Literal["strict", "lenient"]

MOST: Final = 4_294_967_294
"""Counts are no higher than this, for no text is longer: the most that Python's `re` counts to."""


class Expression(NamedTuple):
    """A pattern that was read."""

    node: Node
    odd: tuple[str, ...]
    """What in it is no ECMA-262, as it is written."""


def is_regex(text: str) -> bool:
    """Whether `text` is a regular expression of ECMA-262 with the flag `u` (JSON Schema Validation 2020-12, section 7.3.8)."""
    try:
        parse(text)
    except ValueError:
        return False
    return True


def parse(text: str, mode: Mode = "strict") -> Expression:
    r"""What a pattern consists of.

    In the mode `lenient` what annex B.1.2 of ECMA-262 reads is read as well (`\-`, `[\w-.]`, a lone `]`), and what says
    one thing only in other dialects: `\A`, `(?P<name>`, `(?i)`, `[[:alpha:]]`, a pattern between slashes.

    Raises:
        ValueError: It is none; the message says why, and at which position.
    """
    flags = ""
    if mode == "lenient" and (found := _delimited(text)):
        text, flags = found[1], found[2]
        parsed = _Parser(text, strict=False)
        parsed.reader.odd.append("the slashes around it")
        if flags.strip("gimsuvy"):
            raise ValueError(f"there are no flags {flags!r}")
        parsed.switch(flags)
        return parsed.read()
    return _Parser(text, strict=mode == "strict").read()


def _delimited(text: str) -> re.Match[str] | None:
    r"""A pattern between slashes, as JavaScript writes one: with no other slash in it, and more than plain text.

    As it stands it would ask for the slashes. What is found then is found without them too, so that nothing is refused
    that the pattern lets pass.
    """
    return re.fullmatch(r"/(?=.*[\\^$*+?()\[])((?:[^\\/]|\\.)+)/([a-z]*)", text, re.DOTALL)


@dataclass(slots=True)
class _Open:
    """A group that is being read; `closes` is false where the end of what is around it ends it too."""

    kind: str
    at: int
    flags: frozenset[str]
    number: int | None = None
    name: str | None = None
    closes: bool = True
    options: list[Node] = field(default_factory=list["Node"])
    items: list[Node] = field(default_factory=list["Node"])

    def body(self) -> Node:
        last = self.items[0] if len(self.items) == 1 else Sequence(tuple(self.items))
        return Alternatives((*self.options, last)) if self.options else last


_LOOKS: Final[Mapping[str, tuple[bool, bool]]] = {
    "?=": (True, False), "?!": (True, True), "?<=": (False, False), "?<!": (False, True),
}  # fmt: skip
"""How a group begins that only looks: whether ahead, and whether for what must not be there."""


class _Parser:
    """Reads a pattern from left to right, with what is open on a stack of its own: none is too deeply nested."""

    def __init__(self, text: str, *, strict: bool) -> None:
        self.reader = Reader(text, strict=strict)
        self._flags: frozenset[str] = frozenset()
        self._stack = [_Open("", 0, self._flags)]
        self._number = 0
        self._named: dict[str, list[tuple[tuple[int, int], ...]]] = {}

    def read(self) -> Expression:
        reader = self.reader
        while reader.at < len(reader.text):
            self._next()
        while not self._stack[-1].closes:
            self._close()
        if len(self._stack) > 1:
            raise reader.wrong("a group that is not closed", self._stack[-1].at)
        return Expression(self._stack[0].body(), tuple(reader.odd))

    def _next(self) -> None:
        """Reads one term, or what separates terms."""
        reader, top = self.reader, self._stack[-1]
        start, character = reader.at, reader.text[reader.at]
        match character:
            case "(":
                reader.at += 1
                self._open(start)
            case ")":
                while not self._stack[-1].closes:
                    self._close()
                if len(self._stack) == 1:
                    raise reader.wrong("a group that was not opened")
                reader.at += 1
                self._close()
            case "|":
                reader.at += 1
                top.options.append(top.items[0] if len(top.items) == 1 else Sequence(tuple(top.items)))
                top.items = []
            case "[":
                top.items.append(reader.bracketed())
            case "\\":
                top.items.append(reader.escape())
            case "*" | "+" | "?":
                self._repeat()
            case "{" if re.compile(r"\{[0-9]+(?:,[0-9]*)?\}|\{,[0-9]+\}").match(reader.text, start):
                self._repeat()
            case _:
                reader.at += 1
                top.items.append(self._plain(character, start))

    def _plain(self, character: str, start: int) -> Node:
        """What one character stands for, outside of brackets (Term, PatternCharacter)."""
        lines = "m" in self._flags
        match character:
            case "^":
                return Edge("line-start" if lines else "start")
            case "$":
                return Edge("line-end" if lines else "end")
            case ".":
                return Dot(lines="s" in self._flags)
            case "]" | "{" | "}":
                self.reader.older(f"a {character} without a backslash", start)
            case _:
                pass
        return Char(ord(character), character)

    # --- groups ---------------------------------------------------------------------------------------------------

    def _open(self, start: int) -> None:
        r"""Reads how a group begins, and opens it; reads the whole of `(?P=name)` and of comments."""
        reader = self.reader
        if not reader.text.startswith("?", reader.at):
            self._number += 1
            self._push(_Open("group", start, self._flags, self._number))
        elif found := reader.match(r"\?<?[=!]|\?:"):
            self._push(_Open(found[0], start, self._flags))
        elif found := reader.match(r"\?(P?)(?=<)"):
            if found[1]:
                reader.elsewhere("(?P<…>", start)
            self._number += 1
            self._push(_Open("group", start, self._flags, self._number, self._new_name(reader.name(), start)))
        elif found := reader.match(r"\?P=(\w+)\)"):
            reader.elsewhere("(?P=…)", start)
            if found[1] not in reader.names:
                raise reader.wrong(f"there is no group {found[1]!r}", start)
            self._stack[-1].items.append(Reference(reader.names[found[1]]))
        elif reader.match(r"\?#[^)]*\)"):
            reader.elsewhere("(?#…)", start)
        elif reader.match(r"\?>"):
            reader.elsewhere("(?>…)", start)
            self._push(_Open("?>", start, self._flags))
        elif found := reader.match(r"\?([a-z]*)(?:(-)([a-z]*))?([:)])"):
            self._modify(found, start)
        else:
            raise reader.wrong("a group of no known kind", start)

    def _push(self, opened: _Open) -> None:
        self._stack.append(opened)

    def _new_name(self, name: str, start: int) -> str:
        """The name of a group; two may share one only if at most one of them can take part (section 22.2.1.1)."""
        path = tuple((opened.at, len(opened.options)) for opened in self._stack)
        for other in self._named.get(name, []):
            if not any(a == b and m != n for (a, m), (b, n) in zip(path, other, strict=False)):
                raise self.reader.wrong(f"a second group {name!r}", start)
        self._named.setdefault(name, []).append(path)
        return name

    def _modify(self, found: re.Match[str], start: int) -> None:
        """Opens a group with modifiers (section 22.2.1.1), or sets them for all that follows in the group that is open."""
        added, removed = found[1], found[3] or ""
        wrong = set(added + removed) - set("ims")
        if wrong - {"u"} or (wrong and self.reader.strict):
            raise self.reader.wrong(f"there is no modifier {min(wrong)!r}", start)
        if len(set(added + removed)) < len(added + removed) or not (added or removed):
            raise self.reader.wrong("modifiers that say nothing", start)
        if wrong:
            self.reader.elsewhere("the modifier u", start)
        if found[4] == ")":
            self.reader.elsewhere(f"({found[0]}", start)
            if self._stack[-1].items or self._stack[-1].options:
                raise self.reader.wrong("modifiers that do not come first", start)
        self.switch(added, removed, closes=found[4] == ":", at=start)

    def switch(self, added: str, removed: str = "", *, closes: bool = False, at: int = 0) -> None:
        """Opens what modifiers hold for."""
        kind = "i" if "i" in added else "-i" if "i" in removed else "?:"
        self._push(_Open(kind, at, self._flags, closes=closes))
        self._flags = (self._flags | set(added)) - set(removed)

    def _close(self) -> None:
        """Ends the group that was opened last, and adds it to what it stands in."""
        opened = self._stack.pop()
        self._flags = opened.flags
        body = opened.body()
        node: Node
        if opened.kind in _LOOKS:
            ahead, negated = _LOOKS[opened.kind]
            node = Look(body, ahead, negated)
        elif opened.kind in {"i", "-i"}:
            node = Switch(body, folds=opened.kind == "i")
        else:
            node = Group(body, opened.number, opened.name, atomic=opened.kind == "?>")
        self._stack[-1].items.append(node)

    # --- repeats --------------------------------------------------------------------------------------------------

    def _repeat(self) -> None:
        """Reads how often the last term may come (Quantifier)."""
        reader, items = self.reader, self._stack[-1].items
        start = reader.at
        found = reader.match(r"([*+?])|\{([0-9]*)(,?)([0-9]*)\}")
        if found is None or not items or isinstance(items[-1], Repeat | Edge):
            raise reader.wrong("nothing to repeat", start)
        body = items[-1]
        if isinstance(body, Look):
            if not body.ahead:
                raise reader.wrong("nothing to repeat", start)
            reader.older("nothing to repeat", start)
        least, most = _SIGNS[found[1]] if found[1] else _counts(found)
        if not found[1] and not found[2]:
            reader.elsewhere(found[0], start)
        if most is not None and most < least:
            raise reader.wrong("a repeat whose end comes before its start", start)
        greed: Greed = "?" if reader.take("?") else "+" if reader.take("+") else ""
        if greed == "+":
            reader.elsewhere(f"{found[0] if found[1] else '{…}'}+", start)
        items[-1] = Repeat(body, least, most, greed, found[0] if max(least, most or 0) < MOST else "")


_SIGNS: Final[Mapping[str, tuple[int, int | None]]] = {"*": (0, None), "+": (1, None), "?": (0, 1)}


def _counts(found: re.Match[str]) -> tuple[int, int | None]:
    least = _count(found[2] or "0")
    most = least if not found[3] else _count(found[4]) if found[4] else None
    return least, most if most is None or most < MOST else None


def _count(digits: str) -> int:
    return MOST if len(digits) > len(str(MOST)) else min(int(digits), MOST)
