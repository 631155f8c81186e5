"""How long a call may still take."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from time import monotonic
from typing import TYPE_CHECKING, Final, Self

import httpx2

if TYPE_CHECKING:
    from .types import Timeout

__all__ = ["Deadline", "Limit"]

# httpx2's names of its four timeouts, and the field of ours that each is.
_PHASES: Final = {"connect": "connect", "read": "read", "write": "read", "pool": "read"}
_SHORTEST: Final = 0.001


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
        return Limit(self, phase, least) if self._blocks else least

    def __iter__(self) -> Iterator[str]:
        return iter(_PHASES)

    def __len__(self) -> int:
        return len(_PHASES)


class Limit(float):
    """The seconds that one phase of a call may wait each time, which knows the deadline that it is of."""

    __slots__ = ("_deadline", "_phase")

    _deadline: Deadline
    _phase: str

    def __new__(cls, deadline: Deadline, phase: str, seconds: float) -> Self:
        """The seconds, with what they are of."""
        limit = super().__new__(cls, seconds)
        limit._deadline, limit._phase = deadline, phase
        return limit

    def now(self) -> float | None:
        """The seconds as they are now. `httpx2.TimeoutException` if none are left."""
        if self._deadline.passed:
            late = httpx2.ReadTimeout if self._phase == "read" else httpx2.WriteTimeout
            raise late("the time of the whole call is over")
        return self._deadline[self._phase]
