"""What a terminal shows of data that was validated. It imports rich, so it is itself imported on a terminal only."""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from rich import box
from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    Progress,
    TaskProgressColumn,
    TextColumn,
    TimeRemainingColumn,
)
from rich.table import Table
from rich.text import Text

from specwright.cli.report import WHOLE
from specwright.problems import counted, escaped

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Mapping

    from specwright.cli.findings import Finding
    from specwright.cli.lines import Kind

_WIDE: Final = 110
"""Columns of a terminal from which on each fact has a column of its own."""
_INTERVAL: Final = 0.1
"""Seconds between two measurements of how fast a file is read."""


def show_findings(found: Iterable[Finding]) -> None:
    """A row for each finding."""
    _show("place", ((each.pointer, f"line {each.line}:{each.column}", each) for each in found))


def show_kinds(kinds: Iterable[Kind]) -> None:
    """A row for each kind of findings, with the first one as its example."""
    _show("how often", ((kind.pointer, _often(kind), kind.first) for kind in kinds))


def _often(kind: Kind) -> str:
    return f"{counted(kind.count, 'time')}, first in {kind.first.line}:{kind.first.column}"


def _show(at: str, rows: Iterable[tuple[str, str, Finding]]) -> None:
    """A table; on a narrow terminal, what is short stands below what is long."""
    console = Console()
    wide = console.width >= _WIDE
    table = Table(box=box.ROUNDED, show_lines=True, header_style="bold")
    for name in _COLUMNS:
        if wide or name in _LONG:
            head = at if name == "at" else name
            most = int(_SHARES[name] * console.width) if name in _SHARES else None
            table.add_column(head, overflow="fold", no_wrap=name == "keyword", max_width=most)
    for pointer, place, finding in rows:
        cells = {
            "where": _text(pointer or WHOLE, "bold"),
            "at": _text(place),
            "keyword": _text(finding.keyword, "cyan"),
            "what is wrong": _text(finding.message),
            "in the data": Text("\n").join(map(_text, finding.part.split("\n"))),
        }
        if not wide:
            cells = {name: Text("\n").join([cells[name], *_below(cells, name)]) for name in _LONG}
        table.add_row(*cells.values())
    console.print(table)


_COLUMNS: Final = ("where", "at", "keyword", "what is wrong", "in the data")
_LONG: Final = {"where": "at", "what is wrong": "keyword", "in the data": None}
"""The columns that a narrow terminal has, and which other one stands below each."""


_SHARES: Final = {"where": 0.28, "in the data": 0.24}
"""Of the terminal's width, how much a column has at most, so that what messages quote is seldom broken."""


def _below(cells: Mapping[str, Text], name: str) -> list[Text]:
    other = _LONG[name]
    return [] if other is None else [cells[other]]


def _text(text: str, style: str = "") -> Text:
    """Text in which nothing is markup and nothing steers the terminal."""
    return Text(escaped(text), style)


@contextmanager
def following(name: str, size: int | None) -> Generator[Callable[[int], None]]:
    """While it lasts, shows how far a file is read; to be called with the number of bytes of each line."""
    told = TextColumn("{task.description}")
    lines = TextColumn("{task.fields[lines]:,} lines")
    columns = (
        (told, lines)
        if size is None
        else (told, BarColumn(), TaskProgressColumn(), DownloadColumn(), lines, TimeRemainingColumn())
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(_text(name).markup, total=size, lines=0)
        fields = progress.tasks[task].fields
        read, next_look = 0, 0.0

        def passed(count: int) -> None:
            nonlocal read, next_look
            read += count
            fields["lines"] += 1  # shown at the next refresh, also where no line follows for a while
            if (now := time.monotonic()) >= next_look:
                next_look = now + _INTERVAL
                progress.update(task, completed=read)

        yield passed
