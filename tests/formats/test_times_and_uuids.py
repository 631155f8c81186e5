"""Dates, times, durations (RFC 3339) and UUIDs (RFC 4122): tables by hand."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from asserted import check, rows

VALID = {
    "date": ["0000-01-01", "0000-02-29", "0004-02-29", "1996-02-29", "2000-02-29", "2400-02-29", "9999-12-31"],
    "date-time": [
        "0000-02-29T00:00:00Z",
        "1985-04-12t23:20:50.52z",
        "1996-12-19T16:39:57-08:00",
        "1990-12-31T23:59:60Z",
        "1990-12-31T15:59:60-08:00",
        "1937-01-01T12:00:27.87+00:20",
        "2024-02-29T23:59:59.000000000000000000001Z",
        "2024-01-31T00:00:00-00:00",
        "2024-04-30T00:00:00+23:59",
        "2016-12-31T23:59:60.123456+00:00",
        "2017-01-01T05:29:60+05:30",  # in UTC it is the last second of the year before
        "2024-02-29T23:59:60Z",  # none was announced for then, and the grammar does not know
    ],
    "time": ["00:00:00Z", "23:59:59.9z", "00:00:00-23:59", "23:59:60-00:00", "23:58:60-00:01", "00:00:60+00:01"],
    "duration": ["P0Y", "P007D", "P1YT1S", "P1M1DT1M1S", "PT1M1S", "PT0H", "P1W", f"P{'9' * 1000}W"],
    "uuid": ["ffffffff-ffff-ffff-ffff-ffffffffffff", "00000000-0000-0000-c000-000000000046"],
}  # fmt: skip
INVALID = {
    "date": [
        "",
        "0100-02-29",
        "1900-02-29",
        "2023-02-29",
        "2024-02-30",
        "2024-04-31",
        "2024-11-31",
        "2024-12-32",
        "2024-13-01",
        "2024-1-1",
        "2024-001",
        "+2024-01-01",
        "2024-01-01\n",
        "\uff12024-01-01",
        "2024\u201301\u201301",
    ],
    "date-time": [
        "",
        "T",
        "2024-01-01",
        "2024-01-01T00:00:00",
        "2024-01-01 00:00:00Z",
        "2024-01-01_00:00:00Z",
        "2024-01-01T24:00:00Z",
        "2024-01-01T00:00Z",
        "2024-01-01T000000Z",
        "2024-01-01T00:00:00.Z",
        "2024-01-01T00:00:00,5Z",
        "2024-01-01T00:00:00+0100",
        "2024-01-01T00:00:00+01",
        "2024-01-01T00:00:00\u221201:00",
        "2024-01-01T00:00:00+24:00",
        "2024-01-01T00:00:00+01:60",
        "2024-01-01T00:00:00ZZ",
        "2023-02-29T23:59:60Z",
        "2024-01-01T23:59:60+01:00",
        "2016-12-31T24:59:60+01:00",
        "2016-12-31T23:60:60+00:01",
        "2024-01-01T00:00:\u0660\u0660Z",
    ],
    "time": ["", "Z", "00:00:00", "24:00:00Z", "00:00:60Z", "23:59:61Z", "23:59:60+01:00", "1:00:00Z", "00:00:00Z\n"],
    "duration": ["", "P", "PT", "P1", "P1YT", "P1Y1D", "PT1H1S", "P1W1D", "P1WT1H", "P1.5D", "P1,5D", "+P1D", "-P1D", "P-1D", "1D", "PT1D",
                 "P1S", "P1D1M", "p1d", "P\u0661D", "P1D ", "P1D\n"],
    "uuid": ["", "{2eb8aa08-aa98-11ea-b4aa-73b441d16380}", "2eb8aa08-aa98-11ea-b4aa-73b441d1638g", "2eb8aa08_aa98_11ea_b4aa_73b441d16380",
             "2eb8aa08-aa98-11ea-b4aa-73b441d163800", "\uff12eb8aa08-aa98-11ea-b4aa-73b441d1638"],
}  # fmt: skip


@pytest.mark.parametrize(("name", "text"), rows(VALID))
def test_texts_of_the_format(name: str, text: str) -> None:
    assert check(name)(text)


@pytest.mark.parametrize(("name", "text"), rows(INVALID))
def test_texts_that_are_not_of_the_format(name: str, text: str) -> None:
    assert not check(name)(text)


def test_the_days_of_eight_hundred_years_are_those_of_the_calendar() -> None:
    is_date, is_date_time = check("date"), check("date-time")
    first = date(1601, 1, 1)
    calendar = {(first + timedelta(days)).isoformat() for days in range(2 * 146_097)}
    written = {f"{y}-{m:02}-{d:02}" for y in range(1601, 2401) for m in range(14) for d in range(33)}
    assert {text for text in written if is_date(text)} == calendar
    assert {text for text in written if is_date_time(f"{text}T00:00:00Z")} == calendar
