"""Values that come one after another, each handed on when it is there. One class waits for them, its twin awaits them."""

from __future__ import annotations

from time import sleep
from typing import TYPE_CHECKING, Any, Generic, Self, TypeVar, cast

from .closing import AsyncClosing, Closing
from .course import Begun, Close, Course, Give, Open, Pause, Read
from .errors import ApiError
from .opened import behind

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable, Callable, Generator

    from .opened import AsyncOpenResponse, OpenResponse
    from .operation import Call
    from .server_sent import ServerSentEvent
    from .setup import Setup
    from .types import CallOptions

__all__ = ["AsyncEventStream", "AsyncItemStream", "EventStream", "ItemStream"]

T = TypeVar("T")


class _Streaming(Generic[T]):
    """A stream on its way."""

    def __init__(self, setup: Setup, call: Call[Any], options: CallOptions) -> None:
        self._call = call
        self._steps = Course(call, options, setup).steps()
        self._begun = False

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {self._call.operation.method} {self._call.operation.path}>"


class _Sync(_Streaming[T], Closing):
    """Carries out the steps of a stream."""

    def __init__(
        self,
        opening: Callable[[Call[Any], CallOptions], OpenResponse],
        setup: Setup,
        call: Call[Any],
        options: CallOptions,
    ) -> None:
        super().__init__(setup, call, options)
        self._opening = opening
        self._answer: OpenResponse | None = None
        self._pieces: Generator[bytes] | None = None

    @property
    def response(self) -> OpenResponse | None:
        """The answer that is being read, for its status and headers; `None` before the first value is asked for."""
        return self._answer

    def __iter__(self) -> Self:
        return self

    def __enter__(self) -> Self:
        if not self._begun:
            self._advanced()
        return self

    def close(self) -> None:
        """End the stream, and let go of its connection. Closing again does nothing."""
        self._begun = True
        self._steps.close()
        self._disconnect()

    def _disconnect(self) -> None:
        if self._pieces is not None:
            self._pieces.close()
        if self._answer is not None:
            self._answer.close()

    def _next(self) -> Any:
        while (step := self._advanced()) is not None:
            if isinstance(step, Give):
                return step.value
        raise StopIteration

    def _advanced(self) -> Begun | Give | None:
        """The next step that callers see; None at the end. Whatever goes wrong ends the stream."""
        self._begun = True
        done: Any = None
        try:
            while True:
                step = self._steps.send(done)
                done = None
                match step:
                    case Give() | Begun():
                        return step
                    case Open(options):
                        done = self._opened(options)
                    case Read():
                        done = self._piece()
                    case Pause(seconds):
                        sleep(seconds)
                    case Close():
                        self._disconnect()
        except StopIteration:
            self.close()
            return None
        except BaseException:
            self.close()
            raise

    def _opened(self, options: CallOptions) -> Any:
        try:
            answer = self._opening(self._call, options)
        except ApiError as error:
            return error
        self._answer = answer
        self._pieces = answer.iter_bytes()
        return behind(answer)

    def _piece(self) -> bytes | ApiError | None:
        try:
            return next(cast("Generator[bytes]", self._pieces), None)
        except ApiError as error:
            return error


class ItemStream(_Sync[T]):
    """Values that come one after another, as JSON Lines or as a JSON text sequence. Iterate over it.

    The request is sent when the first value is asked for, or where a `with` begins, whose end closes the stream; it is
    closed too when it has come to its end, and by an error. A line that is no JSON raises `DecodeError`.
    """

    def __next__(self) -> T:
        return cast("T", self._next())


class EventStream(_Sync[T]):
    """The data of server-sent events, one after another. Iterate over it, or over its `events()`.

    The request is sent when the first value is asked for, or where a `with` begins, whose end closes the stream; it is
    closed too when it has come to its end, and by an error. Data that is no JSON where it should be raises `DecodeError`.
    When the connection breaks, a `GET` is sent again with the id of the last event, at most `retries.most` times without
    an event in between; see `StreamOptions` for more or less of that.
    """

    def __next__(self) -> T:
        return cast("ServerSentEvent[T]", self._next()).data

    def events(self) -> Generator[ServerSentEvent[T]]:
        """The events, each whole: its type, its id, and its data."""
        while (step := self._advanced()) is not None:
            if isinstance(step, Give):
                yield step.value


class _Async(_Streaming[T], AsyncClosing):
    """Carries out the steps of a stream, by awaiting."""

    def __init__(
        self,
        opening: Callable[[Call[Any], CallOptions], Awaitable[AsyncOpenResponse]],
        setup: Setup,
        call: Call[Any],
        options: CallOptions,
    ) -> None:
        super().__init__(setup, call, options)
        self._opening = opening
        self._answer: AsyncOpenResponse | None = None
        self._pieces: AsyncGenerator[bytes] | None = None

    @property
    def response(self) -> AsyncOpenResponse | None:
        """The answer that is being read, for its status and headers; `None` before the first value is asked for."""
        return self._answer

    def __aiter__(self) -> Self:
        return self

    async def __aenter__(self) -> Self:
        if not self._begun:
            await self._advanced()
        return self

    async def aclose(self) -> None:
        """End the stream, and let go of its connection. Closing again does nothing."""
        self._begun = True
        self._steps.close()
        await self._disconnect()

    async def _disconnect(self) -> None:
        import anyio  # noqa: PLC0415  # what sends has loaded it

        with anyio.CancelScope(shield=True):
            if self._pieces is not None:
                await self._pieces.aclose()
            if self._answer is not None:
                await self._answer.aclose()

    async def _next(self) -> Any:
        while (step := await self._advanced()) is not None:
            if isinstance(step, Give):
                return step.value
        raise StopAsyncIteration

    async def _advanced(self) -> Begun | Give | None:
        """The next step that callers see; None at the end. Whatever goes wrong ends the stream."""
        self._begun = True
        done: Any = None
        try:
            while True:
                step = self._steps.send(done)
                done = None
                match step:
                    case Give() | Begun():
                        return step
                    case Open(options):
                        done = await self._opened(options)
                    case Read():
                        done = await self._piece()
                    case Pause(seconds):
                        await _sleep(seconds)
                    case Close():
                        await self._disconnect()
        except StopIteration:
            await self.aclose()
            return None
        except BaseException:
            await self.aclose()
            raise

    async def _opened(self, options: CallOptions) -> Any:
        try:
            answer = await self._opening(self._call, options)
        except ApiError as error:
            return error
        self._answer = answer
        self._pieces = answer.iter_bytes()
        return behind(answer)

    async def _piece(self) -> bytes | ApiError | None:
        try:
            return await anext(cast("AsyncGenerator[bytes]", self._pieces), None)
        except ApiError as error:
            return error


async def _sleep(seconds: float) -> None:
    import anyio  # noqa: PLC0415  # what sends has loaded it

    await anyio.sleep(seconds)


class AsyncItemStream(_Async[T]):
    """Values that come one after another, as JSON Lines or as a JSON text sequence. Iterate over it with `async for`.

    The request is sent when the first value is asked for, or where an `async with` begins, whose end closes the stream;
    it is closed too when it has come to its end, and by an error. A line that is no JSON raises `DecodeError`.
    """

    async def __anext__(self) -> T:
        return cast("T", await self._next())


class AsyncEventStream(_Async[T]):
    """The data of server-sent events, one after another. Iterate over it, or over its `events()`, with `async for`.

    The request is sent when the first value is asked for, or where an `async with` begins, whose end closes the stream;
    it is closed too when it has come to its end, and by an error. Data that is no JSON where it should be raises
    `DecodeError`. When the connection breaks, a `GET` is sent again with the id of the last event, at most `retries.most`
    times without an event in between; see `StreamOptions` for more or less of that.
    """

    async def __anext__(self) -> T:
        return cast("ServerSentEvent[T]", await self._next()).data

    async def events(self) -> AsyncGenerator[ServerSentEvent[T]]:
        """The events, each whole: its type, its id, and its data."""
        while (step := await self._advanced()) is not None:
            if isinstance(step, Give):
                yield step.value
