"""Which characters a part of a regular expression stands for."""

from __future__ import annotations

import sys
from functools import cache
from typing import TYPE_CHECKING, Final

from specwright.runtime.ecma_nodes import Char, CharClass, Dot, Escape, Property, Range
from specwright.runtime.ecma_properties import joined, others, property_ranges

if TYPE_CHECKING:
    from collections.abc import Mapping

    from specwright.runtime.ecma_nodes import Item
    from specwright.runtime.ecma_properties import Ranges

_LAST_LETTER: Final = 0x1FFFF
"""Beyond it no character has cases."""
EVERYTHING: Final[Ranges] = ((0, sys.maxunicode),)
LINE_ENDS: Final[Ranges] = ((0x0A, 0x0A), (0x0D, 0x0D), (0x2028, 0x2029))
"""LineTerminator (ECMA-262, section 12.3)."""
_BLANKS: Final[Ranges] = ((0x20, 0x20), (0xA0, 0xA0), (0x1680, 0x1680), (0x2000, 0x200A), (0x202F, 0x202F), (0x205F, 0x205F), (0x3000, 0x3000))  # fmt: skip

SETS: Final[Mapping[str, Ranges]] = {
    "d": ((0x30, 0x39),),
    # WhiteSpace and LineTerminator (ECMA-262, sections 12.2 and 12.3)
    "s": joined((*_BLANKS, *LINE_ENDS, (0x09, 0x0D), (0xFEFF, 0xFEFF))),
    "w": ((0x30, 0x39), (0x41, 0x5A), (0x5F, 0x5F), (0x61, 0x7A)),
    "h": joined((*_BLANKS, (0x09, 0x09))),
    "alnum": ((0x30, 0x39), (0x41, 0x5A), (0x61, 0x7A)),
    "alpha": ((0x41, 0x5A), (0x61, 0x7A)),
    "ascii": ((0, 0x7F),),
    "blank": ((0x09, 0x09), (0x20, 0x20)),
    "cntrl": ((0, 0x1F), (0x7F, 0x7F)),
    "digit": ((0x30, 0x39),),
    "graph": ((0x21, 0x7E),),
    "lower": ((0x61, 0x7A),),
    "print": ((0x20, 0x7E),),
    "punct": ((0x21, 0x2F), (0x3A, 0x40), (0x5B, 0x60), (0x7B, 0x7E)),
    "space": ((0x09, 0x0D), (0x20, 0x20)),
    "upper": ((0x41, 0x5A),),
    "word": ((0x30, 0x39), (0x41, 0x5A), (0x5F, 0x5F), (0x61, 0x7A)),
    "xdigit": ((0x30, 0x39), (0x41, 0x46), (0x61, 0x66)),
}
"""What escapes of one letter, and POSIX classes, stand for; a capital letter is for the others."""


def ranges_of(node: Item | CharClass | Dot) -> Ranges:
    """The characters of one part, case counting.

    Raises:
        ValueError: It has a property of Unicode that Python does not know.
    """
    match node:
        case Char():
            return ((node.code, node.code),)
        case Range():
            return ((node.first.code, node.last.code),)
        case Escape():
            return SETS[node.name] if node.name in SETS else others(SETS[node.name.lower()])
        case Property():
            return others(property_ranges(node.name)) if node.negated else property_ranges(node.name)
        case CharClass():
            found = joined(part for item in node.items for part in ranges_of(item))
            return others(found) if node.negated else found
        case Dot():
            return EVERYTHING if node.lines else others(LINE_ENDS)


def characters(node: Item | CharClass | Dot, *, folds: bool) -> Ranges:
    """The characters of one part, where letters of both cases are the same or not.

    Raises:
        ValueError: As of `ranges_of`.
    """
    if not folds:
        return ranges_of(node)
    match node:
        case CharClass() if node.negated:
            return others(folded(ranges_of(CharClass(node.items, negated=False))))
        case Escape() if node.name.isupper():
            return others(folded(ranges_of(Escape(node.name.lower()))))
        case Property() if node.negated:
            return others(folded(property_ranges(node.name)))
        case Dot():
            return ranges_of(node)
        case _:
            return folded(ranges_of(node))


def folded(ranges: Ranges) -> Ranges:
    """The same, and each of its letters in the other case (ECMA-262, section 22.2.2.7.3)."""
    more = list(ranges)
    for code, same in _cases():
        if any(first <= code <= last for first, last in ranges):
            more += [(other, other) for other in same]
    return joined(more)


@cache
def _cases() -> tuple[tuple[int, tuple[int, ...]], ...]:
    """Of each letter that has cases, the others that it is the same as."""
    classes: dict[str, set[int]] = {}
    for code in range(_LAST_LETTER + 1):
        character = chr(code)
        lower = character.lower()
        if lower != character or character.upper() != character:
            # Of those that are several letters in one case, each stands for itself.
            key = character.upper().lower() if len(character.upper()) == 1 else lower
            classes.setdefault(key if len(key) == 1 else character, set()).add(code)
    return tuple(
        (code, tuple(found - {code})) for found in classes.values() for code in found if len(found) > 1
    )
