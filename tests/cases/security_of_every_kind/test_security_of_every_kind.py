from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from cases.server import Server

ALL = {"digest": "d1", "hawk_auth": 'id="h1"', "open_id": "o1", "oauth": "a1", "api_key": "k1"}


@pytest.mark.parametrize(
    ("method", "target", "header"),
    [
        ("get_digest", "/digest", "Digest d1"),
        ("get_hawk", "/hawk", 'Hawk id="h1"'),
        ("get_open_id", "/open-id", "Bearer o1"),
        ("get_certificate", "/certificate", None),
        ("get_both", "/both?key=k1", None),
        ("get_either", "/either", "Bearer a1"),
        ("get_optional", "/optional?key=k1", None),
        ("get_unknown", "/unknown", "Digest d1"),
    ],
)
def test_each_is_sent_in_its_place(
    package: Any, server: Server, method: str, target: str, *, header: str | None
) -> None:
    server.answer(status=204)
    getattr(package.Client(**ALL, base_url=server.url), method)()
    seen = server.take()
    assert (seen.target, seen.headers.get("authorization")) == (target, header)


@pytest.mark.parametrize("method", ["get_certificate", "get_either", "get_optional"])
def test_some_need_none(package: Any, server: Server, method: str) -> None:
    server.answer(status=204)
    getattr(package.Client(base_url=server.url), method)()
    assert "authorization" not in server.take().headers


@pytest.mark.parametrize(
    ("method", "wanted"),
    [("get_digest", "`digest`"), ("get_both", "`api_key`"), ("get_nameless", "the scheme `nameless`")],
)
def test_what_is_needed_and_missing_is_said(package: Any, server: Server, method: str, wanted: str) -> None:
    with pytest.raises(package.MissingCredentials, match=wanted):
        getattr(package.Client(base_url=server.url), method)()
    assert server.untouched


def test_nothing_but_a_header_is_a_credential(package: Any) -> None:
    with pytest.raises(ValueError, match="digest contains a control character"):
        package.Client(digest="d1\r\nX-Evil: 1", base_url="https://example.com")
