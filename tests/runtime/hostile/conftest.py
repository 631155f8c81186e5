from __future__ import annotations

from typing import TYPE_CHECKING, Any

import anyio
import pytest
import widgets
from telling import TOKEN

from raw_server import RawServer, reply

if TYPE_CHECKING:
    from collections.abc import Iterator

    from widgets import Twin

    from specwright.runtime.operation import Call


@pytest.fixture(params=["sync", "asyncio", "trio"])
def twin(request: pytest.FixtureRequest, server: RawServer) -> Twin:
    """A call by a client of each kind, under each event loop."""

    def send(call: Call[Any], options: Any = None, /, **client: Any) -> Any:
        arguments = {"base_url": server.url, "token": TOKEN, **client}
        if request.param == "sync":
            with widgets.Client(**arguments) as made:
                return made._send(call, options or {})

        async def main() -> Any:
            async with widgets.AsyncClient(**arguments) as made:
                return await made._send(call, options or {})

        return anyio.run(main, backend=request.param)

    return send


@pytest.fixture
def elsewhere() -> Iterator[RawServer]:
    """A server of another origin."""
    running = RawServer(reply(200, widgets.WIDGET))
    yield running
    running.close()
