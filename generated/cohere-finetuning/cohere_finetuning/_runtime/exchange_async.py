"""Sending a request and reading its answer, without blocking, under asyncio or trio."""

from __future__ import annotations

from contextlib import aclosing
from inspect import isawaitable
from typing import TYPE_CHECKING, Any, cast

import anyio
import httpx2

from . import leftovers
from .deadline import Deadline
from .errors import ApiError
from .steps import Ask, Guarded, Send, Wait, call
from .wire import Receipt, failure, is_silent, message, too_late

if TYPE_CHECKING:
    from .request import Request
    from .setup import Setup
    from .steps import Outcome, Steps


def http_client(own: object) -> httpx2.AsyncClient:
    """The caller's own client, or a new one: timeouts are said with each request, and redirects are never followed."""
    if own is None:
        return httpx2.AsyncClient(timeout=None, follow_redirects=False)
    if not isinstance(own, httpx2.AsyncClient):
        raise TypeError("http_client must be an httpx2.AsyncClient")
    return own


async def exchange_async(client: httpx2.AsyncClient, request: Request, setup: Setup) -> Outcome:
    """The answer to a request, or the error in its place.

    The error is returned and not raised, so that the frames of sending, which hold the credentials, are not in its traceback.
    """
    deadline = Deadline(request.timeout)
    outcome: Outcome | None = None
    with anyio.move_on_after(request.timeout.total):
        outcome = await _carried_out(call(request, setup, deadline), client, setup, deadline)
    return too_late(request) if outcome is None else outcome


async def _carried_out(steps: Steps, client: httpx2.AsyncClient, setup: Setup, deadline: Deadline) -> Any:
    """What steps return."""
    done: list[Any] = [
        None
    ]  # taken out before it is handed on: it may be a token, and what comes of it an error
    while True:
        try:
            step = steps.send(done.pop())
        except StopIteration as end:
            return end.value
        match step:
            case Send():
                done.append(await _sent(step, client, setup, deadline))
            case Wait():
                await anyio.sleep(step.seconds)
                done.append(None)
            case Ask():
                done.append(await _answered(step))
            case Guarded():
                async with step.guard(anyio.Lock):
                    done.append(await _carried_out(step.steps, client, setup, deadline))


async def _answered(step: Ask) -> object:
    answer = step.function(*step.arguments)
    return (await answer) if isawaitable(answer) else answer


async def _sent(step: Send, client: httpx2.AsyncClient, setup: Setup, deadline: Deadline) -> Outcome:
    request = step.request
    auth = None if is_silent(request) else httpx2.USE_CLIENT_DEFAULT
    made = message(client, step, setup, deadline)
    if isinstance(made, ApiError):
        return made
    try:
        response = await client.send(made, stream=True, auth=auth, follow_redirects=False)
        response.stream = leftovers.GuardedAsync(cast("httpx2.AsyncByteStream", response.stream))
        receipt = Receipt(response, request, setup, deadline)
        if receipt.opens:
            return receipt.opened(response)
        try:
            if receipt.going:
                async with aclosing(response.aiter_bytes()) as chunks:
                    async for chunk in chunks:
                        receipt.take(chunk)
                        if not receipt.going:
                            break
        finally:
            await response.aclose()
        return receipt.outcome()
    except httpx2.RequestError as error:
        return failure(error, request, deadline)
    finally:
        del (
            made
        )  # its URL may have a key in it, and what a hook of the caller's client raises comes through here
