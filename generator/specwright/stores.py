"""Where files come from, as bytes."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Protocol


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
