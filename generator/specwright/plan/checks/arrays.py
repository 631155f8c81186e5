"""What schemas demand of arrays (JSON Schema Validation 2020-12, section 6.4; Core, sections 10.3.1 and 11.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from specwright.plan.checks import seen
from specwright.plan.checks.fusing import DEMANDS_NOTHING
from specwright.plan.ir import ArrayChecks, Containing, SeenItems, UnseenItems

if TYPE_CHECKING:
    from specwright.plan.checks.reader import Reader
    from specwright.plan.checks.where import Where
    from specwright.plan.keywords import Schema

KEYWORDS: Final = {"minItems": "min_items", "maxItems": "max_items"}

SPEAKING: Final = frozenset(
    {*KEYWORDS, "contains", "items", "prefixItems", "unevaluatedItems", "uniqueItems"}
)
"""The keywords that speak of arrays."""


def checks(reader: Reader, part: Schema, schema: Schema, where: Where) -> ArrayChecks | None:
    """What one schema object demands of arrays; `schema` is the one that it is a part of."""
    if SPEAKING.isdisjoint(part):
        return None
    inner = where.inside(fragment=where.fragment or reader.side.united(schema, part, "items"))
    said: dict[str, Any] = {field: part[keyword] for keyword, field in KEYWORDS.items() if keyword in part}
    if part.get("uniqueItems"):
        said["unique"] = True
    if "prefixItems" in part:
        first = [reader.part(item, inner) for item in part["prefixItems"]]
        while first and first[-1] == DEMANDS_NOTHING and "items" not in part:
            first.pop()
        said["first"] = tuple(first)
    if "items" in part and (items := reader.part(part["items"], inner)) != DEMANDS_NOTHING:
        said["items"] = items
    if "contains" in part:
        said["containing"] = (_containing(reader, part, where),)
    if "unevaluatedItems" in part:
        said |= _unseen(reader, part, where)
    return ArrayChecks(**said) if any(value not in ((), None) for value in said.values()) else None


def _containing(reader: Reader, part: Schema, where: Where) -> Containing:
    checks_ = reader.tried(part["contains"], where.inside(fragment=True), "an item that is looked for")
    return Containing(checks_, part.get("minContains", 1), part.get("maxContains"))


def _unseen(reader: Reader, part: Schema, where: Where) -> dict[str, Any]:
    """What items must meet that nothing else looks at: as `items` says it, where it is known which these are."""
    inner = where.inside(fragment=where.fragment)
    others = reader.part(part["unevaluatedItems"], inner)
    found = seen.items(reader, part, where)
    if others == DEMANDS_NOTHING or found.every:
        return {}
    if found == SeenItems(first=len(part.get("prefixItems", ()))):
        first = tuple(reader.part(item, inner) for item in part.get("prefixItems", ()))
        return {"first": first, "items": others}
    return {"unseen": (UnseenItems(found, others),)}
