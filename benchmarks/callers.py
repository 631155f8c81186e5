"""Clients that make the same call: ours, those of peers, and the HTTP client alone."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from .apis import CHAT, ENDPOINT, GITHUB, Api
from .page import MODEL_ID, SENT, TOKEN
from .subjects import OURS

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from .workshop import Workshop

BARE: Final = "bare httpx2"


@dataclass(frozen=True, slots=True)
class Caller:
    """Two clients for the same server."""

    call: Callable[[Any], Any]
    """Makes the call and gives the value of its answer. Its argument is what is sent."""
    acall: Callable[[Any], Awaitable[Any]]
    """The same, awaited."""
    sent: Any
    """What is sent, as this client takes it."""


def _ours(workshop: Workshop, url: str) -> Caller:
    package = workshop.ours()
    client = workshop.keep(package.Client(token=TOKEN, base_url=url))
    aclient = package.AsyncClient(token=TOKEN, base_url=url)
    workshop.keep_until_closed(aclient.aclose)
    call, acall = client.finetuning.update_finetuned_model, aclient.finetuning.update_finetuned_model
    return Caller(lambda sent: call(MODEL_ID, **sent), lambda sent: acall(MODEL_ID, **sent), SENT)


def _bare(api: Api, workshop: Workshop, url: str) -> Caller:
    httpx2 = import_module("httpx2")
    headers = {} if api is GITHUB else {"Authorization": f"Bearer {TOKEN}"}
    client = workshop.keep(httpx2.Client(headers=headers))
    aclient = httpx2.AsyncClient(headers=headers)
    workshop.keep_until_closed(aclient.aclose)
    address = url + api.path

    def call(sent: Any) -> Any:
        return json.loads(client.request(api.method, address, json=sent).content)

    async def acall(sent: Any) -> Any:
        return json.loads((await aclient.request(api.method, address, json=sent)).content)

    return Caller(call, acall, api.sent)


def _cohere(workshop: Workshop, url: str) -> Caller:
    package, settings = import_module("cohere"), import_module("cohere.finetuning").Settings
    httpx = import_module("httpx")
    aclient = httpx.AsyncClient()
    workshop.keep_until_closed(aclient.aclose)
    call = package.Client(
        TOKEN, base_url=url, httpx_client=workshop.keep(httpx.Client())
    ).finetuning.update_finetuned_model
    acall = package.AsyncClient(TOKEN, base_url=url, httpx_client=aclient).finetuning.update_finetuned_model
    sent = {"name": SENT["name"], "settings": settings.model_validate(SENT["settings"])}
    return Caller(lambda sent: call(MODEL_ID, **sent), lambda sent: acall(MODEL_ID, **sent), sent)


def _openapi_python_client(workshop: Workshop, url: str) -> Caller:
    client_class = workshop.attrs_client("client").AuthenticatedClient
    operation = workshop.attrs_client("api.finetuning.update_finetuned_model")
    client, aclient = client_class(base_url=url, token=TOKEN), client_class(base_url=url, token=TOKEN)
    workshop.keep(client)
    workshop.keep_until_closed(aclient.get_async_httpx_client().aclose)
    call, acall = partial(operation.sync, MODEL_ID), partial(operation.asyncio, MODEL_ID)
    sent = workshop.attrs_client("models").UpdateFinetunedModelRequest.from_dict(SENT)
    return Caller(
        lambda sent: call(client=client, body=sent), lambda sent: acall(client=aclient, body=sent), sent
    )


def _datamodel_code_generator(workshop: Workshop, url: str) -> Caller:
    package = workshop.pydantic_client
    client = workshop.keep(package.Client(bearer_auth=TOKEN, base_url=url))
    aclient = package.AsyncClient(bearer_auth=TOKEN, base_url=url)
    workshop.keep_until_closed(aclient.aclose)
    call, acall = client.finetuning.update_finetuned_model, aclient.finetuning.update_finetuned_model
    sent = workshop.pydantic_models.UpdateFinetunedModelRequest.model_validate(SENT)
    return Caller(lambda sent: call(id=MODEL_ID, body=sent), lambda sent: acall(id=MODEL_ID, body=sent), sent)


# --- APIs of others -----------------------------------------------------------------------------------------------


def _our_github(workshop: Workshop, url: str) -> Caller:
    package = workshop.ours_of("github_rest")
    client, aclient = workshop.keep(package.Client(base_url=url)), package.AsyncClient(base_url=url)
    workshop.keep_until_closed(aclient.aclose)
    call, acall = client.issues.issues_update, aclient.issues.issues_update
    sent = {("body_body" if name == "body" else name): value for name, value in GITHUB.sent.items()}
    return Caller(
        lambda sent: call("acme", "anvils", 42, **sent),
        lambda sent: acall("acme", "anvils", 42, **sent),
        sent,
    )


def _githubkit(workshop: Workshop, url: str) -> Caller:
    kind = import_module("githubkit").GitHub
    client, aclient = workshop.keep(kind(base_url=url)), kind(base_url=url)
    workshop.keep_until_closed(partial(aclient.__aexit__, None, None, None))
    workshop.runner.run(aclient.__aenter__())

    def call(sent: Any) -> Any:
        return client.rest.issues.update("acme", "anvils", 42, **sent).parsed_data

    async def acall(sent: Any) -> Any:
        return (await aclient.rest.issues.async_update("acme", "anvils", 42, **sent)).parsed_data

    return Caller(call, acall, GITHUB.sent)


def _our_chat(workshop: Workshop, url: str) -> Caller:
    package = workshop.ours_of("together_rest")
    client = workshop.keep(package.Client(token=TOKEN, base_url=url))
    aclient = package.AsyncClient(token=TOKEN, base_url=url)
    workshop.keep_until_closed(aclient.aclose)
    call, acall = client.chat.chat_completions, aclient.chat.chat_completions
    return Caller(lambda sent: call(**sent), lambda sent: acall(**sent), CHAT.sent)


def _openai(workshop: Workshop, url: str) -> Caller:
    package = import_module("openai")
    client = workshop.keep(package.OpenAI(api_key=TOKEN, base_url=url))
    aclient = package.AsyncOpenAI(api_key=TOKEN, base_url=url)
    workshop.keep_until_closed(aclient.close)
    call, acall = client.chat.completions.create, aclient.chat.completions.create
    return Caller(lambda sent: call(**sent), lambda sent: acall(**sent), CHAT.sent)


CALLERS: Final[dict[Api, dict[str, Callable[[Workshop, str], Caller]]]] = {
    ENDPOINT: {
        BARE: partial(_bare, ENDPOINT),
        OURS: _ours,
        "openapi-python-client": _openapi_python_client,
        "datamodel-code-generator": _datamodel_code_generator,
        "cohere": _cohere,
    },
    GITHUB: {BARE: partial(_bare, GITHUB), OURS: _our_github, "githubkit": _githubkit},
    CHAT: {BARE: partial(_bare, CHAT), OURS: _our_chat, "openai": _openai},
}
"""Of each API, who makes the call."""
