"""Answers that no document promises: sizes, codings, lengths, statuses, nesting, and what they leave behind."""

from __future__ import annotations

import gzip
import json
import pickle
import resource
import sys
import zlib
from typing import TYPE_CHECKING, Any
from uuid import UUID  # noqa: TC003  # fields of models need their types at run time

import pytest
from calls import Watch, call
from telling import TOKEN, everything
from widgets import WIDGET, Client, Widget

from raw_server import RawServer, reply
from specwright.runtime import errors
from specwright.runtime.model import Model, OpenIntEnum
from specwright.runtime.operation import Answer
from specwright.runtime.unions import one_of

if TYPE_CHECKING:
    import socket

    from widgets import Twin


def coded(body: bytes, *codings: str, status: int = 200) -> bytes:
    return reply(status, body, headers=tuple(("Content-Encoding", coding) for coding in codings))


def raw_deflate(content: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(content) + packer.flush()


# httpx2 leaves a generator of its own unfinished where a coding fails; its connection is closed all the same.
pytestmark = pytest.mark.filterwarnings(
    "ignore:Exception ignored in. <async_generator object PoolByteStream:pytest.PytestUnraisableExceptionWarning"
)

SMALL = json.dumps(WIDGET).encode()
LARGE = gzip.compress(b" " * 50_000_000, 9)
TWICE = gzip.compress(gzip.compress(b" " * 400_000_000, 9), 9)


@pytest.mark.parametrize(
    "answer",
    [
        coded(gzip.compress(SMALL), "gzip"),
        coded(gzip.compress(SMALL), "GZIP"),
        coded(zlib.compress(SMALL), "deflate"),
        coded(raw_deflate(SMALL), "deflate"),
        coded(gzip.compress(zlib.compress(SMALL)), "deflate, gzip"),
        coded(gzip.compress(gzip.compress(SMALL)), "gzip", "gzip"),
        coded(gzip.compress(SMALL), "identity, gzip"),
        coded(SMALL, "identity"),
        coded(SMALL, ""),
    ],
)
def test_codings_one_after_another_are_undone(twin: Twin, server: RawServer, answer: bytes) -> None:
    server.answer = answer
    assert twin(call(success=Widget)).id == "w1"


@pytest.mark.parametrize(
    "answer",
    [
        coded(LARGE, "gzip"),
        coded(zlib.compress(b" " * 50_000_000, 9), "deflate"),
        coded(raw_deflate(b" " * 50_000_000), "deflate"),
        coded(TWICE, "gzip, gzip"),
        coded(TWICE, "gzip", "gzip"),
        coded(zlib.compress(TWICE), "gzip, gzip, deflate"),
        coded(gzip.compress(LARGE * 40), "gzip, gzip"),
    ],
    ids=["gzip", "deflate", "raw deflate", "gzip, gzip", "two headers", "three", "members"],
)
@pytest.mark.parametrize("status", [200, 500])
def test_a_bomb_is_measured_by_what_comes_out_of_it(server: RawServer, answer: bytes, status: int) -> None:
    server.answer = answer.replace(b"HTTP/1.1 200", f"HTTP/1.1 {status}".encode(), 1)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    kind = errors.ResponseTooLarge if status == 200 else errors.InternalServerError
    with (
        Watch() as watch,
        Client(base_url=server.url, token=TOKEN, max_response_bytes=2_000_000) as client,
        pytest.raises(kind) as caught,
    ):
        client._send(call(success=Widget), {"retries": 0})
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert watch.seconds < 10
    assert caught.value.status == status
    if sys.platform == "linux":  # in KiB; elsewhere in other units
        assert after - before < 60_000


def test_more_codings_than_anyone_needs_are_refused(twin: Twin, server: RawServer) -> None:
    server.answer = coded(SMALL, ", ".join(["gzip"] * 50))
    with pytest.raises(errors.TransportError):
        twin(call(success=Widget), retries=0)


@pytest.mark.parametrize(
    "answer",
    [
        coded(SMALL, "gzip"),
        coded(SMALL, "deflate"),
        coded(gzip.compress(SMALL)[:20], "gzip"),
        coded(LARGE[:-3000], "gzip"),
    ],
    ids=["plain as gzip", "plain as deflate", "cut", "cut late"],
)
def test_what_is_coded_otherwise_or_cut_is_no_answer(twin: Twin, server: RawServer, answer: bytes) -> None:
    server.answer = answer
    with pytest.raises((errors.TransportError, errors.DecodeError)) as caught:
        twin(call(success=Widget), retries=0)
    assert TOKEN not in everything(caught.value)


def test_an_unknown_coding_is_no_json(twin: Twin, server: RawServer) -> None:
    server.answer = coded(b"\x00\x01", "secret-coding")
    with pytest.raises(errors.DecodeError):
        twin(call(success=Widget), retries=0)


def test_a_coding_that_never_comes_to_anything_is_held_to_the_time(server: RawServer) -> None:
    def endless(connection: socket.socket) -> None:
        head = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n"
        connection.sendall(head)
        # the name of a file, in the header of gzip, has no end
        part = b"\x1f\x8b\x08\x08" + b"\0" * 4 + b"\0\x03"
        while True:
            connection.sendall(b"%x\r\n%s\r\n" % (len(part), part))
            part = b"n" * 10_000

    server.answer = endless
    with (
        Watch() as watch,
        Client(base_url=server.url, token=TOKEN, timeout=0.5) as client,
        pytest.raises(errors.RequestTimeout),
    ):
        client._send(call(success=Widget), {})
    assert watch.seconds < 4


# Lengths.


@pytest.mark.parametrize("length", ["1" + "0" * 18, "9" * 5000, "104857601"])
def test_a_length_that_is_too_much_is_refused_before_anything_is_read(
    twin: Twin, server: RawServer, length: str
) -> None:
    server.answer = f"HTTP/1.1 200 OK\r\nX-Request-Id: r1\r\nContent-Length: {length}\r\n\r\n{{".encode()
    with pytest.raises((errors.ResponseTooLarge, errors.TransportError)) as caught:
        twin(call(success=Widget), timeout=5, retries=0)
    if isinstance(caught.value, errors.ResponseTooLarge):
        assert (caught.value.status, caught.value.request_id, caught.value.attempts) == (200, "r1", 1)
        assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)  # noqa: S301


@pytest.mark.parametrize(
    "head",
    [
        "Content-Length: -1",
        "Content-Length: +5",
        "Content-Length: 5, 6",
        "Content-Length: 5\r\nContent-Length: 6",
        "Content-Length: 0x5",
        "Content-Length: 5.0",
        "Content-Length: \u0665",
        "Content-Length: 5 5",
        "Content-Length: ",
        "Transfer-Encoding: chunked, chunked",
        "Transfer-Encoding: gzip",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
        ": nameless",
        "no colon",
        "Na me: x",
        "X: \x00",
    ],
)
def test_heads_that_are_none_are_the_server_s_fault(twin: Twin, server: RawServer, head: str) -> None:
    server.answer = f"HTTP/1.1 200 OK\r\n{head}\r\n\r\n12345".encode()
    with pytest.raises(errors.TransportError):
        twin(call(success=Widget), retries=0)


@pytest.mark.parametrize(
    "chunks",
    [
        b'5\r\n{"id"\r\n',
        b'5\r\n{"id"',
        b"zz\r\n",
        b"-5\r\n",
        b"fffffffffffffffffffff\r\nx",
        b"5;" + b"x" * 200_000 + b"\r\n",
        b"2\r\n{}\r\n0\r\nX: 1\r\n",
    ],
    ids=["no last", "cut", "no number", "negative", "huge", "extension", "no end of trailers"],
)  # fmt: skip
def test_chunks_that_are_none_or_break_off_are_no_answer(
    twin: Twin, server: RawServer, chunks: bytes
) -> None:
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    server.answer = lambda connection: connection.sendall(head + chunks)
    with pytest.raises(errors.TransportError) as caught:
        twin(call(success=dict[str, Any]), retries=0)
    assert caught.value.maybe_sent


# Statuses and what is left over.


@pytest.mark.parametrize("status", [204, 205, 304])
def test_bytes_behind_an_answer_without_a_body_answer_nothing(server: RawServer, status: int) -> None:
    inner = reply(200, {"id": "smuggled", "owner": None})
    server.answer = [
        f"HTTP/1.1 {status} X\r\nContent-Length: 0\r\n\r\n".encode() + inner,
        reply(200, WIDGET),
        reply(200, WIDGET),
    ]
    with Client(base_url=server.url, token=TOKEN) as client:
        if status == 304:
            with pytest.raises(errors.NotModified):
                client._send(call(success=Widget), {})
        else:
            client._send(call("DELETE", answers={str(status): Answer(None)}), {})
        try:
            assert client._send(call(success=Widget), {"retries": 1}).id == "w1"
        except errors.TransportError as error:
            assert "smuggled" not in str(error)  # noqa: PT017  # either will do, but not that answer


def test_bytes_behind_the_answer_to_head_answer_nothing(server: RawServer) -> None:
    server.answer = [reply(200, {"id": "smuggled", "owner": None}), reply(200, WIDGET)]
    with Client(base_url=server.url, token=TOKEN) as client:
        assert client._send(call("HEAD"), {}) is None
        try:
            assert client._send(call(success=Widget), {"retries": 1}).id == "w1"
        except errors.TransportError as error:
            assert "smuggled" not in str(error)  # noqa: PT017  # as above


@pytest.mark.parametrize(
    "line", ["HTTP/1.1 999 Odd", "HTTP/1.1 600 Odd", "HTTP/1.1 299 Odd", "HTTP/1.1 418 ", "HTTP/1.0 200 OK"]
)
def test_odd_statuses_are_told_or_read(twin: Twin, server: RawServer, line: str) -> None:
    server.answer = lambda connection: connection.sendall(
        f"{line}\r\nContent-Type: application/json\r\nContent-Length: {len(SMALL)}\r\n\r\n".encode() + SMALL
    )
    status = int(line.split()[1])
    if status // 100 == 2:
        assert twin(call(success=Widget), on_mismatch="ignore").id == "w1"
    else:
        with pytest.raises(errors.StatusError) as caught:
            twin(call(success=Widget), retries=0)
        assert caught.value.status == status


@pytest.mark.parametrize(
    "line",
    [
        "HTTP/1.1 20 OK",
        "HTTP/1.1 2000 OK",
        "HTTP/1.1 abc OK",
        "HTTP/11 200 OK",
        "ICY 200 OK",
        "HTTP/1.1 -200 OK",
    ],
)
def test_what_is_no_status_is_the_server_s_fault(twin: Twin, server: RawServer, line: str) -> None:
    server.answer = lambda connection: connection.sendall(f"{line}\r\nContent-Length: 0\r\n\r\n".encode())
    with pytest.raises(errors.TransportError):
        twin(call(success=Widget), retries=0)


@pytest.mark.parametrize(
    "head", [b"X-%d: 1\r\n" * 5 % (1, 2, 3, 4, 5), b"X: " + b"y" * 60_000 + b"\r\n", b"X: \xff\xfe\r\nX:\r\nX: \t\r\n"]
)  # fmt: skip
def test_many_and_long_headers_are_read(twin: Twin, server: RawServer, head: bytes) -> None:
    server.answer = b"HTTP/1.1 200 OK\r\n" + head + b"Content-Length: %d\r\n\r\n" % len(SMALL) + SMALL
    assert twin(call(success=Widget)).id == "w1"


@pytest.mark.parametrize("head", [b"X: 1\r\n" * 1_000_000, b"X: " + b"y" * 10_000_000])
def test_headers_without_end_are_not(twin: Twin, server: RawServer, head: bytes) -> None:
    server.answer = lambda connection: connection.sendall(b"HTTP/1.1 200 OK\r\n" + head)
    with Watch() as watch, pytest.raises(errors.TransportError):
        twin(call(success=Widget), retries=0)
    assert watch.seconds < 5


# JSON.


class Node(Model, kw_only=True):
    left: Node | None = None
    value: str | None = None


class Number(Model, kw_only=True):
    n: float | None = None
    i: int | None = None
    d: str | None = None


class One(OpenIntEnum):
    ONE = 1


@pytest.mark.parametrize("depth", [500, 10_000, 100_000])
@pytest.mark.parametrize("kind", [Any, dict[str, Any], Node, Widget, list[Any]])
@pytest.mark.parametrize(("begin", "end"), [("[", "]"), ('{"left":', "}"), ('{"parts":[', "]}")])
def test_nesting_is_read_or_refused_and_never_a_crash(  # a table's columns
    server: RawServer, depth: int, kind: Any, begin: str, end: str
) -> None:
    server.answer = reply(200, begin * depth + "null" + end * depth)
    with Client(base_url=server.url, token=TOKEN, on_mismatch="ignore") as client:
        try:
            client._send(call(success=kind), {})
        except errors.DecodeError as error:
            assert len(str(error)) < 1000  # noqa: PT017  # either will do
            assert error.__context__ is None  # noqa: PT017
        server.answer = reply(400, begin * depth + "null" + end * depth)
        with pytest.raises(errors.BadRequest):
            client._send(call(answers={}), {})


@pytest.mark.parametrize(
    "text",
    [
        "1e400",
        "-1e400",
        "NaN",
        "Infinity",
        "-Infinity",
        "nan",
        "9" * 400 + ".0",
        "1e99999999999",
        "0x10",
        "01",
        "+1",
        "1.",
        ".5",
        "1_0",
    ],
)
def test_numbers_that_are_none_are_no_number(twin: Twin, server: RawServer, text: str) -> None:
    server.answer = reply(200, f'{{"n": {text}}}')
    with pytest.raises(errors.DecodeError):
        twin(call(success=Number), on_mismatch="ignore")


@pytest.mark.parametrize(
    ("text", "value"), [("-0", 0.0), ("1e-400", 0.0), ("1e308", 1e308), ("5e-324", 5e-324), ("1E2", 100.0)]
)
def test_numbers_at_the_edge_are_read(twin: Twin, server: RawServer, text: str, value: float) -> None:
    server.answer = reply(200, f'{{"n": {text}}}')
    assert twin(call(success=Number)).n == value


@pytest.mark.parametrize(("text", "value"), [("1.0", One.ONE), ("1", One.ONE), ("2", 2)])
def test_one_is_one_in_any_spelling(twin: Twin, server: RawServer, text: str, value: int) -> None:
    server.answer = reply(200, text)
    assert twin(call(success=One), on_mismatch="ignore") == value


def test_true_is_no_number(twin: Twin, server: RawServer) -> None:
    server.answer = reply(200, "true")
    with pytest.raises(errors.DecodeError):
        twin(call(success=One), on_mismatch="ignore")
    server.answer = reply(200, '{"i": true, "n": false}')
    with pytest.warns(errors.ResponseMismatch):
        read = twin(call(success=Number))
    assert (read.i, read.n) == (None, None)


ODD = [
    "\\u0000", "\\u001b[31m", "\\u202e", "\\u2028", "\\ud800", "\\udc00\\ud800", "\\ud83d\\ude00", "\\uffff", "\\u0085", "{0}%s",
]  # fmt: skip


@pytest.mark.parametrize("text", ODD)
def test_odd_text_is_data_and_prints_on_one_line(twin: Twin, server: RawServer, text: str) -> None:
    server.answer = reply(200, f'{{"id": "w", "owner": "{text}", "{text}": 1}}')
    widget = twin(call(success=Widget), on_mismatch="ignore")
    assert repr(widget).isprintable() or "\\" in repr(widget)
    assert "\x1b" not in repr(widget)
    assert "\n" not in f"{widget!r}{widget}"
    f"{widget}".encode()
    json.dumps(widget.as_input()).encode()


HOSTILE_KEYS = [
    "__class__", "__init__", "__dict__", "__doc__", "__slots__", "__reduce__", "self", "cls", "d", "src_dict", "field_dict",
    "additional_properties", "as_input", "kwargs", "__struct_fields__", "__post_init__", "_", "", "a.b", "id\x00",
]  # fmt: skip


@pytest.mark.parametrize("broken", [False, True])
def test_names_of_members_are_never_names_of_ours(twin: Twin, server: RawServer, *, broken: bool) -> None:
    members = dict.fromkeys(HOSTILE_KEYS, "evil")
    server.answer = reply(200, {"id": "w", "owner": None, **members} | ({"size": "x"} if broken else {}))
    widget = twin(call(success=Widget), on_mismatch="ignore")
    assert type(widget) is Widget
    assert widget.__doc__ == Widget.__doc__
    assert callable(widget.as_input)
    assert widget.id == "w"
    raw = twin(call(success=dict[str, Any]))
    assert raw["__class__"] == "evil"


@pytest.mark.parametrize("tag", ["__class__", "os.system", "__init__", "", "\x00", None, 1, [], {}, True])
def test_a_tag_is_looked_up_and_never_run(twin: Twin, server: RawServer, tag: Any) -> None:
    class Cat(Model, kw_only=True, tag_field="kind", tag="cat"):
        lives: int | None = None

    class Dog(Model, kw_only=True, tag_field="kind", tag="dog"):
        tail: str | None = None

    server.answer = reply(200, {"kind": tag, "lives": 9})
    read = twin(call(success=Cat | Dog | None), on_mismatch="ignore")
    assert not isinstance(read, Dog)
    assert type(read) in {dict, Cat, type(None)}


class Left(Model, kw_only=True):
    a: Pick | None = None  # type: ignore[valid-type]
    n: int | None = None


class Right(Model, kw_only=True):
    a: Pick | None = None  # type: ignore[valid-type]
    n: str | None = None


Pick = one_of(__name__, "Pick", "Left", "Right")


@pytest.mark.parametrize("depth", [30, 60, 200])
def test_choices_in_choices_are_tried_once_each(server: RawServer, depth: int) -> None:
    server.answer = reply(200, '{"a":' * depth + '{"a": 1}' + "}" * depth)
    with Watch() as watch, Client(base_url=server.url, token=TOKEN, on_mismatch="ignore") as client:
        try:
            client._send(call(success=Pick), {})
        except errors.DecodeError as error:
            assert "nested too deep" in str(error)  # noqa: PT017  # either will do
    assert watch.seconds < 5


def test_a_pattern_of_the_document_is_not_tried_on_answers(server: RawServer) -> None:
    # Answers are read by their types alone; a validator, which knows of patterns, runs where one is asked for.
    def never(_value: Any) -> Any:
        raise AssertionError

    server.answer = reply(200, {"id": "a" * 40 + "!", "owner": None})
    answers = {"200": Answer(Widget, never)}
    with Client(base_url=server.url, token=TOKEN) as client:
        assert client._send(call(answers=answers), {}).id.endswith("!")


def test_a_bad_line_among_good_ones_is_told_with_all_that_came(server: RawServer) -> None:
    body = b'{"id":"a","owner":null}\n{"id":\n{"id":"c","owner":null}\n'
    server.answer = reply(200, body, content_type="application/x-ndjson")
    answers = {"200": Answer(list[Widget], media_type="application/x-ndjson")}
    with Client(base_url=server.url, token=TOKEN) as client, pytest.raises(errors.DecodeError) as caught:
        client._send(call(answers=answers), {})
    assert caught.value.raw == body


@pytest.mark.parametrize("value", ["zzz", "", "__class__", "red\n", "\u202e"])
def test_an_unknown_value_of_an_enum_is_itself(twin: Twin, server: RawServer, value: str) -> None:
    server.answer = reply(200, {"id": "w", "owner": None, "colour": value})
    widget = twin(call(success=Widget), on_mismatch="raise")
    assert widget.colour == value
    assert widget.as_input()["colour"] == value


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({}, "/: has no member"),
        ({"id": 1, "owner": None}, "/id"),
        ({"id": "w", "owner": None, "size": "x"}, "/size"),
        ({"id": "w", "owner": None, "parts": [{}]}, "/parts/0"),
        ({"id": "w", "owner": None, "made": "not a date"}, "/made"),
    ],
)
def test_what_is_missing_or_wrong_is_told_by_its_place(
    twin: Twin, server: RawServer, body: Any, words: str
) -> None:
    server.answer = reply(200, body)
    with pytest.raises(errors.ResponseMismatch) as caught:
        twin(call(answers={"200": Answer(Widget)}), on_mismatch="raise")
    places = {issue.pointer for issue in caught.value.issues}
    assert any(words.partition(":")[0].rstrip("/") in place for place in places)


class Coded(Model, kw_only=True):
    content: bytes | None = None
    id: UUID | None = None


def test_text_that_is_no_base64_and_no_uuid_is_told_and_not_read(twin: Twin, server: RawServer) -> None:
    server.answer = reply(200, {"content": "****", "id": "not-uuid"})
    with pytest.warns(errors.ResponseMismatch) as caught:
        read = twin(call(success=Coded))
    assert (read.content, read.id) == (None, None)
    (told,) = caught
    assert [issue.pointer for issue in told.message.issues] == ["/content", "/id"]  # type: ignore[union-attr]
