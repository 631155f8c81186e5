"""A finding as an item of a comment's list, with as much detail as there is room for."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from specwright.problems import counted
from specwright.review.reports.quoting import block, code, on_lines, text
from specwright.review.reports.verdict import (
    AXIS_NAMES,
    LEVEL_NAMES,
    advice,
    anchor,
    exemplified,
    reached,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from specwright.review.findings import Axis, Finding, Level, PythonChange, Witness


class Detail(NamedTuple):
    """How much is said: 0 is nothing of the kind."""

    quiet: int = 200
    """Findings that ask nothing of callers, of each level."""
    reaches: int = 5
    """Operations, and types, that are named of a finding."""
    snippets: int = 20
    witness: int = 12
    """Lines of a request or an answer."""
    python: int = 8
    """Changes of the public API, of a finding."""
    callers: int = 50
    reasons: bool = True
    """Hints, and why a level is what it is."""
    findings: int = 2_000
    """Findings that ask something of callers, of each level of a document."""
    message: int = 400
    documents: int = 200


def item(finding: Finding, detail: Detail) -> str:
    """A finding as an item of a list."""
    paragraphs = [f"**{code(finding.id)}** {text(finding.message, detail.message)}  \n{_facts(finding)}"]
    paragraphs += [*_reaches(finding, detail.reaches)]
    if detail.python:
        paragraphs += [*_python(finding.python_changes, detail.python)]
    if detail.reasons:
        paragraphs += [*_reasons(finding)]
    if finding.witness and detail.witness:
        paragraphs += [*_witness(finding, finding.witness, detail.witness)]
    return _listed("\n\n".join(paragraphs))


def _listed(inside: str) -> str:
    lines = inside.split("\n")
    return "\n".join([f"- {lines[0]}", *(f"  {line}" if line else "" for line in lines[1:])])


def _facts(finding: Finding) -> str:
    levels: dict[Axis, Level | None] = {"wire": finding.wire, "python": finding.python}
    said = [
        f"{AXIS_NAMES[axis]}: {LEVEL_NAMES[level] if level else 'nothing'}" for axis, level in levels.items()
    ]
    place = anchor(finding)
    where = [str(code(f"{place.file}:{place.line}"))] if place and place.file else []
    repeated = [f"written out {counted(len(finding.repeated), 'more time')}"] if finding.repeated else []
    return " · ".join([*said, *where, *repeated])


def _reaches(finding: Finding, most: int) -> Iterator[str]:
    if not most:
        return
    named = [
        f"{what}{'' if len(names) == 1 else 's'} {_names(names, most)}"
        for what, names in (("operation", finding.operations), ("type", finding.types))
        if names
    ]
    if named:
        yield f"Reaches {'; '.join(named)}."


def _names(names: Sequence[str], most: int) -> str:
    shown, more = reached(names, most)
    return ", ".join(code(name, 120) for name in shown) + (f" and {more:,} more" if more else "")


def _python(changes: Sequence[PythonChange], most: int) -> Iterator[str]:
    if not changes:
        return
    lines: list[str] = []
    for change in changes[:most]:
        breaks = f" ({change.level}: {', '.join(change.breaks)})" if change.breaks else f" ({change.level})"
        lines += [f"# {line}" for line in on_lines(change.symbol + breaks, 1)]
        lines += [f"- {line}" for line in on_lines(change.old, 12)] if change.old is not None else []
        lines += [f"+ {line}" for line in on_lines(change.new, 12)] if change.new is not None else []
    lines += [f"# … and {len(changes) - most:,} more"] if len(changes) > most else []
    yield block("diff", lines)


def _reasons(finding: Finding) -> Iterator[str]:
    for name, reason in (
        ("What to do", advice(finding)),
        ("Why the axes differ", finding.why),
        ("Evidence", finding.evidence),
        ("Guards", "; ".join(finding.guards)),
    ):
        if reason:
            yield f"**{name}:** {text(reason)}"


def _witness(finding: Finding, witness: Witness, most: int) -> Iterator[str]:
    yield f"**For example**, {text(exemplified(finding, witness), 600)}: {text(witness.issue)}"
    yield block("json", on_lines(json.dumps(witness.value, indent=2, ensure_ascii=True), most))
