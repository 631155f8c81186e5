from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from cases.server import Server


@pytest.mark.parametrize(
    ("given", "url"),
    [
        ({}, "https://eu.example.com:8443/v1"),
        ({"region": "us", "base": "v2/beta"}, "https://us.example.com:8443/v2/beta"),
        ({"port": "443"}, "https://eu.example.com:443/v1"),
    ],
)
def test_variables_are_arguments_of_the_client(package: Any, given: Any, url: str) -> None:
    assert f"(base_url={url!r})" in repr(package.Client(**given))
    assert f"(base_url={url!r})" in repr(package.AsyncClient(**given))


@pytest.mark.parametrize(
    "given",
    [
        {"region": "evil.example/"},
        {"region": "a@evil"},
        {"port": "1#"},
        {"base": "a?b"},
        {"base": "{region}"},
    ],
)
def test_no_variable_leads_elsewhere(package: Any, given: Any) -> None:
    with pytest.raises(ValueError, match=f"{next(iter(given))} has a character"):
        package.Client(**given)


def test_a_base_url_comes_before_all_of_them(package: Any, server: Server) -> None:
    server.answer(status=204)
    package.Client(region="us", base_url=f"{server.url}/v2/").ping()
    assert server.take().target == "/v2/ping"
