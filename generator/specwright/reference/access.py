"""Who may call an operation, and where: security and servers in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from specwright.reference.model import ServerUrl

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from specwright.document import Document, Map
    from specwright.plan.paths import Found

_HTTP: Final[Mapping[str, str]] = {"bearer": "a bearer token", "basic": "a user name and a password"}
_OTHER: Final[Mapping[str, str]] = {
    "oauth2": "an access token (OAuth 2.0)",
    "openIdConnect": "an access token (OpenID Connect)",
    "mutualTLS": "a client certificate",
}
_PLACES: Final[Mapping[str, str]] = {"query": "query parameter", "header": "header", "cookie": "cookie"}


def security(document: Document, operation: Map) -> tuple[str, ...]:
    """The ways to authenticate, each in words; none where nothing is asked for."""
    schemes = document.root.get("components", {}).get("securitySchemes", {})
    said: Iterable[Mapping[str, Any]] = operation.get("security", document.root.get("security", ()))
    ways = [
        " and ".join(_way(document, name, scopes, schemes) for name, scopes in alternative.items())
        for alternative in said
    ]
    return tuple(way or "nothing" for way in ways) if any(ways) else ()


def _way(document: Document, name: str, scopes: Iterable[Any], schemes: Mapping[str, Map]) -> str:
    scheme: Mapping[str, Any] = document.target(schemes[name]) if name in schemes else {}
    named = ", ".join(map(str, scopes))
    return f"{_scheme(scheme)} ({name}{f': {named}' if named else ''})"


def _scheme(scheme: Mapping[str, Any]) -> str:
    kind = str(scheme.get("type", ""))
    if kind == "http":
        name = str(scheme.get("scheme", ""))
        return _HTTP.get(name.lower(), f"{name} authentication")
    if kind == "apiKey":
        return f"an API key in the {_PLACES.get(scheme.get('in', ''), 'place')} {scheme.get('name', '')}"
    return _OTHER.get(kind, "what the document does not describe")


def servers(document: Document, found: Found | None = None) -> tuple[ServerUrl, ...]:
    """Where an operation is served: by what it says itself, else its path, else the document."""
    owners = (document.root,) if found is None else (found.operation, found.item, document.root)
    listed: Iterable[Map] = next((owner["servers"] for owner in owners if owner.get("servers")), ())
    return tuple(ServerUrl(str(server.get("url", "")), " ".join(_of_server(server))) for server in listed)


def _of_server(server: Map) -> Iterator[str]:
    if server.get("description"):
        yield server["description"]
    for name, variable in server.get("variables", {}).items():
        values = ", ".join(map(str, variable.get("enum", ())))
        among = f", one of {values}" if values else ""
        yield f"`{name}` is `{variable.get('default', '')}` by default{among}."
