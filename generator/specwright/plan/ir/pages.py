"""How the pages of an operation follow one another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from specwright.plan.ir.types import Type

PagesKind = Literal["cursor", "item", "offset", "page", "url", "link"]
"""Where the next page is told of: by a cursor in the answer, by the last item, by how many items there were, by the number
of the page, by a URL in the answer, or by one in its `Link` header."""

Path = tuple[str, ...]
"""The wire names of the members that lead from an answer to a value; none for the answer itself."""


@dataclass(frozen=True, slots=True)
class Pagination:
    """How the pages of an operation follow one another. A path is None where the document has no such sign."""

    kind: PagesKind
    items: Path
    """Where the items of a page are."""
    item: Type
    parameter: str = ""
    """The wire name of what the next page is asked for with; "" where a URL tells of it."""
    location: Literal["query", "body"] = "query"
    next: Path | None = None
    """The cursor, or the URL, of the next page."""
    key: Path | None = None
    """From an item to what comes after it is asked for with."""
    more: Path | None = None
    """A flag that says whether there are more."""
    total: Path | None = None
    """How many items there are on all pages."""
    pages: Path | None = None
    """How many pages there are."""
    number: Path | None = None
    """The number of this page."""
    first: int | None = None
    """The number of the first page, or the offset of the first item; None where `number` tells."""
    limit: str = ""
    """The wire name of the most items that a page may have, where a page with fewer is the last."""
    backwards: tuple[str, ...] = ()
    """The wire names of what asks for pages before, with which pages are not gone through."""
    steps: tuple[str, ...] = ()
    """The parameters by which a URL may tell of the next page."""
    required: tuple[str, ...] = ()
    """The parameters of the query that have to be there, whether a URL has them or not."""
    types: tuple[tuple[str, str], ...] = ()
    """The JSON types of the query's parameters, but for texts, which a URL has as text."""
