"""A call of the endpoint: the body with a name and all settings, and the answer with every field."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from time import perf_counter, process_time
from typing import TYPE_CHECKING, Any, Final

from benchmarks.page import MODEL_ID, PATH, SENT, TOKEN
from benchmarks.subjects import OURS, Budget, Case, Comparison, Missing, Subject, awaited, offered, repeated

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Awaitable, Callable

    from benchmarks.workshop import Workshop

    Clock = Callable[[], float]

BARE: Final = "bare httpx2"
NOTES: Final = (
    (
        "The server is a process of its own; on two cores it shares the machine with the client. Overhead is what a "
        "call takes beyond the same request with httpx2 alone, whose answer stays decoded JSON."
    ),
    (
        "What a call is given, such as a model of a peer's, is made beforehand, and so is what pydantic checks then. "
        "specwright's check of the body is a part of its call."
    ),
    "cohere and openapi-python-client send with httpx, the predecessor of httpx2.",
    "datamodel-code-generator is told to take a password for plain text; else its client sends ********** in its place.",
)


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


def _bare(workshop: Workshop, url: str) -> Caller:
    httpx2 = import_module("httpx2")
    headers = {"Authorization": f"Bearer {TOKEN}"}
    client = workshop.keep(httpx2.Client(headers=headers))
    aclient = httpx2.AsyncClient(headers=headers)
    workshop.keep_until_closed(aclient.aclose)
    address = url + PATH

    def call(sent: Any) -> Any:
        return json.loads(client.patch(address, json=sent).content)

    async def acall(sent: Any) -> Any:
        return json.loads((await aclient.patch(address, json=sent)).content)

    return Caller(call, acall, SENT)


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


CALLERS: Final[dict[str, Callable[[Workshop, str], Caller]]] = {
    BARE: _bare,
    OURS: _ours,
    "openapi-python-client": _openapi_python_client,
    "datamodel-code-generator": _datamodel_code_generator,
    "cohere": _cohere,
}


def cases(workshop: Workshop) -> tuple[Case, ...]:
    """One after the other, and the same awaited."""
    callers = [
        (name, offered(name, partial(make, workshop, workshop.server.url))) for name, make in CALLERS.items()
    ]
    return tuple(
        Case(
            f"{case}{said}",
            tuple(_subject(name, caller, partial(sampler, clock=clock)) for name, caller in callers),
            rounds=61,
            least=0.02,
            comparison=Comparison.OVERHEAD,
            reference=BARE,
            budgets=(Budget(0.1, BARE, Comparison.OVERHEAD),),
        )
        for case, sampler in (("sync", _called), ("async", partial(_awaited, runner=workshop.runner)))
        for said, clock in (("", perf_counter), (", the process's own time", process_time))
    )


def _called(caller: Caller, *, clock: Clock) -> Callable[[int], float]:
    return repeated(caller.call, caller.sent, clock)


def _awaited(caller: Caller, *, clock: Clock, runner: asyncio.Runner) -> Callable[[int], float]:
    return awaited(caller.acall, caller.sent, runner, clock)


def _subject(
    name: str, caller: Caller | Missing, sampler: Callable[[Caller], Callable[[int], float]]
) -> Subject | Missing:
    return caller if isinstance(caller, Missing) else Subject(name, sampler(caller))
