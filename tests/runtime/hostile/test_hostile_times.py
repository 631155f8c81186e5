"""Servers that are slow in every way, and clients that are shared, cancelled, closed and given up."""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING

import anyio
import httpx2
import pytest
from calls import QUICK, Watch, call
from telling import TOKEN
from widgets import WIDGET, AsyncClient, Client, Widget

from raw_server import RawServer, reply
from specwright.runtime import errors
from specwright.runtime.types import Timeout

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable

    from widgets import Twin

BACKENDS = ["asyncio", "trio"]


def drip(server: RawServer, *parts: bytes, pause: float = 0.05) -> Callable[[socket.socket], None]:
    """Sends the first part at once, and the others byte by byte."""

    def answer(connection: socket.socket) -> None:
        connection.sendall(parts[0])
        for byte in b"".join(parts[1:]):
            connection.sendall(bytes([byte]))
            server.wait(pause)

    return answer


SLOW: dict[str, tuple[bytes, bytes]] = {
    "status line": (b"", b"HTTP/1.1 200 " + b"O" * 400),
    "headers": (b"HTTP/1.1 200 OK\r\n", b"X: 1\r\n" * 100),
    "one header": (b"HTTP/1.1 200 OK\r\nX: ", b"x" * 400),
    "length": (b"HTTP/1.1 200 OK\r\nContent-Length: 400\r\n\r\n", b"x" * 400),
    "chunks": (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n" * 100),
    "chunk extension": (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;", b"x" * 400),
    "to the end": (b"HTTP/1.1 200 OK\r\n\r\n", b"x" * 400),
    "gzip": (b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n\x1f\x8b\x08\x08\0\0\0\0\0\3", b"n" * 400),
    "error": (b"HTTP/1.1 500 No\r\nContent-Length: 400\r\n\r\n", b"x" * 400),
    "informational": (b"", b"HTTP/1.1 103 Early\r\n\r\n" * 20),
}


@pytest.mark.parametrize("slow", SLOW)
def test_whatever_drips_is_held_to_the_time_of_the_whole_call(
    twin: Twin, server: RawServer, slow: str
) -> None:
    server.answer = drip(server, *SLOW[slow])
    with Watch() as watch, pytest.raises(errors.RequestTimeout) as caught:
        twin(call(success=Widget), timeout=Timeout(read=5, total=0.6), retries=QUICK)
    assert watch.seconds < 4
    assert (caught.value.maybe_sent, caught.value.attempts) == (True, 1)


def test_so_are_informational_answers_without_end(twin: Twin, server: RawServer) -> None:
    def storm(connection: socket.socket) -> None:
        while True:
            connection.sendall(b"HTTP/1.1 100 Continue\r\n\r\n" * 100)

    server.answer = storm
    with Watch() as watch, pytest.raises(errors.RequestTimeout):
        twin(call(success=Widget), timeout=0.6, retries=0)
    assert watch.seconds < 4


def test_a_connection_that_is_used_again_is_held_to_the_time_too(server: RawServer) -> None:
    with Client(base_url=server.url, token=TOKEN) as client:
        client._send(call(success=Widget), {})
        server.answer = drip(server, *SLOW["headers"])
        with Watch() as watch, pytest.raises(errors.RequestTimeout):
            client._send(call(success=Widget), {"timeout": 0.6, "retries": 0})
        assert server.connections == 1
        assert watch.seconds < 4
        # what was given up is not used again
        server.answer = reply(200, WIDGET)
        assert client._send(call(success=Widget), {}).id == "w1"
    assert server.connections == 2


def test_a_caller_s_own_client_is_held_to_it(server: RawServer) -> None:
    server.answer = drip(server, *SLOW["headers"])
    with httpx2.Client(timeout=None) as own, Watch() as watch, pytest.raises(errors.RequestTimeout):
        Client(base_url=server.url, token=TOKEN, http_client=own)._send(call(), {"timeout": 0.6})
    assert watch.seconds < 4


def test_who_reads_slowly_what_is_sent_is_given_up(twin: Twin) -> None:
    import socket as names  # noqa: PLC0415

    with names.create_server(("127.0.0.1", 0)) as deaf:
        url = f"http://127.0.0.1:{deaf.getsockname()[1]}"
        with Watch() as watch, pytest.raises(errors.RequestTimeout) as caught:
            twin(
                call("POST", body={"a": "x" * 20_000_000}),
                base_url=url,
                timeout=Timeout(total=0.8),
                retries=QUICK,
            )
    assert watch.seconds < 5
    assert caught.value.maybe_sent


def test_no_limit_is_a_choice(twin: Twin, server: RawServer) -> None:
    server.answer = drip(server, b"", reply(200, WIDGET)[:40], pause=0.001)
    with pytest.raises(errors.TransportError):
        twin(call(success=Widget), timeout=None, retries=0)
    server.answer = reply(200, WIDGET)
    assert twin(call(success=Widget), timeout=None).id == "w1"


def test_a_large_body_is_sent_whole(twin: Twin, server: RawServer) -> None:
    body = {"a": "x" * 3_000_000}
    twin(call("PUT", body=body))
    assert server.last.json == body


# Sharing.


def test_threads_share_a_client(server: RawServer) -> None:
    failed: list[BaseException] = []

    def run(number: int) -> None:
        try:
            for again in range(5):
                made = call("PUT", body={"n": number, "again": again}, success=Widget)
                assert client._send(made, {}).id == "w1"
        except BaseException as error:  # noqa: BLE001  # whatever it is, it is the test's
            failed.append(error)

    with Client(base_url=server.url, token=TOKEN) as client:
        threads = [threading.Thread(target=run, args=(number,)) for number in range(20)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert failed == []
    assert {(seen.json["n"], seen.json["again"]) for seen in server.seen} == {
        (n, again) for n in range(20) for again in range(5)
    }


@pytest.mark.parametrize("backend", BACKENDS)
def test_tasks_share_a_client(server: RawServer, backend: str) -> None:
    async def main() -> None:
        async with (
            AsyncClient(base_url=server.url, token=TOKEN) as client,
            anyio.create_task_group() as group,
        ):
            for number in range(20):
                group.start_soon(client._send, call("PUT", body={"n": number}), {})

    anyio.run(main, backend=backend)
    assert {seen.json["n"] for seen in server.seen} == set(range(20))


def test_one_event_loop_after_another_may_use_a_client_that_holds_no_connection(server: RawServer) -> None:
    server.answer = reply(200, WIDGET, headers=(("Connection", "close"),))
    client = AsyncClient(base_url=server.url, token=TOKEN)
    for _ in range(2):
        assert asyncio.run(client._send(call(success=Widget), {})).id == "w1"
    asyncio.run(client.aclose())


@pytest.mark.parametrize("backend", [None, *BACKENDS])
def test_closed_is_closed_and_may_be_closed_again(server: RawServer, backend: str | None) -> None:
    if backend is None:
        client = Client(base_url=server.url, token=TOKEN)
        with client, client:
            client._send(call(), {})
        client.close()
        with pytest.raises(errors.ClientClosed, match="GET /x: the client was closed before") as caught:
            client._send(call(), {})
    else:

        async def main() -> None:
            client = AsyncClient(base_url=server.url, token=TOKEN)
            async with client, client:
                await client._send(call(), {})
            await client.aclose()
            await client._send(call(), {})

        with pytest.raises(errors.ClientClosed) as caught:
            anyio.run(main, backend=backend)
    assert (caught.value.method, caught.value.path, caught.value.attempts) == ("GET", "/x", 0)
    assert len(server.seen) == 1


# Letting go.


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("slow", ["headers", "length", "gzip"])
def test_who_is_cancelled_lets_go_of_the_connection(server: RawServer, backend: str, slow: str) -> None:
    server.answer = [drip(server, *SLOW[slow], pause=0.5), reply(200, WIDGET)]

    async def main() -> None:
        own = httpx2.AsyncClient(limits=httpx2.Limits(max_connections=1))
        async with own:
            client = AsyncClient(base_url=server.url, token=TOKEN, http_client=own)
            with anyio.move_on_after(0.5) as scope:
                await client._send(call(success=Widget), {})
            assert scope.cancelled_caught
            with anyio.fail_after(5):
                assert (await client._send(call(success=Widget), {})).id == "w1"

    anyio.run(main, backend=backend)


@pytest.mark.parametrize("backend", BACKENDS)
def test_who_is_cancelled_while_it_waits_to_repeat_does_not_repeat(server: RawServer, backend: str) -> None:
    server.answer = reply(429, headers=(("Retry-After", "5"),))

    async def main() -> None:
        async with AsyncClient(base_url=server.url, token=TOKEN) as client:
            with anyio.move_on_after(0.5) as scope:
                await client._send(call(), {})
            assert scope.cancelled_caught

    with Watch() as watch:
        anyio.run(main, backend=backend)
    assert watch.seconds < 4
    assert len(server.seen) == 1


@pytest.mark.parametrize("backend", BACKENDS)
def test_the_time_of_the_call_and_the_caller_s_are_told_apart(server: RawServer, backend: str) -> None:
    server.answer = lambda _: server.wait(5)

    async def main() -> None:
        async with AsyncClient(base_url=server.url, token=TOKEN) as client:
            with pytest.raises(TimeoutError) as caught, anyio.fail_after(0.3):
                await client._send(call(), {"timeout": 3})
            assert not isinstance(caught.value, errors.ApiError)
            with pytest.raises(errors.RequestTimeout), anyio.fail_after(4):
                await client._send(call(), {"timeout": 0.3})

    anyio.run(main, backend=backend)


@pytest.mark.parametrize(
    "answer",
    [
        reply(200, b"not json"),
        reply(500, b"x" * 2_000_000),
        reply(302, headers=(("Location", "/SECRET"),)),
        reply(200, b"x" * 5000),
        b"HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n",
        reply(200, b"plain", headers=(("Content-Encoding", "gzip"),)),
    ],
    ids=["no json", "large error", "redirect", "too large", "said too large", "coding"],
)
def test_no_error_keeps_a_connection(server: RawServer, answer: bytes) -> None:
    server.answer = [answer, answer, answer, reply(200, WIDGET)]
    with httpx2.Client(limits=httpx2.Limits(max_connections=1)) as own:
        client = Client(base_url=server.url, token=TOKEN, http_client=own, max_response_bytes=2000)
        for _ in range(3):
            with pytest.raises(errors.ApiError):
                client._send(call(success=Widget), {"retries": 0, "timeout": 5})
        assert client._send(call(success=Widget), {"timeout": 5}).id == "w1"
