"""What a successful answer holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from .errors import DecodeError
from .issues import Issue
from .media import is_json
from .reading import Unread, react, read_json
from .refusal import status_error
from .text import printable

if TYPE_CHECKING:
    from .operation import Answer
    from .reply import Reply
    from .request import Request
    from .setup import Setup

__all__ = ["read"]

_BODILESS: Final = frozenset({204, 205})
_SUCCESS: Final = 2


def read(request: Request, reply: Reply, setup: Setup) -> Any:
    """The value of a success; `None` where it has no body.

    Raises `StatusError`, `DecodeError`, and `ResponseMismatch` with `on_mismatch="raise"`.
    """
    operation = request.operation
    request.reply = reply
    if reply.status // 100 != _SUCCESS:
        raise status_error(request, reply)
    answer = operation.success(reply.status)
    if answer is None or operation.method == "HEAD":
        return None
    issues: list[Issue] = []
    if answer is not operation.answer(reply.status) and "default" not in operation.answers:
        issues.append(Issue("", "status", f"the document does not have the status {reply.status}"))
    if reply.status in _BODILESS or answer.type is None:
        react(request, setup, issues, None)
        return None
    if answer.others:
        answer = answer.of(reply.content_type)
    if answer.family != "json":
        return _other(request, reply, setup, answer, issues)
    if reply.content_type and not is_json(reply.content_type):
        found = printable(reply.content_type)
        issues.append(Issue("", "contentMediaType", f"expected {answer.media_type}, found {found}"))
    return _told(request, reply, read_json(request, reply.content, answer, setup, issues))


def _other(request: Request, reply: Reply, setup: Setup, answer: Answer, issues: list[Issue]) -> Any:
    if answer.type is bytes:
        return reply.content
    if answer.type is str:
        return reply.text
    from .sequences import READ  # noqa: PLC0415  # only where many values come one after another

    if answer.family in READ:
        read_as = READ[answer.family]
        value = read_json(request, read_as(reply.content, answer.type), answer, setup, issues)
        return _told(request, reply, value)
    raise _undecodable(request, reply, f"is {answer.media_type}, which is not read")


def _told(request: Request, reply: Reply, value: Any) -> Any:
    """The value, or the error in its place; raised here, where no variable holds the body, which may have secrets."""
    if value.__class__ is Unread:
        raise _undecodable(request, reply, value.problem)
    return value


def _undecodable(request: Request, reply: Reply, problem: str) -> DecodeError:
    kind = printable(reply.content_type) or "no media type"
    begins = f": {request.covered(reply.text)}" if reply.content else ""
    error = DecodeError(
        f"{request.name}: {reply.status} with {kind}: the body {problem}{begins}",
        status=reply.status,
        headers=reply.headers,
        raw=reply.content,
    )
    request.mark(error)
    return error
