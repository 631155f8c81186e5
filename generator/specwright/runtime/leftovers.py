"""What comes behind an answer, which belongs to no request: the next one on the connection must not get it.

The HTTP client keeps such bytes and reads them as the next answer. It has no public way to ask for them, so its insides are
looked at; where they are not as expected, nothing is done.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import httpx2

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

__all__ = ["Guarded", "GuardedAsync"]

_INNER: Final = ("_stream", "_httpcore_stream")
_DEPTH: Final = 6


class Guarded(httpx2.SyncByteStream):
    """The body of an answer, whose connection is not used again if anything is behind it."""

    __slots__ = ("_stream",)

    def __init__(self, stream: httpx2.SyncByteStream) -> None:
        self._stream = stream

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._stream)

    def close(self) -> None:
        """Close it, and with it the connection if there is more on it."""
        _spoil(self._stream)
        self._stream.close()


class GuardedAsync(httpx2.AsyncByteStream):
    """The same, awaited."""

    __slots__ = ("_stream",)

    def __init__(self, stream: httpx2.AsyncByteStream) -> None:
        self._stream = stream

    def __aiter__(self) -> AsyncIterator[bytes]:
        return aiter(self._stream)

    async def aclose(self) -> None:
        """Close it, and with it the connection if there is more on it."""
        _spoil(self._stream)
        await self._stream.aclose()


def _spoil(stream: Any) -> None:
    """Let a connection be closed, and not kept, when its answer is over, if there is more on it."""
    for _ in range(_DEPTH):
        connection = getattr(stream, "_connection", None)
        if connection is not None:
            state = getattr(connection, "_h11_state", None)  # HTTP/2 has none, and tells answers apart
            if state is not None and state.trailing_data[0]:
                state.send_failed()  # nothing more is sent on it
            return
        stream = next((inner for name in _INNER if (inner := getattr(stream, name, None)) is not None), None)
