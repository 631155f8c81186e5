from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cases.server import Server


@pytest.fixture
def client(package: Any, server: Server) -> Iterator[Any]:
    server.answer(status=204)
    with package.Client(in_header="k 1", in_query="k 2&", in_cookie="k3", base_url=server.url) as client:
        yield client


def test_a_header(client: Any, server: Server) -> None:
    client.header()
    seen = server.take()
    assert seen.headers["x-key"] == "k 1"
    assert "cookie" not in seen.headers


def test_the_query(client: Any, server: Server) -> None:
    client.query(q="a")
    seen = server.take()
    assert seen.target == "/query?q=a&key%5B%5D=k%202%26"
    assert "x-key" not in seen.headers


def test_a_cookie(client: Any, server: Server) -> None:
    client.cookie(c="a")
    assert server.take().headers["cookie"] == "c=a; sid=k3"


def test_two_at_once(client: Any, server: Server) -> None:
    client.both()
    seen = server.take()
    assert seen.headers["x-key"] == "k 1"
    assert seen.target.startswith("/both?key")


def test_one_of_two_is_not_enough(package: Any, server: Server) -> None:
    with pytest.raises(package.MissingCredentials):
        package.Client(in_header="k", base_url=server.url).both()
    assert server.untouched
