"""What sending has to do with httpx2 and not with waiting: the message, the body's limits, what went wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

import httpx2

from .errors import (
    ApiError,
    ClientClosed,
    RequestInvalid,
    RequestTimeout,
    ResponseTooLarge,
    TransportError,
)
from .issues import Issue
from .reply import Reply

if TYPE_CHECKING:
    from .deadline import Deadline
    from .request import Request
    from .setup import Setup

__all__ = ["Origin", "Receipt", "failure", "message", "origin", "too_late"]

Origin: TypeAlias = "tuple[str, bytes, int | None]"

_SUCCESS: Final = 2
# Of an error's body this much is kept, whatever the client accepts of a success.
_MOST_OF_AN_ERROR: Final = 2**20


def origin(base_url: str) -> Origin:
    """Scheme, host and port of a base URL."""
    try:
        url = httpx2.URL(base_url)
    except httpx2.InvalidURL:
        raise ValueError("base_url is no URL; give it as https://host or https://host/path") from None
    return url.scheme, url.raw_host, url.port


def message(
    client: httpx2.Client | httpx2.AsyncClient, request: Request, setup: Setup, deadline: Deadline
) -> httpx2.Request | ApiError:
    """The request as httpx2 sends it, with what the caller's client adds; or why there is none."""
    if client.is_closed:
        return ClientClosed(f"{request.name}: the client was closed before")
    try:
        made = client.build_request(
            request.operation.method,
            request.url,
            headers=[(name.encode(), value.encode()) for name, value in request.headers],
            content=request.content,
            extensions={"timeout": deadline},
        )
    except httpx2.InvalidURL:
        return _refused(request, "makes a URL that is too long or is none")
    url = made.url
    if (url.scheme, url.raw_host, url.port) != setup.origin:
        return _refused(request, "leads away from the client's base_url")
    return made


def _refused(request: Request, reason: str) -> RequestInvalid:
    issue = Issue("/path", "format", reason)
    return RequestInvalid(f"{request.name}: its path {reason}\nNothing was sent.", [issue])


class Receipt:
    """An answer while it is read."""

    __slots__ = ("_chunks", "_deadline", "_limit", "_request", "_response", "_size")

    def __init__(self, response: httpx2.Response, request: Request, setup: Setup, deadline: Deadline) -> None:
        self._response = response
        self._request = request
        self._deadline = deadline
        success = response.status_code // 100 == _SUCCESS
        self._limit = (
            setup.max_response_bytes if success else min(setup.max_response_bytes, _MOST_OF_AN_ERROR)
        )
        self._chunks: list[bytes] = []
        self._size = self._announced() if success else 0

    def _announced(self) -> int:
        """The size that the answer says it has, if that alone is too much; so that nothing of it is read."""
        length = self._response.headers.get("content-length", "")
        has_body = self._request.operation.method != "HEAD"
        return int(length) if has_body and length.isdecimal() and int(length) > self._limit else 0

    @property
    def wanted(self) -> bool:
        """Whether there may be more to read."""
        return self._size <= self._limit and not self._deadline.passed

    def take(self, chunk: bytes) -> bool:
        """Whether to read on after `chunk`."""
        self._size += len(chunk)
        self._chunks.append(chunk)
        return self.wanted

    def outcome(self) -> Reply | ApiError:
        """The answer that was read, or why there is none."""
        response = self._response
        cut = self._size > self._limit
        if cut and response.status_code // 100 == _SUCCESS:
            return ResponseTooLarge(f"{self._request.name}: the answer has more than {self._limit} bytes")
        if not cut and self._deadline.passed and not response.is_stream_consumed:
            return too_late(self._request)
        return Reply(
            response.status_code,
            response.headers.raw,
            content_type=response.headers.get("content-type", ""),
            content=b"".join(self._chunks)[: self._limit],
            cut=cut,
        )


def too_late(request: Request) -> RequestTimeout:
    """The error of a call that took longer than its total."""
    return RequestTimeout(
        f"{request.name}: no complete answer within {request.timeout.total:g} s", maybe_sent=True
    )


# What each failure of httpx2 means in words, whether its own text may be told (it has nothing of the request in it), and
# whether the server may have got the request. Of the classes of a failure, the nearest counts.
_FAILURES: Final[dict[type, tuple[str, bool, bool]]] = {
    httpx2.ConnectTimeout: ("no connection was made in time", False, False),
    httpx2.PoolTimeout: ("no connection was free in time", False, False),
    httpx2.WriteTimeout: ("the request could not be sent in time", False, True),
    httpx2.TimeoutException: ("no answer came in time", False, True),
    httpx2.ConnectError: ("no connection could be made", True, False),
    httpx2.ProxyError: ("the proxy failed", True, False),
    httpx2.UnsupportedProtocol: ("the protocol is not one that can be used", False, False),
    httpx2.LocalProtocolError: ("the request is not valid HTTP", False, False),
    httpx2.RemoteProtocolError: ("the server broke off or did not speak HTTP", True, True),
    httpx2.DecodingError: ("the answer is not compressed the way that it says", False, True),
    httpx2.RequestError: ("the connection broke", True, True),
}


def failure(error: httpx2.RequestError, request: Request, deadline: Deadline) -> ApiError:
    """Our error for one of httpx2, without the one of httpx2, which has the request in it."""
    nearest = next(kind for kind in type(error).__mro__ if kind in _FAILURES)
    words, tell, maybe_sent = _FAILURES[nearest]
    if isinstance(error, httpx2.TimeoutException):
        if deadline.passed:
            return too_late(request)
        return RequestTimeout(f"{request.name}: {words}", maybe_sent=maybe_sent)
    told = request.covered(str(error)) if tell else ""
    return TransportError(f"{request.name}: {words}{f': {told}' if told else ''}", maybe_sent=maybe_sent)
