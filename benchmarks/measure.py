"""Taking turns: one sample of each subject in every round, so that what slows the machine down slows all of them.

The garbage collector runs before each sample and not in it. Two subjects are compared within each round, and the median
of these comparisons is what is reported, since it hardly moves when the machine's speed does.
"""

from __future__ import annotations

import gc
from dataclasses import dataclass, field
from math import ceil, inf
from statistics import median, quantiles
from typing import TYPE_CHECKING, Final

from .subjects import OURS, Comparison, Missing, Subject, reason

if TYPE_CHECKING:
    from .subjects import Budget, Case


@dataclass(frozen=True, slots=True)
class Times:
    """The seconds of one repetition, a figure per round."""

    subject: Subject
    seconds: tuple[float, ...]
    repetitions: int

    @property
    def median(self) -> float:
        """The median, which is what to quote."""
        return median(self.seconds)

    @property
    def least(self) -> float:
        """The best round: what it takes when nothing else runs."""
        return min(self.seconds)

    @property
    def spread(self) -> float:
        """The middle half of the rounds, as a part of the median: 0.05 is quiet, 0.5 says little."""
        if len(self.seconds) == 1:
            return 0.0
        low, _, high = quantiles(self.seconds, n=4)
        return (high - low) / self.median

    @property
    def kibibytes(self) -> int | None:
        """The most memory that a run took, where that is known."""
        return max((use.kibibytes for use in self.subject.uses), default=None)

    @property
    def processor(self) -> float | None:
        """The fewest seconds that processors worked for a run, where that is known."""
        return min((use.processor for use in self.subject.uses), default=None)

    def compared(self, reference: Times, comparison: Comparison) -> float:
        """The median of what the rounds say."""
        return median(map(comparison.of, self.seconds, reference.seconds))


@dataclass(frozen=True, slots=True)
class Kept:
    """A budget, and what was found."""

    budget: Budget
    found: float

    @property
    def within(self) -> bool:
        """Whether ours keeps to it."""
        return self.found <= self.budget.limit


@dataclass(slots=True)
class Measured:
    """The times of a case, in the order of its subjects."""

    case: Case
    outcomes: list[Times | Missing]

    def times(self, name: str) -> Times | None:
        """The times of the subject of that name, if it took part."""
        return next(
            (one for one in self.outcomes if isinstance(one, Times) and one.subject.name == name), None
        )

    def comparison(self, times: Times) -> float | None:
        """The figure for a subject beside the reference, if that took part."""
        reference = self.times(self.case.reference)
        return times.compared(reference, self.case.comparison) if reference else None

    def budgets(self) -> list[Kept]:
        """The budgets that something can be said about."""
        ours = self.times(OURS)
        kept: list[Kept] = []
        for budget in self.case.budgets if ours else ():
            reference = self.times(budget.against)
            if ours and not budget.against:
                kept.append(Kept(budget, ours.median))
            elif ours and reference:
                kept.append(Kept(budget, ours.compared(reference, budget.comparison)))
        return kept


QUICK: Final = 5


def measure(case: Case, most: int | None = None) -> Measured:
    """The times of all subjects of a case, in at most so many rounds. One that fails at any time is `Missing`, with the reason."""
    taking_part = [_Competitor(subject) for subject in case.subjects]
    for competitor in taking_part if case.warm else ():
        competitor.warm_up(case.least)
    gc.freeze()  # what is there by now is not looked at before each sample
    for turn in range(case.rounds if most is None else min(case.rounds, most)):
        first = turn % len(taking_part)  # each is first in its turn, so that none always follows the same one
        for competitor in (*taking_part[first:], *taking_part[:first]):
            competitor.take_turn()
    gc.unfreeze()
    return Measured(case, [competitor.outcome() for competitor in taking_part])


@dataclass(slots=True)
class _Competitor:
    """A subject, and what is known of it so far."""

    subject: Subject | Missing
    repetitions: int = 1
    seconds: list[float] = field(default_factory=list[float])

    def warm_up(self, least: float) -> None:
        """Run it once, and find how many repetitions make a sample last as long as it should."""
        self.take_turn()
        while least and (seconds := self._best()) < least:
            self.repetitions = min(2 * self.repetitions, ceil(self.repetitions * least / seconds))
        self.seconds.clear()
        if isinstance(self.subject, Subject):
            self.subject.uses.clear()  # the first run compiles what it imports

    def _best(self) -> float:
        """The shortest of a few samples, since one may be long because of what else runs; infinite if it fails."""
        self.seconds.clear()
        for _ in range(3):
            self.take_turn()
        return min(self.seconds, default=inf) * self.repetitions

    def take_turn(self) -> None:
        """Take a sample, if it can."""
        if isinstance(self.subject, Missing):
            return
        try:
            seconds = _quietly(self.subject, self.repetitions)
        except Exception as error:  # noqa: BLE001  # as in `offered`
            self.subject = Missing(self.subject.name, reason(error))
            self.seconds.clear()
        else:
            self.seconds.append(seconds / self.repetitions)

    def outcome(self) -> Times | Missing:
        """What to report."""
        if isinstance(self.subject, Missing):
            return self.subject
        return Times(self.subject, tuple(self.seconds), self.repetitions)


def _quietly(subject: Subject, repetitions: int) -> float:
    gc.collect()
    gc.disable()
    try:
        return subject.sample(repetitions)
    finally:
        gc.enable()
