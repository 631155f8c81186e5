"""The rows, in the order in which they are measured."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from . import again, call, check, decode, diff, generate, layout, lint, start, validate

if TYPE_CHECKING:
    from collections.abc import Callable

    from benchmarks.subjects import Case
    from benchmarks.workshop import Workshop


@dataclass(frozen=True, slots=True)
class Row:
    """A thing that users wait for."""

    name: str
    title: str
    cases: Callable[[Workshop], tuple[Case, ...]]
    notes: tuple[str, ...] = ()
    """What to know when reading its figures."""


ROWS: Final = (
    Row("generate", "Generate a package, into a fresh folder", generate.cases, generate.NOTES),
    Row("again", "Generate again, where a package is there already", again.cases, again.NOTES),
    Row("check", "Is the package what the document gives?", check.cases, check.NOTES),
    Row("lint", "Every problem of a document", lint.cases, lint.NOTES),
    Row("diff", "What a change of a document means, for who reviews it", diff.cases, diff.NOTES),
    Row("start", "From the start of a process to a client, and to its first answer", start.cases, start.NOTES),
    Row("layout", "A package of GitHub's document in one module, in few, and in small ones", layout.cases, layout.NOTES),
    Row("call", "A call to a server on loopback, connection kept open", call.cases, call.NOTES),
    Row("validate", "Validate the body with every field, each mistake collected", validate.cases, validate.NOTES),
    Row("decode", "1,000 answers with every field, from bytes to models", decode.cases, decode.NOTES),
)  # fmt: skip
