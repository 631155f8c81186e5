"""`python -m benchmarks`: measures rows and prints them."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from . import document, growth, sizes
from .kept import keep, kept
from .machine import load, machine, versions
from .measure import QUICK, measure
from .peers import run as corpus
from .report import as_json, console, show_growth, show_machine, show_row, show_sizes
from .rows import ROWS
from .workshop import Workshop

if TYPE_CHECKING:
    from rich.console import Console


def main() -> None:
    """Do what the arguments say. What a row finds, budgets too, does not change the exit status."""
    names = [*(row.name for row in ROWS), sizes.NAME, growth.NAME]
    parser = argparse.ArgumentParser(prog="make bench", description="Speed, side by side with peers.")
    parser.add_argument(
        "--only",
        metavar="NAME",
        action="append",
        choices=[*names, corpus.NAME],
        help=f"this row; repeatable. `{corpus.NAME}` takes hours, and is not run otherwise",
    )
    parser.add_argument("--list", action="store_true", help="print the names of the rows")
    parser.add_argument(
        "--case",
        metavar="TEXT",
        action="append",
        default=[],
        help="only the cases of rows that are named like this; repeatable",
    )
    rounds = parser.add_mutually_exclusive_group()
    rounds.add_argument(
        "--quick", dest="rounds", action="store_const", const=QUICK, help="few rounds, for a first impression"
    )
    rounds.add_argument("--rounds", metavar="N", type=_positive, help="at most so many")
    parser.add_argument(
        "--json",
        metavar="FILE",
        type=Path,
        help="keep all figures and samples there, beside the rows that it has",
    )
    parser.add_argument(
        "--page",
        metavar="PAGE",
        type=Path,
        help="write what --json FILE has as Markdown, and its picture beside it",
    )
    parser.add_argument("--no-run", action="store_true", help="measure nothing: --page from what there is")
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
        print(f"{growth.NAME:10} {growth.TITLE}")
        print(f"{corpus.NAME:10} {corpus.TITLE}")
        return
    if (arguments.page or arguments.no_run) and arguments.json is None:
        parser.error("--page and --no-run need --json FILE")
    chosen: list[str] = [] if arguments.no_run else arguments.only or names
    if corpus.NAME in chosen:
        corpus.run(arguments.document, arguments.again, arguments.json)
    if others := [name for name in chosen if name != corpus.NAME]:
        _measure(others, arguments.case, arguments.rounds, arguments.json)
    if arguments.page is not None:
        _write(arguments.page, kept(arguments.json))


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError(text)
    return number


def _measure(names: list[str], wanted: list[str], most: int | None, file: Path | None) -> None:
    """Measure rows one after the other, each kept as soon as it is there."""
    out, where, taking_part = console(), machine(), versions()
    show_machine(out, where, taking_part)
    with Workshop() as workshop:
        for name in names:
            row = {"load": load(), **_measured(name, workshop, wanted, most, out)}
            if file is not None:
                keep(file, where, taking_part, [row], partly=bool(wanted))


def _measured(
    name: str, workshop: Workshop, wanted: list[str], most: int | None, out: Console
) -> dict[str, Any]:
    """A row, printed and as it is kept."""
    if name == sizes.NAME:
        found = sizes.sizes()
        show_sizes(out, found)
        return sizes.as_json(found)
    if name == growth.NAME:
        grown = growth.growth(workshop, most)
        show_growth(out, grown)
        return growth.as_json(grown)
    row = next(row for row in ROWS if row.name == name)
    measured = [measure(case, most) for case in row.cases(workshop) if _is_wanted(case.name, wanted)]
    show_row(out, row, measured)
    return as_json(row, measured)


def _is_wanted(name: str, wanted: list[str]) -> bool:
    return not wanted or any(text in name for text in wanted)


def _write(page: Path, found: dict[str, Any]) -> None:
    page.write_text(document.page(found), "utf-8")
    for row in found["rows"]:
        if row["name"] == growth.NAME:
            picture = page.parent / document.PICTURE
            picture.parent.mkdir(exist_ok=True)
            picture.write_text(growth.picture(row), "utf-8")


if __name__ == "__main__":
    main()
