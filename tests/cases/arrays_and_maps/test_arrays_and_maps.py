from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from cases.server import Server

SHELF = {
    "books": [{"title": "Emma"}],
    "words": ["a", "b"],
    "grid": [[1, 2], []],
    "by_year": {"1815": [{"title": "Emma"}]},
    "prices": {"Emma": 9.5},
    "anything": {"x": [1, {"y": None}]},
    "things": [1, "two", None],
    "flags": [{"on": True}],
}


def test_goes_out_and_comes_back_the_same(client: Any, server: Server, package: Any) -> None:
    server.answer(SHELF)
    shelf = client.arrange(**SHELF)
    assert server.take().json == SHELF
    book = package.models.Book(title="Emma")
    assert shelf.books == [book]
    assert shelf.by_year == {"1815": [book]}
    assert shelf.grid == [[1, 2], []]
    assert shelf.flags[0].on is True
    assert shelf.anything == SHELF["anything"]
    assert shelf.as_input() == SHELF


def test_tuples_and_models_may_be_sent(client: Any, server: Server, package: Any) -> None:
    server.answer(SHELF)
    client.arrange(books=(package.models.Book(title="Emma"),), words=("a",))
    assert server.take().json == {"books": [{"title": "Emma"}], "words": ["a"]}


def test_an_answer_may_be_a_map_of_models(client: Any, server: Server) -> None:
    server.answer({"1": {"title": "Emma"}, "2": {"title": "Persuasion"}})
    books = client.books()
    assert [books[key].title for key in ("1", "2")] == ["Emma", "Persuasion"]


def test_every_issue_has_its_place(client: Any, server: Server, package: Any) -> None:
    with pytest.raises(package.RequestInvalid) as caught:
        client.arrange(
            books=[],
            words=["a", "", "a"],
            grid=[[1, 2, 3], ["x"]],
            by_year={"18/15": [{"title": "Emma"}, {}]},
            prices={"a": -1, "b": 1, "c": "x"},
        )
    assert server.untouched
    assert {(issue.pointer, issue.keyword) for issue in caught.value.issues} == {
        ("/books", "minItems"),
        ("/words", "uniqueItems"),
        ("/words/1", "minLength"),
        ("/grid/0", "maxItems"),
        ("/grid/1/0", "type"),
        ("/by_year/18~115/1", "required"),
        ("/prices", "maxProperties"),
        ("/prices/a", "minimum"),
        ("/prices/c", "type"),
    }


def test_an_alias_of_an_array_or_a_map_has_a_validator(package: Any) -> None:
    assert package.validators.validate_library([SHELF, {}])[0].pointer == "/1"
    assert package.validators.validate_index({"a": {}})[0].pointer == "/a"
