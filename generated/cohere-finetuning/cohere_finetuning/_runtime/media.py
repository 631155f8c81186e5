"""Media types (RFC 9110, section 8.3.1)."""

from __future__ import annotations


def essence(content_type: str) -> str:
    """The media type of a `Content-Type` without its parameters, in lower case; `""` if there is none."""
    return content_type.partition(";")[0].partition(",")[0].strip().lower()


def is_json(media_type: str) -> bool:
    """Whether a media type is JSON: `application/json`, or `…+json` (RFC 6839)."""
    name = essence(media_type)
    return name == "application/json" or name.endswith("+json")
