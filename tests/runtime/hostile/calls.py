"""Calls of every method, which no document describes further, and what is common to tests of hostile servers."""

from __future__ import annotations

import socket
import struct
import time
from typing import TYPE_CHECKING, Any, Self

from specwright.runtime.operation import Answer, Call, Operation
from specwright.runtime.types import Retries

if TYPE_CHECKING:
    from collections.abc import Mapping

QUICK = Retries(most=2, first=0.001, longest=0.002)
"""Repetitions that nobody has to wait for."""


def call(  # noqa: PLR0913  # what the document says, by name
    method: str = "GET",
    path: str = "/x",
    *,
    success: Any = None,
    answers: Mapping[str, Answer] | None = None,
    security: Any = (("bearer",),),
    body: Any = None,
    idempotency: str = "",
    retry_after: Any = (),
    **places: Any,
) -> Call[Any]:
    made: Operation[Any] = Operation(
        method,
        path,
        security=security,
        answers=answers or {"200": Answer(success)},
        idempotency=idempotency,
        retry_after=retry_after,
    )
    return Call(made, **places) if body is None else Call(made, body=body, **places)


def reset(connection: socket.socket) -> None:
    """End a connection with a reset, as a server that crashes does."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


class Watch:
    """How long something took."""

    def __enter__(self) -> Self:
        self._started = time.monotonic()
        return self

    def __exit__(self, *_error: object) -> None:
        self.seconds = time.monotonic() - self._started
