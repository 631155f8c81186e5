"""Changes by what old code has that they touch: symbols as the old package has them."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from specwright.review.findings import PythonChange

_NAME: Final = re.compile(r"(?:class |def )?([A-Za-z_][A-Za-z0-9_.]*)")
_ARGUMENT: Final = re.compile(r"(.*)\(([A-Za-z_0-9]+)=\)")
_KEY: Final = re.compile(r"(inputs\.[A-Za-z_0-9]+)\[(.*)\]")

MEMBERS: Final = ("py-enum-member-", "py-union-member-")

BODY_REMOVED: Final = "py-exception-body-removed"
"""What is met where the body of an error is taken for what it is not any more, and not where it is read."""

LOUD: Final = ("breaking", "warning")
"""Levels that callers have to look at."""


@dataclass(frozen=True, slots=True)
class Touching:
    """A change, with the fingerprint of the finding that it belongs to."""

    change: PythonChange
    fingerprint: str


class Touched:
    """The changes that old code may meet."""

    def __init__(self, changes: Iterable[tuple[PythonChange, str]]) -> None:
        loud = [Touching(change, mark) for change, mark in changes if change.level in LOUD]
        self._before = _names_before(touching.change for touching in loud)
        self.symbols: dict[str, list[Touching]] = defaultdict(list)
        """By `models.Settings.name`, `Client.pets.list`, `validators.validate_pet`, …."""
        self.arguments: dict[str, dict[str, list[Touching]]] = defaultdict(lambda: defaultdict(list))
        """By the method, or `Client`, and the argument."""
        self.keys: dict[str, dict[str, list[Touching]]] = defaultdict(lambda: defaultdict(list))
        """By the input, and the key or the value."""
        self.members: dict[str, list[Touching]] = defaultdict(list)
        """By the enum or the union: members that came or went."""
        for touching in loud:
            self._enter(touching)
        self.attributes = self._by_attribute()
        """By the last name of a symbol: what has it. For code of which no more is known."""

    def _enter(self, touching: Touching) -> None:
        symbol = touching.change.symbol
        if argument := _ARGUMENT.fullmatch(symbol):
            self.arguments[self._old(argument[1])][argument[2]].append(touching)
        elif key := _KEY.fullmatch(symbol):
            self.keys[self._old(key[1])][key[2].strip("'\"")].append(touching)
        else:
            plain = symbol.partition("[")[0]
            if touching.change.id.startswith(MEMBERS):
                owner = plain if plain != symbol else symbol.rpartition(".")[0]
                self.members[self._old(owner)].append(touching)
            self.symbols[self._old(plain.removesuffix("()"))].append(touching)

    def _old(self, symbol: str) -> str:
        """A symbol as the old package has it: of what was renamed, changes of its parts tell by the new name."""
        if symbol in self._before:
            return self._before[symbol]
        owner, _, name = symbol.rpartition(".")
        return f"{self._old(owner)}.{name}" if owner else symbol

    def _by_attribute(self) -> Mapping[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for symbol in (*self.symbols, *self.arguments):
            owner, _, name = symbol.rpartition(".")
            is_member = owner.startswith("Client.") or owner.count(".") == 1
            if is_member and symbol not in found[name]:
                found[name].append(symbol)
        return found


_RENAMED: Final = ("py-client-method-renamed", "py-field-renamed", "py-resource-renamed", "py-type-renamed")


def _names_before(changes: Iterable[PythonChange]) -> dict[str, str]:
    before: dict[str, str] = {}
    for change in changes:
        said = _NAME.match(change.new or "")
        if change.id not in _RENAMED or said is None:
            continue
        owner, name = change.symbol.rpartition(".")[0], said[1]
        if change.id == "py-resource-renamed":
            name = name.rpartition(".")[2]
        new = name if change.id == "py-client-method-renamed" else f"{owner}.{name}"
        if not change.note:  # what is one with another type now is none of its own
            before.setdefault(new, change.symbol)
    return before
