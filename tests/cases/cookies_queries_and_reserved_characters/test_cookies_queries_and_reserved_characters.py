from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from cases.server import Server


@pytest.fixture(autouse=True)
def _bodiless(server: Server) -> None:
    server.answer(status=204)


@pytest.mark.parametrize(
    ("given", "sent"),
    [
        ({"list": ["a b", "c"]}, "list=a%20b; list=c"),
        ({"map": {"k": "v", "l": "w;"}}, "k=v; l=w%3B"),
        ({"raw": "a%20b"}, "raw=a%20b"),
        ({"json": {"a": 1}}, "json=%7B%22a%22%3A1%7D"),
        ({"list": ["a"], "raw": "b"}, "list=a; raw=b"),
    ],
)
def test_cookies(client: Any, server: Server, given: Any, sent: str) -> None:
    client.cookies(**given)
    assert server.take().headers["cookie"] == sent


def test_a_cookie_as_it_is_has_to_be_one(client: Any, server: Server, package: Any) -> None:
    with pytest.raises(package.RequestInvalid):
        client.cookies(raw="a; admin=1")
    assert server.untouched


def test_a_query_may_be_one_value(client: Any, server: Server, package: Any) -> None:
    """The examples of OpenAPI 3.2, section 4.12.7."""
    client.whole_form(metadata={"foo": "a + b", "bar": True})
    assert server.take().target == "/whole/form?foo=a+%2B+b&bar=true"
    client.whole_json(json={"foo": "x"})
    assert server.take().target == "/whole/json?%7B%22foo%22%3A%22x%22%7D"
    client.whole_text(selector="$.a.b[1:1]")
    assert server.take().target == "/whole/text?%24.a.b%5B1%3A1%5D"
    with pytest.raises(package.RequestInvalid):
        client.whole_form(metadata={"bar": "yes"})


@pytest.mark.parametrize(
    ("path", "given", "sent"),
    [
        ("a/b c", {}, "/files/a/b%20c"),
        ("a?b#c", {}, "/files/a%3Fb%23c"),
        ("x", {"text": "a b"}, "/files/x?text=a%20b"),
        ("x", {"form": {"foo": "a b"}}, "/files/x?form=foo%3Da%2Bb"),
        (
            "x",
            {"deep": {"a": {"b": [1, 2]}}},
            "/files/x?deep%5Ba%5D%5Bb%5D%5B0%5D=1&deep%5Ba%5D%5Bb%5D%5B1%5D=2",
        ),
        ("x", {"kinds": ["a", "b"]}, "/files/x?kinds=a,b"),
        ("x", {"kinds": None}, "/files/x"),
    ],
)
def test_reserved_characters_and_media_types(
    client: Any, server: Server, path: str, given: Any, sent: str
) -> None:
    client.file(path, **given)
    assert server.take().target == sent


@pytest.mark.parametrize("path", ["..", "a/../b", "a//b", "%2e%2e/b"])
def test_no_path_leads_elsewhere(client: Any, server: Server, package: Any, path: str) -> None:
    with pytest.raises(package.RequestInvalid):
        client.file(path)
    assert server.untouched


def test_the_case_of_a_header_does_not_count(client: Any, server: Server) -> None:
    client.headers(x_id="a")
    assert server.take().headers["x-id"] == "a"
    client.headers()
    assert "x-id" not in server.take().headers
