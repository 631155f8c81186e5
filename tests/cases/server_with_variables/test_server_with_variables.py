from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cases.server import Server


def test_the_first_server_with_its_defaults_is_where_calls_go(package: Any) -> None:
    assert "https://eu.example.com:8443/v1" in repr(package.Client())


def test_unless_the_caller_knows_better(package: Any, server: Server) -> None:
    server.answer(status=204)
    package.Client(base_url=f"{server.url}/v2/").ping()
    assert server.take().target == "/v2/ping"
