"""A Code Quality report, which GitLab shows in merge requests.

Its form is that of "Code Quality report format" (docs.gitlab.com/ci/testing/code_quality): a JSON array of objects that have
`description`, `check_name`, `fingerprint`, `severity` and `location`; one entry for each fingerprint, and paths from the
repository's root, without `./`.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any, Final

from specwright.review.reports.quoting import on_one_line
from specwright.review.reports.verdict import anchor, by_level, path

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from specwright.review.findings import Finding, Level, Review

SEVERITIES: Final[Mapping[Level, str]] = {
    "breaking": "critical",
    "warning": "minor",
    "compatible": "info",
    "doc": "info",
}
"""Of GitLab's `info`, `minor`, `major`, `critical` and `blocker`."""


def code_quality(reviews: Sequence[Review], *, notices: bool = False) -> str:
    """The report; what asks nothing of callers is in it only if `notices` are asked for, as entries are shown as things to mend."""
    entries = [
        _entry(finding, level, review)
        for review in reviews
        for level, findings in by_level(review).items()
        if notices or level in {"breaking", "warning"}
        for finding in findings
    ]
    return json.dumps(_apart(entries), indent=2, ensure_ascii=True) + "\n"


def _entry(finding: Finding, level: Level, review: Review) -> dict[str, Any]:
    place = anchor(finding)
    return {
        "description": " ".join(filter(None, (on_one_line(finding.message), on_one_line(finding.hint)))),
        "check_name": finding.id,
        "fingerprint": fingerprint(review.name, finding.id, finding.fingerprint or finding.subject),
        "severity": SEVERITIES[level],
        "location": {
            "path": path(place.file if place and place.file else review.name),
            "lines": {"begin": place.line if place else 1},
        },
    }


def fingerprint(*facts: str) -> str:
    """What tells entries of all documents apart: 32 hexadecimal digits."""
    return hashlib.sha256("\0".join(facts).encode("utf-8", "backslashreplace")).hexdigest()[:32]


def _apart(entries: Sequence[dict[str, Any]]) -> Sequence[dict[str, Any]]:
    """The entries, those with a fingerprint that another one has with one of their own."""
    seen: dict[str, int] = {}
    for entry in entries:
        own = entry["fingerprint"]
        seen[own] = seen.get(own, 0) + 1
        if seen[own] > 1:
            entry["fingerprint"] = fingerprint(own, str(seen[own]))
    return entries
