"""How long a call may still take."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import ceil
from time import monotonic
from typing import TYPE_CHECKING, Final, cast

if TYPE_CHECKING:
    from .types import Timeout

__all__ = ["Deadline"]

# httpx2's names of its four timeouts, and the field of ours that each is.
_PHASES: Final = {"connect": "connect", "read": "read", "write": "read", "pool": "read"}
_SHORTEST: Final = 0.001
_FOREVER: Final = 2**31
_PRECISE: Final = 0.5
"""Seconds up to which a socket waits to the fraction, and is not asked again how much is left."""


class Deadline(Mapping[str, "float | None"]):
    """The timeouts of a call as httpx2 asks for them at the start of each phase: never longer than what is left.

    `blocks` says that sockets wait, where nothing else ends a call in the middle of a phase.
    """

    __slots__ = ("_blocks", "_end", "timeout")

    def __init__(self, timeout: Timeout, *, blocks: bool = False) -> None:
        self.timeout = timeout
        self._end = None if timeout.total is None else monotonic() + timeout.total
        self._blocks = blocks

    @property
    def passed(self) -> bool:
        """Whether there is no time left."""
        return self._end is not None and monotonic() >= self._end

    def lift(self) -> None:
        """Lift the limit of the whole call: what is handed on while it comes takes as long as it takes."""
        self._end = None

    @property
    def left(self) -> float | None:
        """The seconds that are left, 0 or more; None where there is no limit."""
        return None if self._end is None else max(0.0, self._end - monotonic())

    def __getitem__(self, phase: str) -> float | None:
        limit: float | None = getattr(self.timeout, _PHASES[phase])
        if self._end is None:
            return limit
        left = max(self._end - monotonic(), _SHORTEST)
        least = left if limit is None else min(limit, left)
        if self._blocks and phase == "read" and least > _PRECISE:
            return cast("float", _Left(self, limit))
        return least

    def __iter__(self) -> Iterator[str]:
        return iter(_PHASES)

    def __len__(self) -> int:
        return len(_PHASES)


class _Left:
    """What is left, in whole seconds: a socket asks for it before each read, also where httpx2 asks once for all of them.

    So a server that sends the head of its answer byte by byte does not hold a call for longer than it may take.
    """

    __slots__ = ("_deadline", "_limit")

    def __init__(self, deadline: Deadline, limit: float | None) -> None:
        self._deadline = deadline
        self._limit = limit

    def __index__(self) -> int:
        left = self._deadline.left
        if left == 0:
            raise TimeoutError
        known = [seconds for seconds in (left, self._limit) if seconds is not None]
        return ceil(min(known)) if known else _FOREVER
