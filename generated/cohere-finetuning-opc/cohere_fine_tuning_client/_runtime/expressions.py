"""Regular expressions that are compiled where they are first used: most are rarely needed, and importing stays cheap."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["whole"]


@cache
def whole(pattern: str) -> Callable[[str], re.Match[str] | None]:
    """What matches a whole text against `pattern`.

    Every pattern has to be written so that a match takes time that grows linearly with the text: what follows a possessive
    repeat (`++`, `*+`) never makes it give back what it has taken.
    """
    return re.compile(pattern).fullmatch
