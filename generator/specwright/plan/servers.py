"""Where an API is served: the servers of a document, of its paths and of its operations (OpenAPI 3.2, section 4.6)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from specwright.plan.ir import Doc, Server, Variable
from specwright.plan.names import Wish

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from specwright.document import Document, Map
    from specwright.plan.paths import Found

VARIABLE: Final = re.compile(r"\{([^{}]*)\}")
"""Where a URL has a variable."""


def wishes(document: Document) -> Iterator[Wish]:
    """The names of the client's arguments for the variables of the server."""
    server = _first(document.root)
    if server is not None and _usable(server):
        for name in _variables(server):
            yield Wish(f"server variable {name}", "client arguments", name, "snake", "variable", "server")


def root(document: Document, names: Mapping[str, str]) -> Server | None:
    """The first server; None where it is not absolute, and callers say where the API is."""
    server = _first(document.root)
    if server is None or not _usable(server):
        return None
    variables = tuple(
        Variable(
            name=names[f"server variable {name}"],
            wire=name,
            default=str(said.get("default", "")),
            values=tuple(said.get("enum", ())),
            doc=Doc(said.get("description", "")),
        )
        for name, said in _variables(server).items()
    )
    return Server(_plain(server), variables)


def own(document: Document, found: Found, names: Mapping[str, str]) -> Server | None:
    """The server of an operation, or of its path; None where it is the one of the document."""
    server = _first(found.operation) or _first(found.item)
    if server is None or not (_relative(server) or _usable(server)):
        return None
    variables = tuple(
        Variable(names.get(f"server variable {name}", name), name, str(said.get("default", "")))
        for name, said in _variables(server).items()
    )
    everywhere = root(document, names)
    if everywhere is None:
        return Server(_plain(server), variables)
    plain = None if everywhere.variables else everywhere.url
    return None if everywhere.url == _plain(server) else Server(_plain(server), variables, instead_of=plain)


def absolute(document: Document) -> tuple[str, ...]:
    """The URL of each server of a document that can be sent to, its variables at their defaults; the first is that of `root`.

    There is none where the first of the document can't be sent to, since callers then say where the API is.
    """
    listed = document.root.get("servers", ())
    if not listed or not _usable(listed[0]):
        return ()
    return tuple(dict.fromkeys(filled(server).rstrip("/") for server in listed if _usable(server)))


def _first(owner: Map) -> Map | None:
    return next(iter(owner.get("servers", ())), None)


def _plain(server: Map) -> str:
    return str(server.get("url", "")).rstrip("/")


def _variables(server: Map) -> dict[str, Mapping[str, Any]]:
    """The variables that the URL has, in its order; one that nobody describes is none (and makes the URL of no use)."""
    said = server.get("variables", {})
    return {name: said[name] for name in dict.fromkeys(VARIABLE.findall(server["url"])) if name in said}


def filled(server: Map) -> str:
    """A server's URL with its variables at their defaults."""
    variables = _variables(server)
    return VARIABLE.sub(lambda part: str(variables.get(part[1], {}).get("default", part[0])), server["url"])


def is_address(server: Map) -> bool:
    """Whether a client can send to a server: as it is, or from where the document is."""
    url = filled(server)
    return _usable(server) or _relative(server) or not url or _is_path(url)


def _is_path(url: str) -> bool:
    """Whether a URL is a path from where the document is, which callers know and we do not."""
    return _sendable(url) and not url.startswith("//") and _SCHEME.match(url) is None


_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


def _relative(server: Map) -> bool:
    """Whether a URL only has a path, from which the rest is that of the base URL."""
    url = filled(server)
    return url.startswith("/") and not url.startswith("//") and _sendable(url) and not set(url) & set("?#")


def _usable(server: Map) -> bool:
    """Whether a client can send to it as it is: HTTP, a host, and none of what a base URL may not have."""
    url = filled(server)
    try:
        parts = urlsplit(url)
        named = (
            parts.scheme in {"http", "https"}
            and bool(parts.hostname)
            and (parts.port is None or parts.port > 0)
        )
    except ValueError:
        return False
    return named and not (parts.query or parts.fragment or "@" in parts.netloc) and _sendable(url)


def _sendable(url: str) -> bool:
    return url.isascii() and url.isprintable() and not set(url) & set(' {}<>\\^`|"')
