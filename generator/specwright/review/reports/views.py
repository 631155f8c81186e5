"""What the page shows, in the terms of its templates: text, which is escaped where it is printed, and what is open or folded."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from specwright.problems import counted
from specwright.review.findings import LEVELS
from specwright.review.reports.quoting import cut, on_lines
from specwright.review.reports.sidebyside import whole
from specwright.review.reports.verdict import (
    advice,
    exemplified,
    idle,
    reached,
    tallied,
    used,
    worst,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from specwright.problems import Place
    from specwright.review.findings import (
        CallerPlace,
        Finding,
        Level,
        Lines,
        PythonChange,
        Review,
        UnusedAccept,
        Witness,
    )
    from specwright.review.reports.sidebyside import Pair


class Piece(NamedTuple):
    """A part of a message."""

    text: str
    code: bool


class Line(NamedTuple):
    """A line of an excerpt."""

    number: str
    text: str
    marked: bool


class Side(NamedTuple):
    """One side of what is shown side by side."""

    caption: str
    lines: Sequence[Line]


class Named(NamedTuple):
    """What a finding reaches: the first few names, and the others, which are folded."""

    what: str
    first: Sequence[str]
    rest: Sequence[str]
    more: str


class ChangeView(NamedTuple):
    """A change of the public API."""

    id: str
    symbol: str
    level: Level
    breaks: str
    note: str
    pairs: Sequence[Pair]


class Reason(NamedTuple):
    """What is said besides."""

    name: str
    message: Sequence[Piece]


class Caller(NamedTuple):
    """A place in callers' code."""

    level: Level
    where: str
    said: Sequence[Piece]
    note: str
    text: str


class Unused(NamedTuple):
    """An entry of the accept list that accepts nothing."""

    where: str
    name: str
    said: str


class WitnessView(NamedTuple):
    """A request or an answer that is only valid in one revision."""

    said: Sequence[Piece]
    lines: Sequence[Line]


@dataclass(frozen=True, slots=True)
class FindingView:
    """A finding."""

    anchor: str
    level: Level
    wire: str
    python: str
    rule: str
    message: Sequence[Piece]
    place: str
    unfolded: bool
    accepted: str
    muted: bool
    reasons: Sequence[Reason]
    reaches: Sequence[Named]
    sides: Sequence[Side]
    changes: Sequence[ChangeView]
    more_changes: str
    witness: WitnessView | None
    fingerprint: str


class Budget(NamedTuple):
    """How much is shown of each finding; the more there are, the less."""

    context: int
    """Lines of the document around what changed."""
    changes: int
    names: int
    unfolded: bool


_BUDGETS: Final = (
    (60, Budget(3, 30, 400, unfolded=True)),
    (500, Budget(3, 12, 100, unfolded=False)),
    (1_500, Budget(1, 6, 30, unfolded=False)),
)
_LEAST: Final = Budget(0, 4, 12, unfolded=False)
_SHOWN: Final = 10
"""How many names of what is reached are not folded."""


def budget(number: int) -> Budget:
    """How much is shown of each of so many findings."""
    return next((found for most, found in _BUDGETS if number <= most), _LEAST)


def pieces(message: str) -> tuple[Piece, ...]:
    """A message by its parts in backquotes, which are code."""
    parts = cut(message, 2_000).split("`")
    if len(parts) % 2 == 0:
        parts[-2:] = ["`".join(parts[-2:])]
    return tuple(Piece(part, bool(number % 2)) for number, part in enumerate(parts) if part)


def finding_view(finding: Finding, anchor: str, review: Review, limits: Budget) -> FindingView:
    """What is shown of a finding."""
    level = worst(finding) if not finding.counts else finding.level(review.gate) or worst(finding)
    place = finding.new or finding.parent or finding.old
    changes = finding.python_changes[: limits.changes]
    more = len(finding.python_changes) - len(changes)
    return FindingView(
        anchor=anchor,
        level=level,
        wire=finding.wire or "none",
        python=finding.python or "none",
        rule=finding.id,
        message=pieces(finding.message),
        place=str(place) if place else "",
        unfolded=limits.unfolded and level in {"breaking", "warning"} and finding.counts,
        accepted=finding.accepted,
        muted=finding.muted,
        reasons=_reasons(finding),
        reaches=[*_reaches(finding, limits.names)],
        sides=_sides(finding, review.document_lines, limits.context),
        changes=[_change(change) for change in changes],
        more_changes=f"and {counted(more, 'more change')} of the package" if more else "",
        witness=_witness(finding, finding.witness) if finding.witness else None,
        fingerprint=finding.fingerprint,
    )


def caller(place: CallerPlace) -> Caller:
    """What is shown of a place in callers' code."""
    note = "" if place.sure else "by its name only"
    return Caller(place.level, f"{place.file}:{place.line}", pieces(used(place)), note, place.text)


def unused(entry: UnusedAccept) -> Unused:
    """What is shown of an entry of the accept list that accepts nothing."""
    where = f"{entry.place.file}:{entry.place.line}" if entry.place else ""
    return Unused(where, entry.entry, f"{idle(entry)}: {entry.reason}")


def _reasons(finding: Finding) -> Sequence[Reason]:
    repeated = ", ".join(map(str, finding.repeated[:10]))
    said = (
        ("What to do", advice(finding)),
        ("Why the axes differ", finding.why),
        ("Evidence", finding.evidence),
        ("Guards", "; ".join(finding.guards)),
        ("Written out again at", repeated),
        ("Accepted", finding.accepted),
        ("Not gated on", "it is below the stability that is gated on" if finding.muted else ""),
    )
    return [Reason(name, pieces(reason)) for name, reason in said if reason]


def _reaches(finding: Finding, most: int) -> Iterable[Named]:
    for what, names in (("operation", finding.operations), ("type", finding.types)):
        if not names:
            continue
        first, _ = reached(names, _SHOWN)
        rest = list(names[len(first) : most])
        left = len(names) - len(first) - len(rest)
        rest += [f"and {left:,} more"] if left else []
        yield Named(counted(len(names), what), first, rest, f"and {len(names) - len(first):,} more")


def _change(change: PythonChange) -> ChangeView:
    return ChangeView(
        id=change.id,
        symbol=change.symbol,
        level=change.level,
        breaks=", ".join(change.breaks),
        note=change.note,
        pairs=whole(change.old, change.new),
    )


def _plain_lines(text: str, most: int) -> list[Line]:
    return [Line("", line, marked=False) for line in on_lines(text.rstrip("\n"), most)]


def written(caption: str, text: str, most: int = 200) -> Side:
    """Text as one side."""
    return Side(caption, _plain_lines(text, most))


def _witness(finding: Finding, witness: Witness) -> WitnessView:
    said = exemplified(finding, witness)
    value = json.dumps(witness.value, indent=2, ensure_ascii=False)
    return WitnessView(pieces(f"{said[:1].upper()}{said[1:]}: {witness.issue}"), _plain_lines(value, 60))


# --- lines of the document ----------------------------------------------------------------------------------------


def _sides(finding: Finding, files: Sequence[Lines], context: int) -> Sequence[Side]:
    if not (finding.old or finding.new):
        return ()
    held = "" if finding.new or not finding.parent else ", which held it"
    old = _side(finding.old, {file.path: file.old for file in files}, context)
    new = _side(finding.new or finding.parent, {file.path: file.new for file in files}, context, held=held)
    return (
        old or Side("old: not there", ()),
        new or Side("new: not there", ()),
    )


def _side(place: Place | None, files: Mapping[str, str], context: int, held: str = "") -> Side | None:
    if place is None:
        return None
    lines = _lines(place, files) if context else ()
    if not lines:
        return Side(f"{place}{held}", [Line(str(place.line), cut(place.text, 300), marked=not held)])
    first = max(place.line - context, 1)
    shown = lines[first - 1 : place.line + context]
    return Side(
        f"{place}{held}",
        [
            Line(
                str(number),
                cut(line.rstrip("\r").replace("\t", "    "), 300),
                number == place.line and not held,
            )
            for number, line in enumerate(shown, first)
        ],
    )


def _lines(place: Place, files: Mapping[str, str]) -> Sequence[str]:
    """The lines of the file that a place is in; none where it is not known to be one of `files`.

    These are called by their paths from the root folder, and where there is one alone, it may have had another name.
    """
    plain = "/" + place.file.rpartition(":")[2].removeprefix("./")
    named = [path for path in files if plain.endswith("/" + path.rpartition(":")[2].removeprefix("./"))]
    path = max(named, key=len, default=next(iter(files), "") if len(files) == 1 else "")
    lines = files.get(path, "").split("\n")
    is_there = 0 < place.line <= len(lines)
    return lines if is_there and lines[place.line - 1].strip() == place.text.strip() else ()


# --- groups, operations, counts -----------------------------------------------------------------------------------


class Group(NamedTuple):
    """Findings that are folded together."""

    anchor: str
    name: str
    said: str
    level: Level
    unfolded: bool
    findings: Sequence[FindingView]


class Link(NamedTuple):
    """A finding, as it is referred to."""

    anchor: str
    level: Level
    rule: str
    message: Sequence[Piece]


class Operation(NamedTuple):
    """An operation, and what reaches it."""

    name: str
    said: str
    level: Level
    links: Sequence[Link]
    more: str


_LINKS: Final = 4_000
"""How many links to findings the list of operations has in all, and of one operation."""
_PER_OPERATION: Final = 25


def tally(levels: Iterable[Level]) -> str:
    """`2 breaking, 1 warning`."""
    found = list(levels)
    return tallied({level: found.count(level) for level in LEVELS})


def operations(found: Sequence[tuple[Finding, FindingView]]) -> list[Operation]:
    """The operations that findings reach, the gravest first."""
    by_name: dict[str, list[FindingView]] = {}
    for finding, view in found:
        for name in finding.operations:
            by_name.setdefault(name, []).append(view)
    order = sorted(by_name.items(), key=lambda item: _order(item[0], item[1]))
    left = _LINKS
    views: list[Operation] = []
    for name, members in order:
        most = min(_PER_OPERATION, left)
        left -= min(len(members), most)
        links = [Link(each.anchor, each.level, each.rule, each.message) for each in members[:most]]
        more = f"and {len(members) - len(links):,} more" if len(members) > len(links) else ""
        levels: list[Level] = [each.level for each in members]
        views.append(Operation(name, tally(levels), min(levels, key=LEVELS.index), links, more))
    return views


def _order(name: str, members: Sequence[FindingView]) -> tuple[list[int], str]:
    levels = [each.level for each in members]
    return [-levels.count(level) for level in LEVELS], name
