"""What a document says besides: descriptions, examples, extensions, what it is, and what its tags are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from specwright.review.wire.comparison import shown
from specwright.review.wire.edits import Spot, at, spot
from specwright.review.wire.sameness import alike

if TYPE_CHECKING:
    from collections.abc import Mapping

    from specwright.document import Map
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

_INFO: Final[Mapping[str, str]] = {
    "title": "the title",
    "summary": "the summary",
    "description": "the description",
    "termsOfService": "the terms of service",
    "contact": "the contact",
    "license": "the licence",
    "version": "the version",
}
"""What the fields of `info` are called."""


def compare(node: Node, old: Map, new: Map) -> None:
    """Notes which words of two objects differ."""
    noted: set[str] = set()
    for field, rule in RULES.items():
        if rule not in noted and not alike(old.get(field), new.get(field)):
            noted.add(rule)  # an `example` that became `examples` is one change
            note(node, rule, spot(old, new, field))
    _extensions(node, old, new)


def info(node: Node, old: Mapping[str, Any], new: Mapping[str, Any]) -> None:
    """Notes what two documents say otherwise of themselves."""
    for field, name in _INFO.items():
        if not alike(old.get(field), new.get(field)):
            note(node, "info-changed", spot(old, new, field), {"name": name})
    _extensions(node, old, new)


def tags(node: Node, old: list[Map], new: list[Map]) -> None:
    """Notes what two documents say otherwise of tags."""
    befores, afters = ({tag["name"]: tag for tag in listed} for listed in (old, new))
    for name in dict.fromkeys([*befores, *afters]):
        before, after = befores.get(name), afters.get(name)
        if not alike(before, after):
            where = Spot(at(before, "name"), at(after, "name"), before, after)
            note(node, "tag-described", where, {"name": shown(name)})


def note(node: Node, rule: str, where: Spot, says: Mapping[str, str] = {}) -> None:
    """Notes a change of words."""
    verb = "was added" if where.before is None else "was removed" if where.after is None else "changed"
    node.edit(rule, where, {"verb": verb, **says})


def _extensions(node: Node, old: Mapping[str, Any], new: Mapping[str, Any]) -> None:
    for field in dict.fromkeys([*old, *new]):
        if field.startswith("x-") and field not in OWN and not alike(old.get(field), new.get(field)):
            note(node, "extension-changed", spot(old, new, field), {"name": shown(field)})
