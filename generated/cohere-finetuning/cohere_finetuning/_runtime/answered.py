"""A whole answer: its value, and how it came."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar

from .decode import loose

if TYPE_CHECKING:
    from .headers import Headers
    from .reply import Reply

__all__ = ["Response"]

T_co = TypeVar("T_co", covariant=True)


class Response(Generic[T_co]):
    """An answer with its value as `body`. It prints without what is in it."""

    __slots__ = ("_reply", "body", "elapsed")

    def __init__(self, reply: Reply, body: T_co, elapsed: float) -> None:
        self._reply = reply
        self.body = body
        """What the method itself returns."""
        self.elapsed = elapsed
        """Seconds that the call took, its repetitions and waits among them."""

    def __repr__(self) -> str:
        return f"<Response {self.status}>"

    @property
    def status(self) -> int:
        """The HTTP status."""
        return self._reply.status

    @property
    def headers(self) -> Headers:
        """The headers, by their names in any case."""
        return self._reply.headers

    @property
    def request_id(self) -> str | None:
        """What the server calls this request, for its support to find it; `None` where it said nothing."""
        return self._reply.headers.request_id

    @property
    def url(self) -> str:
        """Where it came from: after redirects the last place."""
        return self._reply.url

    @property
    def attempts(self) -> int:
        """How many requests were sent until it came."""
        return self._reply.attempts

    @property
    def content(self) -> bytes:
        """The body as it came, decompressed."""
        return self._reply.content

    @property
    def text(self) -> str:
        """The body as text, in the character set that it names, else UTF-8."""
        return self._reply.text

    def json(self) -> Any:
        """The body as decoded JSON: also what the document does not have. `ValueError` if it is none."""
        return loose(self._reply.content)
