"""What every report says first, and what all of them ask of a review: plain text, escaped by nobody yet."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from specwright.problems import counted
from specwright.review.findings import AXES, LEVELS, gravest
from specwright.review.python.rules import RULES as PYTHON_RULES
from specwright.review.rules import RULES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from specwright.problems import Place
    from specwright.review.findings import Axis, CallerPlace, Finding, Level, Review, UnusedAccept, Witness

AXIS_NAMES: Final[Mapping[Axis, str]] = {"wire": "on the wire", "python": "in Python"}
LEVEL_NAMES: Final[Mapping[Level, str]] = {
    "breaking": "breaking",
    "warning": "warning",
    "compatible": "compatible",
    "doc": "documentation",
}
HEADLINES: Final[Mapping[Level | None, str]] = {
    "breaking": "Breaking",
    "warning": "Warnings",
    "compatible": "Compatible",
    "doc": "Documentation only",
    None: "No change",
}
"""The verdict in a word or two."""
_ASKED: Final[Mapping[Level, tuple[str, str]]] = {
    "breaking": ("breaks callers", "break callers"),
    "warning": ("needs a look: it may break some callers", "need a look: they may break some callers"),
    "compatible": ("asks nothing of callers", "ask nothing of callers"),
    "doc": ("changes words only", "change words only"),
}


VERSIONS: Final = frozenset({"version-not-bumped", "version-too-small"})
"""Rules about the document as a whole: what they say stands beside the verdict."""


def tallied(tally: Mapping[Level, int]) -> str:
    """`2 breaking, 1 warning`: the levels that something has."""
    return ", ".join(
        counted(tally[level], LEVEL_NAMES[level], "" if level == "warning" else LEVEL_NAMES[level])
        for level in LEVELS
        if tally[level]
    )


def headline(review: Review) -> str:
    """The verdict in a word or two; nothing is called documentation only that was not checked to be."""
    if review.level == "doc" and not review.documentation_only:
        return "Nothing to do"
    if review.level == "warning" and counts(review)["overall"]["warning"] <= 1:
        return "Warning"
    return HEADLINES[review.level] if review.level or not review.findings else "Nothing that counts"


def verdict(review: Review) -> str:
    """The verdict as a sentence, behind what `headline` says."""
    if review.level is None:
        return _of_nothing(review)
    if review.documentation_only:
        return "it was checked that nothing changed but words."
    tally = counts(review)
    number = tally["overall"][review.level]
    if not number and of_version(review):
        return "nothing but the version of the document needs a look."
    where = _axes(review, tally) if review.level in {"breaking", "warning"} else ""
    return f"{counted(number, 'change')} {_ASKED[review.level][number != 1]}{where}."


def _axes(review: Review, tally: Mapping[str, Mapping[Level, int]]) -> str:
    """On which axes there is what the verdict is made of, and how much on each where there are two."""
    numbers: dict[Axis, int] = {axis: tally[axis][review.level] for axis in review.gate if review.level}
    axes: list[Axis] = [axis for axis, number in numbers.items() if number]
    if len(axes) == 1:
        return f" ({AXIS_NAMES[axes[0]]}{' only' if len(review.gate) > 1 else ''})"
    return f" ({', '.join(f'{numbers[axis]:,} {AXIS_NAMES[axis]}' for axis in axes)})" if axes else ""


def _of_nothing(review: Review) -> str:
    if not review.findings:
        return "both documents mean the same."
    accepted = sum(bool(finding.accepted) for finding in review.findings)
    rest = len(review.findings) - accepted
    parts = [f"{accepted:,} accepted"] * bool(accepted) + [f"{rest:,} not gated on"] * bool(rest)
    return f"{counted(len(review.findings), 'change')}, {', '.join(parts)}."


def counts(review: Review) -> Mapping[str, Mapping[Level, int]]:
    """How many findings that count have each level, on each axis and overall, but for what stands beside the verdict."""
    own: dict[str, dict[Level, int]] = {key: dict.fromkeys(LEVELS, 0) for key in (*AXES, "overall")}
    for finding in () if review.counts else review.findings:
        if finding.counts and finding.id not in VERSIONS:
            levels: Mapping[str, Level | None] = {
                "wire": finding.wire,
                "python": finding.python,
                "overall": finding.level(review.gate),
            }
            for key, level in levels.items():
                if level:
                    own[key][level] += 1
    for key, tally in review.counts.items():
        own.setdefault(key, dict.fromkeys(LEVELS, 0)).update(tally)
    return own


def tallies(review: Review) -> Iterator[tuple[str, Mapping[Level, int]]]:
    """The counts with what each is of, as the rows of a table."""
    found = counts(review)
    for axis in AXES:
        yield AXIS_NAMES[axis] + ("" if axis in review.gate else " (not gated on)"), found[axis]
    yield "together", found["overall"]


def overall(reviews: Iterable[Review]) -> Level | None:
    """The gravest level of several documents."""
    return gravest(review.level for review in reviews)


def by_level(review: Review) -> dict[Level, list[Finding]]:
    """What counts, by its level over the axes that are gated on; every level is there."""
    found: dict[Level, list[Finding]] = {level: [] for level in LEVELS}
    for finding in review.findings:
        level = finding.level(review.gate)
        if finding.counts and level:
            found[level].append(finding)
    return found


def of_version(review: Review) -> list[Finding]:
    """What counts and is about the version of the document."""
    return [finding for finding in review.findings if finding.id in VERSIONS and finding.counts]


def of_changes(review: Review) -> dict[Level, list[Finding]]:
    """The same as `by_level`, without what stands beside the verdict."""
    return {
        level: [finding for finding in found if finding.id not in VERSIONS]
        for level, found in by_level(review).items()
    }


def accepted(review: Review) -> list[Finding]:
    """What somebody gave a reason to accept."""
    return [finding for finding in review.findings if finding.accepted]


def ungated(review: Review) -> list[Finding]:
    """What is below the stability, or on another axis than those, that is gated on."""
    return [
        finding
        for finding in review.findings
        if not finding.accepted and (finding.muted or finding.level(review.gate) is None)
    ]


def worst(finding: Finding) -> Level:
    """The level that a finding is shown with, whatever is gated on."""
    return finding.level() or "doc"


def advice(finding: Finding) -> str:
    """What to do about it; where nothing has to be done for what is sent, what callers in Python do."""
    if finding.hint or finding.python not in {"breaking", "warning"}:
        return finding.hint
    rule = next((each.id for each in finding.python_changes if each.level == finding.python), finding.id)
    return described(rule)[1]


def said(finding: Finding) -> str:
    """Its message; where all that is grave about it is in Python, with the rule of that."""
    if finding.wire in {"breaking", "warning"} or finding.python not in {"breaking", "warning"}:
        return finding.message
    rule = next((each.id for each in finding.python_changes if each.level == finding.python), finding.id)
    return finding.message if rule == finding.id else f"{finding.message} ({rule})"


def within(message: str, group: str) -> str:
    """A message without what the group that it stands beside says already: `has …` for `` `Pet` has … ``."""
    whole, inner = f"`{group}`", f"`{group}."
    message = message.removeprefix(f"{whole} ").removeprefix(f"{whole}: ").replace(f" of {whole}", "")
    return message.replace(inner, "`.").replace(f" of {group}`", "`")


def exemplified(finding: Finding, witness: Witness) -> str:
    """What a witness shows and where it stands, in a sentence without its end and what is said of the value."""
    were, are = ("was", "is not") if witness.valid_in == "old" else ("is", "was not")
    said, to = ("a request", "") if witness.kind == "request" else ("an answer", "to ")
    where = f"as the value of `{_exemplary(finding)}` in {said}"
    if operation := _one_of(finding, witness):
        where += f", such as {to}`{operation}`"
    at = f", at `{witness.pointer}`" if witness.pointer else ""
    return f"{where}, this {were} valid and {are}{at}"


def _exemplary(finding: Finding) -> str:
    """What the example of a finding is a value of: of a property that came or went, or must be there, the object."""
    owner, _, _ = finding.subject.rpartition(".")
    if owner and finding.id.startswith("property-"):
        return owner
    subject, _, keyword = finding.subject.rpartition(" ")
    place = finding.new or finding.old
    return subject if place and subject and place.pointer.endswith(f"/{keyword}") else finding.subject


def _one_of(finding: Finding, witness: Witness) -> str:
    """One operation that an example may belong to: a body is seldom sent with another method than these."""
    sending = [name for name in finding.operations if name.startswith(("POST ", "PUT ", "PATCH "))]
    sent = sending if witness.kind == "request" else []
    return next(iter([*sent, *finding.operations]), "")


def used(place: CallerPlace) -> str:
    """What a place of callers' code has to do with the change, as a sentence goes on behind it."""
    name = _NAME.search(place.symbol)
    said = (name[1] or name[2]) if name else place.symbol.rpartition(".")[2]
    if place.change.endswith("-member-added"):
        return f"this match has no case for `{said}`"
    if name and place.change.endswith(("-added-required", "-required")):
        return f"must give `{said}`"
    if name and place.change.endswith("-default-changed"):
        return f"does not give `{said}`, whose default changed"
    return f"uses `{place.symbol}`"


_NAME: Final = re.compile(r"\((\w+)=\)$|\[['\"]?(.*?)['\"]?\]$", re.DOTALL)
"""What ends a symbol that is an argument or a key."""


def uncalled(review: Review) -> str:
    """What is said where no place in callers' code is listed; "" where none was asked for."""
    if review.callers_unsought or review.callers:
        return review.callers_unsought
    return "No place in your code is touched." if review.callers_asked else ""


def idle(entry: UnusedAccept) -> str:
    """Why an entry of the accept list does nothing."""
    return "has expired" if entry.why == "expired" else "met nothing"


def folded(findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    """Findings by the schema or operation that they are folded by, in the order in which those come first."""
    groups: dict[str, list[Finding]] = {}
    for finding in findings:
        groups.setdefault(finding.group, []).append(finding)
    return groups


def reached(names: Sequence[str], most: int) -> tuple[Sequence[str], int]:
    """The first few names, and how many there are besides; one more is shown rather than counted."""
    shown = names if len(names) <= most + 1 else names[:most]
    return shown, len(names) - len(shown)


def anchor(finding: Finding) -> Place | None:
    """Where in the new document to point at: of what was removed, at what held it.

    What has no place there at all is pointed at by the old file's first line, which is all that is known of it.
    """
    place = finding.new or finding.parent
    if place or finding.old is None:
        return place
    return replace(finding.old, line=1, column=1)


def path(file: str) -> str:
    """A file as readers of reports want it: from the root of the repository, without `./` and the revision of `REV:PATH`."""
    head, colon, tail = file.rpartition(":")
    plain = tail if colon and len(head) > 1 else file
    return plain.replace("\\", "/").removeprefix("./")


def described(id_: str) -> tuple[str, str]:
    """What a rule is about, and what to do about it; "" where no table has it."""
    rule = RULES.get(id_) or PYTHON_RULES.get(id_)
    return (rule.purpose, rule.hint) if rule else ("", "")
