"""Files and pieces as bodies, when a request has to be sent again: each as it was, or not at all."""

from __future__ import annotations

import asyncio
import io
import os
import socket
import struct
from typing import TYPE_CHECKING, Any

import pytest
import widgets
from streaming import one_by_one
from telling import TOKEN

from raw_server import reply
from specwright.runtime import errors
from specwright.runtime.operation import Answer, Body, Call, Operation
from specwright.runtime.types import Retries

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path

    from widgets import Twin

    from raw_server import RawServer

AGAIN = {"retries": Retries(first=0)}
CLOSE = (("Connection", "close"),)
BUSY, DONE = reply(503, headers=CLOSE), reply(200, b"", headers=CLOSE)
BYTES = Body("application/octet-stream")
FORM = Body("multipart/form-data", uploads=["file"])


def putting(body: Body) -> Operation[None]:
    return Operation("PUT", "/x", bodies=[body], answers={"200": Answer(None)})


@pytest.mark.parametrize("failures", [1, 2])
def test_a_file_is_read_from_where_it_stood(twin: Twin, server: RawServer, failures: int) -> None:
    one_by_one(server, *[BUSY] * failures, DONE)
    file = io.BytesIO(b"before" + b"content" * 20_000)
    file.seek(6)
    twin(Call(putting(BYTES), body=file), AGAIN)
    assert [seen.body for seen in server.seen] == [b"content" * 20_000] * (failures + 1)
    assert server.last.header("content-length") == "140000"
    assert not file.closed


def test_a_path_is_opened_each_time(twin: Twin, server: RawServer, tmp_path: Path) -> None:
    one_by_one(server, BUSY, DONE)
    path = tmp_path / "file"
    path.write_bytes(b"content")
    twin(Call(putting(BYTES), body=path), AGAIN)
    assert [seen.body for seen in server.seen] == [b"content"] * 2


def test_a_connection_that_breaks_is_a_reason_too(twin: Twin, server: RawServer) -> None:
    one_by_one(server, lambda _connection: None, DONE)
    twin(Call(putting(BYTES), body=io.BytesIO(b"content")), AGAIN)
    assert [seen.body for seen in server.seen] == [b"content"] * 2


def test_parts_are_the_same_again(twin: Twin, server: RawServer, tmp_path: Path) -> None:
    one_by_one(server, BUSY, DONE)
    path = tmp_path / "b.txt"
    path.write_bytes(b"second")
    first = io.BytesIO(b"xxfirst")
    first.seek(2)
    twin(Call(putting(FORM), body={"title": "t", "file": [("a.txt", first, "text/plain"), path]}), AGAIN)
    one, other = server.seen
    assert one.body == other.body
    assert one.header("content-type") == other.header("content-type")
    for content in (b"\r\n\r\nfirst\r\n", b"\r\n\r\nsecond\r\n", b'filename="a.txt"', b"text/plain"):
        assert content in one.body


def once() -> Iterator[bytes]:
    yield b"con"
    yield b""
    yield b"tent"


def test_what_can_be_read_but_once_is_sent_but_once(twin: Twin, server: RawServer) -> None:
    one_by_one(server, BUSY, DONE)
    with pytest.raises(errors.ServiceUnavailable):
        twin(Call(putting(BYTES), body=once()), AGAIN)
    assert [seen.body for seen in server.seen] == [b"3\r\ncon\r\n4\r\ntent\r\n0\r\n\r\n"]
    one_by_one(server, lambda _connection: None, DONE)
    with pytest.raises(errors.TransportError):
        twin(Call(putting(BYTES), body=once()), AGAIN)
    assert len(server.seen) == 2


def test_a_pipe_is_read_but_once(twin: Twin, server: RawServer) -> None:
    one_by_one(server, BUSY, DONE)
    reading, writing = os.pipe()
    os.write(writing, b"content")
    os.close(writing)
    with open(reading, "rb") as file, pytest.raises(errors.ServiceUnavailable):  # noqa: PTH123 - a number
        twin(Call(putting(BYTES), body=file), AGAIN)
    assert len(server.seen) == 1


def test_pieces_in_a_list_are_there_again(twin: Twin, server: RawServer) -> None:
    one_by_one(server, BUSY, DONE)
    twin(Call(putting(BYTES), body=[b"con", b"tent"]), AGAIN)
    assert len({seen.body for seen in server.seen}) == 1
    assert len(server.seen) == 2


async def later() -> AsyncIterator[bytes]:
    for piece in once():
        await asyncio.sleep(0)
        if piece:
            yield piece


def test_pieces_that_are_awaited(server: RawServer) -> None:
    async def main() -> None:
        async with widgets.AsyncClient(base_url=server.url, token=TOKEN) as client:
            one_by_one(server, DONE)
            await client._send(Call(putting(BYTES), body=later()), {})
            one_by_one(server, BUSY, DONE)
            with pytest.raises(errors.ServiceUnavailable):
                await client._send(Call(putting(BYTES), body=later()), {"retries": Retries(first=0)})

    asyncio.run(main())
    assert [seen.body for seen in server.seen] == [b"3\r\ncon\r\n4\r\ntent\r\n0\r\n\r\n"] * 2
    with (
        widgets.Client(base_url=server.url, token=TOKEN) as client,
        pytest.raises(TypeError, match="needs an AsyncClient"),
    ):
        client._send(Call(putting(BYTES), body=later()), {})


def test_an_error_of_the_pieces_is_the_callers(twin: Twin, server: RawServer) -> None:
    def failing() -> Iterator[bytes]:
        yield b"con"
        raise KeyError("mine")

    server.answer = DONE
    with pytest.raises(KeyError, match="mine"):
        twin(Call(putting(BYTES), body=failing()), AGAIN)
    assert not any(seen.body.endswith(b"0\r\n\r\n") for seen in server.seen)


def test_a_server_that_stops_reading(twin: Twin, server: RawServer) -> None:
    """A reset while the body is sent: where it can be sent again, it is."""
    resets = iter([True, False])
    serve = server._serve

    def sometimes(connection: Any) -> None:
        if next(resets, False):
            connection.recv(100)
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            connection.close()
            return
        serve(connection)

    server._serve = sometimes  # type: ignore[method-assign]
    server.answer = DONE
    content = b"x" * 5_000_000
    twin(Call(putting(BYTES), body=io.BytesIO(content)), AGAIN)
    assert [len(seen.body) for seen in server.seen] == [len(content)]
