"""What a method returns whose answer comes in pages. Nothing is sent until they are gone through."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar

from .walk import Walk, items

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Generator, Iterator

    from .answered import Response
    from .operation import Call
    from .paging import Paging
    from .types import CallOptions

__all__ = ["AsyncPages", "Pages"]

Item = TypeVar("Item")
Page = TypeVar("Page")


class _Pages(Generic[Page]):
    """What both have: the call of the first page, and how the others follow it."""

    __slots__ = ("_call", "_options", "_paging")

    def __init__(self, call: Call[Page], options: CallOptions) -> None:
        paging = call.operation.paging
        if paging is None:
            raise TypeError(f"{call.operation!r} has no pages")
        self._call = call
        self._options = options
        self._paging: Paging = paging

    def __repr__(self) -> str:
        operation = self._call.operation
        return f"<{type(self).__name__} of {operation.method} {operation.path}>"


def _walk(call: Call[Any], paging: Paging, max_pages: int | None) -> Walk:
    if max_pages is not None and max_pages < 1:
        raise ValueError("max_pages must be 1 or more")
    return Walk(call, paging)


class Pages(_Pages[Page], Generic[Item, Page]):
    """The items of all pages, one after another: `for item in pages`. Each loop starts anew, and asks for a page once it gets there.

    `pages()` has the answers themselves, and `first()` the first of them. The options of the call hold for each request.
    """

    __slots__ = ("_respond",)

    def __init__(
        self,
        call: Call[Page],
        options: CallOptions,
        respond: Callable[[Call[Page], CallOptions], Response[Page]],
    ) -> None:
        super().__init__(call, options)
        self._respond = respond

    def first(self) -> Page:
        """The answer to the call as it is: one request, as other methods make it."""
        return self._respond(self._call, self._options).body

    def pages(self, *, max_pages: int | None = None) -> Iterator[Page]:
        """The answers, page by page; no more than `max_pages`, where that is given.

        Raises `PaginationError` where a server leads nowhere or in a circle, and what any call raises.
        """
        walk = _walk(self._call, self._paging, max_pages)
        return self._turned(walk, max_pages)

    def _turned(self, walk: Walk, left: int | None) -> Iterator[Page]:
        call: Call[Page] | None = self._call
        while call is not None:
            response = self._respond(call, self._options)
            yield response.body
            left = None if left is None else left - 1
            call = None if left == 0 else walk.after(response)

    def __iter__(self) -> Iterator[Item]:
        """Every item of every page."""
        for page in self.pages():
            yield from items(page, self._paging)


class AsyncPages(_Pages[Page], Generic[Item, Page]):
    """The items of all pages, one after another: `async for item in pages`. Each loop starts anew, and asks for a page once it gets there.

    `pages()` has the answers themselves, and `await pages` or `await pages.first()` the first of them. The options of the
    call hold for each request.
    """

    __slots__ = ("_respond",)

    def __init__(
        self,
        call: Call[Page],
        options: CallOptions,
        respond: Callable[[Call[Page], CallOptions], Awaitable[Response[Page]]],
    ) -> None:
        super().__init__(call, options)
        self._respond = respond

    async def first(self) -> Page:
        """The answer to the call as it is: one request, as other methods make it."""
        return (await self._respond(self._call, self._options)).body

    def __await__(self) -> Generator[Any, Any, Page]:
        """The same as `first()`."""
        return self.first().__await__()

    def pages(self, *, max_pages: int | None = None) -> AsyncIterator[Page]:
        """The answers, page by page; no more than `max_pages`, where that is given.

        Raises `PaginationError` where a server leads nowhere or in a circle, and what any call raises.
        """
        walk = _walk(self._call, self._paging, max_pages)
        return self._turned(walk, max_pages)

    async def _turned(self, walk: Walk, left: int | None) -> AsyncIterator[Page]:
        call: Call[Page] | None = self._call
        while call is not None:
            response = await self._respond(call, self._options)
            yield response.body
            left = None if left is None else left - 1
            call = None if left == 0 else walk.after(response)

    async def __aiter__(self) -> AsyncIterator[Item]:
        """Every item of every page."""
        async for page in self.pages():
            for item in items(page, self._paging):
                yield item
