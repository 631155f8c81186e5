"""Whether an output folder is as its lock says, told from the hashes alone."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from specwright.emit.lock import digest
from specwright.emit.write import exchange
from specwright.emit.write.folder import named, read, read_lock
from specwright.problems import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from specwright.emit.lock import Lock


def lock_at_rest(target: Path) -> Lock | None:
    """The lock of a folder that no killed run left behind, where it can be read; else None.

    None is no judgement: what is wrong there is told by who is to write.
    """
    try:
        target = named(target)
        if any(os.path.lexists(path) for path in (exchange.staging(target), exchange.set_aside(target))):
            return None
        return read_lock(target)
    except (Refused, OSError):
        return None


def is_as_listed(target: Path, lock: Lock) -> bool:
    """Whether every file that a lock lists is as it was written."""
    return sum(1 for _ in _as_listed(target, lock, lock.files)) == len(lock.files)


def as_listed(target: Path, lock: Lock, paths: Iterable[str]) -> dict[str, str]:
    """Of the files at `paths`, those that are as the lock lists them, none of them behind a symlink; with their text."""
    return {path: content.decode() for path, content in _as_listed(target, lock, paths)}


def _as_listed(target: Path, lock: Lock, paths: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    plain = {"": not target.is_symlink()}
    start = f"{target}{os.sep}"
    for path in paths:
        if not _is_plain(target, path.rpartition("/")[0], plain):
            continue
        try:
            content = read(start + path)
        except OSError:
            continue
        if digest(content) == lock.files.get(path):
            yield path, content


def _is_plain(target: Path, folder: str, plain: dict[str, bool]) -> bool:
    """Whether no part of a folder's path is a symlink; each is looked at once."""
    if folder not in plain:
        above = _is_plain(target, folder.rpartition("/")[0], plain)
        plain[folder] = above and not (target / folder).is_symlink()
    return plain[folder]
