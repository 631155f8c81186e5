"""Generating again, where a package is there already: nothing has changed, or one description has."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from benchmarks.commands import command, watched
from benchmarks.sources import ENDPOINT, SOURCES, edited
from benchmarks.subjects import OURS, Budget, Case, Missing, Subject, offered

from .generate import commands

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from benchmarks.sources import Source
    from benchmarks.workshop import Workshop

NOTES: Final = (
    (
        "One edit is a word in the description that is in the middle of the document's; it comes and goes, so that each run "
        "finds the document otherwise than the one before."
    ),
    "Peers write everything again, and so take as long as the first time: they are in the case of the endpoint alone.",
)
_PEERS: Final = ("openapi-python-client", "openapi-generator", "datamodel-code-generator (models, builtin)")


@dataclass(frozen=True, slots=True)
class Kept:
    """A folder with a document of its own and the package that is made of it, which is made when it is first needed.

    It is there for all rows of a run.
    """

    workshop: Workshop
    source: Source
    who: str
    texts: tuple[str, str]
    """The document, as it is and edited."""

    @property
    def folder(self) -> Path:
        """Where both are."""
        return self.workshop.subfolder(f"kept {self.source.name} {self.who}")

    @property
    def document(self) -> Path:
        """The document, in its author's format."""
        return self.folder / f"{self.source.path.stem}.{self.source.written}"

    @property
    def arguments(self) -> tuple[str | Path, ...]:
        """What makes the package."""
        return commands(self.document)[self.who]

    def ready(self) -> None:
        """Make the package, unless it is there."""
        if not self.document.exists():
            self.document.write_text(self.texts[0], "utf-8")
            watched(self.workshop, self.arguments, self.folder)

    def edit(self) -> None:
        """Have the package, and a document that is not the one that it is made of."""
        self.ready()
        plain, edited = self.texts
        self.document.write_text(edited if self.document.read_text("utf-8") == plain else plain, "utf-8")


def cases(workshop: Workshop) -> tuple[Case, ...]:
    """Of each document, nothing changed and one edit."""
    return tuple(case for source in SOURCES for case in _cases(workshop, source))


def _cases(workshop: Workshop, source: Source) -> tuple[Case, ...]:
    names = (f"{source.name}, nothing changed", f"{source.name}, one edit")
    text = offered(OURS, partial(source.text, source.written))
    if isinstance(text, Missing):
        return tuple(Case(name, (text,), source.rounds) for name in names)
    texts = text, edited(text, source.written)
    peers = _PEERS if source is ENDPOINT else ()
    every = [Kept(workshop, source, who, texts) for who in (OURS, *peers)]
    unchanged, after = names
    return (
        Case(
            unchanged,
            tuple(_subject(kept, kept.ready) for kept in every),
            source.rounds,
            budgets=(Budget(0.15),),
        ),
        Case(
            after, tuple(_subject(kept, kept.edit) for kept in every), source.rounds, warm=source is ENDPOINT
        ),
    )


def _subject(kept: Kept, before: Callable[[], None]) -> Subject:
    return command(kept.workshop, kept.who, kept.arguments, lambda: kept.folder, before=before)
