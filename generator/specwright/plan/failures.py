"""What statuses that are no success are answered with, over all operations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from specwright.plan.combined import union
from specwright.plan.ir import ErrorBody
from specwright.runtime.statuses import CLASSES, error_for

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from specwright.plan.ir import Operation, Resource, Type


def error_class(status: str) -> str:
    """The error that a status (`404`, `4XX`, `default`) is raised as."""
    if status == "default":
        return "StatusError"
    return CLASSES[int(status[0])].__name__ if status.endswith("XX") else error_for(int(status)).__name__


def is_failure(status: str) -> bool:
    """Whether a status is raised: neither a success nor merely on the way to one (RFC 9110, section 15)."""
    return status == "default" or status[0] in "345"


def bodies(operations: Iterable[Operation], resources: Iterable[Resource]) -> Iterator[ErrorBody]:
    """For each error whose bodies are documented: the union of them."""
    types: dict[str, list[Type]] = {}
    for operation in (*operations, *(own for resource in resources for own in resource.operations)):
        for answer in operation.answers:
            # A `default` answer may come with any status, whose errors have their own bodies.
            error = answer.error
            if answer.type is not None and error is not None and answer.status != "default":
                types.setdefault(error, []).append(answer.type)
    for error in sorted(types):
        yield ErrorBody(error, union(types[error]))
