"""The official tests of JSON Schema of every draft, as the sweep over them reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sweeps.suite import cases

if TYPE_CHECKING:
    from pathlib import Path

FOLDER = cases.suite()


def files() -> list[str]:
    """Every file of tests, `draft2020-12/optional/id.json`; none where the suite is not there."""
    found = (path.relative_to(FOLDER / "tests") for path in FOLDER.glob("tests/**/*.json"))
    return sorted(path.as_posix() for path in found if path.parts[0] in cases.DRAFTS)


def at(file: str) -> Path:
    """Where a file of tests is."""
    return FOLDER / "tests" / file


def dialect(file: str) -> str:
    """The dialect that the schemas of a file are written in."""
    return cases.DRAFTS[file.partition("/")[0]]
