"""`info.version`: what a document calls its revision, and whether it had to be raised."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from specwright.review.findings import Finding
from specwright.review.folding import fingerprint
from specwright.review.rules import RULES
from specwright.review.verdict import too_small

if TYPE_CHECKING:
    from collections.abc import Sequence

    from specwright.document import Document, Map
    from specwright.problems import Place


def version(document: Document) -> str:
    """The version of a document; "" where it does not say."""
    return str(document.root.get("info", {}).get("version", ""))


def unraised(found: Sequence[Finding], old: Document, new: Document) -> list[Finding]:
    """What is wrong with the version of a document in which something breaks; nothing where it was raised as it had to be."""
    before, after = version(old), version(new)
    rule = RULES.get(too_small(before, after))
    if rule is None or not any(one.wire == "breaking" for one in found):
        return []
    made = Finding(
        id=rule.id,
        wire="warning",
        python=None,
        message=f"the version {rule.text.format(before=f'`{before}`', after=f'`{after}`')}",
        subject="the version",
        group="the document",
        hint=rule.hint,
        effect="unknown",
        old=_place(old),
        new=_place(new),
    )
    return [
        replace(made, fingerprint=fingerprint([made.id, made.message], {one.fingerprint for one in found}))
    ]


def _place(document: Document) -> Place:
    info: Map = document.root.get("info", document.root)
    return info.place("version")
