"""An output folder, read: what is there, and what of it is specwright's."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING, Final

from specwright.emit import lock as locks
from specwright.emit.compare import Folder, Stamp
from specwright.problems import Refused, problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from specwright.emit.compare import Kind
    from specwright.emit.lock import Lock

_OTHER: Final[Kind] = "other"
_KINDS: Final[Mapping[int, Kind]] = {stat.S_IFREG: "file", stat.S_IFDIR: "folder", stat.S_IFLNK: "symlink"}


def shown(path: Path) -> str:
    """A path for people: from the current folder where it is below it."""
    relative = os.path.relpath(path)
    return str(path) if relative.startswith("..") else relative


def named(target: Path) -> Path:
    """The folder by a name of its own: what is above it may be a symlink, it itself may not.

    Raises:
        Refused: It has no name, since it is the root of all folders, or one that no file can have.
    """
    if "\0" in str(target):
        raise _refused("output-unwritable", f"can't write {str(target)!r}: a NUL is in its name")
    absolute = Path(os.path.abspath(target))  # noqa: PTH100 - `resolve` would follow the last part too
    if not absolute.name:
        raise _refused("output-not-ours", f"{absolute} is the root of all folders")
    # Not `resolve`, which raises an error of its own for symlinks that lead to themselves: the system says that where it is used.
    return Path(os.path.realpath(absolute.parent)) / absolute.name


def read_lock(target: Path) -> Lock | None:
    """The lock of an output folder, or `None` where there is none yet.

    Raises:
        Refused: It can't be read.
    """
    text = _lock_text(target)
    return None if text is None else locks.parse(text, shown(target / locks.FILE_NAME))


def look(target: Path, wanted: Iterable[str]) -> Folder:
    """What is in an output folder now, with the contents of what is listed there and of what is wanted.

    Raises:
        Refused: It is nothing that specwright may write into.
        OSError: It can't be read.
    """
    entry = _entry(target)
    if entry is None:
        return Folder(shown(target))
    if entry.kind == "symlink":
        raise _refused("output-symlink", f"{shown(target)} is a symlink")
    if entry.kind != "folder":
        raise _refused("output-not-folder", f"{shown(target)} is not a folder")
    entries = dict(scan(target))
    text = _lock_text(target)
    if text is None:
        if entries:
            raise _refused(
                "output-not-ours",
                f"{shown(target)} has files in it, and no {locks.FILE_NAME} that says they are from specwright",
            )
        return Folder(shown(target))
    lock = locks.parse(text, shown(target / locks.FILE_NAME))
    paths = (path for path in {*wanted, *lock.files} if path in entries and entries[path].kind == "file")
    contents = {path: read(target / path) for path in paths}
    return Folder(shown(target), lock, text, entries, contents)


def scan(folder: Path, below: str = "") -> Iterator[tuple[str, Stamp]]:
    """All that is in a folder, by its path from there, each folder before what is in it; nothing behind a symlink."""
    with os.scandir(folder) as found:
        for item in sorted(found, key=lambda item: item.name):
            stamp = _stamp(item.stat(follow_symlinks=False))
            yield below + item.name, stamp
            if stamp.kind == "folder":
                yield from scan(folder / item.name, f"{below}{item.name}/")


def _entry(path: Path) -> Stamp | None:
    try:
        return _stamp(path.lstat())
    except (FileNotFoundError, NotADirectoryError):
        return None


def _stamp(found: os.stat_result) -> Stamp:
    return Stamp(
        _KINDS.get(stat.S_IFMT(found.st_mode), _OTHER), found.st_ino, found.st_size, found.st_mtime_ns
    )


def _lock_text(target: Path) -> str | None:
    path = target / locks.FILE_NAME
    entry = _entry(path)
    if entry is None:
        return None
    if entry.kind != "file":
        raise _refused("lock-broken", f"{shown(path)} is not a file")
    try:
        return read(path).decode("utf-8")
    except UnicodeDecodeError as error:
        raise _refused("lock-broken", f"{shown(path)} is not text in UTF-8") from error


def read(path: Path | str) -> bytes:
    """What a regular file holds; never what a symlink leads to."""
    with os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC), "rb") as file:
        return file.read()


def _refused(code: str, message: str) -> Refused:
    return Refused((problem(code, None, message),))
