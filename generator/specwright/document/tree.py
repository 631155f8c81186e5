"""The values of a document that know where they stand: `Map` and `Seq`, beside plain scalars."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from specwright.problems import Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from specwright.document.source import Source

_N = TypeVar("_N", "Map", "Seq")

NOWHERE = Place(file="", line=1, column=1, pointer="", text="")
"""The place of a value that came from no file."""


class Map(dict[str, Any]):
    """An object of the document."""

    __slots__ = ("marks", "moved", "origin")
    origin: Source | Edited | Node
    """The file it was read from, how it was edited before anything was made of it, or the value it was made of."""
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
    origin: Source | Edited | Node
    marks: list[int] | None
    moved: Mapping[int, tuple[Node, str | int | None]]

    def place(self, index: int | None = None) -> Place:
        """Where the list stands, or its item at `index`; the list where there is no such item."""
        return _place(self, index)


Node: TypeAlias = Map | Seq


@dataclasses.dataclass(frozen=True, slots=True)
class Edited:
    """How a value came to be that is not as its file has it, and counts as what was read all the same."""

    before: Node
    """The value that it was."""
    moved: Mapping[Any, tuple[Node, str | int | None]]
    """The keys whose values came from elsewhere, and from where."""


def edited(before: _N, content: Any, moved: Mapping[Any, tuple[Node, str | int | None]]) -> _N:
    """A value of the kind of `before` with other content; what is not `moved` is where it was."""
    made = before.__class__(content)
    made.origin = Edited(before, moved)
    return made


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
    while True:
        origin: Source | Edited | Node | None = getattr(node, "origin", None)
        if isinstance(origin, Map | Seq):
            node = origin
        elif isinstance(origin, Edited):
            node = origin.before
        else:
            return origin


def home_of(node: Node) -> Source | None:
    """The file that a node counts as part of, from which its references start; None for one that came from no file."""
    file = file_of(node)
    return file if file is None or file.part_of is None else file.part_of


def written(node: Node, key: str | int) -> str:
    """The number or boolean under `key` of a node as its file has it; "" where it has no such."""
    file, read, at = _read_from(node, key)
    return file.written(read, at) if file is not None and at is not None else ""


def is_plain(node: Node, key: str | int) -> bool:
    """Whether the text under `key` of a node stands in its file without quotes."""
    file, read, at = _read_from(node, key)
    return file is not None and at is not None and file.is_plain(read, at)


def escape(key: str) -> str:
    """A key as a token of a JSON Pointer (RFC 6901, section 3)."""
    return key.replace("~", "~0").replace("/", "~1")


def unescape(token: str) -> str:
    """The key that a token of a JSON Pointer stands for (RFC 6901, section 4)."""
    return token.replace("~1", "/").replace("~0", "~")


def _place(node: Node, key: str | int | None) -> Place:
    file, node, key = _read_from(node, key)
    return NOWHERE if file is None else file.place(node, key)


def _read_from(node: Node, key: str | int | None) -> tuple[Source | None, Node, str | int | None]:
    """Where the value under `key` of a node was read: the file, the value that held it there, and its key in that."""
    while True:
        origin: Source | Edited | Node | None = getattr(node, "origin", None)
        match origin:
            case Map() | Seq():
                node, key = (origin, None) if key is None else _came_from(node, node.moved, origin, key)
            case Edited(before, moved):
                node, key = (before, None) if key is None else _came_from(node, moved, before, key)
            case _:
                return origin, node, key


def _came_from(
    node: Node, moved: Mapping[Any, tuple[Node, str | int | None]], origin: Node, key: str | int
) -> tuple[Node, str | int | None]:
    """Where to look for the place of the value under `key` in `node`, which was made from `origin`."""
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
