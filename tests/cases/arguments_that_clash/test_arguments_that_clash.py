from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

if TYPE_CHECKING:
    from cases.server import Server


def test_each_goes_where_it_belongs(client: Any, server: Server) -> None:
    server.answer(status=204)
    client.touch(
        "path",
        id_query_="query",
        id_header="header",
        id_cookie="cookie",
        id_body="body",
        id_query="another",
        x_trace="t-query",
        x_trace_header="t-header",
        timeout_query=1,
        self_query="s",
        extra_headers_query="e",
        body_query="b",
        options_body="o",
        class_="c",
        some_text="snake",
        some_text_body="camel",
    )
    seen = server.take()
    parts = urlsplit(seen.target)
    assert parts.path == "/things/path"
    assert parse_qs(parts.query) == {
        "id": ["query"], "x_trace": ["t-query"], "timeout": ["1"], "self": ["s"], "extra_headers": ["e"], "body": ["b"],
    }  # fmt: skip
    assert seen.headers["id"] == "header"
    assert seen.headers["x-trace"] == "t-header"
    assert seen.headers["cookie"] == "id=cookie"
    assert seen.json == {
        "id": "body", "id_query": "another", "options": "o", "class": "c", "some_text": "snake", "someText": "camel",
    }  # fmt: skip


def test_options_of_a_call_keep_their_names(client: Any, server: Server) -> None:
    server.answer(status=204)
    client.touch(
        "path", timeout=5.0, extra_headers={"X-Other": "1"}, extra_query={"q": "2"}, extra_body={"b": 3}
    )
    seen = server.take()
    assert seen.headers["x-other"] == "1"
    assert seen.target == "/things/path?q=2"
    assert seen.json == {"b": 3}
