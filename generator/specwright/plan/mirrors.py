"""The names that validators need, which mirror those of the types; and which objects have no keys but their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from specwright.plan.names import Wish, spelled

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from specwright.plan.catalogue import Catalogue
    from specwright.plan.keywords import Schema

OPENING: Final = frozenset(
    {
        "additionalProperties",
        "allOf",
        "anyOf",
        "dependentSchemas",
        "if",
        "oneOf",
        "patternProperties",
        "unevaluatedProperties",
    }
)
"""Keywords through which an object may have properties that are not among `properties`."""


def wishes(catalogue: Catalogue, names: Mapping[str, str]) -> Iterator[Wish]:
    """The names that validators need; they mirror those of the types."""
    for entry in catalogue.entries:
        if entry.kind == "enum":
            yield Wish(f"values {entry.key}", "constants", names[f"model {entry.key}"], "constant", "VALUES")
        if entry.kind == "struct" and "request" in entry.sent_by and is_closed(catalogue, entry.schema):
            yield Wish(
                f"keys {entry.key}", "constants", f"{names[f'input {entry.key}']} keys", "constant", "KEYS"
            )
        for kind, direction in (("model", "response"), ("input", "request")):
            name = names.get(f"{kind} {entry.key}")
            if name is not None:
                text = f"validate {spelled(name, 'snake', 'schema')}"
                yield Wish(
                    f"validator {direction} {entry.key}",
                    "functions",
                    text,
                    "snake",
                    "validate",
                    chosen=entry.chosen,
                )


def is_closed(catalogue: Catalogue, schema: Schema) -> bool:
    """Whether an undeclared key of a request can only be a misspelling; what others extend may have what they have."""
    entry = catalogue.entry(schema)
    return (entry is None or entry.family is None) and _closed(catalogue.views.merged(schema))


def _closed(merged: Schema) -> bool:
    """Whether the properties of an object are all there to be seen."""
    if merged.get("additionalProperties") is False:
        return bool(merged.get("properties")) and "patternProperties" not in merged
    return bool(merged.get("properties")) and not merged.keys() & OPENING
