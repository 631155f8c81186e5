# ruff: noqa: S106 - these secrets are made up
from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from cases.server import Server


@pytest.fixture(autouse=True)
def _bodiless(server: Server) -> None:
    server.answer(status=204)


def test_the_first_that_is_complete_is_used(package: Any, server: Server) -> None:
    package.Client(token="t", id="i", secret="s", base_url=server.url).me()
    seen = server.take().headers
    assert seen["authorization"] == "Bearer t"
    assert "x-id" not in seen
    package.Client(id="i", secret="s", base_url=server.url).me()
    seen = server.take().headers
    assert (seen["x-id"], seen["x-secret"]) == ("i", "s")


def test_all_are_told_where_none_is_complete(package: Any, server: Server) -> None:
    with pytest.raises(package.MissingCredentials, match=r"`token`, or `id` and `secret`"):
        package.Client(id="i", base_url=server.url).me()
    assert server.untouched


def test_the_header_itself_will_do(package: Any, server: Server) -> None:
    package.Client(base_url=server.url).me(extra_headers={"Authorization": "Bearer x"})
    assert server.take().headers["authorization"] == "Bearer x"
