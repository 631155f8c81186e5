"""One run of the program: what its options ask for, and how its results come together."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from specwright.cli import report
from specwright.cli.failure import tell

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

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
        return [self.attempt(partial(work, config), {"spec": str(config.spec)}) for config in configs]

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


def _together(objects: list[dict[str, object]], sums: Iterable[str], several: str) -> dict[str, object]:
    totals = {
        name: sum(found for each in objects if isinstance(found := each.get(name), int | float))
        for name in sums
    }
    return {**totals, several: objects}
