"""What came of the mutants of a document: a mutant is made again of the document's name, the seed and its number."""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Final

from sweeps.corpus import ROOT, Source, corpus, sources
from sweeps.documents import bundled
from sweeps.mutations.mutants import mutant
from sweeps.mutations.verdict import judged, kind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sweeps.mutations.verdict import Verdict

FOUND: Final = ROOT / "build" / "mutations"
_LARGEST: Final = 4_000_000
"""Bytes of a document: reading larger ones would take most of the time, and their parts are like those of others."""


@dataclass(slots=True)
class Tally:
    """What came of the mutants of one document."""

    name: str
    statuses: Counter[int] = field(default_factory=Counter)
    codes: Counter[str] = field(default_factory=Counter)
    faults: dict[str, list[int]] = field(default_factory=dict)
    """By their kind, the numbers of the mutants."""


def documents() -> list[Source]:
    """Those of the corpus that are not too large; without a corpus, those of the golden cases."""
    if corpus().is_dir():
        return [source for source in sources(corpus()) if source.path.stat().st_size <= _LARGEST]
    return cases()


def cases() -> list[Source]:
    """The documents of the golden cases."""
    found = sorted((ROOT / "tests" / "cases").glob("*/spec.yaml"))
    return [Source(path.parent.name, path, path.parent, FOUND) for path in found]


def tally(source: Source, seed: int, numbers: Iterable[int], *, keep: bool = False) -> Tally:
    """What came of some mutants of a document; those with a fault are kept in `build/mutations`."""
    whole = bundled(source)
    made = Tally(source.name)
    for number in numbers:
        broken = mutant(whole, Random(f"{source.name} {seed} {number}"))  # noqa: S311 - made again by its seed
        text = json.dumps(broken.document)
        with tempfile.TemporaryDirectory(prefix="specwright-mutant-") as folder:
            verdict = judged(text, Path(folder))
        made.statuses[verdict.status] += 1
        made.codes.update(verdict.codes)
        if verdict.fault:
            made.faults.setdefault(kind(verdict.fault), []).append(number)
        if verdict.fault or keep:
            _keep(f"{source.name}-{seed}-{number}", text, broken.done, verdict)
    return made


def _keep(name: str, text: str, done: list[str], verdict: Verdict) -> None:
    FOUND.mkdir(parents=True, exist_ok=True)
    (FOUND / f"{name}.json").write_text(text, encoding="utf-8")
    report = [*done, "", verdict.fault or f"exit status {verdict.status}: {', '.join(verdict.codes)}", ""]
    (FOUND / f"{name}.txt").write_text("\n".join(report), encoding="utf-8", errors="backslashreplace")
