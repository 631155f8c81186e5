"""Where pages end, and what keeps going through them from going wrong."""

from __future__ import annotations

import json
import pickle
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import parse_qsl, urlsplit

import httpx2
import pytest

from specwright.runtime import walk
from specwright.runtime.client import SyncApiClient
from specwright.runtime.credentials import ApiKey
from specwright.runtime.errors import PaginationError, ServiceUnavailable
from specwright.runtime.following import next_link
from specwright.runtime.operation import Answer, Call, Operation
from specwright.runtime.pages import Pages
from specwright.runtime.paging import Paging
from specwright.runtime.types import OMIT, Json

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

HOST = "https://api.example"
CURSOR = Paging("cursor", ("data",), parameter="cursor", next=("next",), more=("more",))
OFFSET = Paging("offset", ("data",), parameter="offset", total=("total",), first=0)
PAGE = Paging("page", ("data",), parameter="page", total=("total",), pages=("pages",), first=1)
URL = Paging("url", ("data",), next=("next",), steps=("page",), types={"page": "integer"})
LINK = Paging("link", (), steps=("page",), types={"page": "integer"})


class Came(NamedTuple):
    path: str
    query: list[tuple[str, str]]


class Walked(NamedTuple):
    items: list[Any]
    came: list[Came]
    error: str


def walked(
    paging: Paging,
    answers: Iterable[Json] | Callable[[int], Json],
    *,
    headers: Mapping[str, str] | None = None,
    key: str = "",
    **query: Any,
) -> Walked:
    """All items, the requests that came, and why it ended, where that was an error; `answers` come in turn."""
    came: list[Came] = []
    turns = answers if callable(answers) else list(answers).__getitem__

    def answer(request: httpx2.Request) -> httpx2.Response:
        parts = urlsplit(str(request.url))
        came.append(Came(parts.path, parse_qsl(parts.query)))
        return httpx2.Response(200, content=json.dumps(turns(len(came) - 1)), headers=headers)

    operation = Operation[Any](
        "GET",
        "/things/{owner}",
        paging=paging,
        answers={"200": Answer(Any)},
        security=[["key"]] if key else (),
    )
    credentials = {"key": ApiKey("key", key, name="key", location="query")} if key else {}
    with (
        httpx2.Client(transport=httpx2.MockTransport(answer)) as http,
        SyncApiClient(HOST, credentials, {"http_client": http}) as client,
    ):
        call = Call(operation, path={"owner": "me"}, query=query)
        items: list[Any] = []
        try:
            items.extend(client._pages(call, {}))
        except PaginationError as error:
            return Walked(items, came, str(error))
    return Walked(items, came, "")


def queries(found: Walked) -> list[dict[str, str]]:
    return [dict(came.query) for came in found.came]


# --- ends ---


@pytest.mark.parametrize(
    ("paging", "answers", "query", "asked"),
    [
        (CURSOR, [{"data": [1], "next": "a"}, {"data": [2]}], {}, [{}, {"cursor": "a"}]),
        (CURSOR, [{"data": [1], "next": "a", "more": False}], {}, [{}]),
        (CURSOR, [{"data": [1], "next": 7}, {"data": [], "next": ""}], {"cursor": OMIT}, [{}, {"cursor": "7"}]),
        (CURSOR, [{"data": None, "next": "a"}, {"next": None}], {}, [{}, {"cursor": "a"}]),
        (CURSOR, [None], {}, [{}]),
        (CURSOR, ["text"], {}, [{}]),
        (OFFSET, [{"data": [1, 2], "total": 2}], {}, [{}]),
        (OFFSET, [{"data": [1]}, {"data": []}], {"offset": 3}, [{"offset": "3"}, {"offset": "4"}]),
        (OFFSET._replace(first=1), [{"data": [1], "total": 2}, {"data": [2], "total": 2}], {}, [{}, {"offset": "2"}]),
        (OFFSET._replace(limit="n"), [{"data": [1]}], {"n": 2}, [{"n": "2"}]),
        (OFFSET._replace(limit="n"), [{"data": [1]}, {"data": []}], {"n": 1}, [{"n": "1"}, {"n": "1", "offset": "1"}]),
        (PAGE, [{"data": [1], "total": 2}, {"data": [2], "total": 2.0}], {}, [{}, {"page": "2"}]),
        (PAGE, [{"data": [1], "pages": 4}], {"page": 4}, [{"page": "4"}]),
        (PAGE._replace(first=0), [{"data": [1], "pages": 2}, {"data": [2], "pages": 2}], {}, [{}, {"page": "1"}]),
        (PAGE._replace(first=None, number=("at",)), [{"data": [1], "at": 0}, {"data": []}], {}, [{}, {"page": "1"}]),
        (URL, [{"data": [1], "next": ""}], {}, [{}]),
    ],
)  # fmt: skip
def test_pages_end(paging: Paging, answers: list[Json], query: dict[str, Any], asked: list[Any]) -> None:
    found = walked(paging, answers, **query)
    assert (queries(found), found.error) == (asked, "")


def test_the_items_are_as_they_came() -> None:
    assert walked(CURSOR, [{"data": [1, None], "next": "a"}, {"data": ["x"]}]).items == [1, None, "x"]


# --- guards ---


def test_a_cursor_that_was_there_before_is_an_error_and_no_endless_loop() -> None:
    found = walked(CURSOR, lambda number: {"data": [number], "next": "ab"[number % 2]})
    assert found.items == [0, 1, 2]
    assert found.error == "GET /things/{owner}: the cursor of the next page is one that there was before"
    assert walked(CURSOR, [{"data": [], "next": "mine"}], cursor="mine").error.endswith("there was before")


def test_pages_without_end_are_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(walk, "MOST", 5)
    found = walked(CURSOR, lambda number: {"data": [number], "next": number})
    assert found.items == [0, 1, 2, 3, 4]
    assert found.error.endswith("there are more than 5 pages")


@pytest.mark.parametrize(
    ("paging", "answer", "query", "told"),
    [
        (CURSOR, {"next": {"a": 1}}, {}, "neither text nor a number"),
        (CURSOR, {"next": True}, {}, "neither text nor a number"),
        (URL, {"next": 3}, {}, "no text"),
        (URL, {"next": "/other?x=1"}, {}, "the path of something else"),
        (URL, {"next": "/things/me"}, {}, "that of the page before"),
        (URL, {"next": "?a=\r\nb"}, {}, "a control character"),
        (URL, {"next": f"{HOST}:99999/"}, {}, "is none"),
        (OFFSET, {"data": [1]}, {"offset": "one"}, "offset is no whole number"),
        (PAGE._replace(first=None, number=("at",)), {"data": [1]}, {}, "does not have the number of its page"),
        (Paging("item", ("data",), parameter="after", key=("id",)), {"data": [{}]}, {}, "the last item has no id"),
    ],
)  # fmt: skip
def test_what_leads_nowhere_is_an_error(
    paging: Paging, answer: Json, query: dict[str, Any], told: str
) -> None:
    found = walked(paging, [answer], **query)
    assert told in found.error
    assert len(found.came) == 1


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example/things/me?page=2",
        "http://api.example/things/me?page=2",
        "https://api.example:8443/things/me?page=2",
        "//evil.example/things/me?page=2",
        "https://api.example@evil.example/things/me?page=2",
        "https://user@api.example/things/me?page=2",
        "https://api.example.evil.example/things/me?page=2",
        "javascript:alert(1)",
        "file:///etc/passwd",
    ],
)
@pytest.mark.parametrize("paging", [URL, LINK])
def test_a_url_of_another_origin_is_not_followed(url: str, paging: Paging) -> None:
    body: Json = {"data": [1], "next": url} if paging is URL else [1]
    found = walked(paging, [body], headers={"Link": f'<{url}>; rel="next"'}, key="secret")
    assert found.items == [1]
    assert "leads to another origin" in found.error
    assert "page=2" not in found.error
    assert "secret" not in found.error
    assert len(found.came) == 1


def test_the_same_origin_in_other_words_is_followed() -> None:
    found = walked(URL, [{"next": "HTTPS://API.example:443/things/m%65/?page=2"}, {}])
    assert queries(found) == [{}, {"page": "2"}]


def test_a_url_of_another_path_is_followed_where_it_tells_of_the_page_alone() -> None:
    found = walked(LINK, [[1], []], headers={"Link": f"<{HOST}/ids/7?page=2&q=x>; rel=next"}, q="x")
    assert [came.path for came in found.came] == ["/things/me", "/things/me"]
    assert queries(found) == [{"q": "x"}, {"q": "x", "page": "2"}]


def test_credentials_are_not_taken_from_a_url() -> None:
    found = walked(URL, [{"next": "?page=2&key=***"}, {}], key="secret")
    assert [dict(came.query) for came in found.came] == [{"key": "secret"}, {"page": "2", "key": "secret"}]


def test_what_a_url_leaves_out_is_left_out_unless_it_has_to_be_there() -> None:
    found = walked(URL._replace(required=("q",)), [{"next": "?page=2"}, {}], q="x", color="red")
    assert queries(found) == [{"q": "x", "color": "red"}, {"q": "x", "page": "2"}]


def test_errors_of_later_pages_are_those_of_any_call() -> None:
    def answer(request: httpx2.Request) -> httpx2.Response:
        first = "cursor" not in str(request.url)
        return httpx2.Response(200 if first else 503, json={"data": [1], "next": "n"})

    operation = Operation[Any]("GET", "/things", paging=CURSOR, answers={"200": Answer(Any)})
    with (
        httpx2.Client(transport=httpx2.MockTransport(answer)) as http,
        SyncApiClient(HOST, {}, {"http_client": http}) as client,
    ):
        items = iter(client._pages(Call(operation), {}))
        assert next(items) == 1
        with pytest.raises(ServiceUnavailable):
            next(items)


def test_an_operation_without_pages_has_none() -> None:
    call = Call(Operation[Any]("GET", "/things"))
    with pytest.raises(TypeError, match="has no pages"):
        Pages(call, {}, lambda _call, _options: pytest.fail("sent"))


def test_the_error_can_be_pickled() -> None:
    error = PaginationError("GET /things: no way")
    assert str(pickle.loads(pickle.dumps(error))) == str(error)  # noqa: S301 - our own


# --- Link headers (RFC 8288) ---


@pytest.mark.parametrize(
    ("header", "url"),
    [
        ("", None),
        ('<https://a/?page=2>; rel="next"', "https://a/?page=2"),
        ("<b>;rel=next", "b"),
        ('<a>; rel="prev", <b>; rel="next"', "b"),
        ('<a,b;c>; title="x, <y>; rel=\\"next\\""; rel="prev", <d>; REL="Last NEXT"', "d"),
        ('<a>; rel="prev"; rel="next"', None),
        ('<a>; rel="next"; anchor="/other", <b>; rel="next"', "b"),
        ('<a>; rel="next"; results="false"', None),
        ('<a>; rel="next"; results="true"', "a"),
        ('<a>; rel="nextish"', None),
        ("<a>; rel", None),
        ("a; rel=next", None),
    ],
)
def test_the_next_link_of_a_header(header: str, url: str | None) -> None:
    assert next_link(header) == url


def test_a_header_without_end_takes_no_time() -> None:
    for text in ("<a>" + "; x" * 30_000, "<" * 60_000, '<a>; x="' + "\\\\" * 30_000, "<a>;" + " " * 60_000):
        assert next_link(text) is None
