"""How a regular expression is written for RE2."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from specwright.plan.patterns.sets import EVERYTHING, ranges_of
from specwright.plan.patterns.spelling import counted
from specwright.runtime.ecma_nodes import (
    Alternatives,
    Char,
    CharClass,
    Dot,
    Edge,
    Escape,
    Group,
    Property,
    Repeat,
    Sequence,
    Switch,
)
from specwright.runtime.ecma_properties import others

if TYPE_CHECKING:
    from collections.abc import Mapping

    from specwright.runtime.ecma_nodes import EdgeKind, Node

_MOST_TIMES: Final = 1000
"""Higher counts RE2 refuses, those of nested repeats multiplied."""
_EDGES_LINEAR: Final[Mapping[EdgeKind, str]] = {"start": "^", "end": r"\z", "word": r"\b"}
r"""Not `\B`, which RE2 finds between the bytes of one character."""


def linear(node: Node) -> str | None:
    """The same for RE2; `None` if that can't."""
    try:
        return _linear(node, 1)
    except ValueError:
        return None


def _linear(node: Node, times: int) -> str:
    match node:
        case Char() | Escape() | Property() | CharClass() | Dot():
            return _linear_set(node)
        case Edge() if node.kind in _EDGES_LINEAR:
            return _EDGES_LINEAR[node.kind]
        case Group() if not node.atomic:
            return f"(?:{_linear(node.body, times)})"
        case Switch():
            return f"(?{'i' if node.folds else '-i'}:{_linear(node.body, times)})"
        case Repeat() if node.greed != "+":
            times *= max(node.least, node.most or 0, 1)
            if times > _MOST_TIMES:
                raise ValueError("RE2 does not count as far")
            body = _linear(node.body, times)
            body = (
                f"(?:{body})" if isinstance(node.body, Sequence | Alternatives | Repeat) else body or "(?:)"
            )
            return body + counted(Repeat(node.body, node.least, node.most))
        case Sequence():
            return "".join(f"(?:{_linear(item, times)})" if isinstance(item, Alternatives) else _linear(item, times) for item in node.items)  # fmt: skip
        case Alternatives():
            return "|".join(_linear(option, times) for option in node.options)
        case _:
            raise ValueError("RE2 has nothing like it")


_CATEGORY: Final = re.compile("[A-Z][a-z]?")
"""The short name of a general category of Unicode."""


def _linear_set(node: Char | Escape | Property | CharClass | Dot) -> str:
    if isinstance(node, Char):
        if 0xD800 <= node.code < 0xE000:  # noqa: PLR2004 -- surrogates, which RE2 has not
            raise ValueError("RE2 reads UTF-8")
        return _linear_character(node.code)
    items = node.items if isinstance(node, CharClass) else (node,) if isinstance(node, Property) else ()
    categories = [item for item in items if isinstance(item, Property) and _CATEGORY.fullmatch(item.name)]
    if categories:
        # RE2 knows these by name, which is a lot shorter than what is in them.
        named = "".join(f"\\{'P' if item.negated else 'p'}{{{item.name}}}" for item in categories)
        plain = CharClass(tuple(item for item in items if item not in categories), negated=False)
        negated = isinstance(node, CharClass) and node.negated
        return f"[{'^' if negated else ''}{named}{''.join(map(_linear_range, ranges_of(plain)))}]"
    ranges = ranges_of(node)
    if ranges == EVERYTHING:
        return "(?s:.)"
    if not ranges:
        return r"[^\x00-\x{10FFFF}]"
    rest = others(ranges)
    if len(rest) < len(ranges):
        return f"[^{''.join(map(_linear_range, rest))}]"
    return f"[{''.join(map(_linear_range, ranges))}]"


def _linear_range(part: tuple[int, int]) -> str:
    first, last = part
    return _linear_character(first) + (f"-{_linear_character(last)}" if last > first else "")


def _linear_character(code: int) -> str:
    character = chr(code)
    if character.isascii() and (character.isalnum() or character in "_ /@#%,:;=<>!\"'`"):
        return character
    if 0x20 <= code < 0x7F:  # noqa: PLR2004 -- what prints of ASCII
        return f"\\{character}"
    return f"\\x{code:02x}" if code < 0x100 else f"\\x{{{code:x}}}"  # noqa: PLR2004
