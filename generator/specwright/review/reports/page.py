"""The page: one HTML file that loads nothing, and is read without a script.

What is printed by its templates is escaped as `emit.html` says, whose policy allows the one style and the one script that are in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from specwright.emit import html
from specwright.problems import counted
from specwright.review.findings import LEVELS
from specwright.review.reports.sidebyside import hunks
from specwright.review.reports.verdict import (
    LEVEL_NAMES,
    accepted,
    folded,
    headline,
    of_version,
    overall,
    tallies,
    uncalled,
    ungated,
    verdict,
)
from specwright.review.reports.views import (
    Budget,
    Caller,
    FindingView,
    Group,
    Operation,
    Side,
    Unused,
    budget,
    caller,
    finding_view,
    operations,
    pieces,
    tally,
    unused,
    written,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from specwright.review.findings import Finding, Level, Lines, Review
    from specwright.review.reports.sidebyside import Pair
    from specwright.review.reports.views import Piece

_UNFOLDED: Final = 20
"""Groups of findings that are open from the start, if they ask something of callers."""
_ROWS: Final = 6_000
_ROWS_OF_FILE: Final = 600
"""Rows of generated code that are shown in all, and of one file."""


class Choice(NamedTuple):
    """A level that can be filtered by."""

    level: Level
    name: str


class Tally(NamedTuple):
    """A row of the table of counts."""

    level: Level
    name: str
    numbers: Sequence[str]


class Unit(NamedTuple):
    """A snippet."""

    title: Sequence[Piece]
    sides: Sequence[Side]


class CodeFile(NamedTuple):
    """A generated file that differs."""

    path: str
    said: str
    unfolded: bool
    hunks: Sequence[Sequence[Pair]]
    more: str


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A document."""

    anchor: str
    review: Review
    level: str
    headline: str
    verdict: str
    versions: Sequence[Sequence[Piece]]
    """What is wrong with the version of the document."""
    counted: Sequence[str]
    """What the columns of the table of counts are of."""
    tallies: Sequence[Tally]
    groups: Sequence[Group]
    operations: Sequence[Operation]
    files: Sequence[CodeFile]
    more_files: str
    changelog: Sequence[Side]
    snippets: Sequence[Unit]
    callers: Sequence[Caller]
    uncalled: str
    """That no place in code is touched, where it was looked at."""
    unused: Sequence[Unused]
    nothing: bool
    idle: bool


def page(reviews: Sequence[Review]) -> str:
    """The whole file."""
    environment = _environment()
    style, script = html.own(environment, "review/style.css"), html.own(environment, "review/script.js")
    limits = budget(sum(len(review.findings) for review in reviews))
    documents = [_document(review, f"d{number}", limits) for number, review in enumerate(reviews, 1)]
    written = environment.get_template("review/page.html.jinja").render(
        title=reviews[0].title if len(reviews) == 1 else counted(len(reviews), "document"),
        several=len(reviews) != 1,
        level=overall(reviews) or "none",
        documents=documents,
        levels=[Choice(level, LEVEL_NAMES[level]) for level in LEVELS],
        style=style,
        script=script,
        policy=html.policy([style], [script]),
    )
    return f"{written}\n"


@cache
def _environment() -> html.Environment:
    return html.environment({})


# --- one document -------------------------------------------------------------------------------------------------


def _document(review: Review, anchor: str, limits: Budget) -> DocumentView:
    shown = [
        (finding, finding_view(finding, f"{anchor}-f{number}", review, limits))
        for number, finding in enumerate(review.findings, 1)
    ]
    files = _files(review.code_lines)
    more = len(review.code_lines) - len(files)
    return DocumentView(
        anchor=anchor,
        review=review,
        level=review.level or "none",
        headline=headline(review),
        verdict=verdict(review),
        versions=[pieces(finding.message) for finding in of_version(review)],
        counted=[name for name, _ in tallies(review)],
        tallies=[
            Tally(level, LEVEL_NAMES[level], [f"{found[level]:,}" for _, found in tallies(review)])
            for level in LEVELS
        ],
        groups=[*_groups(review, shown, anchor)],
        operations=operations([pair for pair in shown if pair[0].counts]),
        files=files,
        more_files=f"and {counted(more, 'more file')}" if more else "",
        changelog=[written("for the changelog", review.changelog)] if review.changelog.strip() else [],
        snippets=[
            Unit(pieces(each.title), (written("before", each.before), written("after", each.after)))
            for each in review.snippets[:200]
        ],
        callers=[*map(caller, review.callers[:500])],
        uncalled=uncalled(review),
        unused=[*map(unused, review.unused_accepts)],
        nothing=not review.findings,
        idle=not (review.callers or review.snippets or review.changelog.strip() or review.unused_accepts),
    )


def _groups(review: Review, shown: Sequence[tuple[Finding, FindingView]], anchor: str) -> Iterator[Group]:
    views = {id(finding): view for finding, view in shown}
    apart = {id(finding) for finding in (*accepted(review), *ungated(review), *of_version(review))}
    counting = folded(finding for finding in review.findings if id(finding) not in apart)
    number = 0
    for name, members in counting.items():
        number += 1
        yield _group(f"{anchor}-g{number}", name, [views[id(each)] for each in members], number <= _UNFOLDED)
    for name, others in (("Accepted", accepted(review)), ("Not gated on", ungated(review))):
        if others:
            number += 1
            yield _group(f"{anchor}-g{number}", name, [views[id(each)] for each in others], unfolded=False)


def _group(anchor: str, name: str, members: Sequence[FindingView], unfolded: bool) -> Group:  # noqa: FBT001
    levels: list[Level] = [each.level for each in members]
    level = min(levels, key=LEVELS.index)
    return Group(anchor, name, tally(levels), level, unfolded and level in {"breaking", "warning"}, members)


def _files(files: Iterable[Lines]) -> list[CodeFile]:
    """The generated files that differ, as far as they are shown."""
    left = _ROWS
    found: list[CodeFile] = []
    for file in files:
        if left <= 0:
            break
        shown, more = _shown(file, min(left, _ROWS_OF_FILE))
        left -= sum(map(len, shown))
        said = "new" if not file.old else "gone" if not file.new else "changed"
        rest = f"and {counted(more, 'more line')}" if more else ""
        found.append(CodeFile(file.path, said, len(found) == 0, shown, rest))
    return found


def _shown(file: Lines, most: int) -> tuple[Sequence[Sequence[Pair]], int]:
    """The first rows of what differs, by hunks, and how many there are besides."""
    shown: list[Sequence[Pair]] = []
    left, more = most, 0
    for hunk in hunks(file.old, file.new):
        if left > 0:
            shown.append(hunk[:left])
        more += max(len(hunk) - max(left, 0), 0)
        left -= len(hunk)
    return shown, more
