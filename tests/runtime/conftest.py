from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest
import widgets
from telling import TOKEN

from raw_server import RawServer, reply

if TYPE_CHECKING:
    from collections.abc import Iterator

    from widgets import Twin

    from specwright.runtime.operation import Call


@pytest.fixture
def server() -> Iterator[RawServer]:
    running = RawServer(reply(200, widgets.WIDGET))
    yield running
    running.close()


@pytest.fixture(params=["sync", "async"])
def twin(request: pytest.FixtureRequest, server: RawServer) -> Twin:
    def send(call: Call[Any], options: Any = None, /, **client: Any) -> Any:
        arguments = {"base_url": server.url, "token": TOKEN, **client}
        if request.param == "sync":
            with widgets.Client(**arguments) as made:
                return made._send(call, options or {})

        async def main() -> Any:
            async with widgets.AsyncClient(**arguments) as made:
                return await made._send(call, options or {})

        return asyncio.run(main())

    return send


@pytest.fixture(autouse=True)
def no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WIDGETS_TOKEN", raising=False)
