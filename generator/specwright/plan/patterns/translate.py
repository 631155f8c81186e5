"""A regular expression of ECMA-262 -> a `Pattern`."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from specwright.plan.ir.patterns import Pattern
from specwright.plan.patterns.linear import linear
from specwright.plan.patterns.references import References
from specwright.plan.patterns.rewriting import rewritten
from specwright.plan.patterns.safety import longest_of, suits_re2
from specwright.plan.patterns.spelling import Python
from specwright.runtime.ecma import parse
from specwright.runtime.ecma_nodes import Alternatives, Group, Look, Repeat, Sequence, Switch
from specwright.runtime.patterns import filled

if TYPE_CHECKING:
    from specwright.runtime.ecma_nodes import Node

_LONGEST: Final = 20_000
"""Characters of a pattern."""
_DEEPEST: Final = 60
"""Groups in groups: more than people nest, and less than Python's own reader of patterns stands."""


@lru_cache(4096)
def pattern_of(source: str) -> Pattern:
    """What validators search with for the pattern `source` of a document.

    Raises:
        ValueError: It is no regular expression of ECMA-262, or none that Python can search with; the message says why.
    """
    if len(source) > _LONGEST:
        raise ValueError(f"a pattern of more than {_LONGEST:,} characters")
    node, odd = parse(source, "lenient")
    if _depth(node) > _DEEPEST:
        raise ValueError("groups that are nested too deeply")
    quicker, longest, attempts = _quicker(node)
    text = Python(quicker).text
    try:
        re.compile(filled(text))
    except (re.error, OverflowError, RecursionError) as error:
        raise ValueError(f"nothing that Python can search with: {error}") from error
    by_re2 = linear(node) if longest is not None and suits_re2(node) else None
    return Pattern(source, text, by_re2, longest, odd, attempts)


def _quicker(node: Node) -> tuple[Node, int | None, int]:
    """An expression that is found in the same texts, in time that is linear if that can be.

    With it, `Pattern.longest` and `Pattern.attempts`.
    """
    longest, attempts = longest_of(node)
    if not longest or References(node).used:
        return node, longest, attempts
    other = rewritten(node)
    others_longest, more = longest_of(other)
    attempts += 1 + more
    if others_longest is None or others_longest > longest:
        return other, others_longest, attempts
    return node, longest, attempts


def _depth(node: Node) -> int:
    """How deep a tree is; it is walked without recursion, as it may be deeper than that goes."""
    deepest, waiting = 0, [(node, 0)]
    while waiting:
        current, depth = waiting.pop()
        deepest = max(deepest, depth)
        match current:
            case Group() | Switch() | Look() | Repeat():
                waiting.append((current.body, depth + (not isinstance(current, Repeat))))
            case Sequence():
                waiting += [(item, depth) for item in current.items]
            case Alternatives():
                waiting += [(option, depth) for option in current.options]
            case _:
                pass
    return deepest
