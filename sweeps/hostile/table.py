"""The hostile documents and what has to come of each, as their folder's EXPECT.tsv says."""

from __future__ import annotations

import csv
import os
import tomllib
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Final

from sweeps.corpus import corpus

EXPLAINED: Final = Path(__file__).with_name("explained.toml")
_RECIPE: Final = "recipe:"


@dataclass(frozen=True, slots=True)
class Expected:
    """A row of the table: a document, or the recipe for one, and what has to come of it."""

    file: str
    kind: str
    expect: str
    location: str
    check: str

    @property
    def recipe(self) -> str:
        """The name of the recipe that makes the document; "" where it is a file."""
        return self.file.removeprefix(_RECIPE) if self.file.startswith(_RECIPE) else ""

    @property
    def name(self) -> str:
        """What it is called here."""
        return self.recipe or self.file.rpartition(".")[0]


def hostile() -> Path:
    """The folder of hostile documents, which is not part of the repository; SPECWRIGHT_HOSTILE says where it is."""
    return Path(os.environ.get("SPECWRIGHT_HOSTILE") or corpus().parent / "hostile").resolve()


def expected(folder: Path) -> list[Expected]:
    """All rows; none where the folder has no table."""
    table = folder / "EXPECT.tsv"
    if not table.exists():
        return []
    with table.open(encoding="utf-8", newline="") as opened:
        return [
            Expected(row["file"], row["class"], row["expect"], row["location"], row["check"])
            for row in csv.DictReader(opened, delimiter="\t", quoting=csv.QUOTE_NONE)
        ]


def explained(name: str) -> list[dict[str, str]]:
    """The entries of `explained.toml` for a document: findings that say more of the expectation than of us."""
    entries: list[dict[str, str]] = tomllib.loads(EXPLAINED.read_text(encoding="utf-8")).get("finding", [])
    return [entry for entry in entries if entry["document"] == name]


def unexplained(name: str, findings: list[str]) -> list[str]:
    """The findings that no entry explains, and a line for each entry that explains nothing."""
    entries = explained(name)
    patterns = [entry["finding"].replace("[", "[[]") for entry in entries]
    left = [found for found in findings if not any(fnmatchcase(found, each) for each in patterns)]
    idle = [each for each in patterns if not any(fnmatchcase(found, each) for found in findings)]
    return left + [f"explained.toml: there is no finding like {each!r}" for each in idle]
