"""What `testing` of the package is made of: a server without a network, for tests of code that uses the package."""

from __future__ import annotations

import json
import re
import threading
from collections import deque
from difflib import get_close_matches
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final, Generic, Self, TypeVar
from urllib.parse import parse_qs, unquote

import httpx2

from .caller import PACKAGE
from .canned import AnswerInvalid, Canned, canned
from .deferred import Deferred
from .framing import FRAMINGS
from .headers import Headers
from .media import family
from .operation import AS_STREAM
from .types import OMIT

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from types import TracebackType

    from .operation import Operation

__all__ = ["AnswerInvalid", "CannedServer", "NoAnswer", "SentRequest"]

Name = TypeVar("Name", bound=str)


class NoAnswer(AssertionError):  # noqa: N818  # it says what there is not
    """A call that no answer was given for."""


class SentRequest:
    """A request as a client sent it: encoded, with its credentials."""

    __slots__ = ("content", "headers", "method", "operation", "path", "query", "url")

    def __init__(self, request: httpx2.Request, known: Collection[str] = ()) -> None:
        operation: Operation[Any] | None = request.extensions.get("operation")
        self.operation: str = "" if operation is None else _name(operation, known)
        """The method and the path as the document writes them."""
        self.method: str = request.method
        self.url: str = str(request.url)
        target = request.url.raw_path.decode("ascii")
        self.path: dict[str, str] = _path_values(operation, target)
        """The values in the path, decoded, by their names in the document."""
        self.query: dict[str, list[str]] = parse_qs(target.partition("?")[2], keep_blank_values=True)
        """The values in the query, decoded, by their names."""
        self.headers = Headers(
            (key.decode("latin-1"), value.decode("latin-1")) for key, value in request.headers.raw
        )
        self.content: bytes = request.content
        """The body; `b""` where there is none."""

    def __repr__(self) -> str:
        return f"<SentRequest {self.operation or self.method}>"

    @property
    def json(self) -> Any:
        """The body, which is JSON; `None` where there is none."""
        return json.loads(self.content) if self.content else None

    @property
    def text(self) -> str:
        """The body, which is text."""
        return self.content.decode()


def _name(operation: Operation[Any], known: Collection[str]) -> str:
    """What an operation is called among those that are known."""
    title = f"{operation.method} {operation.path}"
    stream = f"{title}{AS_STREAM}"
    return stream if stream in known and family(operation.accept) in FRAMINGS else title


def _path_values(operation: Operation[Any] | None, target: str) -> dict[str, str]:
    if operation is None:
        return {}
    # Whatever the base URL has of a path is before it.
    pattern = "".join(re.escape(text) + ("(.*?)" if name else "") for text, name in operation.path_parts)
    found = re.fullmatch(f".*?{pattern}(?:[?&].*)?", target)
    names = [name for _, name in operation.path_parts if name]
    return dict(zip(names, map(unquote, found.groups()), strict=True)) if found else {}


class _Planned:
    """An answer, or an error in its place, that is given `left` times more; None is any number of times."""

    __slots__ = ("left", "outcome")

    def __init__(self, outcome: Canned | BaseException | type[BaseException], left: int | None) -> None:
        self.outcome = outcome
        self.left = left


class CannedServer(Generic[Name]):
    """Answers the calls of clients with what a test gave, without a network. Any number of threads may use it.

    All that a client does is done: what it sends is checked and encoded, and what it gets is decoded.

    Args:
        operations: The module and the constant of each operation of the package.
    """

    def __init__(self, operations: Mapping[str, tuple[str, str]]) -> None:
        self._operations = operations
        self._lock = threading.Lock()
        self._queues: dict[str, deque[_Planned]] = {}
        self._always: dict[str, _Planned] = {}
        self._unanswered: list[NoAnswer] = []
        self._transport = _Transport(self)
        self.requests: list[SentRequest] = []
        """What was sent, in the order in which it came."""

    def answer(  # noqa: PLR0913  # what an answer is, by name
        self,
        operation: Name,
        body: object = OMIT,
        *,
        status: int | None = None,
        headers: Mapping[str, str] | None = None,
        exception: BaseException | type[BaseException] | None = None,
        times: int | None = 1,
        check: bool = True,
    ) -> None:
        """Answer the next call of an operation so. Answers are given in the order in which they were added.

        Args:
            operation: Its method and path, as the document writes them; of one that answers both as a whole and as a
                stream, the stream is `"POST /chat, as a stream"`.
            body: A model, plain JSON, text, or bytes, which are sent as they are. Of a media type of many values, a list.
            status: That of the answer; if nothing is said, the first success that the document has.
            headers: Its headers. `Content-Type` has to be said only where the document has several.
            exception: What goes wrong in place of an answer, such as `httpx2.ConnectError`.
            times: How often it is given; None is whenever no other answer is left, also never.
            check: Whether it has to be what the document promises.

        Raises:
            AnswerInvalid: It is not what the document promises.
            ValueError: There is no such operation.
        """
        if times is not None and times < 1:
            raise ValueError("times must be 1 or more, or None for any number of times")
        found = self._operation(operation)
        if exception is None:
            outcome: Canned | BaseException | type[BaseException] = canned(
                found, body, status, headers or {}, check=check
            )
        elif body is not OMIT or status is not None or headers:
            raise TypeError("an exception is in place of an answer: it has no body, status or headers")
        else:
            outcome = exception
        planned = _Planned(outcome, times)
        with self._lock:
            if times is None:
                self._always[operation] = planned
            else:
                self._queues.setdefault(operation, deque()).append(planned)

    def http_client(self) -> httpx2.Client:
        """What sends to this server, as the `http_client` of a client that a test makes itself."""
        return httpx2.Client(transport=self._transport, trust_env=False)

    def async_http_client(self) -> httpx2.AsyncClient:
        """The same for an asynchronous client."""
        return httpx2.AsyncClient(transport=self._transport, trust_env=False)

    def assert_all_used(self) -> None:
        """Raise `AssertionError` if an answer was never asked for, but for those that are given any number of times."""
        with self._lock:
            left = {name: sum(each.left or 0 for each in queue) for name, queue in self._queues.items()}
        lines = [f"\n  {name}: {count}" for name, count in left.items() if count]
        if lines:
            raise AssertionError(f"answers that were not asked for:{''.join(lines)}")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None = None,
        _error: BaseException | None = None,
        _traceback: TracebackType | None = None,
    ) -> None:
        """Raise `NoAnswer` again for a call that had none, in case that the code under test swallowed it."""
        if kind is None and self._unanswered:
            raise self._unanswered[0]

    def _operation(self, name: str) -> Operation[Any]:
        home = self._operations.get(name)
        if home is None:
            near = get_close_matches(name, self._operations, n=3)
            hint = f"; there is {' and '.join(map(repr, near))}" if near else ""
            raise ValueError(f"there is no operation {name!r}{hint}")
        module, constant = home
        found: Operation[Any] | Deferred[Any] = getattr(import_module(f"{PACKAGE}.{module}"), constant)
        return found() if isinstance(found, Deferred) else found

    def _respond(self, request: httpx2.Request) -> httpx2.Response:
        """The answer to a request whose body was read."""
        sent = SentRequest(request, self._operations)
        with self._lock:
            self.requests.append(sent)
            planned = self._next(sent.operation)
            if planned is None:
                before = sum(each.operation == sent.operation for each in self.requests) - 1
                lacking = NoAnswer(_lacking(sent, before))
                self._unanswered.append(lacking)
                raise lacking
        outcome = planned.outcome
        if isinstance(outcome, Canned):
            return httpx2.Response(outcome.status, headers=outcome.headers, content=outcome.content)
        raise outcome if isinstance(outcome, BaseException) else outcome(_CANNED)

    def _next(self, name: str) -> _Planned | None:
        queue = self._queues.get(name)
        if not queue:
            return self._always.get(name)
        planned = queue[0]
        planned.left = (planned.left or 1) - 1
        if not planned.left:
            queue.popleft()
        return planned


_CANNED: Final = "as the test said"
"""What an exception says that a test gave the class of."""


def _lacking(sent: SentRequest, before: int) -> str:
    if not sent.operation:
        return f"{sent.method} {sent.url}: this is no call of an operation"
    hint = f"server.answer({json.dumps(sent.operation, ensure_ascii=False)}, …)"
    said = f"{sent.operation} was called, and no answer is left for it. Give one before the call:\n    {hint}"
    # Most likely it is the client who calls again.
    again = f"\nIt was sent {before} times before. A client repeats what fails, unless it has `retries=0`."
    return said + (again if before else "")


class _Transport(httpx2.BaseTransport, httpx2.AsyncBaseTransport):
    """Hands requests to a server, once they are read."""

    def __init__(self, server: CannedServer[Any]) -> None:
        self._respond = server._respond  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]  # they are one

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        request.read()
        return self._respond(request)

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        await request.aread()
        return self._respond(request)
