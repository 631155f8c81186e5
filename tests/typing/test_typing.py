"""What type checkers say of code that uses a package, the first one most of all: nothing where it is right, and each mistake where it is not."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from cases import golden

if TYPE_CHECKING:
    from collections.abc import Iterable

HERE: Final = Path(__file__).parent
PACKAGE: Final = HERE.parents[1] / "generated" / "cohere-finetuning"
FILES: Final = ("right.py", "streams.py", "wrong.py")
CASES: Final = ("answers_that_are_streams",)
"""Further packages that they use: those of golden cases."""


def _run(*arguments: str, cwd: Path) -> str:
    done = subprocess.run([sys.executable, *arguments], cwd=cwd, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


def _mypy(folder: Path) -> dict[tuple[str, int], list[str]]:
    said = _run("-m", "mypy", "--strict", "--config-file=", "--cache-dir=.cache", *FILES, cwd=folder)
    return _by_line(re.findall(r"^([\w./]+):(\d+): error: (.*)$", said, re.MULTILINE))


def _pyright(folder: Path) -> dict[tuple[str, int], list[str]]:
    settings = {"typeCheckingMode": "strict", "pythonVersion": "3.11", "include": list(FILES)}
    (folder / "pyrightconfig.json").write_text(json.dumps(settings))
    said = json.loads(_run("-m", "pyright", f"--pythonpath={sys.executable}", "--outputjson", cwd=folder))
    return _by_line(
        (Path(found["file"]).name, found["range"]["start"]["line"] + 1, found["message"])
        for found in said["generalDiagnostics"]
    )


def _by_line(found: Iterable[tuple[str, int | str, str]]) -> dict[tuple[str, int], list[str]]:
    lines: dict[tuple[str, int], list[str]] = {}
    for file, line, message in found:
        lines.setdefault((file, int(line)), []).append(message)
    return lines


CHECKERS: Final = {"mypy": _mypy, "pyright": _pyright}


@pytest.mark.parametrize("checker", CHECKERS)
def test_each_mistake_is_found_and_nothing_else(checker: str, tmp_path: Path) -> None:
    (tmp_path / "cohere_finetuning").symlink_to(PACKAGE / "cohere_finetuning")
    golden.assemble(CASES, tmp_path)
    marked: set[tuple[str, int]] = set()
    for name in FILES:
        text = (HERE / name).read_text("utf-8")
        (tmp_path / name).write_text(text, "utf-8")
        marks = ("# wrong: ", f"# wrong to {checker}: ")
        lines = enumerate(text.split("\n"), 1)
        marked |= {(name, at) for at, line in lines if any(mark in line for mark in marks)}
    assert marked
    found = CHECKERS[checker](tmp_path)
    assert {place: found[place] for place in found.keys() - marked} == {}, "found where nothing is wrong"
    assert sorted(marked - found.keys()) == [], "not found"
