from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest


def killed_everywhere(tmp_path: Path, way: str) -> dict[str, Any]:
    program = Path(__file__).with_name("killed.py")
    done = subprocess.run(
        [sys.executable, program, tmp_path, way], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_a_kill_at_any_point_leaves_the_old_output_or_the_new(tmp_path: Path) -> None:
    found = killed_everywhere(tmp_path, "exchange")
    assert found["points"] > 50
    assert set(found["seen"]) == {"old", "new"}
    assert found["unkilled"] == "new"


def test_without_an_exchange_the_next_run_completes_what_was_begun(tmp_path: Path) -> None:
    found = killed_everywhere(tmp_path, "rename")
    assert found["points"] > 50
    assert set(found["seen"]) == {"old", "absent", "new"}
    assert found["seen"]["absent"] <= 2
    assert found["unkilled"] == "new"


@pytest.mark.parametrize("way", ["exchange", "rename"])
def test_runs_at_the_same_time_leave_one_of_their_outputs(tmp_path: Path, way: str) -> None:
    program = Path(__file__).with_name("raced.py")
    runs = [
        subprocess.Popen([sys.executable, program, tmp_path / "out", way, str(number)]) for number in range(4)
    ]
    assert {run.wait() for run in runs} == {0}
    assert len({path.read_text() for path in (tmp_path / "out" / "pets").iterdir()}) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
