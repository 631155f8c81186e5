"""A generator and a document put together: what comes out, and what it is worth."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Final

from benchmarks.workshop import BIN

if TYPE_CHECKING:
    from benchmarks.peers.documents import Document
    from benchmarks.peers.tools import Command, Tool

PATIENCE: Final = 120.0
"""Seconds that a generator, an import or a type checker may take."""
_STATUS_OF_TIMEOUT: Final = -1
_MOST_SAID: Final = 200


@dataclass(frozen=True, slots=True)
class Cell:
    """What a generator made of a document. Where a count is None, nobody could or would say."""

    tool: str
    document: str
    seconds: float
    """Of the generator; of the last command, where several were tried."""
    written: bool
    said: str = ""
    """Where nothing was written: why."""
    modules: int | None = None
    broken: int | None = None
    """Modules that can't be imported."""
    first_broken: str = ""
    operations: int | None = None
    mypy: int | None = None
    """Errors of `mypy --strict`."""
    pyright: int | None = None
    """Errors of pyright, strict."""

    @property
    def whole(self) -> bool:
        """Whether all of it can be imported."""
        return self.written and self.broken == 0


@dataclass(frozen=True, slots=True)
class Done:
    """A command that ended, or was ended."""

    status: int
    out: str
    seconds: float

    @property
    def last(self) -> str:
        """The end of what it said, without the calls that led there."""
        if self.status == _STATUS_OF_TIMEOUT:
            return f"more than {PATIENCE:.0f} s"
        lines = [line.strip() for line in self.out.splitlines() if line.strip(" #") and "\tat " not in line]
        return (lines or [f"exit status {self.status}"])[-1][:_MOST_SAID]


def examined(tool: Tool, document: Document, folder: Path) -> Cell:
    """Generate into a fresh folder, import every module, count operations, and ask type checkers."""
    made = _made(tool, document, folder)
    parts = _parts(tool, folder / "out")
    if not parts or made.status == _STATUS_OF_TIMEOUT:
        return Cell(tool.name, document.name, made.seconds, written=False, said=made.last)
    modules, broken, first = _imported(folder / "out", parts)
    return Cell(
        tool.name,
        document.name,
        made.seconds,
        written=True,
        modules=modules,
        broken=broken,
        first_broken=first,
        operations=tool.operations(folder) if tool.operations else None,
        mypy=_mypy(folder / "out", parts, tool),
        pyright=_pyright(folder / "out", parts) if document.sampled else None,
    )


def _made(tool: Tool, document: Document, folder: Path) -> Done:
    """The first command that ends well, or the last."""
    first, *others = tool.commands(document.path)
    done = _generated(tool, first, folder)
    for command in others:
        if done.status != 0 or not _parts(tool, folder / "out"):
            done = _generated(tool, command, folder)
    return done


def _generated(tool: Tool, command: Command, folder: Path) -> Done:
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "out").mkdir(parents=True)
    (folder / "settings.yaml").write_text(tool.settings, "utf-8")
    return _ran(command, folder)


def _parts(tool: Tool, out: Path) -> list[str]:
    """Of what the generator writes to be imported, what is there and has code."""
    return [
        part
        for part in tool.parts
        if (out / part).is_file() or ((out / part).is_dir() and any((out / part).rglob("*.py")))
    ]


def _imported(out: Path, parts: list[str]) -> tuple[int | None, int | None, str]:
    done = _ran(
        (
            sys.executable,
            Path(__file__).with_name("probe.py"),
            out,
            *(part.removesuffix(".py") for part in parts),
        ),
        out,
    )
    try:
        found = json.loads(done.out.splitlines()[-1])
    except (IndexError, ValueError):
        return None, None, done.last
    failed: dict[str, str] = found["failed"]
    first = next(iter(failed.items()), ("", ""))
    return found["modules"], len(failed), ": ".join(first) if failed else ""


def _mypy(out: Path, parts: list[str], tool: Tool) -> int | None:
    cache = out.parents[1] / f"mypy-{tool.package}"
    done = _ran(
        (BIN / "mypy", "--config-file=", "--strict", "--no-color-output", "--cache-dir", cache, *parts), out
    )
    if done.out.startswith("Success") or "\nSuccess: no issues" in done.out:
        return 0
    found = re.search(r"^Found (\d+) errors? in ", done.out, re.MULTILINE)
    return int(found[1]) if found else None


def _pyright(out: Path, parts: list[str]) -> int | None:
    settings = {"typeCheckingMode": "strict", "include": parts, "reportMissingTypeStubs": False}
    (out / "pyrightconfig.json").write_text(json.dumps(settings), "utf-8")
    done = _ran((BIN / "pyright", "--pythonpath", sys.executable, "--project", out, "--outputjson"), out)
    start = done.out.find("{")
    try:
        return int(json.loads(done.out[start:])["summary"]["errorCount"])
    except (KeyError, ValueError):
        return None


def _ran(command: Command, folder: Path) -> Done:
    """Run a command, and end it and all that it started when it takes too long."""
    path = os.pathsep.join((str(BIN), os.environ.get("PATH", os.defpath)))
    start = perf_counter()
    with subprocess.Popen(
        command,
        cwd=folder,
        env={**os.environ, "PATH": path, "PYTHONDONTWRITEBYTECODE": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        start_new_session=True,
    ) as process:
        try:
            out, _ = process.communicate(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            return Done(_STATUS_OF_TIMEOUT, "", perf_counter() - start)
    return Done(process.returncode, out, perf_counter() - start)
