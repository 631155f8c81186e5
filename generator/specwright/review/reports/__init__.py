"""The reports of a review: text for people and for machines, each escaped for its medium. None of them prints or writes."""

from __future__ import annotations

from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Final

from specwright.review.reports.terminal import rows, text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from specwright.review.findings import Review

__all__ = ["ANNOTATING", "FORMATS", "rows", "text"]


def _written(module: str, function: str, reviews: Sequence[Review]) -> str:
    """A report by the function of a module, which is imported when it is asked for."""
    writes: Callable[[Sequence[Review]], str] = getattr(import_module(f"{__name__}.{module}"), function)
    return writes(reviews)


FORMATS: Final[Mapping[str, Callable[[Sequence[Review]], str]]] = {
    "text": text,
    "json": partial(_written, "record", "as_text"),
    "markdown": partial(_written, "markdown", "markdown"),
    "html": partial(_written, "page", "page"),
    "github": partial(_written, "commands", "workflow_commands"),
    "gitlab": partial(_written, "codequality", "code_quality"),
    "junit": partial(_written, "junit", "junit"),
    "sarif": partial(_written, "sarif", "sarif"),
}
"""Each format of `specwright diff --format`, and what writes it. One report is of one document or of several."""

ANNOTATING: Final = frozenset({"github", "gitlab", "sarif"})
"""Those whose files are looked for from the top of the repository."""
