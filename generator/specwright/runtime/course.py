"""A stream of values from its first request to its end: what is asked for, what is read, and when it is asked for again.

Nothing here sends, reads or waits. A stream is a generator of steps; `streams` has what carries them out, by waiting and by
awaiting.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias, cast, get_args

from .again import backoff
from .errors import ApiError, ResponseTooLarge, TransportError
from .framing import DONE, FRAMINGS
from .issues import Issue
from .media import family
from .parameters import is_header
from .reading import Unread, react, read_json
from .request import refuse_unknown
from .response import bodiless, undecodable, unlisted
from .server_sent import ServerSentEvent
from .text import printable
from .types import CallOptions, Retries

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable

    from .framing import Frame, Framing
    from .opened import Opened
    from .operation import Answer, Call
    from .setup import Setup
    from .types import StreamOptions

__all__ = ["Begun", "Close", "Course", "Give", "Open", "Pause", "Read", "Step"]

_LAST_ID: Final = "Last-Event-ID"
_NO_CONTENT: Final = 204
_MILLISECONDS: Final = 1000
_WHOLE: Final = frozenset({"json", "xml", "form", "multipart"})
"""How what is surely no stream of events is written."""


class Open(NamedTuple):
    """Make the call with these options; what comes back is its `Opened` answer, or the error in its place."""

    options: CallOptions


class Read(NamedTuple):
    """Read on; what comes back is a piece of the body, None at its end, or the error in its place."""


class Close(NamedTuple):
    """Let go of the connection."""


class Pause(NamedTuple):
    """Wait so many seconds."""

    seconds: float


class Begun(NamedTuple):
    """The answer is there."""


class Give(NamedTuple):
    """Here is a value."""

    value: Any


Step: TypeAlias = "Open | Read | Close | Pause | Begun | Give"
_Steps: TypeAlias = "Generator[Step, Any, None]"


class Course:
    """How far a stream has come."""

    __slots__ = (
        "_answer",
        "_call",
        "_failures",
        "_given",
        "_last_id",
        "_limit",
        "_opened",
        "_options",
        "_reconnect",
        "_retries",
        "_retry",
        "_setup",
    )

    def __init__(self, call: Call[Any], options: CallOptions, setup: Setup) -> None:
        plain = {name: value for name, value in options.items() if name != "reconnect"}
        self._call = call
        self._options = cast("CallOptions", plain)
        refuse_unknown(self._options)
        self._reconnect = cast("StreamOptions", options).get("reconnect")
        if self._reconnect not in {None, True, False}:
            raise TypeError("reconnect must be True or False")
        self._setup = setup
        self._limit = setup.max_response_bytes
        self._retries = Retries.of(options["retries"]) if "retries" in options else setup.retries
        self._given = 0
        """How many values were given."""
        self._failures = 0
        """How often it was connected in vain since the last of them."""
        self._last_id = ""
        self._retry: int | None = None

    def steps(self) -> _Steps:
        """The steps; they raise what ends the stream before its time."""
        while True:
            opened: Opened | ApiError = yield Open(self._asked())
            if isinstance(opened, ApiError):
                raise opened
            yield Begun()
            answer = self._expected(opened)
            if answer is None:
                return
            framing = FRAMINGS[answer.family](self._last_id)
            broken: ApiError | None = yield from self._values(opened, answer, framing)
            self._last_id = framing.last_id
            if framing.retry is not None:
                self._retry = framing.retry
            wait = self._wait(opened, answer, broken)
            if wait is None and broken is not None:
                raise broken
            if wait is None:
                return
            yield Close()
            yield Pause(wait)

    def _asked(self) -> CallOptions:
        """The options of the call, with the id of the last event where there was one."""
        if not self._last_id:
            return self._options
        headers = self._options.get("extra_headers", {})
        kept = {name: value for name, value in headers.items() if name.lower() != _LAST_ID.lower()}
        return {**self._options, "extra_headers": {**kept, _LAST_ID: self._last_id}}

    def _expected(self, opened: Opened) -> Answer | None:
        """What the answer should be a stream of; None where it has no body."""
        request = opened.request
        request.reply = opened
        operation = self._call.operation
        answer = operation.success(opened.status)
        if answer is not None and answer.family == "events" and opened.status == _NO_CONTENT:
            return None  # how a server says that there are no more events, whatever the document has
        issues = unlisted(operation, opened)
        if answer is None or answer.type is None or bodiless(opened.status):
            react(request, self._setup, issues, None)
            return None
        answer = answer.of(opened.content_type) if answer.others else answer
        found = family(opened.content_type)
        if opened.content_type and found != answer.family:
            words = f"expected {answer.media_type}, found {printable(opened.content_type)}"
            if answer.family == "events" and found in _WHOLE:
                raise undecodable(request, opened, f"it is no stream: {words}")
            issues.append(Issue("", "contentMediaType", words))
        react(request, self._setup, issues, None)
        return answer

    def _values(
        self, opened: Opened, answer: Answer, framing: Framing
    ) -> Generator[Step, Any, ApiError | None]:
        """The steps through a body; they return why it broke off, if it did."""
        are_events = answer.family == "events"
        is_text = are_events and answer.type is str
        while True:
            piece: bytes | ApiError | None = yield Read()
            if isinstance(piece, ApiError):
                return piece
            for frame in _frames(framing, piece):
                if len(frame.content) > self._limit:
                    raise self._too_large(opened, framing)
                if are_events and not is_text and frame.content == DONE:
                    self._reconnect = False  # it says that this is all
                    return None
                if not is_text and not frame.content.strip():
                    continue  # an event without data has nothing to give
                value = frame.content.decode() if is_text else self._read(opened, answer, framing, frame)
                self._given += 1
                self._failures = 0
                yield Give(_event(frame, value) if are_events else value)
            if piece is None:
                return None
            if framing.waiting > self._limit:
                raise self._too_large(opened, framing)

    def _read(self, opened: Opened, answer: Answer, framing: Framing, frame: Frame) -> Any:
        request = opened.request
        value = read_json(request, frame.content, answer, self._setup, [], f"/{self._given}")
        if value.__class__ is not Unread:
            return value
        if str in get_args(answer.type):
            return frame.content.decode("utf-8", "replace")
        said = value.problem.replace("line 1, ", "") if framing.unit == "line" else value.problem
        problem = f"{framing.unit} {frame.number} {said}"
        raise undecodable(request, opened, problem, frame.content)

    def _too_large(self, opened: Opened, framing: Framing) -> ResponseTooLarge:
        error = ResponseTooLarge(
            f"{opened.request.name}: the answer has one {framing.unit} of more than {self._limit} bytes"
        )
        opened.request.mark(error)
        return error

    # --- again ---

    def _wait(self, opened: Opened, answer: Answer, broken: ApiError | None) -> float | None:
        """How many seconds to wait before connecting again; None if that is not to be."""
        if answer.family != "events" or not self._again(opened, broken):
            return None
        self._failures += 1
        if self._failures > self._retries.most:
            return None
        if self._retry is None:
            return backoff(self._retries, self._failures)
        wait = self._retry / _MILLISECONDS
        return wait if wait <= self._retries.longest_asked else None

    def _again(self, opened: Opened, broken: ApiError | None) -> bool:
        """Whether to ask for the rest: what broke by itself, or what the caller wants to go on, and can be asked for again."""
        request = opened.request
        wanted = (
            self._reconnect if self._reconnect is not None else broken is not None and request.method == "GET"
        )
        passing = broken is None or (isinstance(broken, TransportError) and broken.transient)
        same = request.content is None or isinstance(request.content, bytes)
        return wanted and passing and same and is_header(_LAST_ID, self._last_id)


def _frames(framing: Framing, piece: bytes | None) -> Iterable[Frame]:
    return framing.rest() if piece is None else framing.take(piece)


def _event(frame: Frame, value: Any) -> ServerSentEvent[Any]:
    return ServerSentEvent(data=value, event=frame.event, id=frame.id, retry=frame.retry)
