"""`python -m sweeps.suite`: the table of the suite's parts. The exit status is 1 if ours fails what it has to pass."""

from __future__ import annotations

import argparse
import sys
import warnings
from importlib.metadata import PackageNotFoundError, version
from typing import Final

from .cases import PARTS, Part, suite
from .makers import NAMES, OURS, dialect
from .verdicts import Verdicts, of_part


def main(given: list[str] | None = None) -> None:
    """Do what the arguments say, by default those of the command."""
    parser = argparse.ArgumentParser(prog="make suite", description="The test suite of JSON Schema.")
    parser.add_argument("--failures", metavar="NAME", choices=NAMES, help="list the tests that it fails")
    parser.add_argument("--only", metavar="TEXT", default="", help="the parts named like this")
    parser.add_argument("--markdown", action="store_true", help="print the table as Markdown")
    arguments = parser.parse_args(given)
    folder = suite()
    if not (folder / "tests").is_dir():
        sys.exit(f"there is no test suite in {folder}; SPECWRIGHT_SUITE says where it is")
    parts = [part for part in PARTS if arguments.only in part.name]
    names = [arguments.failures] if arguments.failures else list(NAMES)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what peers warn of is theirs
        found = {
            (part, name): of_part(name, part, folder)
            for part in parts
            for name in names
            if _version(name) and dialect(name, part.draft)
        }
    if arguments.failures:
        for line in (line for verdicts in found.values() for line in (*verdicts.wrong, *verdicts.crashed)):
            print(line)
    else:
        _show(parts, found, markdown=arguments.markdown)
    short = [part.name for part in parts if part.demanded and _falls_short(found.get((part, OURS)))]
    if short:
        sys.exit(f"{OURS} falls short of: {'; '.join(short)}")


def _falls_short(verdicts: Verdicts | None) -> bool:
    return verdicts is not None and (not verdicts.tests or verdicts.passed < verdicts.tests)


def _show(parts: list[Part], found: dict[tuple[Part, str], Verdicts], *, markdown: bool) -> None:
    heads = ["", "tests", *(f"{name} {_version(name) or '(not installed)'}" for name in NAMES)]
    rows = [[part.name, *_cells([found.get((part, name)) for name in NAMES])] for part in parts]
    if markdown:
        print(*(f"| {' | '.join(cells)} |" for cells in (heads, ["---"] * len(heads), *rows)), sep="\n")
    else:
        widths = [max(map(len, column)) for column in zip(heads, *rows, strict=True)]
        for cells in (heads, *rows):
            print("  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip())
    print(_LEGEND)


_LEGEND: Final = (
    "\nHow many tests are passed; in brackets how many answers are wrong, and how many tests have no answer at all. "
    "`-`: it does not know the draft."
)


def _cells(verdicts: list[Verdicts | None]) -> list[str]:
    """How many tests there are, then what each made of them."""
    return [f"{max(one.tests if one else 0 for one in verdicts):,}", *map(_cell, verdicts)]


def _cell(verdicts: Verdicts | None) -> str:
    if verdicts is None:
        return "-"
    if not verdicts.wrong and not verdicts.crashed:
        return f"{verdicts.passed:,}"
    return f"{verdicts.passed:,} ({len(verdicts.wrong)} wrong, {len(verdicts.crashed)} none)"


def _version(name: str) -> str:
    """The version that is installed, or nothing."""
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


if __name__ == "__main__":
    main()
