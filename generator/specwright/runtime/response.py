"""What a successful answer holds, and what happens when it is not what the document promises."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any, Final

import msgspec

from .caller import stacklevel
from .decode import NotJsonError, decoder, loose
from .errors import DecodeError, ResponseMismatch
from .issues import Issue
from .lenient import WrongShapeError, build
from .media import is_json
from .refusal import status_error
from .text import printable
from .types import class_of

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
    if reply.status // 100 != _SUCCESS:
        raise status_error(request, reply)
    answer = operation.success(reply.status)
    if answer is None or operation.method == "HEAD":
        return None
    issues: list[Issue] = []
    if answer is not operation.answer(reply.status) and "default" not in operation.answers:
        issues.append(Issue("", "status", f"the document does not have the status {reply.status}"))
    if reply.status in _BODILESS or answer.type is None:
        _react(request, setup, issues, None)
        return None
    if not is_json(answer.media_type):
        return _other(request, reply, answer)
    if reply.content_type and not is_json(reply.content_type):
        found = printable(reply.content_type)
        issues.append(Issue("", "contentMediaType", f"expected {answer.media_type}, found {found}"))
    return _json(request, reply, setup, answer, issues)


def _other(request: Request, reply: Reply, answer: Answer) -> str | bytes:
    if answer.type is bytes:
        return reply.content
    if answer.type is str:
        return reply.text
    raise _undecodable(request, reply, f"is {answer.media_type}, which is not read")


def _json(request: Request, reply: Reply, setup: Setup, answer: Answer, issues: list[Issue]) -> Any:
    try:
        value = decoder(answer.type).decode(reply.content)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        value = _UNFIT
    if value is _UNFIT:  # only here, so that no error that is raised has that one as its context
        return _lenient(request, reply, setup, answer, issues)
    if issues or (setup.checks_answers and answer.validator is not None):
        raw = msgspec.json.decode(reply.content)
        _react(request, setup, issues + _found(raw, answer, []), raw)
    return value


def _lenient(request: Request, reply: Reply, setup: Setup, answer: Answer, issues: list[Issue]) -> Any:
    """The answer, as far as it can be read."""
    if not reply.content.strip():
        raise _undecodable(request, reply, "is empty")
    unread: list[Issue] = []
    try:
        raw = loose(reply.content)
        value = build(raw, answer.type, unread)
    except (NotJsonError, WrongShapeError) as error:
        problem = str(error)
    except RecursionError:
        problem = "is nested too deep"
    else:
        if setup.on_mismatch != "ignore":
            _react(request, setup, issues + _found(raw, answer, unread), raw)
        return value
    # Raised here, where what went wrong inside is no context of it.
    raise _undecodable(request, reply, problem)


def _found(raw: Any, answer: Answer, unread: list[Issue]) -> list[Issue]:
    """What the validator says, and what was not read though the validator has nothing against it.

    `null` for an optional property is nothing to speak of.
    """
    said = answer.validator(raw) if answer.validator is not None else []
    places = {issue.pointer for issue in unread}
    said = [issue for issue in said if issue.pointer in places or not _null(raw, issue.pointer)]
    places = {issue.pointer for issue in said}
    return said + [issue for issue in unread if issue.pointer not in places]


def _null(raw: Any, pointer: str) -> bool:
    """Whether a JSON Pointer leads to `null`."""
    value = raw
    for token in pointer.split("/")[1:]:
        kind = class_of(value)
        if kind is dict:
            value = value.get(token.replace("~1", "/").replace("~0", "~"), _ABSENT)
        elif kind is list and token.isdecimal() and int(token) < len(value):
            value = value[int(token)]
        else:
            return False
    return value is None


_ABSENT: Final = object()
_UNFIT: Final = object()
_MOST_LISTED: Final = 10


def _react(request: Request, setup: Setup, issues: list[Issue], raw: Any) -> None:
    """Do what the client was told to do about answers that stray."""
    if not issues or setup.on_mismatch == "ignore":
        return
    lines = [
        f"\n  {printable(pointer) or '(the body)'}: {printable(message)}" for pointer, _, message in issues
    ]
    more = f"\n  and {len(lines) - _MOST_LISTED} more" if len(lines) > _MOST_LISTED else ""
    listed = "".join(lines[:_MOST_LISTED])
    message = f"{request.name}: the answer is not what the document promises:{listed}{more}"
    mismatch = ResponseMismatch(message, issues=issues, raw=raw)
    if setup.on_mismatch == "raise":
        raise mismatch
    if callable(setup.on_mismatch):
        setup.on_mismatch(mismatch)
    else:
        warnings.warn(mismatch, stacklevel=stacklevel())


def _undecodable(request: Request, reply: Reply, problem: str) -> DecodeError:
    kind = printable(reply.content_type) or "no media type"
    begins = f": {request.covered(reply.text)}" if reply.content else ""
    return DecodeError(
        f"{request.name}: {reply.status} with {kind}: the body {problem}{begins}",
        status=reply.status,
        headers=reply.headers,
        raw=reply.content,
    )
