"""The document that is served, and its operations that are open. Both are read anew when a file of the document changes."""

from __future__ import annotations

import os
import threading
from collections import OrderedDict
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from specwright.plan import outline
from specwright.plan.servers import absolute
from specwright.reference import of_plan, prepared
from specwright.reference.served.covered import Covered
from specwright.reference.served.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Mapping

    from specwright.config import Config
    from specwright.document import Document
    from specwright.reference import Prepared
    from specwright.reference.model import Reference

MOST: Final = 32
"""Operations that are open at once."""


@dataclass(frozen=True, slots=True)
class Edition:
    """The document as it was read."""

    document: Document
    names: Mapping[str, str]
    """The names that its package has already, or would have."""
    reference: Reference

    def named(self, slug: str) -> str | None:
        """The text that names the operation of an address: its id, or its method and path; None where there is none."""
        found = next((one for one in self.reference.operations() if one.slug == slug), None)
        return None if found is None else found.id or f"{found.method} {found.path}"

    def servers(self) -> tuple[str, ...]:
        """Where the document says that it is served, the usual place first; by their numbers pages name them."""
        return absolute(self.document)


Read = tuple["Document", "Mapping[str, str]"]
"""A document, and the names that its package has already, as its lock keeps them."""


@dataclass(slots=True, eq=False)
class Opened:
    """An operation that is open, and how many are at it."""

    prepared: Prepared
    covered: Covered
    users: int = 0
    dropped: bool = False
    """Whether it is closed when the last one is done with it."""


@dataclass(slots=True)
class Library:
    """Gives operations to one or more threads at a time.

    `read` reads the document, whenever that is needed; Refused where it can't be used.
    """

    config: Config
    read: Callable[[], Read]
    _edition: Edition | None = None
    _stamps: Mapping[str, tuple[int, int] | None] = field(default_factory=dict[str, tuple[int, int] | None])
    _opened: OrderedDict[str, Opened] = field(default_factory=OrderedDict[str, Opened])
    _lock: threading.RLock = field(default_factory=threading.RLock)

    def edition(self) -> Edition:
        """The document as its files are now.

        Raises:
            Refused: It can't be used; it is tried again when it is next asked for.
        """
        with self._lock:
            if self._edition is None or _stamps(self._stamps) != self._stamps:
                self._edition = None
                self.close()
                # What is written while it is read is read again; of files that were not known there is no telling.
                before = _stamps([*self._stamps, str(self.config.spec), *map(str, self.config.overlays)])
                document, kept = self.read()
                outlined = outline(document, self.config, kept)
                self._edition = Edition(document, outlined.names, of_plan(document, outlined))
                self._stamps = {
                    path: before.get(path, stamp)
                    for path, stamp in _stamps(_files(document, self.config)).items()
                }
            return self._edition

    @contextmanager
    def operation(self, slug: str) -> Generator[Opened]:
        """An operation, by its address in the reference, while it is needed.

        Raises:
            Refusal: There is none.
            Refused: It can't be used.
        """
        with self._lock:
            opened = self._taken(slug)
            opened.users += 1
        try:
            yield opened
        finally:
            with self._lock:
                opened.users -= 1
                _close_unused(opened)

    def close(self) -> None:
        """Close every operation, those that are in use when they no longer are."""
        with self._lock:
            while self._opened:
                self._drop()

    def _taken(self, slug: str) -> Opened:
        edition = self.edition()
        opened = self._opened.get(slug)
        if opened is None:
            named = edition.named(slug)
            if named is None:
                raise Refusal(404, "The document has no such operation.")
            made = prepared(edition.document, self.config, named, edition.names)
            made.__enter__()
            opened = self._opened[slug] = Opened(made, Covered(made.api, made.variables()))
        self._opened.move_to_end(slug)
        while len(self._opened) > MOST:
            self._drop()
        return opened

    def _drop(self) -> None:
        """Do without the operation that was not asked for longest."""
        _, opened = self._opened.popitem(last=False)
        opened.dropped = True
        _close_unused(opened)


def _close_unused(opened: Opened) -> None:
    if opened.dropped and not opened.users:
        opened.prepared.__exit__(None, None, None)


def _files(document: Document, config: Config) -> list[str]:
    """The paths of all that a document was read from."""
    root = config.root or config.spec.parent
    return [
        *(os.path.join(root, path) for path in document.files),  # noqa: PTH118 -- a path as it is, also one of another root
        *map(str, (config.spec, *config.overlays)),
    ]


def _stamps(paths: Iterable[str]) -> dict[str, tuple[int, int] | None]:
    """When each file was last written, in nanoseconds, and its size in bytes; None where there is none."""
    return {path: _stamp(path) for path in paths}


def _stamp(path: str) -> tuple[int, int] | None:
    try:
        found = Path(path).stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size
