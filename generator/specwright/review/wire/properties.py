"""The properties of two objects: which came and which went, which must be there, and which have another name."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from specwright.plan.keywords import ANNOTATIONS
from specwright.review.wire import guards
from specwright.review.wire.comparison import parts, shown
from specwright.review.wire.edits import NO_GUARD, Spot
from specwright.review.wire.graph import Step, Way
from specwright.review.wire.lifecycle import going
from specwright.review.wire.renames import renamed
from specwright.review.wire.unnamed import is_open

if TYPE_CHECKING:
    from collections.abc import Mapping

    from specwright.plan.keywords import Node as SchemaNode
    from specwright.plan.keywords import Schema
    from specwright.plan.views import Views
    from specwright.review.wire.edits import At, Guard
    from specwright.review.wire.merged import Merged

_MOST: Final = 2_500
"""Pairs of properties that went and came up to which renames are looked for."""
_TELLING: Final = frozenset({"properties", "enum", "const", "pattern", "oneOf", "anyOf"})
"""Keywords that no two properties share by chance."""


class Properties:
    """Compares the properties of two merged schemas."""

    def __init__(self, merged: Merged) -> None:
        self.merged = merged
        self.before: Mapping[str, SchemaNode] = merged.old.get("properties", {})
        self.after: Mapping[str, SchemaNode] = merged.new.get("properties", {})
        self.needed = frozenset[str](merged.old.get("required", ()))
        self.needs = frozenset[str](merged.new.get("required", ()))

    def compare(self) -> None:
        """Notes what differs, and leads on to the properties that both have."""
        twins = self._renamed()
        for wire, schema in self.before.items():
            if wire in self.after:
                self._kept(wire, wire)
            elif wire in twins:
                self._kept(wire, twins[wire])
            else:
                self._gone(wire, schema)
        come = set(twins.values())
        for wire, schema in self.after.items():
            if wire not in self.before and wire not in come:
                self._come(wire, schema)
        self._absent()

    # --- renames ---

    def _renamed(self) -> dict[str, str]:
        """The new names of properties, by their old ones; notes them."""
        gone = {wire: schema for wire, schema in self.before.items() if wire not in self.after}
        come = {wire: schema for wire, schema in self.after.items() if wire not in self.before}
        if not gone or not come or len(gone) * len(come) >= _MOST:
            return {}
        demanded_old = {wire: _demanded(self._views_old, schema) for wire, schema in gone.items()}
        demanded_new = {wire: _demanded(self._views_new, schema) for wire, schema in come.items()}

        def same(old: str, new: str) -> bool:
            alike = (old in self.needed) == (new in self.needs)
            return alike and demanded_old[old] == demanded_new[new]

        def telling(old: str) -> bool:
            return bool(self._views_old.merged(gone[old]).keys() & _TELLING)

        twins = renamed({wire: wire for wire in gone}, {wire: wire for wire in come}, same, telling)
        for old, (new, evidence) in twins.items():
            spot = Spot(
                self.merged.at_old("properties", old), self.merged.at_new("properties", new), old, new
            )
            says = {"before": shown(old), "after": shown(new), "property": new}
            guard = guards.marked(
                unsent=self._both_marked(gone[old], come[new], "readOnly"),
                unseen=self._both_marked(gone[old], come[new], "writeOnly"),
            )
            self.merged.node.edit("property-renamed", spot, says, guard, evidence)
        return {old: new for old, (new, _) in twins.items()}

    # --- one property ---

    def _kept(self, old: str, new: str) -> None:
        """A property that both have: whether it must be there, and what it is."""
        before, after = self.before[old], self.after[new]
        way = Way.AS_IT_IS
        if self._both_marked(before, after, "readOnly"):
            way |= Way.NOT_IN
        if self._both_marked(before, after, "writeOnly"):
            way |= Way.NOT_OUT
        if (old in self.needed) != (new in self.needs):
            self._needs(old, new, way)
        elif new in self.needs and self._can_be_sent(before, after):
            spot = Spot(self.merged.at_old("properties", old), self.merged.at_new("required", new), old, new)
            self._edit("property-required", new, spot, guards.WAS_UNSENT)
        may_miss = old not in self.needed or new not in self.needs
        step = Step(new, way, may_miss=may_miss, wire=new)
        self.merged.comparison.schema(self.merged.node, before, after, step)

    def _can_be_sent(self, before: SchemaNode, after: SchemaNode) -> bool:
        """Whether a property was read-only and is so no more."""
        return self._views_old.marked(before, "readOnly") and not self._views_new.marked(after, "readOnly")

    def _needs(self, old: str, new: str, way: Way) -> None:
        """Notes that a property must be there, or need not any more."""
        was, is_ = old in self.needed, new in self.needs
        spot = Spot(
            self.merged.at_old("required" if was else "properties", old),
            self.merged.at_new("required" if is_ else "properties", new),
            old,
            new,
        )
        unsent, unseen = bool(way & Way.NOT_IN), bool(way & Way.NOT_OUT)
        guard = guards.marked(unsent=unsent, unseen=unseen)
        if unseen:  # also where it is both, and nobody sends it
            guard = replace(guard, outward="compatible")
        self._edit("property-required" if is_ else "property-optional", new, spot, guard)

    def _come(self, wire: str, schema: SchemaNode) -> None:
        guard = _marked(self._views_new, schema)
        if guard == NO_GUARD and not is_open(self.merged.old):
            guard = guards.WAS_CLOSED
        rule = "property-added-required" if wire in self.needs else "property-added-optional"
        self._edit(rule, wire, Spot(new=self.merged.at_new("properties", wire), after=wire), guard)

    def _gone(self, wire: str, schema: SchemaNode) -> None:
        guard = going(schema, self.merged.comparison.today) or _marked(self._views_old, schema)
        if guard.inward is None and not is_open(self.merged.new):
            guard = guards.closed(guard)
        rule = "property-removed-required" if wire in self.needed else "property-removed"
        spot = Spot(self.merged.at_old("properties", wire), before=wire, parent=self._holder())
        self._edit(rule, wire, spot, guard)

    def _holder(self) -> At:
        """What holds the properties in the new document."""
        new = parts(self.merged.comparison.new, self.merged.node.new)
        return next(((part["properties"], None) for part in new if "properties" in part), None)

    def _absent(self) -> None:
        """Required names that are no properties: no caller is asked for them, and no reader finds them."""
        for wire in sorted(self.needs - self.needed - self.after.keys()):
            spot = Spot(None, self.merged.at_new("required", wire), wire, wire)
            self._edit("property-required", wire, spot, guards.absent(added=True))
        for wire in sorted(self.needed - self.needs - self.before.keys()):
            spot = Spot(self.merged.at_old("required", wire), None, wire, wire)
            self._edit("property-optional", wire, spot, guards.absent(added=False))

    # --- what they have in common ---

    def _edit(self, rule: str, wire: str, spot: Spot, guard: Guard) -> None:
        self.merged.node.edit(rule, spot, {"name": shown(wire), "property": wire}, guard)

    def _both_marked(self, old: SchemaNode, new: SchemaNode, mark: str) -> bool:
        return self._views_old.marked(old, mark) and self._views_new.marked(new, mark)

    @property
    def _views_old(self) -> Views:
        return self.merged.comparison.before

    @property
    def _views_new(self) -> Views:
        return self.merged.comparison.after


def _marked(views: Views, schema: SchemaNode) -> Guard:
    return guards.marked(unsent=views.marked(schema, "readOnly"), unseen=views.marked(schema, "writeOnly"))


def _demanded(views: Views, node: SchemaNode) -> Schema | bool:
    """What a schema demands, as it is written."""
    if isinstance(node, bool):
        return node
    return {word: value for word, value in views.merged(node).items() if word not in ANNOTATIONS}
