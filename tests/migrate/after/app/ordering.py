from __future__ import annotations

import asyncio
import datetime

from shop import (
    AsyncClient,
    Book,
    LineInput,
    OrderShipToInput,
    Priority,
    Receipt,
    RequestTimeout,
    StatusError,
)


def line(book_id: str, count: int = 1) -> LineInput:
    return {"bookId": book_id, "count": count}


def labels(key: str) -> dict[str, str]:
    found: dict[str, str] = {}
    found["key"] = key
    return found


class Basket:
    def __init__(self, client: AsyncClient) -> None:
        self.client = client
        self.lines: list[LineInput] = []

    def put(self, book_id: str, count: int) -> None:
        self.lines.append(line(book_id, count))

    async def order(self, key: str, street: str) -> Receipt | None:
        address: OrderShipToInput = {"street": street, "zipCode": "1234"}
        receipt = await self.client.orders.place_order(
            idempotency_key=key,
            lines=self.lines,
            ship_to=address,
            priority=Priority.VALUE_2,
            metadata=labels(key),
            dry_run=False,
        )
        return receipt


async def restock(client: AsyncClient, shelf: int, counts: dict[str, int]) -> int:
    lines: list[LineInput] = [{"bookId": book_id, "count": count} for book_id, count in counts.items()]
    response = await client.with_response.stock_takes.replace_stock(
        shelf,
        body=lines,
        from_=datetime.datetime(2026, 1, 2, tzinfo=datetime.timezone.utc),
    )
    return response.status


async def both(base_url: str, ids: list[str]) -> list[str]:
    async with AsyncClient(base_url=base_url, token="secret") as client:
        found = await asyncio.gather(*[client.books.get_book(book_id) for book_id in ids])
    return [book.title for book in found if isinstance(book, Book)]


async def safely(client: AsyncClient, book_id: str) -> str:
    try:
        response = await client.with_response.books.get_book(book_id)
    except StatusError as error:
        return f"status {error.status}"
    except RequestTimeout:
        return "too slow"
    return response.headers["X-Shelf"]
