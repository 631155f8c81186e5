"""What a change of a large document means, as a command in a fresh process: beside another tool that says it of the wire."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from benchmarks.subjects import OURS, Budget, Case, Missing, Subject, offered, ran
from benchmarks.workshop import BIN

if TYPE_CHECKING:
    from benchmarks.workshop import Workshop

PEER: Final = "@redocly/cli"
VERSION: Final = "2.77.0"
ROOT: Final = Path(__file__).resolve().parents[2]
PAIRS: Final = ("plaid-year", "cohere-finetuned-required")
NOTES: Final = (
    (
        f"Wall time of a command, of two YAML documents and their differences as JSON. {PEER} {VERSION} (npm, with the Node.js "
        "that is here) tells of the wire alone; specwright of the wire and of the Python that calls the package, and beside it, "
        "with `--only wire`, of the wire alone. Memory is the most that one run takes."
    ),
    "The documents are those of SPECWRIGHT_CORPUS, in `pairs`.",
)

_MOST: Final = (
    "import resource, subprocess, sys; done = subprocess.run(sys.argv[1:], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL); "
    "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, len(done.stdout))"
)
"""Runs a command, and prints the most memory that it took, in KiB."""


def folder() -> Path:
    """The folder of pairs of documents."""
    return Path(os.environ.get("SPECWRIGHT_CORPUS") or ROOT.parent / "shared" / "corpus") / "pairs"


def cases(workshop: Workshop) -> tuple[Case, ...]:
    """A year of a large document, and one commit of it."""
    return tuple(_case(workshop, name) for name in PAIRS)


def _case(workshop: Workshop, name: str) -> Case:
    pair = folder() / name
    budgets = (Budget(1.5), Budget(0.5, PEER)) if name == PAIRS[0] else (Budget(0.5, PEER),)
    if not pair.is_dir():
        missing = Missing(OURS, f"there is no {pair} (SPECWRIGHT_CORPUS)")
        return Case(name, (missing,), 7)
    documents = [str(next(pair.glob(f"{side}.*"))) for side in ("old", "new")]
    ours = (str(BIN / "specwright"), "diff", *documents, "--format", "json")
    subjects = (
        _subject(workshop, OURS, ours),
        _subject(workshop, f"{OURS} --only wire", (*ours, "--only", "wire")),
        _peer(workshop, documents),
    )
    return Case(name, subjects, 7, budgets=budgets)


def _subject(workshop: Workshop, name: str, command: tuple[str, ...]) -> Subject:
    most = _memory(workshop, command)
    sample = partial(_seconds, workshop, command)
    return Subject(name, sample, finds=f"{most // 1024} MiB")


def _peer(workshop: Workshop, documents: list[str]) -> Subject | Missing:
    def make() -> Subject:
        command = (
            str(_installed(workshop.subfolder("redocly"))),
            "diff",
            *documents,
            "--format",
            "json",
            "--fail-on",
            "none",
        )
        return _subject(workshop, PEER, command)

    return offered(PEER, make)


@cache
def _installed(place: Path) -> Path:
    """The peer's command, installed with npm into a folder of the run."""
    npm = shutil.which("npm")
    if npm is None:
        raise FileNotFoundError("there is no npm")
    arguments = [npm, "install", "--silent", "--no-audit", "--no-fund", f"{PEER}@{VERSION}"]
    subprocess.run(
        arguments,
        cwd=place,
        check=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    return place / "node_modules" / ".bin" / "redocly"


def _environment(workshop: Workshop) -> dict[str, str]:
    return {**workshop.environment, "REDOCLY_TELEMETRY": "off", "REDOCLY_SUPPRESS_UPDATE_NOTICE": "true"}


def _seconds(workshop: Workshop, command: tuple[str, ...], repetitions: int) -> float:
    place = workshop.subfolder("diff")
    return sum(ran(command, folder=place, environment=_environment(workshop)) for _ in range(repetitions))


def _memory(workshop: Workshop, command: tuple[str, ...]) -> int:
    """The most memory that a run of a command takes, in KiB."""
    done = subprocess.run(
        [sys.executable, "-c", _MOST, *command],
        cwd=workshop.subfolder("diff"),
        env=_environment(workshop),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return int(done.stdout.split()[0])
