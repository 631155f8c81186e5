"""A server on loopback that keeps every request as it came, and answers what it was told."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple, Self

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from types import TracebackType


class Seen(NamedTuple):
    """A request as the server got it; names of headers are in lower case, `target` is path and query, undecoded."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


def _chunks(stream: BinaryIO) -> Iterator[bytes]:
    """The chunks of a body (RFC 9112, section 7.1)."""
    while size := int(stream.readline(), 16):
        yield stream.read(size)
        stream.readline()
    stream.readline()


class Server:
    """The server: `url` is where it listens."""

    def __init__(self) -> None:
        self._seen: list[Seen] = []
        self._turns: list[tuple[Any, Mapping[str, str]]] = []
        self.answer({})
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.01,))
        self.url = f"http://127.0.0.1:{self._http.server_port}"

    def answer(self, body: Any = None, status: int = 200, media_type: str = "application/json") -> None:
        """Answer so from now on; `body` is bytes, or what goes out as JSON."""
        self._status, self._media_type = status, media_type
        self._body = body if isinstance(body, bytes) else json.dumps(body).encode()

    def answer_in_turn(self, *bodies: Any, headers: Iterable[Mapping[str, str]] = ()) -> None:
        """Answer the next requests so, one after another, each with its `headers` if there are any; then as before."""
        self._turns = list(zip_longest(bodies, headers, fillvalue={}))

    def take_all(self) -> list[Seen]:
        """The requests since the last time."""
        requests = self._seen.copy()
        self._seen.clear()
        return requests

    def take(self) -> Seen:
        """The one request since the last time."""
        (request,) = self._seen
        self._seen.clear()
        return request

    @property
    def untouched(self) -> bool:
        """Whether no request came since the last time."""
        return not self._seen

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        def record(handler: BaseHTTPRequestHandler) -> None:
            chunked = handler.headers.get("Transfer-Encoding") == "chunked"
            length = int(handler.headers.get("Content-Length", 0))
            body = b"".join(_chunks(handler.rfile)) if chunked else handler.rfile.read(length)
            headers = {name.lower(): value for name, value in handler.headers.items()}
            self._seen.append(Seen(handler.command, handler.path, headers, body))
            turn, more = self._turns.pop(0) if self._turns else (None, {})
            content = json.dumps(turn).encode() if turn is not None else self._body
            handler.send_response(self._status)
            for name, value in more.items():
                handler.send_header(name, value)
            if self._status not in {204, 304}:
                handler.send_header("Content-Type", self._media_type)
                handler.send_header("Content-Length", str(len(content)))
            handler.end_headers()
            if self._status not in {204, 304} and handler.command != "HEAD":
                handler.wfile.write(content)

        def say_nothing(_handler: BaseHTTPRequestHandler, *_args: object) -> None:
            """What came is kept, and not told on standard error."""

        verbs = ("DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "QUERY", "TRACE")
        methods = {f"do_{verb}": record for verb in verbs}
        return type("Handler", (BaseHTTPRequestHandler,), {**methods, "log_message": say_nothing})
