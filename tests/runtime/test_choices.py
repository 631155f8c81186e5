"""Choices that msgspec can't decode: how a member is chosen, and what is kept of what none of them is."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any
from uuid import UUID

import msgspec
import pytest

from specwright.runtime.decode import decoder
from specwright.runtime.encode import as_json
from specwright.runtime.extra import ExtraItems
from specwright.runtime.lenient import build
from specwright.runtime.model import Model, OpenIntEnum, OpenStrEnum
from specwright.runtime.unions import one_of


class Colour(OpenStrEnum):
    RED = "red"
    BLUE = "blue"


class Level(OpenIntEnum):
    LOW = 1
    HIGH = 2


class Small(Model, kw_only=True):
    a: int


class Large(Model, kw_only=True):
    a: int
    b: int | None = None


class Open(Model, kw_only=True):
    c: str | None = None
    extra: dict[str, int] = msgspec.field(name="*", default_factory=dict)


class Inner(Model, kw_only=True):
    inner: Small


class Outer(Model, kw_only=True):
    inner: Large


NAME = __name__
Text = one_of(NAME, "Text", "Colour", "dt.date", "UUID", "Decimal", "str")
Number = one_of(NAME, "Number", "Level", "int", "float")
Size = one_of(NAME, "Size", "Small", "Large")
Kept = one_of(NAME, "Kept", "Small", "Open")
Table = one_of(NAME, "Table", "dict[str, int]", "Small")
Deep = one_of(NAME, "Deep", "Inner", "Outer")
Rows = one_of(NAME, "Rows", "list[Small]", "list[Large]")
Wide = one_of(NAME, "Wide", "Size", "Text", "Rows")
Tagged = one_of(NAME, "Tagged", "Small", "Large", "Open", tag="a", names={1: "Small", 2: "Large"})


@pytest.mark.parametrize(
    ("kind", "value", "read"),
    [
        (Text, "red", Colour.RED),
        (Text, "2026-01-31", dt.date(2026, 1, 31)),
        (Text, "11111111-2222-4333-8444-555555555555", UUID("11111111-2222-4333-8444-555555555555")),
        (Text, "1.50", Decimal("1.50")),
        (Text, "green", "green"),
        (Number, 2, Level.HIGH),
        (Number, 3, 3),
        (Number, 1.5, 1.5),
        (Size, {"a": 1}, Small(a=1)),
        (Size, {"a": 1, "b": 2}, Large(a=1, b=2)),
        (Size, {"a": 1, "z": 2}, Small(a=1)),
        (Kept, {"z": 1}, Open(extra={"z": 1})),
        (Table, {"a": 1}, Small(a=1)),
        (Table, {"a": 1, "b": 2, "c": 3}, {"a": 1, "b": 2, "c": 3}),
        (Deep, {"inner": {"a": 1, "b": 2}}, Outer(inner=Large(a=1, b=2))),
        (Rows, [{"a": 1}, {"a": 1, "b": 2}], [Large(a=1), Large(a=1, b=2)]),
        (Wide, {"a": 1, "b": 2}, Large(a=1, b=2)),
        (Wide, "red", Colour.RED),
        (Wide, [], []),
        (Tagged, {"a": 1, "b": 2}, Small(a=1)),
        (Tagged, {"a": 2}, Large(a=2)),
        (Tagged, {"c": "x"}, Open(c="x")),
    ],
)
def test_the_member_that_knows_most_of_a_value_is_meant(kind: Any, value: Any, read: Any) -> None:
    found = decoder(kind).decode(msgspec.json.encode(value))
    assert found == read
    assert type(found) is type(read)
    assert isinstance(found, kind)
    if found != Small(a=1):  # which leaves out what it does not know
        assert as_json(found) == value


@pytest.mark.parametrize(
    ("kind", "value"),
    [(Size, {"a": "x"}), (Size, []), (Text, True), (Number, "1"), (Rows, [1]), (Size, None)],
)
def test_what_none_of_them_is_is_no_such_value(kind: Any, value: Any) -> None:
    with pytest.raises(msgspec.ValidationError):
        decoder(kind).decode(msgspec.json.encode(value))


def test_an_unlisted_text_is_text_before_it_is_a_new_value_of_an_enum() -> None:
    assert type(decoder(one_of(NAME, "Word", "Colour", "str")).decode(b'"green"')) is str
    assert decoder(one_of(NAME, "Only", "Colour", "dt.date")).decode(b'"green"').name == "_OTHER"


def test_an_object_that_no_tag_names_stays_as_it_came() -> None:
    strict = one_of(NAME, "Strict", "Small", "Large", tag="kind", names={"s": "Small", "l": "Large"})
    issues: list[Any] = []
    value = {"kind": "xl", "a": 1}
    assert build([value], list[strict], issues) == [value]  # type: ignore[valid-type]  # a union at run time
    assert [issue.pointer for issue in issues] == ["/0"]


def test_an_object_that_several_could_be_stays_as_it_came() -> None:
    issues: list[Any] = []
    assert build([{"a": "x"}], list[Size], issues) == [{"a": "x"}]  # type: ignore[valid-type]  # a union at run time
    assert [issue.pointer for issue in issues] == ["/0"]


def test_extra_items_are_found_through_choices_lists_and_maps() -> None:
    kind = dict[str, list[Kept]]  # type: ignore[valid-type]  # a union at run time
    raw = b'{"x":[{"a":1},{"c":"y","z":3}]}'
    assert decoder(kind).decode(raw) == {"x": [Small(a=1), Open(c="y", extra={"z": 3})]}


def test_extra_items_are_sent_in_the_place_of_their_key() -> None:
    assert as_json({"a": 1, "anything": ExtraItems(b=2)}) == {"a": 1, "b": 2}
    with pytest.raises(ValueError, match="twice"):
        as_json({"a": 1, "extra": ExtraItems(a=2)})
