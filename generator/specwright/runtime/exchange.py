"""Sending a request and reading its answer."""

from __future__ import annotations

from inspect import isawaitable, iscoroutine
from threading import TIMEOUT_MAX, Lock
from time import sleep
from typing import TYPE_CHECKING, Any, cast

import httpx2

from . import leftovers
from .deadline import Deadline
from .errors import ApiError
from .steps import Ask, Guarded, Send, Wait, call
from .wire import Receipt, failure, is_silent, message

if TYPE_CHECKING:
    from .request import Request
    from .setup import Setup
    from .steps import Outcome, Steps


def http_client(own: object) -> httpx2.Client:
    """The caller's own client, or a new one: timeouts are said with each request, and redirects are never followed."""
    if own is None:
        return httpx2.Client(timeout=None, follow_redirects=False)
    if not isinstance(own, httpx2.Client):
        raise TypeError("http_client must be an httpx2.Client")
    return own


def exchange(client: httpx2.Client, request: Request, setup: Setup) -> Outcome:
    """The answer to a request, or the error in its place.

    The error is returned and not raised, so that the frames of sending, which hold the credentials, are not in its traceback.
    """
    deadline = Deadline(request.timeout, blocks=True)
    outcome: Outcome = _carried_out(call(request, setup, deadline), client, setup, deadline)
    return outcome


def _carried_out(steps: Steps, client: httpx2.Client, setup: Setup, deadline: Deadline) -> Any:
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
                done.append(_sent(step, client, setup, deadline))
            case Wait():
                sleep(step.seconds)
                done.append(None)
            case Ask():
                done.append(_answered(step))
            case Guarded():
                done.append(_guarded(step, client, setup, deadline))


def _answered(step: Ask) -> object:
    answer = step.function(*step.arguments)
    if isawaitable(answer):
        if iscoroutine(answer):
            answer.close()
        raise TypeError("a Client does not await: give it a plain function, or use AsyncClient")
    return answer


def _guarded(step: Guarded, client: httpx2.Client, setup: Setup, deadline: Deadline) -> Any:
    guard, left = step.guard(Lock), deadline.left
    if not guard.acquire(timeout=TIMEOUT_MAX if left is None else min(left, TIMEOUT_MAX)):
        return None
    try:
        return _carried_out(step.steps, client, setup, deadline)
    finally:
        guard.release()


def _sent(step: Send, client: httpx2.Client, setup: Setup, deadline: Deadline) -> Outcome:
    request = step.request
    auth = None if is_silent(request) else httpx2.USE_CLIENT_DEFAULT
    made = message(client, step, setup, deadline)
    if isinstance(made, ApiError):
        return made
    try:
        response = client.send(made, stream=True, auth=auth, follow_redirects=False)
        response.stream = leftovers.Guarded(cast("httpx2.SyncByteStream", response.stream))
        receipt = Receipt(response, request, setup, deadline)
        if receipt.opens:
            return receipt.opened(response)
        try:
            if receipt.going:
                for chunk in response.iter_bytes():
                    receipt.take(chunk)
                    if not receipt.going:
                        break
        finally:
            response.close()
        return receipt.outcome()
    except httpx2.RequestError as error:
        return failure(error, request, deadline)
    finally:
        del (
            made
        )  # its URL may have a key in it, and what a hook of the caller's client raises comes through here
