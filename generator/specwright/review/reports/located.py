"""Reviews whose files are named from the top of a repository, as what shows annotations looks for them."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from specwright.problems import Place
    from specwright.review.findings import Finding, Review


def located(reviews: Sequence[Review], folder: str, top: str) -> list[Review]:
    """The reviews with the paths of their places from the top, where they were from a folder below it, or absolute.

    Of both no part is a symbolic link.
    """
    root = Root(folder, top)
    return [
        replace(
            review,
            findings=tuple(map(root.finding, review.findings)),
            callers=tuple(replace(each, file=root.path(each.file)) for each in review.callers),
            unused_accepts=tuple(
                replace(each, place=root.place(each.place)) for each in review.unused_accepts
            ),
        )
        for review in reviews
    ]


@dataclass(frozen=True, slots=True)
class Root:
    """The top of a repository, as seen from a folder; of both no part is a symbolic link."""

    folder: str
    top: str

    def finding(self, finding: Finding) -> Finding:
        """A finding with its places from the top."""
        return replace(
            finding,
            old=self.place(finding.old),
            new=self.place(finding.new),
            parent=self.place(finding.parent),
            repeated=tuple(moved for each in finding.repeated if (moved := self.place(each))),
        )

    def place(self, place: Place | None) -> Place | None:
        """A place from the top."""
        return replace(place, file=self.path(place.file)) if place else None

    def path(self, file: str) -> str:
        """A path from the top; as it is where it is of a revision, which begins there, or not below the top."""
        if not file or (":" in file and not os.path.isabs(file)):  # noqa: PTH117 - a text as users see it
            return file
        whole = os.path.normpath(os.path.join(self.folder, file))  # noqa: PTH118 - as above
        below = os.path.relpath(whole, self.top)
        return file if below == ".." or below.startswith(f"..{os.sep}") else below.replace(os.sep, "/")
