"""One run of the program: what its options ask for, and how its results come together."""

from __future__ import annotations

import errno
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from functools import partial
from io import StringIO
from typing import TYPE_CHECKING

import click

from specwright.cli import report
from specwright.cli.failure import tell

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
    from contextlib import AbstractContextManager

    from specwright.config import Config

FINDINGS = 1
BAD_INPUT = 2
INTERRUPTED = 130


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one document."""

    status: int
    json: dict[str, object]


@dataclass(slots=True)
class Session:
    """Filled while the arguments are read, so that a mistake in them is told in the way that they ask for."""

    as_json: bool = False
    debug: bool = False

    def each(self, configs: Iterable[Config], work: Callable[[Config], Outcome]) -> list[Outcome]:
        """The work done on each document; one that is refused, or that we fail on, does not stop the others."""
        return [self.attempted(config, work) for config in configs]

    def side_by_side(
        self, configs: Sequence[Config], work: Callable[[Config], Outcome], *, doing: str
    ) -> list[Outcome]:
        """As `each`, but several are worked on at a time, in processes.

        What is said of each comes in the order of the documents. `work` can be pickled, and nothing of it is left but what
        it says and gives; `doing` is what it does, before the names of documents.
        """
        if len(configs) == 1:
            return self.each(configs, work)
        from specwright.cli import workers

        def shown(busy: Sequence[Config], done: int) -> AbstractContextManager[None]:
            specs = ", ".join(str(config.spec) for config in busy)
            return report.progress(f"{doing} {specs} ({done} of {len(configs)} done)")

        outcomes: list[Outcome] = []
        attempts = partial(_recorded, self, work)
        for outcome, said in workers.side_by_side(attempts, configs, lost=partial(_lost, self), shown=shown):
            said.replay()
            outcomes.append(outcome)
        return outcomes

    def attempted(self, config: Config, work: Callable[[Config], Outcome]) -> Outcome:
        """What became of the work on a document, beside what it is called."""
        done = self.attempt(partial(work, config), {})
        return Outcome(done.status, {**about(config), **done.json})

    def attempt(self, work: Callable[[], Outcome], about: Mapping[str, object]) -> Outcome:
        """What became of some work; of work that failed, why, beside what it was `about`."""
        try:
            return work()
        except BrokenPipeError:  # who reads us has had enough, of all that is to come
            raise
        except Exception as error:  # noqa: BLE001 - told as `main` would
            return Outcome(BAD_INPUT, {**about, **tell(error, debug=self.debug)})

    def end(
        self, outcomes: Sequence[Outcome], *, sums: Iterable[str] = (), several: str = "documents"
    ) -> int:
        """Print the one object, if that is asked for, and give the exit status: the worst.

        Where there are `several`, each has its object below that name; `sums` are the figures to add up beside them.
        """
        if self.as_json:
            objects = [outcome.json for outcome in outcomes]
            report.show_json(objects[0] if len(objects) == 1 else _together(objects, sums, several))
        return max((outcome.status for outcome in outcomes), default=0)


def about(config: Config) -> dict[str, object]:
    """What the objects of `--json` say of a document, whatever became of it."""
    told: dict[str, object] = {"name": config.name} if config.name else {}
    told["spec"] = str(config.spec)
    return told


class _Said:
    """What was printed, in its order, to be printed elsewhere."""

    def __init__(self) -> None:
        self._pieces: list[tuple[bool, str]] = []

    @contextmanager
    def recording(self) -> Generator[None]:
        """While it lasts, what is printed is kept instead."""
        out, err = (_Kept(self._pieces, is_error) for is_error in (False, True))
        with redirect_stdout(out), redirect_stderr(err):
            yield

    def replay(self) -> None:
        """Print it."""
        for is_error, text in self._pieces:
            click.echo(text, nl=False, err=is_error)


class _Kept(StringIO):
    def __init__(self, pieces: list[tuple[bool, str]], is_error: bool) -> None:  # noqa: FBT001 - half of a piece
        super().__init__()
        self._pieces = pieces
        self._is_error = is_error

    def write(self, text: str, /) -> int:
        self._pieces.append((self._is_error, text))
        return len(text)


def _recorded(session: Session, work: Callable[[Config], Outcome], config: Config) -> tuple[Outcome, _Said]:
    """What became of a document, and what was printed of it."""
    said = _Said()
    with said.recording():
        outcome = session.attempted(config, work)
    return outcome, said


def _lost(session: Session, config: Config, how: str) -> tuple[Outcome, _Said]:
    """What is told of a document whose process ended before it was done."""

    def fail(config: Config) -> Outcome:
        perhaps = ", perhaps for want of memory" if "SIGKILL" in how else ""
        raise ChildProcessError(
            errno.ECHILD, f"the process that worked on it was {how}{perhaps}", str(config.spec)
        )

    return _recorded(session, fail, config)


def _together(objects: list[dict[str, object]], sums: Iterable[str], several: str) -> dict[str, object]:
    totals = {
        name: sum(found for each in objects if isinstance(found := each.get(name), int | float))
        for name in sums
    }
    return {**totals, several: objects}
