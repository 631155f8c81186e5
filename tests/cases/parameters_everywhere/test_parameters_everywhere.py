from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from cases.server import Server


@pytest.fixture(autouse=True)
def _bodiless(server: Server) -> None:
    server.answer(status=204)


def test_paths_headers_and_cookies(client: Any, server: Server) -> None:
    client.simple("a/b c?ü", [1, 2], {"k": "v", "l": "w"}, x_shared=7, x_list=["p", "q"], session="s1")
    seen = server.take()
    assert seen.target == "/simple/a%2Fb%20c%3F%C3%BC/1,2/k=v,l=w"
    assert seen.headers["x-shared"] == "7"
    assert seen.headers["x-list"] == "p,q"
    assert seen.headers["cookie"] == "session=s1"
    # Media types and security speak for these headers, and no parameter does.
    assert seen.headers["accept"] == "application/json"


def test_without_security_a_parameter_authorizes(client: Any, server: Server) -> None:
    client.simple("a", [1], {"k": "v"}, x_shared=7, authorization="Token t", l_=1)
    seen = server.take()
    assert seen.headers["authorization"] == "Token t"
    assert seen.target == "/simple/a/1/k=v?l=1"


@pytest.mark.parametrize("text", ["", ".", ".."])
def test_a_path_value_never_changes_the_path(client: Any, server: Server, package: Any, text: str) -> None:
    with pytest.raises(package.RequestInvalid) as caught:
        client.simple(text, [1], {"a": "b"}, x_shared=1)
    assert [issue.pointer for issue in caught.value.issues] == ["/path/text"]
    assert server.untouched


def test_a_header_never_becomes_two(client: Any, server: Server, package: Any) -> None:
    with pytest.raises(package.RequestInvalid) as caught:
        client.simple("a", [1], {"a": "b"}, x_shared=1, x_list=["p\r\nX-Evil: 1"])
    assert [issue.pointer for issue in caught.value.issues] == ["/header/X-List"]
    assert server.untouched


def test_styles_of_paths(client: Any, server: Server) -> None:
    client.styled_path(["a", "b"], ["c", "d"])
    assert server.take().target == "/label/.a,b/matrix/;matrix=c;matrix=d"


@pytest.mark.parametrize(
    ("given", "sent"),
    [
        ({}, ""),
        ({"text": "a b&c=d"}, "text=a%20b%26c%3Dd"),
        ({"text": ""}, "text="),
        ({"flag": True, "number": 1.5}, "flag=true&number=1.5"),
        ({"when": dt.date(2026, 1, 31)}, "when=2026-01-31"),
        ({"list": ["a", "b,c"]}, "list=a&list=b%2Cc"),
        ({"commas": ["a", "b,c"]}, "commas=a,b%2Cc"),
        ({"spaces": ["a", "b"]}, "spaces=a%20b"),
        ({"pipes": ["a", "b"]}, "pipes=a%7Cb"),
        ({"map": {"a": 1, "b": "x"}}, "a=1&b=x"),
        ({"deep": {"from": 1, "to": 2}}, "deep%5Bfrom%5D=1&deep%5Bto%5D=2"),
        ({"reserved": "a/b?c"}, "reserved=a/b?c"),
        ({"json": {"a": 1}}, "json=%7B%22a%22%3A1%7D"),
        ({"odd": [1, 2]}, "odd%5B%5D=1&odd%5B%5D=2"),
    ],
)
def test_queries(client: Any, server: Server, given: Any, sent: str) -> None:
    client.query(**given)
    assert server.take().target.partition("?")[2] == sent


def test_parameters_are_checked_by_their_place(client: Any, server: Server, package: Any) -> None:
    with pytest.raises(package.RequestInvalid) as caught:
        client.query(flag="yes", list=["a", "b", "c", 4], deep={"to": "x"}, json={"a": "b"})
    assert {(issue.pointer, issue.keyword) for issue in caught.value.issues} == {
        ("/query/flag", "type"),
        ("/query/list", "maxItems"),
        ("/query/list/3", "type"),
        ("/query/deep", "required"),
        ("/query/deep/to", "type"),
        ("/query/json/a", "type"),
    }
    assert server.untouched


def test_what_the_operation_says_of_a_parameter_wins(package: Any) -> None:
    assert "x_shared: Of the operation." in (package.Client.simple.__doc__ or "")
    with pytest.raises(TypeError, match="x_shared"):
        package.Client(base_url="https://example.com").simple("a", [1], {})
