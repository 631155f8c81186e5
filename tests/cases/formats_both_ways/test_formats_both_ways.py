from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest

if TYPE_CHECKING:
    from cases.server import Server

DAY = dt.date(2026, 1, 31)
MOMENT = dt.datetime(2026, 1, 31, 12, 0, 0, 250000, tzinfo=dt.UTC)
ID = UUID("11111111-2222-4333-8444-555555555555")


@pytest.mark.parametrize(
    ("name", "value", "wire"),
    [
        ("moment", MOMENT, "2026-01-31T12:00:00.250000Z"),
        (
            "moment",
            dt.datetime(2026, 1, 31, tzinfo=dt.timezone(dt.timedelta(hours=-3))),
            "2026-01-31T00:00:00-03:00",
        ),
        ("day", DAY, "2026-01-31"),
        ("clock", dt.time(12, 30, tzinfo=dt.UTC), "12:30:00Z"),
        ("span", dt.timedelta(days=1, hours=2, seconds=3), "P1DT2H0M3S"),
        ("id", ID, str(ID)),
        ("data", b"\x00\xff", "AP8="),
        ("amount", Decimal("1.10"), "1.10"),
        ("count", 2**63 - 1, 2**63 - 1),
        ("ratio", 0.1, 0.1),
        ("mail", "ann@example.com", "ann@example.com"),
        ("unknown", "anything", "anything"),
        ("moments", [MOMENT], ["2026-01-31T12:00:00.250000Z"]),
        ("days", {"a": DAY}, {"a": "2026-01-31"}),
        ("maybe", ID, str(ID)),
        ("named", MOMENT, "2026-01-31T12:00:00.250000Z"),
    ],
)
def test_go_out_and_come_back(client: Any, server: Server, name: str, value: Any, wire: Any) -> None:
    server.answer({name: wire})
    answer = client.send(DAY, **{name: value})
    assert getattr(answer, name) == value
    # By value and not by letter: fractions and the like may be written otherwise.
    server.answer(server.take().json)
    assert getattr(client.send(DAY, **{name: value}), name) == value


def test_parameters_have_them_too(client: Any, server: Server) -> None:
    server.answer({})
    client.send(DAY, since=MOMENT, ids=[ID], x_for=dt.timedelta(minutes=5))
    seen = server.take()
    path, _, query = seen.target.partition("?")
    assert path == "/values/2026-01-31"
    assert query.startswith("since=2026-01-31T12%3A00%3A00")
    assert query.endswith(f"&ids={ID}")
    assert seen.headers["x-for"] == "PT5M"


@pytest.mark.parametrize("name", ["moment", "day", "clock", "span", "id"])
def test_text_that_is_none_is_an_issue(package: Any, name: str) -> None:
    for validate in (package.validators.validate_values, package.validators.validate_values_input):
        assert [(issue.pointer, issue.keyword) for issue in validate({name: "x"})] == [(f"/{name}", "format")]


def test_an_answer_that_is_none_is_told_and_read_all_the_same(
    client: Any, server: Server, package: Any
) -> None:
    server.answer({"moment": "yesterday", "day": "2026-01-31", "ratio": 2})
    with pytest.warns(package.ResponseMismatch) as caught:
        answer = client.send(DAY)
    assert (answer.moment, answer.day, answer.ratio) == (None, DAY, 2.0)
    assert [issue.pointer for issue in caught[0].message.issues] == ["/moment"]


def test_a_moment_without_zone_is_refused(client: Any, server: Server, package: Any) -> None:
    with pytest.raises(package.RequestInvalid) as caught:
        client.send(DAY, moment=dt.datetime(2026, 1, 31))  # noqa: DTZ001 - the point
    assert [issue.pointer for issue in caught.value.issues] == ["/moment"]
    assert server.untouched
