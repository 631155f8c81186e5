"""Requests and answers that show what a change breaks."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from specwright.document import Document
    from specwright.review.findings import Finding


def witnessed(findings: Sequence[Finding], _old: Document, _new: Document) -> list[Finding]:
    """TODO."""
    return list(findings)
