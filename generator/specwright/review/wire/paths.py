"""The operations of paths and webhooks: those that both documents have, and those that came or went."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from specwright.review.wire import guards, lifecycle, operations, security, words
from specwright.review.wire.comparison import shown
from specwright.review.wire.edits import NO_GUARD, Spot, itself, near, spot
from specwright.review.wire.lifecycle import is_past
from specwright.review.wire.operations import Home
from specwright.review.wire.pairing import items, pairs
from specwright.review.wire.sameness import alike

if TYPE_CHECKING:
    from specwright.document import Map
    from specwright.review.wire.comparison import Comparison
    from specwright.review.wire.graph import Node
    from specwright.review.wire.pairing import Item

_WORDS: Final = {"paths": "path", "webhooks": "webhook"}
"""What the rules call one of each."""


def compare(comparison: Comparison) -> None:
    """Notes which operations came and went, and compares those that both documents have."""
    for kind in _WORDS:
        old, new = items(comparison.old, kind), items(comparison.new, kind)
        for pair in pairs(old, new, comparison.same):
            _both(comparison, pair.old, pair.new, pair.evidence)
        _left(comparison, kind, old, new)


def _root(comparison: Comparison, item: Item, old: Map | None, new: Map | None) -> Node:
    """The node of an operation, which reaches itself; `item` is what it is called by."""
    graph = comparison.graph
    node = graph.root("operation", old, new, item.label)
    bit = 1 << len(graph.operations)
    graph.operations.append(item.label)
    graph.stabilities.append(lifecycle.firmest(old, new))
    if item.kind == "webhooks":
        node.reach.outward |= bit
    else:
        node.reach.inward |= bit
    return node


# --- what both have ---


def _both(comparison: Comparison, old: Item, new: Item, evidence: str) -> None:
    node = _root(comparison, new, old.operation, new.operation)
    if evidence:
        where = Spot(old.path_at, new.path_at, old.label, new.label)
        node.edit("path-renamed", where, {"before": shown(old.label)}, evidence=evidence)
    if _is_same(comparison, old, new):
        security.compare(comparison, node)
        return
    operations.compare(comparison, node, Home(old.item, old.path), Home(new.item, new.path))
    for field in ("summary", "description"):
        if not alike(old.item.get(field), new.item.get(field)):
            words.note(node, words.RULES[field], spot(old.item, new.item, field))


def _is_same(comparison: Comparison, old: Item, new: Item) -> bool:
    """Whether nothing differs but the schemes that they ask for by name."""
    same, before, after = comparison.same, comparison.old.root, comparison.new.root
    secured = alike(before.get("security"), after.get("security"))
    return secured and same(old.operation, new.operation) and same(old.item, new.item)


# --- what only one has: whole paths where all of their operations went, or came, else operations ---


@dataclass(frozen=True, slots=True)
class _Left:
    """The items of both documents, and which of them have no twin in the other."""

    word: str
    old: list[Item]
    new: list[Item]
    gone: list[Item]
    come: list[Item]


def _left(comparison: Comparison, kind: str, old: list[Item], new: list[Item]) -> None:
    nodes = comparison.graph.nodes
    taken_old, taken_new = {id(node.old) for node in nodes}, {id(node.new) for node in nodes}
    left = _Left(
        _WORDS[kind],
        old,
        new,
        gone=[item for item in old if id(item.operation) not in taken_old],
        come=[item for item in new if id(item.operation) not in taken_new],
    )
    for item in left.gone:
        _gone(comparison, kind, left, item)
    for item in left.come:
        _come(comparison, left, item)


def _gone(comparison: Comparison, kind: str, left: _Left, item: Item) -> None:
    beside = _named(left.old, item.name)
    stayed = _named(left.new, item.name)
    whole = not stayed and _are_all(beside, left.gone)
    past = all(is_past(each.operation, comparison.today) for each in (beside if whole else [item]))
    node = _root(comparison, item, item.operation, None)
    where = Spot(
        item.path_at if whole else item.at,
        before=item.name if whole else item.label,
        parent=itself(stayed[0].item) if stayed else near(comparison.new.root, kind),
    )
    rule = f"{left.word}-removed" if whole else "operation-removed"
    node.edit(rule, where, guard=guards.PAST if past else NO_GUARD)


def _come(comparison: Comparison, left: _Left, item: Item) -> None:
    whole = not _named(left.old, item.name) and _are_all(_named(left.new, item.name), left.come)
    node = _root(comparison, item, None, item.operation)
    where = Spot(new=item.path_at if whole else item.at, after=item.name if whole else item.label)
    node.edit(f"{left.word}-added" if whole else "operation-added", where)


def _named(items_: list[Item], name: str) -> list[Item]:
    """The operations of one path, or webhook."""
    return [item for item in items_ if item.name == name]


def _are_all(some: list[Item], items_: list[Item]) -> bool:
    return all(any(item is other for other in items_) for item in some)
