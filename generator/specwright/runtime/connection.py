"""Each piece that is sent or read held to the time of the whole call, where threads wait for it.

httpx2 asks for the limit of a phase once, and waits so long for each piece that comes: a server that sends a byte now and then
could keep a thread for ever. Code that awaits is cancelled instead.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from .deadline import Limit

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["hold"]

_CONNECTED: Final = (".connect_tcp.complete", ".connect_unix_socket.complete", ".start_tls.complete")
_MOST_AT_ONCE: Final = 2**18


def hold(event: str, told: dict[str, Any]) -> None:
    """Hold what goes over a new connection to the limits that it is given; as httpx2's extension `trace`."""
    if event.endswith(_CONNECTED):
        stream = told["return_value"]
        stream.read, stream.write = partial(_read, stream.read), partial(_write, stream.write)


def _read(read: Callable[..., bytes], size: int, timeout: float | None = None) -> bytes:
    return read(size, timeout.now() if isinstance(timeout, Limit) else timeout)


def _write(write: Callable[..., None], content: bytes | memoryview, timeout: float | None = None) -> None:
    if len(content) <= _MOST_AT_ONCE:
        write(content, timeout.now() if isinstance(timeout, Limit) else timeout)
        return
    every = memoryview(content)
    for start in range(0, len(content), _MOST_AT_ONCE):
        _write(write, every[start : start + _MOST_AT_ONCE], timeout)
