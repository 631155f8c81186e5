"""What is wrong with a request, by the validators of its operation, and how that is said."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final, cast

from .errors import RequestInvalid
from .model import OpenIntEnum, OpenStrEnum
from .text import printable, sensitive
from .types import OMIT

if TYPE_CHECKING:
    from .issues import Issue
    from .operation import Operation, Validator

__all__ = ["checked", "complaint", "hinted", "refused"]


def checked(
    operation: Operation[Any],
    given: dict[str, Any],
    validator: Validator | None,
    body: Any,
    faults: list[Issue],
) -> list[Issue]:
    """What the validators say of what could be encoded; `validator` is that of the body."""
    found: list[Issue] = []
    if operation.parameters is not None:
        found += operation.parameters(given)
    if validator is not None and body is not OMIT:
        found += validator(body)
    if not faults:
        return found
    unsendable = [fault.pointer for fault in faults]
    return [issue for issue in found if not _by_fault(issue, unsendable)]


def hinted(found: list[Issue], given: Any) -> list[Issue]:
    """The same issues, with a hint where a value came from a server that knows more of an enum than the document."""
    return [
        issue._replace(message=f"{issue.message}; {_NEWER}")
        if issue.keyword == "enum" and _is_newer(given, issue.pointer)
        else issue
        for issue in found
    ]


_NEWER: Final = "a server answered with it, the document does not list it: `extra_body` sends it unchecked"


def _is_newer(given: Any, pointer: str) -> bool:
    """Whether what a caller gave at `pointer` is a member of an open enum that the document does not list."""
    value = given
    for step in pointer.split("/")[1:]:
        key = step.replace("~1", "/").replace("~0", "~")
        if isinstance(value, Mapping):
            value = cast("Mapping[str, Any]", value).get(key)
        elif isinstance(value, list | tuple) and key.isdecimal():
            value = cast("list[Any]", value)[int(key)]
        else:
            return False
    return isinstance(value, OpenStrEnum | OpenIntEnum) and value.name == "_OTHER"


_COMBINING: Final = frozenset(
    {"anyOf", "oneOf", "not", "contains", "minContains", "maxContains", "uniqueItems"}
)


def _by_fault(issue: Issue, unsendable: list[str]) -> bool:
    """Whether an issue may be there only since `None` stands where a value could not be encoded."""
    return any(
        _within(issue.pointer, place) or (issue.keyword in _COMBINING and _within(place, issue.pointer))
        for place in unsendable
    )


def _within(pointer: str, place: str) -> bool:
    return pointer == place or pointer.startswith(f"{place}/")


def refused(operation: Operation[Any], found: list[Issue], unwritten: list[Issue]) -> RequestInvalid:
    """The error of a request that is not sent. Of what no place can hold, only what was not found before is told."""
    places = [issue.pointer for issue in found]
    issues = found + [
        issue for issue in unwritten if not any(_within(place, issue.pointer) for place in places)
    ]
    return RequestInvalid(f"{complaint(operation, issues)}\nNothing was sent.", issues)


_MOST_LISTED: Final = 10
_LONGEST_MESSAGE: Final = 600
"""Characters; the values of an enum are listed before the one that was found."""


def complaint(operation: Operation[Any], issues: list[Issue]) -> str:
    """The issues, one on a line; of a secret only where it is and the keyword."""
    lines = [f"{operation.method} {operation.path}: the request is not what the document asks for:"]
    for pointer, keyword, message in issues[:_MOST_LISTED]:
        name = pointer.rpartition("/")[2]
        # Validators know the secrets of the document, and show no more of them than their type.
        secret = sensitive(name) and name not in operation.secrets
        lines.append(
            f"  {printable(pointer) or '(the body)'}: {keyword if secret else printable(message, _LONGEST_MESSAGE)}"
        )
    if len(issues) > _MOST_LISTED:
        lines.append(f"  and {len(issues) - _MOST_LISTED} more")
    return "\n".join(lines)
