"""`python -m sweeps.mutations`: breaks real documents, and prints what came of them. The exit status is 1 if anything is wrong.

A mutant is known by its document, the seed and its number: `--only NAME --seed 1 --at 17` makes it again.
With `TMPDIR` on a disk in memory it takes two thirds of the time.
"""

from __future__ import annotations

import argparse
import sys
import time
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from typing import TYPE_CHECKING

from sweeps.mutations.tallies import Tally, documents, tally

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sweeps.corpus import Source


def main(given: list[str] | None = None) -> None:
    """Do what the arguments say, by default those of the command."""
    parser = argparse.ArgumentParser(prog="make mutations", description=__doc__)
    parser.add_argument(
        "--count", metavar="N", type=int, default=2000, help="mutants of all documents (2000)"
    )
    parser.add_argument("--seed", metavar="NUMBER", type=int, default=1)
    parser.add_argument("--only", metavar="NAME", action="append", help="this document; repeatable")
    parser.add_argument(
        "--at", metavar="N", type=int, help="this mutant of it alone; it is written to build/mutations, too"
    )
    parser.add_argument("--jobs", metavar="N", type=int, default=2, help="so many at a time (2)")
    arguments = parser.parse_args(given)
    chosen = [source for source in documents() if not arguments.only or source.name in arguments.only]
    if not chosen:
        parser.error("there is no such document; SPECWRIGHT_CORPUS says where they are")
    start = time.perf_counter()
    if arguments.at is not None:
        tallies = [tally(source, arguments.seed, [arguments.at], keep=True) for source in chosen]
    else:
        tallies = list(_all(chosen, arguments.count, arguments.seed, arguments.jobs))
    _summary(tallies, time.perf_counter() - start)
    sys.exit(any(each.faults for each in tallies))


def _all(chosen: list[Source], count: int, seed: int, jobs: int) -> Iterator[Tally]:
    """The tallies as they are made, each printed at once; the mutants are shared out evenly."""
    context = get_context("forkserver")
    with ProcessPoolExecutor(jobs, context) as pool:
        running = [
            pool.submit(tally, source, seed, range(at, count, len(chosen)))
            for at, source in enumerate(chosen)
        ]
        for done in as_completed(running):
            each = done.result()
            print(_line(each), flush=True)
            yield each


def _line(each: Tally) -> str:
    counts = " ".join(f"{each.statuses[status]:6}" for status in (0, 2, -1))
    return f"{each.name:50.50} {counts}"


def _summary(tallies: list[Tally], seconds: float) -> None:
    whole = Tally("all")
    for each in tallies:
        whole.statuses += each.statuses
        whole.codes += each.codes
    print(f"{'':50} {'made':>6} {'no':>6} {'FAULT':>6}\n{_line(whole)}  in {seconds:.0f} s")
    print("Problems by code:", ", ".join(f"{code} {count}" for code, count in whole.codes.most_common()))
    for each in tallies:
        for found, numbers in each.faults.items():
            print(f"\n{each.name} {numbers[:8]}\n  {found}")


if __name__ == "__main__":
    main()
