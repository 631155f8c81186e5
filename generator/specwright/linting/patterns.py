"""Patterns that no text is found by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from specwright.linting.survey import Advice
from specwright.problems import quoted
from specwright.runtime.ecma import parse
from specwright.runtime.ecma_nodes import Alternatives, Edge, Group, Look, Reference, Repeat, Sequence, Switch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specwright.linting.survey import Survey
    from specwright.runtime.ecma_nodes import Node


def pattern_never(survey: Survey) -> Iterator[Advice]:
    """Patterns that find nothing, or nothing that is as short as it has to be."""
    for schema in survey.schemas_with("pattern"):
        source: str = schema["pattern"]
        try:
            node, _ = parse(source, "lenient")
            never, least = _never(node), _least(node)
        except (ValueError, RecursionError):
            continue  # said of every pattern that can't be read
        if never:
            yield Advice(schema, "pattern", f"{quoted(source)} is found in no text: {never}.")
        elif least > schema.get("maxLength", least):
            message = (
                f"{quoted(source)} is found in no text of less than {least} characters, and `maxLength` is "
                f"{schema['maxLength']}."
            )
            yield Advice(schema, "maxLength", message)


def _never(node: Node) -> str:
    """Why no text has a match; "" where one may."""
    match node:
        case Sequence():
            return _never_in_a_row(node)
        case Alternatives():
            reasons = [_never(option) for option in node.options]
            return reasons[0] if reasons and all(reasons) else ""
        case Group() | Switch():
            return _never(node.body)
        case Repeat() if node.least > 0:
            return _never(node.body)
        case _:
            return ""


def _never_in_a_row(node: Sequence) -> str:
    before, ended = 0, False
    for item in node.items:
        width = _least(item)
        if isinstance(item, Edge) and item.kind == "start" and before:
            return "something comes before its `^`"
        if ended and width:
            return "something comes behind its `$`"
        ended |= isinstance(item, Edge) and item.kind == "end"
        before += width
        if reason := _never(item):
            return reason
    return ""


def _least(node: Node) -> int:
    """The fewest characters that a match takes, or less."""
    match node:
        case Sequence():
            return sum(map(_least, node.items))
        case Alternatives():
            return min(map(_least, node.options), default=0)
        case Group() | Switch():
            return _least(node.body)
        case Repeat():
            return node.least * _least(node.body) if node.least else 0
        case Edge() | Look() | Reference():
            return 0
        case _:
            return 1
