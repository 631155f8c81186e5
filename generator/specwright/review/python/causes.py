"""Why a type changed that is written out wherever it is used: the alias behind it did.

Aliases of schemas that are no classes have a name of their own, but fields and arguments have what they stand for. A
change of such a schema is one change of the document, and is found at each of them.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, cast

from specwright.plan.ir import Alias, ExtraOf, ListOf, Literals, MapOf, Named, Scalar, TupleOf, UnionOf
from specwright.review.python.types import options

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator

    from specwright.plan.ir import Type
    from specwright.review.python.pairing import Pairs

    Written = frozenset[tuple[Hashable, ...]]


class Causes:
    """The aliases that stand for something else now."""

    def __init__(self, pairs: Pairs) -> None:
        self._pairs = pairs

    @cached_property
    def _changed(self) -> list[tuple[Written, Written, str]]:
        return list(self._aliases())

    def _aliases(self) -> Iterator[tuple[Written, Written, str]]:
        for olds, news, names in self._pairs.kinds:
            for name, other in names.items():
                one, now = olds[name], news[other]
                if isinstance(one, Alias) and isinstance(now, Alias):
                    was, is_ = written(self._pairs.translated(one.type)), written(now.type)
                    if was != is_:
                        yield was, is_, self._pairs.new.key(other)

    def of(self, old: Type, new: Type) -> str:
        """The place of the schema that made one type the other; "" where none is known."""
        if not self._changed:
            return ""
        was, now = written(old), written(new)
        found = (key for one, other, key in self._changed if _swapped(was, one, other) == now)
        return next(found, "")


def written(type_: Type) -> Written:
    """A type as the set of what it is a union of, the types in it likewise."""
    return frozenset(_alone(option) for option in options(type_))


def _alone(type_: Type) -> tuple[Hashable, ...]:
    match type_:
        case Scalar(name) | Named(name):
            return (type(type_).__name__, name)
        case ListOf(inner) | MapOf(inner) | ExtraOf(inner):
            return (type(type_).__name__, written(inner))
        case TupleOf(items):
            return ("TupleOf", *map(written, items))
        case Literals(values):
            return ("Literals", *((type(value), value) for value in values))
        case UnionOf():
            return ("UnionOf", written(type_))


def _swapped(whole: Written, old: Written, new: Written) -> Written:
    """The type with one type in it in place of another."""
    here = (whole - old) | new if old <= whole else whole
    return frozenset(tuple(_inside(part, old, new) for part in option) for option in here)


def _inside(part: Hashable, old: Written, new: Written) -> Hashable:
    return _swapped(cast("Written", part), old, new) if isinstance(part, frozenset) else part
