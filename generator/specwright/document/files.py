"""The files of one document: which may be read, and each read once."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from specwright.config import written_at
from specwright.document.identities import joined
from specwright.document.load import read
from specwright.document.text import too_much
from specwright.problems import Place, Problem, Refused, problem, quoted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from specwright.config import Config
    from specwright.document.source import Source
    from specwright.stores import Store

_REMOTE: Final = ("http:", "https:", "//")
"""How a reference begins that names a file of another host."""
_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f]")


class Files:
    """The files that one document is split over, below one folder."""

    def __init__(self, store: Store, root: str, config: Config) -> None:
        self.store = store
        self.root = store.real(root)
        self.config = config
        self.budgets = config.budgets
        self.hosts = frozenset(host.lower() for host in config.allow_hosts)
        self.problems: list[Problem] = []
        self._sources: dict[str, Source] = {}
        """By the path that a file really has, or the URL by which it was asked for."""
        self.named: dict[str, Source] = {}
        """By the URI that a file gives itself with `$self` (OpenAPI 3.2, section 4.1.1)."""
        self.lacks_some = False
        """Whether a file that is referred to is not there: of what it would say, no file that was read tells."""

    def read(self, path: str, place: Place | None) -> Source | None:
        """The file at a path, read once; None if there is none. `place` is what asked for it; Refused if unreadable."""
        real = self.store.real(path)
        if real in self._sources:
            return self._sources[real]
        name = self.store.shown(path)
        here = place or Place(name, 1, 1, "", "")
        try:
            size = self.store.size(path)
            if size is None:
                self.lacks_some = True
                return None
            if size > self.budgets.bytes:
                raise Refused([problem("limit-bytes", here, *too_much("bytes", size, self.budgets.bytes))])
            data = self.store.fetch(path, self.budgets.bytes)
        except OSError as error:
            said = error.strerror or str(error)
            code = "file-unreadable" if isinstance(error, PermissionError) else "file-missing"
            raise Refused([problem(code, here, f"The file {quoted(name)} can't be read: {said}.")]) from None
        return self.add(data, path)

    def add(self, data: bytes, path: str) -> Source:
        """Takes the content of a file into the document."""
        source = self._sources[self.store.real(path)] = self._loaded(data, self.store.shown(path), path)
        return source

    def _loaded(self, data: bytes, name: str, path: str) -> Source:
        source, problems = read(data, name=name, path=path, budgets=self.budgets)
        source.from_root = self._path(self.store.real(path), source)
        self.problems += problems
        self._name(source)
        return source

    def _name(self, source: Source) -> None:
        if source.own_uri:
            self.named.setdefault(source.own_uri, source)

    def beside(self, source: Source, location: str, place: Place) -> Source | None:
        """The file that a reference in `source` names; None if there is none; Refused if it may not be read."""
        if location.lower().startswith(_REMOTE) or source.url:
            return self._remote(joined(source.url, location), place)
        refusal = _forbidden(location)
        if refusal:
            raise Refused([problem(refusal[0], place, f"The `$ref` {quoted(location)} {refusal[1]}.")])
        path = os.path.normpath(os.path.join(os.path.dirname(source.path), unquote(location)))  # noqa: PTH118, PTH120 - a `$ref` is text
        real = self.store.real(path)
        if not Path(real).is_relative_to(self.root):
            message = f"The `$ref` {quoted(location)} leaves {self._root_shown()}."
            raise Refused([problem("ref-outside", place, message)])
        self._count(real, place)
        return self.read(path, place)

    def _remote(self, url: str, place: Place) -> Source:
        """The file at a URL, fetched once."""
        from specwright.document.remote import fetch  # noqa: PLC0415 - a client of HTTP takes long to import

        if url not in self._sources:
            self._count(url, place)
            final, data = fetch(url, self.hosts, self.budgets.bytes, place)
            self._sources[url] = self._loaded(data, url, final)
        return self._sources[url]

    def _count(self, file: str, place: Place) -> None:
        if len(self._sources) >= self.budgets.files and file not in self._sources:
            found = len(self._sources) + 1
            raise Refused([problem("limit-files", place, *too_much("files", found, self.budgets.files))])

    def overlay(self, source: Source, path: str) -> None:
        """Makes the content of a file what an overlay makes of it; Refused where that can't be read or applied."""
        from specwright.document.overlay import overlaid  # noqa: PLC0415 - few documents have one, and JSONPath takes long

        name = self.store.shown(path)
        found = self.read(path, None)
        if found is None:
            place = written_at(self.config, "overlay", Path(path)) or Place(name, 1, 1, "", "")
            raise Refused([problem("file-missing", place, f"There is no file {quoted(name)}.")])
        self.problems += overlaid(source, found, self.budgets)
        self._name(source)

    def since(self, count: int) -> list[Source]:
        """The files that were read after the first `count`."""
        return list(self._sources.values())[count:] if len(self._sources) > count else []

    def names(self) -> list[str]:
        """Of each file that was read, as users know it; the document's own comes first."""
        return [source.name for source in self._sources.values() if source.part_of is None]

    def texts(self) -> Mapping[str, str]:
        """The text of each file that was read, by its path from the root folder with slashes, or its URL."""
        return {self._path(path, source): source.text for path, source in sorted(self._sources.items())}

    def digests(self) -> Mapping[str, str]:
        """Of each file that was read, by its path from the root folder with slashes, or its URL: the SHA-256 of its bytes."""
        return {self._path(path, source): source.digest for path, source in sorted(self._sources.items())}

    def _path(self, real: str, source: Source) -> str:
        return real if source.url else os.path.relpath(real, self.root).replace(os.sep, "/")

    def _root_shown(self) -> str:
        shown = self.store.shown(self.root)
        return "the document's folder" if shown in {"", "."} else f"the folder {quoted(shown)}"


def _forbidden(location: str) -> tuple[str, str] | None:
    """The code of the Problem, and what is said, of a reference that names no file below a folder."""
    decoded = unquote(location)
    if _CONTROL.search(decoded):
        return "ref-outside", "has a control character in its file name"
    if _SCHEME.match(decoded):
        return "ref-outside", "is no relative path"
    if decoded.startswith("/") or "\\" in decoded:
        return "ref-outside", "is no relative path with slashes"
    return None
