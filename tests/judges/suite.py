"""The official tests of JSON Schema, as they lie beside the repository: https://github.com/json-schema-org/JSON-Schema-Test-Suite."""

from __future__ import annotations

import json
import os
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

FOLDER: Final = Path(
    os.environ.get("SPECWRIGHT_JSON_SCHEMA_SUITE")
    or Path(__file__).resolve().parents[3] / "shared" / "json-schema-suite"
)

DIALECTS: Final = {
    "draft2020-12": "2020-12",
    "draft2019-09": "2019-09",
    "draft7": "draft-07",
    "draft6": "draft-06",
    "draft4": "draft-04",
}
"""The folders of the suite, and the dialect that the schemas of each are written in."""


class Group(NamedTuple):
    """One schema, and values that are valid by it or not."""

    name: str
    """`draft2020-12/ref.json: root pointer ref`."""
    dialect: str
    schema: Any
    tests: list[dict[str, Any]]


def files() -> list[str]:
    """Every file of tests, `draft2020-12/optional/id.json`; none where the suite is not there."""
    found = (path.relative_to(FOLDER / "tests") for path in FOLDER.glob("tests/**/*.json"))
    return sorted(path.as_posix() for path in found if path.parts[0] in DIALECTS)


def groups(file: str) -> Iterator[Group]:
    """The groups of tests in a file."""
    dialect = DIALECTS[file.partition("/")[0]]
    for group in json.loads((FOLDER / "tests" / file).read_text("utf-8")):
        yield Group(f"{file}: {group['description']}", dialect, group["schema"], group["tests"])


@cache
def remotes() -> Mapping[str, Any]:
    """The documents that schemas of the suite refer to, by their URIs."""
    folder = FOLDER / "remotes"
    return {
        f"http://localhost:1234/{path.relative_to(folder).as_posix()}": json.loads(path.read_text("utf-8"))
        for path in sorted(folder.rglob("*.json"))
    }
