"""Data to validate, read as JSON, and where each part of it stands in its text."""

from __future__ import annotations

import json
from contextlib import suppress
from functools import cached_property
from math import isfinite
from typing import TYPE_CHECKING, Any, Final

import click

from specwright.document import jsontext
from specwright.document.source import Source
from specwright.document.text import decoded, too_much
from specwright.document.tree import escape, unescape
from specwright.problems import Place, Refused, problem, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import IO, NoReturn

    from specwright.config import Budgets

STANDARD_INPUT: Final = "-"


class NotJsonError(ValueError):
    """The text is not JSON (RFC 8259), or holds what can't be read exactly."""

    def __init__(self, offset: int, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.offset = offset
        self.message = message
        self.hint = hint


class Data:
    """A value and the text that it was read from. Where a part of it stands is worked out when asked for.

    Raises:
        NotJsonError: The text is none of a value.
    """

    def __init__(self, text: str, name: str = "") -> None:
        self._text = text
        self._name = name
        self.value: Any = _value(text)
        self._members: dict[str, dict[str, int]] = {}
        """Of each part that was on the way to another, by its pointer: the offsets of its own, by their steps."""

    def place(self, pointer: str) -> Place:
        """Where the part at a JSON Pointer stands; what is not there is where it would have to be."""
        *_, offset = self._offsets(pointer)
        return self._source.at(offset, pointer)

    def part(self, pointer: str) -> Any:
        """The part at a JSON Pointer; for one that is not there, what it would be in."""
        return self._way(pointer)[-1]

    def general(self, pointer: str) -> str:
        """The pointer with `*` for each index of an array."""
        steps = pointer.split("/")
        holders = self._way(pointer)[:-1]
        for at, holder in enumerate(holders, 1):
            if holder.__class__ is list:
                steps[at] = "*"
        return "/".join(steps)

    @cached_property
    def _source(self) -> Source:
        return Source(name=self._name, path=self._name, text=self._text, digest="")

    def _way(self, pointer: str) -> list[Any]:
        """The whole, and each part on the way to the one at a pointer, as far as they are there."""
        way = [self.value]
        for step in pointer.split("/")[1:]:
            holder = way[-1]
            key = unescape(step)
            if holder.__class__ is dict and key in holder:
                way.append(holder[key])
            elif holder.__class__ is list and key.isdecimal() and int(key) < len(holder):
                way.append(holder[int(key)])
            else:
                break
        return way

    def _offsets(self, pointer: str) -> Iterator[int]:
        """The offsets of the whole, and of each part on the way; it ends early where the whole was all but too deep."""
        start = own = jsontext.after_space(self._text, 0)
        yield own
        way, at = self._way(pointer), ""
        with suppress(RecursionError):
            for step, holder in zip(pointer.split("/")[1:], way[:-1], strict=False):
                own = self._marks(holder, start, at)[step]
                yield own
                start = jsontext.value_at(self._text, own) if holder.__class__ is dict else own
                at += f"/{step}"

    def _marks(self, holder: Any, start: int, pointer: str) -> dict[str, int]:
        found = self._members.get(pointer)
        if found is None:
            steps = map(escape, holder) if holder.__class__ is dict else map(str, range(len(holder)))
            marks = jsontext.member_marks(self._text, start)
            found = self._members[pointer] = dict(zip(steps, marks, strict=True))
        return found


def named(path: str) -> str:
    """What users know a file of data as; `-` is standard input."""
    return "standard input" if path == STANDARD_INPUT else path


def opened(path: str) -> IO[bytes]:
    """A file of data, to be closed.

    Raises:
        Refused: There is no such file, or the system does not let it be read.
    """
    try:
        file: IO[bytes] = click.open_file(path, "rb")
    except OSError as error:
        raise unreadable(path, error) from error
    return file


def unreadable(path: str, error: OSError) -> Refused:
    """That the system does not let a file be read."""
    name = named(path)
    if isinstance(error, FileNotFoundError):
        code, message = "file-missing", f"There is no file {quoted(name)}."
    else:
        code = "file-unreadable" if isinstance(error, PermissionError) else "file-missing"
        message = f"The file {quoted(name)} can't be read: {error.strerror or error}."
    return Refused([problem(code, Place(name, 1, 1, "", ""), message)])


def read(path: str, budgets: Budgets) -> Data:
    """The one value in a file; `-` is standard input.

    Raises:
        Refused: There is no such file, it can't be read, or it is not JSON.
    """
    name = named(path)
    try:
        with opened(path) as file:
            content = file.read(budgets.bytes + 1)
    except OSError as error:
        raise unreadable(path, error) from error
    if len(content) > budgets.bytes:
        place = Place(name, 1, 1, "", "")
        raise Refused([problem("limit-bytes", place, *too_much("bytes", len(content), budgets.bytes))])
    text = decoded(content, name, budgets) if content.strip() else ""
    try:
        return Data(text, name)
    except NotJsonError as error:
        place = Source(name=name, path=name, text=text, digest="").at(error.offset)
        raise Refused([problem("data-unreadable", place, error.message, error.hint)]) from error


# --- text -> value ----------------------------------------------------------------------------------------------


def _value(text: str) -> Any:
    """The value that a text stands for. That it is none is seen here, and why, by what reads documents."""
    try:
        return _STRICT.decode(text)
    except (ValueError, RecursionError):
        pass
    if not text.strip():
        raise NotJsonError(0, "There is no data.")
    try:
        jsontext.parse(text, Source(name="", path="", text=text, digest=""))
    except jsontext.DuplicateKeyError as error:
        message = f"The key {quoted(error.key)} is here twice in one object."
        raise NotJsonError(error.offset, message, "Remove one of the two.") from None
    except jsontext.NotJsonError as error:
        message, hint = _SAID.get(error.message, (error.message, error.hint))
        if error.code == "number-range":
            # Without the number itself, which may be a secret.
            message = _NO_NUMBER if text[error.offset :].lstrip("-")[:1] in {"N", "I"} else _TOO_LARGE
        raise NotJsonError(error.offset, message, hint) from None
    except RecursionError:
        pass
    deepest = jsontext.deeper_than(text, _DEEPEST)
    raise NotJsonError(deepest, "It is nested deeper than can be read.")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise ValueError("a key is there twice")
    return made


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _finite(text: str) -> float:
    value = float(text)
    if not isfinite(value):
        raise ValueError(text)
    return value


_STRICT: Final = json.JSONDecoder(object_pairs_hook=_once, parse_constant=_no_constant, parse_float=_finite)
_DEEPEST: Final = 200
"""How many levels are surely read; what is nested deeper than that is shown where it is too much."""
_NO_NUMBER: Final = "JSON has no NaN and no Infinity."
_TOO_LARGE: Final = "The number is too large to be read."
_SAID: Final = {
    "JSON has no comments.": ("JSON has no comments.", "Remove it."),
    "There is more after the end of the document.": (
        "There is more after the end of the value.",
        "Keep one value in the file, or say --lines where each line is a value of its own.",
    ),
}
"""What is said of documents, and what is said of data instead."""
