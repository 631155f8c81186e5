from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from cases.server import Server

FORM = "application/x-www-form-urlencoded"


@pytest.fixture(autouse=True)
def _bodiless(server: Server) -> None:
    server.answer(status=204)


@pytest.mark.parametrize(
    ("given", "sent"),
    [
        ({}, ""),
        ({"vip": True, "since": dt.date(2026, 1, 31)}, "&vip=true&since=2026-01-31"),
        ({"tags": ["a b", "c&d"]}, "&tags=a+b&tags=c%26d"),
        ({"expand": ["a", "b"]}, "&expand=a,b"),
        ({"callback": "https://x.example/?a=b"}, "&callback=https://x.example/?a=b"),
        (
            {"address": {"city": "Köln", "geo": {"lat": 50.9}}},
            "&address%5Bcity%5D=K%C3%B6ln&address%5Bgeo%5D%5Blat%5D=50.9",
        ),
        (
            {"lines": [{"city": "A"}, {"city": "B"}]},
            "&lines%5B0%5D%5Bcity%5D=A&lines%5B1%5D%5Bcity%5D=B",
        ),
        ({"meta": {"a": 1}}, "&meta=%7B%22a%22%3A1%7D"),
        ({"options_body": "x"}, "&options=%22x%22"),
    ],
)
def test_properties_are_arguments_and_members_of_a_form(
    client: Any, server: Server, given: Any, sent: str
) -> None:
    client.create_customer(name="Jo", **given)
    seen = server.take()
    assert seen.headers["content-type"] == FORM
    assert seen.body.decode("ascii") == f"name=Jo{sent}"


def test_a_form_is_checked_before_it_is_sent(client: Any, server: Server, package: Any) -> None:
    with pytest.raises(package.RequestInvalid) as caught:
        client.create_customer(name="J", address={"town": "A"}, tags="a")
    assert {(issue.pointer, issue.keyword) for issue in caught.value.issues} == {
        ("/name", "minLength"),
        ("/address", "required"),
        ("/address/town", "additionalProperties"),
        ("/tags", "type"),
    }
    assert server.untouched


def test_a_choice_of_forms_is_a_body(client: Any, server: Server) -> None:
    client.search(body={"id": 7})
    assert server.take().body == b"id=7"
    client.search()
    assert "content-type" not in server.take().headers
