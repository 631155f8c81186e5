"""Choices whose members a property tells apart: one validator is called, and what is wrong is what is wrong in that member."""

from __future__ import annotations

from typing import TYPE_CHECKING

from specwright.plan.ir import TagChecks

if TYPE_CHECKING:
    from collections.abc import Callable

    from specwright.plan.catalogue import Catalogue, Entry
    from specwright.plan.ir import Json


def tag_checks(
    catalogue: Catalogue, choice: Entry, function: Callable[[Entry], str | None]
) -> TagChecks | None:
    """How a choice is checked by its tag, `function` being the validators of its members; None where it can't be."""
    tags = choice.tags
    if tags.tag is None or not (choice.members or _all_tagged(catalogue, choice)):
        return None
    values: dict[str, list[Json]] = {}
    for value, member in tags.values:
        called = function(member)
        if called is None:
            return None
        values.setdefault(called, []).append(value)
    # Of a family, whatever no member is called for is at least what all of them extend.
    rest = tags.otherwise or (choice.members[-1] if choice.members else None)
    otherwise = None if rest is None else function(rest)
    named = tuple(
        (tuple(own), called) for called, own in values.items() if called != otherwise or tags.otherwise
    )
    return TagChecks(tags.tag, named, otherwise)


def _all_tagged(catalogue: Catalogue, choice: Entry) -> bool:
    """Whether every member, but for null, is an object that a value of the tag names, and that can't be without it."""
    views, named = catalogue.views, [member for _, member in choice.tags.values]
    for alternative in views.alternatives(choice.schema):
        merged = views.merged(alternative.schema)
        if merged.get("type") == "null":
            continue
        if catalogue.entry(alternative.schema) not in named:
            return False
        if choice.tags.tag not in merged.get("required", ()):
            return False  # what has no tag may be any of them
    return True
