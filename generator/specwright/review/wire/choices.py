"""`oneOf` and `anyOf`: which members came and went, and what became of a choice as a whole."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from specwright.document.tree import Map
from specwright.plan.keywords import demands
from specwright.review.wire import discriminators
from specwright.review.wire.comparison import key
from specwright.review.wire.edits import NO_GUARD, Spot, itself
from specwright.review.wire.graph import Step
from specwright.review.wire.guards import CLASHES, KEPT
from specwright.review.wire.members import KEYWORDS, Members, closest, twins

if TYPE_CHECKING:
    from collections.abc import Sequence

    from specwright.plan.keywords import Node as SchemaNode
    from specwright.plan.keywords import Schema
    from specwright.review.wire.edits import Guard
    from specwright.review.wire.merged import Merged


class Choices:
    """Compares what two merged schemas may be by a choice."""

    def __init__(self, merged: Merged) -> None:
        self.merged = merged
        self.before = Members(merged.comparison.before)
        self.after = Members(merged.comparison.after)

    def compare(self) -> bool:
        """Notes what differs; whether that is all that there is to say of the two schemas."""
        merged = self.merged
        old = self.before.of(merged.node.old, merged.old)
        new = self.after.of(merged.node.new, merged.new)
        discriminators.compare(merged)
        if old is not None and new is not None:
            self._keyword()
            self._paired(old, new)
            return False
        if old is None and new is None:
            self._narrowing()
            return False
        if old is None and not demands(merged.old):
            says = {"before": _ANYTHING, "after": _any_of(self.after, new or ())}
            merged.edit("type-narrowed", _keyword(merged.new), says)
        elif new is None and not demands(merged.new):
            says = {"before": _any_of(self.before, old or ()), "after": _ANYTHING}
            merged.edit("type-widened", _keyword(merged.old), says)
        elif new is not None:
            self._wrapped(new)
        elif old is not None:
            self._unwrapped(old)
        return True

    # --- members ---

    def _paired(self, old: list[SchemaNode], new: list[SchemaNode]) -> None:
        """Leads on to the members that both have, and notes those that came and went."""
        old, new = self.before.distinct(old), self.after.distinct(new)
        both = list(twins(self.before, old, self.after, new))
        for before, after in both:
            self.merged.lead(before, after, self.after.named(after).strip("`"))
        self._came(_without(new, [after for _, after in both]), old)
        self._went(_without(old, [before for before, _ in both]))

    def _wrapped(self, new: list[SchemaNode]) -> None:
        """One schema became a choice."""
        single = self.merged.node.old
        twin = closest(self.before, single, self.after, new)
        if twin is not None:
            self._core(single, twin)
        self._came(_without(new, [twin]), [single])
        self._went([] if twin is not None else [single])

    def _unwrapped(self, old: list[SchemaNode]) -> None:
        """A choice became one schema."""
        single = self.merged.node.new
        twin = closest(self.after, single, self.before, old)
        if twin is not None:
            self._core(twin, single)
        self._came([] if twin is not None else [single], old)
        self._went(_without(old, [twin]))

    def _core(self, old: SchemaNode, new: SchemaNode) -> None:
        node = self.merged.node
        self.merged.comparison.schema(node, old, new, Step(node.words), kind="core")

    def _came(self, come: Sequence[SchemaNode], old: Sequence[SchemaNode]) -> None:
        """Notes new members; `old` are all that there were."""
        merged = self.merged
        keyword = _keyword(merged.new if merged.new.keys() & set(KEYWORDS) else merged.old)
        for member in come:
            place = itself(member) if isinstance(member, Map) else merged.at_new(keyword)
            spot = Spot(merged.at_old(keyword), place, after=member)
            says = {"name": self.after.named(member)}
            merged.node.edit(_RULES[keyword][0], spot, says, self._guard(member, old))

    def _went(self, gone: Sequence[SchemaNode]) -> None:
        merged = self.merged
        keyword = _keyword(merged.old if merged.old.keys() & set(KEYWORDS) else merged.new)
        for member in gone:
            place = itself(member) if isinstance(member, Map) else merged.at_old(keyword)
            spot = Spot(place, merged.at_new(keyword), before=member)
            merged.node.edit(_RULES[keyword][1], spot, {"name": self.before.named(member)})

    def _guard(self, member: SchemaNode, old: Sequence[SchemaNode]) -> Guard:
        """What speaks for another level of a new member: that it clashes with others, that readers keep it, or both."""
        kept = self._is_kept(member, old)
        if _keyword(self.merged.new) == "oneOf" and self._clashes(member):
            return replace(CLASHES, outward=KEPT.outward) if kept else CLASHES
        return KEPT if kept else NO_GUARD

    def _is_kept(self, member: SchemaNode, old: Sequence[SchemaNode]) -> bool:
        """Whether a new member is of types that all of the old ones have, too, so that readers know what to make of it."""
        types = self.after.types(member)
        known = [self.before.types(each) for each in old]
        shared = all(types & each for each in known if each)
        return bool(types) and shared and types <= frozenset[str]().union(*known)

    def _clashes(self, member: SchemaNode) -> bool:
        """Whether values of a new member may be values of another one, too: `oneOf` then refuses them."""
        if "discriminator" in self.merged.new:
            return False
        types, tag = self.after.types(member), self.after.tag(member)
        others = [other for other in self.merged.new.get("oneOf", ()) if other is not member]
        return any(
            self.after.types(other) & types and not (tag and self.after.tag(other) not in ("", tag))
            for other in others
        )

    # --- the choice itself ---

    def _keyword(self) -> None:
        """Notes that it became the other kind of choice."""
        was, is_ = _keyword(self.merged.old), _keyword(self.merged.new)
        if was != is_:
            spot = Spot(self.merged.at_old(was), self.merged.at_new(is_), was, is_)
            self.merged.node.edit("choice-widened" if is_ == "anyOf" else "choice-narrowed", spot)

    def _narrowing(self) -> None:
        """Notes what differs in choices that only narrow what stands beside them."""
        for keyword in KEYWORDS:
            old, new = self.merged.both(keyword)
            if old is None and new is None:
                continue
            if old is None or new is None:
                rule = "condition-added" if old is None else "condition-removed"
            elif {key(member) for member in old} != {key(member) for member in new}:
                rule = "condition-changed"
            else:
                continue
            self.merged.edit(rule, keyword, {"name": keyword})


_ANYTHING: Final = "of any type"
_RULES: Final = {"oneOf": ("one-of-added", "one-of-removed"), "anyOf": ("any-of-added", "any-of-removed")}
"""By keyword: the rules of members that came, and went."""


def _any_of(members: Members, listed: Sequence[SchemaNode]) -> str:
    return " or ".join(members.named(member) for member in listed)


def _keyword(schema: Schema) -> str:
    return "oneOf" if "oneOf" in schema else "anyOf"


def _without(members: Sequence[SchemaNode], taken: Sequence[SchemaNode | None]) -> list[SchemaNode]:
    return [member for member in members if not any(member is one for one in taken)]
