"""A server on loopback that gives each request the answer of its API. It is a process, so that it takes no time of clients.

`python -m benchmarks.server` says its port, and ends when its standard input does.
"""

from __future__ import annotations

import asyncio
import json
import re
import subprocess
import sys
from typing import TYPE_CHECKING, Final, Self

from .apis import CHAT, GITHUB
from .page import ROOT, answers

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import TracebackType

_LENGTH: Final = re.compile(rb"(?i)\r\ncontent-length: *(\d+)")
_END_OF_HEAD: Final = b"\r\n\r\n"


class Server:
    """The process, in a `with`. `url` is where it listens."""

    def __init__(self) -> None:
        self.url = ""

    def __enter__(self) -> Self:
        command = [sys.executable, "-m", "benchmarks.server"]
        process = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        port = process.stdout.readline().strip() if process.stdout else ""
        self._process = process
        self.url = f"http://127.0.0.1:{port}"
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self._process.communicate()


class _Connection(asyncio.Protocol):
    """HTTP/1.1 as far as it takes: heads with a `Content-Length`, and connections that stay open."""

    def __init__(self, answers_by_path: Mapping[bytes, bytes], otherwise: bytes) -> None:
        self._answers = answers_by_path
        self._otherwise = otherwise
        self._received = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._received += data
        while size := _complete(self._received):
            path = self._received[: self._received.index(b"\r\n")].split(b" ")[1]
            self._received = self._received[size:]
            if isinstance(self._transport, asyncio.Transport):
                self._transport.write(self._answers.get(path, self._otherwise))


def _complete(received: bytes) -> int:
    """The size of the first request, once all of it is there; else 0."""
    end = received.find(_END_OF_HEAD)
    if end < 0:
        return 0
    length = _LENGTH.search(received, 0, end)
    size = end + len(_END_OF_HEAD) + (int(length[1]) if length else 0)
    return size if len(received) >= size else 0


async def _serve() -> None:
    (otherwise,) = answers(1)
    others = {api.path.encode(): _whole(json.dumps(api.answer).encode()) for api in (GITHUB, CHAT)}
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: _Connection(others, _whole(otherwise)), "127.0.0.1", 0)
    sys.stdout.write(f"{server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    await loop.run_in_executor(None, sys.stdin.read)


def _whole(body: bytes) -> bytes:
    """An answer with its head."""
    head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


if __name__ == "__main__":
    asyncio.run(_serve())
