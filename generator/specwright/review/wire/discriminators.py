"""The discriminator that tells the members of a choice apart."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from specwright.plan.keywords import discriminator
from specwright.review.wire.comparison import shown
from specwright.review.wire.edits import Spot, itself
from specwright.review.wire.guards import KEPT
from specwright.review.wire.members import KEYWORDS, last

if TYPE_CHECKING:
    from collections.abc import Mapping

    from specwright.review.wire.merged import Merged


def compare(merged: Merged) -> None:
    """Notes what differs, and leads on to what is meant besides the schema itself."""
    old, new = merged.both("discriminator")
    own = (discriminator(merged.node.old), discriminator(merged.node.new))
    if own[0] is not None and own[1] is not None and merged.old.keys().isdisjoint(KEYWORDS):
        _families(merged)
    if old is not None and new is not None:
        _property(merged, old["propertyName"], new["propertyName"])
        _mapping(merged, old, new)
    elif old is not None or new is not None:
        before, after = (shown(None if said is None else said.get("propertyName")) for said in (old, new))
        rule = "discriminator-added" if old is None else "discriminator-removed"
        merged.node.edit(rule, merged.spot("discriminator"), {"before": before, "after": after})


def _families(merged: Merged) -> None:
    """Leads on to the schemas that a discriminator names, and those that extend the one that has it (OpenAPI 3.2, section 4.25.4)."""
    comparison = merged.comparison
    befores = comparison.families_before.of(merged.node.old)
    afters = comparison.families_after.of(merged.node.new)
    for name, before in befores.items():
        if name in afters:
            merged.lead(before, afters[name], name)
        else:
            spot = Spot(itself(before), merged.at_new("discriminator"), before=name)
            merged.node.edit("one-of-removed", spot, {"name": shown(name)})
    for name, after in afters.items():
        if name not in befores:
            spot = Spot(merged.at_old("discriminator"), itself(after), after=name)
            merged.node.edit("one-of-added", spot, {"name": shown(name)}, KEPT)


def _property(merged: Merged, old: str, new: str) -> None:
    if old != new:
        says = {"before": shown(old), "after": shown(new)}
        merged.node.edit("discriminator-property-changed", merged.spot("discriminator", old, new), says)


def _mapping(merged: Merged, old: Mapping[str, Any], new: Mapping[str, Any]) -> None:
    """Notes which values mean other members than they did."""
    before, after = _targets(old), _targets(new)
    spot = merged.spot("discriminator")
    names = _names(merged)
    one, other = old.get("defaultMapping"), new.get("defaultMapping")
    if one != other:
        _meant(merged, spot, "any other value", (one, other))
    for value in dict.fromkeys([*before, *after]):
        # Without a mapping, the name of a schema stands for it (OpenAPI 3.2, section 4.25.3).
        unsaid = value if value in names else None
        one, other = before.get(value, unsaid), after.get(value, unsaid)
        if one != other:
            _meant(merged, spot, value, (one, other))


def _meant(merged: Merged, spot: Spot, value: str, targets: tuple[str | None, str | None]) -> None:
    """Notes that a value means another member."""
    before, after = targets
    verb = "added" if before is None else "removed" if after is None else "changed"
    says = {"name": shown(value), "before": shown(before), "after": shown(after)}
    where = replace(spot, before=value, after=after)
    merged.node.edit(f"discriminator-mapping-{verb}", where, says)


def _targets(said: Mapping[str, Any]) -> dict[str, str]:
    """The names of the schemas that values stand for."""
    return {value: last(target) for value, target in said.get("mapping", {}).items()}


def _names(merged: Merged) -> set[str]:
    """The names of the members of both choices that have one."""
    members = [
        member
        for schema in (merged.old, merged.new)
        for keyword in KEYWORDS
        for member in schema.get(keyword, ())
    ]
    return {last(member["$ref"]) for member in members if not isinstance(member, bool) and "$ref" in member}
