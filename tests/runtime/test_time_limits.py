"""How long calls take at most. Times are short; what is asserted is far enough from them for a slow machine."""

from __future__ import annotations

import asyncio
import copy
import pickle
import socket
import time
from collections.abc import Callable, Mapping
from typing import Any, get_type_hints

import httpx2
import pytest
import widgets
from telling import TOKEN
from widgets import WIDGET, Twin, update

from raw_server import RawServer, reply
from specwright.runtime import errors, types
from specwright.runtime.attempts import Attempt
from specwright.runtime.deadline import Deadline
from specwright.runtime.types import OMIT, Omit, Timeout

CALL = update("w1", body={"name": "n"})
LONG = 8.0


def took(started: float) -> float:
    return time.monotonic() - started


def test_an_answer_that_does_not_come_is_given_up(twin: Twin, server: RawServer) -> None:
    server.answer = lambda _: server.wait(LONG)
    started = time.monotonic()
    with pytest.raises(errors.RequestTimeout) as caught:
        twin(CALL, timeout=Timeout(read=0.3))
    assert took(started) < LONG / 2
    assert isinstance(caught.value, TimeoutError)
    assert isinstance(caught.value, errors.TransportError)
    assert caught.value.maybe_sent
    assert "no answer came in time" in str(caught.value)
    assert caught.value.__context__ is None


def test_the_option_of_a_call_comes_before_the_client_s(twin: Twin, server: RawServer) -> None:
    server.answer = lambda _: server.wait(LONG)
    started = time.monotonic()
    with pytest.raises(errors.RequestTimeout, match=r"within 0\.3 s"):
        twin(CALL, {"timeout": 0.3}, timeout=None)
    assert took(started) < LONG / 2


def drip(server: Any, pieces: list[bytes], pause: float) -> Any:
    def answer(connection: socket.socket) -> None:
        for piece in pieces:
            connection.sendall(piece)
            server.wait(pause)

    return answer


def test_an_answer_that_drips_is_held_to_the_total(twin: Twin, server: RawServer) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n"
    server.answer = drip(server, [head, *[b"x"] * 100], 0.1)
    started = time.monotonic()
    with pytest.raises(errors.RequestTimeout, match=r"within 0\.5 s"):
        twin(CALL, timeout=Timeout(read=5, total=0.5))
    assert took(started) < 3


def test_headers_that_drip_are_held_to_the_total_too(server: RawServer) -> None:
    server.answer = drip(server, [b"HTTP/1.1 200 OK\r\n", *[b"X: 1\r\n"] * 100], 0.1)

    async def main() -> None:
        async with widgets.AsyncClient(base_url=server.url, token=TOKEN, timeout=0.5) as client:
            await client._send(CALL, {})

    started = time.monotonic()
    with pytest.raises(errors.RequestTimeout):
        asyncio.run(main())
    assert took(started) < 3


def test_the_connection_of_a_call_that_was_given_up_is_not_used_again(server: RawServer) -> None:
    slow = b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n"
    server.answer = drip(server, [slow, b"x", b"x"], LONG)
    with widgets.Client(base_url=server.url, token=TOKEN) as client:
        with pytest.raises(errors.RequestTimeout):
            client._send(CALL, {"timeout": 0.3})
        server.answer = reply(200, WIDGET)
        assert client._send(CALL, {}).id == "w1"
    assert server.connections == 2


def test_a_task_that_is_cancelled_releases_its_connection(server: RawServer) -> None:
    server.answer = lambda _: server.wait(LONG)

    async def main() -> None:
        own = httpx2.AsyncClient(limits=httpx2.Limits(max_connections=1))
        async with own, widgets.AsyncClient(base_url=server.url, token=TOKEN, http_client=own) as client:
            task = asyncio.ensure_future(client._send(CALL, {}))
            await asyncio.to_thread(server.arrived.wait, LONG)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            server.answer = reply(200, WIDGET)
            assert (await client._send(CALL, {"timeout": 5})).id == "w1"

    asyncio.run(main())


def test_an_error_of_the_caller_s_hook_releases_the_connection_and_is_theirs(server: RawServer) -> None:
    def hook(_response: httpx2.Response) -> None:
        raise ZeroDivisionError

    with httpx2.Client(event_hooks={"response": [hook]}, limits=httpx2.Limits(max_connections=1)) as own:
        client = widgets.Client(base_url=server.url, token=TOKEN, http_client=own)
        for _ in range(2):
            with pytest.raises(ZeroDivisionError):
                client._send(CALL, {"timeout": 2})


def test_a_connection_that_is_never_made_is_given_up(twin: Twin) -> None:
    # A listener whose queue is full answers nothing to the next who knocks.
    with socket.create_server(("127.0.0.1", 0), backlog=0) as deaf:
        address = deaf.getsockname()
        knocking = [socket.socket() for _ in range(4)]
        for each in knocking:
            each.settimeout(0)
            each.connect_ex(address)
        started = time.monotonic()
        with pytest.raises(errors.RequestTimeout) as caught:
            twin(CALL, base_url=f"http://127.0.0.1:{address[1]}", timeout=Timeout(connect=0.3))
        assert took(started) < LONG / 2
        assert not caught.value.maybe_sent
        for each in knocking:
            each.close()


def test_the_limits_without_a_word_are_finite() -> None:
    limits = Timeout()
    assert limits.connect is not None
    assert limits.connect <= 10
    assert limits.read is not None
    assert limits.total is not None


@pytest.mark.parametrize("field", ["connect", "read", "total"])
@pytest.mark.parametrize("value", [0, -1, float("nan"), float("inf"), True, "3"])
def test_a_limit_is_a_time(field: Any, value: Any) -> None:
    with pytest.raises((ValueError, TypeError), match=field):
        Timeout(**{field: value})


@pytest.mark.parametrize("value", [0, -1, float("nan"), float("inf"), True, "3"])
def test_the_timeout_of_a_client_or_call_is_one(twin: Twin, server: RawServer, value: Any) -> None:
    with pytest.raises((ValueError, TypeError), match="timeout"):
        twin(CALL, timeout=value)
    with pytest.raises((ValueError, TypeError), match="timeout"):
        twin(CALL, {"timeout": value})
    assert server.seen == []


def test_no_limit_has_to_be_said(twin: Twin) -> None:
    assert Timeout.of(None) == Timeout(connect=None, read=None, total=None)
    assert Timeout.of(3) == Timeout(total=3)
    assert Timeout.of(Timeout(read=1)) == Timeout(read=1)
    assert twin(CALL, timeout=None).id == "w1"
    assert twin(CALL, {"timeout": Timeout(total=None)}).id == "w1"


def test_a_deadline_shrinks_what_is_waited_for() -> None:
    deadline = Deadline(Timeout(connect=100, read=None, total=50))
    assert set(deadline) == {"connect", "read", "write", "pool"}
    assert len(deadline) == 4
    for phase in deadline:
        left = deadline[phase]
        assert left is not None
        assert 49 < left <= 50
    assert not deadline.passed
    over = Deadline(Timeout(total=0.000001))
    time.sleep(0.01)
    assert over.passed
    assert over["read"] == 0.001
    endless = Deadline(Timeout(connect=1, read=None, total=None))
    assert (endless["connect"], endless["pool"], endless.passed) == (1, None, False)


def test_omit_is_one_thing_that_is_false() -> None:
    assert not OMIT
    assert repr(OMIT) == "OMIT"
    assert Omit() is OMIT
    for again in (pickle.loads(pickle.dumps(OMIT)), copy.copy(OMIT), copy.deepcopy({"a": OMIT})["a"]):  # noqa: S301
        assert again is OMIT


def test_options_are_documented_and_typed() -> None:
    known = {
        "httpx2": httpx2,
        "Attempt": Attempt,
        "ResponseMismatch": errors.ResponseMismatch,
        "Callable": Callable,
        "Mapping": Mapping,
    }
    for options in (types.CallOptions, types.ClientOptions, types.AsyncClientOptions):
        assert options.__required_keys__ == frozenset()
        assert get_type_hints(options, localns={**vars(types), **known}).keys() == options.__optional_keys__
