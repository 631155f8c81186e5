from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from cases.server import Server

CALLS = {
    "bare_": "GET /bare",
    "close_": "PUT /bare",
    "cats.first": "GET /first",
    "grosse_co.odd": "GET /odd",
    "client.client": "PUT /odd",
    "bare.import_": "POST /odd",
    "close_operations.same": "PATCH /odd",
    "cats.same": "DELETE /odd",
    "cats.same_options_odd": "OPTIONS /odd",
}


@pytest.fixture(autouse=True)
def _bodiless(server: Server) -> None:
    server.answer(status=204)


def _method(client: Any, path: str) -> Any:
    for name in path.split("."):
        client = getattr(client, name)
    return client


@pytest.mark.parametrize("path", CALLS)
def test_each_operation_is_where_its_first_tag_says(client: Any, server: Server, path: str) -> None:
    _method(client, path)()
    seen = server.take()
    assert f"{seen.method} {seen.target}" == CALLS[path]


@pytest.mark.parametrize("path", CALLS)
def test_twins_are_called_alike(package: Any, server: Server, path: str) -> None:
    async def call() -> None:
        async with package.AsyncClient(base_url=server.url) as client:
            await _method(client, path)()

    asyncio.run(call())
    seen = server.take()
    assert f"{seen.method} {seen.target}" == CALLS[path]


def test_a_tag_without_a_first_operation_is_none(client: Any) -> None:
    assert not hasattr(client, "dogs")


def test_a_resource_says_what_its_tag_does(client: Any) -> None:
    assert type(client.cats).__doc__ == "Everything with whiskers."


def test_closing_is_still_closing(package: Any, server: Server) -> None:
    client = package.Client(base_url=server.url)
    client.close()
    with pytest.raises(package.ClientClosed):
        client.bare_()
