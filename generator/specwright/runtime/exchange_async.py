"""Sending a request and reading its answer, without blocking, under asyncio or trio."""

from __future__ import annotations

from typing import TYPE_CHECKING

import anyio
import httpx2

from .deadline import Deadline
from .errors import ApiError
from .wire import Receipt, failure, message, too_late

if TYPE_CHECKING:
    from .reply import Reply
    from .request import Request
    from .setup import Setup


def http_client(own: object) -> httpx2.AsyncClient:
    """The caller's own client, or a new one: timeouts are said with each request, and redirects are never followed."""
    if own is None:
        return httpx2.AsyncClient(timeout=None, follow_redirects=False)
    if not isinstance(own, httpx2.AsyncClient):
        raise TypeError("http_client must be an httpx2.AsyncClient")
    return own


async def exchange_async(client: httpx2.AsyncClient, request: Request, setup: Setup) -> Reply | ApiError:
    """The answer to a request, or the error in its place.

    The error is returned and not raised, so that the frames of sending, which hold the credentials, are not in its traceback.
    """
    deadline = Deadline(request.timeout)
    made = message(client, request, setup, deadline)
    if isinstance(made, ApiError):
        return made
    auth = None if request.authorized else httpx2.USE_CLIENT_DEFAULT
    try:
        with anyio.move_on_after(request.timeout.total):
            response = await client.send(made, stream=True, auth=auth, follow_redirects=False)
            receipt = Receipt(response, request, setup, deadline)
            try:
                if receipt.going:
                    async for chunk in response.aiter_bytes():
                        receipt.take(chunk)
                        if not receipt.going:
                            break
            finally:
                await response.aclose()
            return receipt.outcome()
    except httpx2.RequestError as error:
        return failure(error, request, deadline)
    return too_late(request)
