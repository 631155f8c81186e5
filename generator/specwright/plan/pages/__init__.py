"""How the pages of operations follow one another: as the author or the user says, else as the document shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal

from specwright.plan.keywords import plain
from specwright.plan.pages.detect import Seen, detected
from specwright.plan.pages.said import Faulty, wished
from specwright.plan.pages.signs import answered, items, parameters
from specwright.problems import problem, quoted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from specwright.config import Config
    from specwright.document import Map
    from specwright.plan.ir.pages import Pagination
    from specwright.plan.keywords import Node
    from specwright.plan.media import FoundMedia
    from specwright.plan.paths import Found
    from specwright.plan.schemas import Types
    from specwright.plan.views import Views
    from specwright.problems import Place, Problem

PAGINATION: Final = "x-specwright-pagination"
"""The field of an operation that says how its pages follow one another, or by `false` that it has none."""

_SAFE: Final = frozenset({"GET", "QUERY"})
_CURSORS: Final = frozenset({*_SAFE, "POST"})
"""Methods that may have pages: those that only read, and the one that reads where a question is too long for a URL."""


class Paging:
    """The pages of the operations of a document."""

    def __init__(self, config: Config, views: Views, types: Types) -> None:
        self._said: Mapping[str, Any] | Literal[False] = config.pagination
        self._views = views
        self._types = types
        self._met: set[str] = set()
        self._problems: list[Problem] = []

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What can't be done of what is wished for, once every operation was asked for."""
        said = () if self._said is False else self._said
        strays = [name for name in said if name not in self._met]
        return (
            *self._problems,
            *(
                problem(
                    "pagination",
                    None,
                    f"`pagination` of the configuration tells of {quoted(name)}, and there is none",
                )
                for name in strays
            ),
        )

    def of(self, found: Found, body: Node | None) -> Pagination | None:
        """How the pages of an operation follow one another; `body` is the schema whose properties are arguments."""
        names = (found.operation.get("operationId", ""), f"{found.method.lower()} {found.path}")
        self._met.update(names)
        wish = _wish(self._said, names, found.operation)
        answer = _answer(found)
        if wish is None:
            seen = None if answer is None or found.method not in _CURSORS else self._seen(found, answer, body)
            return None if seen is None else detected(seen)
        if isinstance(wish, bool):
            return None
        try:
            asked = parameters(self._views, found, body)
            return wished(wish, self._views, self._types, asked, None if answer is None else answer.schema)
        except Faulty as fault:
            message = f"the pages of {found.method} {found.path} can't be as they are said to be: {fault}"
            self._problems.append(problem("pagination", _place(found), message))
            return None

    def _seen(self, found: Found, answer: FoundMedia, body: Node | None) -> Seen | None:
        node = answer.schema
        if node is None:
            return None
        where = items(self._views, node)
        if where is None:
            return None
        path, array = where
        item = self._views.items(self._views.merged(array))
        asked = parameters(self._views, found, body)
        safe = found.method in _SAFE
        return Seen(
            views=self._views,
            asked=asked if safe else tuple(sign for sign in asked if sign.location == "body"),
            told=answered(self._views, node) if path else (),
            items=path,
            item=item,
            type=self._types.of(item, "response"),
            links=_has_links(found),
            safe=safe,
        )


def _answer(found: Found) -> FoundMedia | None:
    """The one thing that a success is: JSON."""
    successes = [answer for answer in found.answers if answer.status[0] == "2"]
    if len(successes) != 1 or len(successes[0].contents) != 1 or successes[0].contents[0].family != "json":
        return None
    return successes[0].contents[0]


def _has_links(found: Found) -> bool:
    headers = (
        name
        for answer in found.answers
        if answer.status[0] == "2"
        for name in answer.response.get("headers", {})
    )
    return any(name.lower() == "link" for name in headers)


def _wish(
    said: Mapping[str, Any] | Literal[False], names: tuple[str, ...], operation: Map
) -> Mapping[str, Any] | bool | None:
    """What was decided: False for no pages, None where nothing was. What the user says goes before the author's."""
    if said is False:
        return False
    author: Mapping[str, Any] | bool | None = plain(operation.get(PAGINATION))
    wish: Mapping[str, Any] | bool | None = next((said[name] for name in names if name in said), author)
    return None if wish is True else wish


def _place(found: Found) -> Place | None:
    operation = found.operation
    return operation.place(PAGINATION) if PAGINATION in operation else operation.place()
