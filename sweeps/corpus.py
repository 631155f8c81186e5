"""The documents of the corpus: those of `specs/`, and the entry documents of what is below `multi-file/`."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
WORKSHOP: Final = ROOT / "build" / "corpus"
"""Where packages are made, and what was found of them is kept."""

_SUFFIXES: Final = frozenset({".json", ".yaml", ".yml"})
_ENTRY: Final = re.compile(rb"""^\s*[{]?\s*["']?(openapi|swagger)["']?\s*:""", re.MULTILINE)
_START: Final = 2000


@dataclass(frozen=True, slots=True)
class Source:
    """A document: `root` is how far its `$ref`s may reach, `folder` is where its package is made."""

    name: str
    path: Path
    root: Path
    folder: Path

    @property
    def package(self) -> str:
        """What its package is imported as."""
        return "sweep_" + re.sub(r"\W", "_", re.sub(r"([0-9])(?=[a-z])", r"\1_", self.name.lower()))


def corpus() -> Path:
    """The folder of real documents, which is not part of the repository."""
    return Path(os.environ.get("SPECWRIGHT_CORPUS") or ROOT.parent / "shared" / "corpus")


def sources(folder: Path, workshop: Path = WORKSHOP) -> list[Source]:
    """All documents, the largest first: with several at a time, the last to end is then a small one."""
    single = [
        Source(path.stem, path, path.parent, workshop / path.stem)
        for path in (folder / "specs").iterdir()
        if path.suffix in _SUFFIXES
    ]
    split = [
        Source(f"multi-{root.name}", path, root, workshop / f"multi-{root.name}")
        for root in (folder / "multi-file").iterdir()
        if root.is_dir()
        for path in sorted(root.rglob("*"))
        if path.suffix in _SUFFIXES and _ENTRY.search(path.read_bytes()[:_START])
    ]
    return sorted(single + split, key=lambda source: (-source.path.stat().st_size, source.name))
