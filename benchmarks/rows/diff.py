"""What a change of a large document means, as a command in a fresh process: beside another tool that says it of the wire."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from benchmarks import redocly
from benchmarks.commands import command
from benchmarks.subjects import OURS, Budget, Case, Missing, offered
from benchmarks.workshop import BIN

if TYPE_CHECKING:
    from benchmarks.subjects import Subject
    from benchmarks.workshop import Workshop

ROOT: Final = Path(__file__).resolve().parents[2]
PAIRS: Final = ("plaid-year", "cohere-finetuned-required")
NOTES: Final = (
    (
        f"Wall time of a command, of two YAML documents and their differences as JSON. {redocly.NAME} {redocly.VERSION} (npm, with the Node.js "
        "that is here) tells of the wire alone; specwright of the wire and of the Python that calls the package, and beside it, "
        "with `--only wire`, of the wire alone."
    ),
    "The documents are those of SPECWRIGHT_CORPUS, in `pairs`.",
)


def folder() -> Path:
    """The folder of pairs of documents."""
    return Path(os.environ.get("SPECWRIGHT_CORPUS") or ROOT.parent / "shared" / "corpus") / "pairs"


def cases(workshop: Workshop) -> tuple[Case, ...]:
    """A year of a large document, and one commit of it."""
    return tuple(_case(workshop, name) for name in PAIRS)


def _case(workshop: Workshop, name: str) -> Case:
    pair = folder() / name
    budgets = (Budget(1.5), Budget(0.5, redocly.NAME)) if name == PAIRS[0] else (Budget(0.5, redocly.NAME),)
    if not pair.is_dir():
        missing = Missing(OURS, f"there is no {pair} (SPECWRIGHT_CORPUS)")
        return Case(name, (missing,), 7)
    documents = [next(pair.glob(f"{side}.*")) for side in ("old", "new")]
    ours: tuple[str | Path, ...] = (BIN / "specwright", "diff", *documents, "--format", "json")
    subjects = (
        _subject(workshop, OURS, ours),
        _subject(workshop, f"{OURS} --only wire", (*ours, "--only", "wire")),
        offered(redocly.NAME, partial(_peer, workshop, documents)),
    )
    return Case(name, subjects, 7, budgets=budgets)


def _peer(workshop: Workshop, documents: list[Path]) -> Subject:
    arguments: tuple[str | Path, ...] = (
        redocly.redocly(workshop), "diff", *documents, "--format", "json", "--fail-on", "none",
    )  # fmt: skip
    return _subject(workshop, redocly.NAME, arguments)


def _subject(workshop: Workshop, name: str, arguments: tuple[str | Path, ...]) -> Subject:
    return command(workshop, name, arguments, lambda: workshop.subfolder("diff"))
