"""A server that is not there: what a client sends is kept, and answered without a connection."""

from __future__ import annotations

from typing import Any

import httpx2

from sweeps.server import BODILESS, Seen


class MockedServer:
    """As `sweeps.server.Server`, without a socket: `options` are what a client is made with."""

    def __init__(self) -> None:
        self.seen: list[Seen] = []
        self.status, self.media_type, self.body = 200, "application/json", b"{}"
        self.url = "https://mocked.invalid"

    @property
    def options(self) -> dict[str, Any]:
        """What leads a client here."""
        transport = httpx2.MockTransport(self._answer)
        return {"http_client": httpx2.Client(transport=transport, trust_env=False)}

    def _answer(self, request: httpx2.Request) -> httpx2.Response:
        headers = [(key.decode("latin-1"), value.decode("latin-1")) for key, value in request.headers.raw]
        target = request.url.raw_path.decode("ascii")
        self.seen.append(Seen(request.method, target, headers, request.read()))
        if self.status in BODILESS:
            return httpx2.Response(self.status)
        content = b"" if request.method == "HEAD" else self.body
        return httpx2.Response(self.status, headers={"Content-Type": self.media_type}, content=content)
