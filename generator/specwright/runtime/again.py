"""Whether a request is sent again, and how long to wait before (RFC 9110, sections 9.2.2 and 10.2.3)."""

from __future__ import annotations

import random
from datetime import UTC
from email.utils import parsedate_to_datetime
from math import isnan
from time import time
from typing import TYPE_CHECKING, Final

from .errors import TransportError
from .reply import Reply

if TYPE_CHECKING:
    from .deadline import Deadline
    from .errors import ApiError
    from .request import Request
    from .types import Retries

__all__ = ["asked", "backoff", "may_have_done", "wait_before"]

_REFUSED: Final = frozenset({408, 425, 429})
"""The server says that it did nothing, and that it may do it later."""
_UNKNOWN: Final = frozenset({502, 503, 504})
"""Something between did not get an answer, or the server can't answer now: nobody knows what was done."""
_IDEMPOTENT: Final = frozenset({"GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE", "QUERY"})
_UNAUTHORIZED: Final = 401
_LONGEST_TEXT: Final = 100
_MOST_DOUBLED: Final = 60


def wait_before(request: Request, outcome: Reply | ApiError, number: int, deadline: Deadline) -> float | None:
    """How many seconds to wait before the attempt after `number`; None if there is none."""
    retries = request.retries
    if number > retries.most or not _may(request, outcome) or not request.replayable:
        return None
    wait = asked(outcome) if isinstance(outcome, Reply) else None
    if wait is None:
        wait = backoff(retries, number)
    elif wait > retries.longest_asked:
        return None
    left = deadline.left
    return wait if left is None or wait < left else None


def backoff(retries: Retries, number: int) -> float:
    """How many seconds to wait after so many attempts, where nobody asks for more or less."""
    bound = min(retries.longest, retries.first * 2.0 ** min(number - 1, _MOST_DOUBLED))
    return random.uniform(0, bound)  # noqa: S311  # so that clients that failed together don't come back together


def _may(request: Request, outcome: Reply | ApiError) -> bool:
    """Whether a repetition can't do twice what the request asks for, and may help."""
    harmless = request.operation.method in _IDEMPOTENT or request.keyed or request.retries.unsafe
    if isinstance(outcome, Reply):
        status = outcome.status
        documented = status in _UNKNOWN or request.operation.retryable(status)
        return status in _REFUSED or (harmless and documented)
    return isinstance(outcome, TransportError) and outcome.transient and (harmless or not outcome.maybe_sent)


def may_have_done(outcome: Reply | ApiError) -> bool:
    """Whether the server may have done what was asked for, though it did not say so."""
    if isinstance(outcome, Reply):
        return outcome.status not in _REFUSED and outcome.status != _UNAUTHORIZED
    return isinstance(outcome, TransportError) and outcome.maybe_sent


def asked(reply: Reply) -> float | None:
    """The seconds that a server asks to wait for; None where it asks for nothing, or in a way that nobody understands."""
    headers = reply.headers
    for name, unit in (("retry-after-ms", 0.001), ("x-ms-retry-after-ms", 0.001), ("retry-after", 1.0)):
        text = headers.get(name, "").strip()
        if not text:
            continue
        seconds = _number(text) if len(text) <= _LONGEST_TEXT or text.isdecimal() else None
        if seconds is not None:
            return seconds * unit
        if name == "retry-after" and (moment := _moment(text)) is not None:
            return max(0.0, moment - time())
    return None


def _number(text: str) -> float | None:
    if not text.isascii() or not text.replace(".", "", 1).isdecimal():
        return None
    seconds = float(text)
    return None if isnan(seconds) else seconds


def _moment(text: str) -> float | None:
    """A date of HTTP (RFC 9110, section 5.6.7) in seconds since 1970."""
    try:
        found = parsedate_to_datetime(text[:_LONGEST_TEXT])
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).timestamp()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
