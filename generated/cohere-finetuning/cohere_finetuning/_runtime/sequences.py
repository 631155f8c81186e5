"""Media types of many JSON values, one after another (OpenAPI 3.2, section 4.14.2), to and from one JSON array.

JSON Lines and NDJSON have one on each line, JSON text sequences a record separator before each (RFC 7464), and server-sent
events one in the `data` of each (WHATWG HTML, section 9.2.6).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, get_args

from .encode import json_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from .media import Family

__all__ = ["READ", "array", "event_data", "events", "lines", "sequence"]

_LINE = re.compile(r"\r\n|\r|\n")


def lines(values: Iterable[Any]) -> bytes:
    """Each value on a line of its own."""
    return b"".join(json_bytes(value) + b"\n" for value in values)


def sequence(values: Iterable[Any]) -> bytes:
    """Each value between a record separator and a line feed."""
    return b"".join(b"\x1e" + json_bytes(value) + b"\n" for value in values)


def events(values: Iterable[Any]) -> bytes:
    """Each value in an event: texts as they are, the others as JSON."""
    written = (value if isinstance(value, str) else json_bytes(value).decode() for value in values)
    return "".join(f"{_data(text)}\n\n" for text in written).encode()


def _data(text: str) -> str:
    return "\n".join(f"data: {line}" for line in _LINE.split(text))


def array(raw: bytes) -> bytes:
    """The values of lines or of a text sequence as one JSON array, byte for byte."""
    separator = b"\x1e" if b"\x1e" in raw else b"\n"
    values = [value for part in raw.removeprefix(b"\xef\xbb\xbf").split(separator) if (value := part.strip())]
    return b"[" + b",".join(values) + b"]"


def event_data(raw: bytes) -> Iterator[str]:
    """The data of each event that has any; one that is cut off is none."""
    data: list[str] = []
    text = raw.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")
    for line in _LINE.split(text)[:-1]:
        if not line and data:
            yield "\n".join(data)
        if not line:
            data = []
            continue
        field, _, value = line.partition(":")
        if field == "data":
            data.append(value.removeprefix(" "))


def _lines(raw: bytes, _kind: Any) -> bytes:
    return array(raw)


def _events(raw: bytes, kind: Any) -> bytes:
    """The data of events as an array: as text where that is what a list of the type `kind` holds, else as the JSON it is."""
    data = event_data(raw)
    if get_args(kind) == (str,):
        return json_bytes(list(data))
    return b"[" + b",".join(item.encode() for item in data if item != _DONE) + b"]"


_DONE: Final = "[DONE]"
"""What some APIs end their events with, which is no JSON."""

READ: Final[dict[Family, Callable[[bytes, Any], bytes]]] = {
    "lines": _lines,
    "sequence": _lines,
    "events": _events,
}
"""The body of an answer as one JSON array, by how it is written."""
