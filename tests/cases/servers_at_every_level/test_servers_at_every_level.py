from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpx2
import pytest

if TYPE_CHECKING:
    from cases.server import Server


def where(package: Any, method: str, **options: Any) -> tuple[str, str | None]:
    """The URL that a call goes to, and the credentials that go along."""
    seen: list[httpx2.Request] = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        seen.append(request)
        return httpx2.Response(204)

    with httpx2.Client(transport=httpx2.MockTransport(answer)) as http:
        getattr(package.Client(key="k1", http_client=http, **options), method)()
    return str(seen[0].url), seen[0].headers.get("authorization")


@pytest.mark.parametrize(
    ("method", "url"),
    [
        ("ping", "https://api.example.com/v1/ping"),
        ("list_files", "https://eu.files.example.com/files"),
        ("send_file", "https://api.example.com/upload/v2/files"),
        ("same", "https://api.example.com/v1/same"),
    ],
)
def test_each_operation_goes_to_the_nearest_server(package: Any, method: str, url: str) -> None:
    assert where(package, method) == (url, "Bearer k1")


@pytest.mark.parametrize(
    ("method", "url"),
    [
        ("ping", "https://mine.example/ping"),
        ("list_files", "https://mine.example/files"),
        ("send_file", "https://mine.example/upload/v2/files"),
    ],
)
def test_unless_the_caller_says_where(package: Any, method: str, url: str) -> None:
    assert where(package, method, base_url="https://mine.example") == (url, "Bearer k1")


def test_a_path_may_have_a_query_already(package: Any, server: Server) -> None:
    server.answer(status=204)
    client = package.Client(key="k1", base_url=server.url)
    client.odd()
    assert server.take().target == "/odd?kind=a"
    client.odd(q="b")
    assert server.take().target == "/odd?kind=a&q=b"
