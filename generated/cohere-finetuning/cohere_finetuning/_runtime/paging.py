"""What the document says of how the pages of an operation follow one another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Paging"]

Kind: TypeAlias = Literal["cursor", "item", "offset", "page", "url", "link"]


class Paging(NamedTuple):
    """How the pages of an operation follow one another. Paths are of wire names, and empty for the answer itself."""

    kind: Kind
    """Where the next page is told of: by a cursor in the answer, by the last item, by how many items there were, by the
    number of the page, by a URL in the answer, or by one in its `Link` header."""
    items: tuple[str, ...]
    """The path to the items of a page."""
    parameter: str = ""
    """What the next page is asked for with."""
    location: Literal["query", "body"] = "query"
    """Where that is."""
    next: tuple[str, ...] | None = None
    """The path to the cursor, or the URL, of the next page."""
    key: tuple[str, ...] = ()
    """The path from an item to what comes after it is asked for with."""
    more: tuple[str, ...] | None = None
    """The path to a flag that says whether there are more."""
    total: tuple[str, ...] | None = None
    """The path to how many items there are on all pages."""
    pages: tuple[str, ...] | None = None
    """The path to how many pages there are."""
    number: tuple[str, ...] | None = None
    """The path to the number of the page, where `first` is not known."""
    first: int | None = None
    """The number of the first page, or the offset of the first item."""
    limit: str = ""
    """What the most items of a page are asked for with, where a page with fewer is the last."""
    backwards: tuple[str, ...] = ()
    """What asks for pages before: with it, pages are not gone through."""
    steps: tuple[str, ...] = ()
    """The parameters by which a URL may tell of the next page, whatever path it has."""
    required: tuple[str, ...] = ()
    """The parameters of the query that have to be there, whether a URL has them or not."""
    types: Mapping[str, str] = {}
    """The JSON types of the query's parameters, but for texts, which a URL has as text."""
