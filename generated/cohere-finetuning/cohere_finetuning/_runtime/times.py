"""Dates and times as servers write them, beyond what msgspec reads (RFC 3339, with a space, `z` or `+0000`).

Each reader returns `None` for what it cannot read, and the text itself for what is right but more than Python's type can
hold: a leap second, a duration in months.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Any, Final

_DATE = r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)"
_CLOCK = r"(?P<hour>\d\d):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,](?P<fraction>\d{1,18}))?)?"
_ZONE = r"\s?(?P<zone>[Zz]|(?P<sign>[+-])(?P<ahead>\d\d)(?::?(?P<minutes>\d\d))?)?"
_DATETIME: Final = re.compile(rf"{_DATE}(?:[Tt ]{_CLOCK}{_ZONE})?", re.ASCII)
_TIME: Final = re.compile(rf"{_CLOCK}{_ZONE}", re.ASCII)
_RFC1123: Final = re.compile(
    r"[A-Z][a-z]{2}, (\d\d) ([A-Z][a-z]{2}) (\d{4}) (\d\d):(\d\d):(\d\d) (?:GMT|UTC)", re.ASCII
)
_DURATION: Final = re.compile(
    r"-?P(?=.)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?", re.ASCII
)
_MONTHS: Final[dict[str, int]] = {
    name: number
    for number, name in enumerate(
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"], start=1
    )
}
_LEAP = 60
_MIDNIGHT_AFTER = 24
# Epoch seconds above this are beyond the year 5000, and so milliseconds.
_MILLISECONDS = 100_000_000_000


def read_datetime(value: Any) -> dt.datetime | str | None:
    """A date and time: also without seconds or time, with `24:00`, as RFC 1123, or as seconds or milliseconds of the epoch."""
    try:
        if type(value) is int or type(value) is float:
            seconds = value / 1000 if abs(value) > _MILLISECONDS else value
            return dt.datetime.fromtimestamp(seconds, dt.UTC)
        if type(value) is not str:
            return None
        if (found := _DATETIME.fullmatch(value)) is not None:
            date = dt.date(int(found["year"]), int(found["month"]), int(found["day"]))
            return value if _leaps(found) else _clock(found, date)
        if (found := _RFC1123.fullmatch(value)) is not None:
            day, month, year, hour, minute, second = found.groups()
            number = _MONTHS[month]
            return dt.datetime(
                int(year), number, int(day), int(hour), int(minute), int(second), tzinfo=dt.UTC
            )
    except (KeyError, ValueError, OverflowError, OSError):
        return None
    return None


def read_date(value: Any) -> dt.date | None:
    """A date, also at the start of a date and time."""
    found = read_datetime(value) if type(value) is str else None
    return found.date() if isinstance(found, dt.datetime) else None


def read_time(value: Any) -> dt.time | str | None:
    """A time of day, also without seconds."""
    found = _TIME.fullmatch(value) if type(value) is str else None
    if found is None:
        return None
    try:
        return value if _leaps(found) else _clock(found, dt.date(2000, 1, 1)).timetz()
    except ValueError:
        return None


def read_timedelta(value: Any) -> str | None:
    """The text of a duration that has years or months, whose length varies."""
    return value if type(value) is str and _DURATION.fullmatch(value) is not None else None


def _leaps(found: re.Match[str]) -> bool:
    return found["second"] is not None and int(found["second"]) == _LEAP


def _clock(found: re.Match[str], date: dt.date) -> dt.datetime:
    hour = int(found["hour"] or 0)
    after = hour == _MIDNIGHT_AFTER
    read = dt.datetime(
        date.year,
        date.month,
        date.day,
        0 if after else hour,
        int(found["minute"] or 0),
        int(found["second"] or 0),
        int((found["fraction"] or "")[:6].ljust(6, "0")),
        tzinfo=_zone(found),
    )
    if not after:
        return read
    if read.minute or read.second or read.microsecond:
        raise ValueError("the day ends at 24:00")
    return read + dt.timedelta(days=1)


def _zone(found: re.Match[str]) -> dt.tzinfo | None:
    if found["zone"] is None:
        return None
    if found["sign"] is None:
        return dt.UTC
    offset = dt.timedelta(hours=int(found["ahead"]), minutes=int(found["minutes"] or 0))
    return dt.timezone(-offset if found["sign"] == "-" else offset)
