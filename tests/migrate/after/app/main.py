"""Does everything once, and prints what came of it."""

from __future__ import annotations

import asyncio
import datetime
import json
import sys

from shop import AsyncClient, Genre

from app import catalogue, ordering
from app.connect import connect


def sync_part(url: str) -> list[object]:
    with connect(url, "secret") as client:
        return [
            catalogue.titles(client),
            catalogue.titles(client, Genre.POETRY),
            [book.title for book in catalogue.recent(client, datetime.date(2026, 1, 2))],
            catalogue.price(client, "b/1"),
            str(catalogue.born(client, "b2")),
            catalogue.add(client, "Emma", "Jane Austen"),
            catalogue.rename(client, "b3", "Persuasion") is not None,
            catalogue.remove(client, "b4"),
            catalogue.is_up(client),
            catalogue.copy(client, "b5", "b6"),
        ]


async def async_part(url: str) -> list[object]:
    client = AsyncClient(base_url=url, token="secret", timeout=None)
    async with client:
        basket = ordering.Basket(client)
        basket.put("b1", 2)
        basket.put("b2", 1)
        receipt = await basket.order("key-1", "High Street")
        response = await client.books.list_books(limit=3)
        return [
            receipt.order_id if receipt else None,
            [line.count for line in receipt.lines] if receipt else [],
            len(response) if isinstance(response, list) else None,
            await ordering.restock(client, 7, {"b1": 4, "b2": 5}),
            sorted(await ordering.both(url, ["b1", "b2"])),
            await ordering.safely(client, "b9"),
        ]


if __name__ == "__main__":
    print(json.dumps([*sync_part(sys.argv[1]), *asyncio.run(async_part(sys.argv[1]))]))
