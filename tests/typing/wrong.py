# ruff: noqa: B018, F401, F841, TC002, UP018 - what is wrong here is the point, and the rest leaves no trace
"""How the first package is not meant to be used: each line that says so is an error to type checkers, and no other is."""

from __future__ import annotations

from cohere_finetuning import AsyncClient, Client, Nonexistent, testing  # wrong: no such name
from cohere_finetuning.inputs import BaseModelInput, HyperparametersInput, SettingsInput, WandbConfigInput
from cohere_finetuning.models import BaseModel, BaseType, FinetunedModel, Status, UpdateFinetunedModelResponse

CHAT: BaseModelInput = {"base_type": "BASE_TYPE_CHAT"}
SETTINGS: SettingsInput = {"dataset_id": "ds-1", "base_model": CHAT}

# What is sent.
misspelt: BaseModelInput = {"base_type": "BASE_TYPE_CAHT"}  # wrong: no such value
missing: BaseModelInput = {"name": "command"}  # wrong: `base_type` is required
read_only: BaseModelInput = {"base_type": "BASE_TYPE_CHAT", "version": "1"}  # wrong: `version` is read-only
also: SettingsInput = {"dataset_id": "d", "base_model": CHAT, "multi_label": True}  # wrong: read-only
unknown: WandbConfigInput = {"api_key": "k", "project": "p", "entitty": "e"}  # wrong: no such key
text_for_number: HyperparametersInput = {"train_epochs": "1"}  # wrong: text for an integer
fraction: HyperparametersInput = {"train_epochs": 1.5}  # wrong: a fraction for an integer
null: HyperparametersInput = {"train_epochs": None}  # wrong: null where no null may be
any_text: BaseModelInput = {"base_type": str("x")}  # wrong: any text for one of a choice
other_enum: BaseModelInput = {"base_type": Status.STATUS_READY}  # wrong: a value of another enum


def call(client: Client) -> None:
    update = client.finetuning.update_finetuned_model
    update(name="n", settings=SETTINGS)  # wrong: no id
    update("ft-1", settings=SETTINGS)  # wrong: no name
    update("ft-1", name="n")  # wrong: no settings
    update("ft-1", "n", SETTINGS)  # wrong: these are given by name
    update(1, name="n", settings=SETTINGS)  # wrong: an integer for text
    update("ft-1", name=None, settings=SETTINGS)  # wrong: null where no null may be
    update("ft-1", name="n", settings={"dataset_id": "d"})  # wrong: no base model
    update("ft-1", name="n", settings=SETTINGS, status="READY")  # wrong: no such value
    update("ft-1", name="n", settings=SETTINGS, naem="x")  # wrong: no such argument
    update("ft-1", name="n", settings=SETTINGS, created_at="2026-01-31T12:00:00Z")  # wrong: text for a moment
    update("ft-1", name="n", settings=SETTINGS, x_client_name=1)  # wrong: an integer for text
    update("ft-1", name="n", settings=SETTINGS, timeout="5")  # wrong: text for a number
    update("ft-1", name="n", settings=SETTINGS, timeuot=5.0)  # wrong: no such option
    update("ft-1", name="n", settings=SETTINGS, retries="2")  # wrong: text for a number
    client.with_response.finetuning.update_finetuned_model("ft-1", settings=SETTINGS)  # wrong: no name
    client.with_response.finetuning.update_finetuned_modell  # wrong: no such method
    client.with_options(timeuot=5.0)  # wrong: no such option
    client.finetunning  # wrong: no such resource
    client.finetuning.update("ft-1")  # wrong: no such method


def make() -> None:
    Client("t")  # wrong: given by name
    Client(token=1)  # wrong: an integer for text
    Client(api_key="t")  # wrong: no such credential
    Client(on_mismatch="shout")  # wrong: no such reaction
    Client(token=lambda: 1)  # wrong: a function that gives no text
    Client(http_client="x")  # wrong: no client


async def forget_to_wait(client: AsyncClient) -> UpdateFinetunedModelResponse:
    return client.finetuning.update_finetuned_model("ft-1", name="n", settings=SETTINGS)  # wrong: not awaited


# What is answered.
def read(answer: UpdateFinetunedModelResponse, model: FinetunedModel) -> None:
    answer.finetuned_model.name  # wrong: it may be absent
    model.created_at.year  # wrong: it may be absent
    model.settings.dataset  # wrong: no such field
    age: int = model.name  # wrong: text for an integer
    model.as_input()  # wrong: callers do not send it
    BaseModel("x")  # wrong: fields are given by name
    BaseModel(name="x")  # wrong: `base_type` is required
    BaseType.BASE_TYPE_TALK  # wrong: no such value


def know(base_type: BaseType) -> str:  # wrong: a server may answer with another value
    match base_type:  # wrong to pyright: the same, here too
        case BaseType.BASE_TYPE_CHAT:
            return "chat"
        case BaseType.BASE_TYPE_CLASSIFICATION:
            return "classification"
        case BaseType.BASE_TYPE_GENERATIVE:
            return "generative"
        case BaseType.BASE_TYPE_RERANK:
            return "rerank"
        case BaseType.BASE_TYPE_UNSPECIFIED:
            return "unspecified"


# Tests.
def test(server: testing.Server) -> None:
    server.answer("PATCH /v1/finetuning/finetuned-models/{name}", {})  # wrong: no such operation
    server.answer("PATCH /v1/finetuning/finetuned-models/{id}", {}, status="200")  # wrong: text for a status
    server.client(on_mismatch="shout")  # wrong: no such reaction
    server.requests[0].body  # wrong: no such attribute
