"""The errors that answers without success stand for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

import msgspec

from .decode import NotJsonError, decoder, loose
from .errors import Redirect, StatusError
from .media import is_json
from .statuses import error_for, phrase
from .types import class_of

if TYPE_CHECKING:
    from .operation import Answer
    from .reply import Reply
    from .request import Request

__all__ = ["status_error"]

# Where APIs put the sentence that says what is wrong; the first that is there is told.
_SENTENCES: Final = (
    "message",
    "detail",
    "error_description",
    "error_message",
    "title",
    "error",
    "errors",
    "reason",
)
_DEEPEST: Final = 3


def status_error(request: Request, reply: Reply) -> StatusError:
    """The error of an answer, with the body that the document gives for it."""
    operation = request.operation
    kind = error_for(reply.status)
    body = _body(reply, operation.answer(reply.status))
    name = f"{request.name}: {reply.status} {phrase(reply.status)}".rstrip()
    told = _target(request, reply) if issubclass(kind, Redirect) else request.covered(_sentence(reply))
    error = kind(
        f"{name}: {told}" if told else name,
        status=reply.status,
        body=body,
        headers=reply.headers,
        method=operation.method,
        path=operation.path,
    )
    error.about(operation.method, operation.path, reply)
    return error


def _body(reply: Reply, answer: Answer | None) -> object:
    """As the document has it, else the JSON as it came, else the text; `None` if there is none."""
    if not reply.content:
        return None
    if answer is not None:
        answer = answer.of(reply.content_type) if answer.others else answer
        if answer.type is bytes and not reply.cut:
            return reply.content
    if reply.cut or not _looks_like_json(reply):
        return reply.text
    kind = answer.type if answer is not None and answer.family == "json" else None
    if kind is not None:
        try:
            return decoder(kind).decode(reply.content)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            pass  # it is not of that kind, and is given as it came
    try:
        raw = loose(reply.content)
    except NotJsonError:
        return reply.text
    return raw if kind is None else _converted(raw, kind)


def _converted(raw: Any, kind: Any) -> object:
    try:
        return msgspec.convert(raw, kind)
    except (msgspec.ValidationError, RecursionError):
        return raw


def _looks_like_json(reply: Reply) -> bool:
    return not reply.content_type or is_json(reply.content_type) or reply.content.lstrip()[:1] in {b"{", b"["}


def _sentence(reply: Reply) -> str:
    """What the answer says is wrong: the sentence of a JSON object, else how the text begins."""
    if not reply.cut and _looks_like_json(reply):
        try:
            found = _told(loose(reply.content), _DEEPEST)
        except NotJsonError:
            found = ""
        if found:
            return found
    return reply.text


def _told(value: Any, depth: int) -> str:
    if isinstance(value, str):
        return value
    kind = class_of(value)
    if depth and kind is list and value:
        return _told(value[0], depth - 1)
    if depth and kind is dict:
        return next((told for name in _SENTENCES if (told := _told(value.get(name), depth - 1))), "")
    return ""


def _target(request: Request, reply: Reply) -> str:
    """Where a redirect points to: of its address only the host, since the rest may hold secrets."""
    try:
        parts = urlsplit(reply.headers.get("location", ""))
        scheme, host = parts.scheme, parts.hostname
    except ValueError:
        scheme, host = "", None
    where = f" to {scheme}://{request.covered(host)}" if host and scheme in {"http", "https"} else ""
    if reply.refusal:
        return f"{reply.refusal}{where and f': it leads{where}'}"
    return f"redirects{where} are not followed" if "location" in reply.headers else ""
