from __future__ import annotations

import datetime
from collections.abc import Iterator

from shop_client import AuthenticatedClient
from shop_client.api.books import create_book, delete_book, get_book, list_books, update_book
from shop_client.api.default import health
from shop_client.models import Author, Book, BookChange, Genre, NewBook
from shop_client.types import UNSET, Unset


def titles(client: AuthenticatedClient, genre: Genre | Unset = UNSET) -> list[str]:
    books = list_books.sync(client=client, genre=genre, tag=["new", "used"], x_request_id="r-1")
    if not isinstance(books, list):
        raise RuntimeError("no list")
    return [book.title for book in books]


def recent(client: AuthenticatedClient, after: datetime.date) -> Iterator[Book]:
    # Ten at a time.
    response = list_books.sync_detailed(client=client, published_after=after, limit=10)
    if response.status_code == 200 and isinstance(response.parsed, list):
        yield from response.parsed


def price(client: AuthenticatedClient, book_id: str) -> int | None:
    book = get_book.sync(book_id, client=client)
    assert isinstance(book, Book)
    if isinstance(book.price_in_cents, Unset):
        return None
    return book.price_in_cents


def born(client: AuthenticatedClient, book_id: str) -> datetime.date | None:
    book = get_book.sync(book_id=book_id, client=client)
    assert isinstance(book, Book)
    return book.author.born_on if not isinstance(book.author.born_on, Unset) else None


def add(client: AuthenticatedClient, title: str, name: str) -> str:
    made = create_book.sync(
        client=client,
        body=NewBook(
            title=title,
            author=Author(full_name=name, born_on=datetime.date(1970, 1, 2)),
            genre=Genre.NON_FICTION,
            tags=["a", "b"],
            sub_title=None,
            isbn=UNSET,
        ),
    )
    assert isinstance(made, Book)
    return str(made.id)


def rename(client: AuthenticatedClient, book_id: str, title: str) -> Book | None:
    change = BookChange(title=title)
    change.genre = Genre.POETRY
    return update_book.sync(book_id, client=client, body=change)


def remove(client: AuthenticatedClient, book_id: str) -> int:
    return delete_book.sync_detailed(book_id, client=client).status_code.value


def is_up(client: AuthenticatedClient) -> bool:
    return health.sync_detailed(client=client).parsed == "up"


def copy(client: AuthenticatedClient, from_id: str, to_id: str) -> str:
    book = get_book.sync(from_id, client=client)
    assert isinstance(book, Book)
    update_book.sync(
        to_id,
        client=client,
        body=BookChange(title=book.title, genre=book.genre, sub_title=book.sub_title),
    )
    create_book.sync_detailed(client=client, body=NewBook(title="Copy", author=book.author))
    return book.title
