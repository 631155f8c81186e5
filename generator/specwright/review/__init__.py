"""Two revisions of a document -> what changed, on the wire and in Python, and what that asks of whom."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from specwright.document.tree import unescape
from specwright.plan import outline
from specwright.plan.packages import package
from specwright.review import lines, python, verdict, wire
from specwright.review.callers import places
from specwright.review.findings import LEVELS, Finding, Review
from specwright.review.joining import joined
from specwright.review.origins import Origins
from specwright.review.linking import Namer, findings, fingerprint
from specwright.review.policy import judged
from specwright.review.python.snippets import snippets
from specwright.review.rules import RULES
from specwright.review.witnesses import witnessed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from specwright.document import Document
    from specwright.plan import Plan
    from specwright.review.policy import Policy
    from specwright.review.revisions import Pair, Revision

__all__ = ["Review", "review"]


def review(pair: Pair, policy: Policy, *, callers: Path | None = None, code: bool = False) -> Review:
    """What a change of one document means, as the policy sees it.

    Args:
        pair: The document as it was and as it is; one of them may be missing.
        policy: What counts, and from when on entries of the accept list are over.
        callers: A folder with code that calls the package.
        code: Whether the lines of the documents, and of the packages that are made of them, are wanted.

    Raises:
        Refused: Schemas lead to one another deeper, or in more ways, than can be followed.
    """
    if pair.old is None or pair.new is None:
        return _of_one(pair, policy)
    old, new = pair.old, pair.new
    before, after = _planned(old, new)
    namer = Namer(old.document, new.document)
    graph = wire.compare(old.document, new.document, today=policy.today)
    changed = python.changes(before, after)
    found = joined(
        findings(graph, namer, types=_types(before, after)), changed, Origins(old.document, new.document)
    )
    found = witnessed(found, old.document, new.document)
    found += _version(found, old.document, new.document)
    told, unused = judged(found, policy, pair.name)
    told = tuple(sorted(told, key=_order(policy)))
    level = verdict.overall(told, policy.gate)
    version = verdict.suggested(before.api.package.version, level)
    counting = [(change, one.fingerprint) for one in told if one.counts for change in one.python_changes]
    return Review(
        name=pair.name,
        title=after.api.package.title,
        old_label=old.label,
        new_label=new.label,
        level=level,
        findings=told,
        gate=policy.gate,
        old_version=_info(old.document),
        new_version=_info(new.document),
        version=version,
        documentation_only=bool(told)
        and all(one.wire in ("doc", None) and one.python in ("doc", None) for one in told),
        changelog=verdict.changelog(told, policy.gate, version),
        snippets=snippets(before, after, changed),
        callers=places(callers, before.api.package.module, counting) if callers is not None else (),
        unused_accepts=unused,
        problems=new.document.problems,
        document_lines=lines.documents(old.document, new.document) if code else (),
        code_lines=lines.packages(old, new, before, after) if code else (),
        counts=verdict.counted(told, policy.gate),
    )


def _planned(old: Revision, new: Revision) -> tuple[Plan, Plan]:
    """The packages of both, each with the names of its own lock; without any, the new one keeps the names of the old."""
    names = old.lock.names if old.lock else {}
    if not old.config.package and not new.config.package and old.config.spec.name != new.config.spec.name:
        # Two files beside each other are no package that was renamed.
        old = replace(old, config=replace(old.config, package=package(new.document, new.config).module))
    before = outline(old.document, old.config, names, old.lock.layout if old.lock else "")
    kept = new.lock.names if new.lock else before.names
    return before, outline(
        new.document, new.config, kept, new.lock.layout if new.lock else before.layout.kind
    )


def _types(before: Plan, after: Plan) -> Mapping[str, str]:
    """The class of each named schema, by its name in the document."""
    prefix = "model #/components/schemas/"
    return {
        unescape(key.removeprefix(prefix)): name
        for plan in (before, after)
        for key, name in plan.names.items()
        if key.startswith(prefix) and "/" not in key.removeprefix(prefix)
    }


def _version(found: Sequence[Finding], old: Document, new: Document) -> list[Finding]:
    """What is wrong with the version of a document in which something breaks."""
    before, after = _info(old), _info(new)
    rule = verdict.too_small(before, after) if any(one.wire == "breaking" for one in found) else ""
    if not rule:
        return []
    text = RULES[rule].text.format(before=f"`{before}`", after=f"`{after}`")
    place = new.root.get("info", new.root).place("version")
    made = Finding(
        id=rule, wire="warning", python=None, message=f"the version {text}", subject="the version", group="the document",
        hint=RULES[rule].hint, effect="unknown", old=old.root.get("info", old.root).place("version"), new=place,
    )  # fmt: skip
    return [replace(made, fingerprint=fingerprint(made, {one.fingerprint for one in found}))]


def _info(document: Document) -> str:
    return str(document.root.get("info", {}).get("version", ""))


_LAST: Final = len(LEVELS)


def _order(policy: Policy) -> object:
    """Gravest first, then by what they belong to and where they stand."""

    def key(finding: Finding) -> tuple[bool, int, str, str, int, str]:
        level = finding.level(policy.gate)
        place = finding.new or finding.old
        grave = LEVELS.index(level) if level is not None else _LAST
        return (
            not finding.counts,
            grave,
            finding.group,
            place.file if place else "",
            place.line if place else 0,
            finding.id,
        )

    return key


def _of_one(pair: Pair, policy: Policy) -> Review:
    """A document that is new, or gone."""
    there = pair.new or pair.old
    if there is None:
        raise ValueError("there is no document")
    rule = RULES["document-added" if pair.new else "document-removed"]
    plan = outline(
        there.document,
        there.config,
        there.lock.names if there.lock else {},
        there.lock.layout if there.lock else "",
    )
    place = there.document.root.place()
    level = rule.level("in")
    operations = _operations(plan)
    made = Finding(
        id=rule.id, wire=level, python=level, message=f"the document `{pair.name}` {rule.text}", subject=pair.name, group=pair.name,
        hint=rule.hint, effect=rule.effect, directions=("in",), old=place if pair.old else None, new=place if pair.new else None,
        operations=operations,
    )  # fmt: skip
    told, unused = judged([replace(made, fingerprint=fingerprint(made, set()))], policy, pair.name)
    level = verdict.overall(told, policy.gate)
    version = plan.api.package.version
    return Review(
        name=pair.name,
        title=plan.api.package.title,
        old_label=pair.old.label if pair.old else "",
        new_label=pair.new.label if pair.new else "",
        level=level,
        findings=told,
        gate=policy.gate,
        old_version=_info(there.document) if pair.old else "",
        new_version=_info(there.document) if pair.new else "",
        version=version,
        documentation_only=False,
        changelog=verdict.changelog(told, policy.gate, version),
        unused_accepts=unused,
        problems=there.document.problems if pair.new else (),
        counts=verdict.counted(told, policy.gate),
    )


def _operations(plan: Plan) -> tuple[str, ...]:
    every: Iterable[object] = ()
    api = plan.api
    every = (*api.operations, *(operation for resource in api.resources for operation in resource.operations))
    return tuple(f"{operation.method} {operation.path}" for operation in every)
