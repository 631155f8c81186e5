"""Commands in processes of their own: watched, and with the limits that no document may make them reach."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sweeps.corpus import ROOT

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SECONDS: Final = 10
"""Of processor time, and of waiting on a machine with nothing else to do."""
PATIENCE: Final = 120
"""Seconds until a process counts as hanging: others work on the same machine."""
MEMORY: Final = 1024**3
"""Bytes that a process, and each that it starts, may hold."""
_ADDRESSES: Final = 4 * MEMORY
"""Bytes of addresses: threads reserve far more than they ever hold."""
WATCHED: Final = Path(__file__).with_name("watched")


@dataclass(frozen=True, slots=True)
class Ran:
    """How a process ended, what it printed, what the hook saw, and what it took."""

    status: int
    out: str
    err: str
    watched: tuple[str, ...]
    seconds: float
    most: float
    """The seconds that it was given."""
    memory: int

    @property
    def excesses(self) -> list[str]:
        """The limits that it went beyond."""
        found: list[str] = []
        if self.seconds > self.most:
            found.append(f"time: {self.seconds:.1f} s")
        if self.memory > MEMORY:
            found.append(f"memory: {self.memory / 1024**2:.0f} MiB")
        return found


def run(  # noqa: PLR0913 - what a process is run with, by name
    command: Sequence[str | Path],
    *,
    folder: Path,
    hooks: Path,
    writes: Sequence[Path],
    reads: Sequence[Path],
    seconds: float = SECONDS,
    environment: Mapping[str, str] | None = None,
) -> Ran:
    """Run a command in `folder`, with the audit hook of the folder `hooks`.

    Args:
        command: What is run.
        folder: The current folder.
        hooks: Where `audit_hook.py` is.
        writes: Folders in which it may write.
        reads: Folders from which it may read, beside those of Python and of this repository.
        seconds: Of processor time.
        environment: What is to be set beside what is always.
    """
    with tempfile.TemporaryDirectory(prefix="watched-") as kept:
        log = Path(kept, "audit.log")
        home, temporary = Path(kept, "home"), Path(kept, "tmp")
        home.mkdir()
        temporary.mkdir()
        settings = {
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}/usr/bin{os.pathsep}/bin",
            "HOME": str(home),
            "TMPDIR": str(temporary),
            "LANG": "C.UTF-8",
            "PYTHONDONTWRITEBYTECODE": "1",
            "PYTHONPATH": os.pathsep.join((str(WATCHED), str(hooks))),
            "AUDIT_LOG": str(log),
            "AUDIT_OK": ":".join(map(str, (temporary, *writes))),
            "WATCH_READS": os.pathsep.join(map(str, (*_ours(), hooks, kept, *writes, *reads))),
            **(environment or {}),
        }
        with Path(kept, "out").open("wb+") as out, Path(kept, "err").open("wb+") as err:
            process = subprocess.Popen(
                [str(part) for part in command], cwd=folder, env=settings, stdin=subprocess.DEVNULL, stdout=out,
                stderr=err, start_new_session=True,
            )  # fmt: skip
            _limit(process.pid, seconds)
            status, spent = _waited(process)
            texts = [_content(Path(kept, name)) for name in ("out", "err")]
        seen = log.read_text("utf-8", "replace").splitlines() if log.exists() else []
        seen += [f"LEFT {path.name}" for path in (*temporary.iterdir(), *home.iterdir())]
        return Ran(
            status, *texts, tuple(seen), spent.ru_utime + spent.ru_stime, seconds, spent.ru_maxrss * 1024
        )


def _ours() -> tuple[Path, ...]:
    """What is read of Python, of what is installed, and of the repository."""
    folders = {Path(sys.prefix), Path(sys.base_prefix), *(Path(each) for each in sys.path if each)}
    return (*sorted(folders), ROOT / "generator", ROOT / "templates", ROOT / "sweeps", Path("/usr/lib"))


def _limit(process: int, seconds: float) -> None:
    """Set the limits of a process from outside: nothing of ours runs in a copy of this one, which has threads."""
    most = int(seconds * 3)
    resource.prlimit(process, resource.RLIMIT_CPU, (most, most + 1))
    resource.prlimit(process, resource.RLIMIT_AS, (_ADDRESSES, _ADDRESSES))
    resource.prlimit(process, resource.RLIMIT_CORE, (0, 0))


def _waited(process: subprocess.Popen[bytes]) -> tuple[int, resource.struct_rusage]:
    """Its exit status, and what it and those it started took; one that hangs is killed with them."""
    timer = threading.Timer(PATIENCE, os.killpg, (process.pid, signal.SIGKILL))
    timer.start()
    try:
        _, status, spent = os.wait4(process.pid, 0)
    finally:
        timer.cancel()
    process.returncode = os.waitstatus_to_exitcode(status)
    return process.returncode, spent


def _content(path: Path) -> str:
    return path.read_bytes().decode("utf-8", "surrogateescape")
