"""What a terminal shows of a review. It imports rich, so it is itself imported on a terminal only."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from specwright.review.reports.terminal import Row, Style

_STYLES: Final[Mapping[Style, str]] = {
    "title": "bold",
    "head": "bold",
    "note": "dim",
    "empty": "",
    "breaking": "red",
    "warning": "yellow",
    "compatible": "green",
    "doc": "dim",
}
_GAP: Final = 2
"""Columns of the terminal between those of a table."""
_WIDEST: Final = 44
"""Of a column but the last, which gets what is left, and at least _LEAST."""
_LEAST: Final = 24


def show(rows: Sequence[Row], *, full: bool) -> None:
    """Lines in the colours of their levels; rows of several cells as tables, each on one line unless `full`."""
    console = Console(highlight=False)
    for count, together in groupby(rows, key=lambda row: len(row.cells)):
        if count > 1:
            _show_table(console, list(together), full=full)
        else:
            for row in together:
                console.print(Text(row.cells[0], _STYLES[row.style]), overflow="fold")


def _show_table(console: Console, rows: Sequence[Row], *, full: bool) -> None:
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, _GAP, 0, 0))
    *others, last = zip(*(row.cells for row in rows), strict=True)
    widths = [min(max(map(cell_len, cells)), _WIDEST) for cells in others]
    left = console.width - sum(widths) - _GAP * len(widths)
    for width in widths:
        table.add_column(overflow="fold", min_width=width, max_width=width)
    widest = max(map(cell_len, last))
    table.add_column(
        overflow="fold" if full else "ellipsis", no_wrap=not full, width=min(widest, max(left, _LEAST))
    )
    for row in rows:
        table.add_row(*(Text(cell, _STYLES[row.style]) for cell in row.cells))
    console.print(table)
