# ruff: noqa: N818  # errors are named after what happened, as in `except NotFound`
"""Everything that a call can raise.

```
ApiError                          whatever a client raises          .method .path .status .request_id .attempts
├── MissingCredentials            the call needs a credential that was not given      (ValueError)
├── TokenError                    no access token was given where it was asked for
├── RequestInvalid                the request is not what the document asks for       (ValueError)   .issues
├── RequestMismatch               the same as a warning, with check_requests="warn"   (UserWarning)  .issues
├── ClientClosed                  the client was closed before                        (RuntimeError)
├── TransportError                no answer came                                      .maybe_sent .transient
│   └── RequestTimeout            … in time                                           (TimeoutError)
├── ResponseTooLarge              the answer has more bytes than are accepted
├── DecodeError                   the answer cannot be read at all                    .status .headers .raw
├── PaginationError               there is no way from a page to the next one
├── ResponseMismatch              the answer is not what the document promises        (UserWarning)  .issues .raw
└── StatusError                   the server answered with something but success      .status .body .headers .request_id
    ├── Redirect                  3xx, which is not followed                           NotModified
    ├── ClientError               4xx: BadRequest, Unauthorized, PaymentRequired, Forbidden, NotFound,
    │                             MethodNotAllowed, NotAcceptable, ProxyAuthenticationRequired, RequestTimedOut,
    │                             Conflict, Gone, LengthRequired, PreconditionFailed, ContentTooLarge, UriTooLong,
    │                             UnsupportedMediaType, RangeNotSatisfiable, ExpectationFailed, MisdirectedRequest,
    │                             UnprocessableEntity, Locked, FailedDependency, TooEarly, UpgradeRequired,
    │                             PreconditionRequired, TooManyRequests, RequestHeaderFieldsTooLarge,
    │                             UnavailableForLegalReasons
    └── ServerError               5xx: InternalServerError, NotImplementedByServer, BadGateway, ServiceUnavailable,
                                  GatewayTimeout, HttpVersionNotSupported, InsufficientStorage, LoopDetected,
                                  NetworkAuthenticationRequired
```

`StatusError.body` is what the document gives for that status, decoded: test it with `isinstance`. When the answer is not
of that kind it is the JSON as it came, else the text.

None of them tells a credential, the value of a header, the request's query or its body: not in its message, not in its
arguments, not in the chain of its causes. All can be pickled and copied. `InsecureConnection` is a warning of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .headers import Headers
    from .issues import Issue
    from .reply import Reply


def _restored(kind: type[ApiError], args: tuple[Any, ...], state: dict[str, Any]) -> ApiError:
    """An error as it was, made without its constructor, whose arguments may differ from `args`."""
    error = kind.__new__(kind, *args)
    error.args = args
    error.__dict__.update(state)
    return error


class ApiError(Exception):
    """Whatever a client raises. The module's page has the whole tree."""

    method: str = ""
    """The HTTP method of the call; `""` where no call is at fault."""
    path: str = ""
    """Its path as the document writes it, such as `/models/{id}`."""
    attempts: int = 0
    """How many requests were sent for it."""
    _answer: tuple[int, Headers] | None = None

    @property
    def status(self) -> int | None:
        """The status of the answer; `None` where none came."""
        return None if self._answer is None else self._answer[0]

    @property
    def request_id(self) -> str | None:
        """What the server calls this request, for its support to find it; `None` where it said nothing."""
        return None if self._answer is None else self._answer[1].request_id

    def about(self, method: str, path: str, reply: Reply | None = None) -> None:
        """Take note of the call that it is about, if it does not know of one, and of its answer."""
        # An error of a function of the caller's, such as one that gets a token, may be about a call of its own.
        if not self.method:
            self.method, self.path = method, path
        if reply is not None:
            self.attempts, self._answer = reply.attempts, (reply.status, reply.headers)

    def __reduce__(self) -> tuple[Any, ...]:
        """How it is pickled and copied: by its arguments and attributes."""
        return _restored, (type(self), self.args, self.__dict__)


class MissingCredentials(ApiError, ValueError):
    """The call needs a credential that was not given. Nothing was sent."""


class TokenError(ApiError):
    """The call needs an access token, and none was given where it was asked for. The call itself was not sent."""


class RequestInvalid(ApiError, ValueError):
    """The request is not what the document asks for. Nothing was sent."""

    def __init__(self, message: str, issues: Sequence[Issue]) -> None:
        super().__init__(message)
        self.issues: tuple[Issue, ...] = tuple(issues)
        """All that is wrong. Pointers start at the body; those of parameters are such as `/path/id`, `/query/limit`."""


class RequestMismatch(ApiError, UserWarning):
    """The request is not what the document asks for, and was sent, since the client has `check_requests="warn"`."""

    def __init__(self, message: str, issues: Sequence[Issue]) -> None:
        super().__init__(message)
        self.issues: tuple[Issue, ...] = tuple(issues)
        """All that is wrong. Pointers start at the body; those of parameters are such as `/path/id`, `/query/limit`."""


class InsecureConnection(UserWarning):
    """Credentials will be sent over plain HTTP, for everyone on the way to read."""


class ClientClosed(ApiError, RuntimeError):
    """The client was closed before."""


class TransportError(ApiError):
    """No answer came: the network, the TLS, or the protocol failed."""

    def __init__(self, message: str, *, maybe_sent: bool, transient: bool = False) -> None:
        super().__init__(message)
        self.maybe_sent: bool = maybe_sent
        """Whether the server may have received the request, and may have done what it asks for."""
        self.transient: bool = transient
        """Whether the same may work another time."""


class RequestTimeout(TransportError, TimeoutError):
    """No answer came in time."""


class ResponseTooLarge(ApiError):
    """The answer has more bytes than the client's `max_response_bytes`."""


class DecodeError(ApiError):
    """The answer cannot be read at all: it is no JSON, or not of the shape that it should have."""

    def __init__(self, message: str, *, status: int, headers: Headers, raw: bytes) -> None:
        super().__init__(message)
        self._answer = status, headers
        self.raw: bytes = raw
        """The answer's body as it came."""

    @property
    def headers(self) -> Headers | None:
        """The headers of the answer."""
        return None if self._answer is None else self._answer[1]


class ResponseMismatch(ApiError, UserWarning):
    """The answer is not what the document promises: a warning, or an error with `on_mismatch="raise"`."""

    def __init__(self, message: str, *, issues: Sequence[Issue], raw: Any) -> None:
        super().__init__(message)
        self.issues: tuple[Issue, ...] = tuple(issues)
        """All that differs, each with its JSON Pointer."""
        self.raw: Any = raw
        """The decoded JSON as it came."""


class PaginationError(ApiError):
    """There is no way from a page to the next one: a server leads in a circle, elsewhere, or on without end."""


class StatusError(ApiError):
    """The server answered with something but success."""

    def __init__(  # noqa: PLR0913  # the parts of an answer, by name
        self, message: str, *, status: int, body: object, headers: Headers, method: str, path: str
    ) -> None:
        super().__init__(message)
        self._answer = status, headers
        self._body = body
        self.method = method
        self.path = path

    @property
    def status(self) -> int:
        """The status of the answer."""
        return cast("tuple[int, Headers]", self._answer)[0]

    @property
    def headers(self) -> Headers:
        """The headers of the answer."""
        return cast("tuple[int, Headers]", self._answer)[1]

    @property
    def body(self) -> object:
        """What the document gives for this status, decoded; else the JSON or the text as it came; `None` if there is none."""
        return self._body


class Redirect(StatusError):
    """3xx: the server points elsewhere. Redirects are not followed."""


class NotModified(Redirect):
    """304: nothing has changed."""


class ClientError(StatusError):
    """4xx: the server says that the request is at fault."""


class BadRequest(ClientError):
    """400."""


class Unauthorized(ClientError):
    """401: who calls is not known."""


class PaymentRequired(ClientError):
    """402."""


class Forbidden(ClientError):
    """403: who calls may not do this."""


class NotFound(ClientError):
    """404."""


class MethodNotAllowed(ClientError):
    """405."""


class NotAcceptable(ClientError):
    """406."""


class ProxyAuthenticationRequired(ClientError):
    """407."""


class RequestTimedOut(ClientError):
    """408: the server waited too long for the request; `RequestTimeout` is for answers that did not come."""


class Conflict(ClientError):
    """409."""


class Gone(ClientError):
    """410."""


class LengthRequired(ClientError):
    """411."""


class PreconditionFailed(ClientError):
    """412."""


class ContentTooLarge(ClientError):
    """413."""


class UriTooLong(ClientError):
    """414."""


class UnsupportedMediaType(ClientError):
    """415."""


class RangeNotSatisfiable(ClientError):
    """416."""


class ExpectationFailed(ClientError):
    """417."""


class MisdirectedRequest(ClientError):
    """421."""


class UnprocessableEntity(ClientError):
    """422."""


class Locked(ClientError):
    """423."""


class FailedDependency(ClientError):
    """424."""


class TooEarly(ClientError):
    """425."""


class UpgradeRequired(ClientError):
    """426."""


class PreconditionRequired(ClientError):
    """428."""


class TooManyRequests(ClientError):
    """429."""


class RequestHeaderFieldsTooLarge(ClientError):
    """431."""


class UnavailableForLegalReasons(ClientError):
    """451."""


class ServerError(StatusError):
    """5xx: the server failed."""


class InternalServerError(ServerError):
    """500."""


class NotImplementedByServer(ServerError):
    """501."""


class BadGateway(ServerError):
    """502."""


class ServiceUnavailable(ServerError):
    """503."""


class GatewayTimeout(ServerError):
    """504."""


class HttpVersionNotSupported(ServerError):
    """505."""


class InsufficientStorage(ServerError):
    """507."""


class LoopDetected(ServerError):
    """508."""


class NetworkAuthenticationRequired(ServerError):
    """511."""
