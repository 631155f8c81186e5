"""What a terminal shows of a review: rows of cells with the name of a style, and those as plain text.

`rows` decides what is said, so that a terminal with colours and a pipe say the same. Nothing in a cell can steer a terminal.
"""

from __future__ import annotations

import json
import textwrap
import unicodedata
from itertools import groupby
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, TypeAlias

from specwright.problems import counted
from specwright.review.findings import LEVELS
from specwright.review.reports.quoting import on_one_line
from specwright.review.reports.verdict import (
    LEVEL_NAMES,
    accepted,
    advice,
    anchor,
    exemplified,
    folded,
    headline,
    idle,
    of_changes,
    of_version,
    said,
    tallies,
    uncalled,
    ungated,
    used,
    verdict,
    within,
    worst,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from specwright.review.findings import Finding, Review, UnusedAccept

Style: TypeAlias = Literal[
    "title", "head", "note", "empty", "detail", "breaking", "warning", "compatible", "doc"
]


class Row(NamedTuple):
    """A line, or a row of a table: rows of several cells that follow each other are one table.

    What a row has besides stands below it, indented, as rows of the style `detail` that are of the same table.
    """

    style: Style
    cells: tuple[str, ...]
    """Without what could steer a terminal. The last one is as long as it is, and is never cut."""

    @property
    def tabular(self) -> bool:
        """Whether it belongs to a table."""
        return len(self.cells) > 1 or self.style == "detail"


WIDTH: Final = 110
INDENT: Final = "    "
"""What stands before details."""
LINES: Final = 40
"""How many a document's summary has at most."""
_LISTED: Final = 22
"""How many findings, or groups of them, a summary names at most."""
_AROUND: Final = 3
"""Rows around them: an empty one, the head of their table, and how many more there are."""
_CALLERS: Final = 5
_IDLE: Final = 3
"""How many places in code, and entries of the accept list that accept nothing, it names."""
_EXAMPLE: Final = 400
"""Characters of a request or an answer."""
_EMPTY: Final = Row("empty", ("",))


def text(reviews: Sequence[Review], width: int = WIDTH, *, full: bool = False) -> str:
    """The rows as lines, the first of which says the verdict: one for each, however long; details are wrapped at `width`."""
    lines: list[str] = []
    for tabular, together in groupby(rows(reviews, full=full), key=lambda row: row.tabular):
        found = list(together)
        lines += _table(found, width) if tabular else [row.cells[0] for row in found]
    return "".join(f"{line.rstrip()}\n" for line in lines)


def rows(reviews: Sequence[Review], *, full: bool = False) -> list[Row]:
    """What is said of each document: the verdict and the counts, then what asks something of callers.

    Unless `full`, it is at most LINES rows for each: many findings are folded by the schema or the operation that they belong to.
    """
    found: list[Row] = []
    for review in reviews:
        found += [_EMPTY] * bool(found)
        found += [*_document(review, named=len(reviews) > 1, full=full)]
    return found or [Row("title", ("No change: there was no document to compare.",))]


def _document(review: Review, *, named: bool, full: bool) -> Iterator[Row]:
    above = [*_head(review, named=named)]
    if not review.findings:
        yield from above
        yield from _after(review, full=full)
        return
    above = [*above, _EMPTY, *_tally(review)]
    yield from above
    after = [*_after(review, full=full)]
    room = min(_LISTED, LINES - len(above) - len(after) - _AROUND)
    found = of_changes(review)
    asking = [*found["breaking"], *found["warning"]]
    quiet = [*found["compatible"], *found["doc"]]
    if full or len(asking) + len(quiet) <= room:
        yield from _findings(asking + quiet, full=full)
    elif len(asking) <= room:
        yield from _findings(asking, full=full)
    else:
        yield from _groups(asking, room)
    yield from after


def _head(review: Review, *, named: bool) -> Iterator[Row]:
    head = f"{on_one_line(review.name)}: " if named else ""
    yield Row(review.level or "title", (f"{head}{headline(review)}: {verdict(review)}",))
    versions = f"document {on_one_line(review.old_version, 40)} → {on_one_line(review.new_version, 40)}"
    yield Row("note", (f"{on_one_line(review.old_label)} → {on_one_line(review.new_label)}, {versions}",))
    yield Row("note", (f"suggested version of the package: {on_one_line(review.version, 40)}",))
    for finding in of_version(review):
        yield Row(worst(finding), (f"{worst(finding)}: {on_one_line(finding.message)} ({finding.id})",))


def _tally(review: Review) -> Iterator[Row]:
    yield Row("head", ("", *(f"{LEVEL_NAMES[level]:>13}" for level in LEVELS)))
    for name, tally in tallies(review):
        yield Row("note", (name, *(f"{tally[level]:>13,}" for level in LEVELS)))


def _findings(findings: Iterable[Finding], *, full: bool) -> Iterator[Row]:
    """A table of findings, gravest first and those of a group after each other; places only if it is `full`."""
    every = [finding for together in folded(findings).values() for finding in together]
    every.sort(key=lambda finding: LEVELS.index(worst(finding)))
    if every:
        yield _EMPTY
        yield Row("head", ("wire", "python", "reaches", "rule", *["place"] * full, "what changed"))
    for finding in every:
        levels = (finding.wire or "-", finding.python or "-")
        where = on_one_line(str(anchor(finding) or "-"))
        facts = (*levels, _reach((finding,)), finding.id, *[where] * full)
        yield Row(worst(finding), (*facts, on_one_line(said(finding))))
        if full and worst(finding) in {"breaking", "warning"}:
            yield from (Row("detail", (on_one_line(line),)) for line in _details(finding))


def _details(finding: Finding) -> Iterator[str]:
    """What to do, why, and an example, so far as there are any."""
    if to_do := advice(finding):
        yield f"What to do: {to_do}"
    if finding.why:
        yield f"Why the axes differ: {finding.why}"
    if finding.witness:
        yield f"For example, {exemplified(finding, finding.witness)}: {finding.witness.issue}"
        value = json.dumps(finding.witness.value, ensure_ascii=True)
        yield value if len(value) <= _EXAMPLE else f"{value[: _EXAMPLE - 1]}…"


def _reach(findings: Iterable[Finding]) -> str:
    """How many operations, or else types, findings reach together."""
    found = list(findings)
    operations = {name for finding in found for name in finding.operations}
    if operations:
        return counted(len(operations), "operation")
    types = {name for finding in found for name in finding.types}
    return counted(len(types), "type") if types else "-"


def _groups(findings: Sequence[Finding], most: int) -> Iterator[Row]:
    """A table of schemas and operations, gravest first, with the first change of each."""
    groups = sorted(folded(findings).items(), key=lambda item: _grave(item[1]), reverse=True)
    yield _EMPTY
    yield Row("head", ("breaking", "warning", "reaches", "schema or operation", "the first change of it"))
    for group, members in groups[:most]:
        breaking, warning, _ = _grave(members)
        style: Style = "breaking" if breaking else "warning"
        first = on_one_line(within(said(members[0]), group))
        yield Row(
            style,
            (f"{breaking:>8,}", f"{warning:>7,}", _reach(members), on_one_line(group, 44), first),
        )
    rest = groups[most:]
    if rest:
        number = sum(len(members) for _, members in rest)
        others = counted(len(rest), "other schema or operation", "other schemas and operations")
        yield Row("note", (f"… and {counted(number, 'more change')} of {others}: --full lists all of them",))


def _grave(findings: Iterable[Finding]) -> tuple[int, int, int]:
    """How many break callers, and may; and how many operations the widest reaches."""
    found = list(findings)
    levels = [worst(finding) for finding in found]
    widest = max(len(finding.operations) for finding in found)
    return levels.count("breaking"), levels.count("warning"), widest


def _after(review: Review, *, full: bool) -> Iterator[Row]:
    """What stands below the findings."""
    yield from _callers(review, full=full)
    notes = [
        (len(accepted(review)), "change is accepted", "changes are accepted"),
        (len(ungated(review)), "change is not gated on", "changes are not gated on"),
        (
            len(review.snippets),
            "migration snippet in the other reports",
            "migration snippets in the other reports",
        ),
    ]
    told = [counted(number, one, several) for number, one, several in notes if number]
    if told or review.unused_accepts:
        yield _EMPTY
    if told:
        yield Row("note", (", ".join(told),))
    yield from _idle(review.unused_accepts, full=full)


def _callers(review: Review, *, full: bool) -> Iterator[Row]:
    """Places in the code that calls the package, and how many there are besides those that are shown."""
    places = review.callers if full else review.callers[:_CALLERS]
    if places:
        yield _EMPTY
        yield Row("head", (f"{counted(len(review.callers), 'place')} in your code",))
    elif said := uncalled(review):
        yield _EMPTY
        yield Row("note", (said,))
    for place in places:
        sure = "" if place.sure else " (by its name only)"
        where = on_one_line(f"{place.file}:{place.line}:{place.column}")
        yield Row(place.level, (where, place.level, on_one_line(used(place)) + sure))
    if len(places) < len(review.callers):
        more = len(review.callers) - len(places)
        yield Row("note", (f"… and {more:,} more: --full lists all of them",))


def _idle(entries: Sequence[UnusedAccept], *, full: bool) -> Iterator[Row]:
    """Entries of the accept list that accept nothing, expired ones first."""
    sorted_ = sorted(entries, key=lambda entry: entry.why != "expired")
    shown = sorted_ if full else sorted_[:_IDLE]
    for entry in shown:
        where = f"{on_one_line(f'{entry.place.file}:{entry.place.line}')}: " if entry.place else ""
        said = f"{where}the entry `{on_one_line(entry.entry, 200)}` of the accept list {idle(entry)}"
        yield Row("warning" if entry.why == "expired" else "note", (said,))
    if len(shown) < len(entries):
        more = counted(len(entries) - len(shown), "more entry", "more entries")
        yield Row("note", (f"… and {more} of the accept list: --full lists all of them",))


def _table(found: Sequence[Row], width: int) -> Iterator[str]:
    """Rows whose cells stand below each other, and what they have besides."""
    cells = [row.cells[:-1] for row in found if row.style != "detail"]
    inner = [max(map(_columns, column)) for column in zip(*cells, strict=True)]
    for row in found:
        if row.style == "detail":
            yield from textwrap.wrap(
                row.cells[0], max(width, 40), initial_indent=INDENT, subsequent_indent=INDENT * 2,
                break_long_words=False, break_on_hyphens=False,
            )  # fmt: skip
        else:
            padded = (
                cell + " " * (wide - _columns(cell)) for cell, wide in zip(row.cells, inner, strict=False)
            )
            yield "  ".join([*padded, row.cells[-1]])


def _columns(cell: str) -> int:
    """How many columns of a terminal a cell takes."""
    if cell.isascii():
        return len(cell)
    wide = sum(unicodedata.east_asian_width(char) in "WF" for char in cell)
    return len(cell) + wide - sum(bool(unicodedata.combining(char)) for char in cell)
