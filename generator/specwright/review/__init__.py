"""Two revisions of a document -> what changed, on the wire and in Python, and what that asks of whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from specwright.garbage import uncollected
from specwright.plan.packages import package
from specwright.review import verdict, wire
from specwright.review.extent import WHOLE, Extent
from specwright.review.findings import LEVELS, Finding, Review, gravest
from specwright.review.joining import joined
from specwright.review.linking import Namer, linked
from specwright.review.lone import alone
from specwright.review.origins import Origins
from specwright.review.policy import judged
from specwright.review.versions import unraised, version

if TYPE_CHECKING:
    from collections.abc import Sequence

    from specwright.config import Config
    from specwright.document import Document
    from specwright.review.findings import Axis, Lines
    from specwright.review.linking import Change
    from specwright.review.packages import Packages
    from specwright.review.policy import Policy
    from specwright.review.revisions import Pair, Revision

    _Both = tuple[Document, Document]

__all__ = ["Extent", "Review", "review"]


def review(pair: Pair, policy: Policy, extent: Extent = WHOLE) -> Review:
    """What a change of one document means, as the policy sees it; one of the two documents may be missing.

    Raises:
        Refused: Schemas lead to one another deeper, or in more ways, than can be followed.
    """
    old, new = pair.old, pair.new
    if old is None or new is None:
        return alone(pair, policy)
    with uncollected():
        return _of_both(pair.name, old, new, policy, extent)


def _of_both(name: str, old: Revision, new: Revision, policy: Policy, extent: Extent) -> Review:
    documents = (old.document, new.document)
    both = _packages(old, new) if "python" in extent.axes else None

    graph = wire.compare(*documents, today=policy.today)
    told = linked(graph, Namer(*documents), both.types if both else {})
    found = _witnessed(told, documents, extent.witnesses)
    if both is not None:
        found = joined(found, both.changes, Origins(*documents))
    found += unraised(found, *documents)
    judgement, unused = judged(found, policy, name)
    sorted_ = tuple(sorted(judgement, key=lambda one: _rank(one, policy.gate)))

    level = verdict.overall(sorted_, policy.gate)
    # What is accepted breaks importers all the same.
    meant = gravest(one.level(policy.gate) for one in sorted_ if not one.muted)
    unsought = _unsought(old, new) if extent.callers is not None else ""
    sought = extent.callers if not unsought else None
    callers, unread = both.callers(sought, sorted_) if both and sought is not None else ((), ())
    next_version = verdict.suggested(package(*_as_read(old)).version, meant)
    return Review(
        name=name,
        title=package(*_as_read(new)).title,
        old_label=old.label,
        new_label=new.label,
        level=level,
        findings=sorted_,
        gate=policy.gate,
        old_version=version(old.document),
        new_version=version(new.document),
        version=next_version,
        documentation_only=_is_documentation(sorted_),
        changelog=verdict.changelog(sorted_, policy.gate, next_version),
        snippets=both.snippets() if both else (),
        callers=callers,
        unread=unread,
        unused_accepts=unused,
        problems=new.document.silences.left(new.document.problems),
        document_lines=_lines(documents) if extent.lines else (),
        code_lines=both.lines() if both and extent.lines else (),
        counts=verdict.counted(sorted_, policy.gate),
        callers_asked=both is not None and sought is not None,
        callers_unsought=unsought,
    )


# What not every review needs is imported by those that do.


def _packages(old: Revision, new: Revision) -> Packages:
    from specwright.review.packages import Packages

    return Packages(old, new)


def _unsought(old: Revision, new: Revision) -> str:
    """Why code that calls the package is not looked at; "" where it is.

    The names that are looked for are those of specwright's client, and code for another has none of them.
    """
    other = next((one.config.client for one in (old, new) if one.config.client != "specwright"), "")
    return f"Places in your code are not looked for where {other} writes the client." if other else ""


def _witnessed(told: Sequence[tuple[Finding, Change]], documents: _Both, most: int) -> list[Finding]:
    if not most:
        return [finding for finding, _ in told]
    from specwright.review.witnesses import witnessed

    return witnessed(told, *documents, most)


def _lines(documents: _Both) -> tuple[Lines, ...]:
    from specwright.review.lines import documents as differing

    return differing(*documents)


def _as_read(revision: Revision) -> tuple[Document, Config]:
    return revision.document, revision.config


_LAST: Final = len(LEVELS)


def _rank(finding: Finding, gate: Sequence[Axis]) -> tuple[bool, int, bool, str, str, int, str]:
    """What counts first, and the gravest; then by what they belong to, and where they stand."""
    level = finding.level(gate)
    place = finding.new or finding.old
    return (
        not finding.counts,
        LEVELS.index(level) if level is not None else _LAST,
        finding.wire != level,
        finding.group,
        place.file if place else "",
        place.line if place else 0,
        finding.id,
    )


def _is_documentation(told: Sequence[Finding]) -> bool:
    """Whether something changed, and nothing but words."""
    return bool(told) and all(level in ("doc", None) for one in told for level in (one.wire, one.python))
