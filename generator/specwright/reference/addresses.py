"""What operations and tags are called in addresses: in names of files, and behind `#`."""

from __future__ import annotations

import re
from typing import Final

_LONGEST: Final = 80
_WORD: Final = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+", re.ASCII)
_RESERVED: Final = re.compile(
    r"(?:con|prn|aux|nul|(?:com|lpt)[0-9]|index|main|operations|results|search|shown|text)", re.ASCII
)
"""What Windows has no files of, and what is called so on the page that lists all."""


class Addresses:
    """Gives addresses of lower-case letters, digits and hyphens, no two the same."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def of(self, text: str, other: str) -> str:
        """The address of a text; `other` is for one without a letter or digit of ASCII."""
        plain = "-".join(_WORD.findall(text)).lower()[:_LONGEST].strip("-") or other
        if _RESERVED.fullmatch(plain):
            plain = f"{plain}-{other}"
        made, number = plain, 1
        while made in self._taken:
            number += 1
            made = f"{plain}-{number}"
        self._taken.add(made)
        return made
