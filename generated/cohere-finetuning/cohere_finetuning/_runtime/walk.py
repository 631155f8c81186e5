"""Going from page to page: which call comes after an answer. Nothing is sent here, so that both clients can share it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Protocol

from .errors import PaginationError
from .model import Model, shallow
from .operation import Call
from .types import OMIT, class_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from .paging import Kind, Paging

__all__ = ["MOST", "Walk", "items"]

MOST: Final = 100_000
"""The most pages that are gone through, for a server that always tells of one more."""


class Turned(Protocol):
    """What of an answer tells of the page after it."""

    @property
    def body(self) -> Any:
        """The answer, decoded."""
        ...

    @property
    def headers(self) -> Mapping[str, str]:
        """Its headers."""
        ...

    @property
    def url(self) -> str:
        """What it answers."""
        ...


def items(page: Any, paging: Paging) -> list[Any]:
    """The items of a page; none where the server left them out."""
    found: Any = at(page, paging.items)
    return found if class_of(found) is list else []


def at(value: Any, path: tuple[str, ...]) -> Any:
    """What wire names lead to; `None` where there is nothing."""
    for wire in path:
        members = shallow(value) if isinstance(value, Model) else value
        value = members.get(wire) if class_of(members) is dict else None
    return value


class Walk:
    """One way through the pages of a call."""

    def __init__(self, call: Call[Any], paging: Paging) -> None:
        self.call = call
        """The call of the page that is being looked at."""
        self.paging = paging
        self.count = 0
        """The items of all pages until now."""
        self._pages = 0
        self._seen = {given} if (given := self.given(paging.parameter)) is not None else set[Any]()
        for word in paging.backwards:
            if self.given(word) is not None and self.given(paging.parameter) is None:
                raise self.error(
                    f"{word} asks for what comes before, and pages go on; first() has that one page"
                )

    def error(self, problem: str) -> PaginationError:
        """The error that says why there is no way on."""
        operation = self.call.operation
        error = PaginationError(f"{operation.method} {operation.path}: {problem}")
        error.about(operation.method, operation.path)
        return error

    def given(self, wire: str) -> Any:
        """What the call has for a parameter; `None` where it has nothing."""
        values = getattr(self.call, self.paging.location)
        value = values.get(wire) if class_of(values) is dict else None
        return None if value is OMIT else value

    def after(self, response: Turned) -> Call[Any] | None:
        """The call of the page behind an answer; `None` behind the last. `PaginationError` where there is no way on."""
        self._pages += 1
        page = items(response.body, self.paging)
        self.count += len(page)
        more = at(response.body, self.paging.more) if self.paging.more is not None else None
        if more is False:
            return None
        call = _AFTER[self.paging.kind](self, response, page)
        if call is not None and self._pages >= MOST:
            raise self.error(f"there are more than {MOST} pages")
        if call is not None:
            self.call = call
        return call

    def once(self, mark: Any, what: str) -> None:
        """Refuse what was met before: it would lead to the same pages for ever."""
        if mark in self._seen:
            raise self.error(f"{what} of the next page is one that there was before")
        self._seen.add(mark)

    def asking(self, value: Any) -> Call[Any]:
        """The same call, for the page that `value` stands for."""
        return changed(self.call, self.paging.location, {self.paging.parameter: value})


def changed(call: Call[Any], place: str, values: Mapping[str, Any]) -> Call[Any]:
    """A call with other values in one place, and all else as it was."""
    places = {
        name: getattr(call, name) for name in ("path", "query", "header", "cookie", "body", "media_type")
    }
    before: Any = places[place]
    places[place] = {**(before if class_of(before) is dict else {}), **values}
    return Call(call.operation, **places)


def _number(value: Any) -> int | None:
    """A number of an answer, or of the caller; `None` for what is none."""
    if class_of(value) is float and value.is_integer():
        return int(value)
    return int(value) if isinstance(value, int) and class_of(value) is not bool else None


def _by_cursor(walk: Walk, response: Turned, _page: list[Any]) -> Call[Any] | None:
    cursor = at(response.body, walk.paging.next or ())
    if cursor is None or cursor == "":
        return None
    if class_of(cursor) in {bool, dict, list}:
        raise walk.error("the cursor of the next page is neither text nor a number")
    walk.once(cursor, "the cursor")
    return walk.asking(cursor)


def _by_item(walk: Walk, response: Turned, page: list[Any]) -> Call[Any] | None:
    flag = walk.paging.more
    if not page or (flag is not None and at(response.body, flag) is not True):
        return None
    key = at(page[-1], walk.paging.key)
    if key is None or class_of(key) in {bool, dict, list}:
        raise walk.error(
            f"the last item has no {'.'.join(walk.paging.key)}, behind which the next page begins"
        )
    walk.once(key, "the item")
    return walk.asking(key)


def _by_offset(walk: Walk, response: Turned, page: list[Any]) -> Call[Any] | None:
    paging = walk.paging
    first = paging.first or 0
    offset = _begun(walk, first) + len(page)
    total = _number(at(response.body, paging.total)) if paging.total is not None else None
    if not page or (total is not None and offset - first >= total) or _is_short(walk, page):
        return None
    return walk.asking(offset)


def _by_page(walk: Walk, response: Turned, page: list[Any]) -> Call[Any] | None:
    paging = walk.paging
    first = paging.first
    if first is None and walk.given(paging.parameter) is None:
        first = _number(at(response.body, paging.number or ()))
        if first is None:
            raise walk.error("the answer does not have the number of its page")
    number = _begun(walk, first or 0)
    last = _number(at(response.body, paging.pages)) if paging.pages is not None else None
    total = _number(at(response.body, paging.total)) if paging.total is not None else None
    if (
        not page
        or (last is not None and number - (first or 0) + 1 >= last)
        or (total is not None and walk.count >= total)
        or _is_short(walk, page)
    ):
        return None
    return walk.asking(number + 1)


def _begun(walk: Walk, first: int) -> int:
    """The number that the call asks for; `first` where it says nothing."""
    given = walk.given(walk.paging.parameter)
    number = first if given is None else _number(given)
    if number is None:
        raise walk.error(f"{walk.paging.parameter} is no whole number")
    return number


def _is_short(walk: Walk, page: list[Any]) -> bool:
    """Whether a page has fewer items than it might, where nothing else tells that it is the last."""
    limit = _number(walk.given(walk.paging.limit)) if walk.paging.limit else None
    return limit is not None and len(page) < limit


def _by_url(walk: Walk, response: Turned, _page: list[Any]) -> Call[Any] | None:
    url = at(response.body, walk.paging.next or ())
    if url is None or url == "":
        return None
    if not isinstance(url, str):
        raise walk.error("the URL of the next page is no text")
    return _followed(walk, response, url)


def _by_link(walk: Walk, response: Turned, _page: list[Any]) -> Call[Any] | None:
    from .following import next_link  # noqa: PLC0415  # only where URLs tell of pages

    url = next_link(response.headers.get("Link", ""))
    return None if url is None else _followed(walk, response, url)


def _followed(walk: Walk, response: Turned, url: str) -> Call[Any]:
    from .following import UnfollowableError, asked  # noqa: PLC0415  # as above

    problem = ""
    query: dict[str, Any] = {}
    try:
        query = asked(url, response.url, walk.call, walk.paging)
    except UnfollowableError as fault:
        problem = str(fault)
    if problem:  # only here, so that the error has no other, which tells of the URL, as its context
        raise walk.error(problem)
    walk.once(url, "the URL")
    return Call(
        walk.call.operation,
        path=walk.call.path,
        query=query,
        header=walk.call.header,
        cookie=walk.call.cookie,
        body=walk.call.body,
        media_type=walk.call.media_type,
    )


_AFTER: Final[dict[Kind, Callable[[Walk, Turned, list[Any]], Call[Any] | None]]] = {
    "cursor": _by_cursor,
    "item": _by_item,
    "offset": _by_offset,
    "page": _by_page,
    "url": _by_url,
    "link": _by_link,
}
