"""Two revisions of a document -> what changed, on the wire and in Python, and what that asks of whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from specwright.review import lines, planning, python, verdict, wire
from specwright.review.callers import places
from specwright.review.findings import LEVELS, Finding, Review
from specwright.review.joining import joined
from specwright.review.linking import Namer, linked
from specwright.review.lone import alone
from specwright.review.origins import Origins
from specwright.review.policy import judged
from specwright.review.python.snippets import snippets
from specwright.review.versions import unraised, version
from specwright.review.witnesses import witnessed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from specwright.review.findings import Axis
    from specwright.review.policy import Policy
    from specwright.review.revisions import Pair

__all__ = ["Review", "review"]


def review(
    pair: Pair, policy: Policy, *, callers: Path | None = None, code: bool = False, witnesses: int = 25
) -> Review:
    """What a change of one document means, as the policy sees it.

    Args:
        pair: The document as it was and as it is; one of them may be missing.
        policy: What counts, and from when on entries of the accept list are over.
        callers: A folder with code that calls the package.
        code: Whether the lines of the documents, and of the packages that are made of them, are wanted.
        witnesses: For how many of the changes that break something a request or an answer is made that shows it.

    Raises:
        Refused: Schemas lead to one another deeper, or in more ways, than can be followed.
    """
    old, new = pair.old, pair.new
    if old is None or new is None:
        return alone(pair, policy)
    documents = (old.document, new.document)
    before, after = planning.planned_both(old, new)

    graph = wire.compare(*documents, today=policy.today)
    changed = python.changes(before, after)
    told = linked(graph, Namer(*documents), planning.types((before, after)))
    found = joined(witnessed(told, *documents, witnesses), changed, Origins(*documents))
    found += unraised(found, *documents)
    judgement, unused = judged(found, policy, pair.name)
    counted = tuple(sorted(judgement, key=lambda one: _rank(one, policy.gate)))

    level = verdict.overall(counted, policy.gate)
    next_version = verdict.suggested(before.api.package.version, level)
    counting = [(change, one.fingerprint) for one in counted if one.counts for change in one.python_changes]
    return Review(
        name=pair.name,
        title=after.api.package.title,
        old_label=old.label,
        new_label=new.label,
        level=level,
        findings=counted,
        gate=policy.gate,
        old_version=version(old.document),
        new_version=version(new.document),
        version=next_version,
        documentation_only=_is_documentation(counted),
        changelog=verdict.changelog(counted, policy.gate, next_version),
        snippets=snippets(before, after, changed),
        callers=places(callers, before.api.package.module, counting, before) if callers is not None else (),
        unused_accepts=unused,
        problems=new.document.problems,
        document_lines=lines.documents(*documents) if code else (),
        code_lines=lines.packages(old, new, before, after) if code else (),
        counts=verdict.counted(counted, policy.gate),
    )


_LAST: Final = len(LEVELS)


def _rank(finding: Finding, gate: Sequence[Axis]) -> tuple[bool, int, str, str, int, str]:
    """What counts first, and the gravest; then by what they belong to, and where they stand."""
    level = finding.level(gate)
    place = finding.new or finding.old
    return (
        not finding.counts,
        LEVELS.index(level) if level is not None else _LAST,
        finding.group,
        place.file if place else "",
        place.line if place else 0,
        finding.id,
    )


def _is_documentation(told: Sequence[Finding]) -> bool:
    """Whether something changed, and nothing but words."""
    return bool(told) and all(level in ("doc", None) for one in told for level in (one.wire, one.python))
