# ruff: noqa: S106 - these secrets are made up
from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from cases.server import Server


@pytest.fixture(autouse=True)
def _bodiless(server: Server) -> None:
    server.answer(status=204)


def test_comes_as_token(package: Any, server: Server) -> None:
    package.Client(token="t-1", base_url=server.url).members()
    assert server.take().headers["authorization"] == "Bearer t-1"


def test_or_from_the_variable_that_the_configuration_names(
    package: Any, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BEARER_CASE_TOKEN", "t-2")
    package.Client(base_url=server.url).members()
    assert server.take().headers["authorization"] == "Bearer t-2"


def test_is_asked_for_where_it_is_needed(
    package: Any, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("BEARER_CASE_TOKEN", raising=False)
    client = package.Client(base_url=server.url)
    client.anyone()
    assert "authorization" not in server.take().headers
    with pytest.raises(package.MissingCredentials, match="BEARER_CASE_TOKEN"):
        client.members()
    assert server.untouched


def test_an_open_operation_is_not_told(package: Any, server: Server) -> None:
    package.Client(token="t-1", base_url=server.url).anyone()
    assert "authorization" not in server.take().headers


def test_the_document_says_where(package: Any) -> None:
    client = package.Client(token="t-1")
    assert "https://api.example.com/v1" in repr(client)
    assert "t-1" not in repr(client)
