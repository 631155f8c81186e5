"""`python -m sweeps.faults`: each fault for each client that is installed, as a table.

What it finds is kept as JSON and, of the same versions, not asked again.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import asdict
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sweeps.corpus import ROOT

from .cell import Cell
from .clients import CLIENTS, make_packages
from .table import FAULTS, Fault

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

KEPT: Final = ROOT / "build" / "faults.json"
_AT_ONCE: Final = 4
_START: Final = 30.0
"""The seconds that a process may need beside the patience of its fault."""
_MUCH: Final = 100
"""MiB that are worth telling."""
_SLOW: Final = 0.3
_MOST_SAID: Final = 40

_PAGE: Final = """# Faults

What clients make of what goes wrong: written by `make faults ARGS="--page docs/faults.md"`, which serves each fault on
loopback, byte by byte, to a process of each client with its default options.

A cell is `result` or the error; *stray* is an error of the package named, and not of the client's own tree. `2x` is how
many requests the server got, where not one; *may be done 2x*: sent again though the server may have done it already, and
without an idempotency key. But for what lasts (`for ever`, drips, bodies), a request that is repeated is answered right.
`read` is a GET and `write` a PATCH (specwright, cohere, datamodel-code-generator) or a POST (openai, stripe). Seconds are
told above 0.3, and memory that a client took above 100 MiB; who did not come to an end was cut off.

specwright and datamodel-code-generator are given the same document, with a GET and a PATCH, and `timeout=1.0` or
`total_timeout=1.0` where a timeout of 1 s is told; the SDKs their `timeout`.
"""


def main(given: list[str] | None = None) -> None:
    """Do what the arguments say, by default those of the command."""
    parser = argparse.ArgumentParser(prog="make faults", description=__doc__)
    parser.add_argument("--only", metavar="TEXT", default="", help="the faults named like this")
    parser.add_argument("--client", choices=CLIENTS, action="append", help="this one alone; repeatable")
    parser.add_argument(
        "--json", metavar="FILE", type=Path, default=KEPT, help=f"where it is kept ({KEPT.name})"
    )
    parser.add_argument(
        "--again", choices=CLIENTS, action="append", default=[], help="ask this one again; repeatable"
    )
    parser.add_argument("--page", metavar="FILE", type=Path, help="write the table there, with what it means")
    arguments = parser.parse_args(given)
    every = {name: _version(CLIENTS[name].distribution) for name in CLIENTS}
    versions = {name: every[name] for name in arguments.client or CLIENTS}
    for name in [name for name, found in versions.items() if not found]:
        print(f"{name} is not installed")
        del versions[name]
    faults = [fault for fault in FAULTS if arguments.only in fault.name]
    cells = _kept(arguments.json, every, arguments.again)
    with tempfile.TemporaryDirectory(prefix="specwright-faults-") as folder:
        make_packages(Path(folder), list(versions))
        for (fault, name), cell in _asked(list(versions), faults, Path(folder), cells):
            cells[fault, name] = cell
            _keep(arguments.json, every, cells)
    found = {fault.name: {name: cells[fault.name, name] for name in versions} for fault in faults}
    table = "\n".join(markdown(found, versions))
    print(table)
    if arguments.page:
        arguments.page.write_text(f"{_PAGE}\n{table}\n", "utf-8")


def markdown(found: dict[str, dict[str, Cell]], versions: dict[str, str]) -> list[str]:
    """The lines of a table of faults and clients."""
    by_name = {fault.name: fault for fault in FAULTS}
    rows = [
        [name, *(words(by_name[name], cells[client]) for client in versions)] for name, cells in found.items()
    ]
    heads = ["", *(f"{name} {found}" for name, found in versions.items())]
    return [f"| {' | '.join(cells)} |" for cells in (heads, ["---"] * len(heads), *rows)]


def words(fault: Fault, cell: Cell) -> str:
    """What came of a fault, in a few words."""
    again = cell.deliveries > 1 + fault.twice
    twice = fault.done and fault.operation == "write" and again and not cell.keyed
    parts = [
        f"**stray** {cell.stray}.{cell.outcome}" if cell.stray else cell.outcome,
        f"= {cell.said[:_MOST_SAID]}" if cell.said else "",
        "with a warning" if cell.warned and cell.outcome == "result" else "",
        f"**may be done {cell.deliveries}x**" if twice else f"{cell.deliveries}x" if again else "",
        f"{cell.seconds:.1f} s" if cell.seconds > _SLOW else "",
        f"{cell.megabytes} MiB" if cell.megabytes > _MUCH else "",
        f"**{cell.leaked} went to another origin**" if cell.leaked else "",
        "**tells the credential**" if cell.tells else "",
        "a text of more than 5,000 characters" if cell.long else "",
    ]
    if cell.outcome == "no end":
        parts[0] = "**no end**"
    return ", ".join(filter(None, parts)).replace(", =", " =").replace("|", "\\|").replace("\n", " ")


def _asked(
    names: list[str], faults: list[Fault], folder: Path, known: Mapping[tuple[str, str], Cell]
) -> Iterator[tuple[tuple[str, str], Cell]]:
    """Each cell that is not known, as it is found: several at once, the ones that may take long first."""
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        asked = {
            pool.submit(_cell, name, fault, folder): (fault.name, name)
            for fault in sorted(faults, key=lambda fault: -fault.patience)
            for name in names
            if (fault.name, name) not in known
        }
        for done in as_completed(asked):
            yield asked[done], done.result()


def _kept(file: Path, versions: Mapping[str, str], again: list[str]) -> dict[tuple[str, str], Cell]:
    """What a file has of the same versions, but for those that are asked again."""
    if not file.exists():
        return {}
    found = json.loads(file.read_text("utf-8"))
    return {
        (fault, name): Cell(**cell)
        for fault, row in found["faults"].items()
        for name, cell in row.items()
        if name not in again and found["versions"].get(name) == versions[name]
    }


def _keep(file: Path, versions: Mapping[str, str], cells: Mapping[tuple[str, str], Cell]) -> None:
    rows: dict[str, dict[str, object]] = {}
    for (fault, name), cell in cells.items():
        rows.setdefault(fault, {})[name] = asdict(cell)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps({"versions": versions, "faults": rows}, indent=1) + "\n", "utf-8")


def _cell(name: str, fault: Fault, folder: Path) -> Cell:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(folder), str(ROOT)))}
    command = [sys.executable, "-m", "sweeps.faults.cell", name, fault.name]
    try:
        done = subprocess.run(
            command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False,
            timeout=fault.patience + _START,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return Cell("no end", seconds=fault.patience + _START)
    if done.returncode:
        return Cell(f"crash ({done.returncode})", stray=done.stderr.strip().rpartition("\n")[2][:_MOST_SAID])
    return Cell(**json.loads(done.stdout))


def _version(distribution: str) -> str:
    """The version that is installed, or nothing."""
    try:
        return version(distribution)
    except PackageNotFoundError:
        return ""


if __name__ == "__main__":
    main()
