"""The sweep's command."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from typing import TYPE_CHECKING, Final, NamedTuple

import specwright
from specwright.problems import Refused
from sweeps.corpus import ROOT, corpus, sources

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_EXECUTED: Final = "PWNED"
"""What the text of hostile documents leaves in the temporary folder where it runs."""


class Document(NamedTuple):
    """A document that is tried."""

    name: str
    path: Path
    root: Path


class Row(NamedTuple):
    """What became of a document."""

    name: str
    outcome: str
    """`generated`, `refused`, or what is wrong."""
    seconds: float
    operations: int
    modules: int
    found: dict[str, int]
    """How many Problems there are of each code."""
    reason: str
    """The first error, with its place."""

    @property
    def is_fine(self) -> bool:
        """Whether it is as it has to be."""
        return self.outcome in {"generated", "refused"}


def main() -> int:
    """Run it: 1 where something is wrong."""
    parser = argparse.ArgumentParser(prog="python -m sweeps.flavour")
    parser.add_argument("--hostile", action="store_true", help="the hostile documents, not the real ones")
    parser.add_argument("--only", action="append", default=[], help="the document of that name")
    asked = parser.parse_args()
    listed = _hostile() if asked.hostile else _real()
    rows: list[Row] = []
    for document in listed:
        if asked.only and document.name not in asked.only:
            continue
        row = _row(document)
        rows.append(row)
        print(
            f"{row.name}: {row.outcome}, {row.seconds:.1f} s, {row.operations} operations, {row.modules} modules, "
            f"{row.found} {row.reason}",
            flush=True,
        )
    print(dict(Counter(row.outcome if row.is_fine else "WRONG" for row in rows)))
    return not all(row.is_fine for row in rows)


def _real() -> Iterator[Document]:
    yield from (Document(each.name, each.path, each.root) for each in reversed(sources(corpus())))


def _hostile() -> Iterator[Document]:
    folder = ROOT.parent / "shared" / "hostile"
    yield from (
        Document(path.stem, path, path.parent)
        for path in sorted(folder.iterdir())
        if path.suffix in {".json", ".yaml", ".yml"}
    )


def _row(document: Document) -> Row:
    started = monotonic()
    with TemporaryDirectory(prefix="flavour-") as folder:
        output = Path(folder)
        config = specwright.Config(
            spec=document.path, root=document.root, output=output, client="openapi-python-client"
        )
        try:
            made = specwright.generate(config=config)
        except Refused as refused:
            seconds = monotonic() - started
            errors = [found for found in refused.problems if found.severity == "error"]
            told = f"{errors[0].place or ''}: {errors[0].message}" if errors else ""
            outcome = "refused" if errors and errors[0].place else "refused without a place"
            return Row(
                document.name, outcome, seconds, 0, 0, dict(Counter(found.code for found in errors)), told
            )
        seconds = monotonic() - started
        wrong, modules = _imported(output, made.package)
        codes = (found.code for found in made.problems if found.code.startswith("client-"))
        return Row(
            document.name,
            wrong or _ran() or "generated",
            seconds,
            made.operations,
            modules,
            dict(Counter(codes)),
            "",
        )


def _imported(folder: Path, package: str) -> tuple[str, int]:
    """What is wrong with a package once it is imported, and how many modules it has."""
    command = [sys.executable, "-W", "error", "-m", "sweeps.flavour.imports", str(folder), package]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        return f"not imported: {done.stderr.strip().splitlines()[-1:]}", 0
    return "", json.loads(done.stdout)["modules"]


def _ran() -> str:
    found: Iterable[Path] = Path("/tmp").glob(f"{_EXECUTED}*")  # noqa: S108 -- where the documents put it
    return "text of the document ran" if any(found) else ""


if __name__ == "__main__":
    raise SystemExit(main())
