"""A call from its first attempt to its outcome: what is sent, what is waited for, and when it is over.

Nothing here sends or waits. A call is a generator of steps; `exchange` carries them out by waiting, `exchange_async` by awaiting.
"""

from __future__ import annotations

import logging
from time import perf_counter
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias, TypeVar

from .again import may_have_done, wait_before
from .caller import PACKAGE
from .errors import TransportError
from .redirects import MOST, REDIRECTS, followed
from .reply import Reply

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from .attempts import Attempt
    from .deadline import Deadline
    from .errors import ApiError
    from .request import Headers, Request
    from .setup import Setup
    from .tracing import Tracing

__all__ = ["Ask", "Guarded", "Outcome", "Send", "Step", "Steps", "Wait", "call"]

T = TypeVar("T")

_LOG: Final = logging.getLogger(PACKAGE)
_UNAUTHORIZED: Final = 401

Outcome: TypeAlias = "Reply | ApiError"


class Send(NamedTuple):
    """Send a request with these headers; what comes back is its outcome."""

    request: Request
    headers: Headers

    def __repr__(self) -> str:
        return f"<Send {self.request!r}>"


class Wait(NamedTuple):
    """Wait so many seconds."""

    seconds: float


class Ask(NamedTuple):
    """Call a function of the caller's; what comes back is what it returned, or what it had to be awaited for."""

    function: Callable[..., object]
    arguments: tuple[Any, ...] = ()


class Guarded(NamedTuple):
    """Carry out steps while no other call carries out those with the same guards; what comes back is what they return.

    It is None where the time of the call was over before.
    """

    guards: dict[Any, Any]
    steps: Steps

    def guard(self, make: Callable[[], T]) -> T:
        """What has to be held meanwhile; `make` makes it, once."""
        guard: T = self.guards.setdefault(make, make())
        return guard


Step: TypeAlias = "Send | Wait | Ask | Guarded"
Steps: TypeAlias = "Generator[Step, Any, Any]"


def call(request: Request, setup: Setup, deadline: Deadline) -> Generator[Step, Any, Outcome]:
    """The steps of a call; they return its outcome."""
    course = _Course(request, setup, deadline)
    while True:
        outcome = yield from course.attempt()
        wait = course.onward(outcome)
        if wait is None:
            return outcome
        if wait:
            yield Wait(wait)


class _Course:
    """How far a call has come."""

    __slots__ = ("_deadline", "_perhaps", "_redirects", "_refused", "_repeats", "_request", "_setup")

    def __init__(self, request: Request, setup: Setup, deadline: Deadline) -> None:
        self._request = request
        self._setup = setup
        self._deadline = deadline
        self._repeats = 0
        self._perhaps = False
        """Whether an attempt before may have done what was asked for."""
        self._redirects = 0
        self._refused: tuple[tuple[str, str], Outcome] | None = None
        """The credential that the server refused, and how."""

    def attempt(self) -> Generator[Step, Any, Outcome]:
        """The steps of one attempt."""
        request, setup = self._request, self._setup
        for credential in request.renewable:
            failed: ApiError | None = yield from credential.renewed(request, setup, self._deadline)
            if failed is not None:
                return failed
        if self._refused is not None and request.headers.get("authorization") == self._refused[0]:
            return self._refused[1]  # there is no other credential
        request.attempts += 1
        # Headers, which have credentials in them, are in no variable here: what hooks raise has these frames in its traceback.
        request.sent = _counted(request, self._repeats)
        if setup.tracing is not None:
            outcome = yield from _traced(request, setup, setup.tracing)
        elif setup.before or setup.after:
            outcome = yield from _watched(request, setup)
        else:
            outcome = yield Send(request, request.sent)
        if not isinstance(outcome, Reply):
            outcome.attempts = request.attempts
            if isinstance(outcome, TransportError):
                outcome.maybe_sent = outcome.maybe_sent or self._perhaps
        self._perhaps = self._perhaps or may_have_done(outcome)
        return outcome

    def onward(self, outcome: Outcome) -> float | None:
        """How many seconds to wait before the next attempt; None if there is none."""
        request = self._request
        if isinstance(outcome, Reply):
            if outcome.status // 100 == 2:  # noqa: PLR2004  # a success (RFC 9110, section 15.3)
                return None
            if self._is_renewed(outcome) or self._is_redirected(outcome):
                return 0.0
        wait = wait_before(request, outcome, self._repeats + 1, self._deadline)
        if wait is not None:
            self._repeats += 1
            request.reply = outcome if isinstance(outcome, Reply) else None
            most = request.retries.most
            told = (request.name, _told(outcome), wait, self._repeats, most)
            _LOG.info("%s: %s; again in %.2f s (repetition %d of %d)", *told)
        return wait

    def _is_renewed(self, reply: Reply) -> bool:
        """Whether another credential may be accepted; asked for once."""
        request = self._request
        if reply.status != _UNAUTHORIZED or self._refused is not None or not request.replayable:
            return False
        sent = request.headers.get("authorization")
        every = [credential.refused(request) for credential in request.renewable]
        if sent is None or not any(every):
            return False
        self._refused = sent, reply
        return True

    def _is_redirected(self, reply: Reply) -> bool:
        """Whether the next attempt goes where a redirect leads."""
        if not self._setup.follow_redirects or reply.status not in REDIRECTS:
            return False
        following = followed(self._request, reply, left=MOST - self._redirects)
        if isinstance(following, str):
            reply.refusal = following
            return False
        self._request = following
        self._redirects += 1
        return True


def _told(outcome: Outcome) -> object:
    return outcome.status if isinstance(outcome, Reply) else type(outcome).__name__


def _counted(request: Request, repeats: int) -> Headers:
    name = request.retries.count_header
    return {**request.headers, name.lower(): (name, str(repeats))} if name else request.headers


def _traced(request: Request, setup: Setup, tracing: Tracing) -> Generator[Step, Any, Outcome]:
    """An attempt with a span of its own, which the hooks see too."""
    span, request.sent = tracing.begun(request, request.sent)
    ended: Outcome | None = None
    try:
        outcome = ended = yield from _watched(request, setup)
    finally:
        tracing.ended(span, ended)
    return outcome


def _watched(request: Request, setup: Setup) -> Generator[Step, Any, Outcome]:
    """An attempt between the hooks of the caller."""
    attempt = _attempt(request)
    for hook in setup.before:
        yield Ask(hook, (attempt,))
    fault = request.rewrite(attempt.headers)
    if fault is not None:
        raise fault
    started = perf_counter()
    outcome: Outcome = yield Send(request, request.sent)
    attempt.elapsed = perf_counter() - started
    if isinstance(outcome, Reply):
        attempt.status, attempt.response_headers = outcome.status, outcome.headers
    else:
        attempt.error = outcome
    for hook in setup.after:
        yield Ask(hook, (attempt,))
    return outcome


def _attempt(request: Request) -> Attempt:
    from .attempts import Attempt  # noqa: PLC0415  # only where there are hooks

    content = request.content
    return Attempt(
        method=request.method,
        path=request.operation.path,
        url=request.url,
        headers=dict(request.sent.values()),
        content=content if isinstance(content, bytes) else None,
        number=request.attempts,
    )
