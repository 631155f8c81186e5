"""A server on loopback that keeps every request as it came, and answers what it was told."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, NamedTuple, Self

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import TracebackType


class Seen(NamedTuple):
    """A request as the server got it; names of headers are in lower case, `target` is path and query, undecoded."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def path(self) -> str:
        return self.target.partition("?")[0]

    @property
    def query(self) -> str:
        return self.target.partition("?")[2]

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class Loopback:
    """The server: `url` is where it listens, `seen` what it got, and `answer` what it will say from now on."""

    def __init__(self) -> None:
        self.seen: list[Seen] = []
        self.answer(200, {})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def answer(self, status: int, body: Any) -> None:
        self._status, self._body = status, json.dumps(body).encode()

    def take(self) -> Seen:
        """The one request since the last time."""
        (request,) = self.seen
        self.seen.clear()
        return request

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        def record(handler: BaseHTTPRequestHandler) -> None:
            body = handler.rfile.read(int(handler.headers.get("Content-Length", 0)))
            headers = {name.lower(): value for name, value in handler.headers.items()}
            self.seen.append(Seen(handler.command, handler.path, headers, body))
            handler.send_response(self._status)
            handler.send_header("Content-Type", "application/json")
            handler.send_header("Content-Length", str(len(self._body)))
            handler.end_headers()
            handler.wfile.write(self._body)

        def say_nothing(_handler: BaseHTTPRequestHandler, *_args: object) -> None:
            """What came is in `seen`, and not on standard error."""

        methods = {f"do_{method}": record for method in ("GET", "POST", "PUT", "PATCH", "DELETE")}
        return type("Handler", (BaseHTTPRequestHandler,), {**methods, "log_message": say_nothing})
