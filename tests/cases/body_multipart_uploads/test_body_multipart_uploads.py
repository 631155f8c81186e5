from __future__ import annotations

import io
from email.parser import BytesParser
from email.policy import HTTP
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from cases.server import Seen, Server


def parts(seen: Seen) -> list[tuple[Any, ...]]:
    """Name, file name, media type and content of each part, by the standard library's parser of mail."""
    head = f"Content-Type: {seen.headers['content-type']}\r\n\r\n".encode()
    message: Any = BytesParser(policy=HTTP).parsebytes(head + seen.body)
    return [
        (
            part.get_param("name", header="content-disposition"),
            part.get_filename(),
            part["content-type"],
            part.get_payload(decode=True),
        )
        for part in message.iter_parts()
    ]


BYTES = "application/octet-stream"


def test_properties_are_arguments_and_parts(client: Any, server: Server, tmp_path: Path) -> None:
    server.answer({"id": "f1"})
    path = tmp_path / "notes.txt"
    path.write_bytes(b"from a path")
    answer = client.upload_file(
        file=path,
        image=("cat.png", b"\x89PNG", "image/png"),
        more=[b"1", io.BytesIO(b"2")],
        one_or_more=[b"3"],
        anything=b"4",
        maybe=None,
        file_or_link="link",
        title="A title",
        size=3,
        inline=b"hi",
        meta={"tags": ["a"]},
    )
    assert answer.id == "f1"
    assert parts(server.take()) == [
        ("file", "notes.txt", BYTES, b"from a path"),
        ("image", "cat.png", "image/png", b"\x89PNG"),
        ("more", "upload", BYTES, b"1"),
        ("more", "upload", BYTES, b"2"),
        ("one_or_more", "upload", BYTES, b"3"),
        ("anything", "upload", BYTES, b"4"),
        ("file_or_link", None, None, b"link"),
        ("title", None, None, b"A title"),
        ("size", None, None, b"3"),
        ("inline", None, None, b"aGk="),
        ("meta", None, "application/json", b'{"tags":["a"]}'),
    ]


def test_a_part_has_the_media_type_and_the_headers_that_the_document_says(
    client: Any, server: Server
) -> None:
    server.answer({"id": "f1"})
    client.upload_file(file=b"", image=b"i", meta={})
    seen = server.take()
    assert parts(seen)[1] == ("image", "upload", "image/png", b"i")
    assert b"\r\nX-Part: meta\r\n" in seen.body
    assert b"X-Yours" not in seen.body


def test_what_is_no_file_is_refused_with_the_rest(client: Any, server: Server, package: Any) -> None:
    with pytest.raises(package.RequestInvalid) as caught:
        client.upload_file(file=io.StringIO("text"), image="text", more=[b"1", b"2", b"3"], size="large")
    assert {(issue.pointer, issue.keyword) for issue in caught.value.issues} == {
        ("/file", "type"),
        ("/image", "type"),
        ("/more", "maxItems"),
        ("/size", "type"),
    }
    assert server.untouched


def test_a_choice_is_a_body_with_files_in_it(client: Any, server: Server) -> None:
    server.answer(status=204)
    client.either(body={"file": ("a.bin", b"1")})
    assert parts(server.take()) == [("file", "a.bin", BYTES, b"1")]
    client.either(body={"link": "https://x.example"})
    assert parts(server.take()) == [("link", None, None, b"https://x.example")]


def test_parts_without_names_are_a_list(client: Any, server: Server) -> None:
    server.answer(status=204)
    client.mixed(body=[{"a": 1}, ("a.png", b"1", "image/png")])
    assert parts(server.take()) == [
        (None, None, "application/json", b'{"a":1}'),
        (None, None, "image/png", b"1"),
    ]
