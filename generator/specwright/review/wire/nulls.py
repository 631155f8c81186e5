"""Whether schemas allow null, and what they are without it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from specwright.plan.keywords import demands
from specwright.review.wire.types import types_of

if TYPE_CHECKING:
    from specwright.plan.keywords import Node as SchemaNode
    from specwright.plan.keywords import Schema
    from specwright.plan.views import Views
    from specwright.review.wire.merged import Merged

_FEWER: Final = frozenset({"oneOf", "anyOf", "enum", "const"})
"""Keywords by which not every value will do."""


def core(views: Views, schema: SchemaNode) -> tuple[Schema, bool]:
    """A schema without null, and whether null is one of its values: `anyOf: [X, {type: "null"}]` is X, or null."""
    schema = views.behind(schema)
    seen: set[int] = set()
    null = False
    while id(schema) not in seen:
        seen.add(id(schema))
        merged = views.merged(schema)
        keyword = next((word for word in ("oneOf", "anyOf") if word in merged), None)
        if keyword is None or demands(merged) - {keyword, "discriminator"}:
            break
        members = [member for member in merged[keyword] if not _is_null(views, member)]
        null = null or len(members) < len(merged[keyword])
        if len(members) != 1:
            break
        schema = views.behind(members[0])
    return schema, null or _admits(views.merged(schema))


def compare(merged: Merged, *, added: bool) -> None:
    """Notes that null is one of the values now, or is none of them any more."""
    if _takes_all(merged.old) or _takes_all(merged.new):
        return  # null is one of any values; that these are fewer, or more, is said
    merged.node.edit("nullable-added" if added else "nullable-removed", merged.spot("type"))


def _is_null(views: Views, node: SchemaNode) -> bool:
    """Whether a schema allows null and nothing else."""
    merged = views.merged(node)
    if "enum" in merged or "const" in merged:
        return bool(merged.get("enum", [merged.get("const")]) == [None])
    return merged.get("type") in ("null", ["null"])


def _admits(merged: Schema) -> bool:
    types = merged.get("type")
    listed = merged.get("enum", [merged["const"]] if "const" in merged else None)
    if listed is not None:
        return None in listed and (types is None or types == "null" or "null" in types)
    return types is not None and (types == "null" or (not isinstance(types, str) and "null" in types))


def _takes_all(merged: Schema) -> bool:
    return types_of(merged) is None and not merged.keys() & _FEWER
