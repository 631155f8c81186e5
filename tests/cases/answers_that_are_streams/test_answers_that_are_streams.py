from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from cases.server import Server

DELTAS = b'event: delta\ndata: {"text": "a"}\n\nid: 2\ndata: {"text": "b", "done": true}\n\ndata: [DONE]\n\n'
EVENTS = "text/event-stream"


def test_an_answer_that_may_be_whole_has_two_methods(client: Any, server: Server, package: Any) -> None:
    server.answer({"text": "ab"})
    assert client.chat.chat(prompt="p") == package.models.Answer(text="ab")
    seen = server.take()
    assert (seen.json, seen.headers["accept"]) == ({"prompt": "p"}, "application/json")
    server.answer(DELTAS, media_type=EVENTS)
    with client.chat.chat_stream(prompt="p") as events:
        assert list(events) == [package.models.Delta(text="a"), package.models.Delta(text="b", done=True)]
        assert events.response.status == 200
    seen = server.take()
    assert (seen.json, seen.headers["accept"]) == ({"prompt": "p", "stream": True}, EVENTS)


def test_neither_takes_what_it_says_itself(client: Any) -> None:
    for method in (client.chat.chat, client.chat.chat_stream):
        with pytest.raises(TypeError):
            method(prompt="p", stream=True)


def test_the_whole_is_asked_for_where_it_is_not_the_default(
    client: Any, server: Server, package: Any
) -> None:
    server.answer({"text": "ab"})
    assert client.chat.generate() == package.models.Answer(text="ab")
    assert server.take().json == {"stream": False}
    server.answer(b'{"text":"a"}\n\n{"text":"b"}', media_type="application/x-ndjson")
    assert [item.text for item in client.chat.generate_stream(prompt="p")] == ["a", "b"]
    seen = server.take()
    assert (seen.json, seen.headers["accept"]) == ({"prompt": "p", "stream": True}, "application/x-ndjson")


def test_it_is_said_too_where_it_must_be(client: Any, server: Server) -> None:
    server.answer(b"all", media_type="text/plain")
    assert client.ask() == "all"
    assert server.take().json == {"stream": False}
    server.answer(b"data: a\n\ndata: l\ndata: l\n\n", media_type=EVENTS)
    assert list(client.ask_stream()) == ["a", "l\nl"]
    assert server.take().json == {"stream": True}


def test_events_of_several_kinds(client: Any, server: Server, package: Any) -> None:
    delta = package.models.Delta(text="a")
    server.answer(b'id: 1\nevent: delta\ndata: {"text":"a"}\n\nevent: ping\ndata: now\n\n', media_type=EVENTS)
    found = list(client.notices(since=3).events())
    assert [(one.event, one.id, one.data) for one in found] == [("delta", "1", delta), ("ping", "1", "now")]
    assert server.take().target == "/notices?since=3"
    server.answer(status=204)
    assert list(client.notices()) == []


def test_rows_have_a_type_of_their_own(client: Any, server: Server, package: Any) -> None:
    server.answer(b'{"n":1}\n{"n":2}\n', media_type="application/jsonl")
    assert list(client.rows()) == [package.models.RowsResponseItem(n=1), package.models.RowsResponseItem(n=2)]


def test_an_error_is_raised_where_the_stream_begins(client: Any, server: Server, package: Any) -> None:
    server.answer({"title": "t"}, status=429)
    stream = client.chat.chat_stream(prompt="p", retries=0)
    assert server.untouched
    with pytest.raises(package.TooManyRequests) as caught, stream:
        pass
    assert caught.value.body == package.models.Problem(title="t")
    server.answer(b'{"title":"t"}\n{"title":"u"}\n', status=404, media_type="application/jsonl")
    with pytest.raises(package.NotFound) as missing:
        next(client.log())
    assert missing.value.body == '{"title":"t"}\n{"title":"u"}\n'


def test_async_code_does_the_same(package: Any, server: Server) -> None:
    async def main() -> None:
        async with package.AsyncClient(base_url=server.url) as client:
            server.answer(DELTAS, media_type=EVENTS)
            async with client.chat.chat_stream(prompt="p") as events:
                assert [event.data.text async for event in events.events()] == ["a", "b"]
                assert events.response.status == 200
            server.answer(b'{"text":"a"}\n', media_type="application/x-ndjson")
            assert [item.text async for item in client.chat.generate_stream()] == ["a"]
            async with client.with_response.rows.stream() as answer:
                assert await answer.read() == b'{"text":"a"}\n'

    asyncio.run(main())


def test_the_answer_can_be_had_as_it_comes(client: Any, server: Server, package: Any) -> None:
    server.answer(DELTAS, media_type=EVENTS)
    with client.with_response.chat.chat_stream.stream(prompt="p") as answer:
        assert isinstance(answer, package.OpenResponse)
        assert answer.read() == DELTAS
    with client.with_response.notices.stream() as answer:
        assert list(answer.iter_lines())[:2] == ["event: delta", 'data: {"text": "a"}']
