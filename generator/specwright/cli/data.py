"""Data to validate, read as JSON."""

from __future__ import annotations

import json
from math import isfinite
from typing import TYPE_CHECKING

import click

from specwright.problems import Place, Refused, problem, quoted

if TYPE_CHECKING:
    from typing import NoReturn


def read_json(path: str) -> object:
    """The value in a file; `-` is standard input.

    Raises:
        Refused: There is no such file, it can't be read, or it is not JSON (RFC 8259).
    """
    name = "standard input" if path == "-" else path
    try:
        text = _content(path, name).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _refused(Place(name, 1, 1, "", ""), "the data is not text in UTF-8") from error
    try:
        return json.loads(text, parse_constant=_no_constant, parse_float=_finite)
    except json.JSONDecodeError as error:
        lines = text.split("\n")
        place = Place(name, error.lineno, error.colno, "", lines[error.lineno - 1])
        raise _refused(place, f"the data is not JSON: {error.msg}") from error
    except (ValueError, RecursionError) as error:
        raise _refused(Place(name, 1, 1, "", ""), f"the data can't be read: {error}") from error


def _content(path: str, name: str) -> bytes:
    try:
        with click.open_file(path, "rb") as file:
            content: bytes = file.read()
            return content
    except FileNotFoundError as error:
        code, message = "file-missing", f"There is no file {quoted(name)}."
        raise _refused(Place(name, 1, 1, "", ""), message, code) from error
    except OSError as error:
        code = "file-unreadable" if isinstance(error, PermissionError) else "file-missing"
        message = f"The file {quoted(name)} can't be read: {error.strerror or error}."
        raise _refused(Place(name, 1, 1, "", ""), message, code) from error


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number in JSON")


def _finite(text: str) -> float:
    value = float(text)
    if not isfinite(value):
        raise ValueError(f"{quoted(text)} is beyond the numbers that Python holds as a float")
    return value


def _refused(place: Place, message: str, code: str = "data-unreadable") -> Refused:
    return Refused((problem(code, place, message),))
