"""What a caller's functions see and change, and what of it comes out."""

from __future__ import annotations

import copy
import traceback
from typing import TYPE_CHECKING, Any

import anyio
import anyio.lowlevel
import httpx2
import pytest
from calls import QUICK, call
from telling import TOKEN, everything, frames
from widgets import WIDGET, AsyncClient, Client, Widget

from raw_server import RawServer, reply
from specwright.runtime import errors
from specwright.runtime.operation import Body, Call

if TYPE_CHECKING:
    from widgets import Twin

    from specwright.runtime.attempts import Attempt


def test_hooks_see_each_attempt_before_and_after(twin: Twin, server: RawServer) -> None:
    server.answer = [reply(503, headers=(("X-Request-Id", "r1"),)), reply(200, WIDGET)]
    before: list[tuple[Any, ...]] = []
    after: list[tuple[Any, ...]] = []
    twin(
        Call(call("PUT", "/a/{id}", success=Widget).operation, path={"id": "1"}, body={"a": 1}),
        before_attempt=lambda attempt: before.append(
            (attempt.number, attempt.method, attempt.path, attempt.url, attempt.content, attempt.status)
        ),
        after_attempt=lambda attempt: after.append(
            (attempt.number, attempt.status, attempt.response_headers.get("x-request-id"), attempt.error)
        ),
        retries=QUICK,
    )
    url = f"{server.url}/a/1"
    assert before == [(n, "PUT", "/a/{id}", url, b'{"a":1}', None) for n in (1, 2)]
    assert after == [(1, 503, "r1", None), (2, 200, None, None)]


def test_an_attempt_without_an_answer_has_its_error(twin: Twin) -> None:
    seen: list[Attempt] = []
    with pytest.raises(errors.TransportError):
        twin(call(), base_url="http://127.0.0.1:1", after_attempt=seen.append, retries=QUICK)
    assert [attempt.number for attempt in seen] == [1, 2, 3]
    assert all(isinstance(attempt.error, errors.TransportError) for attempt in seen)
    assert all(attempt.status is None and attempt.elapsed > 0 for attempt in seen)


def test_what_a_hook_changes_is_sent(twin: Twin, server: RawServer) -> None:
    server.answer = [reply(503), reply(200, WIDGET)]

    def sign(attempt: Attempt) -> None:
        attempt.headers["X-Signature"] = f"s{attempt.number}"
        attempt.headers["User-Agent"] = "mine"
        del attempt.headers["Accept"]

    twin(call(), before_attempt=sign, retries=QUICK)
    assert [seen.header("x-signature") for seen in server.seen] == ["s1", "s2"]
    assert server.last.header("user-agent") == "mine"
    assert server.last.header("authorization") == f"Bearer {TOKEN}"


def test_a_hook_of_an_async_client_may_be_awaited(server: RawServer) -> None:
    async def sign(attempt: Attempt) -> None:
        await anyio.lowlevel.checkpoint()
        attempt.headers["X-Signature"] = "s"

    async def main() -> None:
        async with AsyncClient(base_url=server.url, before_attempt=sign, after_attempt=sign) as client:
            await client._send(call(security=()), {})

    for backend in ("asyncio", "trio"):
        anyio.run(main, backend=backend)
        assert server.last.header("x-signature") == "s"


@pytest.mark.parametrize("option", ["before_attempt", "after_attempt", "token"])
def test_a_client_that_waits_refuses_what_would_be_awaited(server: RawServer, option: str) -> None:
    async def hook(*_attempt: Attempt) -> str:
        await anyio.lowlevel.checkpoint()
        return "t"

    given: Any = {"token": TOKEN, option: hook}
    with (
        Client(base_url=server.url, **given) as client,
        pytest.raises(TypeError, match="a Client does not await") as caught,
    ):
        client._send(call(), {})
    assert TOKEN not in everything(caught.value) + frames(caught.value, "specwright")


@pytest.mark.parametrize("option", ["before_attempt", "after_attempt"])
def test_a_hook_is_a_function(twin: Twin, option: str) -> None:
    with pytest.raises(TypeError, match=f"{option} must be a function"):
        twin(call(), **{option: 1})


@pytest.mark.parametrize("option", ["before_attempt", "after_attempt", "token"])
def test_what_a_function_raises_is_raised_without_our_secrets(
    twin: Twin, server: RawServer, option: str
) -> None:
    def fails(*_attempt: Attempt) -> str:
        raise ZeroDivisionError("theirs")

    given = {"token": TOKEN, option: fails}
    with pytest.raises(ZeroDivisionError, match="theirs") as caught:
        twin(call(), {"extra_headers": {}}, **given)
    assert TOKEN not in everything(caught.value) + frames(caught.value, "specwright")
    assert len(server.seen) == (option == "after_attempt")


def test_an_error_of_another_client_says_of_which_call_it_is(twin: Twin, server: RawServer) -> None:
    def token() -> str:
        error = errors.TransportError("no token", maybe_sent=False)
        error.about("POST", "/token")
        raise error

    with pytest.raises(errors.TransportError) as caught:
        twin(call("GET", "/things"), token=token)
    assert (caught.value.method, caught.value.path) == ("POST", "/token")
    assert server.seen == []


@pytest.mark.parametrize(
    ("name", "value", "kind", "words"),
    [
        ("X-Signature", "SECRET\r\nInjected: 1", ValueError, "X-Signature contains a control character"),
        ("X-Signature", "SECRET\n", ValueError, "X-Signature contains"),
        ("X-Signature", "SECRET\x00", ValueError, "X-Signature contains"),
        ("X-Signature", " SECRET", ValueError, "X-Signature starts or ends with a space"),
        ("X-Signature", "SECRETé", ValueError, "X-Signature contains a character that is not ASCII"),
        ("X\r\nInjected", "SECRET", ValueError, r"X\r\nInjected is no name of a header"),
        ("Host", "SECRET", ValueError, "Host is a header that only the connection itself may set"),
        ("Content-Length", "SECRET", ValueError, "Content-Length is a header that only"),
        ("Transfer-Encoding", "SECRET", ValueError, "Transfer-Encoding is a header that only"),
        ("X-Signature", b"SECRET", TypeError, "must have names and values of the type str"),
        ("X-Signature", None, TypeError, "must have names and values of the type str"),
        (b"X-Signature", "SECRET", TypeError, "must have names and values of the type str"),
    ],
)
def test_a_header_that_a_hook_sets_is_one(  # noqa: PLR0913, PLR0917  # a table's columns
    twin: Twin, server: RawServer, name: Any, value: Any, kind: Any, words: str
) -> None:
    with pytest.raises(kind) as caught:
        twin(call(), before_attempt=lambda attempt: attempt.headers.update({name: value}))
    assert words in str(caught.value)
    told = "".join(map(repr, (caught.value, caught.value.args, caught.value.__context__)))
    shown = frames(caught.value, "specwright")
    assert "SECRET" not in told + shown
    assert TOKEN not in told + shown
    assert server.seen == []


def test_a_file_may_be_sent_where_there_is_a_hook(twin: Twin, server: RawServer, tmp_path: Any) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"abc")
    made = call("POST")
    made.operation.bodies = (Body("application/octet-stream"),)
    with path.open("rb") as file:
        seen: list[Any] = []
        twin(Call(made.operation, body=file), before_attempt=lambda attempt: seen.append(attempt.content))
    assert server.last.body == b"abc"
    assert server.last.header("content-length") == "3"
    assert seen == [None]


def test_what_a_hook_sent_is_covered_where_a_server_repeats_it(twin: Twin, server: RawServer) -> None:
    server.answer = reply(400, {"message": "bad signature SIGNATURE-of-hook"})
    with pytest.raises(errors.BadRequest) as caught:
        twin(call(), before_attempt=lambda attempt: attempt.headers.update({"X-Sig": "SIGNATURE-of-hook"}))
    assert str(caught.value).endswith("bad signature ***")


def test_an_attempt_prints_no_secret(twin: Twin, server: RawServer) -> None:
    server.answer = reply(401, headers=(("Set-Cookie", TOKEN),))
    seen: list[Attempt] = []
    with pytest.raises(errors.Unauthorized):
        twin(
            call("POST", body={"a": TOKEN}, query={"token": TOKEN}),
            before_attempt=seen.append,
            after_attempt=seen.append,
        )
    (attempt, again) = seen
    assert attempt is again
    assert TOKEN in attempt.headers["Authorization"]
    assert TOKEN in attempt.url
    assert TOKEN not in f"{attempt!r} {attempt} {attempt!s} {[attempt]} {copy.copy(attempt)!r}"
    assert repr(attempt) == "<Attempt 1 of POST /x: 401>"
    assert TOKEN not in repr(attempt.response_headers)


# Functions that give tokens.


def test_a_token_is_asked_for_each_attempt(twin: Twin, server: RawServer) -> None:
    given: list[str] = []

    def token() -> str:
        given.append(f"t{len(given)}")
        return given[-1]

    server.answer = [reply(503), reply(200, WIDGET)]
    twin(call(), token=token, retries=QUICK)
    assert [seen.header("authorization") for seen in server.seen] == ["Bearer t0", "Bearer t1"]


def test_and_again_after_a_401_once(twin: Twin, server: RawServer) -> None:
    given: list[str] = []

    def token() -> str:
        given.append(f"t{len(given)}")
        return given[-1]

    server.answer = [reply(401), reply(200, WIDGET)]
    twin(call("POST", body={}), token=token, retries=0)
    assert [seen.header("authorization") for seen in server.seen] == ["Bearer t0", "Bearer t1"]
    server.seen.clear()
    server.answer = reply(401, {"message": "for ever"})
    with pytest.raises(errors.Unauthorized, match="for ever") as caught:
        twin(call(), token=token, retries=QUICK)
    assert caught.value.attempts == len(server.seen) == 2


def test_the_same_token_is_not_refused_twice(twin: Twin, server: RawServer) -> None:
    server.answer = reply(401)
    with pytest.raises(errors.Unauthorized) as caught:
        twin(call(), token=lambda: TOKEN, retries=QUICK)
    assert caught.value.attempts == len(server.seen) == 1


def test_an_async_client_awaits_its_token(server: RawServer) -> None:
    async def token() -> str:
        await anyio.lowlevel.checkpoint()
        return "awaited"

    async def main() -> None:
        async with AsyncClient(base_url=server.url, token=token) as client:  # type: ignore[arg-type]
            await client._send(call(), {})

    for backend in ("asyncio", "trio"):
        anyio.run(main, backend=backend)
        assert server.last.header("authorization") == "Bearer awaited"


@pytest.mark.parametrize(
    "value", ["SECRET\n", "SECRET\r\nX: 1", "SEC RET", "", "SECRETé", None, b"SECRET", 1]
)
def test_a_function_gives_a_token_or_is_blamed(twin: Twin, server: RawServer, value: Any) -> None:
    with pytest.raises((ValueError, TypeError), match="what the function for `token` returned") as caught:
        twin(call(), token=lambda: value)
    assert "SECRET" not in frames(caught.value, "specwright")
    assert "SEC" not in "".join(map(repr, (caught.value, caught.value.args, caught.value.__context__)))
    assert server.seen == []


def test_what_the_caller_s_http_client_raises_comes_without_our_secrets(server: RawServer) -> None:
    def hook(_request: httpx2.Request) -> None:
        raise ZeroDivisionError

    with httpx2.Client(event_hooks={"request": [hook]}) as own:
        client = Client(base_url=server.url, token=TOKEN, http_client=own, api_key=TOKEN)
        with pytest.raises(ZeroDivisionError) as caught:
            client._send(call(security=(("bearer", "key"),)), {})
    assert TOKEN not in frames(caught.value, "specwright")
    assert "specwright" in "".join(traceback.format_tb(caught.value.__traceback__))
