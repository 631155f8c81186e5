"""Bodies of many values, one after another, taken apart while they come (OpenAPI 3.2, section 4.14.2).

JSON Lines and NDJSON have a value on each line, JSON text sequences a record separator before each (RFC 7464), and
server-sent events one in the `data` of each (WHATWG HTML, section 9.2.6). Nothing here reads or waits: pieces of a body
go in, as they come, and frames come out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

from .opened import Lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from .media import Family

__all__ = ["DONE", "FRAMINGS", "Events", "Frame", "Framing", "Records"]

DONE: Final = b"[DONE]"
"""What some APIs end their events with, which is no JSON."""
_RECORD_SEPARATOR: Final = b"\x1e"
_BLANK: Final = b" \t\r\n\xef\xbb\xbf"
"""The bytes of whitespace, and those of a byte order mark."""


class Frame(NamedTuple):
    """A value as it is written, and what goes with it."""

    content: bytes
    number: int
    """Which it is: of lines, records or events, the first is 1."""
    event: str = "message"
    """The type of an event."""
    id: str = ""
    """The last id that the server gave to an event, until this one."""
    retry: int | None = None
    """The milliseconds that an event asks to wait before connecting again."""


class Framing(Protocol):
    """Takes a body apart."""

    unit: str
    """What a frame is called."""
    last_id: str
    """The id of the last complete event; "" if none has one."""
    retry: int | None
    """The milliseconds that the server asks to wait before connecting again."""

    @property
    def waiting(self) -> int:
        """How much there is of a frame that is not complete."""
        ...

    def take(self, piece: bytes) -> Iterator[Frame]:
        """The frames that are complete now."""
        ...

    def rest(self) -> Iterator[Frame]:
        """The frame that the end of the body completes."""
        ...


class Records:
    """Values on lines, or with a record separator before each, whichever the first has. Blank ones are none."""

    unit = "line"

    def __init__(self, _last_id: str = "") -> None:
        self.last_id = ""
        self.retry: int | None = None
        self._separator = b""
        self._begun: list[bytes] = []
        self._number = 0
        self.waiting = 0

    def take(self, piece: bytes) -> Iterator[Frame]:
        """The values that are complete now."""
        if not self._separator:
            piece = b"".join([*self._begun, piece])
            begins = piece.lstrip(_BLANK)
            self._separator = _RECORD_SEPARATOR if begins.startswith(_RECORD_SEPARATOR) else b"\n"
            self._begun, self.waiting = [], 0
            if not begins:
                self._separator, self._begun, self.waiting = b"", [piece], len(piece)
                return
            self.unit = "line" if self._separator == b"\n" else "record"
            self._number = 0 if self._separator == b"\n" else -1  # nothing is before the first separator
        head, *rest = piece.split(self._separator)
        if not rest:
            self._begun.append(head)
            self.waiting += len(head)
            return
        whole = [b"".join([*self._begun, head]), *rest[:-1]]
        self._begun, self.waiting = [rest[-1]], len(rest[-1])
        for content in whole:
            yield from self._numbered(content)

    def rest(self) -> Iterator[Frame]:
        """The value that ends here."""
        content = b"".join(self._begun)
        self._begun, self.waiting = [], 0
        yield from self._numbered(content)

    def _numbered(self, content: bytes) -> tuple[Frame, ...]:
        """The value as a frame; nothing if it is blank."""
        self._number += 1
        if self._number <= 1:
            content = content.removeprefix(b"\xef\xbb\xbf")
        content = content.strip()
        return (Frame(content, self._number),) if content else ()


class Events:
    """Server-sent events (WHATWG HTML, section 9.2.6). The last one, if it is cut off, is none."""

    unit = "event"

    def __init__(self, last_id: str = "") -> None:
        self.last_id = last_id
        self.retry: int | None = None
        self._lines = Lines("utf-8-sig")
        self._data: list[str] = []
        self._size = 0
        self._event = ""
        self._id = last_id
        self._asked: int | None = None
        self._number = 0

    @property
    def waiting(self) -> int:
        """How much there is of an event that is not complete."""
        return self._size + self._lines.waiting

    def take(self, piece: bytes) -> Iterator[Frame]:
        """The events that are complete now, of those that have data."""
        for line in self._lines.take(piece):
            if line:
                self._take_line(line)
                continue
            self.last_id = self._id
            data, event, asked = self._data, self._event, self._asked
            self._data, self._event, self._asked, self._size = [], "", None, 0
            if data:
                self._number += 1
                content = "\n".join(data).encode()
                yield Frame(content, self._number, event or "message", self.last_id, asked)

    def rest(self) -> Iterator[Frame]:
        """Nothing: an event ends with an empty line."""
        yield from ()

    def _take_line(self, line: str) -> None:
        field, _, value = line.partition(":")
        value = value.removeprefix(" ")
        match field:
            case "data":
                self._data.append(value)
                self._size += len(line)
            case "event":
                self._event = value
            case "id" if "\0" not in value:
                self._id = value
            case "retry" if value.isascii() and value.isdecimal():
                self.retry = self._asked = int(value[:_LONGEST_NUMBER])
            case _:  # a comment, or a field that means nothing
                pass


_LONGEST_NUMBER: Final = 15
"""The digits of a number of milliseconds that are read; more of them are longer than anybody waits anyway."""

FRAMINGS: Final[dict[Family, Callable[[str], Framing]]] = {
    "lines": Records,
    "sequence": Records,
    "events": Events,
}
"""What takes a body apart, by how it is written; it is given the id of the last event before it."""
