"""`python -m sweeps.review`: `cases`, `pairs` or `edits`. The exit status is 1 if something is not as it has to be."""

from __future__ import annotations

import argparse
import random
import resource
import sys
import time
from collections import Counter
from typing import TYPE_CHECKING

from specwright.config import Budgets
from specwright.document.load import read
from sweeps.corpus import corpus, sources

from . import cases, edits, pairs

if TYPE_CHECKING:
    from pathlib import Path


def main(given: list[str] | None = None) -> None:
    """Do what the arguments say."""
    parser = argparse.ArgumentParser(
        prog="make review", description="`specwright diff` on documents of others."
    )
    parser.add_argument("part", choices=("cases", "pairs", "edits"))
    parser.add_argument("--only", metavar="TEXT", default="", help="what is named like this")
    parser.add_argument("--count", metavar="N", type=int, default=10_000, help="how many edits")
    parser.add_argument("--seed", metavar="N", type=int, default=0, help="where chance begins")
    parser.add_argument("--table", action="store_true", help="of cases: every pair with both verdicts")
    arguments = parser.parse_args(given)
    faults = {"cases": _cases, "pairs": _pairs, "edits": _edits}[arguments.part](arguments)
    if faults:
        sys.exit(f"{faults} faults")


def _cases(arguments: argparse.Namespace) -> int:
    """Our verdict of each pair beside oasdiff's, and what is not explained."""
    reasons = cases.differences()
    table = Counter[tuple[str, str]]()
    faults = 0
    for case in cases.cases():
        if arguments.only not in case.name:
            continue
        told = cases.found(case)
        ours = "no document" if told is None else str(cases.level(told))
        table[case.theirs, ours] += 1
        if arguments.table:
            ids = " ".join(sorted({finding.id for finding in told or ()}))
            print(case.name, case.theirs, ours, ids, sep="\t")
        for fault in cases.unexplained(case, told or [], reasons):
            faults += 1
            print(f"{case.name}: {fault}")
    for (theirs, ours), count in sorted(table.items()):
        print(f"oasdiff {theirs:5} ours {ours:11} {count:6,}", file=sys.stderr)
    return faults


def _pairs(arguments: argparse.Namespace) -> int:
    """How many findings each pair has, and how long it takes."""
    faults = 0
    for folder in pairs.folders():
        if arguments.only not in folder.name:
            continue
        start = time.perf_counter()
        done = pairs.of_pair(folder)
        seconds = time.perf_counter() - start
        counts = " ".join(f"{level} {count:,}" for level, count in done.counts["overall"].items())
        print(f"{folder.name:32} {seconds:6.2f} s  {done.level or 'nothing':10} {counts}")
        for fault in pairs.faults(done):
            faults += 1
            print(f"  {fault}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"at most {peak:,} MiB")
    return faults


def _edits(arguments: argparse.Namespace) -> int:
    """Random edits, each read and compared both ways."""
    chance = random.Random(arguments.seed)  # noqa: S311 -- no secret
    found = [
        source
        for source in sources(corpus())
        if arguments.only in source.name and source.path.stat().st_size < _LARGEST
    ]
    faults = made = refused = 0
    while made + refused < arguments.count and found:
        source = chance.choice(found)
        content = _content(source.path)
        old = edits.read(content, source.path)
        if old is None:
            found.remove(source)
            continue
        for _ in range(min(_EACH, arguments.count - made - refused)):
            change = edits.edited(content, chance)
            new = None if change is None else edits.read(change[0], source.path)
            if change is None or new is None:
                refused += 1
                continue
            made += 1
            for fault in edits.faults(old, new):
                faults += 1
                print(f"{source.name} {change[1].pointer} {change[1].what}: {fault}"[:400], flush=True)
    print(f"{made:,} edits compared both ways, {refused:,} made no other document")
    return faults


def _content(path: Path) -> object:
    """A document as decoded JSON."""
    source, _ = read(path.read_bytes(), name=path.name, path=str(path), budgets=Budgets())
    return edits.plain(source.content)


_LARGEST = 400_000
_EACH = 40
"""Edits of one document before another is taken."""


if __name__ == "__main__":
    main()
