"""Which operations have pages, and how these follow one another, as far as a document says."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

import pytest
from sweeps.corpus import corpus, sources

from specwright.config import Config
from specwright.document import load
from specwright.emit.filters.operations import operations
from specwright.plan import outline, plan
from specwright.plan.ir import Named, Pagination, Scalar

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from specwright.plan import Plan

STR: Final = {"type": "string"}
INT: Final = {"type": "integer"}
BOOL: Final = {"type": "boolean"}
NULLABLE: Final = {"type": ["string", "null"]}
DATE: Final = {"type": "string", "format": "date-time"}
URI: Final = {"type": "string", "format": "uri"}
THING: Final = {"type": "object", "properties": {"id": STR}}
THINGS: Final = {"type": "array", "items": THING}


def of(schema: Any) -> dict[str, Any]:
    """An object with these properties."""
    return {"type": "object", "properties": schema}


@pytest.fixture
def planned(tmp_path: Path) -> Any:
    def make(
        asked: dict[str, Any],
        answer: Any,
        *,
        method: str = "get",
        headers: tuple[str, ...] = (),
        operation: dict[str, Any] | None = None,
        **config: Any,
    ) -> Plan:
        """The plan of one operation: its parameters by name, or the properties of its body, and its answer."""
        said: dict[str, Any] = {
            "operationId": "list",
            "responses": {
                "200": {
                    "description": "ok",
                    "headers": {name: {"schema": STR} for name in headers},
                    "content": {"application/json": {"schema": answer}},
                }
            },
        }
        if method == "post":
            said["requestBody"] = {"content": {"application/json": {"schema": of(asked)}}}
        else:
            said["parameters"] = [
                {"name": name, "in": "query", "schema": schema} for name, schema in asked.items()
            ]
        paths = {"/things": {method: {**said, **(operation or {})}}}
        spec = tmp_path / "api.json"
        spec.write_text(
            json.dumps({"openapi": "3.1.1", "info": {"title": "T", "version": "1"}, "paths": paths})
        )
        settings = Config(spec=spec, **config)
        return plan(load(spec, settings), settings, {})

    return make


def pagination(plan: Plan) -> Pagination | None:
    return plan.api.operations[0].pagination


@pytest.mark.parametrize(
    ("asked", "answer", "found"),
    [
        # by cursor
        ({"cursor": STR}, {"data": THINGS, "next_cursor": STR}, {"kind": "cursor", "parameter": "cursor", "next": ("next_cursor",)}),
        ({"pageToken": STR}, {"files": THINGS, "nextPageToken": STR}, {"kind": "cursor", "items": ("files",)}),
        ({"cursor": STR}, {"items": THINGS, "cursor": of({"next": NULLABLE})}, {"next": ("cursor", "next")}),
        ({"page[after]": STR, "after": STR}, {"data": THINGS, "paging": of({"next": of({"after": STR})})}, {"parameter": "after", "next": ("paging", "next", "after")}),
        ({"after": STR, "before": STR}, {"items": THINGS, "pageInfo": of({"endCursor": STR, "hasNextPage": BOOL})}, {"more": ("pageInfo", "hasNextPage"), "backwards": ("before",)}),
        ({"page": INT}, {"plans": THINGS, "meta": of({"next_page": {"type": ["integer", "null"]}})}, {"kind": "cursor", "parameter": "page", "next": ("meta", "next_page")}),
        ({"cursor": STR, "start": STR}, {"data": THINGS, "next_cursor": STR}, {"parameter": "cursor"}),
        ({"cursor": STR}, {"data": THINGS, "cursor": {**STR, "description": "Gives the next page."}}, {"next": ("cursor",)}),
        ({"cursor": STR}, {"data": THINGS, "meta": of({"next": STR})}, {"next": ("meta", "next")}),
        ({"cursor": STR}, {"data": {"anyOf": [THINGS, {"type": "null"}]}, "next_cursor": {"anyOf": [STR, {"type": "null"}]}}, {"kind": "cursor"}),
        # by the last item
        ({"starting_after": STR, "ending_before": STR}, {"data": THINGS, "has_more": BOOL}, {"kind": "item", "key": ("id",), "more": ("has_more",), "backwards": ("ending_before",)}),
        ({"after": STR}, {"data": THINGS, "has_more": BOOL}, {"kind": "item", "parameter": "after"}),
        # by URL
        ({"page": INT}, {"count": INT, "next": {**URI, "type": ["string", "null"]}, "results": THINGS}, {"kind": "url", "next": ("next",), "steps": ("page",), "types": (("page", "integer"),)}),
        ({"$top": INT}, {"value": THINGS, "@odata.nextLink": STR}, {"kind": "url", "next": ("@odata.nextLink",)}),
        ({"limit": INT, "after": STR}, {"value": THINGS, "_links": of({"next": of({"href": STR})})}, {"kind": "url", "next": ("_links", "next", "href")}),
        ({"page": INT}, {"next": {**STR, "example": "https://a.example/?page=2"}, "data": THINGS}, {"kind": "url"}),
        # by offset
        ({"offset": INT, "limit": INT}, {"items": {"type": "array", "items": STR}, "total": INT}, {"kind": "offset", "total": ("total",), "first": 0}),
        ({"startIndex": INT}, {"Resources": THINGS, "totalResults": INT, "schemas": {"type": "array", "items": STR}}, {"items": ("Resources",), "first": 1}),
        ({"skip": INT}, {"data": THINGS, "has_more": BOOL}, {"kind": "offset", "more": ("has_more",), "total": None}),
        # by page
        ({"page": {**INT, "default": 1}}, {"results": THINGS, "total": INT}, {"kind": "page", "first": 1, "total": ("total",)}),
        ({"page": {**INT, "default": 0}}, {"content": THINGS, "page": of({"totalPages": INT, "totalElements": INT})}, {"first": 0, "pages": ("page", "totalPages"), "total": None}),
        ({"page": {**INT, "minimum": 1}}, {"people": THINGS, "hasNextPage": BOOL, "total": INT}, {"first": 1, "more": ("hasNextPage",), "total": None}),
        ({"page": INT}, {"data": THINGS, "page": INT, "total": INT}, {"first": None, "number": ("page",)}),
        ({"page[number]": {**INT, "description": "Starts at 1."}}, {"data": THINGS, "meta": of({"total_pages": INT})}, {"parameter": "page[number]", "first": 1}),
    ],
)  # fmt: skip
def test_pages_are_found(asked: dict[str, Any], answer: Any, found: dict[str, Any], planned: Any) -> None:
    pages = pagination(planned(asked, of(answer)))
    assert pages is not None
    assert {key: getattr(pages, key) for key in found} == found


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        # a sign in one place alone
        ({}, {"data": THINGS, "next_cursor": STR}),
        ({"cursor": STR}, {"data": THINGS}),
        ({"page": {**INT, "default": 1}}, {"data": THINGS}),
        ({"limit": INT}, {"data": THINGS, "total": INT}),
        # which array has the items is not certain
        ({"cursor": STR}, {"added": THINGS, "removed": THINGS, "next_cursor": STR}),
        ({"cursor": STR}, {"names": {"type": "array", "items": STR}, "next_cursor": STR}),
        ({"cursor": STR}, {"next_cursor": STR}),
        # a thing of its own, with an array in it
        ({"page": {**INT, "default": 1}}, {"statuses": THINGS, "total_count": INT, "repository": of({"id": INT})}),
        # signs that are something else
        ({"after": DATE}, {"data": THINGS, "next_cursor": STR}),
        ({"cursor": INT}, {"data": THINGS, "next_cursor": STR}),
        ({"cursor": STR}, {"data": THINGS, "cursor": STR}),
        ({"cursor": STR}, {"data": THINGS, "next": STR}),
        ({"after": DATE}, {"data": THINGS, "has_more": BOOL}),
        ({"starting_after": STR}, {"data": {"type": "array", "items": of({"key": STR})}, "has_more": BOOL}),
        ({"starting_after": STR}, {"data": THINGS}),
        ({"offset": {**INT, "description": "The page number."}}, {"data": THINGS, "total": INT}),
        ({"offset": INT}, {"data": THINGS, "total": {**INT, "description": "Items in this response."}}),
        ({"offset": INT}, {"data": THINGS, "count": INT}),
        ({"offset": STR}, {"data": THINGS, "total": INT}),
        ({"start": DATE}, {"data": THINGS, "total": INT}),
        ({"limit": INT}, {"data": THINGS, "next": URI}),
        # where the first page is, nobody says
        ({"page": INT}, {"data": THINGS, "total": INT}),
        ({"page": {**INT, "default": 5}}, {"data": THINGS, "total": INT}),
        ({"page": {**INT, "minimum": 0}}, {"data": THINGS, "total_pages": INT}),
        # two that are equally likely
        ({"cursor": STR, "page_token": STR}, {"data": THINGS, "next_cursor": STR, "next_page_token": STR}),
        ({"cursor": STR}, {"data": THINGS, "next_cursor": STR, "meta": of({"next_cursor": STR})}),
    ],
)  # fmt: skip
def test_where_there_is_doubt_there_are_none(asked: dict[str, Any], answer: Any, planned: Any) -> None:
    assert pagination(planned(asked, of(answer))) is None


def test_arrays_have_pages_where_a_link_header_is_documented(planned: Any) -> None:
    found = pagination(planned({"page": INT, "per_page": INT}, THINGS, headers=("Link",)))
    assert found is not None
    assert (found.kind, found.items, found.steps) == ("link", (), ("page", "per_page"))
    assert pagination(planned({"page": INT}, THINGS)) is None
    assert pagination(planned({"sort": STR}, THINGS, headers=("Link",))) is None


def test_only_what_reads_has_pages_but_for_a_cursor_in_a_body(planned: Any) -> None:
    answer = of({"data": THINGS, "next_cursor": STR})
    found = pagination(planned({"cursor": STR}, answer, method="post"))
    assert found is not None
    assert found.location == "body"
    assert pagination(planned({"cursor": STR}, answer, method="delete")) is None
    assert pagination(planned({"cursor": STR}, answer, method="put")) is None
    counted = of({"data": THINGS, "total": INT})
    assert pagination(planned({"offset": INT}, counted, method="post")) is None


def test_there_is_one_success(planned: Any) -> None:
    content = {"application/json": {"schema": of({"data": THINGS, "next_cursor": STR})}}
    one = {"description": "ok", "content": content}
    for responses in (
        {"200": one, "202": {"description": "later"}},
        {"200": {**one, "content": {**content, "text/csv": {}}}},
        {"default": one},
    ):
        assert pagination(planned({"cursor": STR}, {}, operation={"responses": responses})) is None


def test_items_are_typed(planned: Any) -> None:
    found = pagination(planned({"cursor": STR}, of({"data": THINGS, "next_cursor": STR})))
    assert found is not None
    assert isinstance(found.item, Named)
    found = pagination(planned({"cursor": STR}, of({"data": {"type": "array"}, "next_cursor": STR})))
    assert found is not None
    assert found.item == Scalar("any")


# --- what is said ---

CURSOR: Final = {"kind": "cursor", "parameter": "from", "next": "/state/at~1", "items": "/found/rows"}
ANSWER: Final = of({"state": of({"at/": INT}), "found": of({"rows": {"type": "array", "items": INT}})})


def test_the_author_says_how(planned: Any) -> None:
    found = pagination(planned({"from": INT}, ANSWER, operation={"x-specwright-pagination": CURSOR}))
    said = Pagination("cursor", ("found", "rows"), Scalar("int"), parameter="from", next=("state", "at/"))
    assert found == said


@pytest.mark.parametrize("name", ["list", "get /things"])
def test_the_user_says_how(name: str, planned: Any) -> None:
    assert pagination(planned({"from": INT}, ANSWER)) is None
    assert pagination(planned({"from": INT}, ANSWER, pagination={name: CURSOR})) is not None
    answer = of({"data": THINGS, "next_cursor": STR})
    assert pagination(planned({"cursor": STR}, answer, pagination={name: False})) is None
    assert pagination(planned({"cursor": STR}, answer, pagination={name: True})) is not None


def test_the_user_is_asked_before_the_author(planned: Any) -> None:
    author = {"x-specwright-pagination": CURSOR}
    assert pagination(planned({"from": INT}, ANSWER, operation=author, pagination={"list": False})) is None
    assert pagination(planned({"from": INT}, ANSWER, operation=author, pagination=False)) is None
    off = {"x-specwright-pagination": False}
    assert pagination(planned({"from": INT}, ANSWER, operation=off, pagination={"list": CURSOR})) is not None


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ("yes", "an object, or by `false`"),
        ({**CURSOR, "kind": "?"}, "`kind` is one of cursor, item, offset, page, url, link"),
        ({**CURSOR, "kinds": 1}, "there is no `kinds`; there are first, items, key"),
        ({"kind": "cursor", "parameter": "from"}, "a cursor needs `next`"),
        ({**CURSOR, "parameter": "cursor"}, "there is no parameter `cursor` in its query or its body"),
        ({**CURSOR, "next": "/state/on"}, "an answer has no `/state/on`"),
        ({**CURSOR, "next": "state"}, "`next` is a JSON Pointer, such as /meta/next"),
        ({**CURSOR, "items": "/state"}, "`/state` is no array"),
        ({"kind": "page", "parameter": "from"}, "which array has the items is not certain"),
        ({"kind": "page", "parameter": "from", "items": "/found/rows", "first": "1"}, "`first` is a number"),
    ],
)
def test_what_is_said_has_to_fit(said: Any, problem: str, planned: Any) -> None:
    found = planned({"from": INT}, ANSWER, operation={"x-specwright-pagination": said})
    assert pagination(found) is None
    (told,) = found.problems
    assert told.code == "pagination"
    assert problem in told.message


def test_an_operation_that_is_not_there_is_told_of(planned: Any) -> None:
    (told,) = planned({"from": INT}, ANSWER, pagination={"lists": False}).problems
    assert (told.code, told.message) == (
        "pagination",
        "`pagination` of the configuration tells of `lists`, and there is none",
    )


# --- real documents ---

REAL: Final[Mapping[str, tuple[int, str]]] = {
    "ag-api-video": (10, "page"),
    "ag-bungie-net": (0, ""),
    "ag-runscope-com": (0, ""),
    "cohere": (6, "cursor, offset"),
    "figma": (9, "cursor, url"),
    "lago": (38, "cursor"),
    "meilisearch": (3, "offset"),
    "okta-oauth": (0, ""),
    "redocly-museum": (0, ""),
    "resend": (23, "item"),
    "spotify": (15, "url"),
}
"""How many operations have pages, and of which kinds: all of them were looked at."""


@pytest.mark.skipif(not corpus().is_dir(), reason=f"there are no documents in {corpus()}")
@pytest.mark.parametrize("name", REAL)
def test_what_is_found_in_real_documents_is_there(name: str) -> None:
    (source,) = (source for source in sources(corpus()) if source.name == name)
    config = Config(spec=source.path)
    api = outline(load(source.path, config), config, {}).api
    found = [pages.kind for operation in operations(api) if (pages := operation.pagination) is not None]
    assert (len(found), ", ".join(sorted(set(found)))) == REAL[name]
