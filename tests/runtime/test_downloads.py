"""Answers that are read while they come, with clients of both kinds: in pieces, in lines, and to a file."""

from __future__ import annotations

import asyncio
import gzip
from typing import TYPE_CHECKING, Any, Protocol

import pytest
import widgets
from streaming import chunked, held
from telling import TOKEN, everything
from widgets import Problem

from raw_server import RawServer, reply
from specwright.runtime import errors
from specwright.runtime.operation import Answer, Call, Operation
from specwright.runtime.responses import (
    AsyncStreamWithResponse,
    AsyncWithResponse,
    StreamWithResponse,
    WithResponse,
)
from specwright.runtime.types import Timeout

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable
    from pathlib import Path

FILE: Operation[bytes] = Operation(
    "GET",
    "/v1/file",
    accept="application/octet-stream",
    answers={"200": Answer(bytes, media_type="application/octet-stream"), "404": Answer(Problem)},
)
CONTENT = bytes(range(256)) * 1000


class Files:
    """A resource as the generator writes one."""

    def __init__(self, client: Any) -> None:
        self._client = client

    def _by(self, how: str) -> Files:
        return Files(self._client._by(how))

    def get(self, **options: Any) -> Any:
        return self._client._send(Call(FILE), options)

    def events(self, **options: Any) -> Any:
        return self._client._stream_events(Call(FILE), options)


class Opened(Protocol):
    """Opens the file, and gives what a function makes of the answer."""

    def __call__(self, use: Callable[[Any], Any], /, *, method: str = ..., **options: Any) -> Any: ...


@pytest.fixture(params=["sync", "async"])
def opened(request: pytest.FixtureRequest, server: RawServer) -> Opened:
    """What a function returns is awaited where it must be; afterwards no connection is in use."""

    def run(use: Callable[[Any], Any], /, *, method: str = "get", **options: Any) -> Any:
        if request.param == "sync":
            with widgets.Client(base_url=server.url, token=TOKEN) as client:
                wrapped = {"get": WithResponse, "events": StreamWithResponse}[method]
                try:
                    with wrapped(getattr(Files(client), method)).stream(**options) as answer:
                        return use(answer)
                finally:
                    assert held(client) == 0

        async def main() -> Any:
            async with widgets.AsyncClient(base_url=server.url, token=TOKEN) as client:
                wrapped: Any = {"get": AsyncWithResponse, "events": AsyncStreamWithResponse}[method]
                try:
                    async with wrapped(getattr(Files(client), method)).stream(**options) as answer:
                        found = use(answer)
                        return await found if hasattr(found, "__await__") else found
                finally:
                    assert held(client) == 0

        return asyncio.run(main())

    return run


async def collected(found: AsyncIterator[Any]) -> list[Any]:
    return [each async for each in found]


def every(found: Any) -> Any:
    """All that an iterator gives, of either kind."""
    return collected(found) if hasattr(found, "__aiter__") else list(found)


@pytest.mark.parametrize("method", ["get", "events"])
def test_what_is_known_before_the_body(opened: Opened, server: RawServer, method: str) -> None:
    server.answer = reply(200, CONTENT, content_type="image/png", headers=(("X-Request-Id", "r1"),))

    def look(answer: Any) -> Any:
        assert (answer.status, answer.size, answer.request_id, answer.attempts) == (
            200,
            len(CONTENT),
            "r1",
            1,
        )
        assert answer.headers["content-type"] == "image/png"
        assert answer.url == f"{server.url}/v1/file"
        assert TOKEN not in repr(answer)
        return answer.read()

    assert opened(look, method=method) == CONTENT


def test_a_file_grows_and_says_how_far_it_is(opened: Opened, server: RawServer, tmp_path: Path) -> None:
    server.answer = reply(200, CONTENT, content_type="image/png")
    told: list[tuple[int, int | None]] = []
    path = tmp_path / "file"
    assert opened(lambda answer: answer.save(path, progress=lambda *figures: told.append(figures))) == len(
        CONTENT
    )
    assert path.read_bytes() == CONTENT
    assert told == [(65536 * n, len(CONTENT)) for n in (1, 2, 3)] + [(len(CONTENT), len(CONTENT))]
    assert [each.name for each in tmp_path.iterdir()] == ["file"]


def test_nobody_knows_how_much_is_to_come(opened: Opened, server: RawServer, tmp_path: Path) -> None:
    squeezed = gzip.compress(CONTENT)
    for answer in (
        reply(200, squeezed, headers=(("Content-Encoding", "gzip"),)),
        chunked(CONTENT[:1000], CONTENT[1000:]),
    ):
        server.answer = answer
        told: list[tuple[int, int | None]] = []
        path = tmp_path / "file"
        opened(
            lambda found, path=path, told=told: found.save(
                str(path), progress=lambda *figures: told.append(figures)
            )
        )
        assert path.read_bytes() == CONTENT
        assert told[-1] == (len(CONTENT), None)


def test_an_empty_file(opened: Opened, server: RawServer, tmp_path: Path) -> None:
    server.answer = reply(200, b"")
    assert opened(lambda answer: answer.save(tmp_path / "file")) == 0
    assert (tmp_path / "file").read_bytes() == b""


def test_what_breaks_off_leaves_the_old_file(opened: Opened, server: RawServer, tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"old")
    short = reply(200, CONTENT)[:-1]

    def cut(connection: Any) -> None:
        connection.sendall(short)

    for answer in (
        cut,
        chunked(CONTENT, ends=False),
        reply(200, b"no gzip", headers=(("Content-Encoding", "gzip"),)),
    ):
        server.answer = answer
        with pytest.raises(errors.TransportError) as caught:
            opened(lambda found: found.save(path))
        assert caught.value.__context__ is None
        assert TOKEN not in everything(caught.value)
        assert path.read_bytes() == b"old"
        assert [each.name for each in tmp_path.iterdir()] == ["file"]


def test_a_caller_who_gives_up_leaves_the_old_file(opened: Opened, server: RawServer, tmp_path: Path) -> None:
    server.answer = reply(200, CONTENT)
    path = tmp_path / "file"
    path.write_bytes(b"old")

    def enough(_done: int, _of: int | None) -> None:
        raise KeyError("enough")

    with pytest.raises(KeyError):
        opened(lambda answer: answer.save(path, progress=enough))
    assert path.read_bytes() == b"old"
    assert [each.name for each in tmp_path.iterdir()] == ["file"]


def test_nowhere_to_save_to(opened: Opened, server: RawServer, tmp_path: Path) -> None:
    server.answer = reply(200, CONTENT)
    with pytest.raises(FileNotFoundError):
        opened(lambda answer: answer.save(tmp_path / "nowhere" / "file"))


def test_a_body_is_read_once(opened: Opened, server: RawServer, tmp_path: Path) -> None:
    server.answer = reply(200, CONTENT)

    async def twice(answer: Any) -> Any:
        await answer.read()
        return await answer.save(tmp_path / "file")

    def both(answer: Any) -> Any:
        if hasattr(answer, "aclose"):
            return twice(answer)
        answer.read()
        return answer.save(tmp_path / "file")

    with pytest.raises(ValueError, match="read already"):
        opened(both)
    assert list(tmp_path.iterdir()) == []


def test_pieces_and_lines(opened: Opened, server: RawServer) -> None:
    server.answer = chunked(
        b"one\r", b"\ntwo\n", "drei \xfc".encode("latin-1"), content_type="text/plain; charset=latin-1"
    )
    assert opened(lambda answer: every(answer.iter_lines())) == ["one", "two", "drei \xfc"]
    assert opened(lambda answer: every(answer.iter_bytes(4))) == [b"one\r", b"\ntwo", b"\ndre", b"i \xfc"]
    assert b"".join(opened(lambda answer: every(answer.iter_bytes()))) == b"one\r\ntwo\ndrei \xfc"


def test_leaving_in_between_lets_go(opened: Opened, server: RawServer) -> None:
    def answer(connection: Any) -> None:
        chunked(b"piece", ends=False)(connection)
        server.wait(20)

    server.answer = answer

    async def one(pieces: AsyncIterator[bytes]) -> bytes:
        return await anext(pieces)

    def first(found: Any) -> bytes | Awaitable[bytes]:
        pieces = found.iter_bytes()
        return one(pieces) if hasattr(pieces, "__aiter__") else next(pieces)

    assert opened(first) == b"piece"
    assert opened(lambda _found: None) is None


def test_a_server_that_falls_silent(opened: Opened, server: RawServer, tmp_path: Path) -> None:
    def answer(connection: Any) -> None:
        chunked(b"piece", ends=False)(connection)
        server.wait(20)

    server.answer = answer
    path = tmp_path / "file"
    timeout = Timeout(read=0.2)
    with pytest.raises(errors.RequestTimeout):
        opened(lambda found: found.save(path), timeout=timeout)
    assert not path.exists()


def test_an_error_is_raised_before_the_block(opened: Opened, server: RawServer) -> None:
    server.answer = reply(404, {"message": "no such file"})
    with pytest.raises(errors.NotFound, match="no such file") as caught:
        opened(lambda _answer: pytest.fail("there is none"))
    assert caught.value.body == Problem(message="no such file")
