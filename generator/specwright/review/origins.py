"""Where what is made of a document comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from specwright.document.tree import Map, Seq, escape, unescape

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specwright.document import Document
    from specwright.problems import Place
    from specwright.review.findings import PythonChange


class Origins:
    """Finds in two documents what changes of the package come from."""

    def __init__(self, old: Document, new: Document) -> None:
        self._documents = {True: old, False: new}

    def place(self, change: PythonChange) -> Place | None:
        """Where it is written; that of what holds it, where it is not written by itself."""
        node, _ = self._node(change.in_old, self._pointer(change))
        place = node.place()
        return place if place.file else None

    def behind(self, change: PythonChange) -> list[str]:
        """The JSON Pointers of the schemas that a member, or a type, stands for by reference, in both documents."""
        found: dict[str, None] = {}
        for in_old, document in self._documents.items():
            node, whole = self._node(in_old, self._pointer(change))
            if whole and isinstance(node, Map):
                found[node.place().pointer] = None
                found |= dict.fromkeys(_behind(document, node))
        return list(found)

    def _pointer(self, change: PythonChange) -> str:
        origin = change.origin.removeprefix("#")
        return f"{origin}/properties/{escape(change.member)}" if change.member else origin

    def _node(self, in_old: bool, pointer: str) -> tuple[Map | Seq, bool]:  # noqa: FBT001 -- which of two
        """What a pointer leads to, through references, and whether it led to its end."""
        document = self._documents[in_old]
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
    if isinstance(here, Seq):
        key = tokens[0]
        below = here[int(key)] if key.isdigit() and int(key) < len(here) else None
        return _at(document, below, tokens[1:]) if isinstance(below, Map | Seq) else None
    below = here.get(tokens[0])
    found = _at(document, below, tokens[1:]) if isinstance(below, Map | Seq) else None
    if found is not None:
        return found
    parts = [
        *here.get("allOf", ()),
        *(media.get("schema") for media in here.get("content", {}).values()),
        here.get("schema"),
    ]
    inner = (_at(document, part, tokens) for part in parts if isinstance(part, Map) and part is not node)
    return next((one for one in inner if one is not None), None)


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


_MOST = 20
"""Schemas that are looked at for one member."""
