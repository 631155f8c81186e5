"""Media types of many JSON values, one after another (OpenAPI 3.2, section 4.14.2), as they are sent."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from .encode import json_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["events", "lines", "sequence"]

_LINE = re.compile(r"\r\n|\r|\n")


def lines(values: Iterable[Any]) -> bytes:
    """Each value on a line of its own."""
    return b"".join(json_bytes(value) + b"\n" for value in values)


def sequence(values: Iterable[Any]) -> bytes:
    """Each value between a record separator and a line feed."""
    return b"".join(b"\x1e" + json_bytes(value) + b"\n" for value in values)


def events(values: Iterable[Any]) -> bytes:
    """Each value in an event: texts as they are, the others as JSON."""
    written = (value if isinstance(value, str) else json_bytes(value).decode() for value in values)
    return "".join(f"{_data(text)}\n\n" for text in written).encode()


def _data(text: str) -> str:
    return "\n".join(f"data: {line}" for line in _LINE.split(text))
