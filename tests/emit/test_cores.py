from __future__ import annotations

import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from specwright.emit import cores
from specwright.emit.cores import shared

if TYPE_CHECKING:
    from collections.abc import Sequence

ITEMS = tuple(range(1000))


@pytest.fixture(autouse=True)
def forked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two cores, and no threads: those are of whatever runs the tests."""
    monkeypatch.setattr(cores, "number", lambda: 2)
    monkeypatch.setattr(cores, "may_fork", lambda: sys.platform == "linux")


def _process_and_items(share: Sequence[int]) -> tuple[int, list[int]]:
    return os.getpid(), list(share)


@pytest.mark.skipif(sys.platform != "linux", reason="shares are worked on side by side on Linux only")
def test_each_item_is_worked_on_once_by_one_of_two_processes() -> None:
    made = shared(_process_and_items, ITEMS)
    assert len({process for process, _ in made}) == 2
    assert sorted(item for _, items in made for item in items) == list(ITEMS)


def test_few_items_are_worked_on_here() -> None:
    assert shared(_process_and_items, ITEMS[:10]) == [(os.getpid(), list(ITEMS[:10]))]


def test_what_goes_wrong_in_a_copy_goes_wrong_here() -> None:
    here = os.getpid()

    def work(share: Sequence[int]) -> int:
        if os.getpid() != here:
            raise LookupError("no such name")
        return len(share)

    if sys.platform == "linux":
        with pytest.raises(LookupError, match="no such name"):
            shared(work, ITEMS)


def test_the_share_of_a_copy_that_was_killed_is_done_here() -> None:
    here = os.getpid()

    def work(share: Sequence[int]) -> int:
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return len(share)

    assert sum(shared(work, ITEMS)) == len(ITEMS)


_WITH_A_THREAD = """
import threading
done = threading.Event()
threading.Thread(target=done.wait).start()
"""


@pytest.mark.parametrize(("before", "may"), [("", sys.platform == "linux"), (_WITH_A_THREAD, False)])
def test_a_program_with_threads_is_not_copied(before: str, *, may: bool) -> None:
    script = f"{before}\nfrom specwright.emit import cores\nprint(cores.may_fork())\n"
    script += "done.set()\n" if before else ""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == f"{may}\n"
