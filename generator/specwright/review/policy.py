"""What counts: the level of each finding by the user's rules, what is not stable enough to count, and what is accepted."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, Literal

from specwright import spelling
from specwright.config.diff import STABILITIES, Accept
from specwright.problems import Refused, problem, quoted
from specwright.review.findings import (
    AXES,
    LEVELS,
    Axis,
    Finding,
    Level,
    PythonChange,
    Review,
    UnusedAccept,
    gravest,
)
from specwright.review.python.rules import RULES as PYTHON
from specwright.review.rules import RULES as WIRE

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from specwright.config.diff import DiffSettings, Stability

__all__ = ["Accept", "Policy", "fails", "judged", "known", "policy_of", "settled"]

STABILITY: Final = "stability: "
"""What a guard begins with that says how stable an operation is, by its `x-stability-level`."""
_PYTHON: Final = "py-"
"""What the ids of rules of the Python axis begin with."""


@dataclass(frozen=True, slots=True)
class Policy:
    """How findings are judged."""

    gate: tuple[Axis, ...] = AXES
    """The axes that the verdict is made of."""
    fail_on: Level | None = None
    """The level from which on a finding that counts fails; None for none."""
    levels: Mapping[str, Level | Literal["off"]] = field(default_factory=dict[str, 'Level | Literal["off"]'])
    """The level of a rule, by its id, in which a `*` stands for any text. An id has precedence, then what is written last."""
    accepts: tuple[Accept, ...] = ()
    today: dt.date | None = None
    """What `expires` of an entry is held against; None lets none expire."""
    stability: Stability = "beta"
    """What is less stable than this is muted."""


def known() -> frozenset[str]:
    """The id of each rule, of both axes."""
    return frozenset((*WIRE, *PYTHON))


def policy_of(
    settings: DiffSettings,
    *,
    gate: tuple[Axis, ...] = (),
    fail_on: Level | None = None,
    today: dt.date | None = None,
) -> Policy:
    """The policy of the configuration, with what options say in its place.

    Raises:
        Refused: It names a rule that there is none of.
    """
    said = [
        *((rule, settings.places.get(rule)) for rule in settings.levels),
        *((accept.rule, accept.place) for accept in settings.accepts if accept.rule),
    ]
    ids = known()
    problems = [
        problem("rule-unknown", place, f"There is no rule {quoted(rule)}.", spelling.hint(rule, ids))
        for rule, place in said
        if not any(_meets(rule, each) for each in ids)
    ]
    if problems:
        raise Refused(problems)
    return Policy(
        gate=gate or settings.gate,
        fail_on=fail_on or settings.fail_on,
        levels=settings.levels,
        accepts=settings.accepts,
        today=today,
        stability=settings.stability,
    )


def judged(
    findings: Iterable[Finding], policy: Policy, document: str = ""
) -> tuple[tuple[Finding, ...], tuple[UnusedAccept, ...]]:
    """The findings of one document as the policy sees them, in their order; and the entries that accept none of them.

    What the policy sets to "off" is gone. What is accepted or muted is marked and stays.
    """
    used: set[int] = set()
    told: list[Finding] = []
    entries = [(number, entry) for number, entry in enumerate(policy.accepts) if not _is_over(entry, policy)]
    for found in findings:
        levelled = _levelled(found, policy)
        if levelled is None:
            continue
        met = [(number, entry) for number, entry in entries if _accepts(entry, levelled, document)]
        used.update(number for number, _ in met)
        reason = met[0][1].reason if met else levelled.accepted
        muted = levelled.muted or _is_unstable(levelled, policy)
        told.append(replace(levelled, accepted=reason, muted=muted))
    return tuple(told), tuple(_unused(policy, used))


def _levelled(found: Finding, policy: Policy) -> Finding | None:
    """The finding with the levels that the policy gives; None where nothing of it is left."""
    if not policy.levels:
        return found
    level = _level(found.id, policy) if not found.id.startswith(_PYTHON) else None
    wire = found.wire if level is None or found.wire is None else _said(level)
    changes = tuple(_changes(found.python_changes, policy))
    python = found.python
    if changes != found.python_changes:
        python = gravest(change.level for change in changes)
    if (found.wire, found.python) != (wire, python) and wire is None and python is None:
        return None
    return replace(found, wire=wire, python=python, python_changes=changes)


def _changes(changes: Iterable[PythonChange], policy: Policy) -> Iterator[PythonChange]:
    for change in changes:
        level = _level(change.id, policy)
        if level is None:
            yield change
        elif level != "off":
            yield replace(change, level=level)


def _said(level: Level | Literal["off"]) -> Level | None:
    return None if level == "off" else level


def _level(rule: str, policy: Policy) -> Level | Literal["off"] | None:
    """What the policy says of a rule; None where it says nothing."""
    if rule in policy.levels:
        return policy.levels[rule]
    return next((policy.levels[text] for text in reversed([*policy.levels]) if _meets(text, rule)), None)


def _is_unstable(found: Finding, policy: Policy) -> bool:
    """Whether all that it is about is less stable than what counts. Nothing said is stable."""
    least = STABILITIES.index(policy.stability)
    said = [guard.removeprefix(STABILITY) for guard in found.guards if guard.startswith(STABILITY)]
    return any(word == level for word in said for level in STABILITIES[:least])


def _is_over(entry: Accept, policy: Policy) -> bool:
    return entry.expires is not None and policy.today is not None and policy.today > entry.expires


def _accepts(entry: Accept, found: Finding, document: str) -> bool:
    if entry.fingerprint and entry.fingerprint != found.fingerprint:
        return False
    wanted = ((entry.rule, found.id), (entry.subject, found.subject), (entry.document, document))
    return all(_meets(text, value) for text, value in wanted if text)


def _unused(policy: Policy, used: set[int]) -> Iterator[UnusedAccept]:
    for number, entry in enumerate(policy.accepts):
        if _is_over(entry, policy):
            yield UnusedAccept(_written(entry), entry.reason, "expired", entry.place)
        elif number not in used:
            yield UnusedAccept(_written(entry), entry.reason, "unused", entry.place)


def _written(entry: Accept) -> str:
    parts = (entry.fingerprint, entry.rule, entry.subject, entry.document)
    return " ".join(part for part in parts if part)


def _meets(text: str, value: str) -> bool:
    """Whether a text, in which a `*` stands for any other, is all of a value."""
    return text == value or ("*" in text and _pattern(text).fullmatch(value) is not None)


@functools.cache
def _pattern(text: str) -> re.Pattern[str]:
    # Runs of `*` are one: each group is left for good once it met, so that time does not grow with their number.
    parts = [re.escape(part) for part in re.split(r"\*+", text)]
    return re.compile(
        "(?s:" + "".join((parts[0], *(f"(?>.*?{part})" for part in parts[1:-1]), f".*{parts[-1]}")) + ")"
    )


def settled(reviews: Sequence[Review], *, whole: bool) -> tuple[Review, ...]:
    """The reviews of several documents, of which an entry is unused only if it is in all of them; it is told once.

    Where they are not the `whole` of what the configuration lists, only what is expired is told: another document may use
    the rest.
    """
    everywhere = [
        entry
        for entry in (reviews[0].unused_accepts if reviews else ())
        if _is_told(entry, reviews, whole=whole)
    ]
    return tuple(
        replace(review, unused_accepts=tuple(everywhere) if number == 0 else ())
        for number, review in enumerate(reviews)
    )


def _is_told(entry: UnusedAccept, reviews: Sequence[Review], *, whole: bool) -> bool:
    return (whole or entry.why == "expired") and all(entry in review.unused_accepts for review in reviews)


def fails(reviews: Iterable[Review], policy: Policy) -> bool:
    """Whether something that counts is at or above the level that fails, on the axes that are gated on."""
    if policy.fail_on is None:
        return False
    failing = LEVELS[: LEVELS.index(policy.fail_on) + 1]
    return any(
        found.counts and found.level(policy.gate) in failing
        for review in reviews
        for found in review.findings
    )
