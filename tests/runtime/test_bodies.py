"""Bodies that are not JSON, as their bytes arrive; multipart ones are read back by the parser of the standard library."""

from __future__ import annotations

import asyncio
import io
from email.parser import BytesParser
from email.policy import HTTP
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

import pytest
import widgets
from hypothesis import given
from hypothesis import strategies as st

from raw_server import reply
from specwright.runtime import errors
from specwright.runtime.bodies import outgoing
from specwright.runtime.operation import Answer, Body, Call, Encoding, Operation
from specwright.runtime.styles import Style
from specwright.runtime.types import OMIT
from specwright.runtime.uploads import Stream

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator
    from email.message import Message
    from pathlib import Path

    from widgets import Twin

    from raw_server import RawServer
    from specwright.runtime.issues import Issue


def posting(*bodies: Body) -> Operation[None]:
    return Operation("POST", "/x", bodies=bodies, answers={"200": Answer(None)})


def encoded(body: Body, value: Any) -> tuple[bytes, str]:
    """The content and its type of a body that nothing is wrong with."""
    issues: list[Issue] = []
    out = outgoing(Call(posting(body), body=value), issues)
    content, content_type = out.encoded(out.value, issues)
    assert issues == []
    assert content is not None
    return b"".join(content.pieces()) if isinstance(content, Stream) else content, content_type


def refused(body: Body, value: Any) -> list[tuple[str, str]]:
    issues: list[Issue] = []
    out = outgoing(Call(posting(body), body=value), issues)
    out.encoded(out.value, issues)
    return [(issue.pointer, issue.keyword) for issue in issues]


def parts(content: bytes, content_type: str) -> list[Message]:
    """The parts of a multipart body, by the standard library's parser of mail."""
    message = BytesParser(policy=HTTP).parsebytes(f"Content-Type: {content_type}\r\n\r\n".encode() + content)
    assert message.is_multipart()
    assert not message.defects
    return list(message.iter_parts())  # type: ignore[attr-defined]


FORM = "application/x-www-form-urlencoded"
DEEP = Encoding(Style("deepObject", explode=True))


# Forms.


@pytest.mark.parametrize(
    ("encoding", "value", "text"),
    [
        (None, "a b+c&d=é~*", "v=a+b%2Bc%26d%3D%C3%A9%7E*"),
        (None, True, "v=true"),
        (None, None, ""),
        (None, ["a", 1], "v=a&v=1"),
        (None, {"a": [1]}, "v=%7B%22a%22%3A%5B1%5D%7D"),
        (None, [{"a": 1}], "v=%7B%22a%22%3A1%7D"),
        (Encoding(Style("form", explode=True)), {"a": 1, "b": "x y"}, "a=1&b=x+y"),
        (Encoding(Style("form")), ["a,b", "c"], "v=a%2Cb,c"),
        (Encoding(Style("form", explode=True, reserved=True)), "a/b?c d&e=%20", "v=a/b?c+d%26e=+"),
        (Encoding(Style("spaceDelimited")), ["a", "b"], "v=a+b"),
        (Encoding(Style("pipeDelimited")), ["a", "b"], "v=a%7Cb"),
        (DEEP, {"b": {"c": 1}, "n": None}, "v%5Bb%5D%5Bc%5D=1"),
        (DEEP, [{"b": "x"}, {"b": "y"}], "v%5B0%5D%5Bb%5D=x&v%5B1%5D%5Bb%5D=y"),
        (Encoding(content_type="application/json"), "a", "v=%22a%22"),
        (Encoding(content_type="text/plain"), "a", "v=a"),
    ],
)
def test_forms(encoding: Encoding | None, value: Any, text: str) -> None:
    body = Body(FORM, encodings={"v": encoding} if encoding else {})
    assert encoded(body, {"v": value}) == (text.encode(), FORM)


def test_what_a_form_cannot_hold_is_told_by_its_place() -> None:
    body = Body(FORM, encodings={"v": Encoding(Style("form")), "x": Encoding(content_type="application/xml")})
    assert refused(body, {"v": [["a"]], "x": {"a": 1}}) == [("/v", "type"), ("/x", "contentMediaType")]
    assert refused(body, ["a"]) == [("", "type")]


texts = st.text(st.characters(codec="utf-8"))


@given(st.dictionaries(texts, texts | st.lists(texts, min_size=1)))
def test_a_form_is_read_back(values: Any) -> None:
    content, _ = encoded(Body(FORM), values)
    expected = [(k, item) for k, v in values.items() for item in (v if isinstance(v, list) else [v])]
    assert parse_qsl(content.decode("ascii"), keep_blank_values=True, max_num_fields=10_000) == expected


# Multipart.


MULTIPART = "multipart/form-data"


def test_parts_by_what_they_hold(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"from a path")
    opened = io.BytesIO(b"skipped, from a file")
    opened.seek(9)
    body = Body(MULTIPART, uploads=("bytes", "path", "open", "named", "typed", "many"))
    content, content_type = encoded(
        body,
        {
            "text": "a b",
            "number": 1.5,
            "none": None,
            "omitted": OMIT,
            "object": {"a": [1]},
            "list": ["x", {"y": 1}],
            "bytes": b"\x00\xff\r\n--",
            "path": path,
            "open": opened,
            "named": ("b.bin", b"b"),
            "typed": ("c.png", b"c", "image/png"),
            "many": (b"1", ("2.txt", b"2")),
        },
    )
    found = [
        (
            part.get_param("name", header="content-disposition"),
            part.get_filename(),
            part.get("content-type"),
            part.get_payload(decode=True),
        )
        for part in parts(content, content_type)
    ]
    assert found == [
        ("text", None, None, b"a b"),
        ("number", None, None, b"1.5"),
        ("object", None, "application/json", b'{"a":[1]}'),
        ("list", None, None, b"x"),
        ("list", None, "application/json", b'{"y":1}'),
        ("bytes", "upload", "application/octet-stream", b"\x00\xff\r\n--"),
        ("path", "a.txt", "application/octet-stream", b"from a path"),
        ("open", "upload", "application/octet-stream", b"from a file"),
        ("named", "b.bin", "application/octet-stream", b"b"),
        ("typed", "c.png", "image/png", b"c"),
        ("many", "upload", "application/octet-stream", b"1"),
        ("many", "2.txt", "application/octet-stream", b"2"),
    ]


def test_what_the_document_says_of_parts() -> None:
    body = Body(
        MULTIPART,
        encodings={
            "meta": Encoding(content_type="application/json", headers={"X-Part": "a"}),
            "xml": Encoding(content_type="application/xml; charset=utf-8"),
            "image": Encoding(content_type="image/png, image/jpeg"),
            "any": Encoding(content_type="image/*"),
            "styled": Encoding(Style("form")),
            "deep": DEEP,
        },
        uploads=("image", "any"),
    )
    given_ = {
        "meta": "a",
        "xml": "<a/>",
        "image": b"i",
        "any": b"j",
        "styled": ["a b", "c"],
        "deep": {"k": 1},
    }
    found = [
        (
            part.get_param("name", header="content-disposition"),
            part.get("content-type"),
            part.get("x-part"),
            part.get_payload(),
        )
        for part in parts(*encoded(body, given_))
    ]
    assert found == [
        ("meta", "application/json", "a", '"a"'),
        ("xml", 'application/xml; charset="utf-8"', None, "<a/>"),
        ("image", "image/png", None, "i"),
        ("any", "application/octet-stream", None, "j"),
        ("styled", None, None, "a b,c"),
        ("deep[k]", None, None, "1"),
    ]


def test_parts_without_names() -> None:
    body = Body(
        "multipart/mixed",
        positions=(Encoding(content_type="application/json"), Encoding(content_type="image/*")),
    )
    content, content_type = encoded(body, [{"a": 1}, ("a.png", b"1", "image/png"), b"2"])
    assert content_type.startswith("multipart/mixed; boundary=")
    found = [
        (part.get_content_type(), part.get_payload(decode=True)) for part in parts(content, content_type)
    ]
    assert found == [
        ("application/json", b'{"a":1}'),
        ("image/png", b"1"),
        ("application/octet-stream", b"2"),
    ]


@pytest.mark.parametrize(
    "upload",
    [
        io.StringIO("text"),
        5,
        ("only a name",),
        ("a", None),
        ("a", b"x", "text/plain", "more"),
        ("a", "text"),
        ("a\ud800", b"x"),
        ("a", b"x", "text/plain\r\nX-Evil: 1"),
    ],
)
def test_what_is_no_file_is_refused(upload: Any) -> None:
    assert [pointer for pointer, _ in refused(Body(MULTIPART, uploads=("f",)), {"f": upload})] == ["/f"]


@given(name=texts, file=texts, content=st.binary(), text=texts)
def test_nothing_forges_a_boundary_or_a_header(name: str, file: str, content: bytes, text: str) -> None:
    """What a browser escapes is escaped; the rest arrives as it is, by the mail parser, which knows no form escapes."""
    value = {f"f{name}": (file, content, "image/png"), f"t{name}": text}
    body, content_type = encoded(Body(MULTIPART, uploads=(f"f{name}",)), value)
    boundary = content_type.partition("boundary=")[2].encode()
    first, second, last = (part for part in body.split(b"--" + boundary) if part)
    assert last == b"--\r\n"
    head, _, payload = first.removeprefix(b"\r\n").partition(b"\r\n\r\n")
    lines = head.split(b"\r\n")
    assert [line.partition(b":")[0] for line in lines] == [b"Content-Disposition", b"Content-Type"]
    assert payload == content + b"\r\n"
    escaped = file.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
    assert lines[0].endswith(f'; filename="{escaped}"'.encode())
    assert second.partition(b"\r\n\r\n")[2] == text.encode() + b"\r\n"


def test_no_boundary_is_used_twice() -> None:
    boundaries = {encoded(Body(MULTIPART), {"a": "b"})[1] for _ in range(50)}
    assert len(boundaries) == 50


@pytest.mark.parametrize(
    "said", ["; boundary=own", '; Boundary="o;wn"; type=text', " ; type=text; boundary = own"]
)
def test_a_boundary_that_the_document_has_is_none(said: str) -> None:
    content, content_type = encoded(Body(f"multipart/related{said}"), {"a": "b"})
    assert content_type.lower().count("boundary") == 1
    assert content.startswith(b"--" + content_type.partition("boundary=")[2].encode())
    assert ("type=text" in content_type) == ("type=text" in said)


# Text and bytes.


@pytest.mark.parametrize(
    ("media_type", "value", "content", "content_type"),
    [
        ("text/plain", "a", b"a", "text/plain"),
        ("text/csv", "é", "é".encode(), "text/csv; charset=utf-8"),
        ("text/plain; charset=latin-1", "é", b"\xe9", "text/plain; charset=latin-1"),
        ("text/plain", 5, b"5", "text/plain"),
        ("application/xml", "<é/>", "<é/>".encode(), "application/xml"),
        ("application/xml", b"\xff\xfe", b"\xff\xfe", "application/xml"),
        ("image/png", b"\x89PNG", b"\x89PNG", "image/png"),
        ("application/jsonl", [{"a": 1}, 2], b'{"a":1}\n2\n', "application/jsonl"),
        ("application/json-seq", [1, 2], b"\x1e1\n\x1e2\n", "application/json-seq"),
        ("application/json", {"a": 1}, b'{"a":1}', "application/json"),
    ],
)
def test_other_media_types(media_type: str, value: Any, content: bytes, content_type: str) -> None:
    assert encoded(Body(media_type), value) == (content, content_type)


@pytest.mark.parametrize(
    ("media_type", "value", "keyword"),
    [
        ("text/plain", {"a": 1}, "type"),
        ("text/plain; charset=latin-1", "日", "contentMediaType"),
        ("text/plain; charset=nonsense", "a", "contentMediaType"),
        ("image/png", "text", "type"),
        ("image/png", {"a": 1}, "type"),
        ("image/png", io.StringIO("text"), "type"),
        ("application/jsonl", {"a": 1}, "type"),
    ],
)
def test_a_body_of_another_kind_is_refused(media_type: str, value: Any, keyword: str) -> None:
    assert refused(Body(media_type), value) == [("", keyword)]


def pieces() -> Iterator[bytes]:
    yield b"one "
    yield b""
    yield b"two"


@pytest.mark.parametrize(
    ("given_", "known"),
    [(lambda: b"one two", True), (lambda: io.BytesIO(b"one two"), True), (pieces, False)],
)
def test_bytes_arrive_however_they_are_given(
    twin: Twin, server: RawServer, given_: Callable[[], Any], *, known: bool
) -> None:
    server.answer = reply(200, b"")
    twin(Call(posting(Body("image/png")), body=given_()))
    seen = server.last
    assert seen.header("content-length") == ("7" if known else None)
    assert seen.header("transfer-encoding") == (None if known else "chunked")
    assert seen.body == (b"one two" if known else b"4\r\none \r\n3\r\ntwo\r\n0\r\n\r\n")
    assert seen.header("content-type") == "image/png"


def test_a_large_file_is_not_read_at_once(twin: Twin, server: RawServer, tmp_path: Path) -> None:
    path = tmp_path / "large"
    path.write_bytes(b"x" * 300_000)
    server.answer = reply(200, b"")
    twin(Call(posting(Body(MULTIPART, uploads=("f",))), body={"f": path}))
    assert b"x" * 300_000 in server.last.body
    assert server.last.header("content-length") == str(len(server.last.body))


def test_an_async_client_takes_async_pieces(server: RawServer) -> None:
    async def later() -> AsyncIterator[bytes]:
        yield b"one "
        yield b"two"

    async def main() -> None:
        async with widgets.AsyncClient(base_url=server.url) as client:
            await client._send(Call(posting(Body("image/png")), body=later()), {})

    server.answer = reply(200, b"")
    asyncio.run(main())
    assert server.last.body == b"4\r\none \r\n3\r\ntwo\r\n0\r\n\r\n"
    with widgets.Client(base_url=server.url) as client, pytest.raises(TypeError, match="AsyncClient"):
        client._send(Call(posting(Body("image/png")), body=later()), {})


# Several media types.


def test_the_caller_chooses_among_media_types(twin: Twin, server: RawServer) -> None:
    server.answer = reply(200, b"")
    operation = posting(Body("application/json", widgets.validate_input), Body("text/plain"))
    twin(Call(operation, body={"name": "a"}))
    assert (server.last.body, server.last.header("content-type")) == (b'{"name":"a"}', "application/json")
    twin(Call(operation, body="a", media_type="text/plain"))
    assert (server.last.body, server.last.header("content-type")) == (b"a", "text/plain")
    with pytest.raises(errors.RequestInvalid):
        twin(Call(operation, body={"nmae": "a"}))
    with pytest.raises(ValueError, match="content_type must be one of 'application/json', 'text/plain'"):
        twin(Call(operation, body="a", media_type="text/html"))


def test_a_form_is_checked_extended_and_left_out(twin: Twin, server: RawServer) -> None:
    server.answer = reply(200, b"")
    form = Body(FORM, widgets.validate_input)
    twin(Call(posting(form), body={"name": "a", "size": OMIT}), {"extra_body": {"more": [1, 2]}})
    assert server.last.body == b"name=a&more=1&more=2"
    with pytest.raises(errors.RequestInvalid):
        twin(Call(posting(form), body={"name": 1}))
    optional: Operation[None] = Operation(
        "POST", "/x", bodies=[form], body_required=False, answers={"200": Answer(None)}
    )
    twin(Call(optional, body={"name": OMIT}))
    assert server.last.header("content-type") is None
