"""Where a redirect leads, and what may be sent there (RFC 9110, section 15.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from .wire import origin

if TYPE_CHECKING:
    from .reply import Reply
    from .request import Request

__all__ = ["MOST", "REDIRECTS", "followed", "target"]

REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
MOST: Final = 10
"""The most redirects that a call follows."""
_LONGEST: Final = 8192
_SEE_OTHER: Final = 303
_MOVED: Final = frozenset({301, 302})
_SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS", "QUERY"})
# All that another origin is told: nothing of who calls, and nothing that the operation's parameters hold.
_HARMLESS: Final = frozenset({"accept", "user-agent"})
_OF_CONTENT: Final = frozenset({"content-type", "content-length"})


def followed(request: Request, reply: Reply, *, left: int) -> Request | str:
    """The request that a redirect asks for; or why it is not sent."""
    if not left:
        return f"more than {MOST} redirects"
    location = reply.headers.get("location", "")
    url = target(request.url, location)
    if url is None:
        return "the redirect names no place that can be followed"
    there = origin(url)
    abroad = there != request.origin
    if request.origin[0] == "https" and there[0] != "https":
        return "a redirect from HTTPS to plain HTTP is not followed"
    keeps = _keeps_method(request.method, reply.status)
    if keeps and abroad and request.content is not None:
        return "a redirect of a body to another origin is not followed"
    if keeps and abroad and request.method not in _SAFE:
        return f"a redirect of {request.method} to another origin is not followed"
    if keeps and not request.replayable:
        return "the body can't be sent again"
    dropped: frozenset[str] = frozenset() if keeps else _OF_CONTENT
    headers = {
        name: pair
        for name, pair in request.headers.items()
        if name not in dropped and (not abroad or name in _HARMLESS)
    }
    return request.redirected(
        _without_keys(url, request) if abroad else url,
        there,
        method=request.method if keeps else "GET",
        headers=headers,
        content=request.content if keeps else None,
        abroad=abroad or request.abroad,
    )


def _keeps_method(method: str, status: int) -> bool:
    """Whether the method, and with it the body, stays what it is (RFC 9110, sections 15.4.2 to 15.4.4)."""
    if status == _SEE_OTHER:
        return method in {"GET", "HEAD"}
    return status not in _MOVED or method != "POST"


def target(url: str, location: str) -> str | None:
    """The URL of a `Location`, without its fragment; None where it is none that can be followed."""
    if not location or len(location) > _LONGEST or not location.isascii() or not location.isprintable():
        return None
    try:
        said = urlsplit(location)
        if (said.scheme or location.startswith("//")) and not said.netloc:
            return None
        found = urljoin(url, location).partition("#")[0]
        parts = urlsplit(found)
        fit = parts.scheme in {"http", "https"} and parts.hostname and parts.username is None
        origin(found)
    except ValueError:
        return None
    return found if fit else None


def _without_keys(url: str, request: Request) -> str:
    """The URL without the query parameters that credentials are sent in, should the server have copied them."""
    keys = [part[1:] for each in request.credentials if (part := each.part())[0] == "query"]
    names, values = {name for name, _ in keys}, {value for _, value in keys}
    head, _, query = url.partition("?")
    if not names or not query:
        return url
    pairs = parse_qsl(query, keep_blank_values=True)
    kept = [(name, value) for name, value in pairs if name not in names and value not in values]
    return url if len(kept) == len(pairs) else f"{head}?{urlencode(kept)}"
