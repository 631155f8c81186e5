"""The whole survey, one command at a time; what a file has already is not done again."""

from __future__ import annotations

import dataclasses
import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rich.console import Console

from benchmarks.machine import machine, versions

from .documents import CORPUS, documents
from .survey import Cell, examined
from .table import WIDTH, show
from .tools import TOOLS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .documents import Document

NAME: Final = "corpus"
TITLE: Final = "Real documents through each generator: packages, imports, operations, types"


def run(wanted: list[str], again: list[str], file: Path | None) -> None:
    """Survey the documents whose names have one of the texts in them, or all, and print the tables.

    With a file, cells are kept there as they are found, and those that it has of the same versions are taken from it,
    but for those of the generators that are asked `again`.
    """
    out = Console(highlight=False, width=WIDTH)
    chosen = documents(wanted)
    if not chosen:
        out.print(f"There is no such document in {CORPUS} (SPECWRIGHT_CORPUS).")
        return
    cells = {key: cell for key, cell in _kept(file).items() if key[0] not in again}
    with tempfile.TemporaryDirectory(prefix="specwright-peers-") as folder:
        for document in chosen:
            for tool in TOOLS:
                if (tool.name, document.name) not in cells:
                    cell = examined(tool, document, Path(folder) / "package")
                    cells[tool.name, document.name] = cell
                    _keep(file, chosen, list(cells.values()))
                    out.print(f"{document.name}, {tool.name}: {cell.seconds:.1f} s", style="dim")
    show(out, chosen, cells)


def _kept(file: Path | None) -> dict[tuple[str, str], Cell]:
    if file is None or not file.exists():
        return {}
    found = json.loads(file.read_text("utf-8"))
    if found["versions"] != versions():
        return {}
    return {(cell["tool"], cell["document"]): Cell(**cell) for cell in found["cells"]}


def _keep(file: Path | None, chosen: Sequence[Document], cells: Sequence[Cell]) -> None:
    if file is None:
        return
    found = {
        "machine": machine(),
        "versions": versions(),
        "documents": {document.name: document.operations for document in chosen},
        "cells": [dataclasses.asdict(cell) for cell in cells],
    }
    file.write_text(json.dumps(found, indent=1) + "\n", "utf-8")
