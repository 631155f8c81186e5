"""What validators ask of values beyond their type: formats, integers, equality."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from math import isfinite
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "among",
    "integral",
    "is_date",
    "is_date_time",
    "is_duration",
    "is_time",
    "is_uuid",
    "multiple",
    "unique",
]

_TIME: Final = r"(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:[Zz]|[+-](?:[01]\d|2[0-3]):[0-5]\d)"
_DAY: Final = r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])"

# The usual case in one expression: a day that every month has, and no leap second.
_usual_date_time = re.compile(  # four digits written out: a counted repeat is slower
    rf"[0-9][0-9][0-9][0-9]-(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])[Tt]{_TIME}", re.ASCII
).fullmatch
_date_time = re.compile(rf"({_DAY})[Tt](.*)", re.ASCII | re.DOTALL).fullmatch
_leap_second = re.compile(r"(\d\d):(\d\d):60(?:\.\d+)?(?:[Zz]|([+-])(\d\d):(\d\d))", re.ASCII).fullmatch
_time = re.compile(_TIME, re.ASCII).fullmatch
_date = re.compile(_DAY, re.ASCII).fullmatch
_uuid = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}").fullmatch
_duration = re.compile(
    r"P(?:\d+W|(?=\d|T\d)(?:\d+Y(?:\d+M(?:\d+D)?)?|\d+M(?:\d+D)?|\d+D)?(?:T(?=\d)(?:\d+H(?:\d+M(?:\d+S)?)?|\d+M(?:\d+S)?|\d+S))?)",
    re.ASCII,
).fullmatch


def is_date(text: str) -> bool:
    """Whether `text` is a `full-date` (RFC 3339, section 5.6) of the calendar."""
    if not _date(text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        # Python has no year 0, RFC 3339 does; it was a leap year.
        return text.startswith("0000-") and is_date(f"0004-{text[5:]}")
    return True


def is_time(text: str) -> bool:
    """Whether `text` is a `full-time` (RFC 3339, section 5.6); a leap second comes at 23:59:60 UTC only."""
    return bool(_time(text)) or _is_leap_second(text)


def is_date_time(text: str) -> bool:
    """Whether `text` is a `date-time` (RFC 3339, section 5.6) of the calendar."""
    if _usual_date_time(text):
        return True
    parts = _date_time(text)
    return parts is not None and is_date(parts[1]) and is_time(parts[2])


def _is_leap_second(text: str) -> bool:
    parts = _leap_second(text)
    if parts is None:
        return False
    hour, minute, sign, offset_hour, offset_minute = parts.groups()
    offset = int(offset_hour or 0) * 60 + int(offset_minute or 0)
    if int(hour) > 23 or int(minute) > 59 or int(offset_hour or 0) > 23 or int(offset_minute or 0) > 59:  # noqa: PLR2004
        return False
    local = int(hour) * 60 + int(minute)
    return (local - offset if sign == "+" else local + offset) % 1440 == 1439  # noqa: PLR2004 -- minutes of a day


def is_duration(text: str) -> bool:
    """Whether `text` is a `duration` (RFC 3339, appendix A)."""
    return bool(_duration(text))


def is_uuid(text: str) -> bool:
    """Whether `text` is a UUID (RFC 4122, section 3)."""
    return bool(_uuid(text))


def integral(value: Any) -> bool:
    """Whether a value that is no `int` is an integer all the same: `1.0` is (JSON Schema Core, section 4.2.3)."""
    return value.__class__ is float and value.is_integer()


def multiple(value: float, divisor: float) -> bool:
    """Whether `value` is a multiple of `divisor`, in exact decimal arithmetic; what is not finite is none."""
    if isinstance(value, int) and isinstance(divisor, int):
        return value % divisor == 0
    if any(isinstance(part, float) and not isfinite(part) for part in (value, divisor)):
        return False
    number, unit = (Decimal(repr(part)).as_integer_ratio() for part in (value, divisor))
    return number[0] * unit[1] % (number[1] * unit[0]) == 0


def among(value: Any, values: Iterable[Any]) -> bool:
    """Whether `value` equals one of `values` as JSON does: `1` is `1.0`, and no boolean is a number."""
    return any(equal(value, other) for other in values)


def equal(first: Any, second: Any) -> bool:
    """Whether two values of JSON are equal (JSON Schema Core 2020-12, section 4.2.2)."""
    if first.__class__ is list and second.__class__ is list:
        return len(first) == len(second) and all(map(equal, first, second))
    if first.__class__ is dict and second.__class__ is dict:
        return first.keys() == second.keys() and all(equal(first[key], second[key]) for key in first)
    return bool((first.__class__ is bool) is (second.__class__ is bool) and first == second)


def unique(items: list[Any]) -> bool:
    """Whether no two items are equal, in time that grows linearly."""
    return len({_comparable(item) for item in items}) == len(items)


def _comparable(value: Any) -> object:
    """Something hashable that equals that of another value just where JSON's values are equal."""
    if value.__class__ is bool:
        return ("bool", value)
    if value.__class__ is list:
        return ("list", *map(_comparable, value))
    if value.__class__ is dict:
        return ("dict", frozenset((key, _comparable(value[key])) for key in value))
    return value
