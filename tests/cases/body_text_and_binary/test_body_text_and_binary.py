from __future__ import annotations

import asyncio
import io
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator
    from pathlib import Path

    from cases.server import Server


@pytest.fixture(autouse=True)
def _bodiless(server: Server) -> None:
    server.answer(status=204)


def test_a_text_that_is_binary_goes_out_as_it_is(client: Any, server: Server) -> None:
    for body in (b"-----BEGIN", io.BytesIO(b"-----BEGIN")):
        client.send_certificate(body=body)
        seen = server.take()
        assert (seen.body, seen.headers["content-type"]) == (b"-----BEGIN", "application/x-pem-file")


def test_a_text_that_is_binary_may_be_in_a_file(client: Any, server: Server, tmp_path: Path) -> None:
    path = tmp_path / "a.pem"
    path.write_bytes(b"-----BEGIN")
    client.send_certificate(body=path)
    assert server.take().body == b"-----BEGIN"


def test_text_is_text(client: Any, server: Server, package: Any) -> None:
    client.send_text(body="é")
    seen = server.take()
    assert (seen.body, seen.headers["content-type"]) == ("é".encode(), "text/plain; charset=utf-8")
    client.send_number(body=5)
    assert server.take().body == b"5"
    with pytest.raises(package.RequestInvalid):
        client.send_text(body="too long")
    assert server.untouched


def test_xml_is_text_or_bytes(client: Any, server: Server) -> None:
    for given in ("<a/>", b"<a/>"):
        client.send_xml(body=given)
        seen = server.take()
        assert (seen.body, seen.headers["content-type"]) == (b"<a/>", "application/xml")


def pieces() -> Iterator[bytes]:
    yield b"\x89P"
    yield b"NG"


@pytest.mark.parametrize("given", [lambda: b"\x89PNG", lambda: io.BytesIO(b"\x89PNG"), pieces])
def test_bytes_come_from_anywhere(client: Any, server: Server, given: Callable[[], Any]) -> None:
    client.send_picture(body=given())
    seen = server.take()
    assert (seen.body, seen.headers["content-type"]) == (b"\x89PNG", "image/png")
    client.send_anything(body=given())
    assert server.take().headers["content-type"] == "application/octet-stream"


def test_async_code_may_give_them_in_its_own_way(package: Any, server: Server) -> None:
    async def later() -> AsyncIterator[bytes]:
        yield b"\x89P"
        yield b"NG"

    async def main() -> None:
        async with package.AsyncClient(base_url=server.url) as client:
            for given in (later(), pieces(), io.BytesIO(b"\x89PNG")):
                await client.send_picture(body=given)
                assert server.take().body == b"\x89PNG"

    asyncio.run(main())


def test_a_body_that_is_optional_may_be_left_out(client: Any, server: Server) -> None:
    client.send_anything()
    assert "content-type" not in server.take().headers


def test_lines_are_a_list(client: Any, server: Server, package: Any) -> None:
    client.send_log(body=[{"at": 1}, {"at": 2, "note": "n"}])
    seen = server.take()
    assert seen.headers["content-type"] == "application/jsonl"
    assert seen.body == b'{"at":1}\n{"at":2,"note":"n"}\n'
    with pytest.raises(package.RequestInvalid) as caught:
        client.send_log(body=[{"at": 1}, {"at": "x"}])
    assert [issue.pointer for issue in caught.value.issues] == ["/1/at"]
