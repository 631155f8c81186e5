"""Reports of `lint` for other programs: SARIF, and GitHub's workflow commands. They share their form with those of a diff."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from specwright.problems import CATALOGUE
from specwright.review.reports.codequality import fingerprint
from specwright.review.reports.commands import command, shortened
from specwright.review.reports.quoting import on_one_line
from specwright.review.reports.sarif import MOST, log, plain, uri
from specwright.review.reports.verdict import path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from specwright.catalogue import Severity
    from specwright.problems import Place, Problem
    from specwright.review.reports.located import Root

_COMMANDS: Final[Mapping[Severity, str]] = {"error": "error", "warning": "warning", "note": "notice"}
"""GitHub's commands by severity, the gravest first; SARIF's levels (section 3.27.10) are called as severities are."""

_WORD: Final = re.compile(r""""(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s:,\[\]{}#]+(?::[^\s,\[\]{}#]+)*""")
"""What stands at a place: text in quotes, or a key or a value without."""


class Linted(NamedTuple):
    """A document, by its path, and every Problem of it."""

    spec: str
    problems: Sequence[Problem]


def from_top(linted: Iterable[Linted], root: Root) -> list[Linted]:
    """The same, with paths from the top of a repository."""
    return [
        Linted(
            root.path(each.spec),
            [replace(found, place=root.place(found.place)) for found in each.problems],
        )
        for each in linted
    ]


def sarif(linted: Sequence[Linted]) -> str:
    """One log with one run, of all documents."""
    found = _gravest_first(linted)[:MOST]
    codes = list(dict.fromkeys(problem.code for _, problem in found))
    numbers = {code: number for number, code in enumerate(codes)}
    results = [_result(spec, problem, numbers[problem.code]) for spec, problem in found]
    return log("specwright/lint/", [_rule(code) for code in codes], _apart(results))


def workflow_commands(linted: Sequence[Linted]) -> str:
    """Workflow commands, one in a line, gravest first; of each kind as many as GitHub shows, the last of which counts the rest."""
    lines: list[str] = []
    for severity, kind in _COMMANDS.items():
        found = [each for each in _gravest_first(linted) if each[1].severity == severity]
        commands = [_command(kind, *each) for each in found]
        lines += shortened(commands, kind, "note", "specwright lint --format json")
    return "".join(f"{line}\n" for line in lines)


FORMATS: Final[Mapping[str, Callable[[Sequence[Linted]], str]]] = {
    "sarif": sarif,
    "github": workflow_commands,
}
"""Formats of reports in which files are looked for from the top of the repository."""


def _gravest_first(linted: Iterable[Linted]) -> list[tuple[str, Problem]]:
    found = [(each.spec, problem) for each in linted for problem in each.problems]
    return sorted(found, key=lambda pair: list(_COMMANDS).index(pair[1].severity))


def _end(place: Place) -> int:
    """The column behind what stands at a place, as far as its line is known."""
    word = _WORD.match(place.text, max(place.column - 1 - place.cut, 0))
    return place.column + (len(word.group()) if word else 1)


def _command(kind: str, spec: str, found: Problem) -> str:
    place = found.place
    where: dict[str, object] = {"file": path(spec)}
    if place and place.file:
        where = {
            "file": path(place.file),
            "line": place.line,
            "col": place.column,
            "endColumn": _end(place),
        }
    return command(kind, {**where, "title": found.code}, "\n".join(filter(None, (found.message, found.hint))))


def _rule(code: str) -> Mapping[str, Any]:
    """A reportingDescriptor (section 3.49)."""
    entry = CATALOGUE[code]
    return {
        "id": code,
        "name": "".join(part.capitalize() for part in code.split("-")),
        "shortDescription": {"text": plain(entry.means)},
        "fullDescription": {"text": plain(entry.means)},
        "help": {"text": plain(" ".join(filter(None, (entry.means, entry.advice))))},
        "defaultConfiguration": {"level": entry.severity},
        "properties": {"tags": ["openapi"], "precision": "very-high"},
    }


def _result(spec: str, found: Problem, rule: int) -> dict[str, Any]:
    """A result (section 3.27)."""
    place = found.place if found.place and found.place.file else None
    region: dict[str, int] = {"startLine": 1}
    if place:
        region = {"startLine": place.line, "startColumn": place.column, "endColumn": _end(place)}
    location: dict[str, Any] = {
        "physicalLocation": {
            "artifactLocation": {"uri": uri(place.file if place else spec)},
            "region": region,
        }
    }
    if place and place.pointer:
        location["logicalLocations"] = [{"fullyQualifiedName": on_one_line(place.pointer)}]
    return {
        "ruleId": found.code,
        "ruleIndex": rule,
        "level": found.severity,
        "message": {"text": plain("\n".join(filter(None, (found.message, found.hint))))},
        "locations": [location],
        "partialFingerprints": {
            # Not by its line, so that what is found stays the same one when lines are added above it.
            "specwright/v1": fingerprint(
                spec, found.code, place.file if place else "", place.pointer if place else "", found.message
            )
        },
    }


def _apart(results: Sequence[dict[str, Any]]) -> Sequence[dict[str, Any]]:
    """The results, of which no two have the same fingerprint."""
    seen: dict[str, int] = {}
    for result in results:
        prints = result["partialFingerprints"]
        own = prints["specwright/v1"]
        seen[own] = seen.get(own, 0) + 1
        if seen[own] > 1:
            prints["specwright/v1"] = fingerprint(own, str(seen[own]))
    return results
