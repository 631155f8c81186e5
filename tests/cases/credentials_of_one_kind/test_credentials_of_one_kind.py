# ruff: noqa: S106 - these secrets are made up
from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from cases.server import Server


@pytest.mark.parametrize(
    ("method", "header", "value"),
    [("user", "authorization", "Bearer u"), ("app", "authorization", "Bearer a"), ("key", "x-key", "k")],
)
def test_are_called_as_their_schemes(
    package: Any, server: Server, method: str, header: str, value: str
) -> None:
    server.answer(status=204)
    client = package.Client(user_token="u", app_token="a", base_url_="k", timeout_="o", base_url=server.url)
    getattr(client, method)()
    assert server.take().headers[header] == value
