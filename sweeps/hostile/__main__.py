"""`python -m sweeps.hostile`: every hostile document, and what of it is not as it has to be.

The exit status is 1 when there is such a thing.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from sweeps.hostile.table import expected, hostile, unexplained
from sweeps.hostile.verdict import findings

if TYPE_CHECKING:
    from sweeps.hostile.table import Expected


def main() -> None:
    """Do what the arguments say."""
    parser = argparse.ArgumentParser(prog="make hostile", description="Every hostile document.")
    parser.add_argument(
        "--only", metavar="TEXT", action="append", help="those with it in their names; repeatable"
    )
    parser.add_argument("--jobs", metavar="N", type=int, default=2, help="so many documents at a time (2)")
    arguments = parser.parse_args()
    folder = hostile()
    rows = expected(folder)
    if not rows:
        sys.exit(f"there are no hostile documents in {folder}; SPECWRIGHT_HOSTILE says where they are")
    chosen = [row for row in rows if not arguments.only or any(text in row.file for text in arguments.only)]
    failed = 0
    with ThreadPoolExecutor(arguments.jobs) as pool:
        running = {pool.submit(_judged, row, folder): row for row in chosen}
        for done in as_completed(running):
            found, seconds = done.result()
            failed += bool(found)
            print(
                f"{running[done].name:44} {seconds:6.1f} s  {'as it has to be' if not found else ''}",
                flush=True,
            )
            for line in found:
                print(f"    {line}", flush=True)
    print(f"{len(chosen)} documents, {failed} not as they have to be")
    if failed:
        sys.exit(1)


def _judged(row: Expected, folder: Path) -> tuple[list[str], float]:
    start = perf_counter()
    with tempfile.TemporaryDirectory(prefix="hostile-") as made:
        found = unexplained(row.name, findings(row, folder, Path(made).resolve()))
    return found, perf_counter() - start


if __name__ == "__main__":
    main()
