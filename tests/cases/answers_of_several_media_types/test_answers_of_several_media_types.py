from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from cases.server import Server


def test_json_is_asked_for_where_the_rest_is_the_same(client: Any, server: Server, package: Any) -> None:
    server.answer({"name": "x"}, media_type="text/json")
    assert client.same() == package.models.Thing(name="x")
    assert server.take().headers["accept"] == "application/json"


def test_the_answer_says_what_it_is(client: Any, server: Server, package: Any) -> None:
    server.answer({"name": "x"})
    assert client.differing() == package.models.Thing(name="x")
    assert server.take().headers["accept"] == "application/json, text/*, image/png"
    server.answer(b"\x89PNG", media_type="image/png")
    assert client.differing() == b"\x89PNG"
    server.answer(b"a,b", media_type="text/csv; charset=utf-8")
    assert client.differing() == "a,b"


def test_so_does_what_is_wrong(client: Any, server: Server, package: Any) -> None:
    for body, media_type, expected in (
        ({"title": "t"}, "application/problem+json", package.models.Problem(title="t")),
        (b"out of order", "text/plain", "out of order"),
        (b"\xff\x00", "application/octet-stream", b"\xff\x00"),
    ):
        server.answer(body, status=404, media_type=media_type)
        with pytest.raises(package.NotFound) as caught:
            client.differing()
        assert caught.value.body == expected


def test_values_one_after_another_are_a_stream(client: Any, server: Server, package: Any) -> None:
    things = [package.models.Thing(name="a"), package.models.Thing(name="b")]
    server.answer(b'{"name":"a"}\n{"name":"b"}\n', media_type="application/x-ndjson")
    assert list(client.log()) == things
    server.answer(b'\x1e{"name":"a"}\n\x1e{"name":\n"b"}\n', media_type="application/json-seq")
    assert list(client.records()) == things
    server.answer(b"", media_type="application/x-ndjson")
    assert list(client.log()) == []


def test_a_value_that_strays_is_told_by_its_place(client: Any, server: Server, package: Any) -> None:
    server.answer(b'{"name":"a"}\n{"name":1}\n', media_type="application/x-ndjson")
    with pytest.warns(package.ResponseMismatch) as caught:
        first, second = client.log()
    assert (first.name, second.name) == ("a", None)
    assert [issue.pointer for issue in caught[0].message.issues] == ["/1/name"]


def test_events_are_a_stream_of_their_data(client: Any, server: Server, package: Any) -> None:
    stream = b'event: thing\ndata: {"name":\ndata: "a"}\n\ndata: {"name":"b"}\n\ndata: [DONE]\n\n'
    server.answer(stream, media_type="text/event-stream")
    assert list(client.events()) == [package.models.Thing(name="a"), package.models.Thing(name="b")]
    server.answer(b"data: one\n\ndata: two\n\n", media_type="text/event-stream")
    assert list(client.ticks()) == ["one", "two"]


def test_events_that_nobody_describes_are_text(client: Any, server: Server) -> None:
    server.answer(b"data: one\n\n", media_type="text/event-stream")
    assert list(client.raw()) == ["one"]


def test_what_is_no_media_type_is_left_out(client: Any, server: Server, package: Any) -> None:
    server.answer({"name": "x"})
    assert client.odd() == package.models.Thing(name="x")
