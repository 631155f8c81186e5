"""A review as one JSON object, whose schema is published: `schema.json`, in this folder."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from specwright.problems import as_json
from specwright.review.reports.verdict import counts, headline, overall, verdict

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from specwright.problems import Place
    from specwright.review.findings import CallerPlace, Finding, PythonChange, Review, UnusedAccept, Witness


def as_text(reviews: Sequence[Review], failed: Sequence[Mapping[str, object]] = ()) -> str:
    """The object as JSON in ASCII, which says what no terminal can be steered by."""
    return json.dumps(as_object(reviews, failed), indent=2, ensure_ascii=True) + "\n"


def as_object(reviews: Sequence[Review], failed: Sequence[Mapping[str, object]] = ()) -> dict[str, Any]:
    """Of one document its review; of several, or none, all of them and the gravest level.

    `failed` says of each document that could not be compared what it is called, and why: `spec`, and `problems` or `error`.
    """
    each = [_review(review) for review in reviews]
    found: dict[str, Any] = {"level": overall(reviews), "documents": each}
    if failed:
        found["failed"] = [dict(one) for one in failed]
    elif len(each) == 1:
        found = each[0]
    return {key: _sound(value) for key, value in found.items()}


def _sound(value: Any) -> Any:
    """The same with U+FFFD for half a surrogate pair, which readers of JSON may refuse (RFC 8259, section 8.2)."""
    if value.__class__ is str:
        return (
            value if value.isascii() else value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        )
    if value.__class__ is dict:
        return {_sound(key): _sound(item) for key, item in value.items()}
    return [_sound(item) for item in value] if value.__class__ is list else value


def _review(review: Review) -> dict[str, Any]:
    return {
        "name": review.name,
        "title": review.title,
        "old": {"label": review.old_label, "version": review.old_version},
        "new": {"label": review.new_label, "version": review.new_version},
        "level": review.level,
        "verdict": f"{headline(review)}: {verdict(review)}",
        "version": review.version,
        "documentation_only": review.documentation_only,
        "gate": list(review.gate),
        "counts": {key: dict(tally) for key, tally in counts(review).items()},
        "findings": [_finding(finding, review) for finding in review.findings],
        "changelog": review.changelog,
        "snippets": [
            {"title": each.title, "before": each.before, "after": each.after} for each in review.snippets
        ],
        "callers": [_caller(place) for place in review.callers],
        "callers_unsought": review.callers_unsought,
        "unused_accepts": [_unused(entry) for entry in review.unused_accepts],
        "problems": [as_json(problem) for problem in (*review.problems, *review.unread)],
    }


def _finding(finding: Finding, review: Review) -> dict[str, Any]:
    return {
        "id": finding.id,
        "level": finding.level(review.gate),
        "wire": finding.wire,
        "python": finding.python,
        "message": finding.message,
        "subject": finding.subject,
        "group": finding.group,
        "hint": finding.hint,
        "effect": finding.effect,
        "directions": list(finding.directions),
        "old": _place(finding.old),
        "new": _place(finding.new),
        "parent": _place(finding.parent),
        "repeated": [_place(place) for place in finding.repeated],
        "reaches": {"operations": list(finding.operations), "types": list(finding.types)},
        "guards": list(finding.guards),
        "why": finding.why,
        "evidence": finding.evidence,
        "python_changes": [_change(change) for change in finding.python_changes],
        "witness": _witness(finding.witness),
        "fingerprint": finding.fingerprint,
        "counts": finding.counts,
        "accepted": finding.accepted or None,
        "muted": finding.muted,
    }


def _place(place: Place | None) -> Mapping[str, object] | None:
    if place is None:
        return None
    return {"file": place.file, "line": place.line, "column": place.column, "pointer": place.pointer}


def _change(change: PythonChange) -> Mapping[str, object]:
    return {
        "id": change.id,
        "symbol": change.symbol,
        "level": change.level,
        "old": change.old,
        "new": change.new,
        "breaks": list(change.breaks),
        "note": change.note,
    }


def _witness(witness: Witness | None) -> Mapping[str, object] | None:
    if witness is None:
        return None
    return {
        "kind": witness.kind,
        "value": witness.value,
        "valid_in": witness.valid_in,
        "issue": witness.issue,
        "pointer": witness.pointer,
    }


def _caller(place: CallerPlace) -> Mapping[str, object]:
    return {
        "file": place.file,
        "line": place.line,
        "column": place.column,
        "text": place.text,
        "symbol": place.symbol,
        "change": place.change,
        "level": place.level,
        "sure": place.sure,
        "fingerprint": place.fingerprint,
    }


def _unused(entry: UnusedAccept) -> Mapping[str, object]:
    return {"entry": entry.entry, "reason": entry.reason, "why": entry.why, "place": _place(entry.place)}
