"""What is sent in the body of a request, and in which media types; those of answers are the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from specwright.plan.keywords import ANYTHING
from specwright.review.wire import words
from specwright.review.wire.comparison import shown
from specwright.review.wire.edits import Spot, at, itself, near
from specwright.review.wire.graph import Step
from specwright.review.wire.sameness import alike
from specwright.runtime.media import essence

if TYPE_CHECKING:
    from collections.abc import Mapping

    from specwright.document import Map
    from specwright.review.wire.comparison import Comparison
    from specwright.review.wire.graph import Node

_BY_POSITION: Final = ("prefixEncoding", "itemEncoding")
"""What says how the parts of an array are written."""


def compare(comparison: Comparison, node: Node) -> None:
    """Notes whether an operation takes a body now, or takes none any more, and leads on to that of both."""
    old, new = (
        document.target(operation["requestBody"]) if operation.get("requestBody") is not None else None
        for document, operation in ((comparison.old, node.old), (comparison.new, node.new))
    )
    if old is not None and new is not None:
        if not comparison.same(old, new):
            comparison.graph.edge(node, "body", old, new, Step())
    elif new is not None:
        rule = "body-added-required" if new.get("required") else "body-added-optional"
        node.edit(rule, Spot(new=at(node.new, "requestBody")))
    elif old is not None:
        node.edit("body-removed", Spot(at(node.old, "requestBody"), parent=itself(node.new)))


def of_body(comparison: Comparison, node: Node) -> None:
    """Two bodies that are sent."""
    old, new = node.old, node.new
    if bool(old.get("required")) != bool(new.get("required")):
        rule = "body-required" if new.get("required") else "body-optional"
        node.edit(rule, Spot(near(old, "required"), near(new, "required")))
    words.compare(node, old, new)
    contents(comparison, node)


def contents(comparison: Comparison, node: Node) -> None:
    """Notes which media types of two bodies, or answers, came and went, and leads on to those that both have."""
    old, new = (_by_essence(value.get("content", {})) for value in (node.old, node.new))
    for told, (name, media) in old.items():
        if told in new:
            before, after = comparison.old.target(media), comparison.new.target(new[told][1])
            if not comparison.same(before, after):
                comparison.graph.edge(node, "media", before, after, Step(name))
        else:
            spot = Spot(at(node.old["content"], name), before=name, parent=near(node.new, "content"))
            node.edit("media-type-removed", spot, {"name": shown(name)})
    for told, (name, _) in new.items():
        if told not in old:
            spot = Spot(new=at(node.new["content"], name), after=name)
            node.edit("media-type-added", spot, {"name": shown(name)})


def _by_essence(content: Mapping[str, Map]) -> dict[str, tuple[str, Map]]:
    """Media types by what they are without parameters (RFC 9110, section 8.3.1), where only one of them is that."""
    told = [essence(name) for name in content]
    return {
        one if told.count(one) == 1 else name.lower(): (name, media)
        for one, (name, media) in zip(told, content.items(), strict=True)
    }


def of_media(comparison: Comparison, node: Node) -> None:
    """Two media types of one name."""
    old, new = node.old, node.new
    words.compare(node, old, new)
    for word in ("schema", "itemSchema"):
        if word in old or word in new:
            comparison.schema(node, old.get(word, ANYTHING), new.get(word, ANYTHING), Step())
    befores, afters = old.get("encoding", {}), new.get("encoding", {})
    for name in dict.fromkeys([*befores, *afters]):
        spot = Spot(near(old, "encoding"), near(new, "encoding"), befores.get(name), afters.get(name))
        _encoding(node, name, spot)
    for word in _BY_POSITION:
        _encoding(node, word, Spot(near(old, word), near(new, word), old.get(word), new.get(word)))


def _encoding(node: Node, name: str, spot: Spot) -> None:
    """Notes that parts of a body are written in another way than they were."""
    before, after = spot.before or None, spot.after or None
    if not alike(before, after):
        says = {"before": shown(before or "the usual way"), "after": shown(after or "the usual way")}
        node.edit("encoding-changed", spot, {"name": shown(name), **says})
