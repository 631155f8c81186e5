"""The packages that are made of both revisions: what changed for who calls them."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from specwright.review import planning
from specwright.review.python.changes import changes
from specwright.review.python.pairing import Pairs
from specwright.review.python.sides import Side
from specwright.review.python.snippets import snippets

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from specwright.problems import Problem
    from specwright.review.findings import CallerPlace, Finding, Lines, PythonChange, Snippet
    from specwright.review.revisions import Revision


class Packages:
    """The package before, and the package after."""

    def __init__(self, old: Revision, new: Revision) -> None:
        self._old = old
        self._new = new
        self._before, self._after = planning.planned_both(old, new)

    @cached_property
    def _pairs(self) -> Pairs:
        return Pairs(Side(self._before), Side(self._after))

    @cached_property
    def changes(self) -> tuple[PythonChange, ...]:
        """What changed of the public API."""
        return changes(self._pairs)

    @property
    def types(self) -> Mapping[str, str]:
        """The class of each named schema, by its name in the document."""
        return planning.types((self._before, self._after))

    def snippets(self) -> tuple[Snippet, ...]:
        """Uses of the package, as they were and as they have to be."""
        return snippets(self._pairs, self.changes)

    def callers(
        self, folder: Path, findings: Iterable[Finding]
    ) -> tuple[tuple[CallerPlace, ...], tuple[Problem, ...]]:
        """The places in a folder of code that a change touches, of those findings that count; and what could not be read."""
        from specwright.review.callers import places

        changes = [
            (change, one.fingerprint) for one in findings if one.counts for change in one.python_changes
        ]
        return places(folder, self._before.api.package.module, changes, self._before)

    def lines(self) -> tuple[Lines, ...]:
        """The generated files that differ."""
        from specwright.review import lines

        return lines.packages(self._old, self._new, self._before, self._after)
