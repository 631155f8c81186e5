"""Two schemas, their `$ref`s followed and their `allOf`s merged: what one allows that the other does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from specwright.plan.keywords import is_nothing
from specwright.review.wire import applied, nulls, objects, values
from specwright.review.wire.choices import Choices
from specwright.review.wire.edits import Spot, itself
from specwright.review.wire.graph import Step
from specwright.review.wire.merged import Merged
from specwright.review.wire.normal import normal

if TYPE_CHECKING:
    from specwright.plan.keywords import Schema
    from specwright.review.wire.comparison import Comparison
    from specwright.review.wire.graph import Node


def compare(comparison: Comparison, node: Node) -> None:
    """Notes what differs between the two schemas of a node, and leads on to those in them.

    Where one allows null by a choice, what is left of both without it is a pair of its own, a `core`.
    """
    before, null = nulls.core(comparison.before, node.old)
    after, nullable = nulls.core(comparison.after, node.new)
    merged = Merged(
        comparison,
        node,
        normal(comparison.before, comparison.before.merged(before)),
        normal(comparison.after, comparison.after.merged(after)),
    )
    if node.kind != "core" and null != nullable:
        nulls.compare(merged, added=nullable)
    if before is not node.old or after is not node.new:
        step = Step(node.words, textual=node.textual)
        comparison.schema(node, before, after, step, kind="core")
    else:
        _values(merged)


def _values(merged: Merged) -> None:
    """Notes which values but null one allows that the other does not."""
    if is_nothing(merged.old) != is_nothing(merged.new):
        rule = "type-widened" if is_nothing(merged.old) else "type-narrowed"
        spot = Spot(itself(merged.node.old), itself(merged.node.new))
        merged.node.edit(rule, spot, {"before": _any(merged.old), "after": _any(merged.new)})
        return
    if Choices(merged).compare():
        return
    if values.compare(merged):
        objects.compare(merged)
        applied.compare(merged)


def _any(schema: Schema) -> str:
    return "nothing" if is_nothing(schema) else "a value"
