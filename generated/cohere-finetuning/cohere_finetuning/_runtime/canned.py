"""Answers that are made by a test: as a server would send them, and held against what the document promises."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple, cast, get_args

from .encode import as_json, json_bytes
from .errors import ResponseMismatch
from .framing import DONE, FRAMINGS
from .issues import Issue
from .media import Family, family, is_json, matches
from .reading import Unread, read_json
from .sequences import events, lines, sequence
from .text import printable
from .types import OMIT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from .errors import ApiError
    from .operation import Answer, Operation
    from .types import OnMismatch

__all__ = ["AnswerInvalid", "Canned", "canned"]


class AnswerInvalid(ValueError):  # noqa: N818  # named as `RequestInvalid` is
    """An answer of a test is not what the document promises, so that no client would ever get it."""

    def __init__(self, message: str, issues: Sequence[Issue]) -> None:
        super().__init__(f"{message}\n`check=False` gives it all the same.")
        self.issues: tuple[Issue, ...] = tuple(issues)
        """All that is wrong, each with its JSON Pointer."""


class Canned(NamedTuple):
    """An answer, as it is sent."""

    status: int
    headers: list[tuple[str, str]]
    content: bytes


_SUCCESS: Final = 2
_BODILESS: Final = frozenset({204, 205, 304})


def canned(
    operation: Operation[Any], body: object, status: int | None, headers: Mapping[str, str], *, check: bool
) -> Canned:
    """The answer of an operation.

    Args:
        operation: What the document says of it.
        body: Bytes as they are; else a value, which is written as the media type says: models, plain JSON, text. `OMIT` is
            no body.
        status: The first success of the document, if it is None.
        headers: Those that are sent; `Content-Type` chooses among the media types that the document has.
        check: Whether it has to be what the document promises.

    Raises:
        AnswerInvalid: It is not.
        TypeError: The body cannot be written as its media type.
    """
    status = _usual(operation) if status is None else status
    named = next((value for name, value in headers.items() if name.lower() == "content-type"), "")
    answer = _promised(operation, status)
    if answer is not None and named:
        answer = answer.of(named)
    content_type = named or ("" if body is OMIT else _content_type(answer, body))
    content = b"" if body is OMIT else _written(operation, answer, content_type, body)
    made = Canned(status, list(headers.items()), content)
    if content_type and not named:
        made.headers.append(("Content-Type", content_type))
    if check:
        _check(operation, answer, made, content_type, empty=body is OMIT)
    return made


def _usual(operation: Operation[Any]) -> int:
    """The first success that the document has."""
    first = next((key for key in operation.answers if key.startswith("2")), "200")
    return int(first) if first.isdecimal() else 200


def _promised(operation: Operation[Any], status: int) -> Answer | None:
    """What the body is read as."""
    return operation.success(status) if status // 100 == _SUCCESS else operation.answer(status)


# --- how a body is written --------------------------------------------------------------------------------------

_RANGES: Final = {"*/*": "application/octet-stream", "text/*": "text/plain"}
"""What is sent as where the document has a range of media types; of other ranges, as the first of these."""


def _content_type(answer: Answer | None, body: object) -> str:
    if answer is None or answer.type is None:
        return "text/plain" if isinstance(body, str | bytes) else "application/json"
    media_type = answer.media_type
    return _RANGES.get(media_type, _RANGES["*/*"]) if "*" in media_type else media_type


def _written(operation: Operation[Any], answer: Answer | None, content_type: str, body: object) -> bytes:
    if isinstance(body, bytes):
        return body
    kind = (
        answer.family
        if answer is not None and matches(content_type, answer.media_type)
        else family(content_type)
    )
    if kind == "json":
        return json_bytes(as_json(body))
    if isinstance(body, str):
        return body.encode()
    write = _MANY.get(kind)
    if write is not None and isinstance(body, list | tuple):
        return write(map(as_json, cast("Iterable[Any]", body)))
    raise TypeError(
        f"{operation.method} {operation.path}: {printable(content_type)} is given as bytes or text,"
        f" and not as {type(body).__name__}"
    )


_MANY: Final[dict[Family, Callable[[Iterable[Any]], bytes]]] = {
    "lines": lines,
    "sequence": sequence,
    "events": events,
}
"""Media types of many values, one after another."""


# --- whether it is what the document promises -------------------------------------------------------------------


class _Strict:
    """Reads an answer as a client does whose `on_mismatch` is `"raise"`."""

    on_mismatch: OnMismatch = "raise"
    checks_answers: bool = True

    def __init__(self, name: str) -> None:
        self.name = name

    def mark(self, error: ApiError) -> None:
        """Nothing: an error of no call says itself what it is about."""


def _check(
    operation: Operation[Any], answer: Answer | None, made: Canned, content_type: str, *, empty: bool
) -> None:
    name = f"{operation.method} {operation.path}"
    issues = list(_outside(operation, answer, made, content_type, empty=empty))
    if issues:
        said = "; ".join(issue.message for issue in issues)
        raise AnswerInvalid(f"{name}: the answer is not what the document promises: {said}", issues)
    if empty or answer is None or answer.type in {None, str, bytes}:
        return
    problem: AnswerInvalid | None = None
    strict = _Strict(name)
    try:
        for at, content in _values(answer, made, content_type):
            value = read_json(strict, content, answer, strict, [], at)
            if value.__class__ is Unread and not (at and str in get_args(answer.type)):
                issue = Issue(at, "type", f"{at or 'the body'} {value.problem}")
                problem = AnswerInvalid(f"{name}: {issue.message}", [issue])
    except ResponseMismatch as mismatch:
        problem = AnswerInvalid(str(mismatch), mismatch.issues)
    if problem is not None:
        raise problem


def _values(answer: Answer, made: Canned, content_type: str) -> Iterator[tuple[str, bytes]]:
    """Each JSON in the body, with its place as a JSON Pointer: the whole, or each value of a stream."""
    if answer.family in FRAMINGS:
        framing = FRAMINGS[answer.family]("")
        frames = [*framing.take(made.content), *framing.rest()]
        yield from (
            (f"/{index}", frame.content)
            for index, frame in enumerate(frames)
            if frame.content.strip() not in {b"", DONE}
        )
    elif answer.family == "json" and is_json(content_type):
        yield "", made.content


def _outside(
    operation: Operation[Any], answer: Answer | None, made: Canned, content_type: str, *, empty: bool
) -> Iterable[Issue]:
    """What is wrong beside what is in the body. Servers fail with any status, whatever the document says."""
    success = made.status // 100 == _SUCCESS
    if success and answer is not None and operation.answer(made.status) is None:
        known = ", ".join(operation.answers)
        yield Issue("", "status", f"there is no status {made.status}, but {known}")
        return
    bodiless = made.status in _BODILESS or operation.method == "HEAD" or (success and _has_no_body(answer))
    if bodiless and not empty:
        yield Issue("", "content", f"{made.status} has no body")
    elif success and empty and not bodiless:
        yield Issue("", "required", f"{made.status} has a body, and none is given")
    elif not empty and success and answer is not None and is_json(answer.media_type) != is_json(content_type):
        found = printable(content_type)
        yield Issue("", "contentMediaType", f"expected {answer.media_type}, found {found}")


def _has_no_body(answer: Answer | None) -> bool:
    return answer is None or answer.type is None
