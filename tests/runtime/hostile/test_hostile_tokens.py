"""Access tokens by the client credentials grant, from servers that give what they like (RFC 6749, section 4.4)."""

from __future__ import annotations

import logging
import threading
from base64 import b64encode
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, quote_plus

import anyio
import pytest
from calls import QUICK, Watch, call
from telling import everything, frames
from widgets import WIDGET

from raw_server import RawServer, reply
from specwright.runtime import errors, oauth
from specwright.runtime.client import AsyncApiClient, SyncApiClient
from specwright.runtime.oauth import OAuth2
from specwright.runtime.responses import WithResponse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ID, SECRET = "client id", "CLIENT+SECRET/value"  # a secret of no one
PAIR = b64encode(f"{quote_plus(ID)}:{quote_plus(SECRET)}".encode()).decode()


@pytest.fixture
def tokens() -> Iterator[RawServer]:
    """The server that gives tokens."""
    running = RawServer(given("t1"))
    yield running
    running.close()


def given(token: Any, **more: Any) -> bytes:
    return reply(200, {"access_token": token, "token_type": "Bearer"} | more)


def scheme(tokens: RawServer, **more: Any) -> dict[str, OAuth2]:
    said = {"token_url": f"{tokens.url}/token", **more}
    return {
        "bearer": OAuth2("token", None, "client_id", ID, "client_secret", SECRET, **said),
    }


@pytest.fixture(params=["sync", "asyncio", "trio"])
def calling(request: pytest.FixtureRequest, server: RawServer, tokens: RawServer) -> Callable[..., list[Any]]:
    """Makes calls one after another with one client."""

    def send(*calls: Any, scopes: Any = (), **options: Any) -> list[Any]:
        made = scheme(tokens, scopes=scopes)
        if request.param == "sync":
            with SyncApiClient(server.url, made, options) as client:  # type: ignore[arg-type]
                return [client._send(each, {}) for each in calls]

        async def main() -> list[Any]:
            async with AsyncApiClient(server.url, made, options) as client:  # type: ignore[arg-type]
                return [await client._send(each, {}) for each in calls]

        return anyio.run(main, backend=request.param)

    return send


def test_a_token_is_asked_for_once_and_sent(calling: Any, server: RawServer, tokens: RawServer) -> None:
    calling(call(), call("POST", body={}), call(), scopes=("read", "write"))
    (asked,) = tokens.seen
    assert (asked.method, asked.target) == ("POST", "/token")
    assert asked.header("authorization") == f"Basic {PAIR}"
    assert dict(parse_qsl(asked.body.decode())) == {
        "grant_type": "client_credentials",
        "scope": "read write",
    }
    assert asked.header("content-type") == "application/x-www-form-urlencoded"
    assert {seen.header("authorization") for seen in server.seen} == {"Bearer t1"}


def test_a_call_that_needs_none_asks_for_none(calling: Any, tokens: RawServer) -> None:
    calling(call(security=()))
    assert tokens.seen == []


def test_one_that_is_refused_is_asked_for_anew_once(
    calling: Any, server: RawServer, tokens: RawServer
) -> None:
    tokens.answer = [given("t1"), given("t2"), given("t3")]
    server.answer = [reply(200, WIDGET), reply(401), reply(200, WIDGET)]
    calling(call(), call())
    assert [seen.header("authorization") for seen in server.seen] == ["Bearer t1", "Bearer t1", "Bearer t2"]


def test_refused_for_ever_is_told(calling: Any, server: RawServer, tokens: RawServer) -> None:
    tokens.answer = [given("t1"), given("t2"), given("t3")]
    server.answer = reply(401, {"message": "never"})
    with pytest.raises(errors.Unauthorized, match="never") as caught:
        calling(call(), retries=QUICK)
    assert len(tokens.seen) == caught.value.attempts == 2


def test_the_same_token_again_is_not_sent_again(calling: Any, server: RawServer, tokens: RawServer) -> None:
    server.answer = reply(401)
    with pytest.raises(errors.Unauthorized):
        calling(call(), retries=QUICK)
    assert (len(tokens.seen), len(server.seen)) == (2, 1)


@pytest.mark.parametrize(
    ("life", "asked"),
    [
        (3600, 1),
        ("3600", 1),
        (1e308, 1),
        (10**400, 1),
        (1.5, 1),
        # nothing that means anything: as long as it is accepted
        (0, 1),
        (-1, 1),
        ("x", 1),
        ("", 1),
        ("9" * 5000, 1),
        (None, 1),
        (True, 1),
        ([], 1),
        ({}, 1),
        # over when it comes
        (1e-9, 3),
    ],
)
def test_how_long_it_lives(calling: Any, tokens: RawServer, life: Any, asked: int) -> None:
    tokens.answer = given("t1", expires_in=life)
    calling(call(), call(), call())
    assert len(tokens.seen) == asked


def test_it_is_renewed_before_its_end(tokens: RawServer, monkeypatch: pytest.MonkeyPatch) -> None:
    now = [1000.0]
    monkeypatch.setattr(oauth, "monotonic", lambda: now[0])
    made = scheme(tokens)["bearer"]
    tokens.answer = [given("t1", expires_in=3600), given("t2", expires_in=3600)]
    with SyncApiClient("http://127.0.0.1:1", {"bearer": made}, {"retries": 0}) as client:
        for moment, count in ((1000, 1), (1000 + 3569, 1), (1000 + 3571, 2), (1000 + 3572, 2)):
            now[0] = moment
            with pytest.raises(errors.TransportError):
                client._send(call(), {})
            assert len(tokens.seen) == count


ANSWERS: dict[str, Any] = {
    "html": reply(200, f"<html>{SECRET} LEAK", content_type="text/html"),
    "huge": reply(200, b'{"access_token": "' + b"LEAK" * 500_000 + b'"}'),
    "no bytes": reply(200, b""),
    "array": reply(200, [{"access_token": "LEAK"}]),
    "deep": reply(200, b"[" * 50_000),
    "nan": reply(200, b'{"access_token": "LEAK", "expires_in": NaN}'),
    "overflow": reply(200, b'{"access_token": "LEAK", "expires_in": 1e999}'),
    "none": reply(200, {"token_type": "bearer"}),
    "null": given(None),
    "number": given(1),
    "list": given(["LEAK"]),
    "empty": given(""),
    "crlf": given("LEAK\r\nInjected: 1"),
    "line end": given("LEAK\n"),
    "nul": given("LEAK\x00"),
    "space": given("LEAK LEAK"),
    "unicode": given("LEAKé"),
    "surrogate": reply(200, b'{"access_token": "LEAK\\ud800"}'),
    "kind": reply(200, {"access_token": "LEAK", "token_type": "mac"}),
    "kind of kind": reply(200, {"access_token": "LEAK", "token_type": 1}),
    "refused": reply(400, {"error": "invalid_client", "error_description": f"LEAK {SECRET}"}),
    "echo": reply(401, {"error": f"bad {SECRET} {quote_plus(SECRET)} {PAIR}"}),
    "escape": reply(400, {"error": "\x1b[31m\r\n\u202e" * 100}),
    "not found": reply(404, b"LEAK"),
    "redirect": reply(302, headers=(("Location", "http://evil.example/LEAK"),)),
    "created": reply(201, {"access_token": "LEAK"}),
    "not http": f"{SECRET} LEAK\r\n\r\n".encode(),
}


@pytest.mark.parametrize("answer", ANSWERS)
def test_what_gives_no_token_is_an_error_without_secrets(
    calling: Any, server: RawServer, tokens: RawServer, answer: str, caplog: pytest.LogCaptureFixture
) -> None:
    tokens.answer = lambda connection: connection.sendall(ANSWERS[answer])
    with caplog.at_level(logging.DEBUG, logger="specwright"), pytest.raises(errors.TokenError) as caught:
        calling(call("POST", "/things", body={}), retries=0)
    error = caught.value
    assert server.seen == []
    assert len(tokens.seen) == 1
    told = everything(error) + frames(error, "specwright") + caplog.text
    for secret in (SECRET, quote_plus(SECRET), PAIR, *(["LEAK"] if answer != "not http" else [])):
        assert secret not in told
    assert str(error).isprintable()
    assert len(str(error)) < 1500
    assert (error.method, error.path, error.status, error.attempts) == ("POST", "/things", None, 0)
    assert "no access token" in str(error)


@pytest.mark.parametrize("answer", [reply(503), reply(429, headers=(("Retry-After", "0"),))])
def test_where_tokens_are_given_is_asked_again_like_any(
    calling: Any, server: RawServer, tokens: RawServer, answer: bytes
) -> None:
    tokens.answer = [answer, given("t1")]
    calling(call("POST", body={}), retries=QUICK)
    assert len(tokens.seen) == 2
    assert len(server.seen) == 1


def test_a_server_that_gives_none_in_time_is_held_to_the_time_of_the_call(
    calling: Any, server: RawServer, tokens: RawServer
) -> None:
    tokens.answer = lambda _: tokens.wait(5)
    with Watch() as watch, pytest.raises((errors.TokenError, errors.RequestTimeout)) as caught:
        calling(call("POST", body={}), timeout=0.4)
    assert watch.seconds < 3
    assert server.seen == []
    assert not getattr(caught.value, "maybe_sent", False)


def test_hooks_see_the_question_too_and_print_nothing_of_it(
    calling: Any, tokens: RawServer, server: RawServer
) -> None:
    seen: list[Any] = []
    calling(call(), before_attempt=seen.append)
    assert [attempt.url for attempt in seen] == [f"{tokens.url}/token", f"{server.url}/x"]
    assert PAIR not in repr(seen)


def test_threads_share_one_token(server: RawServer, tokens: RawServer) -> None:
    def slowly(connection: Any) -> None:
        tokens.wait(0.2)
        connection.sendall(given("t1"))

    tokens.answer = slowly
    with SyncApiClient(server.url, scheme(tokens), {}) as client:
        other = client.with_options(timeout=20)
        threads = [
            threading.Thread(target=(client, other)[n % 2]._send, args=(call(), {})) for n in range(20)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len(tokens.seen) == 1
    assert [seen.header("authorization") for seen in server.seen] == ["Bearer t1"] * 20


@pytest.mark.parametrize("backend", ["asyncio", "trio"])
def test_tasks_share_one_token(server: RawServer, tokens: RawServer, backend: str) -> None:
    def slowly(connection: Any) -> None:
        tokens.wait(0.2)
        connection.sendall(given("t1"))

    tokens.answer = slowly

    async def main() -> None:
        async with (
            AsyncApiClient(server.url, scheme(tokens), {}) as client,
            anyio.create_task_group() as group,
        ):
            for _ in range(20):
                group.start_soon(client._send, call(), {})

    anyio.run(main, backend=backend)
    assert len(tokens.seen) == 1
    assert len(server.seen) == 20


def test_a_storm_of_401_is_one_new_token(server: RawServer, tokens: RawServer) -> None:
    tokens.answer = [given("t1"), given("t2")]

    with SyncApiClient(server.url, scheme(tokens), {}) as client:
        client._send(call(), {})
        barrier = threading.Barrier(10)
        server.answer = lambda connection: connection.sendall(
            reply(200, WIDGET) if server.last.header("authorization") == "Bearer t2" else reply(401)
        )
        failed: list[Exception] = []

        def run() -> None:
            barrier.wait()
            try:
                client._send(call(), {})
            except errors.Unauthorized as error:  # the server tells by what came last, which may be another's
                failed.append(error)

        threads = [threading.Thread(target=run) for _ in range(10)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert 2 <= len(tokens.seen) <= 11
    assert all(seen.header("authorization") in {"Bearer t1", "Bearer t2"} for seen in server.seen)


def test_who_waits_for_another_s_token_waits_no_longer_than_its_own_time(
    server: RawServer, tokens: RawServer
) -> None:
    tokens.answer = lambda _: tokens.wait(4)
    with SyncApiClient(server.url, scheme(tokens), {"retries": 0}) as client:

        def first() -> None:
            with pytest.raises(errors.TokenError):
                client._send(call(), {"timeout": 3})

        thread = threading.Thread(target=first)
        thread.start()
        tokens.arrived.wait(5)
        with Watch() as watch, pytest.raises(errors.RequestTimeout) as caught:
            client._send(call(), {"timeout": 0.3})
        assert watch.seconds < 2.5
        assert not caught.value.maybe_sent
        assert caught.value.attempts == 0
        thread.join()


def test_an_answer_that_is_handed_on_while_it_comes_has_a_token_too(
    server: RawServer, tokens: RawServer
) -> None:
    class Client(SyncApiClient):
        def get(self) -> Any:
            return self._send(call(), {})

    with Client(server.url, scheme(tokens), {}) as client, WithResponse(client.get).stream() as answer:
        assert answer.status == 200
        assert b"w1" in answer.read()
    assert server.last.header("authorization") == "Bearer t1"


def test_a_token_of_the_caller_s_comes_first(server: RawServer, tokens: RawServer) -> None:
    said = {"token_url": f"{tokens.url}/token"}
    for value in ("mine", lambda: "mine"):
        made = OAuth2("token", value, "client_id", ID, "client_secret", SECRET, **said)
        with SyncApiClient(server.url, {"bearer": made}, {}) as client:
            client._send(call(), {})
        assert server.last.header("authorization") == "Bearer mine"
    assert tokens.seen == []


def test_half_of_the_client_s_credentials_is_none() -> None:
    made = OAuth2("token", None, "client_id", ID, "client_secret", None, token_url="/token")  # noqa: S106
    with (
        SyncApiClient("http://127.0.0.1:1", {"bearer": made}, {}) as client,
        pytest.raises(errors.MissingCredentials, match="`token`, or `client_id` and `client_secret`"),
    ):
        client._send(call(), {})


def test_the_environment_gives_them_too(
    server: RawServer, tokens: RawServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AN_ID", ID)
    monkeypatch.setenv("A_SECRET", SECRET)
    made = OAuth2(
        "token", None, "client_id", None, "client_secret", None,
        token_url=f"{tokens.url}/token", client_id_env="AN_ID", client_secret_env="A_SECRET",  # noqa: S106  # the name of one
    )  # fmt: skip
    with SyncApiClient(server.url, {"bearer": made}, {}) as client:
        client._send(call(), {})
    assert tokens.last.header("authorization") == f"Basic {PAIR}"


def test_a_path_is_on_the_host_of_the_api(server: RawServer) -> None:
    server.answer = [given("t1"), reply(200, WIDGET)]
    made = OAuth2("token", None, "client_id", ID, "client_secret", SECRET, token_url="/oauth/token")  # noqa: S106
    with SyncApiClient(f"{server.url}/v1", {"bearer": made}, {}) as client:
        client._send(call(), {})
    assert [seen.target for seen in server.seen] == ["/oauth/token", "/v1/x"]


@pytest.mark.parametrize(
    "url", ["http://[", "http://x:y/", "file:///etc/passwd", "data:,x", "http://user:pw@127.0.0.1:1/"]
)
def test_a_url_that_is_none_is_told(server: RawServer, url: str) -> None:
    made = OAuth2("token", None, "client_id", ID, "client_secret", SECRET, token_url=url)
    with (
        SyncApiClient(server.url, {"bearer": made}, {"retries": 0}) as client,
        pytest.raises(errors.TokenError) as caught,
    ):
        client._send(call(), {})
    assert SECRET not in everything(caught.value) + frames(caught.value, "specwright")
    assert server.seen == []


def test_the_secret_of_a_client_over_plain_http_is_warned_of(server: RawServer) -> None:
    made = OAuth2("token", None, "client_id", ID, "client_secret", SECRET, token_url="http://192.0.2.1/token")  # noqa: S106
    with (
        SyncApiClient(server.url, {"bearer": made}, {"retries": 0, "timeout": 0.2}) as client,
        pytest.warns(errors.InsecureConnection, match="the URL that gives tokens"),
        pytest.raises((errors.TokenError, errors.RequestTimeout)),
    ):
        client._send(call(), {})


def test_nothing_of_it_prints(tokens: RawServer) -> None:
    made = scheme(tokens)["bearer"]
    with SyncApiClient("http://127.0.0.1:1", {"bearer": made}, {"retries": 0}) as client:
        with pytest.raises(errors.TransportError):
            client._send(call(), {})
        shown = f"{made!r} {client!r} {vars(client)!r} {client._setup!r}"
        slots = " ".join(repr(getattr(made, name)) for name in type(made).__slots__)
    assert made.secrets()[-1] == "t1"
    for secret in (SECRET, "t1'", PAIR):
        assert secret not in shown + slots
