"""What is measured: cases, their subjects, and the budgets for ours."""

from __future__ import annotations

import asyncio
import subprocess
from dataclasses import dataclass, field
from enum import Enum
from time import perf_counter
from typing import TYPE_CHECKING, Any, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence
    from pathlib import Path

T = TypeVar("T")

OURS: Final = "specwright"


@dataclass(frozen=True, slots=True)
class Use:
    """What a run took besides time."""

    processor: float
    """The seconds that processors worked for it, in all of its processes."""
    kibibytes: int
    """The most memory that its largest process had."""


@dataclass(frozen=True, slots=True)
class Subject:
    """One of those that do the same thing."""

    name: str
    sample: Callable[[int], float]
    """The seconds that so many repetitions take."""
    note: str = ""
    """What it does otherwise than the rest."""
    finds: str = ""
    """How much of what there is to find it finds, where that is not the same for all."""
    uses: list[Use] = field(default_factory=list["Use"])
    """What its runs took besides time, where that is known; a run more with each."""


@dataclass(frozen=True, slots=True)
class Missing:
    """A subject that can't take part, and why."""

    name: str
    reason: str


class Comparison(Enum):
    """How two subjects are compared, round by round."""

    RATIO = "ratio"
    """The one's seconds by the other's."""
    OVERHEAD = "overhead"
    """By how much the one takes longer, as a part of the other's seconds."""
    DIFFERENCE = "difference"
    """By how many seconds the one takes longer."""

    def of(self, seconds: float, reference: float) -> float:
        """The figure for a pair of samples."""
        if self is Comparison.RATIO:
            return seconds / reference
        return seconds - reference if self is Comparison.DIFFERENCE else seconds / reference - 1


@dataclass(frozen=True, slots=True)
class Budget:
    """What ours should keep to: seconds, or, where another is named, a comparison with it."""

    limit: float
    against: str = ""
    comparison: Comparison = Comparison.RATIO


@dataclass(frozen=True, slots=True)
class Case:
    """A thing that all subjects do, so that their times can be compared."""

    name: str
    subjects: tuple[Subject | Missing, ...]
    rounds: int
    least: float = 0.0
    """The seconds that a sample takes at least, by repetition; 0 for samples of one."""
    comparison: Comparison = Comparison.RATIO
    reference: str = OURS
    """The subject that the others are compared with."""
    budgets: tuple[Budget, ...] = ()
    warm: bool = True
    """Whether a sample is taken beforehand, and thrown away."""


def offered(name: str, make: Callable[[], T]) -> T | Missing:
    """What `make` makes for a subject, or, if it can't be made here, the reason of that."""
    try:
        return make()
    except Exception as error:  # noqa: BLE001  # what a peer fails with is its own affair; it is shown
        return Missing(name, reason(error))


def reason(error: Exception) -> str:
    """An error in one line."""
    said = " ".join(str(error).split())
    return f"{type(error).__name__}: {said}" if said else type(error).__name__


# --- samplers ---------------------------------------------------------------------------------------------------


def repeated(
    function: Callable[[Any], object], argument: Any, clock: Callable[[], float] = perf_counter
) -> Callable[[int], float]:
    """A sampler of calls with one argument."""

    def sample(repetitions: int) -> float:
        start = clock()
        for _ in range(repetitions):
            function(argument)
        return clock() - start

    return sample


def awaited(
    function: Callable[[Any], Awaitable[object]],
    argument: Any,
    runner: asyncio.Runner,
    clock: Callable[[], float] = perf_counter,
) -> Callable[[int], float]:
    """As `repeated`, one after the other in an event loop, whose start and end are not counted."""

    async def timed(repetitions: int) -> float:
        start = clock()
        for _ in range(repetitions):
            await function(argument)
        return clock() - start

    return lambda repetitions: runner.run(timed(repetitions))


def gathered(
    function: Callable[[Any], Awaitable[object]],
    argument: Any,
    runner: asyncio.Runner,
    clock: Callable[[], float] = perf_counter,
    *,
    at_once: int,
) -> Callable[[int], float]:
    """As `awaited`, where a repetition is so many calls at once."""

    async def timed(repetitions: int) -> float:
        start = clock()
        for _ in range(repetitions):
            async with asyncio.TaskGroup() as tasks:
                for _ in range(at_once):
                    tasks.create_task(_result(function(argument)))
        return clock() - start

    return lambda repetitions: runner.run(timed(repetitions))


async def _result(awaitable: Awaitable[object]) -> object:
    return await awaitable


def ran(arguments: Sequence[str | Path], *, folder: Path, environment: dict[str, str]) -> float:
    """The seconds that a command takes in a fresh process, from its start to its end.

    Raises:
        RuntimeError: It fails, with the end of what it says.
    """
    start = perf_counter()
    done = subprocess.run(
        arguments,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    seconds = perf_counter() - start
    if done.returncode:
        raise RuntimeError(f"exit status {done.returncode}: {done.stdout.strip()[-_MOST_SAID:]}")
    return seconds


_MOST_SAID: Final = 300
