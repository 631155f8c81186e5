"""The suite as it is on disk: schemas with values, and whether each is valid.

https://github.com/json-schema-org/JSON-Schema-Test-Suite, of which `SPECWRIGHT_SUITE` names a copy.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sweeps.corpus import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

DRAFTS: Final = {
    "draft2020-12": "2020-12",
    "draft2019-09": "2019-09",
    "draft7": "draft-07",
    "draft6": "draft-06",
    "draft4": "draft-04",
}
"""The drafts as the suite calls them, and as `compile_validator` does."""

_HOST: Final = "http://localhost:1234/"
_NOT_OURS: Final = frozenset({"draft3", "v1"})
"""Folders of other drafts, among the schemas that references lead to."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the suite of one draft."""

    draft: str
    kind: str
    formats: bool
    """Whether `format` is an assertion in it."""
    demanded: bool
    """Whether ours has to pass all of it."""

    @property
    def name(self) -> str:
        """Such as `draft7, required`."""
        return f"{self.draft}, {self.kind}"


PARTS: Final = (
    Part("draft2020-12", "required", formats=False, demanded=True),
    Part("draft2020-12", "optional", formats=True, demanded=True),
    Part("draft2020-12", "format", formats=True, demanded=True),
    Part("draft2019-09", "required", formats=False, demanded=True),
    Part("draft7", "required", formats=False, demanded=True),
    Part("draft6", "required", formats=False, demanded=False),
    Part("draft4", "required", formats=False, demanded=False),
)
_FOLDERS: Final = {"required": ".", "optional": "optional", "format": "optional/format"}


@dataclass(frozen=True, slots=True)
class Group:
    """A schema, and the tests of it."""

    file: str
    description: str
    schema: Any
    tests: tuple[Test, ...]


@dataclass(frozen=True, slots=True)
class Test:
    """A value, and whether it is valid."""

    description: str
    data: Any
    valid: bool


def suite() -> Path:
    """The folder of the suite, which is not part of the repository."""
    told = os.environ.get("SPECWRIGHT_SUITE")
    return Path(told) if told else ROOT.parent / "shared" / "json-schema-suite"


def files(part: Part, folder: Path) -> list[Path]:
    """The files of a part, in the order of their names; none if the folder is not there."""
    return sorted((folder / "tests" / part.draft / _FOLDERS[part.kind]).glob("*.json"))


def groups(file: Path) -> Iterator[Group]:
    """The schemas of a file, with their tests."""
    for group in json.loads(file.read_bytes()):
        tests = (Test(test["description"], test["data"], test["valid"]) for test in group["tests"])
        yield Group(file.name, group["description"], group["schema"], tuple(tests))


@cache
def remotes(folder: Path) -> Mapping[str, Any]:
    """The schemas that references of the suite lead to, by the URI at which it expects them."""
    below = folder / "remotes"
    paths = (path.relative_to(below) for path in sorted(below.rglob("*.json")))
    return {
        _HOST + path.as_posix(): json.loads((below / path).read_bytes())
        for path in paths
        if path.parts[0] not in _NOT_OURS
    }
