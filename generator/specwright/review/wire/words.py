"""What a document says besides: descriptions, examples, extensions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from specwright.document.tree import Map
from specwright.review.wire.comparison import shown
from specwright.review.wire.sameness import alike

if TYPE_CHECKING:
    from collections.abc import Mapping

    from specwright.review.wire.graph import Node

RULES: Final[Mapping[str, str]] = {
    "description": "description-changed",
    "summary": "summary-changed",
    "title": "title-changed",
    "example": "example-changed",
    "examples": "example-changed",
    "externalDocs": "external-docs-changed",
    "$comment": "description-changed",
}
"""Of each field that is words: the rule of its changes."""

OWN: Final = frozenset({"x-sunset", "x-stability-level", "x-extensible-enum", "x-nullable"})
"""Extensions that have rules of their own."""


def compare(node: Node, old: Map, new: Map, *, but: frozenset[str] = frozenset()) -> None:
    """Notes which words of two objects differ."""
    noted: set[str] = set()
    for field, rule in RULES.items():
        if field not in but and rule not in noted and not alike(old.get(field), new.get(field)):
            noted.add(rule)  # an `example` that became `examples` is one change
            note(node, rule, (old, field), (new, field), old.get(field), new.get(field))
    extensions(node, old, new)


def extensions(node: Node, old: Mapping[str, Any], new: Mapping[str, Any]) -> None:
    """Notes which extensions of two objects differ."""
    for field in dict.fromkeys([*old, *new]):
        if field.startswith("x-") and field not in OWN and not alike(old.get(field), new.get(field)):
            note(
                node,
                "extension-changed",
                (old, field),
                (new, field),
                old.get(field),
                new.get(field),
                name=shown(field),
            )


def note(  # noqa: PLR0913, PLR0917 -- the same of both sides
    node: Node,
    rule: str,
    old: tuple[Any, str],
    new: tuple[Any, str],
    before: Any,
    after: Any,
    **says: str,
) -> None:
    """Notes a change of words; of what is not there, the place is that of what would hold it."""
    verb = "was added" if before is None else "was removed" if after is None else "changed"
    node.edit(rule, old=_at(*old), new=_at(*new), verb=verb, values=(before, after), **says)


def _at(holder: Any, field: str) -> tuple[Map, str | None] | None:
    if not isinstance(holder, Map):
        return None
    return (holder, field) if field in holder else None
