from __future__ import annotations

import asyncio
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from cases import golden

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cases.server import Seen, Server

    Walk = Callable[[Callable[[Any], Any]], list[str]]


def things(*names: str) -> list[dict[str, str]]:
    return [{"id": name} for name in names]


@pytest.fixture(params=["sync", "async"])
def walk(request: pytest.FixtureRequest, package: Any, server: Server) -> Walk:
    """All items of a method, by both clients: their ids, or what they are."""

    def ids(items: list[Any]) -> list[str]:
        return [getattr(item, "id", item) for item in items]

    def plain(method: Callable[[Any], Any]) -> list[str]:
        with package.Client(base_url=server.url) as client:
            return ids(list(method(client)))

    def waiting(method: Callable[[Any], Any]) -> list[str]:
        async def main() -> list[str]:
            async with package.AsyncClient(base_url=server.url) as client:
                return ids([item async for item in method(client)])

        return asyncio.run(main())

    return plain if request.param == "sync" else waiting


def targets(server: Server) -> list[str]:
    return [seen.target for seen in server.take_all()]


def test_by_a_cursor(walk: Walk, server: Server) -> None:
    server.answer_in_turn(
        {"data": things("a", "b"), "meta": {"next_cursor": "x y"}},
        {"data": [], "meta": {"next_cursor": "z"}},
        {"data": things("c"), "meta": {"next_cursor": None}},
    )
    assert walk(lambda client: client.by_cursor(limit=2)) == ["a", "b", "c"]
    assert targets(server) == [
        "/by-cursor?limit=2",
        "/by-cursor?cursor=x%20y&limit=2",
        "/by-cursor?cursor=z&limit=2",
    ]


def test_from_where_the_caller_says(walk: Walk, server: Server) -> None:
    server.answer_in_turn({"data": things("c"), "meta": {"next_cursor": ""}})
    assert walk(lambda client: client.by_cursor(cursor="z")) == ["c"]
    assert targets(server) == ["/by-cursor?cursor=z"]


def test_by_a_cursor_in_the_body(walk: Walk, server: Server) -> None:
    server.answer_in_turn(
        {"things": things("a"), "next_cursor": "n", "has_more": True},
        {"things": things("b"), "next_cursor": "n", "has_more": False},
    )
    assert walk(lambda client: client.by_cursor_in_the_body(text="t")) == ["a", "b"]
    assert [seen.json for seen in server.take_all()] == [{"text": "t"}, {"text": "t", "cursor": "n"}]


def test_by_the_last_item(walk: Walk, server: Server) -> None:
    server.answer_in_turn(
        {"data": things("a", "b"), "has_more": True}, {"data": things("c"), "has_more": False}
    )
    assert walk(lambda client: client.shop.by_last_item()) == ["a", "b", "c"]
    assert targets(server) == ["/by-last-item", "/by-last-item?starting_after=b"]


def test_backwards_there_is_one_page(package: Any, client: Any, server: Server) -> None:
    pages = client.shop.by_last_item(ending_before="b")
    with pytest.raises(package.PaginationError, match="ending_before asks for what comes before"):
        list(pages)
    assert server.untouched
    server.answer({"data": things("a"), "has_more": True})
    assert pages.first().data[0].id == "a"


def test_by_an_offset(walk: Walk, server: Server) -> None:
    server.answer_in_turn({"items": ["a", "b"], "total": 3}, {"items": ["c"], "total": 3})
    assert walk(lambda client: client.shop.by_offset()) == ["a", "b", "c"]
    assert targets(server) == ["/by-offset", "/by-offset?offset=2"]


def test_an_empty_page_is_the_last(walk: Walk, server: Server) -> None:
    server.answer_in_turn({"items": ["b"], "total": 9}, {"items": [], "total": 9})
    assert walk(lambda client: client.shop.by_offset(offset=5)) == ["b"]
    assert targets(server) == ["/by-offset?offset=5", "/by-offset?offset=6"]


def test_by_a_page(walk: Walk, server: Server) -> None:
    server.answer_in_turn(
        *({"results": things(name), "pagination": {"total_pages": 3}} for name in ("b", "c"))
    )
    assert walk(lambda client: client.shop.by_page(page=2)) == ["b", "c"]
    assert targets(server) == ["/by-page?page=2", "/by-page?page=3"]


def test_by_a_url_in_the_answer(walk: Walk, server: Server) -> None:
    server.answer_in_turn(
        {"results": things("a"), "next": f"{server.url}/by-url?color=red%2Cblue&page=2&token=t"},
        {"results": things("b"), "next": "?page=3"},
        {"results": things("c"), "next": None},
    )
    assert walk(lambda client: client.shop.by_url(q="x", color=["red", "blue"])) == ["a", "b", "c"]
    assert targets(server) == [
        "/by-url?q=x&color=red,blue",
        "/by-url?q=x&color=red,blue&page=2&token=t",
        "/by-url?q=x&page=3",
    ]


def test_by_a_link_header(walk: Walk, server: Server) -> None:
    server.answer_in_turn(
        things("a"),
        things("b"),
        headers=[
            {"Link": f'<{server.url}/by/1?page=2&per_page=1>; rel="next", </by>; rel="last"'},
            {"Link": '</by>; rel="first"'},
        ],
    )
    with pytest.warns(DeprecationWarning, match="GET /by-link"):
        assert walk(lambda client: client.shop.by_link("me", per_page=1)) == ["a", "b"]
    assert targets(server) == ["/by-link/me?per_page=1", "/by-link/me?per_page=1&page=2"]


def test_as_the_author_says(walk: Walk, server: Server) -> None:
    server.answer_in_turn(
        {"found": {"rows": [1, 2]}, "status": {"last_row": 2, "unfinished": True}},
        {"found": {"rows": [3]}, "status": {"last_row": 3, "unfinished": False}},
    )
    assert walk(lambda client: client.as_the_author_says()) == [1, 2, 3]
    assert targets(server) == ["/as-the-author-says", "/as-the-author-says?from_row=2"]


def test_as_the_user_says(walk: Walk, server: Server) -> None:
    server.answer_in_turn(things("a", "b"), things("c"))
    assert walk(lambda client: client.as_the_user_says(limit=2)) == ["a", "b", "c"]
    assert targets(server) == ["/as-the-user-says?limit=2", "/as-the-user-says?skip=2&limit=2"]


def test_without_pages_the_answer_is_returned(client: Any, server: Server) -> None:
    server.answer({"data": things("a"), "next_cursor": "n"})
    for method in ("off_as_the_author_says", "get_off_as_the_user_says", "not_as_it_is_said"):
        assert getattr(client, method)().data[0].id == "a"
    server.answer(things("a"))
    assert client.no_sign_of_more()[0].id == "a"


# --- pages ---


@pytest.fixture
def two(server: Server) -> Iterator[Callable[[], list[Seen]]]:
    """Two pages are served, each time anew; the requests that came."""

    def serve() -> list[Seen]:
        server.answer_in_turn(
            {"data": things("a"), "meta": {"next_cursor": "n"}}, {"data": things("b"), "meta": {}}
        )
        return server.take_all()

    serve()
    yield serve
    server.take_all()


def test_nothing_is_sent_until_pages_are_gone_through(
    client: Any, server: Server, two: Callable[[], list[Seen]]
) -> None:
    pages = client.by_cursor(timeout=5, extra_headers={"X-Own": "1"})
    assert repr(pages) == "<Pages of GET /by-cursor>"
    assert server.untouched
    items = iter(pages)
    assert server.untouched
    assert next(items).id == "a"
    assert len(server.take_all()) == 1
    assert [item.id for item in items] == ["b"]
    two()
    assert [item.id for item in pages] == ["a", "b"]
    assert [seen.headers["x-own"] for seen in server.take_all()] == ["1", "1"]


def test_pages_are_answers(client: Any, two: Callable[[], list[Seen]]) -> None:
    assert [page.data[0].id for page in client.by_cursor().pages()] == ["a", "b"]
    two()
    assert len(list(client.by_cursor().pages(max_pages=1))) == 1
    assert len(two()) == 1
    with pytest.raises(ValueError, match="max_pages must be 1 or more"):
        client.by_cursor().pages(max_pages=0)


def test_async_pages_are_awaited_for_the_first(
    package: Any, server: Server, two: Callable[[], list[Seen]]
) -> None:
    async def main() -> None:
        async with package.AsyncClient(base_url=server.url) as client:
            pages = client.by_cursor()
            assert repr(pages) == "<AsyncPages of GET /by-cursor>"
            assert (await pages).meta.next_cursor == "n"
            two()
            assert (await pages.first()).data[0].id == "a"
            two()
            assert [page.data[0].id async for page in pages.pages(max_pages=2)] == ["a", "b"]

    asyncio.run(main())


def test_the_whole_answer_is_that_of_the_first(
    package: Any, client: Any, server: Server, two: Callable[[], list[Seen]]
) -> None:
    answer = client.with_response.by_cursor(limit=1)
    assert (answer.status, answer.body.data[0].id, answer.body.meta.next_cursor) == (200, "a", "n")
    assert [seen.target for seen in two()] == ["/by-cursor?limit=1"]
    with client.with_response.by_cursor.stream() as opened:
        assert opened.status == 200
    assert [item.id for item in client.by_cursor(cursor="n")] == ["b"]
    server.answer_in_turn({"items": ["x"], "total": 1})
    assert client.with_response.shop.by_offset().body.items == ["x"]

    async def main() -> None:
        async with package.AsyncClient(base_url=server.url) as waiting:
            two()
            assert (await waiting.with_response.by_cursor()).body.data[0].id == "a"

    asyncio.run(main())


def test_what_pages_go_on_by_is_in_the_docstring(package: Any) -> None:
    assert "Pages: `cursor` is taken from `meta.next_cursor`." in package.Client.by_cursor.__doc__
    assert "Pages: what is asked for next is taken from the `Link` header" in (
        package.client.Shop.by_link.__doc__
    )
    assert "Pages:" not in package.Client.no_sign_of_more.__doc__


def test_pages_are_public(package: Any) -> None:
    assert {"AsyncPages", "Pages", "PaginationError"} <= set(package.__all__)
    assert package.Pages.__name__ == "Pages"


# --- types ---

HERE = Path(__file__).parent
CHECKERS = {
    "mypy": ("-m", "mypy", "--strict", "--config-file=", "--cache-dir=.cache"),
    "pyright": ("-m", "pyright", f"--pythonpath={sys.executable}"),
}


@pytest.mark.parametrize("checker", CHECKERS)
def test_type_checkers_know_items_and_pages(checker: str, tmp_path: Path, package: Any) -> None:
    golden.assemble([package.__name__], tmp_path)
    (tmp_path / "pyrightconfig.json").write_text('{"typeCheckingMode": "strict", "pythonVersion": "3.11"}')
    for name, wrong in (("right", []), ("wrong", [5, 7, 11])):
        (tmp_path / f"{name}.py").write_text((HERE / f"{name}.py.txt").read_text("utf-8"), "utf-8")
        command = [sys.executable, *CHECKERS[checker], f"{name}.py"]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        found = re.findall(rf"{name}\.py:(\d+)(?::\d+)?(?:: error| - error)", done.stdout)
        assert sorted({int(line) for line in found} & {5, 7, 11}) == wrong, done.stdout
        assert (done.returncode != 0) == bool(wrong), done.stdout + done.stderr
