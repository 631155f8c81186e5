"""How far a review goes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from specwright.review.findings import AXES

if TYPE_CHECKING:
    from pathlib import Path

    from specwright.review.findings import Axis


@dataclass(frozen=True, slots=True)
class Extent:
    """What a review looks at, beside what changed on the wire."""

    axes: tuple[Axis, ...] = AXES
    """Without `python`, no package is planned: only the wire is looked at, in less than half of the time."""
    callers: Path | None = None
    """A folder with code that calls the package: the places in it that a change touches are listed."""
    lines: bool = False
    """Whether the lines of the documents, and of the packages that are made of them, are wanted."""
    witnesses: int = 25
    """For how many of the changes that break something a request or an answer is made that shows it."""


WHOLE: Final = Extent()
"""Both axes, with witnesses."""
