"""Checks -> the statements of a validator: straight-line Python over decoded JSON that adds to `issues`."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any, cast

from specwright.emit.checks.spots import Spot, is_of, wrong_type
from specwright.emit.checks.statements import If, tested, written
from specwright.emit.checks.values import of_value
from specwright.emit.code import Code, code, join, name
from specwright.plan.ir import Checks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specwright.emit.checks.statements import Body
    from specwright.plan.ir import OtherProperties, Validator


def statements(validator: Validator) -> Code:
    """The body of a validator of `value`: it returns the issues, or whether there are none."""
    checks, tests = validator.checks, validator.tests
    spot = Spot(name("value"), tests=tests)
    first: Body = ()
    known = None
    if checks.types is not None and len(checks.types) == 1 and _is_said_by_type(checks):
        # The usual schema: a value of another type has no other issue.
        (known,) = checks.types
        refusal = code("return False") if tests else code("return [{}]", wrong_type(checks, spot))
        first = (If(is_of(known, spot.item, holds=False), (refusal,)),)
    rest = of_value(checks, spot, known)
    if tests:
        return join("\n    ", written(tested((*first, *rest))))
    if not rest:
        return join("\n    ", written((*first, code("return []"))))
    return join("\n    ", written((*first, code("issues: list[Issue] = []"), *rest, code("return issues"))))


def _is_said_by_type(checks: Checks) -> bool:
    return checks.values is None or checks.constant is not None


def parts(checks: Checks) -> Iterator[Checks]:
    """The checks themselves and all that they are made of."""
    return (part for part in _parts(checks) if isinstance(part, Checks))


def others(checks: Checks) -> Iterator[OtherProperties]:
    """What is said of properties that are not declared, at any depth."""
    for part in parts(checks):
        if part.object is not None:
            yield from part.object.others


def _parts(value: object) -> Iterator[object]:
    yield value
    if isinstance(value, tuple):
        for item in cast("tuple[object, ...]", value):
            yield from _parts(item)
    elif is_dataclass(value):
        for field in fields(value):
            inner: Any = getattr(value, field.name)
            if isinstance(inner, tuple) or is_dataclass(inner):
                yield from _parts(cast("object", inner))
