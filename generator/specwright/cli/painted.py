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
"""Of a column but the last, which gets what is left, if that is _LEAST."""
_LEAST: Final = 36
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
    """Rows with their details below them; where there is no room for the last cells, these are below their rows, too."""
    *others, last = zip(*(row.cells for row in rows if row.style != "detail"), strict=True)
    widths = [min(max(map(cell_len, cells)), _WIDEST) for cells in others]
    left = console.width - sum(widths) - _GAP * len(widths)
    widest = max(map(cell_len, last))
    is_narrow = left < min(widest, _LEAST)
    if is_narrow:
        widths[-1] = max(widths[-1] + min(left, 0), _GAP)
    else:
        widths.append(min(widest, left))
    for is_detail, together in groupby(rows, key=lambda row: row.style == "detail"):
        if is_detail:
            for row in together:
                _show_below(console, row)
        elif is_narrow:
            for row in together:
                console.print(_table([row], widths))
                _show_below(console, row)
        else:
            console.print(_table(list(together), widths))


def _show_below(console: Console, row: Row) -> None:
    console.print(Padding(Text(row.cells[-1], _STYLES[row.style]), (0, 0, 0, _INDENT)))


def _table(rows: Sequence[Row], widths: Sequence[int]) -> Table:
    """The first cells of each row, as many as there are widths."""
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, _GAP, 0, 0))
    for width in widths:
        table.add_column(overflow="fold", min_width=width, max_width=width)
    for row in rows:
        table.add_row(*(Text(cell, _STYLES[row.style]) for cell in row.cells[: len(widths)]))
    return table
