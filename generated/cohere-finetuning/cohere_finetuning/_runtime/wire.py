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
    from collections.abc import AsyncIterator, Iterator

    from .deadline import Deadline
    from .request import Request
    from .setup import Setup
    from .uploads import Stream

__all__ = ["Origin", "Receipt", "failure", "message", "origin", "too_late"]

Origin: TypeAlias = "tuple[str, bytes, int | None]"

_SUCCESS: Final = 2
_DIGITS: Final = 20
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
    headers = [(name.encode(), value.encode()) for name, value in request.headers.values()]
    method, extensions = request.operation.method, {"timeout": deadline}
    content = _content(client, request.content)
    try:
        if setup.owns_http:
            # What `build_request` would make, without merging settings that are never set.
            if "accept-encoding" not in request.headers:
                headers.append((b"Accept-Encoding", client.headers["Accept-Encoding"].encode()))
            made = httpx2.Request(
                method,
                request.url,
                headers=headers,
                content=content,
                cookies=client.cookies,
                extensions=extensions,
            )
        else:
            made = client.build_request(
                method, request.url, headers=headers, content=content, extensions=extensions
            )
    except httpx2.InvalidURL:
        return _refused(request, "makes a URL that is too long or is none")
    if made.method != method:
        made.method = (
            method  # in the letters of the document: the case of a method counts (RFC 9110, section 9.1)
        )
    url = made.url
    if (url.scheme, url.raw_host, url.port) != request.origin:
        return _refused(request, "leads away from the client's base_url")
    return made


def _content(
    client: httpx2.Client | httpx2.AsyncClient, content: bytes | Stream | None
) -> bytes | Iterator[bytes] | AsyncIterator[bytes] | None:
    """The body as a client of that kind takes it."""
    if content is None or isinstance(content, bytes):
        return content
    return content.pieces() if isinstance(client, httpx2.Client) else content.async_pieces()


def _refused(request: Request, reason: str) -> RequestInvalid:
    issue = Issue("/path", "format", reason)
    return RequestInvalid(f"{request.name}: its path {reason}\nNothing was sent.", [issue])


class Receipt:
    """An answer while it is read."""

    __slots__ = (
        "_chunks",
        "_content_type",
        "_deadline",
        "_headers",
        "_limit",
        "_request",
        "_size",
        "_status",
        "going",
    )

    def __init__(self, response: httpx2.Response, request: Request, setup: Setup, deadline: Deadline) -> None:
        self._request = request
        self._deadline = deadline
        self._status = response.status_code
        self._headers = response.headers.raw
        self._content_type = ""
        length = 0
        for name, value in self._headers:
            match name.lower():
                case b"content-type":
                    self._content_type = self._content_type or value.decode("latin-1")
                case b"content-length" if request.operation.method != "HEAD" and value.isdigit():
                    length = int(value[:_DIGITS])
                case _:
                    pass
        success = self._status // 100 == _SUCCESS
        self._limit = (
            setup.max_response_bytes if success else min(setup.max_response_bytes, _MOST_OF_AN_ERROR)
        )
        self._chunks: list[bytes] = []
        # A success that says that it is too large is not read at all.
        self._size = length if success and length > self._limit else 0
        self.going = not self._size
        """Whether to read on."""

    def take(self, chunk: bytes) -> None:
        """Keep a part of the body."""
        self._size += len(chunk)
        self._chunks.append(chunk)
        self.going = self._size <= self._limit and not self._deadline.passed

    def outcome(self) -> Reply | ApiError:
        """The answer that was read, or why there is none."""
        cut = self._size > self._limit
        if cut and self._status // 100 == _SUCCESS:
            return ResponseTooLarge(f"{self._request.name}: the answer has more than {self._limit} bytes")
        if not cut and not self.going:
            return too_late(self._request)
        return Reply(
            self._status,
            self._headers,
            content_type=self._content_type,
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
