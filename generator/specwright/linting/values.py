"""Values of a document, as JSON sees them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, cast

from specwright.plan.keywords import json_type, plain
from specwright.problems import quoted

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable


def canonical(value: Any) -> str:
    """A text that JSON values have in common which are equal (JSON Schema Core 2020-12, section 4.2.2)."""
    return json.dumps(_exact(plain(value)), sort_keys=True)


def _exact(value: Any) -> Any:
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, list):
        return [*map(_exact, cast("Iterable[Any]", value))]
    if isinstance(value, dict):
        return {key: _exact(inner) for key, inner in cast("dict[str, Any]", value).items()}
    return value


def shown(value: Any) -> str:
    """A value for a message."""
    return quoted(json.dumps(plain(value), ensure_ascii=False))


def is_of_type(value: Any, kinds: Collection[str]) -> bool:
    """Whether a value is of one of several types; 1.0 is an integer, and an integer a number."""
    own = json_type(value)
    if own == "number" and value.is_integer():
        own = "integer"
    return own in kinds or (own == "integer" and "number" in kinds)
