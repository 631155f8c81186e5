"""Properties that have no name: `additionalProperties`, `unevaluatedProperties`, `patternProperties`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from specwright.plan.keywords import ANYTHING, NOTHING, is_nothing
from specwright.review.wire.comparison import shown
from specwright.review.wire.edits import Spot

if TYPE_CHECKING:
    from specwright.plan.keywords import Node as SchemaNode
    from specwright.plan.keywords import Schema
    from specwright.review.wire.merged import Merged


def compare(merged: Merged) -> None:
    """Notes what differs, and leads on to the schemas that both have."""
    _others(merged)
    _patterns(merged)


def is_open(schema: Schema) -> bool:
    """Whether a merged schema allows properties that it does not name."""
    return not is_nothing(_said(schema)[1])


def _others(merged: Merged) -> None:
    keyword, old = _said(merged.old)
    word, new = _said(merged.new)
    where = Spot(merged.at_old(keyword), merged.at_new(word), merged.old.get(keyword), merged.new.get(word))
    if is_nothing(new) and not is_nothing(old):
        merged.node.edit("additional-closed", where)
    elif is_nothing(old) and not is_nothing(new):
        merged.node.edit("additional-opened", where)
    elif not is_nothing(old):
        merged.lead(old, new, "*")


def _said(schema: Schema) -> tuple[str, SchemaNode]:
    """What is said of the properties that have no name, and by which keyword; `true` where nothing is."""
    for keyword in ("additionalProperties", "unevaluatedProperties"):
        if keyword in schema:
            said = schema[keyword]
            if said is True or said == ANYTHING:
                return keyword, ANYTHING
            return keyword, NOTHING if said is False else said
    return "additionalProperties", ANYTHING


def _patterns(merged: Merged) -> None:
    old, new = merged.both("patternProperties", {})
    for pattern, schema in old.items():
        if pattern in new:
            merged.lead(schema, new[pattern], pattern)
        else:
            gone = Spot(merged.at_old("patternProperties", pattern), before=pattern)
            merged.node.edit("pattern-property-removed", gone, {"name": shown(pattern)})
    for pattern in new:
        if pattern not in old:
            come = Spot(new=merged.at_new("patternProperties", pattern), after=pattern)
            merged.node.edit("pattern-property-added", come, {"name": shown(pattern)})
