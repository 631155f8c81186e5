"""Commands as subjects: each sample is fresh processes, whose seconds and memory another small process tells."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from .subjects import Subject, Use

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from .workshop import Workshop

PATIENCE: Final = 1800.0
"""Seconds that a command may take."""
_WATCH: Final = Path(__file__).with_name("watch.py")


@dataclass(frozen=True, slots=True)
class Run:
    """A command that came to its end."""

    seconds: float
    processor: float
    """The seconds that processors worked for it, in all of its processes."""
    kibibytes: int
    """The most memory that its largest process had."""


def watched(
    workshop: Workshop, arguments: Sequence[str | Path], folder: Path, statuses: Sequence[int] = (0,)
) -> Run:
    """Run a command in a folder.

    Raises:
        RuntimeError: It takes too long, or ends with another exit status than these; with the end of what it says.
    """
    done = subprocess.run(
        [sys.executable, "-I", _WATCH, str(PATIENCE), *map(str, arguments)],
        cwd=folder,
        env=workshop.environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    found = json.loads(done.stdout)
    if found["status"] is None:
        raise RuntimeError(f"more than {PATIENCE:.0f} s")
    if found["status"] not in statuses:
        raise RuntimeError(f"exit status {found['status']}: {found['said']}")
    return Run(found["seconds"], found["processor"], found["kibibytes"])


def command(  # noqa: PLR0913  # all but the first four have a usual value
    workshop: Workshop,
    name: str,
    arguments: Sequence[str | Path],
    folder: Callable[[], Path],
    *,
    before: Callable[[], object] | None = None,
    statuses: Sequence[int] = (0,),
    note: str = "",
) -> Subject:
    """A subject that runs a command in a folder.

    Args:
        workshop: Whose environment it has.
        name: The subject's.
        arguments: The command.
        folder: Gives the folder of a run, which is not counted.
        before: Called before each run, and not counted either.
        statuses: The exit statuses of a run that did what it should.
        note: What it does otherwise than the others.
    """
    used: list[Use] = []

    def sample(repetitions: int) -> float:
        seconds = 0.0
        for _ in range(repetitions):
            place = folder()
            if before is not None:
                before()
            run = watched(workshop, arguments, place, statuses)
            used.append(Use(run.processor, run.kibibytes))
            seconds += run.seconds
        return seconds

    return Subject(name, sample, note, uses=used)
