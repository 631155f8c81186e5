"""What is asked of every document's package, a function for each: each runs a tool in a process of its own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any, Final

from sweeps.corpus import ROOT
from sweeps.documents import Tree, bundled
from sweeps.operations import Operations, component_schemas

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sweeps.corpus import Source

BIN: Final = Path(sys.executable).parent
LONGEST: Final = 1800
"""Seconds that a tool may take."""
_SHOWN: Final = 10
_RULES: Final = ("--select", "E4,E7,E9,F,B,W6", "--ignore", "E741")
"""Ruff's rules about mistakes; a name of one letter is one of the document."""


def _ran(
    arguments: Sequence[str | Path], folder: Path = ROOT, **environment: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(argument) for argument in arguments],
        cwd=folder, capture_output=True, text=True, timeout=LONGEST, check=False, env={**os.environ, **environment},
    )  # fmt: skip


def generated(source: Source) -> dict[str, Any]:
    """Generate the package anew: how long it took, and what was said of the document."""
    out = source.folder / "out"
    shutil.rmtree(out, ignore_errors=True)
    source.folder.mkdir(parents=True, exist_ok=True)
    command = (sys.executable, "-m", "specwright", "generate", source.path, "-o", out, "--package", source.package,
               "--root", source.root, "--json")  # fmt: skip
    start = perf_counter()
    done = _ran(command)
    seconds = perf_counter() - start
    if done.returncode:
        return {"seconds": seconds, "fault": _end(done.stdout + done.stderr)}
    said = json.loads(done.stdout)
    severities = Counter(problem["severity"] for problem in said["problems"])
    return {
        "seconds": seconds,
        "package": said["package"],
        "operations": said["operations"],
        "problems": {severity: severities[severity] for severity in ("error", "warning", "note")},
        "places": sorted({problem.get("pointer", "") for problem in said["problems"]}),
    }


def counted(source: Source) -> dict[str, Any]:
    """How many operations and schemas the document has, by its own text."""
    tree = Tree(bundled(source))
    return {
        "version": str(tree.root.get("openapi") or tree.root.get("swagger")),
        "operations": len(Operations(tree).all()),
        "schemas": component_schemas(tree),
    }


def imported(source: Source, schemas: Sequence[str], places: Sequence[str]) -> dict[str, Any]:
    """Import every module in a fresh process with warnings as errors, and count methods and models."""
    asked = json.dumps({"schemas": list(schemas), "places": list(places)})
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "sweeps.imports", source.folder / "out", source.package],
        cwd=ROOT, capture_output=True, text=True, timeout=LONGEST, check=False, input=asked,
    )  # fmt: skip
    if done.returncode:
        return {"fault": _end(done.stderr)}
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def linted(source: Source) -> dict[str, Any]:
    """Ruff's findings with its own rules, which are the ones about mistakes; and whether the formatter agrees."""
    out = source.folder / "out"
    check = _ran(
        (
            BIN / "ruff",
            "check",
            "--isolated",
            "--no-cache",
            *_RULES,
            "--output-format",
            "concise",
            out,
        )
    )
    form = _ran((BIN / "ruff", "format", "--isolated", "--no-cache", "--check", "--line-length", "100", out))
    faults = [
        line
        for line in (check.stdout + form.stdout).splitlines()
        if line.startswith((str(out), "Would", "build"))
    ]
    return {"faults": len(faults), "shown": faults[:_SHOWN]}


def typed_by_mypy(source: Source) -> dict[str, Any]:
    """The errors of `mypy --strict` inside the package."""
    cache = source.folder.parent / ".mypy"
    command = (
        BIN / "mypy",
        "--config-file=",
        "--strict",
        "--cache-dir",
        cache,
        "--no-error-summary",
        source.package,
    )
    done = _ran(command, source.folder / "out")
    lines = [line for line in done.stdout.splitlines() if ": error:" in line]
    if done.returncode and not lines:
        lines = [_end(done.stdout + done.stderr)]
    return {"faults": len(lines), "shown": lines[:_SHOWN]}


def typed_by_pyright(source: Source) -> dict[str, Any]:
    """The errors of pyright's strict mode inside the package."""
    settings = {"typeCheckingMode": "strict", "include": [f"out/{source.package}"]}
    (source.folder / "pyrightconfig.json").write_text(json.dumps(settings))
    done = _ran((BIN / "pyright", "--pythonpath", sys.executable, "--outputjson", "-p", source.folder))
    try:
        said = json.loads(done.stdout)
    except ValueError:
        return {"faults": 1, "shown": [_end(done.stdout + done.stderr)]}
    if not said["summary"]["filesAnalyzed"]:
        return {"faults": 1, "shown": ["pyright found no files"]}
    faults = [
        _diagnostic(each, source) for each in said["generalDiagnostics"] if each["severity"] != "information"
    ]
    return {"faults": len(faults), "shown": faults[:_SHOWN]}


def _diagnostic(each: dict[str, Any], source: Source) -> str:
    file = Path(each["file"])
    shown = file.relative_to(source.folder / "out") if file.is_relative_to(source.folder / "out") else file
    return f"{shown}:{each['range']['start']['line'] + 1}: {each['message'].splitlines()[0]} [{each.get('rule')}]"


def called(source: Source) -> dict[str, Any]:
    """Every operation called against a server."""
    done = _ran((sys.executable, "-m", "sweeps.wire", source.name, source.package, source.folder.parent))
    if done.returncode:
        return {"fault": _end(done.stderr)}
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _end(text: str) -> str:
    return "\n".join(text.strip().splitlines()[-6:])
