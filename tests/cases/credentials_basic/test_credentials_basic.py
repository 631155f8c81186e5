# ruff: noqa: S106 - these secrets are made up
from __future__ import annotations

from base64 import b64decode
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cases.server import Server


def test_comes_as_username_and_password(package: Any, server: Server) -> None:
    server.answer(status=204)
    package.Client(username="Änn", password="p:w", base_url=server.url).me()
    kind, _, pair = server.take().headers["authorization"].partition(" ")
    assert (kind, b64decode(pair).decode()) == ("Basic", "Änn:p:w")


def test_may_be_left_out_where_the_document_says_so(package: Any, server: Server) -> None:
    server.answer(status=204)
    package.Client(base_url=server.url).me()
    assert "authorization" not in server.take().headers
