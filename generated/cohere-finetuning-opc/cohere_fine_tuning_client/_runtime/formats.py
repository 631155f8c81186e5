"""Times and UUIDs: which texts are of these formats."""

from __future__ import annotations

import re
from typing import Final

from .expressions import whole

__all__ = ["is_date", "is_date_time", "is_duration", "is_time", "is_uuid"]

_HOUR: Final = "(?:[01][0-9]|2[0-3])"
_MINUTE: Final = "[0-5][0-9]"
_FRACTION: Final = r"(?:\.[0-9]++)?+"
_TIME: Final = rf"{_HOUR}:{_MINUTE}:{_MINUTE}{_FRACTION}(?:[Zz]|[+-]{_HOUR}:{_MINUTE})"
# The days that most months have first; each digit is written out, since a counted repeat is slower.
_DAY: Final = (
    "(?:[0-9][0-9][0-9][0-9]-(?:(?:0[1-9]|1[0-2])-(?:[12][0-8]|0[1-9]|19)"
    "|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)"
    "|(?:[0-9][0-9](?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)-02-29)"
)

_date: Final = re.compile(_DAY).fullmatch
_usual_date_time: Final = re.compile(rf"{_DAY}[Tt]{_TIME}").fullmatch
_usual_time: Final = re.compile(_TIME).fullmatch
_uuid: Final = re.compile("[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}").fullmatch

_DATE_AND_SEPARATOR: Final = rf"{_DAY}[Tt]"
_LEAP_SECOND: Final = rf"({_HOUR}):({_MINUTE}):60{_FRACTION}(?:[Zz]|([+-])({_HOUR}):({_MINUTE}))"
_MINUTES_OF_A_DAY: Final = 24 * 60
# A unit may be left out at either end, and not in between: `P1Y1D` and `PT1H1S` are none.
_DAYS: Final = r"(?:\d+Y(?:\d+M(?:\d+D)?)?|\d+M(?:\d+D)?|\d+D)".replace(r"\d+", "[0-9]++")
_SECONDS: Final = r"T(?:\d+H(?:\d+M(?:\d+S)?)?|\d+M(?:\d+S)?|\d+S)".replace(r"\d+", "[0-9]++")
_DURATION: Final = rf"P(?:{_DAYS}(?:{_SECONDS})?|{_SECONDS}|[0-9]++W)"


def is_date(text: str) -> bool:
    """Whether `text` is a `full-date` (RFC 3339, section 5.6) of the calendar (appendix C); the year 0 is in it."""
    return _date(text) is not None


def is_time(text: str) -> bool:
    """Whether `text` is a `full-time` (RFC 3339, section 5.6); a leap second comes at 23:59:60 UTC only (section 5.7)."""
    return _usual_time(text) is not None or _is_leap_second(text)


def is_date_time(text: str) -> bool:
    """Whether `text` is a `date-time` (RFC 3339, section 5.6) of the calendar.

    In which months a leap second was added is not asked: who writes the text may know of one that was announced since.
    """
    if _usual_date_time(text):
        return True
    date, time = text[: len("yyyy-mm-ddT")], text[len("yyyy-mm-ddT") :]
    return _is_leap_second(time) and bool(whole(_DATE_AND_SEPARATOR)(date))


def _is_leap_second(text: str) -> bool:
    parts = whole(_LEAP_SECOND)(text)
    if parts is None:
        return False
    hour, minute, sign, offset_hour, offset_minute = parts.groups()
    offset = int(f"{sign or '+'}1") * (int(offset_hour or 0) * 60 + int(offset_minute or 0))
    return (int(hour) * 60 + int(minute) - offset) % _MINUTES_OF_A_DAY == _MINUTES_OF_A_DAY - 1


def is_duration(text: str) -> bool:
    """Whether `text` is a `duration` (RFC 3339, appendix A), its letters capitals, as in ISO 8601."""
    return whole(_DURATION)(text) is not None


def is_uuid(text: str) -> bool:
    """Whether `text` is a UUID (RFC 4122, section 3), of any version and variant."""
    return _uuid(text) is not None
