"""Where files come from, as bytes."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable

Stamp = tuple[str, int, int, int] | None
"""What a file is told by from what it was before: the path it really has, its number there, when it was last written, in
nanoseconds, and its size in bytes; None where there is none."""


class Store(Protocol):
    """Where files come from: the disk, or a revision of a repository."""

    def real(self, path: str) -> str:
        """The path that a file really has, symbolic links followed."""
        ...

    def size(self, path: str) -> int | None:
        """The bytes of a regular file; None where there is no such file. OSError if it is something else."""
        ...

    def fetch(self, path: str, most: int) -> bytes:
        """The content of a regular file, up to `most` bytes and one; OSError where it can't be read."""
        ...

    def shown(self, path: str) -> str:
        """The path as users know it."""
        ...


class Disk:
    """Files on disk."""

    def real(self, path: str) -> str:
        """The path with every symbolic link followed."""
        return os.path.realpath(path)

    def size(self, path: str) -> int | None:
        """The size of a regular file; None where nothing is; OSError for folders, devices, pipes and loops."""
        try:
            status = os.stat(path)  # noqa: PTH116 - paths are text here, as a `$ref` is
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            if error.errno == errno.ENAMETOOLONG:
                return None  # no file is called so
            raise
        if stat.S_ISDIR(status.st_mode):
            raise OSError("it is a folder")
        if not stat.S_ISREG(status.st_mode):
            raise OSError("it is not a regular file")
        return status.st_size

    def fetch(self, path: str, most: int) -> bytes:
        """The content, of a regular file only, even if it was exchanged since its size was asked for."""
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(descriptor, "rb") as opened:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise OSError("it is not a regular file")
            return opened.read(most + 1)

    def shown(self, path: str) -> str:
        """The path from the current folder, where the file is below it."""
        here = Path.cwd()
        return str(Path(path).relative_to(here)) if Path(path).is_relative_to(here) else path


class Observed(Disk):
    """Files on disk, and which of them were asked for, whether they were there or not: what a run depended on."""

    def __init__(self, paths: Iterable[str] = ()) -> None:
        """Counts `paths` among the files that were asked for, as they are now."""
        self._stamps = {path: _stamp(path) for path in paths}
        """By path, as it was before the file was first asked for."""

    def size(self, path: str) -> int | None:
        """As of every store."""
        self._note(path)
        return super().size(path)

    def fetch(self, path: str, most: int) -> bytes:
        """As of every store."""
        self._note(path)
        return super().fetch(path, most)

    def _note(self, path: str) -> None:
        if path not in self._stamps:
            self._stamps[path] = _stamp(path)

    def changed(self) -> list[str]:
        """The files that are no longer as they were when they were asked for: other ones, gone, or there at last."""
        return [path for path, stamp in self._stamps.items() if _stamp(path) != stamp]

    def emptied(self) -> bool:
        """Whether a file that has changed has nothing in it now: who saves it in place may be about to write the rest."""
        return any((stamp := _stamp(path)) is not None and stamp[-1] == 0 for path in self.changed())

    def with_those_of(self, other: Observed) -> Observed:
        """Both together; a file of both is as it is here."""
        both = Observed()
        both._stamps = {**other._stamps, **self._stamps}
        return both

    def paths(self) -> list[str]:
        """The files that were asked for."""
        return list(self._stamps)

    def folders(self) -> set[str]:
        """Where something happens when one of the files changes: the folder of each, or the nearest above that exists.

        Where a file is behind a symbolic link, both the link's folder and that of the file are among them.
        """
        both = {way for path in self._stamps for way in (os.path.abspath(path), os.path.realpath(path))}  # noqa: PTH100 - as `Disk`
        return {_existing(os.path.dirname(path)) for path in both}  # noqa: PTH120 - as above


def _stamp(path: str) -> Stamp:
    try:
        found = os.stat(path)  # noqa: PTH116 - as `Disk`
    except (OSError, ValueError):
        return None
    return os.path.realpath(path), found.st_ino, found.st_mtime_ns, found.st_size


def _existing(folder: str) -> str:
    while not os.path.isdir(folder):  # noqa: PTH112 - as `Disk`
        above = os.path.dirname(folder)  # noqa: PTH120 - as `Disk`
        if above == folder:
            break
        folder = above
    return folder
