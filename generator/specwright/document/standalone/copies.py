"""JSON values as they were when they were given: each object and list a copy of its own, which knows where it stands."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final, TypeGuard

from specwright.document.text import too_much
from specwright.document.tree import Map, Node, Seq, escape
from specwright.problems import Place, Refused, problem, quoted, strict

if TYPE_CHECKING:
    from collections.abc import Callable

    from specwright.config import Budgets


class Copies:
    """Trees of `Map` and `Seq`, no two of whose objects are the same."""

    def __init__(self, budgets: Budgets) -> None:
        self.budgets = budgets
        self._nodes = 0
        self._roots: dict[int, tuple[Node, str]] = {}
        self._parents: dict[int, tuple[Node, str | int]] = {}

    def copy(self, value: object, name: str) -> Any:
        """A copy of a value; Refused where it is no JSON, or too much of it.

        Args:
            value: Decoded JSON; what holds itself is too deep.
            name: What its places begin with: the URI of the document, or "".
        """
        return self._copy(value, None, name, 1)

    def parent(self, node: Node) -> Node | None:
        """The object or list that holds one; None for all of a document."""
        return self._parents[id(node)][0] if id(node) in self._parents else None

    def pointer(self, node: Node) -> str:
        """The JSON Pointer (RFC 6901) to a node, as a fragment behind its document's name; "" for the unnamed one."""
        name, tokens = self._path(node)
        return f"{name}#{tokens}" if tokens else name

    def place(self, node: Node, key: str | int | None = None) -> Place:
        """Where a node stands, or the value under `key`."""
        name, tokens = self._path(node)
        tokens += "" if key is None else f"/{escape(str(key))}"
        return place_at(f"{name}#{tokens}" if name else tokens)

    def _path(self, node: Node) -> tuple[str, str]:
        tokens: list[str] = []
        while id(node) in self._parents:
            node, key = self._parents[id(node)]
            tokens.append(f"/{escape(str(key))}")
        return self._roots[id(node)][1], "".join(reversed(tokens))

    def _copy(self, value: Any, holder: Node | None, key: str | int, depth: int) -> Any:
        self._nodes += 1
        if self._nodes > self.budgets.nodes:
            message, _ = too_much("nodes", self._nodes, self.budgets.nodes)
            raise self._refused("limit-nodes", holder, key, message)
        if value.__class__ in _PLAIN:
            return value
        if is_object(value) or isinstance(value, list | tuple):
            if depth > self.budgets.depth:
                message, _ = too_much("depth", depth, self.budgets.depth)
                raise self._refused("limit-depth", holder, key, message)
            return self._copy_node(value, holder, key, depth)
        plain = next((plain for kind, plain in _SCALARS.items() if isinstance(value, kind)), None)
        if plain is None:
            message = f"A value of the class {quoted(value.__class__.__name__)} is none of JSON."
            raise self._refused("wrong-type", holder, key, message)
        if plain is float.__float__ and not math.isfinite(value):
            raise self._refused("wrong-value", holder, key, f"{quoted(repr(value))} is no number of JSON.")
        return plain(value)

    def _copy_node(self, value: Any, holder: Node | None, key: str | int, depth: int) -> Node:
        made: Node = Map() if is_object(value) else Seq()
        if holder is None:
            self._roots[id(made)] = made, str(key)
        else:
            self._parents[id(made)] = holder, key
        if isinstance(made, Seq):
            made.extend(self._copy(item, made, index, depth + 1) for index, item in enumerate(value))
            return made
        for name, item in value.items():
            if not isinstance(name, str):
                raise self._refused("wrong-key", made, None, f"The key {quoted(repr(name))} is no text.")
            made[str.__str__(name)] = self._copy(item, made, name, depth + 1)
        return made

    def _refused(self, code: str, holder: Node | None, key: str | int | None, message: str) -> Refused:
        place = place_at(str(key)) if holder is None else self.place(holder, key)
        return Refused(strict([problem(code, place, message, "")]))


_PLAIN: Final = frozenset({type(None), bool, int, str})
_SCALARS: Final[Mapping[type, Callable[[Any], Any]]] = {
    str: str.__str__,
    int: int.__int__,
    float: float.__float__,
}
"""Of the classes that others are derived from, such as enums: what makes a plain value."""


def is_object(value: object) -> TypeGuard[Mapping[Any, Any]]:
    """Whether a value can stand for an object of JSON."""
    return isinstance(value, Mapping)


def place_at(pointer: str) -> Place:
    """The place of a value that is in no file."""
    return Place(file="", line=1, column=1, pointer=pointer, text="")
