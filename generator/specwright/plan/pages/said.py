"""How the pages of an operation follow one another, where somebody says it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from specwright.config.toml import is_table
from specwright.document.tree import unescape
from specwright.plan.ir.pages import Pagination
from specwright.plan.keywords import readable
from specwright.plan.pages.detect import by_url
from specwright.plan.pages.signs import array, arrays
from specwright.problems import quoted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from specwright.plan.ir.pages import PagesKind, Path
    from specwright.plan.keywords import Node
    from specwright.plan.pages.signs import Sign
    from specwright.plan.schemas import Types
    from specwright.plan.views import Views

NEEDS: Final[Mapping[PagesKind, tuple[str, ...]]] = {
    "cursor": ("parameter", "next"),
    "item": ("parameter", "key"),
    "offset": ("parameter",),
    "page": ("parameter",),
    "url": ("next",),
    "link": (),
}
"""What has to be said, by the kind."""

POINTERS: Final = ("next", "key", "more", "total", "pages")
"""What is said by JSON Pointers: of `key` from an item on, of the others from the answer on, as `items` is."""

FIRST: Final[Mapping[PagesKind, int]] = {"offset": 0, "page": 1}
"""Where counting begins, if nothing is said."""

_KEYS: Final = frozenset({"kind", "items", "parameter", "first", "limit", *POINTERS})


class Faulty(Exception):  # noqa: N818 - what is wrong with what was said
    """What was said can't be done; the message says why."""


def wished(
    wish: object, views: Views, types: Types, asked: tuple[Sign, ...], answer: Node | None
) -> Pagination:
    """What was said as a value, once it is known to fit the operation: `Faulty` where it does not."""
    if not is_table(wish):
        raise Faulty("they are said by an object, or by `false`")
    if answer is None:
        raise Faulty("there is not exactly one success, in JSON")
    if unknown := sorted(wish.keys() - _KEYS):
        raise Faulty(f"there is no {quoted(unknown[0])}; there are {', '.join(sorted(_KEYS))}")
    kind = _kind(wish)
    if missing := [key for key in NEEDS[kind] if key not in wish]:
        raise Faulty(f"a {kind} needs {quoted(missing[0])}")
    where, inner = _items(wish, views, answer)
    item = views.items(views.merged(inner))
    paths = {
        key: _path(views, key, wish[key], item if key == "key" else answer) for key in POINTERS if key in wish
    }
    parameter = _parameter(asked, wish, "parameter")
    limit = _parameter(asked, wish, "limit")
    first = wish.get("first", FIRST.get(kind))
    if first is not None and type(first) is not int:
        raise Faulty("`first` is a number")
    pages = Pagination(
        kind,
        where,
        types.of(item, "response"),
        parameter=parameter.path[0] if parameter else "",
        location=parameter.location if parameter else "query",
        first=first,
        limit=limit.path[0] if limit else "",
        next=paths.get("next"),
        key=paths.get("key"),
        more=paths.get("more"),
        total=paths.get("total"),
        pages=paths.get("pages"),
    )
    return by_url(pages, asked) if kind in {"url", "link"} else pages


def _kind(wish: Mapping[str, Any]) -> PagesKind:
    for kind in NEEDS:
        if wish.get("kind") == kind:
            return kind
    raise Faulty(f"`kind` is one of {', '.join(NEEDS)}")


def _parameter(asked: tuple[Sign, ...], wish: Mapping[str, Any], key: str) -> Sign | None:
    if key not in wish:
        return None
    found = next((sign for sign in asked if sign.path == (wish[key],)), None)
    if found is None:
        raise Faulty(f"there is no parameter {quoted(str(wish[key]))} in its query or its body")
    return found


def _items(wish: Mapping[str, Any], views: Views, answer: Node) -> tuple[Path, Node]:
    if "items" not in wish:
        found = arrays(views, answer)
        if len(found) != 1:
            raise Faulty("which array has the items is not certain; say it by `items`")
        return next(iter(found.items()))
    path = _path(views, "items", wish["items"], answer)
    inner = array(views, _at(views, answer, path))
    if inner is None:
        raise Faulty(f"{quoted(wish['items'])} is no array")
    return path, inner


def _path(views: Views, key: str, pointer: object, node: Node) -> Path:
    """The members that a JSON Pointer (RFC 6901) leads through."""
    if not isinstance(pointer, str) or (pointer and not pointer.startswith("/")):
        raise Faulty(f"`{key}` is a JSON Pointer, such as /meta/{key}")
    path = tuple(map(unescape, pointer.split("/")[1:]))
    _at(views, node, path)
    return path


def _at(views: Views, node: Node, path: Path) -> Node:
    for wire in path:
        members = views.sent(node, "response")
        if wire not in members or not readable(wire):
            raise Faulty(f"an answer has no {quoted('/' + '/'.join(path))}")
        node = members[wire]
    return node
