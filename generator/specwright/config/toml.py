"""A file in TOML: what it says, where it says so, and what is wrong in it."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeGuard

from specwright.problems import Place, Problem, problem, quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

NOTHING: Final[Mapping[str, Any]] = {}

Key = tuple[str, "Callable[[Any], bool]", str, "Callable[[Any, Path], Any]"]
"""Of a key: the field that it sets, what its value has to be, how that is said, and what makes the field's value of it and
of the folder from which paths start."""


def is_text(value: Any) -> bool:
    """Whether it is a text."""
    return isinstance(value, str)


def is_list(value: Any) -> TypeGuard[list[Any]]:
    """Whether it is an array."""
    return isinstance(value, list)


def is_table(value: Any) -> TypeGuard[dict[str, Any]]:
    """Whether it is a table."""
    return isinstance(value, dict)


def are_texts(value: Any) -> bool:
    """Whether it is an array of texts."""
    return is_list(value) and all(map(is_text, value))


def made_by(make: Callable[[Any], Any]) -> Callable[[Any, Path], Any]:
    """For a Key: what makes a value of one alone."""
    return lambda value, _folder: make(value)


class Toml:
    """A file, or the section of it that is read. Its mistakes gather in `problems`."""

    def __init__(self, file: Path, data: bytes | None, *section: str, name: str = "") -> None:
        """Reads `data`, the content of `file`; None for what stands there. `name` is how messages call the file."""
        self.file = file
        self.section = section
        self.name = name or str(near(file))
        self.problems: list[Problem] = []
        self.text = ""
        self.content = self._parsed(data)

    def _parsed(self, data: bytes | None) -> Mapping[str, Any]:
        """The section as TOML reads it; empty where there is none."""
        try:
            self.text = (self.file.read_bytes() if data is None else data).decode()
            content: Any = tomllib.loads(self.text)
        except OSError as error:
            code = "file-missing" if isinstance(error, FileNotFoundError) else "file-unreadable"
            self.problems.append(problem(code, self._at(1, ()), f"The file can't be read: {error.strerror}."))
            return NOTHING
        except UnicodeDecodeError:
            self.problems.append(problem("file-encoding", self._at(1, ()), "The file is not UTF-8."))
            return NOTHING
        except tomllib.TOMLDecodeError as error:
            found = re.search(r" \(at (?:line (\d+), column (\d+)|end of document)\)$", str(error))
            reason = str(error)[: found.start()] if found else str(error)
            last = len(self.text.splitlines())
            line, column = (int(found[1]), int(found[2])) if found and found[1] else (last, 1)
            self.problems.append(
                problem("config-syntax", self._at(line, (), column), f"It is not TOML: {reason}.")
            )
            return NOTHING
        for key in self.section:
            content = content.get(key) if is_table(content) else None
        return content if is_table(content) else NOTHING

    def table(self, holder: Mapping[str, Any], key: str, *above: str) -> Mapping[str, Any]:
        """The table at a key; empty where there is none, or something else, which is said."""
        value = holder.get(key, NOTHING)
        if is_table(value):
            return value
        self.say("config-type", (*above, key), f"{quoted(key)} has to be a table.")
        return NOTHING

    def read(
        self, table: Mapping[str, Any], keys: Mapping[str, Key], above: tuple[str, ...]
    ) -> Iterator[tuple[str, Any]]:
        """The fields that a table sets; says what it has beside them."""
        for key, value in table.items():
            if key not in keys:
                self.say_unknown((*above, key), keys)
                continue
            name, is_right, expected, make = keys[key]
            if is_right(value):
                yield name, make(value, self.file.parent)
            else:
                self.say("config-type", (*above, key), f"{quoted(key)} has to be {expected}.")

    def say_unknown(self, keys: tuple[str, ...], known: Mapping[str, Any] | tuple[str, ...]) -> None:
        """Says that nothing reads a key."""
        hint = f"It is one of {', '.join(known)}."
        self.say("config-unknown", keys, f"{quoted(keys[-1])} is nothing that is read.", hint)

    def say(
        self, code: str, keys: tuple[str, ...], message: str, hint: str | None = None, *, within: str = ""
    ) -> None:
        """Adds a Problem at a key; with `within`, where that text of its value is."""
        self.say_at(code, self.place(keys, within), message, hint)

    def say_at(self, code: str, place: Place, message: str, hint: str | None = None) -> None:
        """Adds a Problem at a place of the file."""
        self.problems.append(problem(code, place, message, hint))

    def place(self, keys: tuple[str, ...], within: str = "") -> Place:
        """Where a key is written: below the header of its table, or else where it first stands behind one above it.

        With `within`, where that text of its value is, if it is found behind the key.
        """
        line = 1
        for number in range(1, len(keys) + 1):
            header = r"\.".join(_spelled(key) for key in (*self.section, *keys[:number]))
            own = rf"^\s*\[\[?\s*{header}\s*\]|^\s*(?:[\w.\"'-]+\.)?{_spelled(keys[number - 1])}\s*[.=]|[{{,]\s*{_spelled(keys[number - 1])}\s*="
            found = next(
                (
                    at
                    for at, text in enumerate(self.text.splitlines(), 1)
                    if at >= line and re.search(own, text)
                ),
                None,
            )
            line = found or line
        lines = enumerate(self.text.splitlines(), 1)
        line = next((at for at, text in lines if at >= line and within in text), line)
        return self._at(line, keys, self._column(line, within))

    def _column(self, line: int, within: str) -> int:
        """Where in a line a text is, in quotes or else as a key; 1 where it is not."""
        said = self.text.splitlines()[line - 1 : line]
        pattern = rf"(?<=[\"']){re.escape(within)}(?=[\"'])|\b{re.escape(within)}(?=\s*=)"
        found = re.search(pattern, said[0]) if said and within else None
        return found.start() + 1 if found else 1

    def place_in_list(self, keys: tuple[str, ...], number: int, within: str) -> Place:
        """Where an entry of an array of tables is written, counted from 0: its own header, or else where `within` is."""
        header = r"\.".join(_spelled(key) for key in (*self.section, *keys))
        lines = enumerate(self.text.splitlines(), 1)
        found = [at for at, text in lines if re.match(rf"\s*\[\[\s*{header}\s*\]\]", text)]
        pointed = (*keys, str(number))
        return self._at(found[number], pointed) if number < len(found) else self.place(pointed, within)

    def _at(self, line: int, keys: tuple[str, ...], column: int = 1) -> Place:
        lines = self.text.splitlines()
        pointer = "".join(f"/{key}" for key in (*self.section, *keys)) if keys else ""
        return Place(self.name, line, column, pointer, lines[line - 1] if line <= len(lines) else "")


def _spelled(key: str) -> str:
    return rf"[\"']?{re.escape(key)}[\"']?"


def near(path: Path) -> Path:
    """The path from the current folder, if it is below that."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path
