"""Streams of both kinds of clients against a server on loopback."""

from __future__ import annotations

import asyncio
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

import widgets
from telling import TOKEN
from widgets import Part

from specwright.runtime.issues import Issue, expected
from specwright.runtime.operation import Answer, Call, Operation

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable

    from raw_server import RawServer


def validate_part(value: Any) -> list[Issue]:
    if type(value) is not dict:
        return [expected("", "an object", value)]
    name = value.get("part_name")
    return [] if type(name) is str else [expected("/part_name", "a string", name)]


def operation(media_type: str, *, method: str = "GET", kind: Any = Part, **more: Any) -> Operation[Any]:
    answer = Answer(kind, validate_part if kind is Part else None, media_type=media_type)
    return Operation(method, "/v1/parts", accept=media_type, answers={"200": answer}, **more)


EVENTS = operation("text/event-stream")
TEXTS = operation("text/event-stream", kind=str)
POSTED = operation("text/event-stream", method="POST")
LINES = operation("application/jsonl")
SEQUENCE = operation("application/json-seq")


@dataclass
class Got:
    """What a stream gave, and the error that ended it."""

    values: list[Any] = field(default_factory=list)
    error: Exception | None = None


class Stream(Protocol):
    """Reads a stream to its end, with a client of one kind."""

    def __call__(
        self,
        operation: Operation[Any],
        options: Any = ...,
        /,
        *,
        whole: bool = ...,
        body: Any = ...,
        **client: Any,
    ) -> Got: ...


def streamed(  # noqa: PLR0913 - what is called, and by whom
    server: RawServer, twin: str, call: Call[Any], options: Any, *, whole: bool, client: Any
) -> Got:
    """What the stream of a call gives to one of the twins; `whole` asks for whole events."""
    how = "_stream_events" if "event-stream" in call.operation.accept else "_stream_items"
    arguments = {"base_url": server.url, "token": TOKEN, **client}
    got = Got()
    if twin == "sync":
        with widgets.Client(**arguments) as made:
            stream = getattr(made, how)(call, options)
            try:
                for value in stream.events() if whole else stream:
                    got.values.append(value)
            except Exception as error:  # noqa: BLE001  # the test says which
                got.error = error
            assert held(made) == 0
        return got

    async def main() -> None:
        async with widgets.AsyncClient(**arguments) as made:
            stream = getattr(made, how)(call, options)
            try:
                async for value in stream.events() if whole else stream:
                    got.values.append(value)
            except Exception as error:  # noqa: BLE001  # the test says which
                got.error = error
            assert held(made) == 0

    asyncio.run(main())
    return got


def held(client: Any) -> int:
    """How many connections are in use."""
    pool = client._http._transport._pool
    return sum(not connection.is_idle() and not connection.is_closed() for connection in pool.connections)


HEAD = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: {}\r\nTransfer-Encoding: chunked\r\n\r\n"


def chunked(
    *pieces: bytes, content_type: str = "text/event-stream", ends: bool = True
) -> Callable[[socket.socket], None]:
    """An answer in these pieces; one that does not end breaks off there."""

    def answer(connection: socket.socket) -> None:
        connection.sendall(HEAD.format(content_type).encode())
        for piece in pieces:
            connection.sendall(f"{len(piece):x}\r\n".encode() + piece + b"\r\n")
        if ends:
            connection.sendall(b"0\r\n\r\n")

    return answer


def one_by_one(server: RawServer, *answers: Any) -> None:
    """Answer each request with the next of these; all further ones with the last."""
    waiting = list(answers)
    lock = threading.Lock()

    def answer(connection: socket.socket) -> None:
        with lock:
            now = waiting.pop(0) if len(waiting) > 1 else waiting[0]
        connection.sendall(now) if isinstance(now, bytes) else now(connection)

    server.answer = answer
