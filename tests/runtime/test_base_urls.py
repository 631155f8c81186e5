from __future__ import annotations

from typing import Any

import pytest
import widgets

from specwright.runtime.url import Server


@pytest.mark.parametrize(
    ("base_url", "words"),
    [
        ("", "is missing"),
        ("example.com", "must start with http"),
        ("//example.com", "must start with http"),
        ("file:///etc/passwd", "must start with http"),
        ("ftp://example.com", "must start with http"),
        ("javascript:alert(1)", "must start with http"),
        ("https://user:SECRET@example.com", "user name"),
        ("https://SECRET@example.com", "user name"),
        ("https://example.com?key=SECRET", "query"),
        ("https://example.com/?", "query"),
        ("https://example.com#SECRET", "fragment"),
        ("https://", "no host"),
        ("https:///path", "no host"),
        ("https://example.com:0", "port"),
        ("https://example.com:99999", "no URL"),
        ("https://example.com:x", "no URL"),
        ("https://[::1", "no URL"),
        ("https://exa mple.com", "space"),
        ("https://example.com\r\nX: y", "space"),
        ("https://example.com\\@evil.example", "backslash"),
        (" https://example.com", "space"),
        ("https://{region}.example.com", "variable"),
    ],
)
def test_what_is_no_base_url_is_refused_without_being_repeated(base_url: Any, words: Any) -> None:
    with pytest.raises(ValueError, match="base_url") as caught:
        widgets.Client(base_url=base_url)
    assert words in str(caught.value)
    assert "SECRET" not in str(caught.value)


@pytest.mark.parametrize(
    "base_url",
    [
        "https://example.com",
        "https://example.com/",
        "HTTPS://example.com/v1//",
        "https://bücher.example",
        "http://[::1]:8/",
        "https://example.com:8443/a%20b",
    ],
)
def test_these_are_base_urls(base_url: Any) -> None:
    with widgets.Client(base_url=base_url) as client:
        assert repr(client) == f"Client(base_url={base_url.rstrip('/')!r})"


def test_a_base_url_is_text() -> None:
    with pytest.raises(TypeError, match="base_url"):
        widgets.Client(base_url=None)  # type: ignore[arg-type]


def test_a_variable_may_be_the_whole_path_and_no_part_of_a_host() -> None:
    assert Server("https://h{path}", {"path": "/v1"}).filled({}) == "https://h/v1"
    assert Server("https://h{path}/x", {"path": "/v1"}).filled({"path": "/v2"}) == "https://h/v2/x"
    with pytest.raises(ValueError, match="does not fit"):
        Server("https://h{part}.example.com", {"part": "1"}).filled({"part": "/2"})
    with pytest.raises(ValueError, match="does not fit"):
        Server("https://h{path}", {"path": "/v1"}).filled({"path": "@evil.example"})
