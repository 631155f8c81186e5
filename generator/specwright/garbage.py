"""Python's cyclic garbage collector, kept out of where it would only walk again and again what is about to be kept."""

from __future__ import annotations

import contextlib
import gc
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Generator


@contextlib.contextmanager
def uncollected() -> Generator[None]:
    """While it lasts, no cycles are looked for; most of the time of a growing tree goes into that."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
