"""A server-sent event, whole."""

from __future__ import annotations

from typing import Generic, TypeVar

import msgspec

__all__ = ["ServerSentEvent"]

T = TypeVar("T")


class ServerSentEvent(msgspec.Struct, Generic[T], frozen=True, kw_only=True):
    """A server-sent event (WHATWG HTML, section 9.2.6)."""

    data: T
    """What it is about."""
    event: str = "message"
    """Its type."""
    id: str = ""
    """The last id that the server gave, to this event or to one before; `""` if it gave none."""
    retry: int | None = None
    """The milliseconds that it asks to wait before connecting again; `None` where it says nothing of that."""
