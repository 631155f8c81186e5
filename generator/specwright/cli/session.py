"""One run of the program: what its options ask for, and how its results come together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from specwright.cli import report
from specwright.cli.failure import tell

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from specwright.config import Config

FINDINGS = 1
BAD_INPUT = 2


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
        outcomes: list[Outcome] = []
        for config in configs:
            try:
                outcomes.append(work(config))
            except BrokenPipeError:  # who reads us has had enough, of all the documents
                raise
            except Exception as error:  # noqa: BLE001 - told as `main` would
                told = tell(error, debug=self.debug)
                outcomes.append(Outcome(BAD_INPUT, {"spec": str(config.spec), **told}))
        return outcomes

    def end(self, outcomes: Sequence[Outcome], *, sums: Iterable[str] = ()) -> int:
        """Print the one object, if that is asked for, and give the exit status: the worst.

        Of several documents, each has its object below `documents`; `sums` are the figures to add up beside them.
        """
        if self.as_json:
            documents = [outcome.json for outcome in outcomes]
            report.show_json(documents[0] if len(documents) == 1 else _together(documents, sums))
        return max((outcome.status for outcome in outcomes), default=0)


def _together(documents: list[dict[str, object]], sums: Iterable[str]) -> dict[str, object]:
    totals = {
        name: sum(found for each in documents if isinstance(found := each.get(name), int | float))
        for name in sums
    }
    return {**totals, "documents": documents}
