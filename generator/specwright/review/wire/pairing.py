"""Which operation of the old document is which of the new one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from specwright.review.wire.operations import of_item

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from specwright.document import Document, Map
    from specwright.review.wire.graph import At

_PLACE: Final = re.compile(r"\{[^{}]*\}")


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
    """An operation of both documents, or of one; `evidence` says how it is known where its path is another one."""

    old: Item | None
    new: Item | None
    evidence: str = ""


def items(document: Document, kind: str) -> list[Item]:
    """The operations below `paths`, or `webhooks`, in the order of the document."""
    listed = document.root.get(kind, {})
    return [
        Item(kind, name, method, operation, at, item, (listed, name))
        for name, reference in listed.items()
        if not name.startswith("x-")
        for item in [document.target(reference)]
        for method, at, operation in of_item(item)
    ]


def pairs(old: list[Item], new: list[Item], same: Callable[[Any, Any], bool]) -> Iterator[Pair]:
    """Every operation that both documents have, in the order of the new one."""
    exact = {(item.method, item.name): item for item in old}
    shapes: dict[tuple[str, str], list[Item]] = {}
    for item in old:
        shapes.setdefault(item.shape, []).append(item)
    taken: set[int] = set()
    left: list[Item] = []
    found: dict[int, tuple[Item, str]] = {}
    for item in new:
        twin = exact.get((item.method, item.name))
        if twin is not None:
            found[id(item)] = (twin, "")
            taken.add(id(twin))
    for item in new:
        if id(item) in found:
            continue
        others = [twin for twin in shapes.get(item.shape, ()) if id(twin) not in taken]
        if len(others) == 1:
            found[id(item)] = (others[0], "")
            taken.add(id(others[0]))
        else:
            left.append(item)
    found |= _moved([item for item in old if id(item) not in taken], left, same)
    for item in new:
        if id(item) in found:
            yield Pair(found[id(item)][0], item, found[id(item)][1])


def _moved(old: list[Item], new: list[Item], same: Callable[[Any, Any], bool]) -> dict[int, tuple[Item, str]]:
    """Operations with another path, or method, that have the same id, or are the same in all."""
    found: dict[int, tuple[Item, str]] = {}
    taken: set[int] = set()
    ids: dict[str, list[Item]] = {}
    for item in old:
        ids.setdefault(item.operation.get("operationId", ""), []).append(item)
    for item in new:
        told = item.operation.get("operationId", "")
        twins = ids.get(told, []) if told else []
        if len(twins) == 1 and id(twins[0]) not in taken:
            found[id(item)] = (twins[0], f"the operation id is the same: `{told}`")
            taken.add(id(twins[0]))
    for item in new:
        if id(item) in found:
            continue
        twins = [
            twin
            for twin in old
            if id(twin) not in taken and twin.method == item.method and same(twin.operation, item.operation)
        ]
        if len(twins) == 1 and len(item.operation.get("responses", ())):
            found[id(item)] = (twins[0], "all but the path is the same")
            taken.add(id(twins[0]))
    return found
