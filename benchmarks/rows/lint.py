"""What is wrong with a document, beside another tool that says it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from benchmarks import redocly
from benchmarks.commands import command
from benchmarks.sources import ENDPOINT, SOURCES
from benchmarks.subjects import OURS, Case, Missing, offered
from benchmarks.workshop import BIN

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.sources import Source
    from benchmarks.subjects import Subject
    from benchmarks.workshop import Workshop

NOTES: Final = (
    (
        f"{redocly.NAME} has its rules called recommended, and specwright all that it has; they are different ones. Both print "
        "JSON, with no limit of how many. An exit status of 1 says that there are findings."
    ),
)
_FINDINGS: Final = (0, 1)


def cases(workshop: Workshop) -> tuple[Case, ...]:
    """Each document, in its author's format."""
    return tuple(_case(workshop, source) for source in SOURCES)


def _case(workshop: Workshop, source: Source) -> Case:
    document = offered(OURS, partial(source.file, workshop, source.written))
    if isinstance(document, Missing):
        return Case(source.name, (document,), source.rounds)
    ours = (BIN / "specwright", "lint", document, "--format", "json")
    subjects = (_subject(workshop, OURS, ours), offered(redocly.NAME, partial(_peer, workshop, document)))
    return Case(source.name, subjects, source.rounds, warm=source is ENDPOINT)


def _peer(workshop: Workshop, document: Path) -> Subject:
    arguments = (
        redocly.redocly(workshop), "lint", document, "--extends", "recommended", "--format", "json",
        "--max-problems", "1000000",
    )  # fmt: skip
    return _subject(workshop, redocly.NAME, arguments)


def _subject(workshop: Workshop, name: str, arguments: tuple[str | Path, ...]) -> Subject:
    return command(workshop, name, arguments, lambda: workshop.subfolder("lint"), statuses=_FINDINGS)
