"""What a terminal shows of a review. It imports rich, so it is itself imported on a terminal only."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from rich.cells import cell_len
from rich.console import Console
from rich.padding import Padding
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
    "detail": "",
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
_INDENT: Final = 4
"""Of what stands below a row."""


def show(rows: Sequence[Row]) -> None:
    """Lines in the colours of their levels; rows of several cells as tables, whose last cell is wrapped."""
    console = Console(highlight=False)
    for tabular, together in groupby(rows, key=lambda row: row.tabular):
        if tabular:
            _show_table(console, list(together))
        else:
            for row in together:
                console.print(Text(row.cells[0], _STYLES[row.style]), overflow="fold")


def _show_table(console: Console, rows: Sequence[Row]) -> None:
    *others, last = zip(*(row.cells for row in rows if row.style != "detail"), strict=True)
    widths = [min(max(map(cell_len, cells)), _WIDEST) for cells in others]
    left = console.width - sum(widths) - _GAP * len(widths)
    widths.append(min(max(map(cell_len, last)), max(left, _LEAST)))
    for is_detail, together in groupby(rows, key=lambda row: row.style == "detail"):
        if is_detail:
            for row in together:
                console.print(Padding(Text(row.cells[0], _STYLES["detail"]), (0, 0, 0, _INDENT)))
        else:
            console.print(_table(list(together), widths))


def _table(rows: Sequence[Row], widths: Sequence[int]) -> Table:
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, _GAP, 0, 0))
    for width in widths:
        table.add_column(overflow="fold", min_width=width, max_width=width)
    for row in rows:
        table.add_row(*(Text(cell, _STYLES[row.style]) for cell in row.cells))
    return table
