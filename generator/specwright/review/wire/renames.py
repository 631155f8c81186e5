"""What was removed and what was added, and which of it is the same under another name."""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_SIGNS: Final = re.compile(r"[\W_]+")
_WORD: Final = re.compile(r"[A-Z]?[a-z0-9]+|[A-Z]+")
_ALIKE: Final = 0.7
"""How alike two names are whose values are the same, for the one to be the other."""
_MOST: Final = 200
"""Among how many that went, and came, renames are looked for."""


def folded(name: str) -> str:
    """A name without case and separators."""
    return _SIGNS.sub("", name).lower()


def _words(name: str) -> set[str]:
    """The words that a name is made of."""
    return {word.lower() for word in _WORD.findall(name)}


def alike_names(old: Any, new: Any) -> bool:
    """Whether two texts differ in case and separators only."""
    if not isinstance(old, str) or not isinstance(new, str) or old == new:
        return False
    return bool(folded(old)) and folded(old) == folded(new)


def renamed(
    gone: Mapping[str, Any],
    come: Mapping[str, Any],
    same: Callable[[Any, Any], bool],
    telling: Callable[[Any], bool],
) -> dict[str, tuple[str, str]]:
    """Of names that went: the name that came instead, and what tells that.

    Args:
        gone: What went, by its name.
        come: What came.
        same: Whether two of these are the same but for the name.
        telling: Whether one says so much that no two are alike by chance.
    """
    if not gone or not come or len(gone) > _MOST or len(come) > _MOST:
        return {}
    alike = {name: [other for other in come if same(value, come[other])] for name, value in gone.items()}
    found = _respelled(alike)
    taken = {other for other, _ in found.values()}
    for name, others in alike.items():
        left = [other for other in others if other not in taken]
        if name in found or len(left) != 1:
            continue
        (other,) = left
        rivals = [rival for rival in alike if rival not in found and other in alike[rival]]
        ratio = difflib.SequenceMatcher(None, folded(name), folded(other)).ratio()
        if len(gone) == len(come) == 1 and _words(name) & _words(other):
            evidence = (
                "it is the only one that went, the other the only one that came, and all else is the same"
            )
            found[name] = (other, evidence)
        elif len(rivals) == 1 and (telling(gone[name]) or ratio >= _ALIKE):
            found[name] = (other, "all but the name is the same, and nothing else is alike")
            taken.add(other)
    return found


def _respelled(alike: Mapping[str, list[str]]) -> dict[str, tuple[str, str]]:
    """Of names that went: one that came, differs in case and separators only, and stands for the same."""
    evidence = "the names differ in case and separators only, and all else is the same"
    found: dict[str, tuple[str, str]] = {}
    taken: set[str] = set()
    for name, others in alike.items():
        told = folded(name)
        twin = next((other for other in others if other not in taken and folded(other) == told), None)
        if told and twin is not None:
            found[name] = (twin, evidence)
            taken.add(twin)
    return found
