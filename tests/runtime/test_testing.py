# ruff: noqa: S106  # tokens are made up
"""The server that a package has for tests: what it answers, what it says was sent, and what it refuses."""

from __future__ import annotations

import asyncio
import sys
import threading
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx2
import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = Path(__file__).parents[2] / "generated" / "cohere-finetuning"
UPDATE = "PATCH /v1/finetuning/finetuned-models/{id}"
SETTINGS = {"dataset_id": "ds-1", "base_model": {"base_type": "BASE_TYPE_CHAT"}}
MODEL = {"finetuned_model": {"id": "ft-1", "name": "x", "settings": SETTINGS}}


@pytest.fixture
def cohere(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """The first package."""
    monkeypatch.syspath_prepend(str(PACKAGE))
    yield import_module("cohere_finetuning")
    for name in [name for name in sys.modules if name.partition(".")[0] == "cohere_finetuning"]:
        del sys.modules[name]


@pytest.fixture
def testing(cohere: Any) -> Any:
    return import_module(f"{cohere.__name__}.testing")


@pytest.fixture
def server(testing: Any) -> Any:
    return testing.Server()


def update(client: Any, model: str = "ft-1", **more: Any) -> Any:
    return client.finetuning.update_finetuned_model(model, name="x", settings=SETTINGS, **more)


def test_the_package_does_not_load_it(cohere: Any) -> None:
    cohere.Client(token="made-up")
    assert not {
        f"cohere_finetuning.{name}" for name in ("testing", "_runtime.testing", "_runtime.canned")
    } & set(sys.modules)


def test_a_call_is_answered_and_what_was_sent_is_known(server: Any, cohere: Any) -> None:
    server.answer(UPDATE, MODEL)
    answer = update(server.client(), "ft/1 é", x_client_name="me", extra_query={"q": ["a", "b c"]})
    assert isinstance(answer, cohere.UpdateFinetunedModelResponse)
    assert answer.finetuned_model.id == "ft-1"
    (request,) = server.requests
    assert request.operation == UPDATE
    assert request.method == "PATCH"
    assert request.path == {"id": "ft/1 é"}
    assert request.query == {"q": ["a", "b c"]}
    assert request.url.startswith("https://api.cohere.com/v1/finetuning/finetuned-models/ft%2F1%20%C3%A9?")
    assert request.headers["x-client-name"] == "me"
    assert request.headers["authorization"] == "Bearer test-token"
    assert request.json == {"name": "x", "settings": SETTINGS}
    assert request.text.startswith('{"name"')
    assert "test-token" not in repr(request.headers)


def test_async_clients_are_answered_too(server: Any) -> None:
    server.answer(UPDATE, MODEL)

    async def main() -> Any:
        async with server.async_client() as client:
            return await update(client)

    assert asyncio.run(main()).finetuned_model.name == "x"


def test_a_client_of_the_callers_own_may_have_any_base_url(server: Any, cohere: Any) -> None:
    server.answer(UPDATE, MODEL)
    client = cohere.Client(token="mine", base_url="http://localhost:1/a/v1", http_client=server.http_client())
    update(client)
    (request,) = server.requests
    assert request.path == {"id": "ft-1"}
    assert request.headers["authorization"] == "Bearer mine"
    assert request.url == "http://localhost:1/a/v1/v1/finetuning/finetuned-models/ft-1"


def test_answers_come_in_their_order_and_as_often_as_said(server: Any) -> None:
    server.answer(UPDATE, {}, times=None)
    server.answer(UPDATE, MODEL, times=2)
    server.answer(UPDATE, {"finetuned_model": {**MODEL["finetuned_model"], "id": "ft-2"}})
    client = server.client()
    models = [update(client).finetuned_model for _ in range(5)]
    assert [model and model.id for model in models] == ["ft-1", "ft-1", "ft-2", None, None]


def test_a_model_and_bytes_are_bodies_too(server: Any) -> None:
    server.answer(UPDATE, b' {"finetuned_model": null} ')
    server.answer(UPDATE, MODEL)
    first, second = update(server.client()), update(server.client())
    assert first.finetuned_model is None
    server.answer(UPDATE, second)
    assert update(server.client()) == second


def test_errors_are_raised_as_those_of_a_server(server: Any, cohere: Any) -> None:
    server.answer(UPDATE, {"message": "slow down"}, status=429, headers={"Retry-After": "0"})
    server.answer(UPDATE, {"message": "no such model"}, status=404)
    server.answer(UPDATE, "<html>", status=502, headers={"content-type": "text/html"})
    server.answer(UPDATE, status=503)
    client = server.client(retries=0)
    with pytest.raises(cohere.TooManyRequests) as slow:
        update(client)
    assert slow.value.headers["retry-after"] == "0"
    with pytest.raises(cohere.NotFound) as missing:
        update(client)
    assert missing.value.body == cohere.Error(message="no such model")
    with pytest.raises(cohere.BadGateway):
        update(client)
    with pytest.raises(cohere.ServiceUnavailable):
        update(client)


def test_what_may_be_repeated_is_repeated(server: Any, testing: Any) -> None:
    server.answer(UPDATE, status=429, headers={"Retry-After": "0"})
    server.answer(UPDATE, MODEL)
    assert update(server.client()).finetuned_model.name == "x"
    assert len(server.requests) == 2
    server.answer(UPDATE, status=429, headers={"Retry-After": "0"})
    with pytest.raises(testing.NoAnswer, match=r"sent 3 times before.*retries=0"):
        update(server.client())


@pytest.mark.parametrize(
    ("failure", "error"),
    [
        (httpx2.ConnectError, "TransportError"),
        (httpx2.ReadTimeout("slow"), "RequestTimeout"),
        (KeyboardInterrupt, None),
    ],
)
def test_exceptions_stand_in_for_answers(server: Any, cohere: Any, failure: Any, error: str | None) -> None:
    server.answer(UPDATE, exception=failure)
    with pytest.raises(getattr(cohere, error) if error else failure):
        update(server.client(retries=0))
    assert len(server.requests) == 1


def test_what_is_not_valid_is_not_sent(server: Any, cohere: Any) -> None:
    server.answer(UPDATE, MODEL)
    with pytest.raises(cohere.RequestInvalid):
        server.client().finetuning.update_finetuned_model("ft-1", name=3, settings=SETTINGS)
    assert server.requests == []


def test_a_call_without_an_answer_says_how_to_give_one(server: Any, testing: Any) -> None:
    with pytest.raises(testing.NoAnswer) as lacking:
        update(server.client())
    assert f'server.answer("{UPDATE}", …)' in str(lacking.value)
    assert [request.operation for request in server.requests] == [UPDATE]


def test_a_call_without_an_answer_is_told_in_the_end_if_it_was_swallowed(testing: Any) -> None:
    with (
        pytest.raises(testing.NoAnswer),
        testing.Server() as server,
        suppress(Exception),  # what code under test may do
    ):
        update(server.client())


def test_what_goes_wrong_in_a_test_is_not_hidden_in_the_end(testing: Any) -> None:
    def test() -> None:
        with testing.Server() as server:
            with suppress(testing.NoAnswer):
                update(server.client())
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        test()


def test_answers_that_nobody_asked_for_are_told_on_request(server: Any) -> None:
    server.answer(UPDATE, MODEL, times=None)
    server.assert_all_used()
    server.answer(UPDATE, MODEL, times=3)
    update(server.client())
    with pytest.raises(AssertionError, match=r"PATCH .*\{id\}: 2$"):
        server.assert_all_used()
    update(server.client())
    update(server.client())
    server.assert_all_used()


@pytest.mark.parametrize(
    ("body", "more", "issue"),
    [
        ({"finetuned_model": {"id": 3}}, {}, ("/finetuned_model/id", "type")),
        ([], {}, ("", "type")),
        (b"{", {}, ("", "type")),
        ("text", {}, ("", "type")),
        ({"message": 3}, {"status": 404}, ("/message", "type")),
        (MODEL, {"status": 202}, ("", "status")),
        (b"{}", {"headers": {"Content-Type": "text/html"}}, ("", "contentMediaType")),
    ],
)
def test_an_answer_that_is_not_promised_is_refused_where_it_is_given(
    server: Any, testing: Any, body: Any, more: dict[str, Any], issue: tuple[str, str]
) -> None:
    with pytest.raises(testing.AnswerInvalid) as refused:
        server.answer(UPDATE, body, **more)
    assert issue in [(found.pointer, found.keyword) for found in refused.value.issues]
    assert UPDATE in str(refused.value)
    server.answer(UPDATE, body, check=False, **more)


def test_a_body_that_is_missing_is_refused(server: Any, testing: Any) -> None:
    with pytest.raises(testing.AnswerInvalid, match="none is given"):
        server.answer(UPDATE)


def test_mistakes_of_a_test_are_told(server: Any) -> None:
    with pytest.raises(ValueError, match=r"there is 'PATCH .*/\{id\}'"):
        server.answer("PATCH /v1/finetuning/finetuned-models/{name}", {})
    with pytest.raises(ValueError, match="times"):
        server.answer(UPDATE, MODEL, times=0)
    with pytest.raises(TypeError, match="in place of an answer"):
        server.answer(UPDATE, MODEL, exception=httpx2.ConnectError)


def test_what_is_no_call_of_an_operation_is_told(server: Any, testing: Any) -> None:
    with pytest.raises(testing.NoAnswer, match="no call of an operation"):
        server.http_client().get("https://api.cohere.com/v1/other")


def test_several_threads_may_use_it(server: Any) -> None:
    server.answer(UPDATE, MODEL, times=200)
    client = server.client()

    def call() -> None:
        for _ in range(25):
            update(client)

    threads = [threading.Thread(target=call) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(server.requests) == 200
    server.assert_all_used()
