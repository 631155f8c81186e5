from __future__ import annotations

import asyncio
import inspect
import warnings
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from cases.server import Server


def test_a_deprecated_method_warns_where_it_is_called(client: Any, server: Server) -> None:
    server.answer(status=204)
    with pytest.warns(DeprecationWarning, match="GET /old") as caught:
        client.things.get_old()
    assert caught[0].filename == __file__


def test_its_twin_too(package: Any, server: Server) -> None:
    server.answer(status=204)

    async def call() -> None:
        async with package.AsyncClient(base_url=server.url) as client:
            await client.things.get_old()

    with pytest.warns(DeprecationWarning, match="GET /old"):
        asyncio.run(call())


def test_nothing_else_warns(client: Any, server: Server) -> None:
    server.answer({"color": "red", "kind": "a"})
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert client.things.get_new(page=1, size=2, color="red", kind="a").color == "red"


def test_arguments_fields_and_types_say_so(package: Any) -> None:
    method = inspect.getdoc(package.Client(base_url="https://example.com").things.get_new)
    assert "page: Deprecated. Use `offset`." in (method or "")
    assert "size: Deprecated." in (method or "")
    assert "color: Deprecated. Nobody reads it." in (method or "")
    assert package.models.Thing.__doc__ == "Deprecated. A thing."
    assert package.models.Kind.__doc__.startswith("Deprecated.")
