from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from cases.server import Server


def test_the_caller_says_where(package: Any, server: Server) -> None:
    with pytest.raises(TypeError, match="base_url"):
        package.Client()
    server.answer(status=204)
    package.Client(base_url=f"{server.url}/api/v3").ping()
    assert server.take().target == "/api/v3/ping"


def test_a_base_that_is_none_is_refused(package: Any) -> None:
    with pytest.raises(ValueError, match="https://host"):
        package.Client(base_url="/api/v3")
