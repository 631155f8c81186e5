"""Checks -> the statements of a validator: straight-line Python over decoded JSON that adds to `issues`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from specwright.emit.checks.spots import Spot, is_of, wrong_type
from specwright.emit.checks.statements import If, tested, written
from specwright.emit.checks.values import of_value
from specwright.emit.code import Code, code, join, name

if TYPE_CHECKING:
    from specwright.emit.checks.statements import Body
    from specwright.plan.ir import Checks, Validator


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
