"""A server on loopback that keeps the last request as it came, and answers what it was told."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Self

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import TracebackType

BODILESS: Final = frozenset({204, 205, 304})


_RESET: Final = 205


class Seen(NamedTuple):
    """A request as the server got it: `target` is path and query, undecoded."""

    method: str
    target: str
    headers: Sequence[tuple[str, str]]
    body: bytes

    def header(self, name: str) -> str | None:
        """All values of a header, as one; None where it was not sent."""
        values = [value for key, value in self.headers if key.lower() == name.lower()]
        return ", ".join(values) if values else None


class Server:
    """The server: `url` is where it listens."""

    def __init__(self) -> None:
        self.seen: list[Seen] = []
        self.status, self.media_type, self.body = 200, "application/json", b"{}"
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._http.daemon_threads = True
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.01,), daemon=True)
        self.url = f"http://127.0.0.1:{self._http.server_port}"
        self.options: dict[str, Any] = {}
        """What a client needs beside the URL."""

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True
            wbufsize = -1

            def __getattr__(self, name: str) -> object:
                """Every method is answered alike, whatever it is called."""
                if name.startswith("do_"):
                    return self._record
                raise AttributeError(name)

            def _content(self) -> bytes:
                if self.headers.get("Transfer-Encoding", "").lower() != "chunked":
                    return self.rfile.read(int(self.headers.get("Content-Length", 0)))
                chunks: list[bytes] = []
                while size := int(self.rfile.readline().split(b";")[0], 16):
                    chunks.append(self.rfile.read(size))
                    self.rfile.readline()
                self.rfile.readline()
                return b"".join(chunks)

            def _record(self) -> None:
                server.seen.append(Seen(self.command, self.path, self.headers.items(), self._content()))
                self.send_response_only(server.status)
                if server.status not in BODILESS:
                    self.send_header("Content-Type", server.media_type)
                    self.send_header("Content-Length", str(len(server.body)))
                elif server.status == _RESET:
                    self.send_header("Content-Length", "0")  # without it the answer has no end
                self.end_headers()
                if server.status not in BODILESS and self.command != "HEAD":
                    self.wfile.write(server.body)

        return Handler
