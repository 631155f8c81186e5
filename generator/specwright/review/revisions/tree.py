"""Where files come from: a revision of a repository; the disk with its folders; and one of them for some files of another."""

from __future__ import annotations

import errno
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

from specwright.stores import Disk, Store

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from specwright.review.revisions.git import Repository

_FOLDER: Final = 0o040000
_LINK: Final = 0o120000
_FILE: Final = 0o100000
_SUBMODULE: Final = 0o160000
_KIND: Final = 0o170000
_LINKS: Final = 40
"""Symbolic links that may lead on to one another; Linux follows as many."""


class Folders(Store, Protocol):
    """A store that knows its folders, too."""

    def is_folder(self, path: str) -> bool:
        """Whether a folder is there."""
        ...

    def below(self, path: str) -> Iterator[str]:
        """The path of each regular file below a folder, sorted; nothing hidden, and nothing behind a symbolic link."""
        ...


class Folder(Disk):
    """The disk."""

    def is_folder(self, path: str) -> bool:
        """Whether a folder is there."""
        return os.path.isdir(path)  # noqa: PTH112 - paths are text here, as in a Disk

    def below(self, path: str) -> Iterator[str]:
        """The path of each regular file below a folder."""
        with os.scandir(path) as found:
            entries = sorted(found, key=lambda entry: entry.name)
        for entry in entries:
            if entry.name.startswith("."):
                continue
            if entry.is_dir(follow_symlinks=False):
                yield from self.below(entry.path)
            elif entry.is_file(follow_symlinks=False):
                yield entry.path


class _Entry(NamedTuple):
    """What a tree has under a name."""

    mode: int
    id: str

    @property
    def kind(self) -> int:
        return self.mode & _KIND


class _Found(NamedTuple):
    """What a path leads to."""

    path: str
    """From the top, symbolic links followed; where one leads out of the tree, to where."""
    entry: _Entry | None
    refusal: str = ""
    """Why it is not followed."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Which tree of a repository is read, and how messages call it."""

    repository: Repository
    tree: str
    shown: str


class Tree:
    """The files of a revision, at the paths that they have on disk once it is checked out."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        self._objects = scope.repository.objects
        self._top = scope.repository.top
        self._trees: dict[str, Mapping[str, _Entry]] = {}
        self._found: dict[str, _Found] = {}

    def real(self, path: str) -> str:
        """The path with every symbolic link of the revision followed; one that leads out of it gives a path out there."""
        below = self._below(path)
        return path if below is None else os.path.normpath(os.path.join(self._top, self._at(below).path))  # noqa: PTH118 - text

    def size(self, path: str) -> int | None:
        """The bytes of a regular file; None where the revision has none."""
        entry = self._entry(path)
        if entry is None:
            return None
        if entry.kind != _FILE:
            raise OSError("it is a submodule" if entry.kind == _SUBMODULE else "it is not a regular file")
        return self._objects.size(entry.id)

    def fetch(self, path: str, most: int) -> bytes:
        """The content of a regular file, as the repository keeps it: no filter is run."""
        entry = self._entry(path)
        if entry is None or entry.kind != _FILE:
            raise OSError(errno.ENOENT, os.strerror(errno.ENOENT))
        return self._objects.content(entry.id, most + 1)

    def shown(self, path: str) -> str:
        """The path as git takes it: `main:spec/pets.yaml`."""
        below = self._below(path)
        return path if below is None else f"{self._scope.shown}:{below}"

    def is_folder(self, path: str) -> bool:
        """Whether the revision has a folder there."""
        below = self._below(path)
        entry = None if below is None else self._at(below).entry
        return entry is not None and entry.kind == _FOLDER

    def below(self, path: str) -> Iterator[str]:
        """The path of each regular file below a folder."""
        entry = self._entry(path)
        if entry is None or entry.kind != _FOLDER:
            return
        for name, held in sorted(self._tree(entry.id).items()):
            inner = os.path.join(path, name)  # noqa: PTH118 - text
            if name.startswith("."):
                continue
            if held.kind == _FOLDER:
                yield from self.below(inner)
            elif held.kind == _FILE:
                yield inner

    def _below(self, path: str) -> str | None:
        """The path from the top of the repository, with slashes; None for one that is not in it."""
        for absolute in (os.path.abspath(path), os.path.realpath(path)):  # noqa: PTH100 - links are the revision's to follow
            if Path(absolute).is_relative_to(self._top):
                below = os.path.relpath(absolute, self._top).replace(os.sep, "/")
                return "" if below == "." else below
        return None

    def _entry(self, path: str) -> _Entry | None:
        below = self._below(path)
        if below is None:
            return None
        found = self._at(below)
        if found.refusal:
            raise OSError(found.refusal)
        return found.entry

    def _at(self, below: str) -> _Found:
        if below not in self._found:
            self._found[below] = self._followed(below)
        return self._found[below]

    def _followed(self, below: str) -> _Found:
        """What a path from the top leads to."""
        ahead = [part for part in reversed(below.split("/")) if part]
        way: list[tuple[str, _Entry]] = []
        links = 0
        while ahead:
            part = ahead.pop()
            if part in {"", "."}:
                continue
            if part == "..":
                if not way:
                    outside = "/".join(("..", *reversed(ahead)))
                    return _Found(outside, None, "it is a symbolic link that leads out of the repository")
                way.pop()
                continue
            holder = way[-1][1] if way else _Entry(_FOLDER, self._scope.tree)
            if holder.kind == _SUBMODULE:
                return _Found(below, None, "it is in a submodule")
            entry = self._tree(holder.id).get(part) if holder.kind == _FOLDER else None
            if entry is None:
                rest = (*(name for name, _ in way), part, *reversed(ahead))
                return _Found(os.path.normpath("/".join(rest)), None)
            if entry.kind != _LINK:
                way.append((part, entry))
                continue
            links += 1
            if links > _LINKS:
                return _Found(below, None, os.strerror(errno.ELOOP))
            target = os.fsdecode(self._objects.content(entry.id))
            if target.startswith("/"):
                return _Found(target, None, "it is a symbolic link that leads out of the repository")
            ahead += reversed(target.split("/"))
        last = way[-1][1] if way else _Entry(_FOLDER, self._scope.tree)
        return _Found("/".join(name for name, _ in way), last)

    def _tree(self, name: str) -> Mapping[str, _Entry]:
        if name not in self._trees:
            self._trees[name] = dict(_entries(self._objects.content(name), len(name) // 2))
        return self._trees[name]


def _entries(content: bytes, digest: int) -> Iterator[tuple[str, _Entry]]:
    """The entries of a tree as git stores it: the mode, a space, the name, a zero byte, and the id of `digest` bytes."""
    at = 0
    while at < len(content):
        space = content.index(b" ", at)
        end = content.index(b"\0", space)
        name = os.fsdecode(content[space + 1 : end])
        yield name, _Entry(int(content[at:space], 8), content[end + 1 : end + 1 + digest].hex())
        at = end + 1 + digest


class Beside:
    """A store in which some files are another's."""

    def __init__(self, store: Store, others: Mapping[str, Store]) -> None:
        """`others` has the store of each such file, by its absolute path."""
        self._store = store
        self._others = others

    def _of(self, path: str) -> Store:
        return self._others.get(path, self._store)

    def real(self, path: str) -> str:
        """As the store of the file has it."""
        return self._of(path).real(path)

    def size(self, path: str) -> int | None:
        """As the store of the file has it."""
        return self._of(path).size(path)

    def fetch(self, path: str, most: int) -> bytes:
        """As the store of the file has it."""
        return self._of(path).fetch(path, most)

    def shown(self, path: str) -> str:
        """As the store of the file has it."""
        return self._of(path).shown(path)


class Given(Disk):
    """The disk, but for one file, whose content is given."""

    def __init__(self, path: str, content: bytes) -> None:
        self._path = os.path.realpath(path)
        self._content = content

    def size(self, path: str) -> int | None:
        """The bytes of a regular file, or of what is given."""
        return len(self._content) if self._is_given(path) else super().size(path)

    def fetch(self, path: str, most: int) -> bytes:
        """The content of a regular file, or what is given."""
        return self._content[: most + 1] if self._is_given(path) else super().fetch(path, most)

    def _is_given(self, path: str) -> bool:
        return os.path.realpath(path) == self._path
