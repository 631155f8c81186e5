"""Is the package what the document gives? All of it is made for that, and compared."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from benchmarks.commands import command
from benchmarks.sources import ENDPOINT, SOURCES
from benchmarks.subjects import OURS, Case, Missing, offered
from benchmarks.workshop import BIN

from .again import Kept

if TYPE_CHECKING:
    from benchmarks.sources import Source
    from benchmarks.workshop import Workshop

NOTES: Final = (
    "No peer has it. It trusts nothing that an earlier run left, and so takes about as long as generating into a fresh folder.",
)


def cases(workshop: Workshop) -> tuple[Case, ...]:
    """Each document, in its author's format."""
    return tuple(_case(workshop, source) for source in SOURCES)


def _case(workshop: Workshop, source: Source) -> Case:
    text = offered(OURS, partial(source.text, source.written))
    if isinstance(text, Missing):
        return Case(source.name, (text,), source.rounds)
    package = Kept(workshop, source, OURS, (text, text))
    checking = (BIN / "specwright", "check", package.document, "--output", "package")
    subject = command(workshop, OURS, checking, lambda: package.folder, before=package.ready)
    return Case(source.name, (subject,), source.rounds, warm=source is ENDPOINT)
