"""What somebody may have meant who misspelt a word."""

from __future__ import annotations

import difflib
from itertools import islice
from typing import TYPE_CHECKING, Final

from specwright.problems import quoted

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

_MOST: Final = 2_000
"""Words that one is held against."""
_IN_ALL: Final = 200_000
"""Words that all are held against: two or three seconds."""
_LONGEST: Final = 200
"""Characters of a word that may be another one misspelt; what is longer is a text."""


def hint(word: str, words: Iterable[str], otherwise: str | None = None) -> str | None:
    """A hint that asks for the word, of a few, that is most like another one; else what is said otherwise."""
    near = difflib.get_close_matches(word, words, 1)
    return _asked(near[0]) if near else otherwise


def _asked(word: str) -> str:
    return f"Did you mean {quoted(word)}?"


class Spelling:
    """The same for the many words of a document, with the patience that there is for one."""

    def __init__(self) -> None:
        self._left = _IN_ALL
        self._known: dict[tuple[str, int], str | None] = {}
        self._kept: list[Collection[str]] = []
        """What is known by its identity, which is its own as long as it lives."""

    def nearest(self, word: str, words: Collection[str], cutoff: float = 0.6) -> str | None:
        """The word that is most like another one; None where none is as like as `cutoff`, or there was enough to do."""
        key = (word, id(words))
        if key not in self._known:
            size = min(len(words), _MOST)
            if len(word) > _LONGEST or size > self._left:
                return None
            self._left -= size
            self._kept.append(words)
            near = difflib.get_close_matches(word, islice(words, _MOST), 1, cutoff)
            self._known[key] = near[0] if near else None
        return self._known[key]

    def hint(self, word: str, words: Collection[str]) -> str | None:
        """A hint that asks for it."""
        near = self.nearest(word, words)
        return _asked(near) if near else None
