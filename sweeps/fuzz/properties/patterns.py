"""What must hold of regular expressions, once they are Python's."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from specwright.plan.patterns import pattern_of
from specwright.runtime.patterns import filled, matches, matches_linear
from sweeps.fuzz.engine import searched

if TYPE_CHECKING:
    from sweeps.fuzz.draws import Draws

_PARTS: Final = (
    "a", "b", "1", "-", "_", ".", "^", "$", "\\b", "\\B", "\\d", "\\w", "\\s", "\\W", "\\S", "\\D", "[", "]", "[^", "(", "(?:", ")", "|", "*", "+", "?", "*?",
    "{2}", "{1,2}", "{0}", "{2,}", "{,2}", "{", "}", "(?=", "(?!", "(?<=", "(?<!", "(?<n>", "\\k<n>", "\\1", "\\2", "\\p{L}", "\\P{Lu}", "\\p{sc=Grek}",
    "\\u{1F432}", "\\u0061", "\\x61", "\\n", "\\cA", "\\0", "\\/", "/", "\\-", "é", "\U0001f432", " ", "\n", "a-z", "[a-z]", "[^a]", "[\\d-]", "\\\\", "(?i:", "(?-i:", "&&",
)  # fmt: skip
_LONGEST: Final = 24
_TEXTS: Final = (
    "",
    "a",
    "b",
    "ab",
    "aab",
    "ba",
    "1",
    "a1",
    "-",
    " ",
    "\n",
    "é",
    "\U0001f432",
    "a\nb",
    "aa",
    "A",
    "abab",
    "_",
    "\u2028",
    "a" * 12,
)


def translates(draws: Draws) -> None:
    """A pattern means to Python, and to RE2, what it means to a JavaScript engine, or is refused with a reason."""
    if draws.choose(4) == 0:
        source = draws.text()[:_LONGEST]
    else:
        source = "".join(_PARTS[draws.choose(len(_PARTS))] for _ in range(1 + draws.choose(_LONGEST)))
    try:
        pattern = pattern_of(source)
    except ValueError:
        return
    re.compile(filled(pattern.python))
    expected = searched(source, _TEXTS)
    if expected is None or pattern.odd:
        return
    for text, found in zip(_TEXTS, expected, strict=True):
        if pattern.longest is None or len(text) <= pattern.longest:
            assert matches(pattern.python, text) == found, (source, pattern.python, text, found)
        if pattern.linear is not None and pattern.longest is not None:
            assert matches_linear(pattern.python, pattern.linear, pattern.longest, text) == found, (
                source,
                pattern.linear,
                text,
                found,
            )
