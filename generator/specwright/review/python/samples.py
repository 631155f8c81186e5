"""Values that stand for any of a type, in examples."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from specwright.plan.ir import (
    Alias,
    Choice,
    InputDict,
    InputEnum,
    ListOf,
    Literals,
    Named,
    Scalar,
    TupleOf,
    UnionOf,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from specwright.plan.ir import Json, ScalarName, Type
    from specwright.review.python.sides import Side

SCALARS: Final[Mapping[ScalarName, Json]] = {
    "bool": True,
    "date": "2026-01-31",
    "datetime": "2026-01-31T12:00:00Z",
    "decimal": "1.5",
    "float": 1.5,
    "int": 1,
    "none": None,
    "time": "12:00:00Z",
    "timedelta": "PT1H",
    "uuid": "11111111-2222-4333-8444-555555555555",
}
"""As they go on the wire; of the others, text."""

DEEPEST: Final = 4
"""Levels of inputs that are filled; they may be made of themselves."""


class Samples:
    """Values of the types of one package."""

    def __init__(self, side: Side) -> None:
        self._inputs = side.inputs

    def of(self, type_: Type, depth: int = 0) -> Json:
        """A value as it goes on the wire: the first of what it may be, with what it has to have."""
        match type_:
            case Scalar(scalar):
                return SCALARS.get(scalar, "text")
            case Literals((first, *_)):
                return first
            case UnionOf((first, *_)):
                return self.of(first, depth)
            case ListOf(item):
                return [self.of(item, depth)] if depth < DEEPEST else []
            case TupleOf(items):
                return [self.of(item, depth) for item in items]
            case Named(name):
                return self._named(name, depth)
            case _:
                return {}

    def _named(self, name: str, depth: int) -> Json:
        match self._inputs.get(name):
            case InputEnum(values=(first, *_)):
                return first
            case InputDict(keys=keys) if depth < DEEPEST:
                return {key.wire: self.of(key.type, depth + 1) for key in keys if key.required}
            case Choice(type=content) | Alias(type=content) if depth < DEEPEST:
                return self.of(content, depth + 1)
            case _:
                return {}
