from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import UNSET, UnsetType

from specwright.runtime.lenient import WrongShapeError, build
from specwright.runtime.model import Model, OpenIntEnum, OpenStrEnum
from specwright.runtime.times import read_date, read_datetime, read_time, read_timedelta


class Size(OpenIntEnum):
    SMALL = 1


class Kind(OpenStrEnum):
    A = "a"


class Leaf(Model, kw_only=True):
    n: int


class Cat(Model, kw_only=True, tag_field="kind", tag="cat"):
    lives: int


class Dog(Model, kw_only=True, tag_field="kind", tag="dog"):
    tricks: list[str] | None = None


class Tree(Model, kw_only=True):
    name: str
    children: list[Tree] | None = None
    by_name: dict[str, Leaf] | None = None
    pet: Cat | Dog | None = None
    loose: Leaf | list[Leaf] | str | None = None
    maybe: int | UnsetType | None = UNSET
    anything: Any = None


UTC = dt.UTC


@pytest.mark.parametrize(
    ("value", "kind", "expected", "pointers"),
    [
        ({"name": "a", "children": [{"name": 1}, None, {"name": "b"}]}, Tree, Tree(name="a", children=[Tree(name=None), None, Tree(name="b")]), ["/children/0/name", "/children/1"]),
        ({"name": "a", "by_name": {"x/y": {"n": "1"}, "z": {"n": 2}}}, Tree, Tree(name="a", by_name={"x/y": Leaf(n=None), "z": Leaf(n=2)}), ["/by_name/x~1y/n"]),
        ({"name": "a", "pet": {"kind": "cat", "lives": "nine"}}, Tree, Tree(name="a", pet=Cat(lives=None)), ["/pet/lives"]),
        ({"name": "a", "pet": {"kind": "dog", "tricks": ["sit", 4]}}, Tree, Tree(name="a", pet=Dog(tricks=["sit", None])), ["/pet/tricks/1"]),
        ({"name": "a", "pet": {"kind": "fish", "fins": 3}}, Tree, Tree(name="a", pet={"kind": "fish", "fins": 3}), ["/pet"]),
        ({"name": "a", "loose": [{"n": 1}, {"n": "x"}]}, Tree, Tree(name="a", loose=[Leaf(n=1), Leaf(n=None)]), ["/loose/1/n"]),
        ({"name": "a", "loose": 4}, Tree, Tree(name="a", loose=None), ["/loose"]),
        ({"name": None, "maybe": "x", "anything": {"deep": [1]}}, Tree, Tree(name=None, maybe=None, anything={"deep": [1]}), ["/name", "/maybe"]),
        ({}, Tree, Tree(name=None), [""]),
        ([1, "2", True, None, 3.0, 4.5], list[int], [1, None, None, None, 3, None], ["/1", "/2", "/3", "/5"]),
        ([1.5, "x"], list[float], [1.5, None], ["/1"]),
        (["a", "zzz", 3], list[Kind], [Kind.A, Kind("zzz"), None], ["/2"]),
        ([1, 9, "1", True, 1.0], list[Size], [Size.SMALL, Size(9), None, None, Size.SMALL], ["/2", "/3"]),
        ([1.5], list[Size], [None], ["/0"]),
        (["x", "y"], list[Literal["x"]], ["x", None], ["/1"]),
        # of the right type, and for the validator to speak of
        ([{"n": 1}, "xxxx"], list[Annotated[str, msgspec.Meta(max_length=3)]], [None, "xxxx"], ["/0"]),
        (["nope", str(UUID(int=1))], list[UUID], [None, UUID(int=1)], ["/0"]),
        (["1.5", "x"], list[Decimal], [Decimal("1.5"), None], ["/1"]),
        (["AP8=", "AP8", "-_8=", "****"], list[bytes], [b"\x00\xff", b"\x00\xff", b"\xfb\xff", None], ["/3"]),
        (["2026-01-02", "2026-01-02T03:04:05+02:00", "soon"], list[dt.date], [dt.date(2026, 1, 2), dt.date(2026, 1, 2), None], ["/2"]),
        (["PT1H", "P1M", "P", 3], list[dt.timedelta], [dt.timedelta(hours=1), "P1M", None, None], ["/2", "/3"]),
    ],
)  # fmt: skip
def test_what_fits_is_read_and_what_does_not_is_none(
    value: Any, kind: Any, expected: Any, pointers: Any
) -> None:
    issues = []
    found = build(value, kind, issues)
    assert found == expected
    assert type(found) is type(expected)
    assert [issue.pointer for issue in issues] == pointers


@pytest.mark.parametrize(
    ("value", "kind", "words"),
    [
        ([], Tree, "expected an object (Tree), found an array"),
        (None, list[int], "expected an array, found null"),
        ({}, list[int], "expected an array, found an object"),
        ("x", int, "expected an integer, found a string"),
        (True, int | str, "expected an integer or a string, found a boolean"),
        ([1], dict[str, int], "expected an object, found an array"),
        (1, Kind, "expected Kind, found a number"),
    ],
)
def test_another_shape_as_a_whole_cannot_be_read(value: Any, kind: Any, words: Any) -> None:
    with pytest.raises(WrongShapeError) as caught:
        build(value, kind, [])
    assert str(caught.value) == words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-01-02T03:04", dt.datetime(2026, 1, 2, 3, 4)),  # noqa: DTZ001
        ("2026-01-02", dt.datetime(2026, 1, 2)),  # noqa: DTZ001
        (
            "2026-01-02 03:04:05,25+02",
            dt.datetime(2026, 1, 2, 3, 4, 5, 250_000, dt.timezone(dt.timedelta(hours=2))),
        ),
        ("2026-01-02T03:04:05.1234567Z", dt.datetime(2026, 1, 2, 3, 4, 5, 123_456, UTC)),
        ("2026-01-02T24:00:00Z", dt.datetime(2026, 1, 3, tzinfo=UTC)),
        (
            "2026-01-02T03:04:05-0030",
            dt.datetime(2026, 1, 2, 3, 4, 5, 0, dt.timezone(-dt.timedelta(minutes=30))),
        ),
        ("1990-12-31T23:59:60Z", "1990-12-31T23:59:60Z"),
        ("Fri, 02 Jan 2026 03:04:05 GMT", dt.datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)),
        (0, dt.datetime(1970, 1, 1, tzinfo=UTC)),
        (1_767_323_045.5, dt.datetime(2026, 1, 2, 3, 4, 5, 500_000, UTC)),
        (1_767_323_045_500, dt.datetime(2026, 1, 2, 3, 4, 5, 500_000, UTC)),
        ("2026-02-30", None),
        ("2026-01-02T24:00:01Z", None),
        ("2026-01-02T25:00:00Z", None),
        ("2026-01-02T03:04:05+99:00", None),
        ("Fri, 02 Foo 2026 03:04:05 GMT", None),
        ("Fri, 31 Feb 2026 03:04:05 GMT", None),
        ("٢٠٢٦-01-02", None),
        ("yesterday", None),
        ("", None),
        (1e300, None),
        (-1e300, None),
        (True, None),
        (None, None),
        ([], None),
    ],
)
def test_datetimes_as_servers_write_them(text: Any, expected: Any) -> None:
    found = read_datetime(text)
    assert found == expected
    if isinstance(expected, dt.datetime):
        assert found.utcoffset() == expected.utcoffset()


def test_dates_times_and_durations_as_servers_write_them() -> None:
    assert read_date("2026-01-02T03:04:05Z") == dt.date(2026, 1, 2)
    assert read_date(5) is None
    assert read_date("1990-12-31T23:59:60Z") is None
    assert read_time("03:04") == dt.time(3, 4)
    assert read_time("03:04:05+01") == dt.time(3, 4, 5, tzinfo=dt.timezone(dt.timedelta(hours=1)))
    assert read_time("23:59:60Z") == "23:59:60Z"
    assert read_time("25:00") is None
    assert read_time(3) is None
    assert read_timedelta("P1Y2M3DT4H5M6.7S") == "P1Y2M3DT4H5M6.7S"
    assert read_timedelta("P") is None
    assert read_timedelta("PT") is None
    assert read_timedelta(5) is None


json = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(max_size=5)
    | st.sampled_from(["cat", "dog"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["name", "children", "by_name", "pet", "loose", "maybe", "kind", "lives", "n"]),
            inner,
        )
    ),
    max_leaves=15,
)


@given(json)
def test_any_json_is_read_or_refused_and_issues_say_where(value: Any) -> None:
    issues = []
    try:
        found = build(value, Tree, issues)
    except WrongShapeError:
        assert not isinstance(value, dict)
        return
    assert type(found) is Tree
    for pointer, keyword, message in issues:
        assert pointer == "" or pointer.startswith("/")
        assert keyword
        assert message
    try:
        strict = msgspec.convert(value, Tree)
    except msgspec.ValidationError:
        return
    assert found == strict
    assert issues == []
