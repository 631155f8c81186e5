"""A module in pieces, for modules whose syntax tree would not fit in memory as a whole: a tree takes 60 times its text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_LARGE: Final = 2_000_000
"""Characters up to which a module is one piece."""
_PIECE: Final = 500_000
"""About as many has each piece of a larger one."""
_STATEMENT: Final = re.compile(r"\n\n\n(?=[A-Za-z_@])")
"""What stands before a definition at the top of a module, as it is formatted."""
_CLASS: Final = re.compile(r"(class \w+)\b[^\n]*(?:\n    [^\n]*)*?:\n")
_METHOD: Final = re.compile(r"\n\n(?=    (?:@|def |async def ))")


def pieces(text: str) -> list[str]:
    """A formatted module in pieces that hold all of it, each of them a module of its own; a large class is several.

    It is cut where a definition seems to begin. Where that is in the middle of something else, as of a text, no piece with an
    end of it is Python: so the pieces say what the whole says, or can't be read.
    """
    if len(text) <= _LARGE:
        return [text]
    return [
        piece for statements in _joined(_STATEMENT.split(text), "\n\n\n") for piece in _of_class(statements)
    ]


def _of_class(text: str) -> Iterator[str]:
    head = _CLASS.match(text) if len(text) > _PIECE * 2 else None
    if head is None:
        yield text
        return
    first, *rest = _joined(_METHOD.split(text), "\n\n")
    yield first
    yield from (f"{head[1]}:\n{methods}" for methods in rest)


def _joined(parts: list[str], between: str) -> Iterator[str]:
    """The same parts, so many together that they have about the size of a piece."""
    waiting: list[str] = []
    size = 0
    for part in parts:
        if waiting and size + len(part) > _PIECE:
            yield between.join(waiting)
            waiting, size = [], 0
        waiting.append(part)
        size += len(part) + len(between)
    yield between.join(waiting)
