"""Keywords that hold schemas, but those of objects and choices: items, conditions, `not`, what is left of `allOf`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from specwright.document.tree import Map
from specwright.plan.keywords import ANNOTATIONS, ANYTHING, demands
from specwright.review.wire.comparison import key, shown
from specwright.review.wire.edits import Spot
from specwright.review.wire.graph import Way

if TYPE_CHECKING:
    from collections.abc import Mapping

    from specwright.plan.keywords import Schema
    from specwright.review.wire.merged import Merged

_DYNAMIC: Final = "$dynamicRef"
_ALWAYS: Final[Mapping[str, str]] = {
    "items": "[]",
    "propertyNames": "propertyNames",
    "contentSchema": "contentSchema",
    "unevaluatedItems": "unevaluatedItems",
}
"""Keywords that are the same as anything where they are not written, and what is said of them in names."""


def compare(merged: Merged) -> None:
    """Notes what differs, and leads on to the schemas that both have."""
    for keyword, words in _ALWAYS.items():
        if keyword in merged.old or keyword in merged.new:
            merged.lead(*merged.both(keyword, ANYTHING), words)
    _dynamic(merged)
    _first(merged)
    _contains(merged)
    _not(merged)
    _conditions(merged)
    _dependent(merged)
    _rest(merged)


def _dynamic(merged: Merged) -> None:
    """What a `$dynamicRef` leads to where nothing on the way says otherwise (JSON Schema Core 2020-12, section 8.2.3.2)."""
    old, new = merged.at_old(_DYNAMIC), merged.at_new(_DYNAMIC)
    if _DYNAMIC in merged.old and _DYNAMIC in merged.new and old is not None and new is not None:
        before, after = old[0], new[0]
        if isinstance(before, Map) and isinstance(after, Map):
            comparison = merged.comparison
            merged.lead(
                comparison.old.references.target(before, _DYNAMIC),
                comparison.new.references.target(after, _DYNAMIC),
                "",
            )


def _first(merged: Merged) -> None:
    old, new = merged.both("prefixItems", ())
    for number in range(max(len(old), len(new))):
        # What has no place of its own is one of the others.
        before = old[number] if number < len(old) else merged.old.get("items", ANYTHING)
        after = new[number] if number < len(new) else merged.new.get("items", ANYTHING)
        merged.lead(before, after, f"[{number}]")


def _contains(merged: Merged) -> None:
    if "contains" not in merged.old or "contains" not in merged.new:
        _condition(merged, "contains")
        return
    bounded = "maxContains" in merged.old or "maxContains" in merged.new
    unsure = bounded or 0 in merged.both("minContains")
    merged.lead(*merged.both("contains"), "contains", Way.UNSURE if unsure else Way.AS_IT_IS)


def _not(merged: Merged) -> None:
    if "not" in merged.old and "not" in merged.new:
        merged.lead(*merged.both("not"), "not", Way.NEGATED)
    elif "not" in merged.old or "not" in merged.new:
        merged.edit("not-added" if "not" in merged.new else "not-removed", "not", {"name": "not"})


def _conditions(merged: Merged) -> None:
    if "if" not in merged.old or "if" not in merged.new:
        for keyword in ("if", "then", "else"):
            _condition(merged, keyword)
        return
    merged.lead(*merged.both("if"), "if", Way.UNSURE)
    for keyword in ("then", "else"):
        if keyword in merged.old and keyword in merged.new:
            merged.lead(*merged.both(keyword), keyword)
        else:
            _condition(merged, keyword)


def _condition(merged: Merged, keyword: str) -> None:
    """Notes a condition that only one of them has."""
    if (keyword in merged.old) != (keyword in merged.new):
        rule = "condition-added" if keyword in merged.new else "condition-removed"
        merged.edit(rule, keyword, {"name": keyword})


def _dependent(merged: Merged) -> None:
    old, new = merged.both("dependentSchemas", {})
    for wire in dict.fromkeys([*old, *new]):
        if wire in old and wire in new:
            merged.lead(old[wire], new[wire], f"with {wire}")
            continue
        spot = Spot(
            merged.at_old("dependentSchemas", wire),
            merged.at_new("dependentSchemas", wire),
            *merged.both("dependentSchemas"),
        )
        rule = "condition-added" if wire in new else "condition-removed"
        merged.node.edit(rule, spot, {"name": f"dependentSchemas: {wire}"})


def _rest(merged: Merged) -> None:
    """Notes what differs in the members of `allOf` that could not be merged."""
    old, new = _unmerged(merged.old), _unmerged(merged.new)
    for rule, members, others in (("all-of-added", new, old), ("all-of-removed", old, new)):
        for text, member in members.items():
            if text not in others:
                merged.edit(rule, "allOf", {"name": shown(member)})


def _unmerged(schema: Schema) -> dict[str, dict[str, Any]]:
    """The members of `allOf` that demand something, without words, by what tells them apart."""
    members = [
        member for member in schema.get("allOf", ()) if not isinstance(member, bool) and demands(member)
    ]
    bare = [
        {word: value for word, value in member.items() if word not in ANNOTATIONS - {"$ref"}}
        for member in members
    ]
    return {key(member): member for member in bare}
