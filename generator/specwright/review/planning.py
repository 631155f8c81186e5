"""The packages that are made of two revisions, as those who call them see them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from specwright.document.tree import unescape
from specwright.plan import outline
from specwright.plan.packages import package

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from specwright.plan import Plan
    from specwright.review.revisions import Revision

_MODEL: Final = "model #/components/schemas/"
"""What the key of a named schema's class begins with, among the names of a plan."""


def planned(revision: Revision) -> Plan:
    """The package of a revision, with the names of its own lock."""
    lock = revision.lock
    return outline(
        revision.document, revision.config, lock.names if lock else {}, lock.layout if lock else ""
    )


def planned_both(old: Revision, new: Revision) -> tuple[Plan, Plan]:
    """The packages of both, each with the names of its own lock; without any, the new one keeps the names of the old."""
    if not old.config.package and not new.config.package and old.config.spec.name != new.config.spec.name:
        # Two files beside each other are no package that was renamed.
        old = replace(old, config=replace(old.config, package=package(new.document, new.config).module))
    before = planned(old)
    if new.lock is not None:
        return before, planned(new)
    return before, outline(new.document, new.config, before.names, before.layout.kind)


def types(plans: Iterable[Plan]) -> Mapping[str, str]:
    """The class of each named schema, by its name in the document."""
    found: dict[str, str] = {}
    for plan in plans:
        for key, name in plan.names.items():
            pointer = key.removeprefix(_MODEL)
            if pointer != key and "/" not in pointer:
                found[unescape(pointer)] = name
    return found


def operations(plan: Plan) -> tuple[str, ...]:
    """Every operation of a package, as reports call it."""
    api = plan.api
    of_resources = (operation for resource in api.resources for operation in resource.operations)
    return tuple(f"{operation.method} {operation.path}" for operation in (*api.operations, *of_resources))
