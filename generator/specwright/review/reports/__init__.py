"""The reports of a review: text for people and for machines, each escaped for its medium. None of them prints or writes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from specwright.review.reports.codequality import code_quality
from specwright.review.reports.commands import workflow_commands
from specwright.review.reports.junit import junit
from specwright.review.reports.markdown import markdown
from specwright.review.reports.page import page
from specwright.review.reports.record import as_object, as_text
from specwright.review.reports.sarif import sarif
from specwright.review.reports.terminal import rows, text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from specwright.review.findings import Review

__all__ = ["FORMATS", "as_object", "as_text", "rows", "text"]

FORMATS: Final[Mapping[str, Callable[[Sequence[Review]], str]]] = {
    "text": text,
    "json": as_text,
    "markdown": markdown,
    "html": page,
    "github": workflow_commands,
    "gitlab": code_quality,
    "junit": junit,
    "sarif": sarif,
}
"""Each format of `specwright diff --format`, and what writes it. One report is of one document or of several."""
