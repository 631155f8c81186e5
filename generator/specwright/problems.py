"""What is wrong with a document, where, and what to do about it; and how that prints."""

from __future__ import annotations

import dataclasses
import unicodedata
from typing import TYPE_CHECKING, Final

from specwright.catalogue import CATALOGUE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from specwright.catalogue import Severity

__all__ = [
    "CATALOGUE",
    "LONGEST",
    "Place",
    "Problem",
    "Refused",
    "as_json",
    "counted",
    "escaped",
    "headline",
    "printed",
    "problem",
    "quoted",
    "refused",
    "strict",
]

LONGEST: Final = 500
"""How many characters the line of one Problem has at most."""

_EXCERPT: Final = 160
_ELLIPSIS: Final = "…"


@dataclasses.dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where a value of a document stands."""

    file: str
    """As users know it: relative to the current folder where it can be."""
    line: int
    column: int
    """In characters, from 1 like the line."""
    pointer: str
    """JSON Pointer (RFC 6901) from the root of the file; "" for all of it."""
    text: str
    """The line of the source, or what is around the column where the line is very long."""
    cut: int = 0
    """How many characters of the line were cut off before `text`."""

    def __str__(self) -> str:
        """The place as compilers write it: file, line and column; of what came from no file, its pointer."""
        if self.file:
            return f"{self.file}:{self.line}:{self.column}"
        return self.pointer if "#" in self.pointer else f"#{self.pointer}"


@dataclasses.dataclass(frozen=True, slots=True)
class Problem:
    """One finding: what is wrong, where, and what to do."""

    code: str
    severity: Severity
    place: Place | None
    message: str
    hint: str = ""

    def __post_init__(self) -> None:
        """Refuses a code that the catalogue does not explain."""
        if self.code not in CATALOGUE:
            raise ValueError(f"no such code in the catalogue of problems: {self.code}")


class Refused(Exception):  # noqa: N818 - what happened to the input, not a failure of ours
    """The input can't be used; `problems` says why. Nothing was written."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__("\n".join(map(printed, self.problems)))

    def __reduce__(self) -> tuple[type[Refused], tuple[tuple[Problem, ...]]]:
        """Made again of its problems, as where another process raised it: by itself, it would be of its message."""
        return Refused, (self.problems,)


def problem(code: str, place: Place | None, message: str, hint: str | None = None) -> Problem:
    """A Problem with the severity, and unless `hint` is given the advice, that the catalogue has for its code."""
    entry = CATALOGUE[code]
    return Problem(code, entry.severity, place, message, entry.advice if hint is None else hint)


def strict(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The same findings with every warning an error, as `--strict` wants them."""
    return tuple(
        dataclasses.replace(found, severity="error") if found.severity == "warning" else found
        for found in problems
    )


def refused(problems: Iterable[Problem]) -> bool:
    """Whether there is an error among them, so that nothing may be written."""
    return any(found.severity == "error" for found in problems)


def counted(number: int, what: str, several: str = "") -> str:
    """`1 change`, `2 changes`, `1,200 changes`; `several` is the plural that is none of an added `s`."""
    return f"{number:,} {what if number == 1 else several or f'{what}s'}"


def quoted(text: str, *, longest: int = 60) -> str:
    """Text of a document for use in a message: in backquotes and cut to `longest` characters."""
    return f"`{text if len(text) <= longest else text[: longest - 1] + _ELLIPSIS}`"


def escaped(text: str) -> str:
    """The text with escapes for the characters that could steer a terminal or reorder a line."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(_shown(char) for char in text)


def _shown(char: str) -> str:
    if char.isprintable():
        return char
    if char == "\t":
        return "\\t"
    return f"\\x{ord(char):02x}" if char.isascii() else char.encode("ascii", "backslashreplace").decode()


def headline(found: Problem) -> str:
    """The one line of a Problem: `spec/x.yaml:12:7: warning[ref-missing]: …`, at most LONGEST characters."""
    place = f"{found.place}: " if found.place else ""
    line = escaped(f"{place}{found.severity}[{found.code}]: {found.message}")
    return line if len(line) <= LONGEST else line[: LONGEST - 1] + _ELLIPSIS


def printed(found: Problem) -> str:
    """A Problem as it is shown: its headline, the line of the source with a caret below, and the hint."""
    lines = [headline(found)]
    if found.place and found.place.text.strip():
        lines += _excerpt(found.place)
    if found.hint:
        lines.append(f"  hint: {escaped(found.hint)[:LONGEST]}")
    return "\n".join(lines)


def _excerpt(place: Place) -> Sequence[str]:
    at = max(place.column - 1 - place.cut, 0)
    start = max(at - _EXCERPT // 2, 0) if len(place.text) > _EXCERPT else 0
    before, after = place.text[start:at], place.text[at : start + _EXCERPT]
    head = _ELLIPSIS if start or place.cut else ""
    tail = _ELLIPSIS if start + _EXCERPT < len(place.text) else ""
    gutter = str(place.line)
    shown = head + _in_columns(before)
    return (
        f"  {gutter} | {shown}{_in_columns(after)}{tail}",
        f"  {' ' * len(gutter)} | {' ' * _width(shown)}^",
    )


def _in_columns(text: str) -> str:
    return "".join("    " if char == "\t" else _shown(char) for char in text)


def _width(text: str) -> int:
    """How many columns of a terminal the text takes."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1
        for char in text
    )


def as_json(found: Problem) -> dict[str, object]:
    """A Problem for `--json`."""
    place = found.place
    return {
        "code": found.code,
        "severity": found.severity,
        "message": found.message,
        "hint": found.hint,
        "place": place
        and {"file": place.file, "line": place.line, "column": place.column, "pointer": place.pointer},
    }
