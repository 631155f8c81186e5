"""A server on loopback that does, byte by byte, what a script says, and keeps what it got."""

from __future__ import annotations

import asyncio
import socket
import struct
import threading
from contextlib import suppress
from typing import TYPE_CHECKING, Final, NamedTuple, Self

from .acts import Drip, End, Pause

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from types import TracebackType

    from .acts import Act

_LINGER: Final = struct.pack("ii", 1, 0)
"""`SO_LINGER` on, of no time: closing sends a reset."""
_LARGEST: Final = 1 << 20
_SECONDS: Final = 30
"""How long it may take to start, and to end."""


class Seen(NamedTuple):
    """A request as it came: `target` is path and query, undecoded."""

    method: str
    target: str
    headers: Sequence[tuple[str, str]]
    body: bytes

    def header(self, name: str) -> str | None:
        """The first value of a header; None where it was not sent."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)


class Scripted:
    """The server, in a thread of its own. `script` is asked with each request what to do."""

    def __init__(self, script: Callable[[Seen], Act]) -> None:
        self.script = script
        self.seen: list[Seen] = []
        self.url = ""
        self._listening = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), daemon=True)
        self._connections: set[asyncio.Task[None]] = set()

    @property
    def open(self) -> int:
        """How many connections there are."""
        return len(self._connections)

    def __enter__(self) -> Self:
        self._thread.start()
        if not self._listening.wait(_SECONDS):
            raise TimeoutError("the server does not listen")
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self._loop.call_soon_threadsafe(self._over.set)
        self._thread.join(_SECONDS)

    async def _serve(self) -> None:
        self._loop, self._over = asyncio.get_running_loop(), asyncio.Event()
        server = await asyncio.start_server(self._connected, "127.0.0.1", 0, limit=_LARGEST, backlog=1024)
        self.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        self._listening.set()
        await self._over.wait()
        server.close()
        for task in list(self._connections):
            task.cancel()
        await asyncio.gather(*self._connections, return_exceptions=True)

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task is None:
            return
        self._connections.add(task)
        try:
            with suppress(OSError, asyncio.IncompleteReadError):  # the client went
                while await self._answered(reader, writer):
                    pass
        except asyncio.CancelledError:
            writer.transport.abort()  # the server is over
        finally:
            writer.close()
            with suppress(OSError, asyncio.CancelledError):
                await writer.wait_closed()
            self._connections.discard(task)

    async def _answered(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """Whether the connection stays open after the next request."""
        seen = await _read(reader)
        self.seen.append(seen)
        for step in self.script(seen):
            match step:
                case Pause():
                    await _while_connected(reader, step.seconds)
                case Drip():
                    for byte in step.data:
                        writer.write(bytes([byte]))
                        await writer.drain()
                        await asyncio.sleep(step.seconds)
                case End.RESET:
                    connection: socket.socket = writer.get_extra_info("socket")
                    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _LINGER)
                    writer.transport.abort()
                    return False
                case End.CLOSE:
                    return False
                case _:
                    writer.write(step)
                    await writer.drain()
        return True


async def _while_connected(reader: asyncio.StreamReader, seconds: float) -> None:
    """Wait, but not for a client that went.

    Raises:
        ConnectionError: It went.
    """
    end = asyncio.get_running_loop().time() + seconds
    while (left := end - asyncio.get_running_loop().time()) > 0:
        await asyncio.sleep(min(left, _LOOKED_AT))
        if reader.at_eof() or reader.exception() is not None:
            raise ConnectionError("the client went")


_LOOKED_AT: Final = 0.05
"""The seconds between two looks at whether a client is still there."""


async def _read(reader: asyncio.StreamReader) -> Seen:
    """A request; `IncompleteReadError` if the connection ends before it does."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    first, *lines = head.rstrip("\r\n").split("\r\n")
    method, target, _ = first.split(" ", 2)
    pairs = [(name, value.strip()) for name, _, value in (line.partition(":") for line in lines)]
    seen = Seen(method, target, pairs, b"")
    if (seen.header("transfer-encoding") or "").lower() == "chunked":
        return seen._replace(body=await _chunks(reader))
    return seen._replace(body=await reader.readexactly(int(seen.header("content-length") or 0)))


async def _chunks(reader: asyncio.StreamReader) -> bytes:
    body = b""
    while size := int((await reader.readline()).split(b";")[0] or b"0", 16):
        body += (await reader.readexactly(size + 2))[:-2]
    await reader.readline()
    return body
