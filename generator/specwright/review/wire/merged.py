"""Two schemas with their `allOf`s merged, as all that looks at their keywords has them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from specwright.review.wire.comparison import where
from specwright.review.wire.edits import NO_GUARD, Spot
from specwright.review.wire.graph import Step, Way

if TYPE_CHECKING:
    from collections.abc import Mapping

    from specwright.plan.keywords import Node as SchemaNode
    from specwright.plan.keywords import Schema
    from specwright.review.wire.comparison import Comparison
    from specwright.review.wire.edits import At, Guard
    from specwright.review.wire.graph import Node


@dataclass(frozen=True, slots=True)
class Merged:
    """The keywords of two schemas, and the pair that they are of, to which changes are noted."""

    comparison: Comparison
    node: Node
    old: Schema
    new: Schema

    def both(self, keyword: str, missing: Any = None) -> tuple[Any, Any]:
        """What each says by a keyword."""
        return self.old.get(keyword, missing), self.new.get(keyword, missing)

    def at_old(self, keyword: str, name: str | None = None) -> At:
        """Where the old schema says something, as in `where`."""
        return where(self.comparison.old, self.node.old, keyword, name)

    def at_new(self, keyword: str, name: str | None = None) -> At:
        """Where the new schema says something."""
        return where(self.comparison.new, self.node.new, keyword, name)

    def spot(self, keyword: str, before: Any = None, after: Any = None) -> Spot:
        """Where both say something by a keyword."""
        return Spot(self.at_old(keyword), self.at_new(keyword), before, after)

    def edit(self, rule: str, keyword: str, says: Mapping[str, str] = {}, guard: Guard = NO_GUARD) -> None:
        """Notes a change of what a keyword says."""
        self.node.edit(rule, self.spot(keyword, *self.both(keyword)), says, guard)

    def lead(self, old: SchemaNode, new: SchemaNode, words: str, way: Way = Way.AS_IT_IS) -> None:
        """Leads on to two schemas in them."""
        self.comparison.schema(self.node, old, new, Step(words, way))
