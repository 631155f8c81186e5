"""What is given in a terminal as text, and the values that it stands for."""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import sys
import types
from collections.abc import Mapping, Sequence
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import (
    Any,
    Final,
    ForwardRef,
    Literal,
    NamedTuple,
    Union,
    cast,
    get_args,
    get_origin,
    is_typeddict,
)
from uuid import UUID

from .command_names import Names
from .text import printable
from .types import Omit, class_of

__all__ = ["CHOICE", "Kind", "json_value", "put", "shown_choice", "text_of"]

_TEXTS: Final = frozenset({str, bytes, dt.datetime, dt.date, dt.time, dt.timedelta, UUID})
"""What is a text on the wire, and is taken as one: the validators know its format."""
_WORDS: Final = {int: "INTEGER", float: "NUMBER", Decimal: "NUMBER", bool: "true|false"}
_ARRAYS: Final = (Sequence, list, tuple)
_UNIONS: Final = (Union, types.UnionType)
_MOST_ALIASES: Final = 20
"""Unions in unions; they may lead to each other in circles."""
_NULL: Final = "null"
_STANDARD_INPUT: Final = "-"


class Kind(NamedTuple):
    """What an argument is read as."""

    types: tuple[Any, ...]
    """The types that it may be of, unions taken apart; none where it may be anything."""
    choices: tuple[Any, ...] = ()
    """The values that it may have, where they are all listed."""
    nullable: bool = False

    @classmethod
    def of(cls, hint: Any) -> Kind:
        """What an annotation stands for."""
        found = list(dict.fromkeys(_members(hint)))
        kinds = [kind for kind in found if kind not in {type(None), Omit}]
        listed = [value for kind in kinds for value in _listed(kind)]
        whole = bool(kinds) and all(map(_is_listed, kinds))
        choices = tuple(dict.fromkeys(listed)) if whole else ()
        return cls(tuple(kinds), choices, type(None) in found)

    @property
    def is_file(self) -> bool:
        """Whether it is bytes that are sent as they are."""
        return any(get_origin(kind) is os.PathLike for kind in self.types)

    @property
    def item(self) -> Kind | None:
        """What the items are, where it is an array; None where it is none, or may be something else."""
        arrays = [kind for kind in self.types if get_origin(kind) in _ARRAYS]
        if self.is_file:
            arrays = [kind for kind in arrays if get_origin(kind) is not tuple]
        elif len(self.types) != 1:
            return None
        if len(arrays) != 1 or get_origin(arrays[0]) is tuple:
            return None
        return Kind.of(get_args(arrays[0])[0])

    @property
    def takes_text(self) -> bool:
        """Whether it may be text, which is then taken as it is where it is no JSON."""
        return not self.types or any(
            kind in _TEXTS or kind in {Any, object} or _is_text(kind) for kind in self.types
        )

    @property
    def is_text(self) -> bool:
        """Whether it is text, and nothing else, whatever that looks like."""
        return bool(self.types) and all(kind in _TEXTS or _is_text(kind) for kind in self.types)

    @property
    def metavar(self) -> str:
        """What stands for a value in help."""
        item = self.item
        if item is not None:
            return item.metavar
        if self.choices:
            shown = "|".join(map(shown_choice, self.choices))
            return shown if _SHORT.fullmatch(shown) else CHOICE
        if self.is_file:
            return "@FILE"
        if self.is_text:
            return "TEXT"
        words = {_WORDS.get(kind, "JSON") for kind in self.types} or {"JSON"}
        return words.pop() if len(words) == 1 else "JSON"

    def below(self, member: str) -> tuple[str, Kind]:
        """The wire name of a member of an object, and what that is."""
        for kind in self.types:
            if is_typeddict(kind):
                keys = kind.__annotations__
                names = {name.replace("_", "-"): name for name in keys} | {name: name for name in keys}
                if member in names:
                    name = names[member]
                    return name, Kind.of(Names(sys.modules[kind.__module__]).meaning(keys[name]))
        for kind in self.types:
            if get_origin(kind) in {Mapping, dict}:
                return member, Kind.of(get_args(kind)[1])
        if not self.types or Any in self.types or object in self.types:
            return member, Kind(())
        raise ValueError(f"has no member {member!a}")

    def read(self, text: str) -> Any:
        """The value that a text stands for. `ValueError` says why it is none; `OSError` that there is no such file."""
        if self.is_file:
            return self._file(text)
        if bytes in self.types and text.startswith("@") and not text.startswith("@@"):
            return _bytes(text[1:])
        content = text_of(text)
        if self.nullable and content == _NULL:
            return None
        if self.is_text:
            value: Any = content
        else:
            try:
                value = json_value(content, exact=Decimal in self.types)
            except ValueError:
                if not self.takes_text:
                    raise
                value = content
        if self.choices and value not in self.choices:
            raise ValueError(f"is none of {', '.join(map(shown_choice, self.choices))}")
        return value

    def read_all(self, texts: list[str]) -> Any:
        """The value that the texts of an option that was repeated stand for: an array, or what the last one does."""
        item = self.item
        if item is None:
            return self.read(texts[-1])
        first = texts[0]
        if len(texts) == 1 and not item.is_file:
            if self.nullable and first == _NULL:
                return None
            if first.startswith("[") or (first.startswith("@") and not first.startswith("@@")):
                return _array(text_of(first), item)
        return [item.read(text) for text in texts]

    def _file(self, text: str) -> Any:
        if text.startswith("@") and text != "@-":
            path = Path(text[1:])
            with path.open("rb"):  # so that it is known now whether it can be read
                return path
        if text in {_STANDARD_INPUT, "@-"}:
            return sys.stdin.buffer.read()
        if str in self.types:
            return text.removeprefix("@") if text.startswith("@@") else text
        raise ValueError("is a file: @PATH, or - for standard input")


def _array(content: str, item: Kind) -> Any:
    """What is an array in one text, or else an item."""
    try:
        value = json_value(content, exact=Decimal in item.types)
    except ValueError:
        if not item.takes_text:
            raise
        return [content]
    if class_of(value) is list:
        return value
    return [content if item.is_text else value]


CHOICE: Final = "CHOICE"
"""What stands for a value where there are too many to show in its place."""
_SHORT: Final = re.compile(r"[\w.+:/|-]{1,48}", re.ASCII)


def _members(hint: Any, left: int = _MOST_ALIASES) -> list[Any]:
    """The types that an annotation stands for: those of a union, each by itself."""
    if not left:
        return [Any]
    if isinstance(hint, ForwardRef):
        hint = Names().meaning(hint)
    if get_origin(hint) in _UNIONS:
        return [member for part in get_args(hint) for member in _members(part, left - 1)]
    return [type(None) if hint is None else hint]


def _is_enum(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Enum)


def _is_listed(kind: Any) -> bool:
    return get_origin(kind) is Literal or _is_enum(kind)


def _listed(kind: Any) -> list[Any]:
    if _is_enum(kind):
        return [member.value for member in cast("type[Enum]", kind)]
    return list(get_args(kind)) if get_origin(kind) is Literal else []


def _is_text(kind: Any) -> bool:
    return _is_listed(kind) and all(isinstance(value, str) for value in _listed(kind))


def shown_choice(value: Any) -> str:
    """A value as it is given."""
    return printable(value if isinstance(value, str) else json.dumps(value))


# --- texts ------------------------------------------------------------------------------------------------------


def text_of(text: str) -> str:
    """A text itself; what is in the file that it names with an `@` before; of `@@` the second is part of the text."""
    if text.startswith("@@") or not text.startswith("@"):
        return text.removeprefix("@")
    try:
        return _bytes(text[1:]).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ValueError("is no UTF-8") from None


def _bytes(path: str) -> bytes:
    return sys.stdin.buffer.read() if path == _STANDARD_INPUT else Path(path).read_bytes()


def json_value(text: str, *, exact: bool = False) -> Any:
    """A text as JSON; `exact` keeps every digit of its fractions."""
    try:
        return json.loads(text, parse_float=Decimal if exact else float, parse_constant=_no_constant)
    except RecursionError:
        raise ValueError("is nested too deep") from None
    except ValueError as error:
        raise ValueError(f"is no JSON: {error}") from None


def _no_constant(word: str) -> None:
    raise ValueError(f"{word} is no number of JSON")


def put(holder: dict[str, Any], path: Sequence[str], value: Any) -> None:
    """Put a value at its place in objects, which are made on the way. `ValueError` where something else is there."""
    *above, last = path
    place: Any = holder
    for name in above:
        place = place.setdefault(name, {})
        if place.__class__ is not dict:
            raise ValueError("is a member of what is no object")
    place[last] = value
