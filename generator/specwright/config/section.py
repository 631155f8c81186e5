"""[tool.specwright] of one file: the documents that it lists, and their budgets."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

from specwright import spelling
from specwright.config.budgets import BUDGETS, Budgets, amount, is_amount
from specwright.config.diff import DiffSettings, diff_settings
from specwright.config.settings import Config
from specwright.config.toml import (
    NOTHING,
    Key,
    Toml,
    are_texts,
    is_table,
    is_text,
    made_by,
    near,
)
from specwright.problems import CATALOGUE, Place, quoted

if TYPE_CHECKING:
    from collections.abc import Mapping

_VARIABLE: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*", re.ASCII)
_HEADER: Final = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+", re.ASCII)
"""The name of a header (RFC 9110, section 5.1)."""
_SECTION: Final = ("tool", "specwright")


def _is_layout(value: Any) -> bool:
    return value in ("modules", "folders")


def _is_client(value: Any) -> bool:
    return value in ("specwright", "openapi-python-client")


def _are_variables(value: Any) -> bool:
    return is_table(value) and all(
        isinstance(name, str) and _VARIABLE.fullmatch(name) for name in value.values()
    )


def _is_header(value: Any) -> bool:
    return is_text(value) and _HEADER.fullmatch(value) is not None


def _is_pagination(value: Any) -> bool:
    return value is False or (
        is_table(value) and all(is_table(said) or isinstance(said, bool) for said in value.values())
    )


def _pagination(value: Any, _folder: Path) -> dict[str, Any] | Literal[False]:
    return value is not False and dict(value)


def _is_one_or_more(value: Any) -> bool:
    return is_text(value) or are_texts(value)


def _texts(value: str | list[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def _path(value: str, folder: Path) -> Path:
    return near(folder / value)


def _paths(value: str | list[str], folder: Path) -> tuple[Path, ...]:
    return tuple(_path(each, folder) for each in _texts(value))


_DOCUMENT: Final[Mapping[str, Key]] = {
    "spec": ("spec", is_text, "a path", _path),
    "output": ("output", is_text, "a path", _path),
    "root": ("root", is_text, "a path", _path),
    "package": ("package", is_text, "text", made_by(str)),
    "version": ("version", is_text, "text", made_by(str)),
    "allow-host": ("allow_hosts", _is_one_or_more, "a host, or a list of hosts", made_by(_texts)),
    "overlay": ("overlays", _is_one_or_more, "a path, or a list of paths", _paths),
    "tags": ("tags", are_texts, "a list of texts", made_by(tuple)),
    "paths": ("paths", are_texts, "a list of texts", made_by(tuple)),
    "operations": ("operations", are_texts, "a list of texts", made_by(tuple)),
    "env": ("env", _are_variables, "a table of names of environment variables", made_by(dict)),
    "layout": ("layout", _is_layout, 'text: "modules" or "folders"', made_by(str)),
    "idempotency-header": ("idempotency_header", _is_header, "the name of a header", made_by(str)),
    "pagination": ("pagination", _is_pagination, "false, or a table of operations", _pagination),
    "client": ("client", _is_client, 'text: "specwright" or "openapi-python-client"', made_by(str)),
    "client-config": ("client_config", is_text, "a path", _path),
    "ignore": ("ignore", are_texts, "a list of texts", made_by(tuple)),
}
_OF_OUR_CLIENT: Final = frozenset({"env", "idempotency-header", "pagination"})
"""Keys of a document that say what its client does, if that is specwright's."""


def _budget(name: str) -> Key:
    most, in_bytes = BUDGETS[name].most, BUDGETS[name].in_bytes
    number = "a number above 0" if most is None else f"a number from 1 to {most}"

    def read(value: int | str, _folder: Path) -> int:
        return amount(name, value) if isinstance(value, str) else value

    return (name, partial(is_amount, name), f'{number}, or text like "64MiB"' if in_bytes else number, read)


_BUDGETS: Final[Mapping[str, Key]] = {name: _budget(name) for name in BUDGETS}
_TABLES: Final = ("documents", "budgets", "diff")


def written_at(config: Config, key: str, value: str | Path) -> Place | None:
    """Where the configuration says a value of a setting of a document; None where it does not, as where an option did."""
    if config.file is None:
        return None
    toml = Toml(config.file, None, *_SECTION)
    keys = ("documents", config.name)
    table = toml.table(toml.table(toml.content, keys[0]), config.name)
    for text in _listed(table.get(key)):
        same = (
            text == value
            if isinstance(value, str)
            else Path.cwd() / value == Path.cwd() / config.file.parent / text
        )
        if same:
            return toml.place((*keys, key), text)
    return None


def _listed(value: Any) -> tuple[str, ...]:
    """The texts of a setting that has one, or a list of them, or names them by keys."""
    return tuple(value) if are_texts(value) or is_table(value) else (value,) if is_text(value) else ()


class Section:
    """What the section says, and what is wrong in it."""

    def __init__(self, file: Path, data: bytes | None = None) -> None:
        """Reads `data`, the content of `file`; None for what stands there."""
        self._toml = Toml(file, data, *_SECTION)
        content = self._toml.content
        for key in content:
            if key not in _TABLES:
                self._toml.say_unknown((key,), _TABLES)
        budgets = self._toml.read(self._toml.table(content, "budgets"), _BUDGETS, ("budgets",))
        self.budgets = Budgets(**dict(budgets))
        documents = self._toml.table(content, "documents")
        self.configs = tuple(
            config
            for name in documents
            if (config := self._document(name, self._toml.table(documents, name, "documents")))
        )
        self._compare_outputs()
        self.diff: DiffSettings = diff_settings(self._toml, content)
        self.problems = self._toml.problems

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
                    self._toml.say("config-clash", ("documents", config.name, "output"), message)
            folders.append((folder, config.name))

    def _document(self, name: str, table: Mapping[str, Any]) -> Config | None:
        keys = ("documents", name)
        fields = dict(self._toml.read(table, _DOCUMENT, keys))
        for code in fields.get("ignore", ()):
            if code not in CATALOGUE:
                message = f"{quoted(code)} is not the code of a problem."
                hint = spelling.hint(str(code), CATALOGUE, "docs/problems.md lists them.")
                self._toml.say("config-type", (*keys, "ignore"), message, hint, within=code)
        if fields.get("client") == "openapi-python-client":
            for key in _OF_OUR_CLIENT & table.keys():
                message = f"{quoted(key)} is nothing that a client of openapi-python-client knows."
                self._toml.say("config-unknown", (*keys, key), message, "Remove it, or `client`.")
        elif table.get("client", "specwright") == "specwright" and "client-config" in table:
            message = (
                "`client-config` is for a client of openapi-python-client, and specwright writes this one."
            )
            hint = 'Add `client = "openapi-python-client"`, or remove `client-config`.'
            self._toml.say("config-unknown", (*keys, "client-config"), message, hint)
        if "spec" in fields:
            return Config(**fields, name=name, file=self._toml.file, budgets=self.budgets)
        if table is not NOTHING and "spec" not in table:
            message = f"The document {quoted(name)} needs a `spec`, its path."
            self._toml.say("config-type", keys, message)
        return None
