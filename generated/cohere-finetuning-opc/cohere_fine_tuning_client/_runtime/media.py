"""Media types (RFC 9110, section 8.3.1)."""

from __future__ import annotations

import re
from typing import Final, Literal, TypeAlias

Family: TypeAlias = Literal[
    "json", "lines", "sequence", "events", "form", "multipart", "text", "xml", "binary"
]
"""How a media type is written and read; `lines` and `sequence` are many JSON values, one after another."""

_FAMILIES: Final[dict[str, Family]] = {
    "application/json": "json",
    "text/json": "json",
    "application/jsonl": "lines",
    "application/jsonlines": "lines",
    "application/ndjson": "lines",
    "application/stream+json": "lines",
    "application/x-jsonl": "lines",
    "application/x-jsonlines": "lines",
    "application/x-ndjson": "lines",
    "application/json-seq": "sequence",
    "text/event-stream": "events",
    "application/x-www-form-urlencoded": "form",
    "application/xml": "xml",
    "text/xml": "xml",
}
_SUFFIXES: Final[tuple[tuple[str, Family], ...]] = (
    ("+json", "json"),
    ("+json-seq", "sequence"),
    ("+xml", "xml"),
)
# Text that is not filed under `text/`; `text` of JavaScript is where it is filed now (RFC 9239).
_TEXT: Final = frozenset(
    {
        "application/csv",
        "application/graphql",
        "application/javascript",
        "application/jwt",
        "application/sql",
        "application/toml",
        "application/x-pem-file",
        "application/x-yaml",
        "application/yaml",
    }
)
_MEDIA_TYPE: Final = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+/[!#$%&'*+.^_`|~0-9A-Za-z-]+", re.ASCII)


def essence(content_type: str) -> str:
    """The media type of a `Content-Type` without its parameters, in lower case; `""` if there is none."""
    return content_type.partition(";")[0].partition(",")[0].strip().lower()


def is_media_type(text: str) -> bool:
    """Whether a text is a media type, or a range of them, with or without parameters."""
    return _MEDIA_TYPE.fullmatch(essence(text)) is not None and text.isascii() and text.isprintable()


def family(media_type: str) -> Family:
    """How a media type is written and read: what is none of the others is bytes."""
    name = essence(media_type)
    known = _FAMILIES.get(name)
    if known is not None:
        return known
    for suffix, found in _SUFFIXES:
        if name.endswith(suffix):
            return found
    kind = name.partition("/")[0]
    if kind == "multipart":
        return "multipart"
    return "text" if kind == "text" or name in _TEXT else "binary"


def is_json(media_type: str) -> bool:
    """Whether a media type is JSON: `application/json`, `text/json`, or `…+json` (RFC 6839)."""
    return family(media_type) == "json"


def matches(content_type: str, media_type: str) -> bool:
    """Whether a `Content-Type` is the media type, or within the range, that a document names."""
    found, named = essence(content_type), essence(media_type)
    if named in {found, "*/*"}:
        return True
    kind, _, rest = named.partition("/")
    return rest == "*" and found.partition("/")[0] == kind


def charset(content_type: str) -> str:
    """The character set that a `Content-Type` names, in lower case; `""` if it names none."""
    return content_type.lower().partition("charset=")[2].partition(";")[0].strip("\"' ")
