"""What the server asks of who called it."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from specwright.review.wire.comparison import shown
from specwright.review.wire.edits import Spot, at, itself
from specwright.review.wire.graph import Step, Way
from specwright.review.wire.pairing import of_item

if TYPE_CHECKING:
    from collections.abc import Callable

    from specwright.document import Map
    from specwright.review.wire.comparison import Comparison
    from specwright.review.wire.edits import At
    from specwright.review.wire.graph import Node

Each: TypeAlias = "Callable[[Comparison, Node, Map, Map], None]"
"""What compares two operations, of two path items."""


def compare(comparison: Comparison, node: Node, each: Each) -> None:
    """Notes which callbacks of two operations came and went; `each` is for those that both have."""
    old, new = node.old.get("callbacks", {}), node.new.get("callbacks", {})
    callbacks = _Callbacks(comparison, node, each)
    for name in dict.fromkeys([*old, *new]):
        if name not in new:
            callbacks.gone(name, at(old, name), node.new)
        elif name not in old:
            callbacks.come(name, at(new, name))
        else:
            callbacks.both(comparison.old.target(old[name]), comparison.new.target(new[name]))


class _Callbacks:
    """Compares callbacks of two operations."""

    def __init__(self, comparison: Comparison, node: Node, each: Each) -> None:
        self.comparison = comparison
        self.node = node
        self.each = each

    def gone(self, name: str, old: At, parent: Map) -> None:
        spot = Spot(old, before=name, parent=itself(parent))
        self.node.edit("callback-removed", spot, {"name": shown(name)})

    def come(self, name: str, new: At) -> None:
        self.node.edit("callback-added", Spot(new=new, after=name), {"name": shown(name)})

    def both(self, old: Map, new: Map) -> None:
        """Two callbacks of one name: path items, by expressions that give their URLs."""
        befores, afters = (
            {key: value for key, value in callback.items() if not key.startswith("x-")}
            for callback in (old, new)
        )
        if len(befores) == len(afters) == 1:
            # The only one of both is the same one, wherever its URL comes from.
            pairs = list(zip(befores.values(), afters.values(), strict=True))
        else:
            pairs = [(value, afters[key]) for key, value in befores.items() if key in afters]
            for key in befores:
                if key not in afters:
                    self.gone(key, at(old, key), new)
            for key in afters:
                if key not in befores:
                    self.come(key, at(new, key))
        for before, after in pairs:
            self._item(self.comparison.old.target(before), self.comparison.new.target(after))

    def _item(self, old: Map, new: Map) -> None:
        """Two path items."""
        if self.comparison.same(old, new):
            return
        befores = {method: (place, operation) for method, place, operation in of_item(old)}
        for method, place, operation in of_item(new):
            if method in befores:
                self._operation(befores.pop(method)[1], operation, (old, new))
            else:
                self.come(method, place)
        for method, (place, _) in befores.items():
            self.gone(method, place, new)

    def _operation(self, old: Map, new: Map, items: tuple[Map, Map]) -> None:
        graph = self.comparison.graph
        below = graph.edge(self.node, "callback", old, new, Step(way=Way.TURNED))
        if graph.take(below):
            self.each(self.comparison, below, *items)
