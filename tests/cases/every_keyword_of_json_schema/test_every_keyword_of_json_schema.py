from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from cases.server import Server

ORDER = {
    "number": "AB-1234",
    "slug": "a-b",
    "site": "https://example.com/a",
    "mail": "a@example.com",
    "price": 19.99,
    "card": "4111",
    "billing_address": "Damrak 1",
    "country": "NL",
    "postcode": "1012 AB",
    "labels": {"is_new": True, "colour": "red"},
    "lines": [{"item": "a", "main": True}, {"item": "b"}],
    "code": "x",
    "span": [1, 2],
    "note": None,
    "contact": {"name": "Ann", "phone": "1"},
}


def test_what_meets_all_of_them_goes_out_and_comes_back(client: Any, server: Server, package: Any) -> None:
    server.answer(ORDER)
    answer = client.order(**ORDER)
    assert server.take().json == ORDER
    assert package.as_json(answer) == ORDER


@pytest.mark.parametrize(
    ("changed", "pointer", "keyword"),
    [
        ({"number": "AB-1234\n"}, "/number", "pattern"),
        ({"slug": "a--b"}, "/slug", "pattern"),
        ({"site": "example.com/a"}, "/site", "format"),
        ({"mail": "a@"}, "/mail", "format"),
        ({"price": 19.995}, "/price", "multipleOf"),
        ({"price": 0}, "/price", "exclusiveMinimum"),
        ({"labels": {"Colour": "red"}}, "/labels/Colour", "propertyNames"),
        ({"labels": {"is_new": "yes"}}, "/labels/is_new", "type"),
        ({"labels": {"colour": 1}}, "/labels/colour", "type"),
        ({"lines": [{"item": "a"}]}, "/lines", "contains"),
        ({"lines": [{"item": name, "main": True} for name in "abc"]}, "/lines", "maxContains"),
        ({"lines": [{"item": "a", "main": True}] * 2}, "/lines", "uniqueItems"),
        ({"code": "none"}, "/code", "not"),
        ({"span": [1, 2, 3]}, "/span/2", "not"),
        ({"note": 1}, "/note", "type"),
        ({"note": {}}, "/note", "required"),
        ({"contact": {"name": "Ann"}}, "/contact", "anyOf"),
        ({"postcode": "1012"}, "/postcode", "pattern"),
        ({"country": "BE", "postcode": "10"}, "/postcode", "minLength"),
    ],
)
def test_what_does_not_is_refused(
    client: Any, package: Any, changed: dict[str, Any], pointer: str, keyword: str
) -> None:
    with pytest.raises(package.RequestInvalid) as caught:
        client.order(**{**ORDER, **changed})
    assert [(issue.pointer, issue.keyword) for issue in caught.value.issues] == [(pointer, keyword)]


def test_what_no_part_speaks_of_is_told_of_as_it_is(client: Any, package: Any) -> None:
    with pytest.raises(package.RequestInvalid) as caught:
        client.order(**{**ORDER, "contact": {"phone": "1", "mobile": "2"}})
    assert [(issue.pointer, issue.keyword) for issue in caught.value.issues] == [
        ("/contact/mobile", "unevaluatedProperties"),
        ("/contact/mobile", "additionalProperties"),  # nor is it one of the alternative's
    ]


@pytest.mark.parametrize(
    ("left", "issues"),
    [
        ("billing_address", [("", "dependentRequired")]),
        ("country", [("", "required")]),
        ("postcode", [("", "required")]),
    ],
)
def test_what_asks_for_something_else_gets_it(
    client: Any, package: Any, left: str, issues: list[tuple[str, str]]
) -> None:
    with pytest.raises(package.RequestInvalid) as caught:
        client.order(**{key: value for key, value in ORDER.items() if key != left})
    assert [(issue.pointer, issue.keyword) for issue in caught.value.issues] == issues
