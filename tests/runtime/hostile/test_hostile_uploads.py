"""Files that callers give, and what of their names and media types arrives."""

from __future__ import annotations

from email.parser import BytesParser
from email.policy import HTTP
from typing import TYPE_CHECKING, Any

import pytest
from calls import call

from specwright.runtime import errors
from specwright.runtime.operation import Body, Call

if TYPE_CHECKING:
    from pathlib import Path

    from widgets import Twin

    from raw_server import RawServer


def sending(body: Any, *, texts: tuple[str, ...] = ()) -> Call[Any]:
    made = call("POST").operation
    made.bodies = (Body("multipart/form-data", uploads=("f",), texts=texts),)
    return Call(made, body=body)


@pytest.mark.parametrize("texts", [(), ("f",)])
def test_a_text_is_never_the_path_of_a_file(
    twin: Twin, server: RawServer, tmp_path: Path, texts: tuple[str, ...]
) -> None:
    file = tmp_path / "secret"
    file.write_text("CONTENT-of-file")
    for path in (str(file), "/etc/passwd", "~/.ssh/id_rsa", f"file://{file}", "@/etc/passwd"):
        try:
            twin(sending({"f": path}, texts=texts))
        except (errors.RequestInvalid, TypeError):
            continue
        assert path.encode() in server.last.body
    assert all(b"CONTENT" not in seen.body and b"root:" not in seen.body for seen in server.seen)


@pytest.mark.parametrize(
    ("name", "sent"),
    [
        ('a"\r\nX: y.txt', "a%22%0D%0AX: y.txt"),
        ("../../x", "../../x"),
        ("a\\b", "a\\b"),
        ("é日本.txt", "é日本.txt"),
        ("a;b=c", "a;b=c"),
    ],
)
def test_the_name_of_a_file_stays_a_name(twin: Twin, server: RawServer, name: str, sent: str) -> None:
    twin(sending({"f": (name, b"content")}))
    head = server.last.body.partition(b"\r\n\r\n")[0].split(b"\r\n")
    assert head[1] == f'Content-Disposition: form-data; name="f"; filename="{sent}"'.encode()
    assert [line.partition(b":")[0] for line in head[1:]] == [b"Content-Disposition", b"Content-Type"]
    whole = f"Content-Type: {server.last.header('content-type')}\r\n\r\n".encode() + server.last.body
    (part,) = BytesParser(policy=HTTP).parsebytes(whole).iter_parts()  # type: ignore[attr-defined]
    assert part.get_payload(decode=True) == b"content"


@pytest.mark.parametrize(
    "media_type",
    ["text/plain\r\nX-Evil: 1", "text/plain\n", "text/plain; x=\x00", "text/é", "a/b\r\n\r\n--x"],
)
def test_a_media_type_is_one(twin: Twin, server: RawServer, media_type: str) -> None:
    with pytest.raises((errors.RequestInvalid, ValueError)) as caught:
        twin(sending({"f": ("n", b"content", media_type)}))
    assert "X-Evil" not in str(caught.value)
    assert server.seen == []
