"""A server on loopback that keeps what it was sent, byte by byte, and answers what a test tells it to."""

from __future__ import annotations

import json
import socket
import threading
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, BinaryIO, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


Answer: TypeAlias = "bytes | Callable[[socket.socket], None]"


@dataclass
class Seen:
    """A request as it came over the wire."""

    method: str
    target: str
    headers: list[tuple[str, str]]
    body: bytes

    def header(self, name: str) -> str | None:
        values = self.all(name)
        assert len(values) < 2, f"{name} was sent {len(values)} times"
        return values[0] if values else None

    def all(self, name: str) -> list[str]:
        return [value for key, value in self.headers if key.lower() == name.lower()]

    @property
    def json(self) -> Any:
        return json.loads(self.body)


def reply(
    status: int = 200,
    body: bytes | str | object = b"",
    *,
    content_type: str | None = "application/json",
    headers: tuple[tuple[str, str], ...] = (),
) -> bytes:
    """The bytes of an answer; what is neither bytes nor str is written as JSON."""
    content = (
        body if isinstance(body, bytes) else (body if isinstance(body, str) else json.dumps(body)).encode()
    )
    lines = [f"HTTP/1.1 {status} Whatever"]
    if content_type is not None:
        lines.append(f"Content-Type: {content_type}")
    lines += [f"{name}: {value}" for name, value in headers]
    lines.append(f"Content-Length: {len(content)}")
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + content


def _chunks(stream: BinaryIO) -> Iterator[bytes]:
    """A body in chunks, byte by byte (RFC 9112, section 7.1)."""
    line = b"more"
    while line not in {b"0\r\n", b""}:  # the last one, or the end of the connection
        yield (line := stream.readline())
        yield stream.read(int(line or b"0", 16) + 2)


@contextmanager
def nobody() -> Iterator[str]:
    """Host and port of where nobody listens, while it lasts: kept, so that no other process of the tests gets it."""
    with socket.socket() as kept:
        kept.bind(("127.0.0.1", 0))
        yield f"127.0.0.1:{kept.getsockname()[1]}"


@dataclass
class RawServer:
    """Answers each request with `answer`: bytes, or a function that is given the connection and writes itself.

    A list has one for each request; the last is for all further ones.
    """

    answer: Answer | list[Answer] = b""
    seen: list[Seen] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._connections: list[socket.socket] = []
        self._closing = threading.Event()
        self.arrived = threading.Event()
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    @property
    def last(self) -> Seen:
        return self.seen[-1]

    @property
    def connections(self) -> int:
        return len(self._connections)

    def close(self) -> None:
        self._closing.set()
        for each in [self._listener, *self._connections]:
            with suppress(OSError):  # it is closed, or not connected
                each.shutdown(socket.SHUT_RDWR)  # closing alone does not wake who waits for it
            each.close()

    def wait(self, seconds: float) -> None:
        """Sleep, but not longer than the server lives."""
        self._closing.wait(seconds)

    def _accept(self) -> None:
        while not self._closing.is_set():
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            self._connections.append(connection)
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        try:
            stream = connection.makefile("rb")
            while line := stream.readline():
                method, target, _ = line.decode("latin-1").split(" ", 2)
                headers = []
                while (line := stream.readline().decode("latin-1").rstrip("\r\n")) != "":
                    name, _, value = line.partition(":")
                    headers.append((name, value.strip()))
                seen = Seen(method, target, headers, b"")
                chunked = seen.header("transfer-encoding") == "chunked"
                length = int(seen.header("content-length") or 0)
                seen.body = b"".join(_chunks(stream)) if chunked else stream.read(length)
                self.seen.append(seen)
                self.arrived.set()
                answer = self.answer
                if isinstance(answer, list):
                    answer = answer.pop(0) if len(answer) > 1 else answer[0]
                if callable(answer):
                    answer(connection)
                    connection.shutdown(socket.SHUT_RDWR)
                    return
                connection.sendall(answer)
        except OSError:
            return  # the client went, or the test is over
        finally:
            connection.close()
