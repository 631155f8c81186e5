from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

on_linux_only = pytest.mark.skipif(
    sys.platform != "linux", reason="shares are worked on side by side on Linux only"
)


def shared(how: str) -> Any:
    program = Path(__file__).with_name("sharing.py")
    done = subprocess.run(
        [sys.executable, program, how], capture_output=True, text=True, check=True, timeout=60
    )
    return json.loads(done.stdout)


@on_linux_only
def test_each_item_is_worked_on_once_by_one_of_two_processes() -> None:
    made = shared("many")
    assert sorted(here for here, _ in made) == [False, True]
    assert sorted(item for _, items in made for item in items) == list(range(1000))


def test_few_items_are_worked_on_here() -> None:
    assert shared("few") == [[True, list(range(10))]]


@on_linux_only
def test_what_goes_wrong_in_a_copy_goes_wrong_here() -> None:
    assert shared("wrong") == "no such name"


@on_linux_only
@pytest.mark.parametrize("how", ["killed", "killed while it tells", "silent", "no more processes"])
def test_the_share_of_which_a_copy_makes_nothing_is_done_here(how: str) -> None:
    made = shared(how)
    assert [here for here, _ in made] == [True, True]
    assert sorted(item for _, items in made for item in items) == list(range(1000))


_OF_THREADING = "import threading, time\nthreading.Thread(target=time.sleep, args=(60,), daemon=True).start()"
_OF_A_LIBRARY = "import _thread, time\n_thread.start_new_thread(time.sleep, (60,))"
"""`threading` does not know of it."""


@pytest.mark.parametrize(
    ("before", "may"), [("", sys.platform == "linux"), (_OF_THREADING, False), (_OF_A_LIBRARY, False)]
)
def test_a_program_with_threads_is_not_copied(before: str, *, may: bool) -> None:
    script = f"{before}\nfrom specwright.emit import cores\nprint(cores.may_fork())\n"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == f"{may}\n"
