"""Putting a staged folder where the old one is, so that whoever looks sees one or the other.

Where the system has no exchange in one step, the old folder is renamed away and the new one renamed to its place; the two
names beside the target are the journal, from which the next run completes what a killed one left.
"""

from __future__ import annotations

import ctypes
import errno
import fcntl
import filecmp
import os
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from specwright.emit import lock as locks
from specwright.emit.write.folder import scan, shown
from specwright.problems import Refused, problem

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

_PAUSE = 0.05
_PATIENCE = 600
"""Pauses that a run waits for another one: half a minute in all."""
_RENAME_EXCHANGE = 2
_AT_FDCWD = -100
_NOT_HERE = (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EPERM)
"""What a system or a file system without the exchange says."""


def staging(target: Path) -> Path:
    """The sibling in which the new content is put together."""
    return target.with_name(f"{target.name}.specwright-new")


def set_aside(target: Path) -> Path:
    """The sibling to which the old content goes where it can't be exchanged."""
    return target.with_name(f"{target.name}.specwright-old")


@contextmanager
def taken(target: Path) -> Generator[None]:
    """The right to write one output folder: other runs wait for it, and are refused after half a minute."""
    path = target.with_name(f"{target.name}.specwright-busy")
    descriptor = _locked(path)
    if descriptor is None:
        raise Refused((problem("output-busy", None, f"another run is writing {shown(target)}"),))
    try:
        yield
    finally:
        try:
            path.unlink(missing_ok=True)
        finally:
            os.close(descriptor)


def _locked(path: Path) -> int | None:
    """An open file that is locked and still has its name, or `None` when others keep it."""
    for _ in range(_PATIENCE):
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if _is_at(descriptor, path):
                return descriptor
        except BlockingIOError:
            time.sleep(_PAUSE)
        except BaseException:
            os.close(descriptor)
            raise
        os.close(descriptor)
    return None


def _is_at(descriptor: int, path: Path) -> bool:
    """Whether the file is what the name stands for: another run may have removed it after its work."""
    try:
        return os.path.samestat(os.fstat(descriptor), path.lstat())
    except FileNotFoundError:
        return False


def put_in_place(target: Path) -> None:
    """Make the staged folder the target; what was there goes, but for files that are not specwright's.

    Raises:
        OSError: It is as it was.
    """
    stage, old = staging(target), set_aside(target)
    if not target.exists() or not any(target.iterdir()):
        stage.rename(target)
    elif exchanged(stage, target):
        clear(stage, target)
    else:
        target.rename(old)
        try:
            stage.rename(target)
        except OSError:
            old.rename(target)
            raise
        clear(old, target)


def exchanged(one: Path, other: Path) -> bool:
    """Whether the system swapped two folders, in one step."""
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if rename is None:
        return False
    rename.argtypes = (ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_uint)
    if rename(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE) == 0:
        return True
    code = ctypes.get_errno()
    if code in _NOT_HERE:
        return False
    raise OSError(code, os.strerror(code), str(other))


def complete(target: Path) -> None:
    """Bring to its end what a killed run left beside an output folder.

    Raises:
        Refused: There is something under one of our names that no run of ours can have left.
        OSError: It can't be done.
    """
    stage, old = staging(target), set_aside(target)
    for path in (stage, old):
        if path.is_symlink() or (path.exists() and not path.is_dir()):
            raise _not_ours(path)
    if old.exists() and not target.exists():
        (stage if stage.exists() else old).rename(target)
    for path in (stage, old):
        if path.exists():
            clear(path, target)


def clear(leftover: Path, target: Path) -> None:
    """Remove a folder that was replaced, or that was never finished, and lose no file that is not ours.

    What its lock lists goes, and what the target has too; the rest is moved there.

    Raises:
        Refused: A file of someone else's has no place there.
    """
    listed = _listed(leftover)
    entries = list(scan(leftover))
    # The lock goes last: it is what tells the next run, should this one be killed, which of the files are ours.
    for path, stamp in sorted(entries, key=lambda entry: entry[0] == locks.FILE_NAME):
        if stamp.kind != "folder":
            _clear_file(path, leftover, target, is_ours=path in listed or is_compiled(path, listed))
    for path, stamp in reversed(entries):
        if stamp.kind == "folder":
            with suppress(OSError):  # not empty: the check below says so
                (leftover / path).rmdir()
    try:
        leftover.rmdir()
    except OSError as error:
        raise _not_ours(leftover) from error


def _clear_file(path: str, leftover: Path, target: Path, *, is_ours: bool) -> None:
    here, there = leftover / path, target / path
    if is_ours or _is_same(here, there):
        here.unlink()
    elif not os.path.lexists(there) and target.exists():
        there.parent.mkdir(parents=True, exist_ok=True)
        here.rename(there)


def _is_same(one: Path, other: Path) -> bool:
    """Whether two names are of one file, or, where the file system has no links, of equal ones."""
    if not os.path.lexists(other):
        return False
    if os.path.samestat(one.lstat(), other.lstat()):
        return True
    plain = not one.is_symlink() and not other.is_symlink() and one.is_file() and other.is_file()
    return plain and filecmp.cmp(one, other, shallow=False)


def _listed(folder: Path) -> frozenset[str]:
    """The files that are specwright's in a folder that it made, by the lock that it wrote there first.

    A lock that breaks off is from a run that was killed while it wrote it, and so had written nothing else.
    """
    path = folder / locks.FILE_NAME
    try:
        files = locks.parse(path.read_text(encoding="utf-8"), shown(path)).files
    except (FileNotFoundError, UnicodeDecodeError, Refused):
        return frozenset({locks.FILE_NAME})
    return frozenset({locks.FILE_NAME, *files})


def is_compiled(path: str, listed: frozenset[str]) -> bool:
    """Whether a file is what Python made of a listed module, in `__pycache__`."""
    folder, _, name = path.rpartition("/")
    parent, _, last = folder.rpartition("/")
    return (
        last == "__pycache__" and name.endswith(".pyc") and f"{parent}/{name.partition('.')[0]}.py" in listed
    )


def _not_ours(path: Path) -> Refused:
    message = f"{shown(path)} is in the way, and holds what specwright did not write"
    return Refused((problem("output-leftover", None, message),))
