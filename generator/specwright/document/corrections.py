"""What to do about values of another class than their places ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from specwright.document.scalars import TooManyDigitsError, resolve
from specwright.document.tree import Map, Seq

if TYPE_CHECKING:
    from specwright.document.kinds import Kind


def correction(value: Any, kind: Kind) -> str | None:
    """What to do about a value of another class than its place asks for; None where it does not show what is meant."""
    if isinstance(value, str) and value and _resolved(value).__class__ in kind.classes - {str}:
        return "Remove the quotes."
    if isinstance(value, str | Map) and Seq in kind.classes and Map not in kind.classes:
        return "Make it a list: `[…]`, or a line that starts with `- ` for each item."
    if isinstance(value, Seq) and Map in kind.classes:
        return "Make it an object: lines of `key: value`, without `- `."
    return None


def _resolved(text: str) -> Any:
    try:
        return resolve(text)
    except TooManyDigitsError:
        return text
