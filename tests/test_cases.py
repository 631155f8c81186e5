"""Each case gives exactly the files beside it; and what it gives can be imported and is clean under the checkers."""

from __future__ import annotations

import difflib
import json
import re
import subprocess
import sys
from itertools import chain
from typing import TYPE_CHECKING

import pytest

from cases import golden
from specwright.emit.render import runtime

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.mark.parametrize("case", golden.NAMES)
def test_gives_what_is_expected(case: str, *, update: bool) -> None:
    if update:
        golden.update(case)
    expected, produced = golden.expected(case), golden.produced(case)
    differing = (
        path for path in sorted(expected.keys() | produced.keys()) if expected.get(path) != produced.get(path)
    )
    said = "\n".join(chain.from_iterable(_difference(path, expected, produced) for path in differing))
    assert not said, f"{case} gives other files than expected (`pytest --update` expects these):\n{said}"


def _difference(path: str, expected: dict[str, str], produced: dict[str, str]) -> Iterator[str]:
    if path not in produced:
        yield f"{path}: expected, and no longer comes out"
        return
    if path not in expected:
        yield f"{path}: comes out, and is not expected"
    before, after = (side.get(path, "").splitlines() for side in (expected, produced))
    yield from difflib.unified_diff(before, after, f"expected/{path}", f"produced/{path}", lineterm="")


def test_each_case_is_a_document_its_files_and_a_test() -> None:
    # A folder that lost its document would not be noticed otherwise.
    folders = {path.parent for path in golden.FOLDER.glob("*/*") if path.name != "__pycache__"}
    for folder in folders - {golden.FOLDER / "__pycache__"}:
        for name in ("spec.yaml", "expected", f"test_{folder.name}.py"):
            assert (folder / name).exists(), f"{folder.name} has no {name}"


# --- all packages at once ---------------------------------------------------------------------------------------


def _run(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, *arguments], cwd=cwd, capture_output=True, text=True, check=False)


def test_every_module_can_be_imported_and_every_answer_decoded(tmp_path: Path) -> None:
    """Without a warning; every public name is there, every answer has a decoder, every input its annotations."""
    golden.assemble(golden.NAMES, tmp_path)
    script = golden.FOLDER / "every_import.py"
    done = _run("-W", "error", str(script), *golden.NAMES, cwd=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def together(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The packages in one folder, over one copy of the runtime, which is the same in all of them."""
    folder = tmp_path_factory.mktemp("together")
    golden.copy({f"the_runtime/{path}": text for path, text in runtime().items()}, folder)
    for case in golden.NAMES:
        files = {
            path: re.sub(r"(?m)^(\s*from )\.+_runtime\b", r"\1the_runtime", text)
            for path, text in golden.expected(case).items()
            if path.startswith(f"{case}/")
        }
        golden.copy(files, folder)
    return folder


def test_mypy_finds_nothing(together: Path) -> None:
    done = _run("-m", "mypy", "--strict", "--config-file=", "--cache-dir=.cache", ".", cwd=together)
    assert done.returncode == 0, done.stdout + done.stderr


def test_pyright_finds_nothing(together: Path) -> None:
    settings = {"typeCheckingMode": "strict", "pythonVersion": "3.11", "include": ["."]}
    (together / "pyrightconfig.json").write_text(json.dumps(settings))
    done = _run("-m", "pyright", "--warnings", f"--pythonpath={sys.executable}", cwd=together)
    assert done.returncode == 0, done.stdout + done.stderr


def test_ruff_finds_nothing(tmp_path: Path) -> None:
    """By its default rules, as it looks at a repository that has a generated package in it."""
    golden.assemble(golden.NAMES, tmp_path)
    for arguments in (("check",), ("format", "--check")):
        options = ("--isolated", "--no-cache", "--line-length=100", "--exclude=_runtime")
        done = _run("-m", "ruff", *arguments, *options, *golden.NAMES, cwd=tmp_path)
        assert done.returncode == 0, done.stdout + done.stderr
