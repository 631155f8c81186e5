"""The comment on a pull request: GitHub Flavored Markdown that says the verdict first and fits, whatever has to go for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from specwright.problems import counted
from specwright.review.findings import LEVELS
from specwright.review.reports.items import Detail, item
from specwright.review.reports.quoting import block, code, line, on_lines, tag, text
from specwright.review.reports.verdict import (
    LEVEL_NAMES,
    accepted,
    folded,
    headline,
    idle,
    of_changes,
    of_version,
    overall,
    said,
    tallies,
    uncalled,
    ungated,
    used,
    verdict,
    within,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from specwright.problems import Place
    from specwright.review.findings import Finding, Level, Review, Snippet

MARKER: Final = "<!-- specwright-review -->"
"""The first line, which is not shown: who updates the comment finds it by this."""
LIMIT: Final = 65_000
"""Characters of a comment. GitHub takes 65,536 (`Body is too long (maximum is 65536 characters)`)."""


STEPS: Final[Sequence[tuple[str, Detail]]] = (
    ("", Detail()),
    ("compatible changes and those of documentation", Detail(0)),
    ("examples of requests and answers", Detail(0, witness=0)),
    ("most names of what each change reaches", Detail(0, 1, witness=0)),
    ("old and new code but for the first change of each", Detail(0, 1, witness=0, python=1)),
    ("migration snippets", Detail(0, 1, 0, 0, 1)),
    ("old and new code", Detail(0, 1, 0, 0, 0, 20)),
    ("what each change reaches", Detail(0, 0, 0, 0, 0, 20)),
    ("reasons and hints", Detail(0, 0, 0, 0, 0, 10, reasons=False, message=200)),
    *(
        (
            f"all but the first {most:,} findings of each level",
            Detail(0, 0, 0, 0, 0, 5, reasons=False, findings=most, message=160, documents=documents),
        )
        for most, documents in (
            (400, 200),
            (250, 200),
            (150, 200),
            (80, 200),
            (40, 200),
            (20, 100),
            (5, 50),
            (0, 25),
            (0, 5),
            (0, 0),
        )
    ),
)
"""What is left out, one after the other, until the comment fits; each step leaves out what those before it do."""


def markdown(reviews: Sequence[Review]) -> str:
    """A comment of at most LIMIT characters for a pull request."""
    written = ""
    for number, (_, detail) in enumerate(STEPS):
        written, fits = _joined(_comment(reviews, detail, _dropped(number)))
        if fits:
            break
    return written


def _dropped(step: int) -> list[str]:
    """What is left out at a step; what says more than a step before it stands for that, too."""
    said = [what for what, _ in STEPS[1 : step + 1]]
    last = [what for what in said if what.startswith("all but the first")][-1:]
    rest = [what for what in said if not what.startswith("all but the first")]
    for less, more in _MORE.items():
        if more in rest and less in rest:
            rest.remove(less)
    return [*rest, *last]


_MORE: Final[Mapping[str, str]] = {
    "most names of what each change reaches": "what each change reaches",
    "old and new code but for the first change of each": "old and new code",
}
"""What is left out in part, and the whole of it."""


def _joined(parts: Iterable[str]) -> tuple[str, bool]:
    """The parts with empty lines between them, as far as they fit, and whether all of them do."""
    written: list[str] = []
    left = LIMIT
    for part in parts:
        left -= len(part) + 2
        if left < 0:
            return "", False
        written.append(part)
    return "\n\n".join(written) + "\n", True


def _comment(reviews: Sequence[Review], detail: Detail, dropped: Sequence[str]) -> Iterator[str]:
    yield MARKER
    if not reviews:
        yield "> [!NOTE]\n> **No change**: there was no document to compare."
    if len(reviews) > 1:
        yield from _summary(reviews, detail)
    for review in reviews[: detail.documents]:
        yield from _document(review, detail, heading=len(reviews) > 1)
    if len(reviews) > detail.documents:
        yield f"… and {counted(len(reviews) - detail.documents, 'more document')}."
    if dropped:
        yield f"<sub>Left out, so that this fits in a comment: {'; '.join(dropped)}. The HTML and JSON reports have it.</sub>"


_ALERTS: Final[Mapping[Level | None, str]] = {
    "breaking": "CAUTION",
    "warning": "WARNING",
    "compatible": "TIP",
    "doc": "NOTE",
    None: "NOTE",
}


_OF_DOCUMENTS: Final[Mapping[Level, str]] = {
    "breaking": "breaking",
    "warning": "with warnings",
    "compatible": "compatible",
    "doc": "with other words",
}


def _summary(reviews: Sequence[Review], detail: Detail) -> Iterator[str]:
    level = overall(reviews)
    tally = [sum(review.level == each for review in reviews) for each in LEVELS]
    said = [f"{number:,} {_OF_DOCUMENTS[each]}" for each, number in zip(LEVELS, tally, strict=True) if number]
    rest = len(reviews) - sum(tally)
    said += [f"{rest:,} unchanged"] * bool(rest)
    yield f"> [!{_ALERTS[level]}]\n> **{counted(len(reviews), 'document')}**: {', '.join(said)}."
    yield "\n".join(
        f"- {code(review.name)}: **{headline(review)}**, package {code(review.version)}"
        for review in reviews[: detail.documents]
    )


def _document(review: Review, detail: Detail, *, heading: bool) -> Iterator[str]:
    """One document: the verdict, what asks something of callers, and then the rest."""
    if heading:
        yield f"## {code(review.name)}"
    yield f"> [!{_ALERTS[review.level]}]\n> **{headline(review)}**: {verdict(review)}\n> {_versions(review)}"
    yield _compared(review)
    yield _table(review)
    found = of_changes(review)
    yield from _asking("Breaking changes", found["breaking"], detail, unfolded=5)
    yield from _asking("Warnings", found["warning"], detail, unfolded=0)
    yield from _callers(review, detail)
    yield from _snippets(review.snippets, detail)
    yield from _quiet(("compatible change", "compatible changes"), found["compatible"], detail.quiet)
    yield from _quiet(("change of documentation", "changes of documentation"), found["doc"], detail.quiet)
    yield from _accepted(review, detail)
    several = "changes that are not gated on"
    yield from _quiet(("change that is not gated on", several), ungated(review), detail.quiet)
    if detail.snippets and review.changelog.strip():
        yield from _details("Changelog entry", [block("markdown", on_lines(review.changelog, 60))])


def _versions(review: Review) -> str:
    asked = f"Suggested version of the package: **{code(review.version, 60)}**."
    told = "".join(f"\n> {_sentence(finding.message)}" for finding in of_version(review))
    if told:
        return f"{asked}{told}"
    if review.old_version == review.new_version:
        return f"{asked} The document's version is {code(review.old_version, 60)} in both."
    return f"{asked} The document's version goes from {code(review.old_version, 60)} to {code(review.new_version, 60)}."


def _sentence(message: str) -> str:
    said = text(message)
    return f"{said[:1].upper()}{said[1:]}."


def _compared(review: Review) -> str:
    return f"{code(review.title, 120)}: {code(review.old_label, 200)} → {code(review.new_label, 200)}"


def _table(review: Review) -> str:
    lines = [
        "| | " + " | ".join(LEVEL_NAMES[level] for level in LEVELS) + " |",
        "|---|" + "---:|" * len(LEVELS),
    ]
    for name, tally in tallies(review):
        lines.append(f"| {name} | {' | '.join(f'{tally[level]:,}' for level in LEVELS)} |")
    return "\n".join(lines)


# --- findings that ask something of callers -----------------------------------------------------------------------


def _asking(title: str, findings: Sequence[Finding], detail: Detail, *, unfolded: int) -> Iterator[str]:
    if not findings:
        return
    yield f"### {title} ({len(findings):,})"
    shown = findings[: detail.findings]
    for number, (group, members) in enumerate(folded(shown).items()):
        is_open = number < unfolded
        summary = f"{tag(group)} · {len(members):,}" if is_open else _glimpse(group, members, detail.message)
        items = (item(finding, detail) for finding in members)
        yield from _details(summary, items, unfolded=is_open)
    if len(shown) < len(findings):
        yield f"… and {counted(len(findings) - len(shown), 'more finding')}."


def _glimpse(group: str, members: Sequence[Finding], most: int) -> str:
    """What is said of a group that is folded: the first of its changes."""
    more = f" · and {len(members) - 1:,} more" if len(members) > 1 else ""
    return f"{tag(group)}: {line(within(said(members[0]), group), most)}{more}"


def _details(summary: str, inside: Iterable[str], *, unfolded: bool = False) -> Iterator[str]:
    """What is folded: HTML whose lines in between are Markdown, since empty ones part them (CommonMark 0.31, section 4.6)."""
    yield f"<details{' open' if unfolded else ''}><summary>{summary}</summary>"
    yield from inside
    yield "</details>"


# --- and the rest -------------------------------------------------------------------------------------------------


def _callers(review: Review, detail: Detail) -> Iterator[str]:
    places = review.callers
    if not places:
        if said := uncalled(review):
            yield said
        return
    yield f"### Places in your code ({len(places):,})"
    lines = [
        f"- {code(f'{place.file}:{place.line}')}: {text(used(place))} ({LEVEL_NAMES[place.level]}"
        f"{'' if place.sure else ', by its name only'}): {code(place.text.strip(), 120)}"
        for place in places[: detail.callers]
    ]
    more = len(places) - len(lines)
    yield "\n".join([*lines, *([f"- … and {more:,} more"] if more else [])])


def _snippets(snippets: Sequence[Snippet], detail: Detail) -> Iterator[str]:
    if snippets and detail.snippets:
        yield f"### Migration ({len(snippets):,})"
        for snippet in snippets[: detail.snippets]:
            yield f"**{text(snippet.title)}**"
            before = [f"- {line}" for line in on_lines(snippet.before)]
            yield block("diff", before + [f"+ {line}" for line in on_lines(snippet.after)])
        if len(snippets) > detail.snippets:
            yield f"… and {len(snippets) - detail.snippets:,} more."


def _quiet(what: tuple[str, str], findings: Sequence[Finding], most: int) -> Iterator[str]:
    if findings and most:
        lines = [f"- {code(each.id)} {text(each.message, 200)}" for each in findings[:most]]
        lines += [f"- … and {len(findings) - most:,} more"] if len(findings) > most else []
        yield from _details(counted(len(findings), *what), ["\n".join(lines)])


def _accepted(review: Review, detail: Detail) -> Iterator[str]:
    found = accepted(review)
    if found and detail.findings:
        most = min(detail.quiet or 20, detail.findings)
        lines = [
            f"- {code(each.id)} {text(each.message, 160)} Accepted: {text(each.accepted, 160)}"
            for each in found[:most]
        ]
        lines += [f"- … and {len(found) - most:,} more"] if len(found) > most else []
        yield from _details(counted(len(found), "accepted change"), ["\n".join(lines)])
    unused = review.unused_accepts[:20] if detail.findings else ()
    if unused:
        lines = [
            f"- {f'{code(_line(each.place))}: ' if each.place else ''}{code(each.entry)} {idle(each)}: {text(each.reason, 160)}"
            for each in unused
        ]
        lines += [f"- … and {len(review.unused_accepts) - 20:,} more"] * (
            len(review.unused_accepts) > len(unused)
        )
        yield from _details(
            "Entries of the accept list that expired or met nothing", ["\n".join(lines)], unfolded=True
        )


def _line(place: Place) -> str:
    return f"{place.file}:{place.line}"
