"""JSON (RFC 8259) to values, strictly; and where in the text they stand, found only when asked for."""

from __future__ import annotations

import json
import math
import re
from functools import partial
from operator import eq
from typing import TYPE_CHECKING, Any, Final

from specwright.document.scalars import DIGITS
from specwright.document.tree import Map, Seq, escape

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from specwright.document.source import Source

_SPACE: Final = re.compile(r"[ \t\n\r]*")
_NUMBER: Final = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|(-?[0-9][-+.0-9eE]*|NaN|-?Infinity)')
"""A string, or a number, and what is taken for one."""


class NotJsonError(ValueError):
    """The text is not JSON, or holds what can't be read exactly."""

    def __init__(self, code: str, offset: int, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.offset = offset
        self.message = message
        self.hint = hint


class DuplicateKeyError(NotJsonError):
    """An object has a key twice; `first` is the offset of the other one."""

    def __init__(self, key: str, first: int, second: int) -> None:
        super().__init__("duplicate-key", second, key)
        self.key = key
        self.first = first


class _DuplicateError(ValueError):
    pass


def parse(text: str, origin: Source) -> Any:
    """The value that the text stands for, its objects as Map and its lists as Seq of `origin`.

    Raises NotJsonError. Nesting is limited only by the interpreter: a RecursionError means that it was too deep.
    """

    def as_map(pairs: list[tuple[str, Any]]) -> Map:
        node = Map(pairs)
        if len(node) != len(pairs):
            raise _DuplicateError
        node.origin = origin
        node.marks = None
        for key, value in pairs:
            if value.__class__ is list:
                node[key] = as_seq(value)
        return node

    def as_seq(values: list[Any]) -> Seq:
        node = Seq(as_seq(value) if value.__class__ is list else value for value in values)
        node.origin = origin
        node.marks = None
        return node

    try:
        value = json.loads(text, object_pairs_hook=as_map, parse_constant=_no_constant, parse_float=_finite)
    except _DuplicateError:
        raise _find_duplicate(text) from None
    except json.JSONDecodeError as error:
        raise _explained(text, error) from None
    except _NotFiniteError as error:
        offset = _number(text, partial(eq, error.text))
        reason = "is too large for a number" if error.text[-1].isdecimal() else "is no number of JSON"
        raise NotJsonError("number-range", offset, f"{error.text[:40]} {reason}.") from None
    except ValueError:  # the interpreter's limit on the digits of an integer
        offset = _number(text, lambda written: _is_too_long(written.removeprefix("-")))
        raise NotJsonError("number-range", offset, "The number has too many digits.") from None
    return as_seq(value) if value.__class__ is list else value


def _is_too_long(digits: str) -> bool:
    return len(digits) > DIGITS and digits.isdecimal()


class _NotFiniteError(ValueError):
    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


def _finite(text: str) -> float:
    value = float(text)
    if math.isinf(value):
        raise _NotFiniteError(text)
    return value


def _no_constant(name: str) -> Any:
    raise _NotFiniteError(name)


def after_space(text: str, offset: int) -> int:
    """The offset of the first character at or after `offset` that is no white space."""
    found = _SPACE.match(text, offset)
    return found.end() if found else offset


def value_at(text: str, key: int) -> int:
    """The offset of the value whose key starts at `key`; `key` itself where that is no key."""
    if not text.startswith('"', key):
        return key
    colon = after_space(text, _PLAIN.raw_decode(text, key)[1])
    return after_space(text, colon + 1)


def member_marks(text: str, start: int) -> list[int]:
    """Where to point for each value of the object or list that starts at `start`.

    A scalar is pointed at itself; an object or list in an object at its key, which names it.
    """
    return [value if key is None or text[value] not in "{[" else key for key, value in _members(text, start)]


_PLAIN: Final = json.JSONDecoder()


def _members(text: str, start: int) -> Iterator[tuple[int | None, int]]:
    """Of each member: the offset of its key (None in a list), and that of its value."""
    keyed = text[start] == "{"
    at = after_space(text, start + 1)
    while text[at] not in "}]":
        key = None
        if keyed:
            key = at
            at = value_at(text, at)
        yield key, at
        at = after_space(text, _PLAIN.raw_decode(text, at)[1])
        if text[at] == ",":
            at = after_space(text, at + 1)


_KEY: Final = re.compile(r'("[^"\\]*(?:\\.[^"\\]*)*")([ \t\n\r]*:)?|[\[{\]}]')
"""A string, and the colon behind it that tells a key, or a bracket."""


def _find_duplicate(text: str) -> DuplicateKeyError:
    """The first key that an object has already, in a text that is JSON as far as such an object."""
    around: list[dict[str, int]] = []
    for found in _KEY.finditer(text):
        match found.group()[0]:
            case '"' if found[2]:
                key, at = _PLAIN.decode(found[1]), found.start()
                if key in around[-1]:
                    return DuplicateKeyError(key, around[-1][key], at)
                around[-1][key] = at
            case "{" | "[":
                around.append({})
            case "}" | "]":
                around.pop()
            case _:
                pass
    raise ValueError("no object has a key twice")


def deeper_than(text: str, depth: int) -> int:
    """The offset of the first bracket that opens more than `depth` levels; the end where there is none."""
    level = 0
    for found in re.finditer(r'"[^"\\]*(?:\\.[^"\\]*)*"|[\[{\]}]', text):
        bracket = found.group()
        level += 1 if bracket in "[{" else -1 if bracket in "]}" else 0
        if level > depth:
            return found.start()
    return len(text)


_TOKEN: Final = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[\[{\]},:]')


def pointer_at(text: str, offset: int) -> str:
    """The JSON Pointer of the value, or of the key, at `offset`, of a text that is JSON up to there."""
    keys: list[str | int] = []
    last = ""
    for found in _TOKEN.finditer(text):
        mark, start = found.group(), found.start()
        if start > offset:
            break
        match mark[0]:
            case '"':
                last = mark
            case "{" | "[" if start < offset:
                keys.append("" if mark == "{" else 0)
            case "}" | "]":
                keys = keys[:-1]
            case "," if keys and isinstance(keys[-1], int):
                keys[-1] += 1
            case ":" if keys and isinstance(keys[-1], str):
                keys[-1] = _PLAIN.decode(last)
            case _:
                continue
        if (
            start == offset
            and last == mark
            and keys
            and isinstance(keys[-1], str)
            and _is_key(text, found.end())
        ):
            keys[-1] = _PLAIN.decode(mark)
    return "".join(f"/{escape(str(key))}" for key in keys)


def _is_key(text: str, end: int) -> bool:
    return text.startswith(":", after_space(text, end))


def _number(text: str, is_it: Callable[[str], bool]) -> int:
    """The offset of the first number outside of strings that it is; 0 where there is none."""
    found = (number for number in _NUMBER.finditer(text) if number[1] and is_it(number[1]))
    return next((number.start() for number in found), 0)


_EARLY_END: Final = ("The text ends too early.", "Look for a bracket or a quote that is not closed.")
_TRAILING_COMMA: Final = ("There is a comma before the closing bracket.", "Remove the comma.")
_SINGLE_QUOTES: Final = ("JSON has double quotes only.", "Write \" for '.")
_COMMENT: Final = ("JSON has no comments.", "Remove it, or name the file .yaml and write YAML.")
_BY_CHARACTER: Final = {
    "": _EARLY_END,
    "'": _SINGLE_QUOTES,
    "/": _COMMENT,
    "#": _COMMENT,
}
_BY_MESSAGE: Final = {
    "Expecting property name enclosed in double quotes": ("A key in double quotes has to be here.", ""),
    "Illegal trailing comma before end of object": _TRAILING_COMMA,
    "Illegal trailing comma before end of array": _TRAILING_COMMA,
    "Expecting value": ("A value has to be here.", "Put text in double quotes."),
    "Expecting ',' delimiter": ("A comma or a closing bracket has to be here.", ""),
    "Expecting ':' delimiter": ("A colon has to stand between a key and its value.", ""),
    "Unterminated string starting at": ("The string is not closed.", 'Add the closing ".'),
    "Invalid control character at": (
        "A string has a control character in it.",
        "Write it escaped, such as \\n.",
    ),
    "Invalid \\escape": ("There is no such escape.", "Write a backslash as \\\\."),
    "Invalid \\uXXXX escape": ("\\u needs four hexadecimal digits.", ""),
    "Extra data": ("There is more after the end of the document.", "Keep one value in the file."),
}
_EITHER: Final = frozenset({"Expecting property name enclosed in double quotes", "Expecting value"})
"""The messages for which the character says more."""


def _explained(text: str, error: json.JSONDecodeError) -> NotJsonError:
    offset = error.pos
    reason = _BY_MESSAGE.get(error.msg.removesuffix(": "), (error.msg, ""))
    character = text[offset : offset + 1]
    if not text[offset:].strip() and error.msg != "Extra data":
        reason = _EARLY_END
    elif error.msg in _EITHER:
        before = text[:offset].rstrip()
        if character in {"}", "]"} and before.endswith(","):
            offset, reason = len(before) - 1, _TRAILING_COMMA  # where newer versions of Python have it
        else:
            reason = _BY_CHARACTER.get(character, reason)
    elif character in {"/", "#"}:
        reason = _COMMENT
    return NotJsonError("json-syntax", offset, *reason)
