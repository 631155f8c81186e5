from __future__ import annotations

import datetime
from collections.abc import Iterator

from msgspec import UnsetType
from shop import Book, Client, Genre, OMIT, Omit


def titles(client: Client, genre: Genre | Omit = OMIT) -> list[str]:
    books = client.books.list_books(genre=genre, tag=["new", "used"], x_request_id="r-1", limit=20)
    if not isinstance(books, list):
        raise RuntimeError("no list")
    return [book.title for book in books]


def recent(client: Client, after: datetime.date) -> Iterator[Book]:
    # Ten at a time.
    response = client.with_response.books.list_books(published_after=after, limit=10)
    if response.status == 200 and isinstance(response.body, list):
        yield from response.body


def price(client: Client, book_id: str) -> int | None:
    book = client.books.get_book(book_id)
    assert isinstance(book, Book)
    if book.price_in_cents is None:
        return None
    return book.price_in_cents


def born(client: Client, book_id: str) -> datetime.date | None:
    book = client.books.get_book(book_id=book_id)
    assert isinstance(book, Book)
    return book.author.born_on if book.author.born_on is not None else None


def add(client: Client, title: str, name: str) -> str:
    made = client.books.create_book(
        title=title,
        author={"fullName": name, "bornOn": datetime.date(1970, 1, 2)},
        genre=Genre.NON_FICTION,
        tags=["a", "b"],
        sub_title=None,
    )
    assert isinstance(made, Book)
    return str(made.id)


def rename(client: Client, book_id: str, title: str) -> Book | None:
    return client.books.update_book(book_id, title=title, genre=Genre.POETRY)


def remove(client: Client, book_id: str) -> int:
    return client.with_response.books.delete_book(book_id).status


def is_up(client: Client) -> bool:
    return client.health() == "up"


def copy(client: Client, from_id: str, to_id: str) -> str:
    book = client.books.get_book(from_id)
    assert isinstance(book, Book)
    client.books.update_book(
        to_id,
        title=book.title,
        genre=OMIT if book.genre is None else book.genre,
        sub_title=OMIT if isinstance(book.sub_title, UnsetType) else book.sub_title,
    )
    client.books.create_book(title="Copy", author=book.author.as_input())
    return book.title
