"""What is answered: by status, with which headers and links."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from specwright.review.wire import bodies, words
from specwright.review.wire.comparison import shown
from specwright.review.wire.edits import NO_GUARD, Guard, Spot, at, near, spot
from specwright.review.wire.graph import Step, Way
from specwright.review.wire.sameness import alike

if TYPE_CHECKING:
    from collections.abc import Mapping

    from specwright.document import Map
    from specwright.review.wire.comparison import Comparison
    from specwright.review.wire.edits import At
    from specwright.review.wire.graph import Node


# --- the answers of an operation ---


def compare(comparison: Comparison, operation: Node) -> None:
    """Notes which statuses came and went, and leads on to the answers that both have."""
    old: Mapping[str, Map] = operation.old.get("responses", {})
    new: Mapping[str, Map] = operation.new.get("responses", {})
    # A pair of its own, since it is not who calls that sends them.
    node = comparison.graph.edge(operation, "answers", old, new, Step(operation.words, Way.TURNED))
    if not comparison.graph.take(node):
        return
    for status, reference in old.items():
        if status in new:
            _lead(comparison, node, reference, new[status])
            continue
        cover = _covering(status, new) or _instead(status, old, new)
        _gone(node, status, cover, parent=near(operation.new, "responses"))
        if cover and cover not in old:
            _lead(comparison, node, reference, new[cover])
    for status in new:
        if status not in old:
            _come(node, status)
    gone, come = (
        [status for status in these if status not in those and _is_success(status)]
        for these, those in ((old, new), (new, old))
    )
    if len(gone) == len(come) == 1:
        # The success has another status: what it holds is compared all the same.
        _lead(comparison, node, old[gone[0]], new[come[0]])


def _gone(node: Node, status: str, cover: str, *, parent: At) -> None:
    """Notes a status that went; `cover` is what speaks of it still."""
    success = status.startswith(("2", "3")) or (status == "default" and not _has_success(node.old))
    guard = NO_GUARD
    if cover:
        guard = Guard(f"`{cover}` speaks of it, too", outward="warning" if success else "compatible")
    where = Spot(at(node.old, status), before=status, parent=parent)
    rule = "status-removed-success" if success else "status-removed-error"
    node.edit(rule, where, {"name": shown(status)}, guard)


def _come(node: Node, status: str) -> None:
    where = Spot(new=at(node.new, status), after=status)
    says = {"name": shown(status)}
    if not status.startswith("2"):
        node.edit("status-added-error", where, says)
    elif _covering(status, node.old):
        node.edit("status-added-error", where, says, Guard("it was spoken of already"))
    else:
        node.edit("status-added-success", where, says)


def _covering(status: str, responses: Mapping[str, Map]) -> str:
    """The range, or `default`, that speaks of a status, too; "" where none does."""
    span = f"{status[0]}XX"
    if span != status and span in responses:
        return span
    inside = [other for other in responses if status.endswith("XX") and other[0] == status[0]]
    if inside:
        return inside[0]
    if "default" not in responses or status == "default":
        return ""
    # Where a success has a status of its own, `default` is for what goes wrong.
    return "" if _is_success(status) and _has_success(responses) else "default"


def _instead(status: str, old: Mapping[str, Map], new: Mapping[str, Map]) -> str:
    """The success that is told of by itself where `default` was all that was; "" where there is none."""
    if status != "default" or _has_success(old):
        return ""
    return next(filter(_is_success, new), "")


def _is_success(status: str) -> bool:
    return status.startswith("2")


def _has_success(responses: Mapping[str, Map]) -> bool:
    return any(map(_is_success, responses))


def _lead(comparison: Comparison, node: Node, old: Map, new: Map) -> None:
    before, after = comparison.old.target(old), comparison.new.target(new)
    if not comparison.same(before, after):
        comparison.graph.edge(node, "answer", before, after, Step())


# --- two answers: a node of their own, since they may be shared ---


def of_answer(comparison: Comparison, node: Node) -> None:
    """Two answers to one status."""
    words.compare(node, node.old, node.new)
    bodies.contents(comparison, node)
    _headers(comparison, node)
    old, new = node.old.get("links", {}), node.new.get("links", {})
    for name in dict.fromkeys([*old, *new]):
        if not alike(old.get(name), new.get(name)):
            node.edit("link-changed", spot(old, new, name), {"name": shown(name)})


def _headers(comparison: Comparison, node: Node) -> None:
    old, new = (_by_name(value.get("headers", {})) for value in (node.old, node.new))
    for told, (name, holder) in old.items():
        before = comparison.old.target(holder[name])
        if told in new:
            other, held = new[told]
            after = comparison.new.target(held[other])
            if not comparison.same(before, after):
                comparison.graph.edge(node, "header", before, after, Step(f"header {shown(name)}", wire=name))
        else:
            where = Spot(at(holder, name), before=name, parent=near(node.new, "headers"))
            rule = "header-removed-required" if before.get("required") else "header-removed-optional"
            node.edit(rule, where, {"name": shown(name)})
    for told, (name, holder) in new.items():
        if told not in old:
            node.edit("header-added", Spot(new=at(holder, name), after=name), {"name": shown(name)})


def _by_name(headers: Any) -> dict[str, tuple[str, Any]]:
    """Headers by their names without case (RFC 9110, section 5.1), each as it is written, and what holds it."""
    # `Content-Type` is for media types to say (OpenAPI 3.2, section 4.18.1).
    return {name.lower(): (name, headers) for name in headers if name.lower() != "content-type"}
