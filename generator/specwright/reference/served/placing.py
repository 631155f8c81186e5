"""Which field of a form an issue is about.

Issues of a request are placed in what is sent (`/settings/base_model`, `/path/id`), fields of a form in the arguments of the
method (`/settings/base_model`, `/id`): both are JSON Pointers (RFC 6901).
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final

from specwright.runtime.issues import step

if TYPE_CHECKING:
    from specwright.plan.ir import Argument, Operation
    from specwright.runtime.issues import Issue

_MISSING: Final = frozenset({"required", "dependentRequired"})
_NAMED: Final = re.compile(r'the property ("(?:[^"\\]|\\.)*") is missing')
_PLACES: Final = ("path", "query", "header", "cookie")


def field_of(issue: Issue, operation: Operation) -> str:
    """The pointer of the field that an issue is about; that of a field that is missing, and not of what it is missing in.

    `""` where it is about the request as a whole.
    """
    steps = [part.replace("~1", "/").replace("~0", "~") for part in issue.pointer.split("/")[1:]]
    named = _NAMED.match(issue.message) if issue.keyword in _MISSING else None
    if named:
        steps.append(json.loads(named[1]))
    argument, rest = _argument(steps, operation)
    if argument is None:
        return ""
    return "".join(f"/{step(part)}" for part in (argument.name, *rest))


def _argument(steps: list[str], operation: Operation) -> tuple[Argument | None, list[str]]:
    """The argument, and what leads from it to the field."""
    place, name, *_ = (*steps, "", "")
    if place in _PLACES:
        found = _found(name, place, operation)
        if found is not None:
            return found, steps[2:]
    if operation.flat:
        return _found(place, "body", operation), steps[1:]
    whole = next((one for one in operation.arguments if one.location == "body"), None)
    return whole, steps


def _found(wire: str, place: str, operation: Operation) -> Argument | None:
    same = [one for one in operation.arguments if one.location == place]
    exact = next((one for one in same if one.wire == wire), None)
    return exact or next(
        (one for one in same if place == "header" and one.wire.lower() == wire.lower()), None
    )
