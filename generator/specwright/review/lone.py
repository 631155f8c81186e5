"""A document that is new, or gone: there is nothing to compare it with, and all of it is one change."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from specwright.review import verdict
from specwright.review.findings import Finding, Review
from specwright.review.folding import fingerprint
from specwright.review.planning import operations, planned
from specwright.review.policy import judged
from specwright.review.rules import RULES
from specwright.review.versions import version

if TYPE_CHECKING:
    from specwright.plan import Plan
    from specwright.review.policy import Policy
    from specwright.review.revisions import Pair, Revision


def alone(pair: Pair, policy: Policy) -> Review:
    """What it means that a document came, or went."""
    there = pair.new or pair.old
    if there is None:
        raise ValueError("there is no document")
    plan = planned(there)
    told, unused = judged([_finding(pair, there, plan)], policy, pair.name)
    package = plan.api.package
    return Review(
        name=pair.name,
        title=package.title,
        old_label=pair.old.label if pair.old else "",
        new_label=pair.new.label if pair.new else "",
        level=verdict.overall(told, policy.gate),
        findings=told,
        gate=policy.gate,
        old_version=version(there.document) if pair.old else "",
        new_version=version(there.document) if pair.new else "",
        version=package.version,
        documentation_only=False,
        changelog=verdict.changelog(told, policy.gate, package.version),
        unused_accepts=unused,
        problems=there.document.silences.left(there.document.problems) if pair.new else (),
        counts=verdict.counted(told, policy.gate),
    )


def _finding(pair: Pair, there: Revision, plan: Plan) -> Finding:
    rule = RULES["document-added" if pair.new else "document-removed"]
    level, place = rule.level("in"), there.document.root.place()
    made = Finding(
        id=rule.id,
        wire=level,
        python=level,
        message=f"the document `{pair.name}` {rule.text}",
        subject=pair.name,
        group=pair.name,
        hint=rule.hint,
        effect=rule.effect,
        directions=("in",),
        old=place if pair.old else None,
        new=place if pair.new else None,
        operations=operations(plan),
    )
    return replace(made, fingerprint=fingerprint([made.id, made.subject], set()))
