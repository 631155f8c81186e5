"""Values of callers as plain JSON."""

from __future__ import annotations

import datetime as dt
import json
from collections import OrderedDict, defaultdict
from decimal import Decimal
from enum import Enum, IntEnum, StrEnum
from types import MappingProxyType
from typing import Any, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from widgets import Part, Widget

from specwright.runtime.encode import DEEPEST, json_bytes, plain
from specwright.runtime.model import OpenIntEnum, OpenStrEnum
from specwright.runtime.types import OMIT


class Weekday(IntEnum):
    MONDAY = 1


class Plain(Enum):
    PAIR = (1, "x")


class Open(OpenStrEnum):
    A = "a"


class OpenNumber(OpenIntEnum):
    ONE = 1


class Pair(NamedTuple):
    left: int
    right: str


class HostileStr(str):
    __slots__ = ("private",)

    def __str__(self) -> str:
        raise AssertionError

    __repr__ = __format__ = __iter__ = __str__

    def encode(self, *_: Any) -> bytes:
        raise AssertionError

    def isascii(self) -> bool:
        raise AssertionError


class HostileDict(dict):
    def items(self) -> Any:
        return [("injected", True)]

    def __iter__(self) -> Any:
        raise AssertionError

    keys = values = __getitem__ = __iter__


class HostileInt(int):
    def __str__(self) -> str:
        raise AssertionError

    __int__ = __index__ = __repr__ = __str__


class HostileFloat(float):
    def __float__(self) -> float:
        raise AssertionError

    __repr__ = __float__


class Liar:
    """Says that it is a str."""

    @property
    def __class__(self) -> type:  # type: ignore[override]
        return str


TZ = dt.timezone(dt.timedelta(hours=-5, minutes=-30))


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("é日本🔥", "é日本🔥"),
        (True, True),
        (None, None),
        (10**40, 10**40),
        (-0.0, -0.0),
        (1e22, 1e22),
        ((1, (2,)), [1, [2]]),
        (Pair(1, "r"), [1, "r"]),
        (dt.datetime(2026, 1, 2, 3, 4, 5, tzinfo=dt.UTC), "2026-01-02T03:04:05Z"),
        (dt.datetime(2026, 1, 2, 3, 4, 5, 600, tzinfo=TZ), "2026-01-02T03:04:05.000600-05:30"),
        (dt.datetime(1, 1, 1, tzinfo=dt.UTC), "0001-01-01T00:00:00Z"),
        # local mean time, whose offset has seconds: RFC 3339 has no way to say that
        (dt.datetime(1880, 1, 1, tzinfo=ZoneInfo("Europe/Amsterdam")), "1879-12-31T23:40:28Z"),
        (dt.date(2026, 1, 2), "2026-01-02"),
        (dt.time(3, 4, 5, tzinfo=dt.UTC), "03:04:05Z"),
        (dt.time(3, 4), "03:04:00"),
        (dt.timedelta(0), "PT0S"),
        (dt.timedelta(days=1, seconds=3661), "P1DT1H1M1S"),
        (dt.timedelta(seconds=-1.5), "-PT1.5S"),
        (dt.timedelta.min, "-P999999999D"),
        (UUID("12345678-1234-5678-1234-56781234ABCD"), "12345678-1234-5678-1234-56781234abcd"),
        (Decimal("1.10"), "1.10"),
        (Decimal("1E+5"), "100000"),
        (Decimal("1E+999999"), "1E+999999"),
        (b"\x00\xff", "AP8="),
        (Weekday.MONDAY, 1),
        (Plain.PAIR, [1, "x"]),
        (Open.A, "a"),
        (Open("other"), "other"),
        (OpenNumber(5), 5),
        (HostileStr("é"), "é"),
        (HostileInt(7), 7),
        (HostileFloat(1.5), 1.5),
        (HostileDict(a=1), {"a": 1}),
        (OrderedDict(b=1, a=2), {"b": 1, "a": 2}),
        (defaultdict(list, {"a": [1]}), {"a": [1]}),
        ({HostileStr("k"): 1}, {"k": 1}),
        ({"a": OMIT, "b": {"c": OMIT}}, {"b": {}}),
        (Part(part_name="p", weight=1.0), {"part_name": "p"}),
        ([Widget(id="i", owner=None, api_key="k")], [{"owner": None, "apiKey": "k"}]),
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_a_value_is_written_as(value: Any, written: Any) -> None:
    issues = []
    found = plain(value, "", issues)
    assert issues == []
    assert found == written
    assert_plain(found)
    # and the walk that looks for places writes the same
    assert plain([value, dt.datetime(2026, 1, 1)], "", issues)[0] == written  # noqa: DTZ001
    assert [issue.pointer for issue in issues] == ["/1"]


def assert_plain(value: Any) -> None:
    assert type(value) in {str, int, float, bool, type(None), list, dict}
    if type(value) is list:
        for item in value:
            assert_plain(item)
    if type(value) is dict:
        for key, item in value.items():
            assert type(key) is str
            assert_plain(item)


@pytest.mark.parametrize(
    ("value", "keyword", "words"),
    [
        (dt.datetime(2026, 1, 1), "format", "time zone"),  # noqa: DTZ001
        (float("nan"), "type", "finite"),
        (float("-inf"), "type", "finite"),
        (Decimal("NaN"), "type", "finite"),
        (HostileFloat("inf"), "type", "finite"),
        ("secret\ud800", "type", "surrogate"),
        ({"secret\ud800": 1}, "type", "surrogate"),
        ({1: "secret"}, "propertyNames", "int"),
        ({None: "secret"}, "propertyNames", "NoneType"),
        (object(), "type", "object"),
        ({"secret"}, "type", "set"),
        ((c for c in "secret"), "type", "generator"),
        (range(3), "type", "range"),
        (MappingProxyType({"secret": 1}), "type", "mappingproxy"),
        (Liar(), "type", "Liar"),
        (1j, "type", "complex"),
        (int, "type", "type"),
        (OMIT, "type", "OMIT"),
        (msgspec.UNSET, "type", "UnsetType"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_cannot_be_sent_is_an_issue_at_its_place(value: Any, keyword: Any, words: Any) -> None:
    issues = []
    found = plain({"ok": 1, "a/b~": [0, {"x": [value] if value is OMIT else value}]}, "/body", issues)
    place = "/body/a~1b~0/1/x" + ("/0" if value is OMIT else "")
    assert [(issue.pointer, issue.keyword) for issue in issues] == [(place, keyword)]
    assert words in issues[0].message
    assert "secret" not in issues[0].message
    assert found["ok"] == 1


def test_every_issue_is_found() -> None:
    issues = []
    plain({"a": float("nan"), "b": [object(), {"c": {3}}], 4: 5}, "", issues)
    assert [issue.pointer for issue in issues] == ["/a", "/b/0", "/b/1/c", ""]


def nested(depth: int) -> Any:
    value: Any = 1
    for _ in range(depth):
        value = [value]
    return value


def test_nesting_has_a_limit_and_what_contains_itself_is_too_deep() -> None:
    issues = []
    assert json_bytes(plain(nested(DEEPEST), "", issues)) == b"[" * DEEPEST + b"1" + b"]" * DEEPEST
    assert issues == []
    itself: list[Any] = []
    itself.append(itself)
    around: dict[str, Any] = {}
    around["a"] = around
    for value in (nested(DEEPEST + 1), nested(100_000), itself, around):
        issues = []
        plain(value, "", issues)
        assert [issue.keyword for issue in issues] == ["depth"]


def test_what_contains_itself_twice_is_told_at_once() -> None:
    twice: list[Any] = []
    twice += [object(), twice, twice]
    members: dict[Any, Any] = {}
    members |= {1: 2, "a": members, "b": members}
    issues = []
    assert plain(twice, "", issues) is None
    assert plain(members, "", issues) is None
    assert [issue.keyword for issue in issues].count("depth") == 2
    assert len(issues) == 2 * (DEEPEST + 1)


def test_what_is_given_is_not_changed() -> None:
    given_ = {"a": OMIT, "b": [(1,)]}
    found = plain(given_, "", [])
    assert given_ == {"a": OMIT, "b": [(1,)]}
    found["b"].append(2)
    assert given_["b"] == [(1,)]


texts = st.text(st.characters(codec="utf-8"))
documents = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | texts,
    lambda inner: st.lists(inner) | st.dictionaries(texts, inner),
    max_leaves=20,
)


@given(documents)
def test_json_survives(value: Any) -> None:
    issues = []
    found = plain(value, "", issues)
    assert issues == []
    assert found == value
    assert json.loads(json_bytes(found)) == value


@given(st.datetimes(timezones=st.timezones()))
def test_a_datetime_is_read_back_as_the_same_moment(value: Any) -> None:
    written = plain(value, "", [])
    read = msgspec.convert(written, dt.datetime)
    assert read == value.astimezone(dt.UTC)


@given(st.timedeltas())
def test_a_timedelta_is_read_back(value: Any) -> None:
    assert msgspec.convert(plain(value, "", []), dt.timedelta) == value


@given(st.binary())
def test_bytes_are_read_back(value: Any) -> None:
    assert msgspec.convert(plain(value, "", []), bytes) == value


class Word(StrEnum):
    A = "a"


@given(
    st.recursive(
        st.sampled_from([object(), float("nan"), "\ud800", {1}, OMIT, Word.A, 1, 1j]),
        lambda inner: st.lists(inner) | st.dictionaries(st.text() | st.integers(), inner),
        max_leaves=12,
    )
)
def test_whatever_is_given_the_result_is_plain_and_no_error_is_raised(value: Any) -> None:
    issues = []
    found = plain(value, "", issues)
    assert_plain(found)
    if not issues:
        json.loads(json_bytes(found))
