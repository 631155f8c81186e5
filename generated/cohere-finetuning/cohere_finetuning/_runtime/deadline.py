"""How long a call may still take."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from time import monotonic
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from .types import Timeout

__all__ = ["Deadline"]

# httpx2's names of its four timeouts, and the field of ours that each is.
_PHASES: Final = {"connect": "connect", "read": "read", "write": "read", "pool": "read"}
_SHORTEST: Final = 0.001


class Deadline(Mapping[str, "float | None"]):
    """The timeouts of a call as httpx2 asks for them at the start of each phase: never longer than what is left."""

    __slots__ = ("_end", "timeout")

    def __init__(self, timeout: Timeout) -> None:
        self.timeout = timeout
        self._end = None if timeout.total is None else monotonic() + timeout.total

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
        return left if limit is None else min(limit, left)

    def __iter__(self) -> Iterator[str]:
        return iter(_PHASES)

    def __len__(self) -> int:
        return len(_PHASES)
