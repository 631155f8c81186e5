from __future__ import annotations

from typing import Any

import pytest
import widgets


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
