"""What a scripted server does with a request, as data: bytes it sends, pauses it makes, and how it ends the connection."""

from __future__ import annotations

import json
from enum import Enum
from typing import Final, NamedTuple, TypeAlias


class Pause(NamedTuple):
    """Nothing for so many seconds."""

    seconds: float


class Drip(NamedTuple):
    """Bytes, one after the other, with a pause after each."""

    data: bytes
    seconds: float


class End(Enum):
    """How a connection ends. Without an end it stays open for the next request."""

    CLOSE = "close"
    RESET = "reset"


Step: TypeAlias = bytes | Pause | Drip | End
Act: TypeAlias = tuple[Step, ...]

FOREVER: Final = Pause(3600)
"""Longer than anybody waits. The server's end ends it."""


def reply(
    status: int = 200,
    body: bytes | object = b"",
    *headers: tuple[str, str],
    content_type: str = "application/json",
    length: str | None = None,
) -> bytes:
    """An answer; a body that is not bytes is written as JSON. `length` is what it claims, if that is not the truth."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    claimed = str(len(content)) if length is None else length
    lines = (
        f"HTTP/1.1 {status} Told",
        f"Content-Type: {content_type}",
        *(f"{name}: {value}" for name, value in headers),
        f"Content-Length: {claimed}",
    )
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + content


def halved(answer: bytes) -> bytes:
    """An answer whose body breaks off in the middle."""
    head, _, body = answer.partition(b"\r\n\r\n")
    return head + b"\r\n\r\n" + body[: len(body) // 2]


def chunked(body: bytes, *, ended: bool) -> bytes:
    """JSON in one chunk, with or without the chunk that ends it (RFC 9112, section 7.1)."""
    head = b"HTTP/1.1 200 Told\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
    return head + b"%x\r\n%s\r\n" % (len(body), body) + (b"0\r\n\r\n" if ended else b"")
