"""The clients that a generated package's are made of. Both do the same; one of them awaits."""

from __future__ import annotations

import logging
from time import perf_counter
from typing import TYPE_CHECKING, Any, ClassVar, Final, NoReturn, Self, TypeVar, Unpack

from .caller import PACKAGE
from .closing import AsyncClosing, Closing
from .errors import ApiError, ClientClosed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import TracebackType

    from .answered import Response
    from .credentials import Credential
    from .opened import AsyncOpenResponse, Opened, OpenResponse
    from .operation import Call
    from .pages import AsyncPages, Pages
    from .request import Request
    from .steps import Outcome
    from .streams import AsyncEventStream, AsyncItemStream, EventStream, ItemStream
    from .types import AsyncClientOptions, CallOptions, ClientOptions, StreamOptions
    from .url import Server

__all__ = ["AsyncApiClient", "AsyncResource", "SyncApiClient", "SyncResource"]

T = TypeVar("T")

_LOG: Final = logging.getLogger(PACKAGE)


class _ApiClient:
    """What both clients have."""

    _version: ClassVar[str] = ""
    """The version of the package, for the `User-Agent`."""

    def __init__(
        self,
        base_url: str | None,
        credentials: Mapping[str, Credential],
        options: ClientOptions | AsyncClientOptions,
        server: Server | None,
    ) -> None:
        # Here, since these load httpx2 and msgspec: a package is imported without them.
        from .answered import Response  # noqa: PLC0415
        from .request import prepare  # noqa: PLC0415
        from .response import read  # noqa: PLC0415
        from .setup import Setup  # noqa: PLC0415

        self._prepare = prepare
        self._read = read
        self._response = Response
        self._made_of = base_url, credentials, options, self._version, server
        self._setup = Setup(*self._made_of)
        self._closes = self._setup.owns_http
        self._closed = False

    def __repr__(self) -> str:
        return f"{type(self).__name__}(base_url={self._setup.base.text!r})"

    def __reduce__(self) -> NoReturn:
        """Refuse to be pickled or copied, which would spread the credentials and share the connections."""
        raise TypeError(f"a {type(self).__name__} cannot be pickled or copied; make another")

    def preload(self) -> None:
        """Load what is otherwise loaded when it is first used: every model and validator, and the decoder of every answer.

        For servers, which rather wait while they start. Once is enough for all clients of the package.
        """
        from .preload import preload  # noqa: PLC0415  # most never need it

        preload(PACKAGE)

    def _with(self, options: Mapping[str, Any]) -> Self:
        """A client that shares the connections and the credentials of this one, and does not close them."""
        base_url, credentials, own, version, server = self._made_of
        merged: Any = {**own, **options}
        other = object.__new__(type(self))
        # Not the resources, which are this client's.
        other.__dict__.update((name, value) for name, value in vars(self).items() if name.startswith("_"))
        other._made_of = base_url, credentials, merged, version, server
        other._setup = type(self._setup)(*other._made_of)
        other._closes = False
        return other

    def _by(self, how: str) -> Self:
        """This client, whose methods send as its method `how` does."""
        other = object.__new__(type(self))
        send = getattr(self, how)
        # Of pages it is the first.
        sending = dict.fromkeys(("_send", "_pages", "_stream_items", "_stream_events"), send)
        vars(other).update(vars(self), **sending, _closes=False)
        return other

    def _prepared(self, call: Call[Any], options: CallOptions) -> Request:
        if self._closed:
            raise ClientClosed(f"{call.operation.method} {call.operation.path}: the client was closed before")
        return self._prepare(call, options, self._setup)

    def _concluded(self, request: Request, outcome: Outcome, started: float) -> Response[Any]:
        """An answer; raises what stands in its place."""
        elapsed = perf_counter() - started
        if isinstance(outcome, ApiError):
            _LOG.debug("%s: %s after %.3f s", request.name, type(outcome).__name__, elapsed)
            raise outcome
        _LOG.debug("%s: %d after %.3f s", request.name, outcome.status, elapsed)
        return self._response(outcome, self._read(request, outcome, self._setup), elapsed)

    def _unread(self, request: Request, outcome: Outcome, started: float) -> Opened:
        """An answer whose body was not read; raises what stands in its place."""
        from .opened import Opened  # noqa: PLC0415  # as above

        if isinstance(outcome, Opened):
            return outcome
        self._concluded(request, outcome, started)
        raise RuntimeError("an answer that is a success was read whole")


class _About:
    """Tells every error that leaves the block which call it is about."""

    __slots__ = ("_operation",)

    def __init__(self, call: Call[Any]) -> None:
        self._operation = call.operation

    def __enter__(self) -> None:
        pass

    def __exit__(
        self, _kind: type[BaseException] | None, error: BaseException | None, _traceback: TracebackType | None
    ) -> None:
        if isinstance(error, ApiError):
            error.about(self._operation.method, self._operation.path)


class SyncApiClient(_ApiClient, Closing):
    """A client that waits for each answer. Any number of threads may share it.

    Close it with `close()` or use it in a `with`; a caller's own `http_client` stays open. Once closed, it raises
    `ClientClosed`. It cannot be pickled or copied.
    """

    def __init__(
        self,
        base_url: str | None,
        credentials: Mapping[str, Credential],
        options: ClientOptions,
        server: Server | None = None,
    ) -> None:
        from .exchange import exchange, http_client  # noqa: PLC0415  # as above

        self._exchange = exchange
        self._connected = http_client
        self._http = http_client(options.get("http_client"))
        super().__init__(base_url, credentials, options, server)

    def _send(self, call: Call[T], options: CallOptions) -> T:
        return self._respond(call, options).body

    def _respond(self, call: Call[T], options: CallOptions) -> Response[T]:
        with _About(call):
            request = self._prepared(call, options)
            started = perf_counter()
            outcome = self._exchange(self._http, request, self._setup)
            return self._concluded(request, outcome, started)

    def _pages(self, call: Call[T], options: CallOptions) -> Pages[Any, T]:
        from .pages import Pages  # noqa: PLC0415  # only where answers come in pages

        return Pages(call, options, self._respond)

    def _open(self, call: Call[Any], options: CallOptions) -> OpenResponse:
        from .opened import OpenResponse  # noqa: PLC0415  # most answers are read whole

        with _About(call):
            request = self._prepared(call, options)
            request.opens = True
            started = perf_counter()
            outcome = self._exchange(self._http, request, self._setup)
            return OpenResponse(self._unread(request, outcome, started))

    def _stream_items(self, call: Call[T], options: CallOptions) -> ItemStream[T]:
        from .streams import ItemStream  # noqa: PLC0415  # as above

        return ItemStream(self._open, self._setup, call, options)

    def _stream_events(self, call: Call[T], options: StreamOptions) -> EventStream[T]:
        from .streams import EventStream  # noqa: PLC0415  # as above

        return EventStream(self._open, self._setup, call, options)

    def with_options(self, **options: Unpack[ClientOptions]) -> Self:
        """This client with other options. Both have the same connections, which closing the new one does not close."""
        other = self._with(options)
        if "http_client" in options:
            vars(other)["_http"] = self._connected(options["http_client"])
        return other

    def close(self) -> None:
        """Close the connections. Closing again does nothing."""
        self._closed = True
        if self._closes:
            self._http.close()


class AsyncApiClient(_ApiClient, AsyncClosing):
    """A client for `async` code. The tasks of one event loop may share it.

    Close it with `aclose()` or use it in an `async with`; a caller's own `http_client` stays open. Once closed, it raises
    `ClientClosed`. It cannot be pickled or copied.
    """

    def __init__(
        self,
        base_url: str | None,
        credentials: Mapping[str, Credential],
        options: AsyncClientOptions,
        server: Server | None = None,
    ) -> None:
        from .exchange_async import exchange_async, http_client  # noqa: PLC0415  # as above

        self._exchange = exchange_async
        self._connected = http_client
        self._http = http_client(options.get("http_client"))
        super().__init__(base_url, credentials, options, server)

    async def _send(self, call: Call[T], options: CallOptions) -> T:
        return (await self._respond(call, options)).body

    async def _respond(self, call: Call[T], options: CallOptions) -> Response[T]:
        with _About(call):
            request = self._prepared(call, options)
            started = perf_counter()
            outcome = await self._exchange(self._http, request, self._setup)
            return self._concluded(request, outcome, started)

    def _pages(self, call: Call[T], options: CallOptions) -> AsyncPages[Any, T]:
        from .pages import AsyncPages  # noqa: PLC0415  # only where answers come in pages

        return AsyncPages(call, options, self._respond)

    async def _open(self, call: Call[Any], options: CallOptions) -> AsyncOpenResponse:
        from .opened import AsyncOpenResponse  # noqa: PLC0415  # most answers are read whole

        with _About(call):
            request = self._prepared(call, options)
            request.opens = True
            started = perf_counter()
            outcome = await self._exchange(self._http, request, self._setup)
            return AsyncOpenResponse(self._unread(request, outcome, started))

    def _stream_items(self, call: Call[T], options: CallOptions) -> AsyncItemStream[T]:
        from .streams import AsyncItemStream  # noqa: PLC0415  # as above

        return AsyncItemStream(self._open, self._setup, call, options)

    def _stream_events(self, call: Call[T], options: StreamOptions) -> AsyncEventStream[T]:
        from .streams import AsyncEventStream  # noqa: PLC0415  # as above

        return AsyncEventStream(self._open, self._setup, call, options)

    def with_options(self, **options: Unpack[AsyncClientOptions]) -> Self:
        """This client with other options. Both have the same connections, which closing the new one does not close."""
        other = self._with(options)
        if "http_client" in options:
            vars(other)["_http"] = self._connected(options["http_client"])
        return other

    async def aclose(self) -> None:
        """Close the connections. Closing again does nothing."""
        self._closed = True
        if self._closes:
            await self._http.aclose()


class SyncResource:
    """The operations of a tag."""

    __slots__ = ("_client",)

    def __init__(self, client: SyncApiClient) -> None:
        self._client = client

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {self._client!r}>"

    def _by(self, how: str) -> Self:
        """These operations, sent as the client's method `how` does."""
        return type(self)(self._client._by(how))  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]  # they are one

    def _stream_items(self, call: Call[T], options: CallOptions) -> ItemStream[T]:
        return self._client._stream_items(call, options)  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]  # they are one

    def _stream_events(self, call: Call[T], options: StreamOptions) -> EventStream[T]:
        return self._client._stream_events(call, options)  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]  # they are one

    def _send(self, call: Call[T], options: CallOptions) -> T:
        return self._client._send(call, options)  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]  # they are one

    def _pages(self, call: Call[T], options: CallOptions) -> Pages[Any, T]:
        return self._client._pages(call, options)  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]  # they are one


class AsyncResource:
    """The operations of a tag."""

    __slots__ = ("_client",)

    def __init__(self, client: AsyncApiClient) -> None:
        self._client = client

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {self._client!r}>"

    def _by(self, how: str) -> Self:
        """These operations, sent as the client's method `how` does."""
        return type(self)(self._client._by(how))  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]  # they are one

    def _stream_items(self, call: Call[T], options: CallOptions) -> AsyncItemStream[T]:
        return self._client._stream_items(call, options)  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]  # they are one

    def _stream_events(self, call: Call[T], options: StreamOptions) -> AsyncEventStream[T]:
        return self._client._stream_events(call, options)  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]  # they are one

    async def _send(self, call: Call[T], options: CallOptions) -> T:
        return await self._client._send(call, options)  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]  # they are one

    def _pages(self, call: Call[T], options: CallOptions) -> AsyncPages[Any, T]:
        return self._client._pages(call, options)  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]  # they are one
