from __future__ import annotations

import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # the sweeps are a folder beside the tests

if TYPE_CHECKING:
    from collections.abc import Iterator
    from concurrent.futures import Executor


@pytest.fixture(scope="session")
def apart() -> Iterator[Executor]:
    """A process without threads, in which one may fork."""
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        yield pool
        for process in pool._processes.values():
            process.kill()  # leaving would wait for what hangs in it
