"""Values of a client of openapi-python-client, as they are written into a request: plain JSON, and text."""

from __future__ import annotations

import datetime as dt
from enum import Enum
from typing import Any, Final
from urllib.parse import quote
from uuid import UUID

__all__ = ["path_segment", "plain", "texts", "unset"]

_DOTS: Final = {".": "%2E", "..": "%2E%2E"}
"""Segments that clients and servers take for a step in the path (RFC 3986, section 5.2.4), with their dots escaped."""


def unset(value: Any) -> bool:
    """Whether it is the `UNSET` of the package, which stands for what is not sent."""
    return bool(value.__class__.__name__ == "Unset")


def plain(value: Any) -> Any:
    """`value` as the JSON that is sent for it. A file, of which validators demand nothing, is `None`."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, dt.datetime | dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    if value.__class__ is dict:
        return {key: plain(item) for key, item in value.items() if not unset(item)}
    if _is_file(value):
        return None
    if value.__class__ is list or value.__class__ is tuple:
        return [plain(item) for item in value]
    return plain(value.to_dict()) if hasattr(value, "to_dict") else value


def _is_file(value: Any) -> bool:
    """Whether it is a `File`, or the tuple that `to_dict` has for one: its name, its content, and its media type."""
    if value.__class__ is tuple:
        return any(hasattr(part, "read") or part.__class__ is bytes for part in value[1:2])
    return hasattr(value, "to_tuple")


def text(value: Any) -> str:
    """`value` as text; the items of a list with commas between them, as the style `simple` has them."""
    value = plain(value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if value.__class__ is list:
        return ",".join(map(text, value))
    if value.__class__ is dict:
        return ",".join(f"{key},{text(item)}" for key, item in value.items())
    return str(value)


def path_segment(value: Any) -> str:
    """`value` as a part of a path, percent-encoded; it is never a step up."""
    segment = quote(text(value), safe="")
    return _DOTS.get(segment, segment)


def texts(values: dict[str, Any]) -> dict[str, str]:
    """Headers or cookies, each as text; `None` is left out."""
    return {name: text(value) for name, value in values.items() if value is not None}
