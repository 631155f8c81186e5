"""What a schema says in several ways, said in one, so that equal meaning is silent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from specwright.plan.keywords import demands, listed_types

if TYPE_CHECKING:
    from specwright.plan.keywords import Schema
    from specwright.plan.views import Views

_KEYWORDS: Final = ("oneOf", "anyOf")


def normal(views: Views, merged: Schema) -> Schema:
    """A merged schema in which a choice of types is a list of types, and what allows everything is not said."""
    said = _types(views, merged)
    if said.get("type") in ("integer", ["integer"]) and said.get("multipleOf") == 1:
        said = {word: value for word, value in said.items() if word != "multipleOf"}
    values: Any = said.get("enum", ())
    if len(values) == 2 and all(isinstance(value, bool) for value in values) and values[0] != values[1]:  # noqa: PLR2004 -- true and false
        said = {
            "type": "boolean",
            **{word: value for word, value in said.items() if word not in {"enum", "type"}},
        }
    return said


def _types(views: Views, merged: Schema) -> Schema:
    for keyword in _KEYWORDS:
        if keyword not in merged or demands(merged) != {keyword}:
            continue
        members = [views.merged(member) for member in merged[keyword]]
        if members and all(demands(member) == {"type"} for member in members):
            types = [kind for member in members for kind in listed_types(member) or ()]
            if keyword == "anyOf" or (
                len(types) == len(set(types)) and not {"integer", "number"} <= set(types)
            ):
                beside = {word: value for word, value in merged.items() if word != keyword}
                return {**beside, "type": list(dict.fromkeys(types))}
    return merged
