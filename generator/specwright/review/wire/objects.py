"""Keywords that speak of objects: properties, which of them must be there, and what else may be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from specwright.plan.keywords import ANNOTATIONS, ANYTHING, NOTHING, is_nothing
from specwright.review.wire.comparison import parts, shown, where
from specwright.review.wire.graph import Way
from specwright.review.wire.lifecycle import going
from specwright.review.wire.renames import renamed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from specwright.plan.keywords import Node as SchemaNode
    from specwright.plan.keywords import Schema
    from specwright.plan.views import Views
    from specwright.review.findings import Level
    from specwright.review.wire.comparison import Comparison
    from specwright.review.wire.graph import Node

_CLOSED: Final = "no other properties are allowed"


class Objects:
    """Compares what two merged schemas say of objects."""

    def __init__(self, comparison: Comparison, node: Node, old: Schema, new: Schema) -> None:
        self.comparison = comparison
        self.node = node
        self.old = old
        self.new = new
        self.before: Mapping[str, SchemaNode] = old.get("properties", {})
        self.after: Mapping[str, SchemaNode] = new.get("properties", {})
        self.needed = frozenset(old.get("required", ()))
        self.needs = frozenset(new.get("required", ()))

    def compare(self) -> None:
        """Notes what differs, and leads on to the properties that both have."""
        twins = self._renames()
        for wire, schema in self.before.items():
            if wire in self.after:
                self._kept(wire, wire)
            elif wire in twins:
                self._kept(wire, twins[wire][0])
            else:
                self._gone(wire, schema)
        come = {other for other, _ in twins.values()}
        for wire, schema in self.after.items():
            if wire not in self.before and wire not in come:
                self._come(wire, schema)
        self._required_without_property()
        self._others()
        self._patterns()
        self._dependent()

    def _renames(self) -> Mapping[str, tuple[str, str]]:
        gone = {wire: schema for wire, schema in self.before.items() if wire not in self.after}
        come = {wire: schema for wire, schema in self.after.items() if wire not in self.before}
        if not gone or not come:
            return {}
        same = (
            {
                (old, new)
                for old in gone
                for new in come
                if (old in self.needed) == (new in self.needs)
                and self._bare(self.comparison.before, gone[old])
                == self._bare(self.comparison.after, come[new])
            }
            if len(gone) * len(come) < _MOST
            else set()
        )
        names = renamed(
            {name: name for name in gone},
            {name: name for name in come},
            lambda old, new: (old, new) in same,
            lambda name: self._telling(gone[name]),
        )
        for old, (new, evidence) in names.items():
            self.node.edit(
                "property-renamed",
                old=where(self.comparison.old, self.node.old, "properties", old),
                new=where(self.comparison.new, self.node.new, "properties", new),
                before=shown(old),
                after=shown(new),
                property=new,
                evidence=evidence,
                values=(old, new),
                **self._both_idle(gone[old], come[new]),
            )
        return names

    def _bare(self, views: Views, node: SchemaNode) -> Any:
        """What a schema demands, as it is written."""
        if isinstance(node, bool):
            return node
        merged = views.merged(node)
        return {word: value for word, value in merged.items() if word not in ANNOTATIONS}

    def _telling(self, node: SchemaNode) -> bool:
        merged = self.comparison.before.merged(node)
        return bool(merged.keys() & {"properties", "enum", "const", "pattern", "oneOf", "anyOf"})

    # --- one property ---

    def _kept(self, old: str, new: str) -> None:
        """A property that both have: whether it must be there, and what it is."""
        comparison = self.comparison
        before, after = self.before[old], self.after[new]
        way = Way.AS_IT_IS
        if comparison.before.marked(before, "readOnly") and comparison.after.marked(after, "readOnly"):
            way |= Way.NOT_IN
        if comparison.before.marked(before, "writeOnly") and comparison.after.marked(after, "writeOnly"):
            way |= Way.NOT_OUT
        if (old in self.needed) != (new in self.needs):
            self._needs(old, new, way)
        comparison.schema(self.node, before, after, way, words=new)

    def _needs(self, old: str, new: str, way: Way) -> None:
        rule = "property-required" if new in self.needs else "property-optional"
        unsent = way & Way.NOT_IN
        unseen = way & Way.NOT_OUT
        guard = (
            "read-only: clients never send it"
            if unsent
            else "write-only: servers never send it"
            if unseen
            else ""
        )
        self.node.edit(
            rule,
            old=where(
                self.comparison.old, self.node.old, "required" if old in self.needed else "properties", old
            ),
            new=where(
                self.comparison.new, self.node.new, "required" if new in self.needs else "properties", new
            ),
            name=shown(new),
            property=new,
            inward="compatible" if unsent else None,
            outward="compatible" if unseen else None,
            guard=guard,
            values=(old, new),
        )

    def _come(self, wire: str, schema: SchemaNode) -> None:
        views = self.comparison.after
        unsent, unseen = views.marked(schema, "readOnly"), views.marked(schema, "writeOnly")
        needed = wire in self.needs
        closed = not _open(self.old)
        guards: Mapping[str, Any] = {}
        if unsent:
            guards = {"inward": "compatible", "guard": "read-only: clients never send it"}
        elif unseen:
            guards = {"outward": "compatible", "guard": "write-only: servers never send it"}
        elif closed:
            guards = {
                "outward": "warning",
                "guard": "the object was closed: strict readers refuse what it did not name",
            }
        self.node.edit(
            "property-added-required" if needed else "property-added-optional",
            new=where(self.comparison.new, self.node.new, "properties", wire),
            old=None,
            name=shown(wire),
            property=wire,
            values=(None, wire),
            **guards,
        )

    def _gone(self, wire: str, schema: SchemaNode) -> None:
        views = self.comparison.before
        needed = wire in self.needed
        guards: dict[str, Any] = going(schema, self.comparison.today)
        if not guards and views.marked(schema, "readOnly"):
            guards = {"inward": "compatible", "guard": "read-only: clients never send it"}
        elif not guards and views.marked(schema, "writeOnly"):
            guards = {"outward": "compatible", "guard": "write-only: servers never send it"}
        if not guards.get("inward") and not _open(self.new):
            guards |= {"inward": "breaking", "guard": _CLOSED}
        self.node.edit(
            "property-removed-required" if needed else "property-removed",
            old=where(self.comparison.old, self.node.old, "properties", wire),
            parent=next(
                (
                    (part["properties"], None)
                    for part in parts(self.comparison.new, self.node.new)
                    if "properties" in part
                ),
                None,
            ),
            name=shown(wire),
            property=wire,
            values=(wire, None),
            **guards,
        )

    def _required_without_property(self) -> None:
        """Required names that are no properties: no caller is asked for them, and no reader finds them."""
        for rule, names in (
            ("property-required", self.needs - self.needed - self.after.keys()),
            ("property-optional", self.needed - self.needs - self.before.keys()),
        ):
            for wire in sorted(names):
                added = rule == "property-required"
                at = where(
                    self.comparison.new if added else self.comparison.old,
                    self.node.new if added else self.node.old,
                    "required",
                    wire,
                )
                levels: dict[str, Level] = (
                    {"inward": "warning", "outward": "compatible"}
                    if added
                    else {"inward": "compatible", "outward": "warning"}
                )
                self.node.edit(
                    rule,
                    old=None if added else at,
                    new=at if added else None,
                    name=shown(wire),
                    property=wire,
                    values=(wire, wire),
                    guard="there is no such property: nobody is asked for it",
                    inward=levels["inward"],
                    outward=levels["outward"],
                )

    def _both_idle(self, old: SchemaNode, new: SchemaNode) -> Mapping[str, Any]:
        before, after = self.comparison.before, self.comparison.after
        if before.marked(old, "readOnly") and after.marked(new, "readOnly"):
            return {"inward": "compatible", "guard": "read-only: clients never send it"}
        if before.marked(old, "writeOnly") and after.marked(new, "writeOnly"):
            return {"outward": "compatible", "guard": "write-only: servers never send it"}
        return {}

    # --- the others ---

    def _others(self) -> None:
        keyword, old = _others(self.old)
        word, new = _others(self.new)
        said = {
            "old": where(self.comparison.old, self.node.old, keyword),
            "new": where(self.comparison.new, self.node.new, word),
            "values": (self.old.get(keyword), self.new.get(word)),
        }
        if is_nothing(new) and not is_nothing(old):
            self.node.edit("additional-closed", **said)
        elif is_nothing(old) and not is_nothing(new):
            self.node.edit("additional-opened", **said)
        elif not is_nothing(old):
            self.comparison.schema(self.node, old, new, words="*")

    def _patterns(self) -> None:
        old, new = (schema.get("patternProperties", {}) for schema in (self.old, self.new))
        for pattern, schema in old.items():
            if pattern in new:
                self.comparison.schema(self.node, schema, new[pattern], words=pattern)
            else:
                at = where(self.comparison.old, self.node.old, "patternProperties", pattern)
                self.node.edit(
                    "pattern-property-removed", old=at, **{"name": shown(pattern)}, values=(pattern, None)
                )
        for pattern in new:
            if pattern not in old:
                at = where(self.comparison.new, self.node.new, "patternProperties", pattern)
                self.node.edit(
                    "pattern-property-added", new=at, **{"name": shown(pattern)}, values=(None, pattern)
                )

    def _dependent(self) -> None:
        old, new = (schema.get("dependentRequired", {}) for schema in (self.old, self.new))
        for wire in {**old, **new}:
            before, after = set(old.get(wire, ())), set(new.get(wire, ()))
            at = {
                "old": where(self.comparison.old, self.node.old, "dependentRequired", wire),
                "new": where(self.comparison.new, self.node.new, "dependentRequired", wire),
            }
            if after - before:
                names = sorted(after - before)
                self.node.edit(
                    "dependent-added",
                    **at,
                    name=shown(wire),
                    more=", ".join(map(shown, names)),
                    values=(None, names),
                )
            if before - after:
                names = sorted(before - after)
                self.node.edit(
                    "dependent-removed",
                    **at,
                    name=shown(wire),
                    more=", ".join(map(shown, names)),
                    values=(names, None),
                )


_MOST: Final = 2_500
"""Pairs of properties that went and came up to which renames are looked for."""


def _others(schema: Schema) -> tuple[str, SchemaNode]:
    """What is said of the properties that have no name, and by which keyword; `true` where nothing is."""
    for keyword in ("additionalProperties", "unevaluatedProperties"):
        if keyword in schema:
            said = schema[keyword]
            if said is True or said == ANYTHING:
                return keyword, ANYTHING
            return keyword, NOTHING if said is False else said
    return "additionalProperties", ANYTHING


def _open(schema: Schema) -> bool:
    return not is_nothing(_others(schema)[1])
