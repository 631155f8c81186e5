"""Checks -> a condition: whether a value meets them, told in place where a few words do, else by a validator."""

from __future__ import annotations

from typing import TYPE_CHECKING

from specwright.emit.checks.scalars import among
from specwright.emit.checks.spots import fits, is_of
from specwright.emit.checks.statements import operand
from specwright.emit.code import code, join, literal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from specwright.emit.code import Code
    from specwright.plan.ir import Checks, JsonType


def condition(checks: Checks, item: Code, known: JsonType | None = None, *, holds: bool = True) -> Code:
    """Whether a value, which is of the type `known` if that is given, meets what it is tried for; or does not."""
    terms = list(_terms(checks, item, known))
    if not terms:
        return literal(holds)
    if holds:
        return join(" and ", (operand(there) if len(terms) > 1 else there for there, _ in terms))
    return terms[0][1] if len(terms) == 1 else join(" or ", (_within_or(absent) for _, absent in terms))


def _terms(checks: Checks, item: Code, known: JsonType | None) -> Iterator[tuple[Code, Code]]:
    """What has to be so, each on its own: that it is, and that it is not."""
    if checks.types == ():
        yield literal(value=False), literal(value=True)
        return
    if checks.types is not None and checks.types != (known,):
        yield (
            join(" or ", (is_of(kind, item) for kind in checks.types)),
            join(" and ", (is_of(kind, item, holds=False) for kind in checks.types)),
        )
    if checks.values is not None:
        yield among(checks.values, item)
    if checks.object is not None:
        certain = known == "object" or checks.types == ("object",)
        yield from _present([part.wire for part in checks.object.properties], item, certain=certain)
    for function in checks.functions:
        yield fits(function, item), code("not {}", fits(function, item))
    for part in checks.none_of:
        yield condition(part, item, known, holds=False), condition(part, item, known)


def _present(wires: Sequence[str], item: Code, *, certain: bool) -> Iterator[tuple[Code, Code]]:
    """That an object has properties; what is not certainly one needs none."""
    pairs = [
        (code("{} in {}", literal(wire), item), code("{} not in {}", literal(wire), item)) for wire in wires
    ]
    if certain:
        yield from pairs
        return
    there = join(" and ", (one for one, _ in pairs))
    absent = join(" or ", (one for _, one in pairs))
    yield (
        code("{} or {}", is_of("object", item, holds=False), _within_or(there)),
        code("{} and {}", is_of("object", item), operand(absent)),
    )


def _within_or(term: Code) -> Code:
    return code("({})", term) if " and " in term else term
