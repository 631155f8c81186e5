"""A request that is sent, and what is wrong with its answer."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from time import perf_counter
from typing import TYPE_CHECKING, Any, Final

from specwright.reference.masks import HIDDEN
from specwright.runtime.framing import DONE, FRAMINGS
from specwright.runtime.issues import Issue

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


_SUCCESS: Final = 2
_SHORTEST: Final = 4
"""What is shorter is no secret worth the name, and covering it would cover half of an answer."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What came of a request."""

    status: int | None = None
    """None where there was no answer."""
    headers: tuple[tuple[str, str], ...] = ()
    """Values that may be secret are covered."""
    content: bytes = b""
    content_type: str = ""
    elapsed: float = 0.0
    """Seconds."""
    attempts: int = 0
    issues: tuple[Issue, ...] = ()
    """What differs from the document, in the request where it was not sent, else in the answer."""
    problem: str = ""
    """Why there is no answer, or none that can be read; "" where all is well."""
    secrets: tuple[str, ...] = field(default=(), repr=False)
    """Those that were sent, one that was got for the call among them: for nobody to see."""

    @property
    def is_well(self) -> bool:
        """Whether the server did what was asked, and answered as the document says."""
        return (
            self.status is not None and self.status // 100 == _SUCCESS and not (self.issues or self.problem)
        )

    @property
    def json(self) -> object:
        """The body as decoded JSON. `ValueError` if it is none."""
        return json.loads(self.content)

    @property
    def text(self) -> str:
        """The body as text."""
        return self.content.decode("utf-8", "replace")


def received(client: Any, request: Any, secrets: Sequence[str], failure: type[Exception]) -> Sent:
    """What the server of a client answers to a request of it; `failure` is what the client raises."""
    started = perf_counter()
    outcome = client._exchange(client._http, request, client._setup)  # noqa: SLF001 -- as the client does, but for reading
    elapsed = perf_counter() - started
    # A token that was asked for on the way is one, too.
    sent = tuple(secret for credential in request.credentials for secret in credential.secrets() if secret)
    if isinstance(outcome, failure):
        attempts = getattr(outcome, "attempts", 0)
        return Sent(elapsed=elapsed, attempts=attempts, problem=str(outcome), secrets=sent)
    found, problem = _judged(client, request, outcome, failure)
    hidden = [secret.encode() for secret in {*secrets, *sent} if len(secret) >= _SHORTEST]
    content: bytes = outcome.content
    for secret in sorted(hidden, key=len, reverse=True):
        content = content.replace(secret, HIDDEN.encode())
    return Sent(
        status=outcome.status,
        headers=tuple(outcome.headers.shown()),
        content=content,
        content_type=outcome.content_type,
        elapsed=elapsed,
        attempts=outcome.attempts,
        issues=found,
        problem=problem,
        secrets=sent,
    )


def _judged(client: Any, request: Any, reply: Any, failure: type[Exception]) -> tuple[tuple[Issue, ...], str]:
    """What differs in an answer from the document, and why it can't be read."""
    found: list[Issue] = []
    if reply.status // 100 != _SUCCESS:
        declared = request.operation.answer(reply.status)
        if declared is None:
            return (), f"The document does not have the status {reply.status}."
        return tuple(_issues(declared.validator, reply.content)), ""

    def take(mismatch: Any) -> None:
        found.extend(mismatch.issues)

    promised = request.operation.success(reply.status)
    if promised is not None and promised.family in FRAMINGS:
        return tuple(_of_stream(promised, reply.content)), ""
    asking = client.with_options(on_mismatch=take)
    try:
        asking._read(request, reply, asking._setup)  # noqa: SLF001 -- as the client does
    except failure as error:
        return tuple(found), str(error)
    return tuple(found), ""


def _of_stream(promised: Any, content: bytes) -> Iterator[Issue]:
    """What differs in the values of a stream, the number of each in front of the places in it."""
    framing = FRAMINGS[promised.family]("")
    for frame in (*framing.take(content), *framing.rest()):
        if promised.type is str or frame.content == DONE:
            continue
        try:
            value = json.loads(frame.content)
        except ValueError:
            yield Issue(f"/{frame.number}", "json", "is no JSON")
            continue
        for issue in promised.validator(value) if promised.validator is not None else ():
            yield issue._replace(pointer=f"/{frame.number}{issue.pointer}")


def _issues(validator: Any, content: bytes) -> list[Issue]:
    """What a validator has against a body, if it is JSON."""
    if validator is None:
        return []
    try:
        value = json.loads(content)
    except ValueError:
        return []
    found: list[Issue] = validator(value)
    return found
