"""Two operations: what they are called, what is asked with, and what is answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from specwright.review.wire import answers, bodies, callbacks, lifecycle, parameters, security, servers, words
from specwright.review.wire.comparison import shown
from specwright.review.wire.edits import Spot, near

if TYPE_CHECKING:
    from specwright.document import Document, Map
    from specwright.review.wire.comparison import Comparison
    from specwright.review.wire.graph import Node


@dataclass(frozen=True, slots=True)
class Home:
    """What an operation belongs to: a path item, and the template of its path, "" where it has none."""

    item: Map
    path: str = ""


def compare(comparison: Comparison, node: Node, old: Home, new: Home) -> None:
    """Notes what differs in two operations that are the same one, and leads on to bodies and answers."""
    _names(node)
    lifecycle.compare(node, node.old, node.new)
    words.compare(node, node.old, node.new)
    parameters.compare(
        comparison,
        node,
        _parameters(comparison.old, old, node.old),
        _parameters(comparison.new, new, node.new),
    )
    bodies.compare(comparison, node)
    answers.compare(comparison, node)
    callbacks.compare(comparison, node, _called_back)
    servers.of_operation(comparison, node, (old.item, new.item))
    security.compare(comparison, node)


def _names(node: Node) -> None:
    old, new = node.old, node.new
    if old.get("operationId") != new.get("operationId"):
        _said(node, "operation-id-changed", "operationId")
    if old.get("tags", []) != new.get("tags", []):
        _said(node, "tag-changed", "tags")


def _said(node: Node, rule: str, field: str) -> None:
    before, after = node.old.get(field), node.new.get(field)
    spot = Spot(near(node.old, field), near(node.new, field), before, after)
    was, is_ = (shown(value) if value else "none" for value in (before, after))
    node.edit(rule, spot, {"before": was, "after": is_})


def _parameters(document: Document, home: Home, operation: Map) -> dict[parameters.Key, Map]:
    return parameters.placed(document, home.item, operation, home.path)


def _called_back(comparison: Comparison, node: Node, old: Map, new: Map) -> None:
    """Two operations of callbacks, of two path items."""
    compare(comparison, node, Home(old), Home(new))
