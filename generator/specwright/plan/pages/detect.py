"""How the pages of an operation follow one another, as far as its document leaves no doubt.

Where there is doubt there are no pages: what a method returns depends on it. A sign in the request and one in the answer are
needed, and one array that the items are in.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from specwright.plan.ir.pages import Pagination
from specwright.plan.pages import words
from specwright.plan.pages.signs import NOTHING, TEXT, kinds

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from specwright.plan.ir import Type
    from specwright.plan.ir.pages import Path
    from specwright.plan.keywords import Node
    from specwright.plan.pages.signs import Sign
    from specwright.plan.views import Views

SCALAR: Final = frozenset({"integer", "string"})
NUMBER: Final = frozenset({"integer", "number"})


@dataclass(frozen=True, slots=True)
class Seen:
    """What an operation shows of its pages."""

    views: Views
    asked: tuple[Sign, ...]
    """What is sent; of a method that changes things, in its body alone."""
    told: tuple[Sign, ...]
    """What an answer tells."""
    items: Path
    item: Node
    type: Type
    """That of an item."""
    links: bool
    """Whether the answer has a `Link` header."""
    safe: bool
    """Whether the method only reads."""

    def one(self, signs: tuple[Sign, ...], names: Collection[str], types: Collection[str]) -> Sign | None:
        """The only one of a name and of a type; None where there are several, or none."""
        found = [sign for sign in signs if sign.name in names and sign.types and sign.types <= set(types)]
        return found[0] if len(found) == 1 else None

    def path(self, names: Collection[str], types: Collection[str]) -> Path | None:
        """The path to what an answer tells."""
        found = self.one(self.told, names, types)
        return None if found is None else found.path

    @property
    def total(self) -> Path | None:
        """The path to how many items there are on all pages; not to how many there are on this one."""
        counts = (
            sign
            for sign in self.told
            if sign.name in words.TOTALS
            and not words.OF_ONE_PAGE.search(sign.text)
            and (sign.name != "count" or words.OF_TOTALS.search(sign.text))
        )
        found = [sign for sign in counts if sign.types <= NUMBER]
        return found[0].path if len(found) == 1 else None

    @property
    def more(self) -> Path | None:
        """The path to the flag that says whether there are more."""
        return self.path(words.MORE, {"boolean"})

    @property
    def backwards(self) -> tuple[str, ...]:
        """The parameters that ask for what comes before."""
        return tuple(sign.path[0] for sign in self.asked if sign.name in words.BACKWARDS)


def detected(seen: Seen) -> Pagination | None:
    """How the pages follow one another; None where nothing says so."""
    return next((found for kind in KINDS if (found := kind(seen)) is not None), None)


# --- the next page is told of by the answer ---------------------------------------------------------------------


def _by_cursor(seen: Seen) -> Pagination | None:
    ranked: dict[int, list[tuple[Sign, Sign]]] = {}
    for asked in seen.asked:
        for told in seen.told:
            rank = _rank(asked, told)
            if rank is not None:
                ranked.setdefault(rank, []).append((asked, told))
    if not ranked:
        return None
    best = ranked[min(ranked)]
    if len(best) > 1:
        return None
    asked, told = best[0]
    return Pagination(
        "cursor",
        seen.items,
        seen.type,
        parameter=asked.path[0],
        location=asked.location,
        next=told.path,
        more=seen.more,
        backwards=seen.backwards,
    )


def _rank(asked: Sign, told: Sign) -> int | None:
    """How well a parameter and a cursor go together, 0 for the best; None where they don't."""
    if (
        not asked.types & told.types <= SCALAR
        or asked.is_date
        or told.is_date
        or not asked.types & told.types
    ):
        return None
    cursor = asked.name in words.CURSORS
    position = asked.name in words.POSITIONS
    if told.is_url and told.name in words.NEXT_URLS:
        return None
    if (cursor or position) and told.name == f"next{asked.name}":
        return 0
    if told.name in words.NEXT_CURSORS and cursor:
        return 1
    if told.name in words.NEXT_CURSORS and position and "string" in asked.types:
        return 2
    if told.name in words.NEXT and cursor and _is_of_next(told):
        return 3
    return None


def _is_of_next(told: Sign) -> bool:
    """Whether a member that may hold any cursor, or none, holds that of the next page."""
    if told.name == "next":
        return told.inner or words.OF_CURSORS.search(told.text) is not None
    return words.OF_NEXT.search(told.text) is not None


def _by_url(seen: Seen) -> Pagination | None:
    """A parameter is needed, too: one of pages, if but their size."""
    asked = [sign.name for sign in seen.asked if sign.name in words.STEPS]
    if not asked or not seen.safe:
        return None
    positioned = not words.LIMITS.keys() >= set(asked)
    found = [
        sign
        for sign in seen.told
        if sign.name in words.NEXT_URLS and sign.types == TEXT and _is_url(sign, positioned=positioned)
    ]
    if len(found) != 1:
        return None
    pages = Pagination("url", seen.items, seen.type, next=found[0].path, more=seen.more)
    return by_url(pages, seen.asked)


def _is_url(sign: Sign, *, positioned: bool) -> bool:
    """Whether a member holds the URL of a page: its name says so, or something else does."""
    if sign.name in words.VAGUE:
        return positioned and (sign.is_url or sign.name not in words.NEXT_CURSORS.keys() | words.NEXT)
    return True


def _by_link(seen: Seen) -> Pagination | None:
    """Pages that a `Link` header tells of (RFC 8288), as GitHub's do."""
    if not seen.links or not seen.safe or all(sign.name not in words.STEPS for sign in seen.asked):
        return None
    return by_url(Pagination("link", seen.items, seen.type), seen.asked)


def by_url(pages: Pagination, asked: tuple[Sign, ...]) -> Pagination:
    """The same, with what there is to know of the parameters that a URL may have."""
    query = [sign for sign in asked if sign.location == "query"]
    return replace(
        pages,
        steps=tuple(sign.path[0] for sign in query if sign.name in words.STEPS),
        required=tuple(sign.path[0] for sign in query if sign.required),
        types=tuple(
            (sign.path[0], next(iter(sign.types)))
            for sign in query
            if len(sign.types) == 1 and sign.types != TEXT
        ),
    )


# --- the next page is counted -----------------------------------------------------------------------------------


def _by_item(seen: Seen) -> Pagination | None:
    """Pages that begin behind the last item of the page before, as Stripe's do."""
    asked = seen.one(seen.asked, words.AFTER_ITEM, SCALAR)
    if asked is None or asked.is_date or not seen.safe or seen.more is None:
        return None
    key = _id(seen.views, seen.item)
    if not key & asked.types:
        return None
    return Pagination(
        "item",
        seen.items,
        seen.type,
        parameter=asked.path[0],
        key=("id",),
        more=seen.more,
        backwards=seen.backwards,
    )


def _id(views: Views, item: Node) -> frozenset[str]:
    """The types of an item's `id`; none where not every item may have one."""
    every = [one.schema for one in views.alternatives(item)] or [item]
    owners = [views.sent(one, "response") for one in every]
    if not all("id" in owner for owner in owners):
        return NOTHING
    return NOTHING.union(*(kinds(views, owner["id"]) for owner in owners))


def _by_offset(seen: Seen) -> Pagination | None:
    asked = seen.one(seen.asked, words.OFFSETS, NUMBER)
    more = seen.more
    total = seen.total if more is None else None  # a flag says it, and a number may be that of something else
    if (
        asked is None
        or not seen.safe
        or words.OF_PAGES.search(asked.text)
        or (total is None and more is None)
    ):
        return None
    first = _first(asked)
    return Pagination(
        "offset",
        seen.items,
        seen.type,
        parameter=asked.path[0],
        total=total,
        more=more,
        # SCIM counts from 1 (RFC 7644, section 3.4.2.4).
        first=(1 if asked.name == "startindex" else 0) if first is None else first,
        backwards=seen.backwards,
    )


def _by_page(seen: Seen) -> Pagination | None:
    asked = seen.one(seen.asked, words.PAGES, NUMBER)
    more = seen.more
    pages = seen.one(seen.told, words.TOTAL_PAGES, NUMBER) if more is None else None
    total = seen.total if more is None and pages is None else None
    if asked is None or not seen.safe or (total is None and more is None and pages is None):
        return None
    first = _first(asked)
    number = seen.path(words.PAGE_NUMBERS, NUMBER)
    if first is None and number is None:
        return None
    if pages is not None and (first is None or (pages.name in {"lastpage", "maxpage"} and first != 1)):
        return None
    return Pagination(
        "page",
        seen.items,
        seen.type,
        parameter=asked.path[0],
        total=total,
        more=more,
        pages=pages.path if pages is not None else None,
        number=number if first is None else None,
        first=first,
        backwards=seen.backwards,
    )


def _first(asked: Sign) -> int | None:
    """The number that stands for the beginning: the default, else what is said of it; None where that is not certain.

    That 0 is allowed does not make it the first.
    """
    default = asked.schema.get("default")
    if default is not None:
        return default if type(default) is int and default in {0, 1} else None
    found = words.FIRST.search(asked.text)
    if found is not None:
        return 1 if any(word in found[0].lower() for word in ("one", "1")) else 0
    return 1 if asked.schema.get("minimum") == 1 else None


KINDS: Final[tuple[Callable[[Seen], Pagination | None], ...]] = (
    _by_cursor,
    _by_item,
    _by_url,
    _by_link,
    _by_offset,
    _by_page,
)
"""Each way in which pages follow one another, the surest first."""
