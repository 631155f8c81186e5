"""What sending has to do with httpx2 and not with waiting: the message, the body's limits, what went wrong."""

from __future__ import annotations

from ssl import SSLCertVerificationError
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

import httpx2

from .connection import hold
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
    from .steps import Send
    from .uploads import Stream

__all__ = ["Origin", "Receipt", "failure", "is_silent", "message", "origin", "too_late"]

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
    client: httpx2.Client | httpx2.AsyncClient, step: Send, setup: Setup, deadline: Deadline
) -> httpx2.Request | ApiError:
    """The request as httpx2 sends it, with what the caller's client adds; or why there is none."""
    request = step.request
    if client.is_closed:
        return ClientClosed(f"{request.name}: the client was closed before")
    headers = [(name.encode(), value.encode()) for name, value in step.headers.values()]
    # What is called is said to transports too, for tests: `testing` of the package is one.
    method = request.method
    extensions: dict[str, Any] = {"timeout": deadline, "operation": request.operation}
    if isinstance(client, httpx2.Client):
        extensions["trace"] = hold
    content = _content(client, request.content)
    try:
        if setup.owns_http or request.abroad:
            # What `build_request` would make, without merging settings that are never set, or not for another origin.
            if "accept-encoding" not in step.headers:
                headers.append((b"Accept-Encoding", client.headers["Accept-Encoding"].encode()))
            made = httpx2.Request(
                method,
                request.url,
                headers=headers,
                content=content,
                cookies=None if request.abroad else client.cookies,
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


def is_silent(request: Request) -> bool:
    """Whether the caller's HTTP client must not say who is calling: the request does, or goes elsewhere than was meant."""
    return request.authorized or request.abroad


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
                case b"content-length" if request.method != "HEAD" and value.isdigit():
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

    @property
    def opens(self) -> bool:
        """Whether it is handed on while it comes."""
        return self._request.opens and self._status // 100 == _SUCCESS

    def opened(self, response: httpx2.Response) -> Reply:
        """The answer before its body."""
        from .opened import Opened  # noqa: PLC0415  # most are read whole

        return Opened(self._reply(b"", cut=False), response, self._request, self._deadline)

    def _reply(self, content: bytes, *, cut: bool) -> Reply:
        return Reply(
            self._status,
            self._headers,
            content_type=self._content_type,
            content=content,
            cut=cut,
            url=self._request.url,
            attempts=self._request.attempts,
        )

    def _about(self, error: ApiError) -> ApiError:
        operation = self._request.operation
        error.about(operation.method, operation.path, self._reply(b"", cut=True))
        return error

    def outcome(self) -> Reply | ApiError:
        """The answer that was read, or why there is none."""
        cut = self._size > self._limit
        if cut and self._status // 100 == _SUCCESS:
            return self._about(
                ResponseTooLarge(f"{self._request.name}: the answer has more than {self._limit} bytes")
            )
        if not cut and not self.going:
            return self._about(too_late(self._request))
        return self._reply(b"".join(self._chunks)[: self._limit], cut=cut)


def too_late(request: Request, *, maybe_sent: bool = True) -> RequestTimeout:
    """The error of a call that took longer than its total."""
    before = request.reply
    told = "" if before is None else f"; to attempt {before.attempts} the answer was {before.status}"
    error = RequestTimeout(
        f"{request.name}: no complete answer within {request.timeout.total:g} s{told}",
        maybe_sent=request.attempts > 0 and maybe_sent,
    )
    request.mark(error)
    error.attempts = request.attempts
    return error


class _Failure(NamedTuple):
    words: str
    told: bool = False
    """Whether the text of httpx2 may be told: it has nothing of the request in it."""
    maybe_sent: bool = True
    """Whether the server may have got the request."""
    transient: bool = True
    """Whether it may work another time."""


# What each failure of httpx2 means. Of the classes of a failure, the nearest counts.
_FAILURES: Final[dict[type, _Failure]] = {
    httpx2.ConnectTimeout: _Failure("no connection was made in time", maybe_sent=False),
    httpx2.PoolTimeout: _Failure("no connection was free in time", maybe_sent=False),
    httpx2.WriteTimeout: _Failure("the request could not be sent in time"),
    httpx2.TimeoutException: _Failure("no answer came in time"),
    httpx2.ConnectError: _Failure("no connection could be made", told=True, maybe_sent=False),
    httpx2.ProxyError: _Failure("the proxy failed", told=True, maybe_sent=False),
    httpx2.UnsupportedProtocol: _Failure(
        "the protocol is not one that can be used", maybe_sent=False, transient=False
    ),
    # Which may be found out in the middle of a body, such as one that is shorter than it says.
    httpx2.LocalProtocolError: _Failure("the request is not valid HTTP", transient=False),
    httpx2.RemoteProtocolError: _Failure("the server broke off or did not speak HTTP", told=True),
    httpx2.DecodingError: _Failure("the answer is not compressed the way that it says", transient=False),
    httpx2.RequestError: _Failure("the connection broke", told=True),
}


def failure(error: httpx2.RequestError, request: Request, deadline: Deadline) -> ApiError:
    """Our error for one of httpx2, without the one of httpx2, which has the request in it."""
    nearest = next(kind for kind in type(error).__mro__ if kind in _FAILURES)
    words, tell, maybe_sent, transient = _FAILURES[nearest]
    if deadline.passed:
        return too_late(request, maybe_sent=maybe_sent)
    if isinstance(error, httpx2.TimeoutException):
        return RequestTimeout(f"{request.name}: {words}", maybe_sent=maybe_sent, transient=True)
    told = request.covered(str(error)) if tell else ""
    certificate = _is_about_certificates(error)
    if certificate:
        words = f"{words}: the server's certificate is not accepted"
    return TransportError(
        f"{request.name}: {words}{f': {told}' if told else ''}",
        maybe_sent=maybe_sent,
        transient=transient and not certificate,
    )


def _is_about_certificates(error: BaseException | None) -> bool:
    """Whether the server could not prove who it is, which it won't the next time."""
    while error is not None:
        if isinstance(error, SSLCertVerificationError):
            return True
        error = error.__cause__ or error.__context__
    return False
