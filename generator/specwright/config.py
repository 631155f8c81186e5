"""What the user decided: one frozen Config per document, from [tool.specwright] of the nearest pyproject.toml."""

from __future__ import annotations

import dataclasses
import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal, TypeGuard

from specwright.problems import CATALOGUE, Place, Problem, Refused, problem, quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

_NOTHING: Final[Mapping[str, Any]] = {}


@dataclasses.dataclass(frozen=True, slots=True)
class Budgets:
    """How much a document may ask for; what goes beyond is refused, naming the budget. [tool.specwright.budgets]."""

    bytes: int = 32 * 1024 * 1024
    """Size of one file."""
    depth: int = 100
    """Nesting of values; at most DEEPEST."""
    nodes: int = 1_000_000
    """Values in one file."""
    expansion: int = 2_000_000
    """Values in one file if each alias were written out."""
    key: int = 4_096
    """Characters of one key."""
    files: int = 2_000
    """Files that one document is split over."""


DEEPEST: Final = 200
"""The most that `depth` can be raised to: what the interpreter's own stack carries."""


@dataclasses.dataclass(frozen=True, slots=True)
class Config:
    """The settings of one document. Paths are as they can be opened; [tool.specwright.documents.NAME]."""

    spec: Path
    """The document."""
    output: Path | None = None
    """The folder of the distribution; None for one named after it, in the current folder."""
    package: str = ""
    """The name to import the package by; "" for one that the document gives."""
    version: str = ""
    """The version of the package; "" for the document's."""
    root: Path | None = None
    """The folder that `$ref` may reach; None for that of the document."""
    allow_hosts: tuple[str, ...] = ()
    """Hosts that `$ref` may fetch from, by https; `name:port` where the port is not the usual one."""
    overlays: tuple[Path, ...] = ()
    """Overlays to apply to the document, in that order."""
    tags: tuple[str, ...] = ()
    """Tags whose operations are wanted. Where tags, paths or operations are given, nothing else is made."""
    paths: tuple[str, ...] = ()
    """Paths whose operations are wanted; a `*` stands for any text."""
    operations: tuple[str, ...] = ()
    """Ids of operations that are wanted; `get /pets` for one without an id."""
    env: Mapping[str, str] = dataclasses.field(default_factory=dict[str, str])
    """Of credentials, by the name of their argument: the environment variable that stands in for it."""
    ignore: tuple[str, ...] = ()
    """Codes of Problems that are not reported; what is an error is always."""
    strict: bool = False
    """Whether warnings are errors."""
    budgets: Budgets = Budgets()
    layout: Literal["modules", "folders"] | None = None
    """One module of models, or one for each schema; None for what fits the document, or what was once chosen for it."""
    name: str = ""
    """What the configuration calls the document; "" where it is not in one."""


_VARIABLE: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*", re.ASCII)
_FILE: Final = "pyproject.toml"
_SECTION: Final = ("tool", "specwright")


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _is_layout(value: Any) -> bool:
    return value in ("modules", "folders")


def _is_list(value: Any) -> TypeGuard[list[Any]]:
    return isinstance(value, list)


def _is_table(value: Any) -> TypeGuard[dict[str, Any]]:
    return isinstance(value, dict)


def _are_texts(value: Any) -> bool:
    return _is_list(value) and all(map(_is_text, value))


def _are_variables(value: Any) -> bool:
    return _is_table(value) and all(
        isinstance(name, str) and _VARIABLE.fullmatch(name) for name in value.values()
    )


def _is_count(value: Any) -> bool:
    return type(value) is int and value > 0


def _is_depth(value: Any) -> bool:
    return _is_count(value) and value <= DEEPEST


def _is_one_or_more(value: Any) -> bool:
    return _is_text(value) or _are_texts(value)


def _texts(value: str | list[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def _path(value: str, folder: Path) -> Path:
    return _near(folder / value)


def _paths(value: str | list[str], folder: Path) -> tuple[Path, ...]:
    return tuple(_path(each, folder) for each in _texts(value))


def _as(make: Callable[[Any], Any]) -> Callable[[Any, Path], Any]:
    return lambda value, _folder: make(value)


_Key = tuple[str, "Callable[[Any], bool]", str, "Callable[[Any, Path], Any]"]
_DOCUMENT: Final[Mapping[str, _Key]] = {
    # key: the field of Config, what its value has to be, how that is said, and what makes the field's value of it and of
    # the folder of the file, from which paths start.
    "spec": ("spec", _is_text, "a path", _path),
    "output": ("output", _is_text, "a path", _path),
    "root": ("root", _is_text, "a path", _path),
    "package": ("package", _is_text, "text", _as(str)),
    "version": ("version", _is_text, "text", _as(str)),
    "allow-host": ("allow_hosts", _is_one_or_more, "a host, or a list of hosts", _as(_texts)),
    "overlay": ("overlays", _is_one_or_more, "a path, or a list of paths", _paths),
    "tags": ("tags", _are_texts, "a list of texts", _as(tuple)),
    "paths": ("paths", _are_texts, "a list of texts", _as(tuple)),
    "operations": ("operations", _are_texts, "a list of texts", _as(tuple)),
    "env": ("env", _are_variables, "a table of names of environment variables", _as(dict)),
    "layout": ("layout", _is_layout, 'text: "modules" or "folders"', _as(str)),
    "ignore": ("ignore", _are_texts, "a list of texts", _as(tuple)),
}
_BUDGETS: Final[Mapping[str, _Key]] = {
    field.name: (field.name, _is_count, "a number above 0", _as(int)) for field in dataclasses.fields(Budgets)
} | {"depth": ("depth", _is_depth, f"a number from 1 to {DEEPEST}", _as(int))}
_TABLES: Final = ("documents", "budgets")
_LATER: Final = frozenset({"client", "diff", "idempotency-header", "pagination"})
"""Keys of the design that this version does not act on: they are refused, since ignoring them would mislead."""


def configured(folder: Path, spec: Path | None = None) -> tuple[Config, ...]:
    """The settings of each document that the configuration lists; with `spec`, of that one, whether listed or not.

    The configuration is the nearest pyproject.toml of `folder` and those above it. Refused where it has a mistake, or
    where there is none and no `spec` either.
    """
    file = next((found for above in (folder, *folder.parents) if (found := above / _FILE).is_file()), None)
    section = _Section(file) if file else None
    if section and section.problems:
        raise Refused(section.problems)
    listed = section.configs if section else ()
    if spec is None:
        if not listed:
            raise Refused([_nothing_listed(file)])
        return listed
    same = [config for config in listed if config.spec.resolve() == spec.resolve()]
    budgets = section.budgets if section else Budgets()
    return (dataclasses.replace(same[0], spec=spec),) if same else (Config(spec=spec, budgets=budgets),)


class _Section:
    """[tool.specwright] of one file: what it says, and what is wrong in it."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.problems: list[Problem] = []
        self.text = ""
        self.budgets = Budgets()
        self.configs: tuple[Config, ...] = ()
        section = self._parsed()
        for key in section:
            if key not in _TABLES:
                self._say_unknown((key,), _TABLES)
        self.budgets = Budgets(**dict(self._read(self._table(section, "budgets"), _BUDGETS, ("budgets",))))
        documents = self._table(section, "documents")
        self.configs = tuple(
            config
            for name in documents
            if (config := self._document(name, self._table(documents, name, "documents")))
        )
        self._compare_outputs()

    def _compare_outputs(self) -> None:
        """Says where one document's output would be written over, or into, another's."""
        folders: list[tuple[Path, str]] = []
        for config in self.configs:
            if config.output is None:
                continue
            folder = config.output.resolve()
            for other, name in folders:
                if folder == other or folder in other.parents or other in folder.parents:
                    message = f"The outputs of {quoted(config.name)} and {quoted(name)} are in one another."
                    self._say("config-clash", ("documents", config.name, "output"), message)
            folders.append((folder, config.name))

    def _parsed(self) -> Mapping[str, Any]:
        """The section as TOML reads it; empty where there is none."""
        try:
            self.text = self.file.read_bytes().decode()
            content: Any = tomllib.loads(self.text)
        except OSError as error:
            self.problems.append(
                problem("file-unreadable", self._at(1, ()), f"The file can't be read: {error.strerror}.")
            )
            return _NOTHING
        except UnicodeDecodeError:
            self.problems.append(problem("file-encoding", self._at(1, ()), "The file is not UTF-8."))
            return _NOTHING
        except tomllib.TOMLDecodeError as error:
            found = re.search(r" \(at (?:line (\d+), column (\d+)|end of document)\)$", str(error))
            reason = str(error)[: found.start()] if found else str(error)
            last = len(self.text.splitlines())
            line, column = (int(found[1]), int(found[2])) if found and found[1] else (last, 1)
            self.problems.append(
                problem("config-syntax", self._at(line, (), column), f"It is not TOML: {reason}.")
            )
            return _NOTHING
        for key in _SECTION:
            content = content.get(key) if _is_table(content) else None
        return content if _is_table(content) else _NOTHING

    def _table(self, holder: Mapping[str, Any], key: str, *above: str) -> Mapping[str, Any]:
        value = holder.get(key, _NOTHING)
        if _is_table(value):
            return value
        self._say("config-type", (*above, key), f"{quoted(key)} has to be a table.")
        return _NOTHING

    def _document(self, name: str, table: Mapping[str, Any]) -> Config | None:
        fields = dict(self._read(table, _DOCUMENT, ("documents", name)))
        for code in fields.get("ignore", ()):
            if code not in CATALOGUE:
                keys = ("documents", name, "ignore")
                self._say("config-type", keys, f"{quoted(code)} is not the code of a problem.", within=code)
        if "spec" in fields:
            return Config(**fields, name=name, budgets=self.budgets)
        if table is not _NOTHING and "spec" not in table:
            self._say(
                "config-type", ("documents", name), f"The document {quoted(name)} needs a `spec`, its path."
            )
        return None

    def _read(
        self, table: Mapping[str, Any], keys: Mapping[str, _Key], above: tuple[str, ...]
    ) -> Iterator[tuple[str, Any]]:
        """The fields that a table sets; says what it has beside them."""
        for key, value in table.items():
            if key not in keys:
                self._say_unknown((*above, key), keys)
                continue
            name, is_right, expected, make = keys[key]
            if is_right(value):
                yield name, make(value, self.file.parent)
            else:
                self._say("config-type", (*above, key), f"{quoted(key)} has to be {expected}.")

    def _say_unknown(self, keys: tuple[str, ...], known: Mapping[str, Any] | tuple[str, ...]) -> None:
        key = keys[-1]
        if key in _LATER:
            self._say("config-later", keys, f"{quoted(key)} is nothing that this version acts on.")
        else:
            self._say("config-unknown", keys, f"{quoted(key)} is nothing that is read.", _one_of(known))

    def _say(
        self, code: str, keys: tuple[str, ...], message: str, hint: str | None = None, *, within: str = ""
    ) -> None:
        self.problems.append(problem(code, self._place(keys, within), message, hint))

    def _place(self, keys: tuple[str, ...], within: str = "") -> Place:
        """Where a key is written: below the header of its table, or else where it first stands behind one above it.

        With `within`, where that text of its value is, if it is found behind the key.
        """
        line = 1
        for number in range(1, len(keys) + 1):
            header = r"\.".join(_spelled(key) for key in (*_SECTION, *keys[:number]))
            own = rf"^\s*\[\s*{header}\s*\]|^\s*(?:[\w.\"'-]+\.)?{_spelled(keys[number - 1])}\s*[.=]|[{{,]\s*{_spelled(keys[number - 1])}\s*="
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
        return self._at(line, keys)

    def _at(self, line: int, keys: tuple[str, ...], column: int = 1) -> Place:
        lines = self.text.splitlines()
        pointer = "".join(f"/{key}" for key in (*_SECTION, *keys)) if keys else ""
        return Place(
            str(_near(self.file)), line, column, pointer, lines[line - 1] if line <= len(lines) else ""
        )


def _spelled(key: str) -> str:
    return rf"[\"']?{re.escape(key)}[\"']?"


def _near(path: Path) -> Path:
    """The path from the current folder, if it is below that."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path


def _one_of(keys: Mapping[str, Any] | tuple[str, ...]) -> str:
    return f"It is one of {', '.join(keys)}."


def _nothing_listed(file: Path | None) -> Problem:
    if file is None:
        return problem(
            "config-missing", None, "There is no pyproject.toml here or above, and no document is named."
        )
    message = "No document is listed in [tool.specwright.documents], and none is named."
    return problem("config-missing", Place(str(_near(file)), 1, 1, "", ""), message)
