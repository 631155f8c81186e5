"""Methods that give whole answers, and those that hand an answer on while it comes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, ParamSpec, TypeVar, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine
    from contextlib import AbstractAsyncContextManager

    from .answered import Response
    from .opened import AsyncOpenResponse, OpenResponse
    from .pages import AsyncPages, Pages

__all__ = [
    "AsyncPagesWithResponse",
    "AsyncStreamWithResponse",
    "AsyncWithResponse",
    "PagesWithResponse",
    "StreamWithResponse",
    "WithResponse",
]

P = ParamSpec("P")
T = TypeVar("T")


class WithResponse(Generic[P, T]):
    """A method with its whole answer.

    Called as the method is, it gives a `Response`, which has what the method returns as its `body`.
    """

    __slots__ = ("_method",)

    def __init__(self, method: Callable[P, T]) -> None:
        self._method = method

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> Response[T]:
        """The answer: status, headers, body, elapsed, attempts."""
        return cast("Response[T]", _sending(self._method, "_respond")(*args, **kwargs))

    def stream(self, *args: P.args, **kwargs: P.kwargs) -> OpenResponse:
        """The answer while it comes, for a `with`: to read it in pieces, or to save it to a file."""
        return cast("OpenResponse", _sending(self._method, "_open")(*args, **kwargs))


class AsyncWithResponse(Generic[P, T]):
    """A method with its whole answer.

    Called as the method is, and awaited, it gives a `Response`, which has what the method returns as its `body`.
    """

    __slots__ = ("_method",)

    def __init__(self, method: Callable[P, Coroutine[Any, Any, T]]) -> None:
        self._method = method

    async def __call__(self, *args: P.args, **kwargs: P.kwargs) -> Response[T]:
        """The answer: status, headers, body, elapsed, attempts."""
        return cast("Response[T]", await _sending(self._method, "_respond")(*args, **kwargs))

    def stream(self, *args: P.args, **kwargs: P.kwargs) -> AbstractAsyncContextManager[AsyncOpenResponse]:
        """The answer while it comes, for an `async with`: to read it in pieces, or to save it to a file."""
        from .opened import opening  # noqa: PLC0415  # most never need it

        return opening(_sending(self._method, "_open")(*args, **kwargs))


class PagesWithResponse(WithResponse[P, T]):
    """A method whose answer comes in pages, with the whole first one."""

    __slots__ = ()

    def __init__(self, method: Callable[P, Pages[Any, T]]) -> None:
        super().__init__(cast("Callable[P, T]", method))


class AsyncPagesWithResponse(AsyncWithResponse[P, T]):
    """A method whose answer comes in pages, with the whole first one."""

    __slots__ = ()

    def __init__(self, method: Callable[P, AsyncPages[Any, T]]) -> None:
        super().__init__(cast("Callable[P, Coroutine[Any, Any, T]]", method))


class StreamWithResponse(Generic[P]):
    """A method that gives a stream, which has its answer as `response`; here it can be had as it comes."""

    __slots__ = ("_method",)

    def __init__(self, method: Callable[P, object]) -> None:
        self._method = method

    def stream(self, *args: P.args, **kwargs: P.kwargs) -> OpenResponse:
        """The answer while it comes, for a `with`: to read it in pieces, or to save it to a file."""
        return cast("OpenResponse", _sending(self._method, "_open")(*args, **kwargs))


class AsyncStreamWithResponse(Generic[P]):
    """A method that gives a stream, which has its answer as `response`; here it can be had as it comes."""

    __slots__ = ("_method",)

    def __init__(self, method: Callable[P, object]) -> None:
        self._method = method

    def stream(self, *args: P.args, **kwargs: P.kwargs) -> AbstractAsyncContextManager[AsyncOpenResponse]:
        """The answer while it comes, for an `async with`: to read it in pieces, or to save it to a file."""
        from .opened import opening  # noqa: PLC0415  # most never need it

        return opening(_sending(self._method, "_open")(*args, **kwargs))


def _sending(method: Callable[..., Any], how: str) -> Callable[..., Any]:
    """A method of a client or a resource, which sends as `how` of the client does."""
    bound = cast("Any", method)
    return cast("Callable[..., Any]", getattr(bound.__self__._by(how), bound.__name__))  # noqa: SLF001  # they are one
