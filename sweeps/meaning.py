"""Whether two values mean the same: numbers by their value, times by their instant, bytes by what they encode."""

from __future__ import annotations

import binascii
import datetime as dt
import json
import re
from base64 import b64decode
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

if TYPE_CHECKING:
    from collections.abc import Callable


def same(one: Any, other: Any) -> bool:
    """Whether two JSON values mean the same, by the formats that their texts have."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, int | float) and isinstance(other, int | float):
        return one == other
    if isinstance(one, str) and isinstance(other, str):
        return one == other or _same_format(one, other)
    return one is None and other is None


def difference(one: Any, other: Any, pointer: str = "") -> str:
    """The first place where two values differ, and how; empty where they mean the same."""
    if isinstance(one, dict) and isinstance(other, dict):
        for key in [*one, *(key for key in other if key not in one)]:
            if key not in other or key not in one:
                return f"{pointer}/{key} is {'missing' if key not in other else 'surplus'}"
            if found := difference(one[key], other[key], f"{pointer}/{key}"):
                return found
        return ""
    if isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        found = (difference(*pair, f"{pointer}/{at}") for at, pair in enumerate(zip(one, other, strict=True)))
        return next(filter(None, found), "")
    return "" if same(one, other) else f"{pointer or '/'} is {other!r:.80} for {one!r:.80}"


def same_text(arrived: Any, given: Any) -> bool:
    """Whether texts of the wire mean a value."""
    if isinstance(given, list):
        return (
            isinstance(arrived, list) and len(arrived) == len(given) and all(map(same_text, arrived, given))
        )
    if isinstance(given, dict):
        return (
            isinstance(arrived, dict)
            and arrived.keys() == given.keys()
            and all(same_text(arrived[key], given[key]) for key in given)
        )
    if not isinstance(arrived, str):
        return same(arrived, given)
    if isinstance(given, bool) or given is None:
        return arrived == json.dumps(given) or (given is None and not arrived)
    if isinstance(given, int | float):
        try:
            return Decimal(arrived) == Decimal(repr(given))
        except InvalidOperation:
            return False
    return same(arrived, given)


SILENT: Final[tuple[Any, ...]] = ([], {}, None)
"""What names and values have no form for."""


def spoken(value: Any) -> Any:
    """A value without the members and items that a form can't hold."""
    if isinstance(value, dict):
        members = {key: spoken(item) for key, item in value.items()}
        return {key: item for key, item in members.items() if item not in SILENT}
    if isinstance(value, list):
        return [item for item in map(spoken, value) if item not in SILENT]
    return value


_DURATION: Final = re.compile(
    r"P(?:(?P<weeks>[\d.]+)W)?(?:(?P<days>[\d.]+)D)?"
    r"(?:T(?:(?P<hours>[\d.]+)H)?(?:(?P<minutes>[\d.]+)M)?(?:(?P<seconds>[\d.]+)S)?)?"
)


def duration(text: str) -> dt.timedelta:
    """A duration of ISO 8601 without months and years; ValueError where it is none."""
    match = _DURATION.fullmatch(text)
    if match is None or not any(match.groups()):
        raise ValueError("no duration")
    return dt.timedelta(**{name: float(number) for name, number in match.groupdict().items() if number})


def moment(text: str) -> dt.datetime:
    """A date-time of RFC 3339, in UTC."""
    if "T" not in text.upper() or len(text) < len("2024-01-01T00:00"):
        raise ValueError("no date-time")
    return dt.datetime.fromisoformat(text.upper()).astimezone(dt.UTC)


def clock(text: str) -> dt.datetime:
    """A time of RFC 3339, as an instant of some day."""
    if ":" not in text:
        raise ValueError("no time")
    return dt.datetime.combine(dt.date(2000, 1, 2), dt.time.fromisoformat(text.upper()))


def content(text: str) -> bytes:
    """What base64 encodes."""
    return b64decode(text.encode("ascii"), validate=True)


_READERS: Final[tuple[Callable[[str], Any], ...]] = (moment, clock, duration, UUID, content, Decimal)


_FINEST: Final = dt.timedelta(microseconds=1)
"""Python's times hold no less; finer fractions are rounded."""


def _same_format(one: str, other: str) -> bool:
    for read in _READERS:
        try:
            first, second = read(one), read(other)
        except (ValueError, InvalidOperation, binascii.Error, OverflowError):
            continue
        if first == second or (isinstance(first, dt.datetime) and abs(first - second) <= _FINEST):
            return True
    return False
