"""Keywords that bound values: how long, how many, how large, and multiples of what."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from specwright.review.wire.comparison import shown
from specwright.review.wire.edits import NO_GUARD
from specwright.review.wire.guards import of_no_such_type
from specwright.review.wire.types import EVERY, NUMBERS, types_of

if TYPE_CHECKING:
    from specwright.plan.keywords import Schema
    from specwright.review.wire.merged import Merged


@dataclass(frozen=True, slots=True)
class Bound:
    """A keyword that bounds values of some types; `floor` is what it says where it is not written."""

    keyword: str
    types: frozenset[str]
    least: bool
    floor: int | None = None


@dataclass(frozen=True, slots=True)
class Edge:
    """A bound of numbers, by two keywords: one by which it is a value itself, and one by which it is none."""

    keyword: str
    exclusive: str
    least: bool


_STRING, _ARRAY, _OBJECT = frozenset({"string"}), frozenset({"array"}), frozenset({"object"})
BOUNDS: Final = (
    Bound("minLength", _STRING, least=True, floor=0),
    Bound("maxLength", _STRING, least=False),
    Bound("minItems", _ARRAY, least=True, floor=0),
    Bound("maxItems", _ARRAY, least=False),
    Bound("minProperties", _OBJECT, least=True, floor=0),
    Bound("maxProperties", _OBJECT, least=False),
    Bound("minContains", _ARRAY, least=True, floor=1),
    Bound("maxContains", _ARRAY, least=False),
)
EDGES: Final = (
    Edge("minimum", "exclusiveMinimum", least=True),
    Edge("maximum", "exclusiveMaximum", least=False),
)

_KEYWORDS: Final = frozenset(
    {
        *(bound.keyword for bound in BOUNDS),
        *(edge.keyword for edge in EDGES),
        *(edge.exclusive for edge in EDGES),
        "multipleOf",
    }
)


def compare(merged: Merged, types: frozenset[str]) -> None:
    """Notes what differs; `types` are those that both may have."""
    if _KEYWORDS.isdisjoint(merged.old) and _KEYWORDS.isdisjoint(merged.new):
        return
    for bound in BOUNDS:
        _bound(merged, types, bound)
    for edge in EDGES:
        _edge(merged, types, edge)
    if NUMBERS & types:
        _multiple(merged)


def _bound(merged: Merged, types: frozenset[str], bound: Bound) -> None:
    if bound.keyword.endswith("Contains") and not ("contains" in merged.old and "contains" in merged.new):
        return  # without `contains` it says nothing (JSON Schema Validation 2020-12, sections 6.4.4 and 6.4.5)
    old, new = merged.both(bound.keyword, bound.floor)
    if old != new:
        tighter = _is_tighter(old, new, least=bound.least)
        _moved(merged, types, _Moved(bound.keyword, old, new, tighter, bound.types))


def _edge(merged: Merged, types: frozenset[str], edge: Edge) -> None:
    whole = "number" not in types and "number" not in (types_of(merged.old) or EVERY)
    old, new = (_limit(schema, edge, whole=whole) for schema in (merged.old, merged.new))
    if old == new:
        return
    exclusive = edge.exclusive in merged.new or (
        edge.exclusive in merged.old and edge.keyword not in merged.new
    )
    keyword = edge.exclusive if exclusive else edge.keyword
    before, after = (
        schema.get(keyword, schema.get(edge.keyword, schema.get(edge.exclusive)))
        for schema in (merged.old, merged.new)
    )
    tighter = _is_tighter(old, new, least=edge.least)
    _moved(merged, types, _Moved(keyword, before, after, tighter, NUMBERS))


def _limit(schema: Schema, edge: Edge, *, whole: bool) -> tuple[Any, int] | None:
    """The bound of a number: what it is compared by. Between integers `> 0` is `>= 1`."""
    sign = 1 if edge.least else -1
    found: list[tuple[Any, int]] = []
    if isinstance(value := schema.get(edge.keyword), int | float):
        found.append((value, 0))
    if isinstance(value := schema.get(edge.exclusive), int | float):
        found.append((value + sign, 0) if whole and value == int(value) else (value, sign))
    if not found:
        return None
    return max(found) if edge.least else min(found)


def _is_tighter(old: Any, new: Any, *, least: bool) -> bool:
    """Whether a bound allows less than it did; None is no bound."""
    if old is None or new is None:
        return old is None
    return (new > old) is least


@dataclass(frozen=True, slots=True)
class _Moved:
    """A bound that is another one; None is no bound."""

    keyword: str
    old: Any
    new: Any
    tighter: bool
    types: frozenset[str]


def _moved(merged: Merged, types: frozenset[str], moved: _Moved) -> None:
    concerned = bool(moved.types & types)
    guard = NO_GUARD if concerned else of_no_such_type(moved.keyword, types, tighter=moved.tighter)
    rule = "bound-tightened" if moved.tighter else "bound-loosened"
    merged.edit(rule, moved.keyword, _says(moved.keyword, moved.old, moved.new), guard)


def _multiple(merged: Merged) -> None:
    old, new = merged.both("multipleOf")
    if old != new:
        merged.edit(_multiples(old, new), "multipleOf", _says("multipleOf", old, new))


def _multiples(old: Any, new: Any) -> str:
    """The rule of a change of `multipleOf`."""
    if old is None:
        return "bound-tightened"
    if new is None:
        return "bound-loosened"
    before, after = Fraction(str(old)), Fraction(str(new))
    if after % before == 0:
        return "bound-tightened"
    return "bound-loosened" if before % after == 0 else "bound-changed"


def _says(keyword: str, old: Any, new: Any) -> dict[str, str]:
    return {
        "name": f"`{keyword}`",
        "before": shown(old),
        "after": shown(new) if new is not None else f"no more; it was {shown(old)}",
        "was": "" if new is None else "; it had none" if old is None else f" instead of {shown(old)}",
    }
