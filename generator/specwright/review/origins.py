"""Where what is made of a document comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from specwright.document.tree import Map, Seq, escape, unescape

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specwright.document import Document
    from specwright.problems import Place
    from specwright.review.findings import PythonChange

_MOST: Final = 20
"""Schemas that are looked at for one member."""


class Origins:
    """Finds in two documents what changes of the package come from."""

    def __init__(self, old: Document, new: Document) -> None:
        self._old = old
        self._new = new

    def place(self, change: PythonChange) -> Place | None:
        """Where it is written; that of what holds it, where it is not written by itself."""
        node, _ = _nearest(self._old if change.in_old else self._new, _pointer(change))
        place = node.place()
        return place if place.file else None

    def behind(self, change: PythonChange) -> list[str]:
        """The JSON Pointers of the schemas that a member, or a type, stands for by reference, in both documents."""
        found: dict[str, None] = {}
        for document in (self._old, self._new):
            node, whole = _nearest(document, _pointer(change))
            if whole and isinstance(node, Map):
                found[node.place().pointer] = None
                found |= dict.fromkeys(_behind(document, node))
        return list(found)


def _pointer(change: PythonChange) -> str:
    origin = change.origin.removeprefix("#")
    return f"{origin}/properties/{escape(change.member)}" if change.member else origin


def _nearest(document: Document, pointer: str) -> tuple[Map | Seq, bool]:
    """What a pointer leads to, through references, and whether it led to its end."""
    tokens = [unescape(token) for token in pointer.split("/")[1:]]
    for length in range(len(tokens), 0, -1):
        found = _at(document, document.root, tokens[:length])
        if found is not None:
            return found, length == len(tokens)
    return document.root, False


def _at(document: Document, node: Map | Seq, tokens: list[str]) -> Map | Seq | None:
    """What tokens of a pointer lead to, through references, what stands between a schema and what has it, and `allOf`."""
    if not tokens:
        return node
    here = document.target(node) if isinstance(node, Map) else node
    below = _below(here, tokens[0])
    found = None if below is None else _at(document, below, tokens[1:])
    if found is not None or isinstance(here, Seq):
        return found
    inner = (_at(document, part, tokens) for part in _parts(here) if part is not node)
    return next((one for one in inner if one is not None), None)


def _below(here: Map | Seq, token: str) -> Map | Seq | None:
    """The object, or list, that a token leads to."""
    if isinstance(here, Map):
        below = here.get(token)
    else:
        below = here[int(token)] if token.isdigit() and int(token) < len(here) else None
    return below if isinstance(below, Map | Seq) else None


def _parts(here: Map) -> list[Map]:
    """Where what is not in an object itself may be: the members of its `allOf`, and its schemas."""
    media = [media.get("schema") for media in here.get("content", {}).values()]
    parts = [*here.get("allOf", ()), *media, here.get("schema")]
    return [part for part in parts if isinstance(part, Map)]


def _behind(document: Document, node: Map) -> Iterator[str]:
    """What a schema refers to by itself, as an item, or as one of its members."""
    waiting, seen = [node], set[int]()
    while waiting:
        schema = waiting.pop(0)
        if id(schema) in seen or len(seen) > _MOST:
            continue
        seen.add(id(schema))
        inner = [
            schema.get("items"),
            *schema.get("allOf", ()),
            *schema.get("anyOf", ()),
            *schema.get("oneOf", ()),
        ]
        if "$ref" in schema:
            target = document.target(schema)
            yield target.place().pointer
            inner.append(target)
        waiting += [part for part in inner if isinstance(part, Map)]
