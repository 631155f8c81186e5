"""`--callers DIR`: the places in the user's own code that the changes of a package touch.

Types are followed as far as is simple: what is imported, annotated, made by a call, iterated over, an attribute of what
is known. Such places are sure. Where nothing is known of what an attribute is read from, its name has to be one that few
other things have (`finetuned_model`, not `name`), and the place is told of as one that may be touched.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from specwright.review.callers.finding import Finder
from specwright.review.callers.known import Package
from specwright.review.callers.reading import sources
from specwright.review.callers.touched import Touched

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from specwright.plan import Plan
    from specwright.review.findings import CallerPlace, PythonChange

__all__ = ["places", "unread"]


def places(
    folder: Path, package: str, changes: Sequence[tuple[PythonChange, str]], old: Plan
) -> tuple[CallerPlace, ...]:
    """The places below a folder that changes touch, by file and line; each with the fingerprint of its finding.

    `old` is the plan that the code was written for, and `package` what it imports.
    """
    known, touched = Package(old, package), Touched(changes)
    found = (
        place
        for source in sources(folder, package)
        if source.tree is not None
        for place in Finder(source, known, touched).places()
    )
    return tuple(
        sorted(dict.fromkeys(found), key=lambda place: (place.file, place.line, place.column, place.change))
    )


def unread(folder: Path, package: str) -> tuple[tuple[str, str], ...]:
    """The files that could not be looked at, each with the reason."""
    return tuple((source.path, source.why) for source in sources(folder, package) if source.tree is None)
