from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cases.server import Server


def test_what_an_operation_calls_back_is_read_by_its_name(package: Any) -> None:
    event = package.read_place_order_shipped(b'{"at": "2026-01-31T12:00:00Z"}')
    assert event == package.models.Event(at=dt.datetime(2026, 1, 31, 12, tzinfo=dt.UTC))


def test_a_callback_of_several_operations_is_read_for_each(package: Any) -> None:
    body = b'{"reason": "lost"}'
    assert package.read_place_order_failed(body) == package.read_return_order_failed(body)
    assert package.read_return_order_failed(body).reason == "lost"


def test_the_operation_is_what_it_is_without(client: Any, server: Server) -> None:
    server.answer(status=204)
    client.place_order(callback_url="https://me.example")
    assert server.take().json == {"callbackUrl": "https://me.example"}
