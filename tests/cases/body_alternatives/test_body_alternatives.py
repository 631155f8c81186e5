from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from cases.server import Server


@pytest.fixture(autouse=True)
def _bodiless(server: Server) -> None:
    server.answer(status=204)


def test_what_is_the_same_in_json_is_sent_as_json(client: Any, server: Server) -> None:
    client.same(name="x")
    seen = server.take()
    assert (seen.json, seen.headers["content-type"]) == ({"name": "x"}, "application/json")


def test_what_differs_is_sent_as_the_caller_says(client: Any, server: Server) -> None:
    client.differing(body={"name": "x"})
    assert server.take().headers["content-type"] == "application/json"
    client.differing(body={"other": 1}, content_type_body="application/vnd.thing+json", content_type="query")
    seen = server.take()
    assert (seen.json, seen.headers["content-type"]) == ({"other": 1}, "application/vnd.thing+json")
    assert seen.target == "/differing?content_type=query"
    client.differing(body="a,b", content_type_body="text/csv")
    seen = server.take()
    assert (seen.body, seen.headers["content-type"]) == (b"a,b", "text/csv")
    client.differing(body={"file": b"1"}, content_type_body="multipart/form-data")
    assert server.take().headers["content-type"].startswith("multipart/form-data; boundary=")


def test_it_is_checked_as_what_the_caller_says(client: Any, server: Server, package: Any) -> None:
    with pytest.raises(package.RequestInvalid):
        client.differing(body={"other": 1})
    with pytest.raises(package.RequestInvalid):
        client.differing(body={"name": "x"}, content_type_body="application/vnd.thing+json")
    with pytest.raises(ValueError, match="content_type must be one of"):
        client.differing(body={"name": "x"}, content_type_body="text/html")
    assert server.untouched


def test_bytes_are_not_the_same_by_another_name(client: Any, server: Server) -> None:
    client.certificates(body=b"1")
    assert server.take().headers["content-type"] == "application/x-x509-ca-cert"
    client.certificates(body=b"1", content_type="application/pkix-cert")
    assert server.take().headers["content-type"] == "application/pkix-cert"
