"""Which schemas are checked as a whole, so that a value that passes is known to be one of theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from specwright.plan.keywords import may_grow
from specwright.runtime import formats

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specwright.plan.ir import Direction
    from specwright.plan.keywords import Node, Schema
    from specwright.plan.views import Views

UNCHECKED: Final = frozenset(
    {
        "$dynamicRef", "contains", "dependentRequired", "dependentSchemas", "if", "pattern", "patternProperties",
        "propertyNames", "unevaluatedItems", "unevaluatedProperties",
    }
)  # fmt: skip
"""Keywords that demand something of values, and that this version's validators leave out."""

ASSERTED: Final = frozenset(
    name.removeprefix("is_").replace("_", "-") for name in formats.__all__ if name.startswith("is_")
)
"""Formats of text that validators assert, each by a function of the runtime: `is_date_time`."""

FORMATS: Final = ASSERTED | {"base64", "binary", "byte", "decimal", "password"}
"""Those, and formats that say nothing of which text it may be."""


class Certainty:
    """Whether all that a schema demands of what one side sends is checked, at any depth; each is looked at once."""

    def __init__(self, views: Views, direction: Direction) -> None:
        self._views = views
        self._direction = direction
        self._known: dict[int, bool] = {}

    def of(self, node: Node) -> bool:
        """Whether validators check all that the schema behind `node` demands."""
        root = self._views.behind(node)
        if id(root) in self._known:
            return self._known[id(root)]
        seen, waiting = {id(root)}, [root]
        while waiting:
            schema = waiting.pop()
            if self._known.get(id(schema)) is False or not self._is_checked(schema):
                self._known[id(root)] = False
                return False
            if not self._known.get(id(schema)):
                parts = [self._views.behind(part) for part in _parts(self._views.merged(schema))]
                waiting += [part for part in parts if id(part) not in seen]
                seen.update(map(id, parts))
        # What a schema that is checked as a whole is made of is so too.
        self._known.update(dict.fromkeys(seen, True))
        return True

    def _is_checked(self, schema: Schema) -> bool:
        merged = self._views.merged(schema)
        if self._direction == "response" and may_grow(merged):
            return False
        kinds = merged.get("type", "string")
        text = "string" in ([kinds] if isinstance(kinds, str) else kinds)
        return not merged.keys() & UNCHECKED and not (text and merged.get("format", "byte") not in FORMATS)


def _parts(merged: Schema) -> Iterator[Node]:
    """The schemas that a schema is made of."""
    yield from merged.get("properties", {}).values()
    for keyword in ("allOf", "anyOf", "oneOf", "prefixItems"):
        yield from merged.get(keyword, ())
    for keyword in ("additionalProperties", "items", "not"):
        if keyword in merged:
            yield merged[keyword]
