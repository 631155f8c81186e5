"""What may be said in two ways, said in one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from specwright.document.tree import Map, Node, derived_map
from specwright.problems import quoted

if TYPE_CHECKING:
    from specwright.document.shape import Walk


def responses(made: Map, walk: Walk) -> Map:
    """The Responses, their ranges of statuses in capitals (OpenAPI 3.2, section 4.13.1): `4XX`."""
    small = [status for status in made if status.endswith(("xx", "xX", "Xx"))]
    if not small:
        return made
    members: dict[str, Any] = {}
    moved: dict[str, tuple[Node, str | int | None]] = {}
    for status, response in made.items():
        key = status.upper() if status in small else status
        if status not in small:
            members[key] = response
        elif key in made:
            walk.report(
                "wrong-key", made, status, f"The key {quoted(status)} is left out: there is {quoted(key)}."
            )
        else:
            walk.report("status-spelling", made, status, f"{quoted(status)} is read as {quoted(key)}.")
            members.setdefault(key, response)
            moved.setdefault(key, (made, status))
    return derived_map(made, members, moved)


def example(made: Map, _walk: Walk) -> Map:
    """The Example, with what OpenAPI 3.2 calls `dataValue` as its `value`."""
    if "dataValue" not in made or "value" in made:
        return made
    return derived_map(made, {**made, "value": made["dataValue"]}, {"value": (made, "dataValue")})
