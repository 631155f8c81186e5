"""Annotations of a pull request's files: GitHub's workflow commands.

Their form is that of "Workflow commands for GitHub Actions" (docs.github.com), sections "Setting a notice message", "Setting a
warning message" and "Setting an error message"; what is escaped, that of `command.ts` of GitHub's own toolkit for actions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from specwright.problems import counted
from specwright.review.reports.quoting import on_one_line
from specwright.review.reports.verdict import anchor, by_level, idle, path, used

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from specwright.review.findings import CallerPlace, Finding, Level, Review, UnusedAccept

MOST: Final = 10
"""GitHub shows the first ten annotations of each kind that a step has."""

COMMANDS: Final[Mapping[Level, str]] = {
    "breaking": "error",
    "warning": "warning",
    "compatible": "notice",
    "doc": "notice",
}


def workflow_commands(reviews: Sequence[Review], *, notices: bool = False) -> str:
    """Workflow commands, one in a line, gravest first: errors for what breaks, warnings, and `notices` if they are asked for.

    Places in callers' own code come first of their level, since they are what is really broken. Where there are more than GitHub shows,
    the last one that it shows counts the rest.
    """
    levels: tuple[tuple[Level, ...], ...] = (("breaking",), ("warning",), ("compatible", "doc"))
    lines: list[str] = []
    for together in levels[: 3 if notices else 2]:
        found = [line for level in together for review in reviews for line in _of_level(review, level)]
        if "warning" in together:
            found = [*(_of_expired(each) for review in reviews for each in _expired(review)), *found]
        lines += shortened(found, COMMANDS[together[0]], "change", "specwright diff --format json")
    lines += [
        command("notice", {"title": review.name}, each)
        for review in reviews
        if (each := review.callers_unsought)
    ]
    return "".join(f"{line}\n" for line in lines)


def _of_level(review: Review, level: Level) -> Iterator[str]:
    kind = COMMANDS[level]
    yield from (_of_caller(kind, place) for place in review.callers if place.level == level and place.sure)
    yield from (_of_finding(kind, finding, level) for finding in by_level(review)[level])


def shortened(lines: Sequence[str], kind: str, what: str, all_of_them: str) -> Sequence[str]:
    """As many commands of a kind as GitHub shows; where there are more, the last counts the rest, and says what gives all."""
    if len(lines) <= MOST:
        return lines
    more = counted(len(lines) - MOST + 1, f"more {what if kind == 'notice' else kind}")
    message = f"GitHub shows the first {MOST} of a kind. All of them: {all_of_them}"
    return [*lines[: MOST - 1], command(kind, {"title": more}, message)]


def _of_finding(kind: str, finding: Finding, level: Level) -> str:
    place = anchor(finding)
    where = (
        {"file": path(place.file), "line": place.line, "col": place.column} if place and place.file else {}
    )
    more = [finding.message, finding.hint]
    if finding.operations:
        more.insert(1, f"Reaches {counted(len(finding.operations), 'operation')}.")
    return command(kind, {**where, "title": f"{finding.id} ({level})"}, "\n".join(filter(None, more)))


def _of_caller(kind: str, place: CallerPlace) -> str:
    where = {"file": path(place.file), "line": place.line, "col": max(place.column, 1)}
    return command(kind, {**where, "title": place.change}, _sentence(used(place)))


def _sentence(said: str) -> str:
    said = said.replace("`", "")
    if said.startswith("uses "):
        return f"This {said}, which changes."
    return f"{'' if said.startswith('this ') else 'This '}{said}."


def _expired(review: Review) -> list[UnusedAccept]:
    return [each for each in review.unused_accepts if each.why == "expired"]


def _of_expired(entry: UnusedAccept) -> str:
    place = entry.place
    where = {"file": path(place.file), "line": place.line, "col": place.column} if place else {}
    message = f"The entry {entry.entry} of the accept list {idle(entry)}: {entry.reason}"
    return command("warning", {**where, "title": "accept-expired"}, message)


def command(name: str, properties: Mapping[str, object], message: str) -> str:
    """A workflow command, on one line."""
    written = ",".join(f"{key}={_property(str(value))}" for key, value in properties.items())
    return f"::{name} {written}::{_data(message)}"


def _data(text: str) -> str:
    lines = "\n".join(on_one_line(line) for line in text.split("\n"))
    return lines.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
