"""openapi-python-client generates from the same document; its client and ours make the same calls.

Where they differ ours is right by the document, and a table says why.
"""

from __future__ import annotations

import asyncio
import enum
import importlib
import subprocess
import sys
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import attrs
import msgspec
import pytest

from judges.bodies import BODIES, SMALLEST, arguments, by_value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from judges.loopback import Loopback, Seen

TOKEN = "my-token"  # noqa: S105 - no secret
PROJECT = "my-project"


class Peer(NamedTuple):
    """What openapi-python-client made: its clients, its models, and the module of the one operation."""

    client: Any
    models: Any
    operation: Any
    unset: Any


@pytest.fixture(scope="module")
def peer(document: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Peer]:
    folder = tmp_path_factory.mktemp("openapi_python_client")
    config = folder / "config.yaml"
    config.write_text("post_hooks: []\n")  # by default it formats with a ruff that may not be on the path
    command = str(Path(sys.executable).with_name("openapi-python-client"))
    options = ["--meta", "none", "--config", str(config), "--output-path", str(folder / "peer_of_ours")]
    done = subprocess.run(
        [command, "generate", "--path", str(document), *options], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    sys.path.insert(0, str(folder))
    yield Peer(
        client=importlib.import_module("peer_of_ours.client"),
        models=importlib.import_module("peer_of_ours.models"),
        operation=importlib.import_module("peer_of_ours.api.finetuning.update_finetuned_model"),
        unset=importlib.import_module("peer_of_ours.types").UNSET,
    )
    sys.path.remove(str(folder))


def call_theirs(peer: Peer, server: Loopback, model_id: str, body: dict[str, Any]) -> Any:
    model = peer.models.UpdateFinetunedModelRequest.from_dict(body)
    with peer.client.AuthenticatedClient(base_url=server.url, token=TOKEN) as client:
        return peer.operation.sync(model_id, client=client, body=model, x_client_name=PROJECT)


async def await_theirs(peer: Peer, server: Loopback, model_id: str, body: dict[str, Any]) -> Any:
    model = peer.models.UpdateFinetunedModelRequest.from_dict(body)
    async with peer.client.AuthenticatedClient(base_url=server.url, token=TOKEN) as client:
        return await peer.operation.asyncio(model_id, client=client, body=model, x_client_name=PROJECT)


def call_ours(ours: Any, server: Loopback, model_id: str, body: dict[str, Any]) -> Any:
    with ours.Client(token=TOKEN, base_url=server.url) as client:
        return client.finetuning.update_finetuned_model(model_id, **arguments(body), x_client_name=PROJECT)


async def await_ours(ours: Any, server: Loopback, model_id: str, body: dict[str, Any]) -> Any:
    async with ours.AsyncClient(token=TOKEN, base_url=server.url) as client:
        return await client.finetuning.update_finetuned_model(
            model_id, **arguments(body), x_client_name=PROJECT
        )


def what_matters(request: Seen) -> dict[str, Any]:
    return {
        "method": request.method,
        "target": request.target,
        "authorization": request.headers["authorization"],
        "project": request.headers["x-client-name"],
        "media type": request.headers["content-type"],
        "body": by_value(request.json),
    }


def fields_of(value: Any, unset: Any) -> Any:
    """What a model holds, theirs or ours: the fields of the document that are there, as plain values."""
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, msgspec.Struct):
        fields = {name: getattr(value, name) for name in value.__struct_fields__}
    elif attrs.has(type(value)):
        fields = {field.name: getattr(value, field.name) for field in attrs.fields(type(value)) if field.init}
    else:
        return value
    return {
        name: fields_of(held, unset)
        for name, held in fields.items()
        if held is not unset and held is not None
    }


# --- the same requests --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("named", BODIES)
def test_the_same_call(named: str, peer: Peer, ours: Any, server: Loopback) -> None:
    body = BODIES[named]
    call_theirs(peer, server, "ft-123", body)
    theirs = what_matters(server.take())
    call_ours(ours, server, "ft-123", body)
    assert what_matters(server.take()) == theirs
    assert theirs["body"] == by_value(body)


@pytest.mark.parametrize("named", BODIES)
def test_the_same_call_async(named: str, peer: Peer, ours: Any, server: Loopback) -> None:
    body = BODIES[named]
    asyncio.run(await_theirs(peer, server, "ft-123", body))
    theirs = what_matters(server.take())
    asyncio.run(await_ours(ours, server, "ft-123", body))
    assert what_matters(server.take()) == theirs


@pytest.mark.parametrize("model_id", ["a b", "a/b", "a?b=c", "a#b", "a%2Fb", "Zoë", "模型", "~a_b.c-d"])
def test_the_same_path(model_id: str, peer: Peer, ours: Any, server: Loopback) -> None:
    call_theirs(peer, server, model_id, SMALLEST)
    theirs = server.take().target
    call_ours(ours, server, model_id, SMALLEST)
    assert server.take().target == theirs


# --- the same answers ---------------------------------------------------------------------------------------------

SMALL_MODEL: dict[str, Any] = {"name": "n", "settings": SMALLEST["settings"]}

ANSWERS: dict[str, dict[str, Any]] = {
    "nothing": {},
    "a small model": {"finetuned_model": SMALL_MODEL},
    "a model with all that there is": {
        "finetuned_model": {
            **BODIES["IDs"],
            **BODIES["timestamps"],
            "id": "ft-123",
            "status": "STATUS_READY",
            "settings": {
                **BODIES["hyperparameters"]["settings"],
                **BODIES["Weights & Biases"]["settings"],
                "multi_label": False,
                "base_model": {**BODIES["a whole base model"]["settings"]["base_model"], "version": "1"},
            },
        }
    },
    "a property of tomorrow": {"finetuned_model": {**SMALL_MODEL, "size": 7}},
    "text of all kinds": {"finetuned_model": {**SMALL_MODEL, "name": BODIES["text of all kinds"]["name"]}},
}


@pytest.mark.parametrize("named", ANSWERS)
def test_the_same_answer(named: str, peer: Peer, ours: Any, server: Loopback) -> None:
    server.answer(200, ANSWERS[named])
    theirs = fields_of(call_theirs(peer, server, "ft-123", SMALLEST), peer.unset)
    assert fields_of(call_ours(ours, server, "ft-123", SMALLEST), peer.unset) == theirs
    assert bool(theirs) == bool(ANSWERS[named])


@pytest.mark.parametrize("named", ANSWERS)
def test_the_same_answer_async(named: str, peer: Peer, ours: Any, server: Loopback) -> None:
    server.answer(200, ANSWERS[named])
    theirs = fields_of(asyncio.run(await_theirs(peer, server, "ft-123", SMALLEST)), peer.unset)
    assert fields_of(asyncio.run(await_ours(ours, server, "ft-123", SMALLEST)), peer.unset) == theirs


# --- requests where they differ -----------------------------------------------------------------------------------

SENDS = None  # what theirs does with a body that the document doesn't allow


class Refused(NamedTuple):
    """A body that ours refuses at `pointer`, and the error of theirs, if it has one."""

    why: str
    body: dict[str, Any]
    pointer: str
    theirs: type[Exception] | None


def with_settings(**settings: Any) -> dict[str, Any]:
    return {**SMALLEST, "settings": {**SMALLEST["settings"], **settings}}


CHAT = {"base_type": "BASE_TYPE_CHAT"}

REFUSED = [
    Refused(
        "readOnly: only the server sets it", with_settings(multi_label=True), "/settings/multi_label", SENDS
    ),
    Refused(
        "readOnly, in an object within",
        with_settings(base_model={**CHAT, "version": "1"}),
        "/settings/base_model/version",
        SENDS,
    ),
    Refused(
        "no property of that name: a slip of the keyboard",
        with_settings(dataset="d"),
        "/settings/dataset",
        SENDS,
    ),
    Refused("a number is no text", {**SMALLEST, "name": 7}, "/name", SENDS),
    Refused("null isn't among the types", {**SMALLEST, "creator_id": None}, "/creator_id", SENDS),
    Refused(
        "text is no integer",
        with_settings(hyperparameters={"train_epochs": "3"}),
        "/settings/hyperparameters/train_epochs",
        SENDS,
    ),
    Refused(
        "a date-time has an offset (RFC 3339)",
        {**SMALLEST, "created_at": "2026-08-03T09:00:00"},
        "/created_at",
        SENDS,
    ),
    Refused(
        "not one of the values; theirs doesn't say where",
        {**SMALLEST, "status": "READY"},
        "/status",
        ValueError,
    ),
    Refused(
        "required, said of an object within; theirs has no error of its own for it",
        with_settings(wandb={"api_key": "k"}),
        "/settings/wandb",
        KeyError,
    ),
]


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: case.pointer)
def test_a_body_that_ours_refuses(case: Refused, peer: Peer, ours: Any, server: Loopback) -> None:
    if case.theirs is None:
        call_theirs(peer, server, "ft-123", case.body)
        assert server.take().json == case.body
    else:
        with pytest.raises(case.theirs):
            call_theirs(peer, server, "ft-123", case.body)
    with (
        ours.Client(token=TOKEN, base_url=server.url) as client,
        pytest.raises(ours.RequestInvalid) as refusal,
    ):
        client.finetuning.update_finetuned_model("ft-123", **arguments(case.body))
    assert [issue.pointer for issue in refusal.value.issues] == [case.pointer]
    assert server.seen == []


# An ID that is no segment of a path: what theirs asks for, each of them another endpoint
NO_SEGMENT = {
    "": "/v1/finetuning/finetuned-models/",
    ".": "/v1/finetuning/finetuned-models",
    "..": "/v1/finetuning",
}


@pytest.mark.parametrize("model_id", NO_SEGMENT)
def test_an_id_that_is_no_segment_is_refused(model_id: str, peer: Peer, ours: Any, server: Loopback) -> None:
    call_theirs(peer, server, model_id, SMALLEST)
    assert server.take().target == NO_SEGMENT[model_id]
    with pytest.raises(ours.RequestInvalid) as refusal:
        call_ours(ours, server, model_id, SMALLEST)
    assert [issue.pointer for issue in refusal.value.issues] == ["/path/id"]
    assert server.seen == []


def test_a_secret_is_masked(peer: Peer, ours: Any, server: Loopback) -> None:
    """`format: password`, which theirs doesn't know."""
    model = {
        **SMALL_MODEL,
        "settings": with_settings(wandb={"api_key": "my-key", "project": "p"})["settings"],
    }
    server.answer(200, {"finetuned_model": model})
    assert "my-key" in repr(call_theirs(peer, server, "ft-123", SMALLEST))
    answer = call_ours(ours, server, "ft-123", SMALLEST)
    assert "my-key" not in repr(answer)
    assert answer.finetuned_model.settings.wandb.api_key == "my-key"


# --- answers where they differ ------------------------------------------------------------------------------------


class Strayed(NamedTuple):
    """An answer that strays from the document: the issues of ours and what it reads, and the error of theirs, if any."""

    why: str
    model: Any
    pointers: list[str]
    reads: dict[str, Any] | None
    theirs: type[Exception] | None


AT = "/finetuned_model"

STRAYED = [
    Strayed(
        "enums are open in answers: a value of tomorrow survives as itself",
        {**SMALL_MODEL, "status": "STATUS_NEW"},
        [],
        {**SMALL_MODEL, "status": "STATUS_NEW"},
        ValueError,
    ),
    Strayed("null for an optional property is as if it were absent", None, [], None, TypeError),
    Strayed(
        "what can't be read is left out and told",
        {**SMALL_MODEL, "created_at": "yesterday"},
        [f"{AT}/created_at"],
        SMALL_MODEL,
        ValueError,
    ),
    Strayed(
        "so is a whole object",
        {"name": "n", "settings": "oops"},
        [f"{AT}/settings"],
        {"name": "n"},
        ValueError,
    ),
    Strayed(
        "so is a missing one, told of the object that lacks it", {"name": "n"}, [AT], {"name": "n"}, KeyError
    ),
    Strayed(
        "theirs hands out a number where its types say text",
        {**SMALL_MODEL, "name": 7},
        [f"{AT}/name"],
        {"settings": SMALL_MODEL["settings"]},
        None,
    ),
]


@pytest.mark.parametrize("case", STRAYED, ids=lambda case: case.why)
def test_an_answer_that_strays(case: Strayed, peer: Peer, ours: Any, server: Loopback) -> None:
    server.answer(200, {"finetuned_model": case.model})
    if case.theirs is None:
        call_theirs(peer, server, "ft-123", SMALLEST)
    else:
        with pytest.raises(case.theirs):
            call_theirs(peer, server, "ft-123", SMALLEST)
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        answer = call_ours(ours, server, "ft-123", SMALLEST)
    expected = {} if case.reads is None else {"finetuned_model": case.reads}
    assert fields_of(answer, peer.unset) == expected
    mismatches: list[Any] = [warning.message for warning in told if warning.category is ours.ResponseMismatch]
    assert [issue.pointer for mismatch in mismatches for issue in mismatch.issues] == case.pointers


def test_an_error_is_raised_and_its_body_is_typed(peer: Peer, ours: Any, server: Loopback) -> None:
    """Theirs returns it as it returns a success, so that callers have to tell them apart."""
    server.answer(404, {"message": "my-message"})
    theirs = call_theirs(peer, server, "ft-123", SMALLEST)
    assert isinstance(theirs, peer.models.Error)
    with pytest.raises(ours.NotFound) as error:
        call_ours(ours, server, "ft-123", SMALLEST)
    assert isinstance(error.value.body, ours.Error)
    assert error.value.body.message == theirs.message == "my-message"


def test_a_status_that_no_one_documented_is_an_error_too(peer: Peer, ours: Any, server: Loopback) -> None:
    """Theirs returns None."""
    server.answer(418, {"message": "my-message"})
    assert call_theirs(peer, server, "ft-123", SMALLEST) is None
    with pytest.raises(ours.StatusError) as error:
        call_ours(ours, server, "ft-123", SMALLEST)
    assert (error.value.status, error.value.body) == (418, {"message": "my-message"})


def test_an_answer_of_another_shape_is_an_error(peer: Peer, ours: Any, server: Loopback) -> None:
    """Theirs makes an empty answer of an empty list."""
    server.answer(200, [])
    assert fields_of(call_theirs(peer, server, "ft-123", SMALLEST), peer.unset) == {}
    with pytest.raises(ours.DecodeError):
        call_ours(ours, server, "ft-123", SMALLEST)
