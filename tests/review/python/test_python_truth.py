"""Whether a caller written for the old package works with the new one, as mypy and Python themselves see it."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import NamedTuple

import pytest

import specwright
from review.python.edits import CALLER, EDITS, PETS
from specwright.config import Config


class Verdicts(NamedTuple):
    types: set[str]
    run: set[str]
    printed: str


@pytest.fixture(scope="module")
def verdicts(tmp_path_factory: pytest.TempPathFactory) -> Verdicts:
    """The edits after which the caller's types are wrong, and those after which it can't be run."""
    folder = tmp_path_factory.mktemp("callers")
    callers = {name: f"caller{number}" for number, name in enumerate(EDITS)}
    for number, (name, edit) in enumerate(EDITS.items()):
        spec, package = folder / f"spec{number}.yaml", f"pets{number}"
        # Twice into one folder: the names of the first stay.
        for text in (PETS, edit.document):
            spec.write_text(text, "utf-8")
            specwright.generate(config=Config(spec=spec, package=package, output=folder / f"made{number}"))
        (folder / package).symlink_to(folder / f"made{number}" / package)
        (folder / f"{callers[name]}.py").write_text(CALLER.replace("PACKAGE", package), "utf-8")
    files = [f"{caller}.py" for caller in callers.values()]
    checked = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--follow-imports=silent", *files],
        cwd=folder, capture_output=True, text=True, check=False, env={**os.environ, "MYPY_CACHE_DIR": str(folder / "cache")},
    )  # fmt: skip
    wrong = {line.partition(".py:")[0] for line in checked.stdout.splitlines() if ": error:" in line}
    code = (
        "import importlib\n"
        f"for name in {list(callers.values())}:\n"
        "    try: importlib.import_module(name).run()\n"
        "    except Exception as error: print('FAILED', name, repr(error)[:200])\n"
    )
    ran = subprocess.run(
        [sys.executable, "-W", "error::Warning:pets", "-c", code], cwd=folder, capture_output=True, text=True, check=False
    )  # fmt: skip
    failed = {line.split()[1] for line in ran.stdout.splitlines() if line.startswith("FAILED")}
    return Verdicts(
        {name for name, caller in callers.items() if caller in wrong},
        {name for name, caller in callers.items() if caller in failed},
        f"{checked.stdout}\n{ran.stdout}\n{ran.stderr}",
    )


def test_type_checkers_agree(verdicts: Verdicts) -> None:
    assert verdicts.types == {name for name, edit in EDITS.items() if "types" in edit.fails}, verdicts.printed


def test_python_agrees(verdicts: Verdicts) -> None:
    assert verdicts.run == {name for name, edit in EDITS.items() if "run" in edit.fails}, verdicts.printed
