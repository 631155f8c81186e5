"""What the public functions give back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypedDict

from specwright.emit.lock import FILE_NAME, minor

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from specwright.action import Action
    from specwright.emit.compare import Difference, Folder
    from specwright.emit.lock import Lock
    from specwright.emit.write import Written
    from specwright.plan.ir import Api
    from specwright.problems import Problem


@dataclass(frozen=True, slots=True)
class Generated:
    """A package that was made of a document."""

    package: str
    """The name it is imported by."""
    output: str
    """The folder that it is in, as messages show it."""
    operations: int
    models: int
    validators: int
    files: tuple[str, ...]
    """Every file of the output, by its path in the folder, sorted."""
    written: tuple[str, ...]
    """Those of them that are new or changed; none if all were up to date."""
    removed: tuple[str, ...]
    """The files that an earlier run wrote and that are no longer part of the output."""
    problems: tuple[Problem, ...]
    """What is doubtful in the document, without what could be worked around there would be no package."""
    told_before: int = 0
    """So many problems were told when the folder was written; nothing has changed since, and they are not told again."""
    action: Action | None = None
    """Of a dry run: the files that it read and those that it would give, with their hashes."""


@dataclass(frozen=True, slots=True)
class Documented:
    """A reference that was written as pages."""

    title: str
    output: str
    """The folder that it is in, as messages show it."""
    operations: int
    pages: int
    size: int
    """Bytes of all pages."""
    written: tuple[str, ...]
    """The files that are new or changed; none if all were up to date."""
    removed: tuple[str, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """What is in an output folder, held against what the document gives."""

    package: str
    output: str
    differences: tuple[Difference, ...]
    """The files that are not as the document gives them; none if all are."""
    made_by: str | None
    """The version of specwright that wrote the folder, where it is one whose output may differ."""
    problems: tuple[Problem, ...]

    @property
    def fresh(self) -> bool:
        """Whether the folder is exactly what the document gives."""
        return not self.differences

    @property
    def unwritten(self) -> bool:
        """Whether nothing was ever written to the folder: not even a lock."""
        return any(found.path == FILE_NAME and found.state == "missing" for found in self.differences)


class Counts(TypedDict):
    """How many operations, models and validators a package has."""

    operations: int
    models: int
    validators: int


def counts(api: Api) -> Counts:
    """How many a package has."""
    return {
        "operations": len(api.operations) + sum(len(resource.operations) for resource in api.resources),
        "models": len(api.models),
        "validators": len(api.validators),
    }


@dataclass(frozen=True, slots=True)
class Made:
    """All that a document gives, before any of it is written."""

    api: Api
    target: Path
    files: Mapping[str, str]
    lock: Lock
    old: Lock | None
    """The lock whose names the files keep."""
    problems: tuple[Problem, ...]
    counts: Counts

    def generated(self, done: Written) -> Generated:
        """What is told of it once it is written."""
        return Generated(
            package=self.api.package.module,
            output=done.shown,
            **self.counts,
            files=tuple(sorted((*self.files, FILE_NAME))),
            written=done.written,
            removed=done.removed,
            problems=self.problems,
        )

    def checked(self, folder: Folder, differences: tuple[Difference, ...]) -> Checked:
        """What is told of it once it is held against what is there."""
        made_by = folder.lock.generator if folder.lock else self.lock.generator
        return Checked(
            package=self.api.package.module,
            output=folder.shown,
            differences=differences,
            made_by=made_by if minor(made_by) != minor(self.lock.generator) else None,
            problems=self.problems,
        )
