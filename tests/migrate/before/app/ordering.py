from __future__ import annotations

import asyncio
import datetime

import httpx

from shop_client import AuthenticatedClient, errors
from shop_client.api.books import get_book
from shop_client.api.orders import place_order
from shop_client.api.stock_takes.replace_stock import asyncio_detailed as replace_stock
from shop_client.models import Book, Line, Order, OrderMetadata, OrderShipTo, Priority, Receipt


def line(book_id: str, count: int = 1) -> Line:
    return Line(book_id=book_id, count=count)


def labels(key: str) -> OrderMetadata:
    found = OrderMetadata()
    found["key"] = key
    return found


class Basket:
    def __init__(self, client: AuthenticatedClient) -> None:
        self.client = client
        self.lines: list[Line] = []

    def put(self, book_id: str, count: int) -> None:
        self.lines.append(line(book_id, count))

    async def order(self, key: str, street: str) -> Receipt | None:
        address = OrderShipTo(street=street, zip_code="1234")
        receipt = await place_order.asyncio(
            client=self.client,
            idempotency_key=key,
            body=Order(lines=self.lines, ship_to=address, priority=Priority.VALUE_2, metadata=labels(key)),
        )
        return receipt


async def restock(client: AuthenticatedClient, shelf: int, counts: dict[str, int]) -> int:
    lines = [Line(book_id=book_id, count=count) for book_id, count in counts.items()]
    response = await replace_stock(
        shelf, client=client, body=lines, from_=datetime.datetime(2026, 1, 2, tzinfo=datetime.timezone.utc)
    )
    return response.status_code


async def both(base_url: str, ids: list[str]) -> list[str]:
    async with AuthenticatedClient(base_url=base_url, token="secret") as client:
        found = await asyncio.gather(*[get_book.asyncio(book_id, client=client) for book_id in ids])
    return [book.title for book in found if isinstance(book, Book)]


async def safely(client: AuthenticatedClient, book_id: str) -> str:
    try:
        response = await get_book.asyncio_detailed(book_id, client=client)
    except errors.UnexpectedStatus as error:
        return f"status {error.status_code}"
    except httpx.TimeoutException:
        return "too slow"
    return response.headers["X-Shelf"]
