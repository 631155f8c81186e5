from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from commands import begun


def ran(name: str, *arguments: object) -> dict[str, Any]:
    """What a program beside this file prints."""
    program = Path(__file__).with_name(name)
    done = subprocess.run(
        [sys.executable, program, *map(str, arguments)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_a_kill_at_any_point_leaves_the_old_output_or_the_new(tmp_path: Path) -> None:
    found = ran("killed.py", tmp_path, "exchange")
    assert found["points"] > 50
    assert set(found["seen"]) == {"old", "new"}
    assert found["unkilled"] == "new"


def test_without_an_exchange_the_next_run_completes_what_was_begun(tmp_path: Path) -> None:
    found = ran("killed.py", tmp_path, "rename")
    assert found["points"] > 50
    assert set(found["seen"]) == {"old", "absent", "new"}
    assert found["seen"]["absent"] <= 2
    assert found["unkilled"] == "new"


EVERY = 1 if os.environ.get("SPECWRIGHT_ALL") else 12
"""All points take minutes."""


@pytest.mark.parametrize("way", ["exchange", "rename"])
def test_the_run_that_tidies_up_can_be_killed_too(tmp_path: Path, way: str) -> None:
    found = ran("killed.py", tmp_path, way, EVERY)
    assert found["left"] > 10
    assert {"old", "new"} <= set(found["seen"]) <= {"old", "new", *(("absent",) if way == "rename" else ())}


@pytest.mark.parametrize("lasting", ["once", "on"])
@pytest.mark.parametrize("way", ["exchange", "rename"])
def test_a_disk_that_is_full_at_any_point_is_a_problem_and_loses_nothing(
    tmp_path: Path, way: str, lasting: str
) -> None:
    found = ran("failing.py", tmp_path, way, lasting)
    assert found["points"] > 20
    assert set(found["codes"]) <= {"output-unwritable", "written"}
    # Where one rename is undone by another, and the disk refuses both, the next run completes what was begun.
    assert found["seen"].get("absent", 0) <= (way == "rename" and lasting == "on")
    assert set(found["seen"]) <= {"old", "new", "absent"}
    assert found["seen"]["old"] == found["codes"]["output-unwritable"] - found["seen"].get("absent", 0)
    assert found["unfailed"] == "new"


@pytest.mark.parametrize("way", ["exchange", "rename"])
def test_runs_at_the_same_time_leave_one_of_their_outputs(tmp_path: Path, way: str) -> None:
    program = Path(__file__).with_name("raced.py")
    with ExitStack() as stack:
        commands = [[sys.executable, program, tmp_path / "out", way, str(number)] for number in range(4)]
        runs = [stack.enter_context(begun(command)) for command in commands]
        assert {run.wait() for run in runs} == {0}
    assert len({path.read_text() for path in (tmp_path / "out" / "pets").iterdir()}) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
