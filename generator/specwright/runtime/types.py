"""What callers say beside the values of an operation: `OMIT`, timeouts, retries, and the options of clients and calls."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias, TypedDict, final

import msgspec

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    import httpx2

    from .attempts import Attempt
    from .errors import ResponseMismatch

__all__ = [
    "OMIT",
    "AsyncClientOptions",
    "AsyncToken",
    "CallOptions",
    "CheckRequests",
    "ClientOptions",
    "Json",
    "Omit",
    "OnMismatch",
    "Retries",
    "StreamOptions",
    "Timeout",
    "Token",
    "class_of",
]

Json: TypeAlias = "dict[str, Any] | list[Any] | str | int | float | bool | None"
"""Decoded JSON."""

class_of: Final[Callable[[Any], Any]] = type
"""`type`, without what type checkers conclude from it: a `dict` of they don't know what."""

Token: TypeAlias = "str | Callable[[], str]"  # noqa: S105  # it is a type
"""An access token, or a function that gives the one to send now: it is called before each attempt."""

AsyncToken: TypeAlias = "str | Callable[[], str | Awaitable[str]]"
"""The same for `async` code: the function may be one that is awaited."""

CheckRequests: TypeAlias = Literal["raise", "warn", "off"]
OnMismatch: TypeAlias = "Literal['ignore', 'warn', 'raise'] | Callable[[ResponseMismatch], object]"


@final
class Omit:
    """The type of `OMIT`, of which there is one. It is false."""

    __slots__ = ()
    _sole: Omit | None = None

    def __new__(cls) -> Omit:
        """`OMIT`, always the same object."""
        if cls._sole is None:
            cls._sole = super().__new__(cls)
        return cls._sole

    def __bool__(self) -> Literal[False]:
        return False

    def __repr__(self) -> str:
        return "OMIT"

    def __reduce__(self) -> tuple[type[Omit], tuple[()]]:
        return Omit, ()

    def __copy__(self) -> Omit:
        return self

    def __deepcopy__(self, _memo: object) -> Omit:
        return self


OMIT: Final = Omit()
"""An argument that is not given: nothing of it is sent. `None` is JSON's `null`, and is sent."""


class Timeout(msgspec.Struct, frozen=True, kw_only=True):
    """How long a call may take, in seconds. `None` is no limit, which has to be said.

    A number in place of a `Timeout` is the total, and `None` in its place is no limit at all.
    """

    connect: float | None = 10.0
    """To make a connection."""
    read: float | None = 60.0
    """To wait for the next bytes of the answer, to send the next of the request, or to get a free connection."""
    total: float | None = 300.0
    """For the whole call, from its start until the answer is read."""

    def __post_init__(self) -> None:
        """Refuse what is no number of seconds."""
        for name in self.__struct_fields__:
            seconds: object = getattr(self, name)
            if seconds is None:
                continue
            if isinstance(seconds, bool) or not isinstance(seconds, int | float):
                raise TypeError(f"timeout: `{name}` must be a number of seconds or None")
            if not (math.isfinite(seconds) and seconds > 0):
                raise ValueError(f"timeout: `{name}` must be more than 0 and finite; None is no limit")

    @classmethod
    def of(cls, value: Timeout | float | None) -> Timeout:
        """The `Timeout` that an option stands for."""
        if isinstance(value, Timeout):
            return value
        if value is None:
            return cls(connect=None, read=None, total=None)
        return cls(total=value)


class Retries(msgspec.Struct, frozen=True, kw_only=True):
    """How often, and when, a request is sent again. A number in place of it is `most`.

    Sent again is what reached no server, what was answered with 408, 425 or 429, and, if that can do no harm, what was
    answered with 502, 503, 504, with an error that the document gives a `Retry-After`, or not at all. It can do no harm
    if the method is idempotent (RFC 9110, section 9.2.2) or the request has an idempotency key.
    """

    most: int = 2
    """How often a call is repeated at most."""
    first: float = 0.5
    """The longest first wait, in seconds; it doubles each time, and any part of it is waited for ("full jitter")."""
    longest: float = 8.0
    """The longest wait of our own, in seconds."""
    longest_asked: float = 60.0
    """The longest wait that a server may ask for with `Retry-After`, in seconds; one that asks for more gets no other try."""
    unsafe: bool = False
    """Whether a request is repeated even if that may do twice what it asks for."""
    count_header: str = ""
    """A header that tells the server how often the request was sent before; none if empty."""

    def __post_init__(self) -> None:
        """Refuse what is no number of repetitions or seconds."""
        most: Any = self.most
        if isinstance(most, bool) or not isinstance(most, int) or most < 0:
            raise ValueError("retries: `most` must be a number of repetitions, 0 or more")
        for name in ("first", "longest", "longest_asked"):
            seconds: object = getattr(self, name)
            if isinstance(seconds, bool) or not isinstance(seconds, int | float):
                raise TypeError(f"retries: `{name}` must be a number of seconds")
            if not (math.isfinite(seconds) and seconds >= 0):
                raise ValueError(f"retries: `{name}` must be 0 or more and finite")
        if self.count_header:
            from .parameters import is_header  # noqa: PLC0415  # few want one

            if not is_header(self.count_header, ""):
                raise ValueError("retries: `count_header` is no name of a header that can be added")

    @classmethod
    def of(cls, value: Retries | int) -> Retries:
        """The `Retries` that an option stands for."""
        return value if isinstance(value, Retries) else cls(most=value)


class CallOptions(TypedDict, total=False):
    """The options that every method takes."""

    timeout: Timeout | float | None
    """How long this call may take, in place of the client's `timeout`."""
    retries: Retries | int
    """How often it may be repeated, in place of the client's `retries`."""
    extra_headers: Mapping[str, str]
    """Headers to send as well; they replace headers of the same name."""
    extra_query: Mapping[str, Any]
    """Query parameters to send as well, which the document does not have. They are not checked."""
    extra_body: Mapping[str, Any]
    """Members of the body to send as well, which the document does not have. They are not checked."""


class StreamOptions(CallOptions, total=False):
    """The options that methods take whose answers are server-sent events."""

    reconnect: bool
    """Whether the rest is asked for, with the id of the last event, when the connection breaks. If nothing is said, it is
    for a `GET`; with `True` it is for any method, and also when the server ends the stream; with `False` never. Then
    `retries.most` limits how often there is no event in between, and the server says how long to wait before."""


class _SharedOptions(TypedDict, total=False):
    timeout: Timeout | float | None
    """How long a call may take: `Timeout(connect=…, read=…, total=…)`, a total in seconds, or `None` for no limit."""
    retries: Retries | int
    """How often a request is sent again that may be: `Retries(most=…)`, or their number (2); 0 for never."""
    follow_redirects: bool
    """Whether redirects are followed (`False`): ten at most, to HTTPS from HTTPS, and to another origin without
    credentials, cookies and body."""
    before_attempt: Callable[[Attempt], object]
    """Called before each attempt, with its URL, headers and body; what it changes in `headers` is sent."""
    after_attempt: Callable[[Attempt], object]
    """Called after each attempt, with its `status`, `response_headers`, `error` and `elapsed` too."""
    tracing: bool
    """Whether each attempt is a span of OpenTelemetry (`False`); needs the extra `opentelemetry` of this package."""
    check_requests: CheckRequests
    """What happens when a request is not what the document asks for: it is not sent and `RequestInvalid` is raised
    (`"raise"`, the default), it is sent with a `RequestMismatch` warning (`"warn"`), or it is not checked (`"off"`).
    What cannot be sent at all is always refused."""
    on_mismatch: OnMismatch
    """What happens when an answer is not what the document promises: a `ResponseMismatch` warning (`"warn"`, the
    default), the error (`"raise"`), nothing (`"ignore"`), or a call of your function with the `ResponseMismatch`.
    With `"raise"` or a function every answer is checked in full, else only the ones that cannot be read as they are."""
    max_response_bytes: int
    """The most bytes, decompressed, that an answer may have, or one line or event of a stream (100 MiB); above,
    `ResponseTooLarge` is raised."""


class ClientOptions(_SharedOptions, total=False):
    """The options of a client."""

    http_client: httpx2.Client
    """Your own client to send with: its proxies, certificates, `auth`, cookies and headers. You close it. Its timeouts
    and its `follow_redirects` are not used."""


class AsyncClientOptions(_SharedOptions, total=False):
    """The options of an asynchronous client."""

    http_client: httpx2.AsyncClient
    """Your own client to send with: its proxies, certificates, `auth`, cookies and headers. You close it. Its timeouts
    and its `follow_redirects` are not used."""
