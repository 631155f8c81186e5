"""A git repository, read through git's plumbing: no shell, no hooks, no filters, nothing fetched, nothing written."""

from __future__ import annotations

import os
import subprocess
import weakref
from contextlib import suppress
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Final

from specwright.problems import Refused, problem, quoted

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_WHERE: Final = (
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_COMMON_DIR",
    "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_CEILING_DIRECTORIES",
    "GIT_DISCOVERY_ACROSS_FILESYSTEM",
)
"""Variables that say where the repository is, as git sets them for its hooks and its diff drivers."""
_TRUST: Final = "GIT_CONFIG_"
"""What the others begin with that are kept: they say which repository git trusts (`safe.directory`)."""
_ALWAYS: Final[Mapping[str, str]] = {
    "LC_ALL": "C",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
}
_SHALLOW: Final = (
    "This clone is shallow: run `git fetch --unshallow`, or give `actions/checkout` `fetch-depth: 0`."
)
_SECONDS: Final = 600
"""How long an answer may take, as on a file system that is far away."""
_SHORT: Final = 10
"""Digits of the id of a commit where messages show it."""


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit, as it was asked for."""

    id: str
    shown: str
    """What names it in messages, and to git."""


class Repository:
    """The repository that a folder is in."""

    def __init__(self, folder: Path) -> None:
        """Finds it.

        Raises:
            Refused: There is none, or git can't be run.
        """
        self._folder = folder
        self.folder = os.path.realpath(folder)
        """The folder that paths with `./` start from."""
        self.top = self._top()
        """The path of the working tree; of a bare repository, its own."""
        self.objects = Objects(folder)

    def _top(self) -> str:
        shown = self._asked("rev-parse", "--show-toplevel")
        if shown.returncode and b"must be run in a work tree" in shown.stderr:
            shown = self._asked("rev-parse", "--absolute-git-dir")
        if shown.returncode:
            message = f"git does not read a repository here: {_said(shown)}."
            raise Refused([problem("git-failed", None, message)])
        return os.path.realpath(os.fsdecode(shown.stdout.removesuffix(b"\n")))

    def commit(self, revision: str) -> Commit:
        """The commit that a revision names.

        Raises:
            Refused: It names none.
        """
        return Commit(self._id(revision, "commit"), revision)

    def tree(self, revision: str) -> str:
        """The id of the tree that a revision names, or that its commit has.

        Raises:
            Refused: It names none.
        """
        return self._id(revision, "tree")

    def common(self, revision: str) -> Commit:
        """The last commit that a revision has in common with what is checked out, which pull requests compare with.

        Raises:
            Refused: They have none, or it is not in this clone.
        """
        commit, head = self.commit(revision), self.commit("HEAD")
        found = self._asked("merge-base", commit.id, head.id)
        if found.returncode:
            message = f"{quoted(revision)} has no commit in common with what is checked out."
            hint = _SHALLOW if self._is_shallow() else "Name both: `specwright diff REV:PATH PATH`."
            raise Refused([problem("revision-unknown", None, message, hint)])
        base = found.stdout.decode().strip()
        return commit if base == commit.id else Commit(base, base[:_SHORT])

    def _id(self, revision: str, kind: str) -> str:
        found = None
        if _can_name(revision):
            found = self._asked(
                "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{{kind}}}"
            )
        # What comes first is the option itself, of git before 2.30.
        words = found.stdout.decode("ascii", "replace").split() if found and not found.returncode else []
        if not words:
            message = f"{quoted(revision)} is no revision of this repository."
            raise Refused([problem("revision-unknown", None, message, self._advice(revision))])
        return words[-1]

    def _advice(self, revision: str) -> str | None:
        if not _can_name(revision):
            return None
        remote = f"refs/remotes/origin/{revision}"
        if not self._asked("rev-parse", "--verify", "--quiet", "--end-of-options", remote).returncode:
            return f"Did you mean `origin/{revision}`?"
        return _SHALLOW if self._is_shallow() else None

    def _is_shallow(self) -> bool:
        return self._asked("rev-parse", "--is-shallow-repository").stdout.strip() == b"true"

    def _asked(self, *arguments: str) -> subprocess.CompletedProcess[bytes]:
        return ask(self._folder, *arguments)


def ask(folder: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """What git answers in a folder; Refused where there is no git, or it does not answer."""
    try:
        return subprocess.run(
            _command(*arguments),
            cwd=folder,
            env=_environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            timeout=_SECONDS,
        )
    except subprocess.TimeoutExpired:
        message = f"git does not answer: `git {arguments[0]}` takes more than {_SECONDS} seconds."
        raise Refused([problem("git-failed", None, message)]) from None
    except OSError as error:
        raise _missing(error) from None


class Objects:
    """The objects of a repository, by their ids. Git is started when the first is read, and ends with this."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._running: dict[str, subprocess.Popen[bytes]] = {}

    def size(self, name: str) -> int:
        """The bytes of an object; OSError where the repository does not have it."""
        answers = self._asked("--batch-check", name)
        return self._header(answers, name)

    def content(self, name: str, most: int | None = None) -> bytes:
        """The content of an object, or its first `most` bytes; OSError where the repository does not have it."""
        answers = self._asked("--batch", name)
        size = self._header(answers, name)
        content = answers.read(size if most is None else min(size, most))
        left = size - len(content) + 1  # the line's end behind it
        while left > 0 and (piece := answers.read(min(left, 1 << 20))):
            left -= len(piece)
        return content

    def _header(self, answers: IO[bytes], name: str) -> int:
        words = answers.readline().split()
        if len(words) != 3 or words[0].decode() != name:  # noqa: PLR2004 - the id, the kind and the size
            raise OSError("the repository does not have its content")
        return int(words[2])

    def _asked(self, mode: str, name: str) -> IO[bytes]:
        process = self._running.get(mode)
        if process is None:
            process = self._running[mode] = self._started(mode)
            weakref.finalize(self, _end, process)
        if process.stdin is None or process.stdout is None:
            raise OSError("git takes nothing")
        try:
            process.stdin.write(f"{name}\n".encode())
            process.stdin.flush()
        except BrokenPipeError:
            raise OSError("git has ended") from None
        return process.stdout

    def _started(self, mode: str) -> subprocess.Popen[bytes]:
        try:
            return subprocess.Popen(
                _command("cat-file", mode),
                cwd=self._folder,
                env=_environment(),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        except OSError as error:
            raise _missing(error) from None


def _end(process: subprocess.Popen[bytes]) -> None:
    """Stop git. In a copy of this process, whose git it is not, only the copy's ends of its pipes are closed.

    The end of what git says is not waited for: as long as another process has an end of its input, there is none.
    """
    process.kill()  # it only reads; where it is none of our own, nothing
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with suppress(BrokenPipeError):
                pipe.close()
    process.wait()


def _command(*arguments: str) -> list[str]:
    return ["git", "--no-pager", "-c", "protocol.allow=never", *arguments]


def _environment() -> dict[str, str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("GIT_") or name in _WHERE or name.startswith(_TRUST)
    }
    return {**kept, **_ALWAYS}


def _can_name(revision: str) -> bool:
    """Whether it can be a revision at all, and not an option."""
    return bool(revision) and not revision.startswith("-") and revision.isprintable()


def _said(run: subprocess.CompletedProcess[bytes]) -> str:
    lines = run.stderr.decode("utf-8", "replace").strip().splitlines()
    if not lines:
        return f"exit status {run.returncode}"
    return lines[0].removeprefix("fatal: ").partition(" (or any")[0].rstrip(".")


def _missing(error: OSError) -> Refused:
    return Refused([problem("git-missing", None, f"git can't be run: {error.strerror or error}.")])
