"""`specwright.lock`: what an output folder was made from, and which name each thing got.

It is TOML with one sorted line per entry, so that two branches merge. A name once given keeps its entry, even when what it
named is gone from the document: should it come back, it is called as before.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, cast

from specwright.config import LOCK_NAME
from specwright.emit.allowed import PYTHON_SUFFIXES, is_runtime
from specwright.problems import Place, Problem, Refused, problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

FILE_NAME = LOCK_NAME
PAGES = "pages"
"""The layout of a folder that has a reference, and no package."""
_HEADER = "# Written by specwright: what this folder was made from. Keep it in version control, and don't edit it.\n"
_SEAL = "seal"
_TEXTS = ("generator", "layout", "recipe")
_COUNTS = ("operations", "models", "validators", "problems")
_TABLES = ("files", "inputs", "rendered", "names")
"""In the order in which they are written: what tells whether anything changed comes before what is only kept."""
_KEYS = (_SEAL, *_TEXTS, *_COUNTS, *_TABLES)
_LATER = frozenset({_SEAL, "recipe", *_COUNTS, "rendered"})
"""What locks had not from the beginning."""
_LINES = re.compile(r'^"([^"\\\n]*)" = "([^"\\\n]*)"$', re.MULTILINE)
_MARKS = ("<<<<<<<", "=======", ">>>>>>>", "|||||||")
_CONFLICT = re.compile(rf"^({'|'.join(map(re.escape, _MARKS))})(?= |$)", re.MULTILINE)
_TOML_PLACE = re.compile(r" \(at line (\d+), column (\d+)\)$")
_TOML_ESCAPES = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r"}


@dataclass(frozen=True, slots=True)
class Lock:
    """What one output folder was made from."""

    generator: str
    """The version of specwright that wrote the folder."""
    layout: str = ""
    """How the package is laid out in modules; it stays as it is unless the document outgrows it."""
    files: Mapping[str, str] = field(default_factory=dict[str, str])
    """The SHA-256 of each file that was written, by its path in the folder (`/` between its parts)."""
    inputs: Mapping[str, str] = field(default_factory=dict[str, str])
    """The SHA-256 of each file that was read, by its name relative to the root folder."""
    rendered: Mapping[str, str] = field(default_factory=dict[str, str])
    """The hash of what each module was before it was tidied, by its path: where that is the same, so is the module."""
    names: Mapping[str, str] = field(default_factory=dict[str, str])
    """The Python name of each thing of the document, such as `schema #/components/schemas/Settings`."""
    recipe: str = ""
    """The hash of all but the inputs that the files depend on; "" where that is not known, or the lock was edited."""
    operations: int = 0
    models: int = 0
    validators: int = 0
    problems: int = 0
    """So many were told of the document."""

    @property
    def module(self) -> str:
        """What the package is imported by."""
        marked = (path.removesuffix("/py.typed") for path in self.files if path.endswith("/py.typed"))
        return next(marked, "")


def digest(content: bytes) -> str:
    """The hash that the lock keeps of a file: SHA-256, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def hashes(rendered: Mapping[str, str]) -> dict[str, str]:
    """What the lock keeps of modules before they are tidied, by their paths."""
    return {
        path: digest(text.encode())[:_ENOUGH]
        for path, text in rendered.items()
        if path.endswith(PYTHON_SUFFIXES) and not is_runtime(path)
    }


_ENOUGH = 32
"""Hexadecimal digits: 128 bits, which nobody finds two texts for."""


def record(files: Mapping[str, str], old: Lock | None, made: Lock) -> Lock:
    """The lock of `files`: what `made` says of them, and the names that `old` gave to what is no longer in the document.

    A patch release that makes the same files of the same input is no reason to change the lock: the version stays.
    """
    hashes = {path: digest(text.encode()) for path, text in files.items()}
    if old is None:
        return replace(made, files=hashes)
    now = replace(made, files=hashes, names={**old.names, **made.names})
    as_before = replace(now, generator=old.generator, recipe=old.recipe)
    return as_before if as_before == old and minor(old.generator) == minor(made.generator) else now


def minor(version: str) -> str:
    """The part of a version within which the output does not change: `0.1` of `0.1.7`."""
    return ".".join(version.split(".")[:2])


def dump(lock: Lock) -> str:
    """The text of the file; its seal is the hash of the rest of it."""
    text = "".join(_lines(lock))
    return f"{_HEADER}{_SEAL} = {_quoted(digest(text.encode()))}\n{text}"


def _lines(lock: Lock) -> Iterator[str]:
    for key in _TEXTS:
        yield f"{key} = {_quoted(getattr(lock, key))}\n"
    for key in _COUNTS:
        yield f"{key} = {getattr(lock, key)}\n"
    for title in _TABLES:
        table: Mapping[str, str] = getattr(lock, title)
        yield f"\n[{title}]\n"
        for key in sorted(table):
            yield f"{_quoted(key)} = {_quoted(table[key])}\n"


def _quoted(text: str) -> str:
    """A TOML basic string; a lone surrogate, which TOML can't hold, is written as its escape."""
    if text.isascii() and text.isprintable() and '"' not in text and "\\" not in text:
        return f'"{text}"'
    text = text.encode("utf-8", "backslashreplace").decode("utf-8")
    return '"' + "".join(_escaped(character) for character in text) + '"'


def _escaped(character: str) -> str:
    if character in _TOML_ESCAPES:
        return _TOML_ESCAPES[character]
    if character.isprintable():
        return character
    return f"\\U{ord(character):08x}"


def parse(text: str, shown: str) -> Lock:
    """The lock that `text` holds.

    Args:
        text: What the file holds.
        shown: The file's name, as messages show it.

    Raises:
        Refused: It is not what specwright wrote, most often because two branches were merged.
    """
    # Most locks have no mark, and are long: what looks for the start of a line takes longer than for the mark.
    marked = any(mark in text for mark in _MARKS)
    conflict = _CONFLICT.search(text) if marked else None
    if conflict:
        raise Refused((_conflict(text, shown, text.count("\n", 0, conflict.start()) + 1),))
    try:
        data = _plain(text) or cast("dict[str, object]", tomllib.loads(text))
    except ValueError as error:  # of numbers with thousands of digits, too
        raise Refused((_broken(text, shown, str(error)),)) from error
    except RecursionError:
        raise Refused((_broken(text, shown, "it is nested too deeply"),)) from None
    fault = _fault(data)
    if fault:
        raise Refused((_broken(text, shown, fault),))
    seal = data.pop(_SEAL, "")
    lock = Lock(**cast("dict[str, Any]", data))
    rest = text.replace(f"{_HEADER}{_SEAL} = {_quoted(str(seal))}\n", "", 1)
    # What was changed by hand says nothing of how the folder was made.
    return lock if digest(rest.encode()) == seal else replace(lock, recipe="")


def _plain(text: str) -> dict[str, object] | None:
    """What a lock holds that is written as `dump` writes most; None for any other, which TOML may still read.

    A lock of a large document has tens of thousands of lines, for which a parser of all of TOML takes long.
    """
    head, *written = text.split("\n\n[")
    tables: dict[str, object] = {}
    for table in written:
        title, _, body = table.partition("]\n")
        lines = body.count("\n") + (not body.endswith("\n")) if body else 0
        entries = dict(_LINES.findall(body))
        if len(entries) != lines or title in tables:
            return None
        tables[title] = entries
    data: dict[str, object] = tomllib.loads(head)
    return {**data, **tables} if data.keys().isdisjoint(_TABLES) and tables.keys() <= set(_TABLES) else None


def _fault(data: Mapping[str, object]) -> str:
    """What of the file is not as specwright writes it, or `""`."""
    if missing := [key for key in _KEYS if key not in data and key not in _LATER]:
        return f"`{missing[0]}` is missing"
    if unknown := sorted(set(data) - set(_KEYS)):
        return f"`{unknown[0]}` is nothing that specwright writes"
    for key in (_SEAL, *_TEXTS):
        if not isinstance(data.get(key, ""), str):
            return f"`{key}` is not a text"
    for key in _COUNTS:
        if type(data.get(key, 0)) is not int:
            return f"`{key}` is not a number"
    for key in _TABLES:
        table = data.get(key, {})
        if not isinstance(table, dict) or not all(
            isinstance(v, str) for v in cast("dict[str, object]", table).values()
        ):
            return f"`{key}` is not a table of texts"
    outside = [path for path in cast("dict[str, str]", data["files"]) if not inside(path)]
    return f"`files` names a path out of its folder: {outside[0]}" if outside else ""


def inside(path: str) -> bool:
    """Whether a path of the lock, or of a rendered file, is a plain one below its folder."""
    parts = path.split("/")
    return (
        all(part not in {"", ".", ".."} and "\\" not in part and "\0" not in part for part in parts)
        and path != FILE_NAME
    )


def _conflict(text: str, shown: str, line: int) -> Problem:
    place = Place(shown, line, 1, "", text.splitlines()[line - 1])
    return problem("lock-conflict", place, "the lock still has the marks of a merge")


def _broken(text: str, shown: str, why: str) -> Problem:
    found = _TOML_PLACE.search(why)
    line, column = (int(found[1]), int(found[2])) if found else (1, 1)
    lines = text.splitlines()
    place = Place(shown, line, column, "", lines[line - 1] if line <= len(lines) else "")
    hint = f"Take it from version control again: `git checkout -- {shown}`."
    return problem(
        "lock-broken", place, f"this is not a lock that specwright wrote: {_TOML_PLACE.sub('', why)}", hint
    )
