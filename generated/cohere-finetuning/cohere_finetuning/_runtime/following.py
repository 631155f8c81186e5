"""A URL of the next page -> what its operation is called with. The URL itself is never sent to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import SplitResult, parse_qsl, unquote, urljoin, urlsplit

from . import parameters
from .encode import plain
from .text import printable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .operation import Call
    from .paging import Paging

__all__ = ["UnfollowableError", "asked", "next_link"]


class UnfollowableError(Exception):
    """A URL does not lead to the next page of the same operation. The message says why, without the URL."""


# --- Link headers -----------------------------------------------------------------------------------------------

# A link-value with its parameters (RFC 8288, section 3).
_LINK: Final = re.compile(
    r'<([^>]*+)>((?:[ \t]*+;[ \t]*+[^\s=;,"]++(?:[ \t]*+=[ \t]*+(?:"(?:[^"\\]|\\.)*+"|[^\s;,"]*+))?+)*+)'
)
_PARAMETER: Final = re.compile(
    r';[ \t]*+([^\s=;,"]++)(?:[ \t]*+=[ \t]*+(?:"((?:[^"\\]|\\.)*+)"|([^\s;,"]*+)))?+'
)


def next_link(header: str) -> str | None:
    """The target of the link whose relation is `next` (RFC 8288, section 3.3); `None` without one.

    Of parameters that are there twice the first counts. A link of another context than the answer (`anchor`) is none of it,
    and one that says itself that nothing is there (`results="false"`) is none.
    """
    for found in _LINK.finditer(header):
        said: dict[str, str] = {}
        for name, quoted, bare in _PARAMETER.findall(found[2]):
            said.setdefault(name.lower(), re.sub(r"\\(.)", r"\1", quoted) or bare)
        relations = said.get("rel", "").lower().split()
        if "next" in relations and "anchor" not in said and said.get("results", "true") != "false":
            return found[1].strip()
    return None


# --- URLs -------------------------------------------------------------------------------------------------------

_ODD: Final = re.compile(r"[\s\\\x00-\x20\x7f]")
_PORTS: Final = {"http": 80, "https": 443}

_Pairs = list[tuple[str, str]]


def asked(url: str, here: str, call: Call[Any], paging: Paging) -> dict[str, Any]:
    """The query of the call for the page that `url` stands for; it is relative to `here`, the URL of the call before.

    Raises `UnfollowableError` where it leads to another origin, or to what is not this operation.
    """
    target, source = _parts(urljoin(here, url) if not _ODD.search(url) else url), _parts(here)
    if _origin(target) != _origin(source):
        host = printable(f"{target.scheme}://{target.hostname}")
        raise UnfollowableError(f"the URL of the next page leads to another origin, {host}")
    there, before = _pairs(target), _pairs(source)
    query, rest = _kept(call, there, before, paging)
    foreign = {name for name, _ in rest} - query.keys() - set(paging.steps)
    if _path(target) != _path(source) and foreign:
        raise UnfollowableError("the URL of the next page has the path of something else")
    for name in dict.fromkeys(name for name, _ in rest):
        values = [_read(text, paging.types.get(name, "string")) for key, text in rest if key == name]
        query[name] = values[0] if len(values) == 1 else values
    if there == before:
        raise UnfollowableError("the URL of the next page is that of the page before")
    return query


def _parts(url: str) -> SplitResult:
    if _ODD.search(url):
        raise UnfollowableError("the URL of the next page has a space, a backslash or a control character")
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        raise UnfollowableError("the URL of the next page is none") from None
    return parts


def _origin(parts: SplitResult) -> tuple[str, str, int | None, bool]:
    """Scheme, host and port (RFC 6454, section 4), and whether there is a user, which no URL of ours has."""
    scheme = parts.scheme.lower()
    return scheme, (parts.hostname or "").rstrip("."), parts.port or _PORTS.get(scheme), "@" in parts.netloc


def _path(parts: SplitResult) -> str:
    return unquote(parts.path).rstrip("/")


def _pairs(parts: SplitResult) -> _Pairs:
    return parse_qsl(parts.query, keep_blank_values=True)


def _kept(call: Call[Any], there: _Pairs, before: _Pairs, paging: Paging) -> tuple[dict[str, Any], _Pairs]:
    """What stays of the call's query, as the caller gave it, and what of the URL's is new.

    Left out is what the URL does not have any more, unless it has to be there; and of the URL what was in the one before
    without being the call's: credentials, and `extra_query`, which every request has.
    """
    given: dict[str, Any] = plain(dict(call.query or {}), "/query", [])
    styles = call.operation.styles.get("query", {})
    query: dict[str, Any] = {}
    known: set[str] = set()
    own: set[str] = set()
    for name, value in given.items():
        pairs = parse_qsl("&".join(parameters.query({name: value}, styles, [])), keep_blank_values=True)
        keys = {key for key, _ in pairs}
        own |= keys
        if all(pair in there for pair in pairs):
            query[name] = value
            known |= keys
        elif name in paging.required and not _has(there, keys):
            query[name] = value
    known |= {key for key, _ in before} - own
    return query, [(key, text) for key, text in there if key not in known]


def _has(pairs: Iterable[tuple[str, str]], keys: set[str]) -> bool:
    return any(key in keys for key, _ in pairs)


def _read(text: str, kind: str) -> Any:
    """The value of a parameter, which a URL has as text; the text itself where it is no such value."""
    match kind:
        case "integer" | "number" if _INTEGER.fullmatch(text):
            return int(text)
        case "number" if _NUMBER.fullmatch(text):
            return float(text)
        case "boolean" if text in _BOOLEANS:
            return _BOOLEANS[text]
        case _:
            return text


_INTEGER: Final = re.compile(r"-?\d{1,18}", re.ASCII)
_NUMBER: Final = re.compile(r"-?\d{1,18}\.\d{1,18}", re.ASCII)
_BOOLEANS: Final = {"true": True, "false": False}
