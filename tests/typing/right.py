# ruff: noqa: S106, TC002 - the token is made up, and this is how people import
"""How the first package is meant to be used: type checkers find nothing in it."""

from __future__ import annotations

import datetime as dt
from typing import assert_type

import httpx2
from cohere_finetuning import (
    OMIT,
    ApiError,
    AsyncClient,
    Attempt,
    BadRequest,
    Client,
    RequestInvalid,
    Response,
    Retries,
    Timeout,
    testing,
)
from cohere_finetuning.inputs import BaseModelInput, HyperparametersInput, SettingsInput, StatusInput
from cohere_finetuning.models import (
    BaseType,
    Error,
    FinetunedModel,
    Settings,
    Status,
    UpdateFinetunedModelResponse,
)
from cohere_finetuning.validators import validate_settings_input

SETTINGS: SettingsInput = {"dataset_id": "ds-1", "base_model": {"base_type": "BASE_TYPE_CHAT"}}


def call(client: Client) -> Status | None:
    answer = client.finetuning.update_finetuned_model("ft-1", name="foobar", settings=SETTINGS)
    assert_type(answer, UpdateFinetunedModelResponse)
    if answer.finetuned_model is None:
        return None
    assert_type(answer.finetuned_model, FinetunedModel)
    assert_type(answer.finetuned_model.settings, Settings)
    assert_type(answer.finetuned_model.created_at, dt.datetime | None)
    return answer.finetuned_model.status


async def call_and_wait(client: AsyncClient) -> UpdateFinetunedModelResponse:
    async with client:
        return await client.finetuning.update_finetuned_model(id="ft-1", name="foobar", settings=SETTINGS)


def say_everything(client: Client, status: StatusInput, moment: dt.datetime) -> None:
    hyperparameters: HyperparametersInput = {
        "train_epochs": 1,
        "learning_rate": 1,
        "lora_target_modules": "LORA_TARGET_MODULES_QV",
    }
    base_model: BaseModelInput = {"base_type": BaseType.BASE_TYPE_CHAT, "name": "command"}
    client.finetuning.update_finetuned_model(
        "ft-1",
        name="foobar",
        settings={
            "dataset_id": "ds-1",
            "base_model": base_model,
            "hyperparameters": hyperparameters,
            "wandb": {"api_key": "k", "project": "p", "entity": "e"},
        },
        status=status,
        creator_id=OMIT,
        created_at=moment,
        x_client_name="me",
        timeout=Timeout(total=5.0),
        extra_headers={"X-Trace": "1"},
        extra_query={"q": 1},
        extra_body={"b": None},
    )


def make() -> Client:
    return Client(
        token="t", base_url="https://example.com", timeout=None, check_requests="warn", on_mismatch="raise"
    )


def send_again(client: Client, model: FinetunedModel) -> None:
    client.finetuning.update_finetuned_model("ft-1", name=model.name, settings=model.settings.as_input())


def know(status: Status) -> str:
    match status:
        case Status.STATUS_READY:
            return "ready"
        case Status.STATUS_FAILED:
            return "failed"
        case _:
            return status.value


def fail(client: Client) -> Error | str | None:
    try:
        call(client)
    except RequestInvalid as error:
        return error.issues[0].pointer
    except BadRequest as error:
        if isinstance(error.body, Error):
            assert_type(error.body, Error)
            return error.body.message
    return None


def make_with_all(token: str) -> tuple[Client, AsyncClient]:
    async def ask() -> str:
        return token

    def sign(attempt: Attempt) -> None:
        attempt.headers["X-Signature"] = f"{attempt.method} {attempt.url} {attempt.number}"

    client = Client(
        token=lambda: token,
        retries=Retries(most=3, first=0.1, longest=1, longest_asked=10, count_header="X-Retry"),
        follow_redirects=True,
        before_attempt=sign,
        after_attempt=lambda attempt: (attempt.status, attempt.elapsed, attempt.error),
        max_response_bytes=2**20,
    )
    return client.with_options(retries=0, timeout=1), AsyncClient(token=ask, tracing=False).with_options(
        timeout=1
    )


def know_all(client: Client) -> UpdateFinetunedModelResponse:
    respond = client.with_response.finetuning.update_finetuned_model
    answer = respond("ft-1", name="foobar", settings=SETTINGS, retries=1)
    assert_type(answer, Response[UpdateFinetunedModelResponse])
    assert_type(answer.status, int)
    assert_type(answer.headers.get("x"), str | None)
    assert_type(answer.elapsed, float)
    assert_type(answer.attempts, int)
    return answer.body


async def know_all_and_wait(client: AsyncClient) -> UpdateFinetunedModelResponse:
    respond = client.with_response.finetuning.update_finetuned_model
    answer = await respond("ft-1", name="foobar", settings=SETTINGS)
    assert_type(answer, Response[UpdateFinetunedModelResponse])
    return answer.body


def save(client: Client) -> int:
    stream = client.with_response.finetuning.update_finetuned_model.stream
    with stream("ft-1", name="foobar", settings=SETTINGS) as answer:
        return answer.save("answer.json", progress=lambda done, total: (done, total))


async def save_and_wait(client: AsyncClient) -> int:
    stream = client.with_response.finetuning.update_finetuned_model.stream
    async with stream("ft-1", name="foobar", settings=SETTINGS) as answer:
        return await answer.save("answer.json")


def tell(error: ApiError) -> str:
    return f"{error.method} {error.path}: {error.status} {error.request_id} after {error.attempts}"


def check(value: object) -> list[str]:
    return [issue.message for issue in validate_settings_input(value)]


def test_a_call() -> None:
    with testing.Server() as server:
        server.answer("PATCH /v1/finetuning/finetuned-models/{id}", UpdateFinetunedModelResponse())
        server.answer("PATCH /v1/finetuning/finetuned-models/{id}", {"finetuned_model": {}}, check=False)
        server.answer(
            "PATCH /v1/finetuning/finetuned-models/{id}",
            b"{}",
            status=429,
            headers={"Retry-After": "0"},
            times=None,
        )
        server.answer("PATCH /v1/finetuning/finetuned-models/{id}", exception=httpx2.ConnectError)
        client = server.client(on_mismatch="raise", timeout=1.0)
        assert_type(client, Client)
        call(client)
        assert_type(server.async_client(), AsyncClient)
        call(Client(token="t", http_client=server.http_client()))
        assert_type(server.requests, list[testing.SentRequest])
        assert server.requests[0].json == {"name": "foobar"}
        assert server.requests[0].path["id"] == "ft-1"
        server.assert_all_used()


OPERATION: testing.OperationName = "PATCH /v1/finetuning/finetuned-models/{id}"
