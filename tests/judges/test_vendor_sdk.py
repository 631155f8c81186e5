"""The vendor's own client and ours make the same call to the same server."""

from __future__ import annotations

import asyncio
import datetime as dt
from typing import TYPE_CHECKING, Any

import cohere
import httpx
import pytest
from cohere.finetuning import Settings

from judges.bodies import NAME_AND_SETTINGS, SMALLEST, arguments

if TYPE_CHECKING:
    from judges.loopback import Loopback, Seen

TOKEN = "my-token"  # noqa: S105 - no secret
PROJECT = "my-project"


def their_arguments(body: dict[str, Any]) -> dict[str, Any]:
    return {"name": body["name"], "settings": Settings.model_validate(body["settings"])}


def call_theirs(server: Loopback, model_id: str, body: dict[str, Any], project: str | None = PROJECT) -> Any:
    with httpx.Client() as http_client:
        client = cohere.Client(
            TOKEN, base_url=server.url, client_name=project, max_retries=0, httpx_client=http_client
        )
        return client.finetuning.update_finetuned_model(model_id, **their_arguments(body))


async def await_theirs(server: Loopback, model_id: str, body: dict[str, Any]) -> Any:
    async with httpx.AsyncClient() as http_client:
        client = cohere.AsyncClient(
            TOKEN, base_url=server.url, client_name=PROJECT, max_retries=0, httpx_client=http_client
        )
        return await client.finetuning.update_finetuned_model(model_id, **their_arguments(body))


def call_ours(ours: Any, server: Loopback, model_id: str, body: dict[str, Any], **options: Any) -> Any:
    with ours.Client(token=TOKEN, base_url=server.url) as client:
        return client.finetuning.update_finetuned_model(model_id, **arguments(body), **options)


async def await_ours(ours: Any, server: Loopback, model_id: str, body: dict[str, Any], **options: Any) -> Any:
    async with ours.AsyncClient(token=TOKEN, base_url=server.url) as client:
        return await client.finetuning.update_finetuned_model(model_id, **arguments(body), **options)


def what_matters(request: Seen) -> dict[str, Any]:
    return {
        "method": request.method,
        "path": request.path,
        "query": request.query,
        "authorization": request.headers["authorization"],
        "project": request.headers.get("x-client-name"),
        "media type": request.headers["content-type"],
        "body": request.json,
    }


# --- the same requests --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("named", NAME_AND_SETTINGS)
def test_the_same_call(named: str, ours: Any, server: Loopback) -> None:
    body = NAME_AND_SETTINGS[named]
    call_theirs(server, "test-id", body)
    theirs = what_matters(server.take())
    call_ours(ours, server, "test-id", body, x_client_name=PROJECT)
    assert what_matters(server.take()) == theirs
    assert theirs["body"] == body


@pytest.mark.parametrize("named", NAME_AND_SETTINGS)
def test_the_same_call_async(named: str, ours: Any, server: Loopback) -> None:
    body = NAME_AND_SETTINGS[named]
    asyncio.run(await_theirs(server, "test-id", body))
    theirs = what_matters(server.take())
    asyncio.run(await_ours(ours, server, "test-id", body, x_client_name=PROJECT))
    assert what_matters(server.take()) == theirs


def test_without_a_project_no_header_is_sent(ours: Any, server: Loopback) -> None:
    call_theirs(server, "test-id", SMALLEST, project=None)
    theirs = what_matters(server.take())
    call_ours(ours, server, "test-id", SMALLEST)
    assert what_matters(server.take()) == theirs
    assert theirs["project"] is None


@pytest.mark.parametrize("model_id", ["ft-123", "a b", "Zoë", "模型", "a+b", "a=b&c", "a:b@c", "~a_b.c-d"])
def test_the_same_path(model_id: str, ours: Any, server: Loopback) -> None:
    call_theirs(server, model_id, SMALLEST)
    theirs = httpx.URL(server.take().target)
    call_ours(ours, server, model_id, SMALLEST)
    # By what the server decodes: a character that may stand as it is may be encoded too.
    assert (
        httpx.URL(server.take().target).path == theirs.path == f"/v1/finetuning/finetuned-models/{model_id}"
    )


# --- where they differ, ours is right by the document ---------------------------------------------------------------

# An ID that means something else in an URL: (what the SDK asks for, what our client does)
UNSAFE_IDS = {
    "a/b": ("/v1/finetuning/finetuned-models/a/b", "/v1/finetuning/finetuned-models/a%2Fb"),
    "a?b=c": ("/v1/finetuning/finetuned-models/a?b=c", "/v1/finetuning/finetuned-models/a%3Fb%3Dc"),
    "a#b": ("/v1/finetuning/finetuned-models/a", "/v1/finetuning/finetuned-models/a%23b"),
    "a%2Fb": ("/v1/finetuning/finetuned-models/a%2Fb", "/v1/finetuning/finetuned-models/a%252Fb"),
}


@pytest.mark.parametrize("model_id", UNSAFE_IDS)
def test_an_id_stays_one_segment_of_the_path(model_id: str, ours: Any, server: Loopback) -> None:
    theirs, of_ours = UNSAFE_IDS[model_id]
    call_theirs(server, model_id, SMALLEST)
    assert server.take().target == theirs
    call_ours(ours, server, model_id, SMALLEST)
    assert server.take().target == of_ours


def test_an_empty_id_is_another_endpoint_and_refused(ours: Any, server: Loopback) -> None:
    call_theirs(server, "", SMALLEST)
    assert server.take().target == "/v1/finetuning/finetuned-models/"
    with pytest.raises(ours.RequestInvalid) as refusal:
        call_ours(ours, server, "", SMALLEST)
    assert [issue.pointer for issue in refusal.value.issues] == ["/path/id"]
    assert server.seen == []


@pytest.mark.parametrize("model_id", [".", ".."])
def test_an_id_that_is_no_segment_is_refused_by_both(model_id: str, ours: Any, server: Loopback) -> None:
    with pytest.raises(ValueError, match="not allowed"):
        call_theirs(server, model_id, SMALLEST)
    with pytest.raises(ours.RequestInvalid) as refusal:
        call_ours(ours, server, model_id, SMALLEST)
    assert [issue.pointer for issue in refusal.value.issues] == ["/path/id"]
    assert server.seen == []


# A body that the document doesn't allow: (what the SDK adds to the settings, where ours refuses it)
REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "read-only: only the server sets it": ({"multi_label": True}, "/settings/multi_label"),
    "read-only, in an object within": (
        {"base_model": {"base_type": "BASE_TYPE_CHAT", "version": "1"}},
        "/settings/base_model/version",
    ),
    "no such value": ({"base_model": {"base_type": "BASE_TYPE_CHATT"}}, "/settings/base_model/base_type"),
    "no such property": ({"dataset": "d"}, "/settings/dataset"),
    "null, where the document has none": ({"wandb": None}, "/settings/wandb"),
}


@pytest.mark.parametrize("reason", REFUSED)
def test_what_the_sdk_sends_against_the_document_is_refused(reason: str, ours: Any, server: Loopback) -> None:
    settings, pointer = REFUSED[reason]
    body = {**SMALLEST, "settings": {**SMALLEST["settings"], **settings}}
    call_theirs(server, "test-id", body)
    assert server.take().json == body
    with pytest.raises(ours.RequestInvalid) as refusal:
        call_ours(ours, server, "test-id", body)
    assert [issue.pointer for issue in refusal.value.issues] == [pointer]
    assert server.seen == []


# --- the same answers -----------------------------------------------------------------------------------------------

MODEL: dict[str, Any] = {
    "id": "ft-123",
    "name": "foobar",
    "creator_id": "my-user-id",
    "settings": {
        "multi_label": True,
        "dataset_id": "d",
        "hyperparameters": {
            "train_epochs": 3,
            "learning_rate": 0.5,
            "lora_target_modules": "LORA_TARGET_MODULES_QV",
        },
        "base_model": {"name": "b", "base_type": "BASE_TYPE_CLASSIFICATION", "version": "1"},
        "wandb": {"api_key": "k", "project": "p"},
    },
    "status": "STATUS_READY",
    "created_at": "2026-08-03T09:00:00Z",
    "updated_at": "2026-08-03T09:15:30.25+02:00",
}

ANSWERS: dict[str, dict[str, Any]] = {
    "a whole model": {"finetuned_model": MODEL},
    "a small model": {"finetuned_model": {"name": "n", "settings": SMALLEST["settings"]}},
    "a status of tomorrow": {"finetuned_model": {**MODEL, "status": "STATUS_NEW"}},
    "a property of tomorrow": {"finetuned_model": {**MODEL, "size": 7}},
    "nothing": {},
}


NAMES = (
    *("finetuned_model", "id", "name", "creator_id", "settings", "status", "completed_at", "last_used"),
    *(
        "organization_id",
        "created_at",
        "updated_at",
        "multi_label",
        "dataset_id",
        "hyperparameters",
        "base_model",
    ),
    *("wandb", "train_epochs", "learning_rate", "lora_target_modules", "base_type", "strategy", "version"),
    *("api_key", "entity", "project"),
)


def read(model: Any) -> Any:
    """What a model holds: both clients name their attributes as the document does, and have None where there is nothing."""
    if isinstance(model, str | int | float | dt.datetime):
        return model
    return {name: read(value) for name in NAMES if (value := getattr(model, name, None)) is not None}


@pytest.mark.parametrize("named", ANSWERS)
def test_the_same_answer(named: str, ours: Any, server: Loopback) -> None:
    server.answer(200, ANSWERS[named])
    theirs = read(call_theirs(server, "ft-123", SMALLEST))
    assert read(call_ours(ours, server, "ft-123", SMALLEST)) == theirs
    assert bool(theirs) == bool(ANSWERS[named])


@pytest.mark.parametrize("status", [400, 401, 403, 404, 500, 503])
def test_the_same_error(status: int, ours: Any, server: Loopback) -> None:
    server.answer(status, {"message": "my-message"})
    with pytest.raises(cohere.core.ApiError) as theirs:
        call_theirs(server, "ft-123", SMALLEST)
    with pytest.raises(ours.StatusError) as of_ours:
        call_ours(ours, server, "ft-123", SMALLEST)
    assert of_ours.value.status == theirs.value.status_code == status
    assert theirs.value.body == {"message": of_ours.value.body.message}
