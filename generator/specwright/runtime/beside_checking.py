"""What is wrong with a request of a client of openapi-python-client, or with an answer, and how that is said."""

from __future__ import annotations

import re
import warnings
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple, Protocol, TypeAlias

from .beside_writing import plain, text, unset
from .caller import stacklevel
from .issues import Issue, step
from .media import matches
from .text import printable, sensitive

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from types import ModuleType

    Validator: TypeAlias = Callable[[Any], list[Issue]]

__all__ = [
    "Client",
    "Operation",
    "RequestInvalid",
    "RequestMismatch",
    "ResponseInvalid",
    "ResponseMismatch",
    "check_request",
    "check_response",
]

_PLACES: Final = ("path", "query", "header", "cookie")
_MULTIPART: Final = "multipart/form-data"
_UNSENDABLE: Final[Mapping[str, tuple[re.Pattern[str], str]]] = {
    "path": (re.compile(r"\.{0,2}"), "is empty, `.` or `..`"),
    "header": (
        re.compile(r"(?s:.*)[^\t\x20-\x7e](?s:.*)"),
        "has a character that is no printable one of ASCII",
    ),
    "cookie": (
        re.compile(r"(?s:.*)[^\x20-\x3a\x3c-\x7e](?s:.*)"),
        "has a semicolon, or a character that is no printable one of ASCII",
    ),
}
"""By place: the texts that it can't hold, since they would end it, lead elsewhere, or are none that httpx sends (RFC 3986,
section 5.2.4; RFC 9110, section 5.5; RFC 6265, section 4.1.1); and what is said of them."""
_CONTENTS: Final = ("json", "data", "files", "content")
"""The arguments of httpx that are a body."""
_MOST_LISTED: Final = 10


class Operation(NamedTuple):
    """The validators of one operation, by their names."""

    parameters: str = ""
    """That of its parameters, by their place; `""` where they are not checked."""
    bodies: Mapping[str, str] = {}
    """Those of its body, by media type; where a media type is not listed, nothing is demanded."""
    body_required: bool = False
    """Whether it has to have one."""
    answers: Mapping[str, Mapping[str, str]] = {}
    """Those of its answers, by status and media type."""


class Client(Protocol):
    """What of a client says what is checked; one that says nothing, as what stands in for a client in tests, has the defaults."""

    check_requests: Literal["raise", "warn", "off"]
    check_responses: Literal["raise", "warn", "off"]


class RequestInvalid(ValueError):  # noqa: N818  # as errors of the API are called
    """The request is not what the document asks for. Nothing was sent."""

    def __init__(self, message: str, issues: Sequence[Issue]) -> None:
        super().__init__(message)
        self.issues: tuple[Issue, ...] = tuple(issues)
        """All that is wrong. Pointers start at the body; those of parameters are such as `/path/id`, `/query/limit`."""


class ResponseInvalid(ValueError):  # noqa: N818  # as above
    """The answer is not what the document promises, and the client has `check_responses="raise"`."""

    def __init__(self, message: str, issues: Sequence[Issue]) -> None:
        super().__init__(message)
        self.issues: tuple[Issue, ...] = tuple(issues)
        """All that is wrong. Pointers start at the body."""


class RequestMismatch(UserWarning):
    """The request is not what the document asks for, and was sent, since the client has `check_requests="warn"`."""

    def __init__(self, message: str, issues: Sequence[Issue]) -> None:
        super().__init__(message)
        self.issues: tuple[Issue, ...] = tuple(issues)
        """As those of `RequestInvalid`."""


class ResponseMismatch(UserWarning):
    """The answer is not what the document promises, and the client has `check_responses="warn"`."""

    def __init__(self, message: str, issues: Sequence[Issue]) -> None:
        super().__init__(message)
        self.issues: tuple[Issue, ...] = tuple(issues)
        """As those of `ResponseInvalid`."""


def check_request(  # noqa: PLR0913  # the parts of a request
    client: Client,
    name: str,
    operation: Operation | None,
    validators: ModuleType,
    *,
    parameters: Mapping[str, Mapping[str, Any]],
    sent: Mapping[str, Any],
    body: Any,
) -> None:
    """Raise `RequestInvalid` with all that is wrong with a request, or warn of it, as the client says.

    What no path, header or cookie can hold is always refused.

    Args:
        client: The client that will send it.
        name: Its method, and its path as the document writes it.
        operation: What the document has of it; `None` where it has nothing.
        validators: The module of the validators.
        parameters: The arguments for its parameters, by their place and their wire name.
        sent: What httpx is given.
        body: The argument for its body; `None` where there is none.
    """
    checking = getattr(client, "check_requests", "raise")
    given = {place: _given(parameters.get(place, {})) for place in _PLACES}
    issues: list[Issue] = []
    if operation is not None and checking != "off":
        if operation.parameters:
            issues += getattr(validators, operation.parameters)(given)
        issues += _of_body(operation, validators, sent, body)
    unsendable = list(_unsendable(given))
    if issues and not unsendable and checking == "warn":
        message = f"{_complaint(name, 'request', issues)}\nIt was sent."
        warnings.warn(RequestMismatch(message, issues), stacklevel=stacklevel())
        return
    known = {issue.pointer for issue in issues}
    issues += [issue for issue in unsendable if issue.pointer not in known]
    if issues:
        raise RequestInvalid(f"{_complaint(name, 'request', issues)}\nNothing was sent.", issues)


def _given(values: Mapping[str, Any]) -> dict[str, Any]:
    """What is sent of the parameters of one place."""
    return {wire: plain(value) for wire, value in values.items() if value is not None and not unset(value)}


def _of_body(operation: Operation, validators: ModuleType, sent: Mapping[str, Any], body: Any) -> list[Issue]:
    if all(sent.get(part) is None for part in _CONTENTS):
        if body is not None and not unset(body):
            said = f"a body of the type {body.__class__.__name__} is nothing that can be sent here"
            return [Issue("", "type", said)]
        return [Issue("", "required", "the body is missing")] if operation.body_required else []
    media_type = _MULTIPART if "files" in sent else str(sent.get("headers", {}).get("Content-Type", ""))
    function = _of(operation.bodies, media_type)
    if not function:
        return []
    issues: list[Issue] = getattr(validators, function)(plain(sent.get("json", body)))
    return issues


def _of(functions: Mapping[str, str], media_type: str) -> str:
    """The one of that media type, else of one that stands for it, without its parameters; `""` if there is none."""
    fitting = (function for known, function in functions.items() if matches(media_type, known))
    return functions.get(media_type) or next(fitting, "")


def _unsendable(given: Mapping[str, Mapping[str, Any]]) -> Iterator[Issue]:
    for place, (pattern, said) in _UNSENDABLE.items():
        for wire, value in given[place].items():
            if pattern.fullmatch(text(value)):
                yield Issue(f"/{place}/{step(wire)}", "pattern", f"{said}, which no {place} can hold")


def check_response(  # noqa: PLR0913  # the parts of an answer
    client: Client,
    name: str,
    operation: Operation | None,
    validators: ModuleType,
    *,
    status: int,
    media_type: str,
    read: Callable[[], Any],
) -> None:
    """Raise `ResponseInvalid` with all that is wrong with an answer, or warn of it, where the client asks for that.

    Args:
        client: The client that has got it.
        name: The method of its operation, and its path as the document writes it.
        operation: What the document has of it; `None` where it has nothing.
        validators: The module of the validators.
        status: Its status.
        media_type: Its `Content-Type`.
        read: What reads its JSON.
    """
    checking = getattr(client, "check_responses", "off")
    if operation is None or checking == "off":
        return
    answers = operation.answers
    functions = answers.get(str(status)) or answers.get(f"{status // 100}XX") or answers.get("default") or {}
    function = _of(functions, media_type)
    if not function:
        return
    try:
        body = read()
    except (ValueError, RecursionError):
        issues = [Issue("", "contentMediaType", "is no JSON")]
    else:
        issues = getattr(validators, function)(body)
    if not issues:
        return
    message = _complaint(name, f"answer {status}", issues)
    if checking != "warn":
        raise ResponseInvalid(message, issues)
    warnings.warn(ResponseMismatch(message, issues), stacklevel=stacklevel())


def _complaint(name: str, what: str, issues: list[Issue]) -> str:
    """The issues, one on a line; of a secret only where it is and the keyword."""
    lines = [f"{name}: the {what} is not as the document has it:"]
    for pointer, keyword, message in issues[:_MOST_LISTED]:
        said = keyword if sensitive(pointer.rpartition("/")[2]) else printable(message)
        lines.append(f"  {printable(pointer) or '(the body)'}: {said}")
    if len(issues) > _MOST_LISTED:
        lines.append(f"  and {len(issues) - _MOST_LISTED} more")
    return "\n".join(lines)
