"""What a successful answer holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from .errors import DecodeError
from .issues import Issue
from .media import is_json
from .reading import Unread, react, read_json
from .refusal import status_error
from .reply import text_in

if TYPE_CHECKING:
    from .operation import Answer, Operation
    from .reply import Reply
    from .request import Request
    from .setup import Setup

__all__ = ["bodiless", "read", "undecodable", "unlisted"]

_BODILESS: Final = frozenset({204, 205})
_SUCCESS: Final = 2


def bodiless(status: int) -> bool:
    """Whether answers of a status have no body (RFC 9110, section 15.3)."""
    return status in _BODILESS


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
    issues = unlisted(operation, reply)
    if bodiless(reply.status) or answer.type is None:
        react(request, setup, issues, None)
        return None
    if answer.others:
        answer = answer.of(reply.content_type)
    if answer.family != "json":
        return _other(request, reply, answer)
    if reply.content_type and not is_json(reply.content_type):
        found = request.covered(reply.content_type)
        issues.append(Issue("", "contentMediaType", f"expected {answer.media_type}, found {found}"))
    return _told(request, reply, read_json(request, reply.content, answer, setup, issues))


def unlisted(operation: Operation[Any], reply: Reply) -> list[Issue]:
    """What is to be said of the status of a success: whether the document has it."""
    listed = operation.answer(reply.status) is operation.success(reply.status)
    if listed or "default" in operation.answers:
        return []
    return [Issue("", "status", f"the document does not have the status {reply.status}")]


def _other(request: Request, reply: Reply, answer: Answer) -> Any:
    if answer.type is bytes:
        return reply.content
    if answer.type is str:
        return reply.text
    raise undecodable(request, reply, f"the body is {answer.media_type}, which is not read")


def _told(request: Request, reply: Reply, value: Any) -> Any:
    """The value, or the error in its place; raised here, where no variable holds the body, which may have secrets."""
    if value.__class__ is Unread:
        raise undecodable(request, reply, f"the body {value.problem}")
    return value


def undecodable(request: Request, reply: Reply, problem: str, part: bytes | None = None) -> DecodeError:
    """The error of an answer that cannot be read; `part` is where, if the rest is not to blame."""
    raw = reply.content if part is None else part
    kind = request.covered(reply.content_type) or "no media type"
    begins = f": {request.covered(text_in(raw, reply.content_type))}" if raw else ""
    error = DecodeError(
        f"{request.name}: {reply.status} with {kind}: {problem}{begins}",
        status=reply.status,
        headers=reply.headers,
        raw=raw,
    )
    request.mark(error)
    return error
