"""`--callers DIR`: the places in the user's own code that the changes of a package touch.

Types are followed as far as is simple: what is imported, annotated, made by a call, iterated over, an attribute of what
is known. Such places are sure. Where nothing is known of what an attribute is read from, its name has to be one that few
other things have (`finetuned_model`, not `name`), and the place is told of as one that may be touched.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from specwright.problems import Place, problem
from specwright.review.callers.finding import Finder
from specwright.review.callers.known import Package
from specwright.review.callers.reading import sources
from specwright.review.callers.touched import Touched

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from specwright.plan import Plan
    from specwright.problems import Problem
    from specwright.review.findings import CallerPlace, PythonChange

__all__ = ["places"]


def places(
    folder: Path, package: str, changes: Sequence[tuple[PythonChange, str]], old: Plan
) -> tuple[tuple[CallerPlace, ...], tuple[Problem, ...]]:
    """The places below a folder that changes touch, by file and line; and the files that could not be looked at.

    Each place has the fingerprint of its finding. `old` is the plan that the code was written for, and `package` what it imports.
    """
    known, touched = Package(old, package), Touched(changes)
    found: list[CallerPlace] = []
    unread: list[Problem] = []
    for source in sources(folder, package):
        if source.tree is None:
            message = f"The file was not looked at: {source.why}."
            unread.append(problem("caller-unread", Place(source.path, 1, 1, "", ""), message))
        else:
            found += Finder(source, known, touched).places()
    sorted_ = sorted(
        dict.fromkeys(found), key=lambda place: (place.file, place.line, place.column, place.change)
    )
    return tuple(sorted_), tuple(unread)
