"""SARIF 2.1.0 (OASIS, with errata 01), within what GitHub's code scanning reads ("SARIF support for code scanning", docs.github.com)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from specwright.review.reports.codequality import fingerprint
from specwright.review.reports.quoting import on_one_line
from specwright.review.reports.verdict import anchor, described, path, worst
from specwright.version import __version__

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from specwright.problems import Place
    from specwright.review.findings import Finding, Level, Review

SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
MOST: Final = 5_000
"""Results of a run. GitHub keeps the first 5,000 by severity and refuses more than 25,000."""
LEVELS: Final[Mapping[Level, str]] = {
    "breaking": "error",
    "warning": "warning",
    "compatible": "note",
    "doc": "note",
}
"""Of a result (section 3.27.10)."""


def sarif(reviews: Sequence[Review]) -> str:
    """One log with one run, of all documents."""
    found = [(finding, review) for review in reviews for finding in review.findings]
    found = sorted(found, key=lambda pair: list(LEVELS).index(worst(pair[0])))[:MOST]
    rules = list(dict.fromkeys(finding.id for finding, _ in found))
    places = {id_: number for number, id_ in enumerate(rules)}
    results = [_result(finding, review, places[finding.id]) for finding, review in found]
    notes = [f"{review.name}: {review.callers_unsought}" for review in reviews if review.callers_unsought]
    return log("specwright/diff/", [_rule(id_, found) for id_ in rules], results, notes)


def log(
    id_: str,
    rules: Sequence[Mapping[str, Any]],
    results: Sequence[Mapping[str, Any]],
    notes: Sequence[str] = (),
) -> str:
    """A log (section 3.13) with one run, which is one of those with that id (section 3.17.3), and notes of the run itself."""
    run: dict[str, Any] = {
        "tool": {"driver": {"name": "specwright", "semanticVersion": __version__, "rules": rules}},
        "columnKind": "unicodeCodePoints",
        "automationDetails": {"id": id_},
        "results": results,
    }
    if notes:
        told = [{"level": "note", "message": {"text": plain(note)}} for note in notes]
        run["invocations"] = [{"executionSuccessful": True, "toolExecutionNotifications": told}]
    return (
        json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2, ensure_ascii=True) + "\n"
    )


def _rule(id_: str, found: Iterable[tuple[Finding, Review]]) -> Mapping[str, Any]:
    """A reportingDescriptor (section 3.49); its level is the gravest of its results."""
    level: Level = next(worst(finding) for finding, _ in found if finding.id == id_)
    purpose, hint = described(id_)
    name = id_.replace("-", " ").capitalize()
    help_ = plain(" ".join(filter(None, (purpose, hint))) or name)
    return {
        "id": id_,
        "name": "".join(part.capitalize() for part in id_.split("-")),
        "shortDescription": {"text": name},
        "fullDescription": {"text": plain(purpose) or name},
        "help": {"text": help_},
        "defaultConfiguration": {"level": LEVELS[level]},
        "properties": {
            "tags": ["openapi", "python" if id_.startswith("py-") else "wire"],
            "precision": "very-high",
        },
    }


def _result(finding: Finding, review: Review, rule: int) -> dict[str, Any]:
    """A result (section 3.27)."""
    level = finding.level(review.gate)
    place = anchor(finding)
    found: dict[str, Any] = {
        "ruleId": finding.id,
        "ruleIndex": rule,
        "level": LEVELS[level] if level and finding.counts else "note",
        "message": {"text": plain("\n".join(_message(finding)))},
        "locations": [_location(place, finding) if place else _of_file(review.name, finding)],
        "partialFingerprints": {
            "specwright/v1": fingerprint(review.name, finding.id, finding.fingerprint or finding.subject)
        },
        "properties": {
            "wire": finding.wire,
            "python": finding.python,
            "operations": [on_one_line(name) for name in finding.operations[:100]],
            "types": [on_one_line(name) for name in finding.types[:100]],
        },
    }
    related = [*_related(finding, place)]
    if related:
        found["relatedLocations"] = related
    if level is None or not finding.counts:
        reason = plain(finding.accepted) or "It is not gated on."
        found["suppressions"] = [{"kind": "external", "justification": reason}]
    return found


def _message(finding: Finding) -> Iterator[str]:
    yield finding.message
    if finding.operations:
        rest = len(finding.operations) - 5
        yield f"Reaches {', '.join(finding.operations[:5])}{f' and {rest:,} more' if rest > 0 else ''}."
    if finding.why:
        yield finding.why
    if finding.hint:
        yield finding.hint


def plain(text: str) -> str:
    """Text in which no link is embedded (section 3.11.6), nor any invisible character."""
    return "\n".join(on_one_line(line) for line in text.split("\n")).replace("](", "] (")


def _location(place: Place, finding: Finding) -> dict[str, Any]:
    """A location (section 3.28)."""
    return {
        "physicalLocation": {
            "artifactLocation": {"uri": uri(place.file)},
            "region": {"startLine": place.line, "startColumn": place.column},
        },
        "logicalLocations": [
            {"name": on_one_line(finding.subject), "fullyQualifiedName": on_one_line(place.pointer)}
        ],
    }


def _of_file(name: str, finding: Finding) -> dict[str, Any]:
    return {
        "physicalLocation": {"artifactLocation": {"uri": uri(name)}, "region": {"startLine": 1}},
        "logicalLocations": [{"name": on_one_line(finding.subject)}],
    }


def _related(finding: Finding, place: Place | None) -> Iterator[dict[str, Any]]:
    others = [(finding.old, "where it stood")] if finding.old else []
    others += [(each, "where it is written out again") for each in finding.repeated[:20]]
    for number, (other, what) in enumerate(others, 1):
        if other and other != place:
            message = {"text": what}
            yield {"id": number, "message": message, **_location(other, finding)}


def uri(file: str) -> str:
    """A relative URI reference (RFC 3986, section 4.1)."""
    return quote(path(file).encode("utf-8", "backslashreplace"), safe="/") or "unknown"
