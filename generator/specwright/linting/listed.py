"""Lists of values, and values that a document gives as examples and defaults."""

from __future__ import annotations

from typing import TYPE_CHECKING

from specwright.linting.survey import Advice
from specwright.plan.doubts.values import type_hint
from specwright.plan.keywords import is_of_type, listed_types, shown
from specwright.problems import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specwright.linting.samples import Sample
    from specwright.linting.survey import Survey
    from specwright.runtime.issues import Issue


def example_invalid(survey: Survey) -> Iterator[Advice]:
    """Examples that are not valid by their schemas."""
    for sample, issue in survey.invalid:
        if sample.kind == "example":
            yield Advice(sample.node, sample.key, f"The example is not valid: {_said(issue)}.")


def default_invalid(survey: Survey) -> Iterator[Advice]:
    """Defaults that are not valid by their schemas."""
    for sample, issue in survey.invalid:
        if sample.kind == "default":
            yield Advice(sample.node, sample.key, f"The default is not valid: {_said(issue)}.")


def enum_value(survey: Survey) -> Iterator[Advice]:
    """Values of a list that other keywords beside it forbid."""
    told: dict[int, list[tuple[Sample, Issue]]] = {}
    for sample, issue in survey.invalid:
        if sample.kind == "enum":
            told.setdefault(id(sample.node), []).append((sample, issue))
    for found in told.values():
        (sample, issue), *others = found
        more = f" and {len(others):,} more are" if others else " is"
        message = f"{shown(sample.value)}{more} in the list, and can never be: {_said(issue)}."
        yield Advice(sample.node, sample.key, message)
    for schema in survey.schemas_with("const"):
        kinds = listed_types(schema)
        if kinds is not None and not is_of_type(schema["const"], kinds):
            message = f"{shown(schema['const'])} is not of the type {' or '.join(map(quoted, kinds))}."
            yield Advice(schema, "const", message, type_hint(schema["const"], kinds))


def _said(issue: Issue) -> str:
    where = f"{quoted(issue.pointer)}: " if issue.pointer else ""
    return f"{where}{issue.message}".rstrip(".")
