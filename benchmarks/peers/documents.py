"""Documents that nobody here wrote: those of the folder that SPECWRIGHT_CORPUS names."""

from __future__ import annotations

import gc
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml

from benchmarks.page import ROOT

CORPUS: Final = Path(os.environ.get("SPECWRIGHT_CORPUS", ROOT / "../shared/corpus")).resolve()
METHODS: Final = frozenset(("get", "put", "post", "delete", "options", "head", "patch", "trace", "query"))
EVERY: Final = 6
"""One document of so many is in the sample that the slowest questions are asked about."""


@dataclass(frozen=True, slots=True)
class Document:
    """A document, and how many operations it has."""

    path: Path
    operations: int
    sampled: bool
    """Whether pyright looks at what is made of it."""

    @property
    def name(self) -> str:
        """What it is called in tables."""
        return self.path.stem


def documents(wanted: list[str]) -> list[Document]:
    """All of the corpus, or those whose names have one of the texts in them; the smallest first."""
    paths = sorted(path for path in CORPUS.glob("specs/*") if path.suffix in {".yaml", ".json"})
    kept = [
        (path, not index % EVERY)
        for index, path in enumerate(paths)
        if not wanted or any(text in path.name for text in wanted)
    ]
    found = [Document(path, operations(path), sampled) for path, sampled in kept]
    return sorted(found, key=lambda document: document.path.stat().st_size)


def operations(path: Path) -> int:
    """How many operations a document has, read by nobody's generator."""
    gc.disable()  # it would walk the growing tree again and again
    try:
        document: dict[str, Any] = yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)  # a safe loader
    finally:
        gc.enable()
    items: list[dict[str, Any]] = [
        item for item in (document.get("paths") or {}).values() if isinstance(item, dict)
    ]
    return sum(_in(item) for item in items)


def _in(item: dict[str, Any]) -> int:
    return len(METHODS & item.keys()) + len(item.get("additionalOperations") or ())
