"""What is wrong with the patterns of a document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from specwright.plan.patterns.translate import pattern_of
from specwright.problems import problem, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specwright.problems import Place, Problem


def pattern_problems(source: str, place: Place | None) -> Iterator[Problem]:
    """What there is to say of the pattern `source` at `place`."""
    try:
        pattern = pattern_of(source)
    except ValueError as error:
        yield problem("pattern-invalid", place, f"{quoted(source)} is not checked: {error}.")
        return
    if pattern.odd:
        parts = ", ".join(f"`{part}`" if part.startswith(("(", "\\", "[")) else part for part in pattern.odd)
        yield problem("pattern-odd", place, f"In {quoted(source)} this is not ECMA-262: {parts}.")
    if pattern.longest is not None:
        yield problem("pattern-slow", place, _slow(source, pattern.longest, can=pattern.linear is not None))


def _slow(source: str, longest: int, *, can: bool) -> str:
    texts = f"texts of more than {longest:,} characters are" if longest else "it is"
    unless = ' unless the extra "patterns" is installed' if can else ""
    return f"A search for {quoted(source)} could take very long: {texts} not checked{unless}."
