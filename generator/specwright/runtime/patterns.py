"""Whether a text has what a pattern asks for (JSON Schema Validation 2020-12, section 6.3.3), in time that stays short."""

from __future__ import annotations

import re
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from .ecma_properties import others, property_ranges

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["filled", "matches", "matches_linear"]


class _Searches(dict[str, "Callable[[str], Any]"]):
    """The search of each pattern that was used."""

    def __missing__(self, pattern: str) -> Callable[[str], Any]:
        search = self[pattern] = re.compile(filled(pattern)).search
        return search


_searches: Final = _Searches()


def matches(pattern: str, text: str) -> bool:
    """Whether `pattern` is found in `text`; it must be one that `re` takes linear time for."""
    return _searches[pattern](text) is not None


def filled(pattern: str) -> str:
    r"""A pattern for `re`, given one with properties of Unicode in its classes: `[\p{L}]`."""
    if "\\p{" not in pattern and "\\P{" not in pattern:
        return pattern
    return re.sub(r"\\(?:([pP])\{([^}]*)\}|.)", _fill, pattern, flags=re.DOTALL)


def _fill(found: re.Match[str]) -> str:
    if found[1] is None:
        return found[0]
    ranges = property_ranges(found[2])
    return "".join(
        f"\\U{first:08x}-\\U{last:08x}" for first, last in (others(ranges) if found[1] == "P" else ranges)
    )


# --- patterns that `re` may take too long for -------------------------------------------------------------------


class _LinearSearches(dict[str, "Callable[[bytes], Any] | None"]):
    """The same with RE2, where that is installed and takes the pattern."""

    def __missing__(self, pattern: str) -> Callable[[bytes], Any] | None:
        search = self[pattern] = _linear_search(pattern)
        return search


_linear_searches: Final = _LinearSearches()


def _linear_search(pattern: str) -> Callable[[bytes], Any] | None:
    try:
        re2: Any = import_module("re2")
    except ImportError:
        return None
    options = re2.Options()
    options.log_errors = False
    options.never_capture = True
    try:
        search: Callable[[bytes], Any] = re2.compile(pattern.encode(), options).search
    except re2.error:
        return None
    return search


def matches_linear(pattern: str, linear: str, longest: int, text: str) -> bool:
    """Whether a pattern that `re` may take too long for is found in `text`.

    Args:
        pattern: The pattern for `re`.
        linear: The same for RE2, which is used where the extra `patterns` is installed; "" if RE2 can't.
        longest: Up to so many characters `re` does not take long. Without RE2 longer texts are taken as they are.
        text: What is searched.
    """
    search = _linear_searches[linear] if linear else None
    if search is not None:
        return search(_encoded(text)) is not None
    return len(text) > longest or matches(pattern, text)


def _encoded(text: str) -> bytes:
    """The text in UTF-8, with U+FFFD for each half of a surrogate pair, which is no character."""
    try:
        return text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").encode()
