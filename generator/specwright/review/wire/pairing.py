"""Which operation of the old document is which of the new one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from specwright.plan.paths import METHODS
from specwright.review.wire.comparison import key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from specwright.document import Document, Map
    from specwright.review.wire.edits import At

_PLACE: Final = re.compile(r"\{[^{}]+\}")


@dataclass(frozen=True, slots=True)
class Item:
    """An operation, and where it stands."""

    kind: str
    """`paths` or `webhooks`."""
    name: str
    """Its path, or the name of its webhook."""
    method: str
    operation: Map
    at: At
    item: Map
    path_at: At

    @property
    def path(self) -> str:
        """The template of its path; "" for a webhook."""
        return self.name if self.kind == "paths" else ""

    @property
    def label(self) -> str:
        """What it is called in reports."""
        return f"{self.method} {self.name}" if self.kind == "paths" else f"webhook {self.name}"

    @property
    def shape(self) -> tuple[str, str]:
        """What tells it from others on the wire: its method, and its path without the names of parameters."""
        return (self.method, _PLACE.sub("{}", self.name) if self.kind == "paths" else self.name)


@dataclass(frozen=True, slots=True)
class Pair:
    """An operation of both documents; `evidence` says how it is known where its path is another one."""

    old: Item
    new: Item
    evidence: str = ""


def of_item(item: Map) -> Iterator[tuple[str, At, Map]]:
    """Each operation of a path item: its method, where it stands, and itself."""
    for method in METHODS:
        if method in item:
            yield method.upper(), (item, method), item[method]
    others = item.get("additionalOperations", {})
    for method, operation in others.items():
        yield method, (others, method), operation


def items(document: Document, kind: str) -> list[Item]:
    """The operations below `paths`, or `webhooks`, in the order of the document."""
    listed = document.root.get(kind, {})
    found: list[Item] = []
    for name, reference in listed.items():
        if not name.startswith("x-"):
            item = document.target(reference)
            found += [
                Item(kind, name, method, operation, at, item, (listed, name))
                for method, at, operation in of_item(item)
            ]
    return found


def pairs(old: list[Item], new: list[Item], same: Callable[[Any, Any], bool]) -> Iterator[Pair]:
    """Every operation that both documents have, in the order of the new one; the surest twins are looked for first."""
    twins = _Twins(old, new)
    _by_path(twins)
    _by_shape(twins)
    _by_id(twins)
    _by_content(twins, same)
    yield from twins.pairs()


class _Twins:
    """Which operations are the same, as far as is known."""

    def __init__(self, old: list[Item], new: list[Item]) -> None:
        self._old = old
        self._new = new
        self._found: dict[int, Pair] = {}
        """By the id of the new one."""
        self._taken: set[int] = set()
        """The ids of the old ones."""

    def take(self, old: Item, new: Item, evidence: str = "") -> None:
        """Takes two for the same."""
        self._found[id(new)] = Pair(old, new, evidence)
        self._taken.add(id(old))

    def is_left(self, old: Item) -> bool:
        """Whether an old one has no twin."""
        return id(old) not in self._taken

    def left(self) -> tuple[list[Item], list[Item]]:
        """Those of both documents that have no twin."""
        new = [item for item in self._new if id(item) not in self._found]
        return [item for item in self._old if self.is_left(item)], new

    def pairs(self) -> Iterator[Pair]:
        """In the order of the new document."""
        return (self._found[id(item)] for item in self._new if id(item) in self._found)


def _by_path(twins: _Twins) -> None:
    """Operations of one method and path."""
    old, new = twins.left()
    known = {(item.method, item.name): item for item in old}
    for item in new:
        twin = known.get((item.method, item.name))
        if twin is not None:
            twins.take(twin, item)


def _by_shape(twins: _Twins) -> None:
    """Operations whose paths differ in the names of parameters only."""
    old, new = twins.left()
    shapes: dict[tuple[str, str], list[Item]] = {}
    for item in old:
        shapes.setdefault(item.shape, []).append(item)
    for item in new:
        others = [twin for twin in shapes.get(item.shape, ()) if twins.is_left(twin)]
        if len(others) == 1:
            twins.take(others[0], item)


def _by_id(twins: _Twins) -> None:
    """Operations with another path, or method, that have the same id."""
    old, new = twins.left()
    ids: dict[str, list[Item]] = {}
    for item in old:
        ids.setdefault(item.operation.get("operationId", ""), []).append(item)
    for item in new:
        told = item.operation.get("operationId", "")
        others = ids.get(told, []) if told else []
        if len(others) == 1 and twins.is_left(others[0]):
            twins.take(others[0], item, f"the operation id is the same: `{told}`")


def _by_content(twins: _Twins, same: Callable[[Any, Any], bool]) -> None:
    """Operations of one method that are the same in all but the path; without answers they say too little for that."""
    old, new = twins.left()
    written: dict[tuple[str, str], list[Item]] = {}
    for twin in old:
        written.setdefault((twin.method, key(twin.operation)), []).append(twin)
    for item in new:
        others = [
            twin
            for twin in written.get((item.method, key(item.operation)), ())
            if twins.is_left(twin) and same(twin.operation, item.operation)
        ]
        if len(others) == 1 and item.operation.get("responses"):
            twins.take(others[0], item, "all but the path is the same")
