"""The values of a document that know where they stand: `Map` and `Seq`, beside plain scalars."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from specwright.problems import Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from specwright.document.source import Source

NOWHERE = Place(file="", line=1, column=1, pointer="", text="")
"""The place of a value that came from no file."""


class Map(dict[str, Any]):
    """An object of the document."""

    __slots__ = ("marks", "moved", "origin")
    origin: Source | Node
    """The file it was read from, or the value it was made of."""
    marks: list[int] | None
    """Offsets in the file: its own, then each of its values'; None where they are found when asked for."""
    moved: Mapping[str, tuple[Node, str | int | None]]
    """Of a value made from another: the keys whose values came from elsewhere, and from where."""

    def place(self, key: str | None = None) -> Place:
        """Where the object stands, or the value under `key`; the object where there is no such key."""
        return _place(self, key)


class Seq(list[Any]):
    """A list of the document."""

    __slots__ = ("marks", "moved", "origin")
    origin: Source | Node
    marks: list[int] | None
    moved: Mapping[int, tuple[Node, str | int | None]]

    def place(self, index: int | None = None) -> Place:
        """Where the list stands, or its item at `index`; the list where there is no such item."""
        return _place(self, index)


Node: TypeAlias = Map | Seq


def derived_map(
    origin: Node, items: Mapping[str, Any], moved: Mapping[str, tuple[Node, str | int | None]] | None = None
) -> Map:
    """An object made from another value of the document, whose place it keeps."""
    made = Map(items)
    made.origin = origin
    made.moved = moved or {}
    return made


def derived_seq(
    origin: Node, items: Iterable[Any], moved: Mapping[int, tuple[Node, str | int | None]] | None = None
) -> Seq:
    """A list made from another value of the document, whose place it keeps; items that went need `moved`."""
    made = Seq(items)
    made.origin = origin
    made.moved = moved or {}
    return made


def source_of(node: Node) -> Node:
    """The value as it was read, from which `node` was made; `node` itself if it was read."""
    while True:
        origin = getattr(node, "origin", None)
        if not isinstance(origin, Map | Seq):
            return node
        node = origin


def file_of(node: Node) -> Source | None:
    """The file that a node, or what it was made of, was read from; None for one that came from no file."""
    origin = getattr(source_of(node), "origin", None)
    return None if isinstance(origin, Map | Seq) else origin


def escape(key: str) -> str:
    """A key as a token of a JSON Pointer (RFC 6901, section 3)."""
    return key.replace("~", "~0").replace("/", "~1")


def _place(node: Node, key: str | int | None) -> Place:
    while True:
        origin: Source | Node | None = getattr(node, "origin", None)
        if origin is None:
            return NOWHERE
        if not isinstance(origin, Map | Seq):
            return origin.place(node, key)
        if key is None:
            node = origin
            continue
        node, key = _came_from(node, origin, key)


def _came_from(node: Node, origin: Node, key: str | int) -> tuple[Node, str | int | None]:
    """Where to look for the place of the value under `key` in `node`, which was made from `origin`."""
    moved: Mapping[Any, tuple[Node, str | int | None]] = node.moved
    if key in moved:
        return moved[key]
    inner = held(node, key)
    if isinstance(inner, Map | Seq) and hasattr(inner, "origin"):
        return inner, None
    return (origin, key) if _holds(origin, key) else (origin, None)


def _holds(node: Node, key: str | int) -> bool:
    return key in node if isinstance(node, Map) else isinstance(key, int) and key < len(node)


def held(node: Node, key: str | int) -> Any:
    """The value under a key or at an index; None where there is none."""
    if isinstance(node, Map):
        return node.get(key) if isinstance(key, str) else None
    return node[key] if isinstance(key, int) and 0 <= key < len(node) else None
