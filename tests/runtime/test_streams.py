"""Streams of values: how they are taken apart, what they give, how they end, and when they go on."""

from __future__ import annotations

import asyncio
import gc
import time
from typing import TYPE_CHECKING, Any

import anyio
import pytest
import widgets
from streaming import (
    EVENTS,
    LINES,
    POSTED,
    SEQUENCE,
    TEXTS,
    Got,
    chunked,
    held,
    one_by_one,
    operation,
    streamed,
)
from telling import TOKEN, everything
from widgets import Part

from raw_server import RawServer, reply
from specwright.runtime import errors
from specwright.runtime.framing import Events, Frame, Records
from specwright.runtime.operation import Answer, Call, Operation
from specwright.runtime.types import OMIT, Retries

if TYPE_CHECKING:
    from collections.abc import Iterator

    from streaming import Stream

Told = list[tuple[str, str, str]]

# The events of each text: type, id, data. The first ones are the examples of the standard.
EVENT_TABLE: list[tuple[str, Told]] = [
    (
        "data: This is the first message.\n\ndata: This is the second message, it\ndata: has two lines.\n\ndata: This is the third message.\n\n",
        [
            ("message", "", "This is the first message."),
            ("message", "", "This is the second message, it\nhas two lines."),
            ("message", "", "This is the third message."),
        ],
    ),
    (
        "event: add\ndata: 73857293\n\nevent: remove\ndata: 2153\n\nevent: add\ndata: 113411\n\n",
        [("add", "", "73857293"), ("remove", "", "2153"), ("add", "", "113411")],
    ),
    ("data: YHOO\ndata: +2\ndata: 10\n\n", [("message", "", "YHOO\n+2\n10")]),
    (
        ": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n\n",
        [("message", "1", "first event"), ("message", "", "second event"), ("message", "", " third event")],
    ),
    ("data\n\ndata\ndata\n\ndata:", [("message", "", ""), ("message", "", "\n")]),
    ("data:test\n\ndata: test\n\n", [("message", "", "test"), ("message", "", "test")]),
    ("\ufeffdata: a mark\n\n", [("message", "", "a mark")]),
    ("\ufeff\ufeffdata: two marks\n\ndata: b\n\n", [("message", "", "b")]),
    ("id: 1\0\ndata: a\n\nid: 2\ndata: b\n\n", [("message", "", "a"), ("message", "2", "b")]),
    ("id: 1\n\ndata: a\n\n", [("message", "1", "a")]),
    ("event: lost\n\ndata: a\n\n", [("message", "", "a")]),
    ("event:\ndata: a\n\n", [("message", "", "a")]),
    ("data: a\n\nid: 9\ndata: cut off\n", [("message", "", "a")]),
    ("Data: no field\ndata : none either\ndata: a: b\n\n", [("message", "", "a: b")]),
    ("data: é 😀\n\n", [("message", "", "é 😀")]),
    ("", []),
    ("\n\n\n", []),
]  # fmt: skip


def events(*pieces: bytes) -> Told:
    framing = Events()
    frames = [frame for piece in pieces for frame in framing.take(piece)]
    assert list(framing.rest()) == []
    assert [frame.number for frame in frames] == list(range(1, len(frames) + 1))
    return [(frame.event, frame.id, frame.content.decode()) for frame in frames]


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"])
@pytest.mark.parametrize(("text", "expected"), EVENT_TABLE)
def test_events_wherever_pieces_end(text: str, expected: Told, end: str) -> None:
    raw = text.replace("\n", end).encode()
    assert events(raw) == expected
    assert events(*(raw[at : at + 1] for at in range(len(raw)))) == expected
    for at in range(len(raw) + 1):
        assert events(raw[:at], raw[at:]) == expected


def test_line_ends_may_be_mixed() -> None:
    assert events(b"data: a\r\ndata: b\rdata: c\n\r\ndata: d\n\n") == [
        ("message", "", "a\nb\nc"),
        ("message", "", "d"),
    ]


def test_broken_text_is_read_all_the_same() -> None:
    assert events(b"data: a\xff\xfeb\n\n") == [("message", "", "a\ufffd\ufffdb")]


@pytest.mark.parametrize(
    ("line", "retry"),
    [
        ("retry: 10", 10),
        ("retry:0", 0),
        ("retry: 1.5", None),
        ("retry: -1", None),
        ("retry", None),
        ("retry: ٣", None),
    ],
)
def test_only_digits_say_how_long_to_wait(line: str, retry: int | None) -> None:
    framing = Events()
    (frame,) = framing.take(f"{line}\ndata: a\n\n".encode())
    assert (frame.retry, framing.retry) == (retry, retry)
    (frame,) = framing.take(b"data: a\n\n")
    assert (frame.retry, framing.retry) == (None, retry)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b'{"a":1}\n{"a":2}\n', [(b'{"a":1}', 1), (b'{"a":2}', 2)]),
        (b"1\r\n\r\n 2 \r\n3", [(b"1", 1), (b"2", 3), (b"3", 4)]),
        (b"\xef\xbb\xbf1\n2", [(b"1", 1), (b"2", 2)]),
        (b"\n\n1\n", [(b"1", 3)]),
        (b"\x1e1\n\x1e[2,\n2]\n\x1e3", [(b"1", 1), (b"[2,\n2]", 2), (b"3", 3)]),
        (b"\n\x1e1\n\x1e\x1e2\n", [(b"1", 1), (b"2", 3)]),
        (b"", []),
        (b" \n\n", []),
    ],
)
def test_lines_and_sequences_wherever_pieces_end(raw: bytes, expected: list[tuple[bytes, int]]) -> None:
    for at in range(len(raw) + 1):
        framing = Records()
        frames = [*framing.take(raw[:at]), *framing.take(raw[at:]), *framing.rest()]
        assert [(frame.content, frame.number) for frame in frames] == expected
    framing = Records()
    frames = [frame for at in range(len(raw)) for frame in framing.take(raw[at : at + 1])]
    assert [*frames, *framing.rest()] == [Frame(content, number) for content, number in expected]


# --- what clients give ------------------------------------------------------------------------------------------


@pytest.fixture(params=["sync", "async"])
def stream(request: pytest.FixtureRequest, server: RawServer) -> Stream:
    def read(
        called: Operation[Any],
        options: Any = None,
        /,
        *,
        whole: bool = False,
        body: Any = OMIT,
        **client: Any,
    ) -> Got:
        call = Call(called, body=body)
        return streamed(server, request.param, call, options or {}, whole=whole, client=client)

    return read


A, B, C = Part(part_name="a"), Part(part_name="b"), Part(part_name="c")
AT_ONCE = Retries(first=0)
"""Repetitions without a wait."""


def event(part: str, *more: str) -> bytes:
    return "".join(f"{line}\n" for line in (*more, f'data: {{"part_name": "{part}"}}', "")).encode()


def test_data_is_read_as_its_type(stream: Stream, server: RawServer) -> None:
    server.answer = chunked(
        event("a")[:9],
        event("a")[9:] + b": beat\n\n" + event("b", "event: error", "id: 1"),
        b"data: [DONE]\n\n",
    )
    assert stream(EVENTS) == Got([A, B])
    assert server.last.header("accept") == "text/event-stream"
    found = stream(EVENTS, whole=True).values
    assert [(one.event, one.id, one.data) for one in found] == [("message", "", A), ("error", "1", B)]


def test_texts_stay_texts(stream: Stream, server: RawServer) -> None:
    server.answer = chunked(b"data: [DONE]\n\ndata\n\ndata: {}\n\n")
    assert stream(TEXTS) == Got(["[DONE]", "", "{}"])


def test_what_ends_ends_there(stream: Stream, server: RawServer) -> None:
    server.answer = chunked(event("a") + b"data: [DONE]\n\n" + event("b"), ends=False)
    assert stream(EVENTS, {"reconnect": True}) == Got([A])
    assert len(server.seen) == 1


def test_lines_and_sequences(stream: Stream, server: RawServer) -> None:
    server.answer = chunked(b'{"part_name":"a"}\n{"part', b'_name":"b"}', content_type="application/jsonl")
    assert stream(LINES) == Got([A, B])
    server.answer = chunked(
        b'\x1e{"part_name":"a"}\n', b'\x1e{"part_name":\n"b"}\n', content_type="application/json-seq"
    )
    assert stream(SEQUENCE) == Got([A, B])


def test_data_that_strays_is_read_as_far_as_it_can_be(stream: Stream, server: RawServer) -> None:
    server.answer = chunked(event("a") + b'data: {"part_name": 1}\n\n' + event("b"))
    with pytest.warns(errors.ResponseMismatch) as caught:
        assert [part.part_name for part in stream(EVENTS).values] == ["a", None, "b"]
    (told,) = caught
    assert [issue.pointer for issue in told.message.issues] == ["/1/part_name"]  # type: ignore[union-attr]
    assert told.filename.endswith("streaming.py")
    heard: list[errors.ResponseMismatch] = []
    assert len(stream(EVENTS, on_mismatch=heard.append).values) == 3
    assert [issue.pointer for each in heard for issue in each.issues] == ["/1/part_name"]
    got = stream(EVENTS, on_mismatch="raise")
    assert got.values == [A]
    assert isinstance(got.error, errors.ResponseMismatch)
    assert (got.error.status, got.error.path) == (200, "/v1/parts")


@pytest.mark.parametrize(
    ("called", "raw", "place"),
    [
        (EVENTS, event("a") + b"data: nope\n\n", "event 2 is no JSON at line 1, column 1: nope"),
        (LINES, b'{"part_name":"a"}\n\n{"part_name":\n', "line 3 is no JSON at column 14"),
        (SEQUENCE, b'\x1e{"part_name":"a"}\n\x1e[1', "record 2 is no JSON at line 1, column 3"),
        (LINES, b'{"part_name":"a"}\n[1]\n', "line 2 expected an object (Part), found an array"),
    ],
)
def test_what_cannot_be_read_is_told_by_its_place(
    stream: Stream, server: RawServer, called: Operation[Any], raw: bytes, place: str
) -> None:
    server.answer = chunked(raw, content_type=called.accept)
    got = stream(called, {"reconnect": True} if called is EVENTS else None)
    assert got.values == [A]
    assert isinstance(got.error, errors.DecodeError)
    assert place in str(got.error)
    assert (got.error.status, got.error.raw) != (0, raw)
    assert len(server.seen) == 1


def test_what_has_no_end_is_not_kept(stream: Stream, server: RawServer) -> None:
    part = event("a" * 3000)
    for pieces in ([part], [part[:1500], part[1500:]], [b"data: x\n"] * 400):
        server.answer = chunked(event("a"), *pieces)
        got = stream(EVENTS, max_response_bytes=2000)
        assert got.values == [A]
        assert isinstance(got.error, errors.ResponseTooLarge)
        assert "one event of more than 2000 bytes" in str(got.error)
    server.answer = chunked(
        b'{"part_name":"a"}\n', b" " * 1500, b" " * 1500, content_type="application/jsonl"
    )
    got = stream(LINES, max_response_bytes=2000)
    assert got.values == [A]
    assert isinstance(got.error, errors.ResponseTooLarge)


def test_all_of_it_together_has_no_limit(stream: Stream, server: RawServer) -> None:
    server.answer = chunked(*[event("a")] * 200)
    assert stream(EVENTS, max_response_bytes=2000) == Got([A] * 200)


def test_an_answer_that_is_whole_is_no_stream(stream: Stream, server: RawServer) -> None:
    server.answer = reply(200, {"part_name": "a"})
    got = stream(EVENTS)
    assert isinstance(got.error, errors.DecodeError)
    assert "expected text/event-stream, found application/json" in str(got.error)
    server.answer = reply(200, event("a"), content_type="text/plain")
    with pytest.warns(errors.ResponseMismatch, match="found text/plain"):
        assert stream(EVENTS) == Got([A])


def test_an_error_is_an_error(stream: Stream, server: RawServer) -> None:
    server.answer = reply(404, {"message": "m"})
    got = stream(EVENTS)
    assert isinstance(got.error, errors.NotFound)


def test_options_are_checked_before_anything(server: RawServer) -> None:
    with widgets.Client(base_url=server.url, token=TOKEN) as client:
        for options in ({"colour": 1}, {"reconnect": "always"}):
            with pytest.raises(TypeError):
                client._stream_events(Call(EVENTS), options)  # type: ignore[arg-type]


def test_a_type_with_texts_in_it_takes_what_is_no_json(stream: Stream, server: RawServer) -> None:
    server.answer = chunked(event("a") + b"data: ping\n\n" + b'data: "quoted"\n\n')
    assert stream(operation("text/event-stream", kind=Part | str)) == Got([A, "ping", "quoted"])


def test_a_status_without_a_body_is_the_end(stream: Stream, server: RawServer) -> None:
    server.answer = b"HTTP/1.1 204 No Content\r\n\r\n"
    none = Operation(
        "GET",
        "/v1/parts",
        answers={"200": Answer(Part, media_type="text/event-stream"), "204": Answer(None)},
        accept="text/event-stream",
    )
    assert stream(none) == Got([])


# --- again ------------------------------------------------------------------------------------------------------

BROKEN = chunked(event("a", "id: 1") + b"id: 9\ndata: half", ends=False)
REST = chunked(event("b"))


def test_what_breaks_off_goes_on(stream: Stream, server: RawServer) -> None:
    one_by_one(server, BROKEN, REST)
    assert stream(EVENTS, {"retries": AT_ONCE}) == Got([A, B])
    assert [seen.header("last-event-id") for seen in server.seen] == [None, "1"]


def test_an_id_of_the_caller_is_where_it_begins(stream: Stream, server: RawServer) -> None:
    one_by_one(server, BROKEN, REST)
    options = {"retries": AT_ONCE, "extra_headers": {"last-event-id": "0", "X-Mine": "m"}}
    assert stream(EVENTS, options) == Got([A, B])
    assert [seen.header("last-event-id") for seen in server.seen] == ["0", "1"]
    assert [seen.header("x-mine") for seen in server.seen] == ["m", "m"]


@pytest.mark.parametrize(
    ("called", "options"),
    [(POSTED, {}), (EVENTS, {"reconnect": False}), (EVENTS, {"retries": 0})],
    ids=["a method that may do something", "not wanted", "no repetitions"],
)
def test_what_must_not_be_repeated_is_not(
    stream: Stream, server: RawServer, called: Operation[Any], options: dict[str, Any]
) -> None:
    one_by_one(server, BROKEN, REST)
    got = stream(called, {"retries": AT_ONCE, **options})
    assert got.values == [A]
    assert isinstance(got.error, errors.TransportError)
    assert got.error.__context__ is None
    assert TOKEN not in everything(got.error)
    assert len(server.seen) == 1


def test_a_post_is_repeated_when_asked_for(stream: Stream, server: RawServer) -> None:
    one_by_one(server, BROKEN, REST, b"HTTP/1.1 204 No Content\r\n\r\n")
    assert stream(POSTED, {"retries": AT_ONCE, "reconnect": True}, body={"q": 1}) == Got([A, B])
    assert [seen.json for seen in server.seen if seen.method == "POST"] == [{"q": 1}] * 3


def test_an_end_is_no_end_when_asked_for(stream: Stream, server: RawServer) -> None:
    one_by_one(server, REST, REST, chunked())
    assert stream(EVENTS, {"retries": AT_ONCE, "reconnect": True}) == Got([B, B])
    assert len(server.seen) == 2 + AT_ONCE.most


def test_repetitions_are_counted_anew_after_each_event(stream: Stream, server: RawServer) -> None:
    nothing = chunked(b": beat\n\n", ends=False)
    one_by_one(server, nothing, nothing, BROKEN, nothing, REST)
    assert stream(EVENTS, {"retries": AT_ONCE}) == Got([A, B])
    server.seen.clear()
    one_by_one(server, BROKEN, nothing)
    got = stream(EVENTS, {"retries": AT_ONCE})
    assert got.values == [A]
    assert isinstance(got.error, errors.TransportError)
    assert len(server.seen) == 1 + AT_ONCE.most


def test_the_server_says_how_long_to_wait(stream: Stream, server: RawServer) -> None:
    one_by_one(server, chunked(b"retry: 150\n\n", ends=False), REST)
    started = time.perf_counter()
    assert stream(EVENTS, {"retries": AT_ONCE}) == Got([B])
    assert time.perf_counter() - started > 0.14
    server.seen.clear()
    one_by_one(server, chunked(b"retry: 3600000\n\n", ends=False), REST)
    assert isinstance(stream(EVENTS, {"retries": AT_ONCE}).error, errors.TransportError)
    assert len(server.seen) == 1


def test_an_id_that_no_header_can_hold_is_not_sent(stream: Stream, server: RawServer) -> None:
    one_by_one(server, chunked(event("a", "id: a\x01b"), ends=False), REST)
    assert isinstance(stream(EVENTS, {"retries": AT_ONCE}).error, errors.TransportError)
    assert len(server.seen) == 1


def test_an_error_while_going_on_is_the_end(stream: Stream, server: RawServer) -> None:
    one_by_one(server, BROKEN, reply(410, {"message": "gone"}))
    got = stream(EVENTS, {"retries": AT_ONCE})
    assert got.values == [A]
    assert isinstance(got.error, errors.Gone)


def test_compression_that_is_none_is_not_repeated(stream: Stream, server: RawServer) -> None:
    server.answer = reply(
        200, b"no gzip", content_type="text/event-stream", headers=(("Content-Encoding", "gzip"),)
    )
    got = stream(EVENTS, {"retries": AT_ONCE})
    assert isinstance(got.error, errors.TransportError)
    assert len(server.seen) == 1


# --- nothing is left behind -------------------------------------------------------------------------------------


def endless(server: RawServer) -> None:
    def answer(connection: Any) -> None:
        chunked(*[event("a")] * 3, ends=False)(connection)
        server.wait(20)

    server.answer = answer


@pytest.fixture
def client(server: RawServer) -> Iterator[widgets.Client]:
    with widgets.Client(base_url=server.url, token=TOKEN) as made:
        yield made


def test_nothing_is_sent_before_it_is_read(client: widgets.Client, server: RawServer) -> None:
    stream = client._stream_events(Call(EVENTS), {})
    assert server.seen == []
    assert stream.response is None
    stream.close()
    assert list(stream) == []
    assert server.seen == []


def test_leaving_early_lets_go(client: widgets.Client, server: RawServer) -> None:
    endless(server)
    with client._stream_events(Call(EVENTS), {}) as stream:
        assert stream.response is not None
        assert stream.response.status == 200
        assert next(stream) == A
        for each in stream:
            assert each == A
            break
        assert held(client) == 1
    assert held(client) == 0
    assert list(stream) == []
    stream.close()


def test_an_error_of_the_caller_lets_go(client: widgets.Client, server: RawServer) -> None:
    endless(server)
    with pytest.raises(ZeroDivisionError), client._stream_events(Call(EVENTS), {}) as stream:
        _ = next(stream).weight or 1 / 0
    assert held(client) == 0


def test_what_is_forgotten_is_let_go(client: widgets.Client, server: RawServer) -> None:
    endless(server)
    for each in client._stream_events(Call(EVENTS), {}):
        assert each == A
        break
    gc.collect()
    assert held(client) == 0


def test_a_stream_that_was_read_leaves_its_connection_for_the_next(
    client: widgets.Client, server: RawServer
) -> None:
    server.answer = reply(200, event("a"), content_type="text/event-stream")
    for _ in range(3):
        assert list(client._stream_events(Call(EVENTS), {})) == [A]
    assert server.connections == 1


def test_a_cancelled_stream_lets_go(server: RawServer) -> None:
    endless(server)

    async def main() -> None:
        async with widgets.AsyncClient(base_url=server.url, token=TOKEN) as client:
            found: list[Any] = []
            with anyio.move_on_after(0.5) as scope:
                async for each in client._stream_events(Call(EVENTS), {}):
                    found += [each]
            assert scope.cancelled_caught
            assert found == [A, A, A]
            assert held(client) == 0
            async with client._stream_events(Call(EVENTS), {}) as stream:
                async for _ in stream:
                    break
            assert held(client) == 0
            assert [each async for each in stream] == []

    anyio.run(main)


def test_a_task_that_is_cancelled_lets_go(server: RawServer) -> None:
    endless(server)

    async def main() -> None:
        async with widgets.AsyncClient(base_url=server.url, token=TOKEN) as client:

            async def read() -> None:
                async with client._stream_events(Call(EVENTS), {}) as stream:
                    async for _ in stream.events():
                        pass

            task = asyncio.create_task(read())
            await asyncio.sleep(0.3)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            assert held(client) == 0

    asyncio.run(main())


def test_a_closed_client_says_so(server: RawServer) -> None:
    client = widgets.Client(base_url=server.url, token=TOKEN)
    stream = client._stream_events(Call(EVENTS), {})
    client.close()
    with pytest.raises(errors.ClientClosed):
        next(stream)


def test_a_stream_may_take_longer_than_a_call(server: RawServer, stream: Stream) -> None:
    def answer(connection: Any) -> None:
        chunked(event("a"), ends=False)(connection)
        server.wait(0.6)
        connection.sendall(b"%x\r\n%s\r\n0\r\n\r\n" % (len(event("b")), event("b")))

    server.answer = answer
    assert stream(EVENTS, {"timeout": 0.4}) == Got([A, B])
