"""JSON from a server, and what happens when it is not what the document promises."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any, Final, Protocol

import msgspec

from .caller import stacklevel
from .decode import NotJsonError, decoder, loose
from .errors import ResponseMismatch
from .issues import below
from .lenient import WrongShapeError, build
from .text import printable
from .types import class_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .errors import ApiError
    from .issues import Issue
    from .operation import Answer
    from .types import OnMismatch

__all__ = ["Manner", "Named", "Unread", "react", "read_json"]


class Named(Protocol):
    """What is told of in messages."""

    @property
    def name(self) -> str:
        """What it is called."""
        ...

    def mark(self, error: ApiError) -> None:
        """Tell an error what it is about."""
        ...


class Manner(Protocol):
    """What to do about values that stray from the document."""

    on_mismatch: OnMismatch
    checks_answers: bool


class Unread:
    """Stands for a value that cannot be read at all: returned and not raised, so that no error has another as its context."""

    __slots__ = ("problem",)

    def __init__(self, problem: str) -> None:
        self.problem = problem


def read_json(  # noqa: PLR0913, PLR0917  # what it is, and what is known of it
    named: Named, content: bytes, answer: Answer, manner: Manner, issues: list[Issue], at: str = ""
) -> Any:
    """The value of JSON; `Unread` where it cannot be read at all. `issues` are those that it has already.

    `at` is where it is, as a JSON Pointer, if it is a part of something.
    Raises `ResponseMismatch` with `on_mismatch="raise"`.
    """
    try:
        value = decoder(answer.type).decode(content)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        value = _UNFIT
    if value is _UNFIT:  # only here, so that no error that is raised has that one as its context
        return _lenient(named, content, answer, manner, issues, at)
    if issues or (manner.checks_answers and answer.validator is not None):
        raw = msgspec.json.decode(content)
        react(named, manner, below(at, issues + _found(raw, answer, [])), raw)
    return value


def _lenient(  # noqa: PLR0913, PLR0917  # as `read_json`
    named: Named, content: bytes, answer: Answer, manner: Manner, issues: list[Issue], at: str
) -> Any:
    """The answer, as far as it can be read."""
    if not content.strip():
        return Unread("is empty")
    unread: list[Issue] = []
    try:
        raw = loose(content)
        value = build(raw, answer.type, unread)
    except (NotJsonError, WrongShapeError) as error:
        return Unread(str(error))
    except RecursionError:
        return Unread("is nested too deep")
    if manner.on_mismatch != "ignore":
        react(named, manner, below(at, issues + _found(raw, answer, unread)), raw)
    return value


def _found(raw: Any, answer: Answer, unread: list[Issue]) -> list[Issue]:
    """What the validator says, and what was not read though the validator has nothing against it.

    `null` for an optional property is nothing to speak of.
    """
    said = answer.validator(raw) if answer.validator is not None else []
    places = {issue.pointer for issue in unread}
    said = [issue for issue in said if issue.pointer in places or not _null(raw, issue.pointer)]
    # What was not read since something in it is wrong is said once, where that is.
    places = {issue.pointer[:end] for issue in said for end in _ends(issue.pointer)}
    return said + [issue for issue in unread if issue.pointer not in places]


def _ends(pointer: str) -> Iterator[int]:
    """Where a pointer, and each that leads to it, ends; but for the whole."""
    yield from (at for at, character in enumerate(pointer) if character == "/" and at)
    yield len(pointer)


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


def react(named: Named, manner: Manner, issues: list[Issue], raw: Any) -> None:
    """Do what the client was told to do about answers that stray."""
    if not issues or manner.on_mismatch == "ignore":
        return
    lines = [
        f"\n  {printable(pointer) or '(the body)'}: {printable(message)}" for pointer, _, message in issues
    ]
    more = f"\n  and {len(lines) - _MOST_LISTED} more" if len(lines) > _MOST_LISTED else ""
    listed = "".join(lines[:_MOST_LISTED])
    message = f"{named.name}: the answer is not what the document promises:{listed}{more}"
    mismatch = ResponseMismatch(message, issues=issues, raw=raw)
    named.mark(mismatch)
    if manner.on_mismatch == "raise":
        raise mismatch
    if callable(manner.on_mismatch):
        manner.on_mismatch(mismatch)
    else:
        warnings.warn(mismatch, stacklevel=stacklevel())
