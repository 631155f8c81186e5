"""{path: text} -> an output folder on disk, as a whole or not at all.

What belongs in the folder is put together in a sibling: new text is written, and what stays as it is (also what is not
specwright's) is linked, so that its times stay. Then the two are exchanged in one step, and the old one is cleared away.
Killed at any point, a run leaves the old folder or the new one, and the next run tidies up beside it.
"""

from __future__ import annotations

import errno
import os
import shutil
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from specwright.emit import lock as locks
from specwright.emit.compare import compare
from specwright.emit.write import exchange
from specwright.emit.write import folder as folders
from specwright.emit.write.folder import look, named, scan, shown
from specwright.emit.write.settled import as_listed, is_as_listed, lock_at_rest
from specwright.problems import Refused, problem

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Mapping

    from specwright.emit.compare import Difference, Folder, State
    from specwright.emit.lock import Lock

__all__ = [
    "Written",
    "as_listed",
    "differences",
    "is_as_listed",
    "lock_at_rest",
    "preview",
    "read_lock",
    "recall",
    "shown",
    "write",
]


@dataclass(frozen=True, slots=True)
class Written:
    """What was done to an output folder; nothing, if both lists are empty."""

    shown: str
    """Its name in messages."""
    written: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


def read_lock(target: Path) -> Lock | None:
    """The lock of an output folder, or `None` where there is none yet.

    Raises:
        Refused: It can't be read.
    """
    target = named(target)
    with _refusing(target):
        return folders.read_lock(target)


def recall(target: Path) -> Lock | None:
    """The lock of an output folder, after whatever a killed run left there is brought to its end.

    Raises:
        Refused: It can't be.
    """
    target = named(target)
    with _refusing(target):
        if any(os.path.lexists(path) for path in (exchange.staging(target), exchange.set_aside(target))):
            with exchange.taken(target):
                exchange.complete(target)
        return folders.read_lock(target)


def write(files: Mapping[str, str], target: Path, lock: Lock, *, planned_with: Lock | None) -> Written:
    """Make the folder hold the files and the lock, and what in it is not specwright's.

    Args:
        files: The text of each file, by its path in the folder (`/` between its parts).
        target: The folder; it is made where it is missing.
        lock: What the folder will say it was made from.
        planned_with: The lock whose names the files use. Another one in the folder is another run's work.

    Raises:
        Refused: Something there is not ours to replace, or the system does not let us; the folder is as it was.
    """
    target = named(target)
    with _refusing(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        with exchange.taken(target):
            exchange.complete(target)
            folder = look(target, files)
            found = compare(files, lock, folder)
            if not found:
                return Written(folder.shown)
            if folder.lock != planned_with:
                raise _refused("output-changed", f"another run has written {shown(target)} meanwhile")
            _refuse_what_is_not_ours(found, folder)
            _refuse_read_only(target, folder)
            with _staged(target):
                _stage(files, target, lock, folder)
                refuse_changed_meanwhile(target, folder)
            with _standing_in(target):
                exchange.put_in_place(target)
    return _written(folder, found)


def preview(files: Mapping[str, str], target: Path, lock: Lock) -> Written:
    """What `write` would do; nothing is done.

    Raises:
        Refused: It would be.
    """
    folder, found = differences(files, target, lock)
    _refuse_what_is_not_ours(found, folder)
    return _written(folder, found)


def differences(files: Mapping[str, str], target: Path, lock: Lock) -> tuple[Folder, tuple[Difference, ...]]:
    """What is in the output folder, and how it differs from what belongs there.

    Raises:
        Refused: It is not a folder of specwright's, or can't be read.
    """
    target = named(target)
    with _refusing(target):
        folder = look(target, files)
    return folder, compare(files, lock, folder)


def _written(folder: Folder, found: tuple[Difference, ...]) -> Written:
    return Written(
        folder.shown,
        written=tuple(difference.path for difference in found if difference.wanted is not None),
        removed=tuple(difference.path for difference in found if difference.wanted is None),
    )


def _refuse_what_is_not_ours(found: tuple[Difference, ...], folder: Folder) -> None:
    """Refuse to write over what someone else wrote, each file with its own Problem."""
    problems = tuple(
        problem(what[0], None, f"{folder.shown}/{difference.path} {what[1]}")
        for difference in found
        if (what := _NOT_OURS.get(difference.state))
    )
    if problems:
        raise Refused(problems)


_NOT_OURS: Final[Mapping[State, tuple[str, str]]] = {
    "edited": ("output-edited", "was changed after specwright wrote it"),
    "in the way": ("output-in-the-way", "is not from specwright, and a generated file goes there"),
}
"""By what is found there: the code of the Problem, and what it says of the file."""


def _refuse_read_only(target: Path, folder: Folder) -> None:
    """An exchange needs no right to what it replaces; who took that right away means it to stay as it is."""
    effective = os.access in os.supports_effective_ids
    below = (target / path for path, stamp in folder.entries.items() if stamp.kind == "folder")
    for path in (target, *below):
        if path.exists() and not os.access(path, os.W_OK, effective_ids=effective):
            raise PermissionError(errno.EACCES, "the folder is read-only", str(path))


def refuse_changed_meanwhile(target: Path, folder: Folder) -> None:
    """Someone may have saved a file of ours between our look and now."""
    if folder.lock is None:
        return
    now = dict(scan(target))
    if any(now.get(path) != folder.entries.get(path) for path in (*folder.lock.files, locks.FILE_NAME)):
        raise _refused("output-changed", f"files of {shown(target)} were changed while it was written")


@contextmanager
def _standing_in(target: Path) -> Generator[None]:
    """This process, where its current folder is in the one that is exchanged, stands in the new one afterwards."""
    here = Path.cwd()
    try:
        yield
    finally:
        if here.is_relative_to(target) and target.is_dir():
            os.chdir(here if here.is_dir() else target)


@contextmanager
def _staged(target: Path) -> Generator[None]:
    """The sibling folder, which goes when what is done in it fails: all that is in it is a link or new."""
    stage = exchange.staging(target)
    stage.mkdir()
    try:
        yield
    except BaseException:
        shutil.rmtree(stage)
        raise


def _stage(files: Mapping[str, str], target: Path, lock: Lock, folder: Folder) -> None:
    stage = exchange.staging(target)
    _write(stage / locks.FILE_NAME, locks.dump(lock))  # first: it says which of what follows is ours
    for path, text in sorted(files.items()):
        (stage / path).parent.mkdir(parents=True, exist_ok=True)
        if folder.contents.get(path) == text.encode():
            _link(target / path, stage / path)
        else:
            _write(stage / path, text)
    for path in _kept(files, folder):
        (stage / path).parent.mkdir(parents=True, exist_ok=True)
        if folder.entries[path].kind == "folder":
            (stage / path).mkdir(exist_ok=True)
        else:
            _link(target / path, stage / path)
    for path, stamp in folder.entries.items():
        if stamp.kind == "folder" and (stage / path).is_dir():
            shutil.copymode(target / path, stage / path)
    if folder.entries:
        shutil.copymode(target, stage)


def _kept(files: Mapping[str, str], folder: Folder) -> Iterator[str]:
    """What is not specwright's: files, and folders with nothing in them.

    What Python compiled of a module that changes is left behind: it takes a file of the same length, written in the same
    second, for the one it knows.
    """
    if folder.lock is None:
        return
    changed = frozenset(
        path for path in folder.lock.files if folder.contents.get(path) != files.get(path, "").encode()
    )
    ours = {*files, *folder.lock.files, locks.FILE_NAME}
    parents = {path.rpartition("/")[0] for path in folder.entries}
    for path, stamp in folder.entries.items():
        is_empty_folder = stamp.kind == "folder" and path not in parents
        if (
            path not in ours
            and (is_empty_folder or stamp.kind != "folder")
            and not exchange.is_compiled(path, changed)
        ):
            yield path


def _write(path: Path, text: str) -> None:
    path.write_bytes(text.encode())


def _link(source: Path, destination: Path) -> None:
    """The same file under a second name; a copy with the same times where that can't be."""
    try:
        os.link(source, destination, follow_symlinks=False)
    except (PermissionError, NotImplementedError):
        shutil.copy2(source, destination, follow_symlinks=False)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        shutil.copy2(source, destination, follow_symlinks=False)


_NO_LINKS = frozenset({errno.ENOTSUP, errno.EMLINK, errno.EXDEV, errno.ENOSYS})


@contextmanager
def _refusing(target: Path) -> Generator[None]:
    """What the system does not let us do, as a Problem."""
    try:
        yield
    except OSError as error:
        what = error.filename if isinstance(error.filename, str) else str(target)
        message = f"can't write {shown(target)}: {shown(Path(what))}: {error.strerror or error}"
        raise _refused("output-unwritable", message) from error


def _refused(code: str, message: str) -> Refused:
    return Refused((problem(code, None, message),))
