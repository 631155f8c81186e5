"""`python -m benchmarks`: measures rows and prints them."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from . import sizes
from .machine import machine, versions
from .measure import measure
from .peers import run as corpus
from .report import as_json, console, show_machine, show_row, show_sizes
from .rows import ROWS
from .workshop import Workshop


def main() -> None:
    """Do what the arguments say. What a row finds, budgets too, does not change the exit status."""
    names = [*(row.name for row in ROWS), sizes.NAME]
    parser = argparse.ArgumentParser(prog="make bench", description="Speed, side by side with peers.")
    parser.add_argument(
        "--only",
        metavar="NAME",
        action="append",
        choices=[*names, corpus.NAME],
        help=f"this row; repeatable. `{corpus.NAME}` takes hours, and is not run otherwise",
    )
    parser.add_argument("--list", action="store_true", help="print the names of the rows")
    parser.add_argument("--quick", action="store_true", help="few rounds, for a first impression")
    parser.add_argument("--json", metavar="FILE", type=Path, help="write all figures and samples there, too")
    of_corpus = parser.add_argument_group(
        f"--only {corpus.NAME}", "What it finds is kept in FILE and not asked again."
    )
    of_corpus.add_argument(
        "--document", metavar="TEXT", action="append", default=[], help="those named like this"
    )
    of_corpus.add_argument("--again", metavar="TOOL", action="append", default=[], help="ask this one again")
    arguments = parser.parse_args()
    if arguments.list:
        for row in ROWS:
            print(f"{row.name:10} {row.title}")
        print(f"{sizes.NAME:10} {sizes.TITLE}")
        print(f"{corpus.NAME:10} {corpus.TITLE}")
        return
    chosen: list[str] = arguments.only or names
    if corpus.NAME in chosen:
        corpus.run(arguments.document, arguments.again, arguments.json)
    if others := [name for name in chosen if name != corpus.NAME]:
        _measure(others, quick=arguments.quick, file=arguments.json)


def _measure(names: list[str], *, quick: bool, file: Path | None) -> None:
    out, where, taking_part = console(), machine(), versions()
    show_machine(out, where, taking_part)
    kept: list[dict[str, Any]] = []
    with Workshop() as workshop:
        for row in ROWS:
            if row.name in names:
                measured = [measure(case, quick=quick) for case in row.cases(workshop)]
                show_row(out, row, measured)
                kept.append(as_json(row, measured))
    if sizes.NAME in names:
        found_sizes = sizes.sizes()
        show_sizes(out, found_sizes)
        kept.append(sizes.as_json(found_sizes))
    if file is not None:
        found = {"machine": where, "versions": taking_part, "quick": quick, "rows": kept}
        file.write_text(json.dumps(found, indent=2) + "\n")


if __name__ == "__main__":
    main()
