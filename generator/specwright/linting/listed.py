"""Lists of values, and values that a document gives as examples and defaults."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from specwright.document import Map, Seq
from specwright.document.tree import held, unescape
from specwright.linting.survey import Advice
from specwright.plan.doubts.values import type_hint
from specwright.plan.keywords import is_of_type, listed_types, shown
from specwright.problems import counted, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from specwright.linting.samples import Sample
    from specwright.linting.survey import Survey
    from specwright.runtime.issues import Issue


_MOST: Final = 5
"""How many mistakes of one value are told; of the last, how many there are besides."""


def example_invalid(survey: Survey) -> Iterator[Advice]:
    """What in examples is not valid by their schemas."""
    for sample, issues in survey.invalid:
        if sample.kind == "example":
            yield from _each(sample, issues)


def default_invalid(survey: Survey) -> Iterator[Advice]:
    """What in defaults is not valid by their schemas."""
    for sample, issues in survey.invalid:
        if sample.kind == "default":
            yield from _each(sample, issues)


def _each(sample: Sample, issues: Sequence[Issue]) -> Iterator[Advice]:
    """Each mistake of a value, where it is in that."""
    for number, issue in enumerate(issues[:_MOST], start=1):
        more = len(issues) - number if number == _MOST else 0
        rest = f", and {counted(more, 'mistake')} more" if more else ""
        node, key = _inside(sample, issue.pointer)
        yield Advice(node, key, f"The {sample.kind} is not valid: {_said(issue)}{rest}.")


def _inside(sample: Sample, pointer: str) -> tuple[Map | Seq, str | int]:
    """What holds the value at a pointer into a sample, and its key there; as far as the document has it."""
    node, key = sample.node, sample.key
    for token in pointer.split("/")[1:]:
        value = held(node, key)
        inner = int(token) if isinstance(value, Seq) and token.isdecimal() else unescape(token)
        if not isinstance(value, Map | Seq) or not _has(value, inner):
            break
        node, key = value, inner
    return node, key


def _has(node: Map | Seq, key: str | int) -> bool:
    return key in node if isinstance(node, Map) else isinstance(key, int) and key < len(node)


def enum_value(survey: Survey) -> Iterator[Advice]:
    """Values of a list that other keywords beside it forbid."""
    told: dict[int, list[tuple[Sample, Issue]]] = {}
    for sample, issues in survey.invalid:
        if sample.kind == "enum":
            told.setdefault(id(sample.node), []).append((sample, issues[0]))
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
