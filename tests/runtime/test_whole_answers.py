"""What comes with an answer's value: status, headers, attempts; and clients with other options."""

from __future__ import annotations

import asyncio
import logging
import pickle
from typing import TYPE_CHECKING, Any

import httpx2
import pytest
import widgets
from telling import TOKEN

from raw_server import RawServer, reply
from specwright.runtime import errors
from specwright.runtime.responses import AsyncWithResponse, WithResponse
from specwright.runtime.types import Retries

if TYPE_CHECKING:
    from specwright.runtime.answered import Response

BODY = {"name": "n"}
UNSAFE: Any = {"retries": Retries(most=1, unsafe=True)}


def client(server: RawServer, **options: Any) -> widgets.Client:
    return widgets.Client(base_url=server.url, token=TOKEN, **options)


def respond(server: RawServer, kind: str, **options: Any) -> Response[widgets.Widget]:
    if kind == "sync":
        with client(server) as made:
            return WithResponse(made.widgets.update)("w1", body=BODY, **options)

    async def main() -> Response[widgets.Widget]:
        async with widgets.AsyncClient(base_url=server.url, token=TOKEN) as made:
            return await AsyncWithResponse(made.widgets.update)("w1", body=BODY, **options)

    return asyncio.run(main())


@pytest.mark.parametrize("kind", ["sync", "async"])
def test_a_whole_answer_has_what_came_with_it(server: RawServer, kind: str) -> None:
    answer = {**widgets.WIDGET, "undocumented": 1}
    server.answer = reply(200, answer, headers=(("X-Request-Id", "r-1"), ("Set-Cookie", "a=secret-cookie")))
    found = respond(server, kind)
    assert found.body.id == "w1"
    assert (found.status, found.request_id, found.attempts) == (200, "r-1", 1)
    assert found.headers["content-type"] == "application/json"
    assert found.json() == answer
    assert found.content == found.text.encode()
    assert found.url == f"{server.url}/v1/widgets/w1"
    assert 0 < found.elapsed < 30
    assert repr(found) == "<Response 200>"


@pytest.mark.parametrize("kind", ["sync", "async"])
def test_it_knows_how_often_the_request_was_sent(server: RawServer, kind: str) -> None:
    replies = iter(
        [reply(429, headers=(("Retry-After", "0"), ("Connection", "close"))), reply(200, widgets.WIDGET)]
    )
    server.answer = lambda connection: connection.sendall(next(replies))
    assert respond(server, kind).attempts == 2
    assert len(server.seen) == 2


@pytest.mark.parametrize("kind", ["sync", "async"])
def test_errors_are_raised_all_the_same(server: RawServer, kind: str) -> None:
    server.answer = reply(404, {"message": "no"}, headers=(("X-Request-Id", "r-2"),))
    with pytest.raises(errors.NotFound) as caught:
        respond(server, kind)
    error = caught.value
    again = pickle.loads(pickle.dumps(error))  # noqa: S301
    for one in (error, again):
        assert (one.method, one.path, one.status, one.request_id, one.attempts) == (
            "PATCH",
            "/v1/widgets/{id}",
            404,
            "r-2",
            1,
        )


def test_a_method_called_itself_still_gives_the_value(server: RawServer) -> None:
    with client(server) as made:
        whole = WithResponse(made.widgets.update)
        assert whole("w1", body=BODY).body == made.widgets.update("w1", body=BODY)


# Other options.


def test_a_client_with_other_options_shares_connections_and_credentials(server: RawServer) -> None:
    with client(server) as made:
        other = made.with_options(timeout=0.3, retries=0)
        assert other.widgets.update("w1", body=BODY).id == "w1"
        assert server.seen[-1].header("authorization") == f"Bearer {TOKEN}"
        other.close()
        with pytest.raises(errors.ClientClosed):
            other.widgets.update("w1", body=BODY)
        assert made.widgets.update("w1", body=BODY).id == "w1"
        server.answer = lambda _: server.wait(8.0)
        with pytest.raises(errors.RequestTimeout, match=r"within 0\.3 s"):
            made.with_options(timeout=0.3).widgets.update("w1", body=BODY)
    with pytest.raises(errors.ClientClosed):
        made.with_options(retries=1).widgets.update("w1", body=BODY)


def test_options_add_up(server: RawServer) -> None:
    seen: list[int] = []
    with client(
        server, on_mismatch="raise", before_attempt=lambda attempt: seen.append(attempt.number)
    ) as made:
        server.answer = reply(200, {"id": 1})
        with pytest.raises(errors.ResponseMismatch):
            made.with_options(timeout=5).widgets.update("w1", body=BODY)
        assert seen == [1]


def test_it_may_have_another_http_client(server: RawServer) -> None:
    answers = httpx2.MockTransport(lambda _: httpx2.Response(200, json={**widgets.WIDGET, "id": "mock"}))
    with client(server) as made, httpx2.Client(transport=answers) as own:
        assert made.with_options(http_client=own).widgets.update("w1", body=BODY).id == "mock"
        assert made.widgets.update("w1", body=BODY).id == "w1"


def test_an_async_client_has_them_too(server: RawServer) -> None:
    async def main() -> None:
        async with widgets.AsyncClient(base_url=server.url, token=TOKEN) as made:
            other = made.with_options(retries=0)
            assert (await other.widgets.update("w1", body=BODY)).id == "w1"
            await other.aclose()
            assert (await made.widgets.update("w1", body=BODY)).id == "w1"

    asyncio.run(main())


def test_an_option_that_there_is_not_is_refused(server: RawServer) -> None:
    with client(server) as made, pytest.raises(TypeError, match="timeuot"):
        made.with_options(timeuot=1)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]


# The log.


def test_the_log_tells_of_attempts_and_of_no_secret(
    server: RawServer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "specwright")
    replies = iter(
        [reply(503, headers=(("Retry-After", "0"), ("Connection", "close"))), reply(200, widgets.WIDGET)]
    )
    server.answer = lambda connection: connection.sendall(next(replies))
    with widgets.Client(base_url=server.url, token=TOKEN, retries=1) as made:
        made._send(
            widgets.update("w1", q="private", body=BODY), {"extra_headers": {"X-Own": "own-secret"}, **UNSAFE}
        )
    own = [record for record in caplog.records if record.name == "specwright"]
    assert [record.levelname for record in own] == ["INFO", "DEBUG"]
    assert own[0].getMessage() == "PATCH /v1/widgets/{id}: 503; again in 0.00 s (repetition 1 of 1)"
    assert "200 after" in own[1].getMessage()
    told = " ".join(record.getMessage() for record in own)
    assert not any(secret in told for secret in (TOKEN, "private", "own-secret"))
