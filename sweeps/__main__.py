"""`python -m sweeps`: makes a package of every document of the corpus, and prints what came of it.

The exit status is 1 when a row falls short of what every document has to give.
"""

from __future__ import annotations

import argparse
import json
import sys
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path
from typing import TYPE_CHECKING

from sweeps.corpus import WORKSHOP, corpus, sources
from sweeps.rows import Row, as_json, head, line, row, total

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sweeps.corpus import Source


def main() -> None:
    """Do what the arguments say."""
    parser = argparse.ArgumentParser(prog="make corpus", description="Every document of the corpus.")
    parser.add_argument("--only", metavar="NAME", action="append", help="this document; repeatable")
    parser.add_argument("--quick", action="store_true", help="without the type checkers")
    parser.add_argument("--jobs", metavar="N", type=int, default=2, help="so many documents at a time (2)")
    parser.add_argument("--json", metavar="FILE", type=Path, help="write all that was found there, too")
    parser.add_argument(
        "--folder", metavar="DIR", type=Path, default=WORKSHOP, help="where packages are made"
    )
    parser.add_argument("--list", action="store_true", help="print the names of the documents")
    arguments = parser.parse_args()
    folder = corpus()
    if not folder.is_dir():
        sys.exit(f"there are no documents in {folder}; SPECWRIGHT_CORPUS says where they are")
    chosen = _chosen(parser, sources(folder, arguments.folder.resolve()), arguments.only)
    if arguments.list:
        print("\n".join(sorted(source.name for source in chosen)))
        return
    made = list(_rows(chosen, jobs=arguments.jobs, quick=arguments.quick))
    _summary(made)
    if arguments.json is not None:
        found = {"total": as_json(total(made)), "rows": [as_json(each) for each in made]}
        arguments.json.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    if any(each.shortfalls for each in made):
        sys.exit(1)


def _chosen(parser: argparse.ArgumentParser, found: list[Source], only: list[str] | None) -> list[Source]:
    names = {source.name for source in found}
    if unknown := sorted(set(only or ()) - names):
        parser.error(f"no document is called {unknown[0]}; --list prints their names")
    return [source for source in found if not only or source.name in only]


def _rows(chosen: list[Source], *, jobs: int, quick: bool) -> Iterator[Row]:
    """The rows as they are made, each printed at once."""
    print(head(), flush=True)
    with ThreadPoolExecutor(jobs) as pool:
        running = [pool.submit(row, source, quick=quick) for source in chosen]
        for done in as_completed(running):
            print(line(done.result()), flush=True)
            yield done.result()


def _summary(made: list[Row]) -> None:
    print(line(total(made)))
    for each in sorted(made, key=lambda each: each.name):
        if each.shortfalls:
            print(f"\n{each.name} falls short:")
            print("\n".join(f"  {shortfall}" for shortfall in each.shortfalls[:_SHOWN]))
            if len(each.shortfalls) > _SHOWN:
                print(f"  and {len(each.shortfalls) - _SHOWN} more")


_SHOWN = 10


if __name__ == "__main__":
    main()
