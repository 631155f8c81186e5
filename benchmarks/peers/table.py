"""What was found, for people as two tables and for programs as JSON."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING, Final

from rich.table import Table
from rich.text import Text

from .documents import EVERY
from .survey import PATIENCE
from .tools import TOOLS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rich.console import Console

    from .documents import Document
    from .survey import Cell
    from .tools import Tool

WIDTH: Final = 200
NOTES: Final = (
    "In a cell: operations written of those in the document, modules that can't be imported, errors of mypy --strict, "
    "errors of pyright strict where it was asked, seconds of the generator.\n"
    f"  Every command has {PATIENCE:.0f} s, and `?` is a question that it did not answer in that time. pyright is asked "
    f"about one document of {EVERY}.\n"
    "  Seconds depend on what else the machine does; `--only generate` compares them round by round."
)
_TOTALS: Final = (
    "", "packages", "whole", "complete", "operations", "mypy clean", "errors", "pyright clean", "errors", "median s",
)  # fmt: skip


def show(out: Console, documents: Sequence[Document], cells: Mapping[tuple[str, str], Cell]) -> None:
    """Print a row for each document, and the totals."""
    table = Table(title="\nA row for each document", title_justify="left", title_style="bold")
    table.add_column("")
    for tool in TOOLS:
        table.add_column(tool.name)
    for document in documents:
        found = (cells.get((tool.name, document.name)) for tool in TOOLS)
        table.add_row(document.name, *(_cell(cell, document) if cell else "" for cell in found))
    out.print(table)
    out.print(totals(documents, cells.values()))
    for note in (NOTES, *(f"{tool.name}: {tool.says}" for tool in TOOLS if tool.says)):
        out.print(Text(f"  {note}", style="dim"))


def _cell(cell: Cell, document: Document) -> Text:
    if not cell.written:
        return Text(f"nothing: {cell.said}"[:40], style="red")
    operations = "models" if cell.operations is None else f"{cell.operations}/{document.operations}"
    checked = _shown(cell.mypy) + (f"|{_shown(cell.pyright)}" if document.sampled else "")
    fine = cell.whole and cell.operations in {None, document.operations}
    text = f"{operations}  {_shown(cell.broken)} broken  {checked}  {cell.seconds:.1f} s"
    return Text(text, style="green" if fine else "yellow")


def _shown(count: int | None) -> str:
    return "?" if count is None else f"{count:,}"


def totals(documents: Sequence[Document], cells: Iterable[Cell]) -> Table:
    """A row for each generator."""
    table = Table(title=f"\nOf {len(documents)} documents", title_justify="left", title_style="bold")
    for head in _TOTALS:
        table.add_column(head, justify="right" if head else "left")
    every = list(cells)
    for tool in TOOLS:
        own = {cell.document: cell for cell in every if cell.tool == tool.name}
        table.add_row(tool.name, *_sums(tool, documents, own))
    return table


def _sums(tool: Tool, documents: Sequence[Document], own: Mapping[str, Cell]) -> tuple[str, ...]:
    """The figures of `_TOTALS`: counts of packages, and sums over all of them."""
    written = [cell for cell in own.values() if cell.written]
    asked = {document.name for document in documents if document.sampled}
    mypy = [cell.mypy for cell in written]
    pyright = [cell.pyright for cell in written if cell.document in asked]
    complete = sum(
        cell.whole and cell.operations == document.operations
        for document in documents
        if (cell := own.get(document.name))
    )
    operations = sum(cell.operations or 0 for cell in written)
    return (
        str(len(written)),
        str(sum(cell.whole for cell in written)),
        str(complete) if tool.operations else "—",
        f"{operations:,}" if tool.operations else "—",
        f"{mypy.count(0)}/{len(written)}",
        f"{sum(count or 0 for count in mypy):,}",
        f"{pyright.count(0)}/{len(pyright)}",
        f"{sum(count or 0 for count in pyright):,}",
        f"{median(cell.seconds for cell in written):.1f}" if written else "—",
    )
