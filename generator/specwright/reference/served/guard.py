"""Who may ask the server on loopback, and what every answer says of itself.

Any page that a browser shows can send requests to loopback, and a name of its own can be made to mean 127.0.0.1 (DNS rebinding); other
users of the machine can, too. So each request has to name us as its host, pages need the key that only the terminal has shown, which a
cookie keeps, and what does something needs the token that is in the page, from the page itself.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING, Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

TOKEN_HEADER: Final = "x-specwright-token"  # noqa: S105 -- its name
HEADERS: Final[Mapping[str, str]] = {
    "cache-control": "no-store",
    "content-security-policy": "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}
"""What every answer has, if it does not say so otherwise. Nothing lets another origin read it (Fetch, CORS protocol)."""
_OURS: Final = frozenset({"same-origin", "none"})
"""What `Sec-Fetch-Site` says of requests of our pages, and of those that a user makes (Fetch Metadata)."""
_READING: Final = frozenset({"GET", "HEAD"})


@dataclass(frozen=True, slots=True)
class Keys:
    """What is new with each server: nobody can know it who was not told."""

    key: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    """In the URL that the terminal shows, then in a cookie."""
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    """In the page."""


class Guard:
    """Lets through what comes from our own page, or is about to show it, and answers all else itself."""

    def __init__(self, app: ASGIApp, keys: Keys, port: int) -> None:
        self._app = app
        self._keys = keys
        self._hosts = frozenset({f"127.0.0.1:{port}", f"localhost:{port}"})
        self._cookie = f"specwright-{port}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request (ASGI, HTTP); nothing else is spoken here."""
        if scope["type"] != "http":
            return
        request = Request(scope)
        answer: ASGIApp = self._refused(request) or self._entered(request) or self._app

        async def told(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await answer(scope, receive, told)

    def _refused(self, request: Request) -> Response | None:
        """Why a request gets nothing, whatever it asks for."""
        headers = request.headers
        hosts = headers.getlist("host")
        if len(hosts) != 1 or hosts[0].lower() not in self._hosts:
            return PlainTextResponse("This is no host of ours.", 421)
        if headers.get("sec-fetch-site", "none") not in _OURS:
            return PlainTextResponse("Another site asked for this.", 403)
        if request.method in _READING:
            return None
        if headers.getlist("origin") != [f"http://{hosts[0].lower()}"]:
            return PlainTextResponse("This does not come from the page.", 403)
        if not _same(headers.get(TOKEN_HEADER, ""), self._keys.token):
            return PlainTextResponse("The page's token is missing; load the page again.", 403)
        if headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
            return PlainTextResponse("It is JSON that is sent here.", 415)
        return None

    def _entered(self, request: Request) -> Response | None:
        """For the key in a URL, the cookie; without either, how to get in."""
        given = request.query_params.get("key", "")
        if given and request.url.path == "/" and _same(given, self._keys.key):
            entered = RedirectResponse("/", 303)
            entered.set_cookie(self._cookie, self._keys.key, path="/", httponly=True, samesite="strict")
            return entered
        if _same(_cookie(request.headers, self._cookie), self._keys.key):
            return None
        return PlainTextResponse("Open the address that the terminal shows.", 403)


def _cookie(headers: Headers, name: str) -> str:
    """The cookie of that name; "" where there is none."""
    try:
        found = SimpleCookie(headers.get("cookie", "")).get(name)
    except CookieError:
        return ""
    return found.value if found else ""


def _same(one: str, other: str) -> bool:
    """Whether two texts are the same, in a time that does not tell where they differ."""
    return secrets.compare_digest(one.encode(), other.encode())
