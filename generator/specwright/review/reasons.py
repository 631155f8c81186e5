"""Why the two axes differ: what goes over the wire, and the Python that calls the package."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from specwright.review.findings import LEVELS
from specwright.review.python.rules import RULES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from specwright.review.findings import Finding, PythonChange

_MADE_AGAIN: Final = "A package that is made again sends it the new way: only those made before fail."
_UNTOUCHED: Final[tuple[tuple[tuple[str, ...], str], ...]] = (
    (
        (
            "path-",
            "operation-removed",
            "param-moved",
            "param-serialization-",
            "server-",
            "media-type-",
            "encoding-",
        ),
        _MADE_AGAIN,
    ),
    (("status-",), "Methods return the same types: what differs is the status that they come with."),
    (
        ("security-", "oauth-"),
        "`Client` takes the same arguments: which calls need them is another question.",
    ),
    (
        ("default-",),
        "No signature changes: a default is never sent, and what its absence means is the server's affair.",
    ),
    (("version-",), "It is a number of the document."),
    (("stability-", "sunset-", "deprecated-"), "Nothing that is called changes yet."),
    (("webhook-", "callback-"), "Nothing that is called changes: what is read does."),
)
"""By how the id of a rule begins: why nothing changes for who calls the package."""
_SIDES: Final[Mapping[tuple[str, ...], str]] = {
    ("in",): "No name, type or signature changes: the validator refuses what the server would.",
    ("out",): "No name, type or signature changes: answers are read leniently.",
    ("in", "out"): "No name, type or signature changes: validators judge by the new document.",
}
"""The same of what values are allowed, by who sends them."""
_KEPT: Final = "The method keeps its name: `specwright.lock` has it."


def why(finding: Finding, changes: Sequence[PythonChange]) -> str:
    """Why what is found has another level on the one axis than on the other; "" where it has not."""
    if changes:
        worst = min(changes, key=lambda change: LEVELS.index(change.level))
        return "" if finding.wire == finding.python else f"In Python: {RULES[worst.id].purpose}"
    if finding.id == "operation-id-changed":
        return _KEPT
    if finding.wire not in ("breaking", "warning"):
        return ""
    said = next((text for prefixes, text in _UNTOUCHED if finding.id.startswith(prefixes)), None)
    return said if said is not None else _SIDES.get(finding.directions, "")
