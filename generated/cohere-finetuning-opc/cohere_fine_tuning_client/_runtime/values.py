"""What validators ask of numbers and of whole values: integers, multiples, equality."""

from __future__ import annotations

from decimal import Decimal
from math import isfinite
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["among", "integral", "multiple", "unique"]


def integral(value: Any) -> bool:
    """Whether a value that is no `int` is an integer all the same: `1.0` is (JSON Schema Core, section 4.2.3)."""
    return value.__class__ is float and value.is_integer()


def multiple(value: float, divisor: float) -> bool:
    """Whether `value` is a multiple of `divisor`, in exact decimal arithmetic; what is not finite is none."""
    if isinstance(value, int) and isinstance(divisor, int):
        return value % divisor == 0
    if any(isinstance(part, float) and not isfinite(part) for part in (value, divisor)):
        return False
    number, unit = (_fraction(part) for part in (value, divisor))
    return number[0] * unit[1] % (number[1] * unit[0]) == 0


def _fraction(value: float) -> tuple[int, int]:
    """A number as it is written, as numerator and denominator: 19.99 is 1999 by 100."""
    return (value, 1) if isinstance(value, int) else Decimal(repr(value)).as_integer_ratio()


def among(value: Any, values: Iterable[Any]) -> bool:
    """Whether `value` equals one of `values` as JSON does: `1` is `1.0`, and no boolean is a number."""
    return any(equal(value, other) for other in values)


def equal(first: Any, second: Any) -> bool:
    """Whether two values of JSON are equal (JSON Schema Core 2020-12, section 4.2.2)."""
    if first.__class__ is str or second.__class__ is str:
        return bool(first == second)
    return comparable(first) == comparable(second)


def unique(items: list[Any]) -> bool:
    """Whether no two items are equal, in time that grows linearly."""
    return len({comparable(item) for item in items}) == len(items)


def comparable(value: Any) -> object:
    """Something hashable that equals that of another value just where JSON's values are equal, however deep they are."""
    if value.__class__ is str:
        return value
    if value.__class__ is int or value.__class__ is float:
        return _number(value)
    tokens: list[object] = []
    waiting = [value]
    while waiting:
        part = waiting.pop()
        if part.__class__ is list:
            tokens.append((list, len(part)))
            waiting += part
        elif part.__class__ is dict:
            names = sorted(part)
            tokens.append((dict, *names))
            waiting += [part[name] for name in names]
        elif part.__class__ is bool:
            tokens.append((bool, part))
        else:
            tokens.append(_number(part) if part.__class__ is int or part.__class__ is float else part)
    return tuple(tokens)


def _number(value: Any) -> object:
    """A number, large ones as text: of integers that are chosen for it, hashes could all be one."""
    if -_LARGE < value < _LARGE or (isinstance(value, float) and not isfinite(value)):
        return value
    return (int, hex(int(value)))


_LARGE: Final = 2**60
