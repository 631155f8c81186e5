"""`specwright git-diff`: what `git diff` shows of a document. It must never break `git diff`, so it always ends well."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from specwright.problems import escaped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from specwright.review.revisions import Pair

_NOTHING: Final = os.devnull
"""What git gives for the side that is not there."""
_FEWEST: Final = 7
"""Arguments of git: path, old-file, old-hex, old-mode, new-file, new-hex, new-mode; of a renamed file two more."""

_LOST: Final = frozenset(
    {
        "file-missing", "file-unreadable", "ref-cycle", "ref-ignored", "ref-kind", "ref-missing", "ref-outside",
        "ref-remote",
    }
)  # fmt: skip
"""Problems of a reference whose target was not read. Git gives one file: the others are those of the working tree."""


def drive(arguments: Sequence[str]) -> int:
    """Print what a change means; where either side is no document, or is not read as a whole, the lines that differ."""
    if len(arguments) < _FEWEST:  # of a file in conflict git gives the path alone
        click.echo(f"* Unmerged path {escaped(' '.join(arguments))}")
        return 0
    path, old, _, _, new, *_ = arguments
    renamed = arguments[_FEWEST] if len(arguments) > _FEWEST else path
    click.echo(f"specwright diff a/{escaped(path)} b/{escaped(renamed)}")
    try:
        text = _meaning(path, old, renamed, new)
    except Exception:  # noqa: BLE001 - whatever it is, git has to go on
        text = None
    click.echo(_lines(path, old, renamed, new) if text is None else text, nl=False)
    return 0


def _meaning(path: str, old: str, renamed: str, new: str) -> str | None:
    """The report; None where what differs is no document, or one of which a part is not there."""
    from specwright.config import diff_configured
    from specwright.review import review
    from specwright.review.policy import policy_of
    from specwright.review.reports import text
    from specwright.review.revisions import Options, between

    match = between((path, old), (renamed, new), Options(Path.cwd(), {}))
    if match is None:
        return None
    pair = match.read()
    if _lacks(pair):
        return None
    return text([review(pair, policy_of(diff_configured(Path.cwd())))], full=True)


def _lacks(pair: Pair) -> bool:
    """Whether a reference of either document leads nowhere, which says more of the working tree than of the change."""
    sides = [side for side in (pair.old, pair.new) if side]
    return any(problem.code in _LOST for side in sides for problem in side.document.problems)


def _lines(path: str, old: str, renamed: str, new: str) -> str:
    from specwright.review.revisions import differing_lines

    return differing_lines((f"a/{path}", old), (f"b/{renamed}", new), Path.cwd())
