"""What is in an output folder, against what belongs there."""

from __future__ import annotations

import difflib
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Literal

from specwright.emit import lock as locks

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from specwright.emit.lock import Lock

Kind = Literal["file", "folder", "symlink", "other"]
State = Literal["missing", "stale", "edited", "line ends", "extra", "in the way"]


@dataclass(frozen=True, slots=True)
class Stamp:
    """One entry of a folder, as far as it tells whether anything was done to it."""

    kind: Kind
    inode: int
    size: int
    modified: int
    """In nanoseconds, as the file system keeps it."""


@dataclass(frozen=True, slots=True)
class Folder:
    """What is in an output folder."""

    shown: str
    """Its name in messages."""
    lock: Lock | None = None
    lock_text: str = ""
    entries: Mapping[str, Stamp] = field(default_factory=dict[str, Stamp])
    """All that is below it, by path (`/` between its parts); what is behind a symlink is not."""
    contents: Mapping[str, bytes] = field(default_factory=dict[str, bytes])
    """Of the files that the lock lists and of those that are wanted there."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One file that is not as the documents give it.

    `missing`: it is not there; `stale`: it is as specwright wrote it, from other input; `edited`: someone else changed it;
    `line ends`: it was changed in nothing but those, as git does where it is told to;
    `extra`: specwright wrote it, and would not any more; `in the way`: it is not of specwright, and stands where a file goes.
    """

    path: str
    state: State
    found: bytes | None
    wanted: str | None


def compare(files: Mapping[str, str], lock: Lock, folder: Folder) -> tuple[Difference, ...]:
    """The files that differ, sorted by path; the lock's own is among them when that is all that differs, too."""
    paths = sorted({*files, *(folder.lock.files if folder.lock else ())})
    found = [difference for path in paths if (difference := _difference(path, files.get(path), folder))]
    text = locks.dump(lock)
    if text != folder.lock_text:
        state: State = "stale" if folder.lock else "missing"
        found.append(
            Difference(locks.FILE_NAME, state, folder.lock_text.encode() if folder.lock else None, text)
        )
    return tuple(sorted(found, key=lambda difference: difference.path))


def _difference(path: str, wanted: str | None, folder: Folder) -> Difference | None:
    listed = folder.lock.files.get(path) if folder.lock else None
    blocked = any(entry.kind != "folder" for entry in _above(path, folder))
    if path not in folder.entries and not blocked:
        return None if wanted is None else Difference(path, "missing", None, wanted)
    content = folder.contents.get(path)
    if content is None:
        return Difference(path, "edited" if listed else "in the way", None, wanted)
    if wanted is not None and content == wanted.encode():
        return None
    if listed is None:
        return Difference(path, "in the way", content, wanted)
    if locks.digest(content) != listed:
        only_ends = locks.digest(content.replace(b"\r\n", b"\n")) == listed
        return Difference(path, "line ends" if only_ends else "edited", content, wanted)
    return Difference(path, "extra" if wanted is None else "stale", content, wanted)


def _above(path: str, folder: Folder) -> Iterator[Stamp]:
    """What stands where the folders above a path would."""
    parts = path.split("/")
    for count in range(1, len(parts)):
        entry = folder.entries.get("/".join(parts[:count]))
        if entry:
            yield entry


_LONGEST_DIFF = 5_000
"""Lines of a file up to which its lines are compared: the time of `difflib` grows with their square."""


def unified(difference: Difference, folder: str, lines: int) -> str:
    """A difference as `diff -u` shows it, from what is there to what belongs there, in at most `lines` lines."""
    old = _lines(difference.found)
    new = _lines(difference.wanted.encode() if difference.wanted is not None else None)
    if max(len(old), len(new)) > _LONGEST_DIFF:
        return f"{folder}/{difference.path}: {len(old)} lines there, {len(new)} wanted\n"
    names = (f"{folder}/{difference.path}", f"{folder}/{difference.path} (from the document)")
    shown = list(islice(difflib.unified_diff(old, new, *names, lineterm=""), lines + 1))
    if len(shown) > lines:
        shown[lines:] = ["… more of the same file"]
    return "".join(f"{line}\n" for line in shown)


def _lines(content: bytes | None) -> list[str]:
    return content.decode("utf-8", "replace").splitlines() if content is not None else []
