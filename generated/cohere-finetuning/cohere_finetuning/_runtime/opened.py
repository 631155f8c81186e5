"""An answer that is handed on while it comes: in pieces, in lines, or to a file."""

from __future__ import annotations

import codecs
import os
from contextlib import aclosing, asynccontextmanager, contextmanager, suppress
from pathlib import Path
from tempfile import mkstemp
from typing import TYPE_CHECKING, Any, Final

import httpx2

from .closing import AsyncClosing, Closing
from .media import charset
from .reply import Reply
from .wire import failure

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterator, Callable, Coroutine, Generator, Iterator
    from typing import BinaryIO

    from .deadline import Deadline
    from .headers import Headers
    from .request import Request

__all__ = ["AsyncOpenResponse", "Lines", "OpenResponse", "Opened", "behind", "opening"]

_PIECE: Final = 2**16


class Opened(Reply):
    """A success whose body has not been read."""

    __slots__ = ("deadline", "request", "response")

    def __init__(self, reply: Reply, response: httpx2.Response, request: Request, deadline: Deadline) -> None:
        super().__init__(
            reply.status,
            reply.raw_headers,
            content_type=reply.content_type,
            content=b"",
            cut=False,
            url=reply.url,
            attempts=reply.attempts,
        )
        self.response = response
        self.request = request
        self.deadline = deadline
        deadline.lift()


class _Open:
    """What is known of an answer before its body."""

    def __init__(self, opened: Opened) -> None:
        self._opened = opened

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.status}>"

    @property
    def status(self) -> int:
        """The HTTP status, which is one of success."""
        return self._opened.status

    @property
    def headers(self) -> Headers:
        """The headers, by their names in any case."""
        return self._opened.headers

    @property
    def request_id(self) -> str | None:
        """What the server calls this request, for its support to find it; `None` where it said nothing."""
        return self._opened.headers.request_id

    @property
    def url(self) -> str:
        """Where it comes from: after redirects the last place."""
        return self._opened.url

    @property
    def attempts(self) -> int:
        """How many requests were sent until it came."""
        return self._opened.attempts

    @property
    def size(self) -> int | None:
        """How many bytes there are in all; `None` where the server does not say."""
        headers = self.headers
        length = headers.get("content-length", "")
        known = length.isascii() and length.isdecimal() and "content-encoding" not in headers
        return int(length[:20]) if known else None

    def _problem(self, error: httpx2.RequestError | httpx2.StreamError) -> Exception:
        """Our error for one of httpx2. It is raised where that one is not handled any more, and is not its context."""
        opened = self._opened
        if isinstance(error, httpx2.RequestError):
            return failure(error, opened.request, opened.deadline)
        return ValueError("the answer was read already, or is closed")

    def _lines(self) -> Lines:
        return Lines(charset(self._opened.content_type) or "utf-8")


def behind(answer: OpenResponse | AsyncOpenResponse) -> Opened:
    """The answer itself, for what reads it on."""
    return answer._opened  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]  # they are one


class OpenResponse(_Open, Closing):
    """An answer that is read while it comes, inside a `with`. No time limit but that of each read holds for it."""

    def close(self) -> None:
        """Let go of the connection. What was not read yet is lost."""
        self._opened.response.close()

    def iter_bytes(self, size: int | None = None) -> Generator[bytes]:
        """The body in pieces of `size` bytes, decompressed; as they come, if nothing is said. Once."""
        problem: Exception | None = None
        try:
            yield from self._opened.response.iter_bytes(size)
        except (httpx2.RequestError, httpx2.StreamError) as error:
            problem = self._problem(error)
        if problem is not None:
            raise problem

    def iter_lines(self) -> Iterator[str]:
        """The body in lines, without their ends."""
        lines = self._lines()
        for piece in self.iter_bytes():
            yield from lines.take(piece)
        yield from lines.rest()

    def read(self) -> bytes:
        """All of the body."""
        return b"".join(self.iter_bytes())

    def save(
        self, path: str | os.PathLike[str], *, progress: Callable[[int, int | None], object] | None = None
    ) -> int:
        """Write the body to a file, which is there whole or as it was before. Returns how many bytes it has.

        `progress` is called with the bytes that came, and those that there are in all, if that is known.
        """
        with _replaced(Path(path)) as file:
            done = 0
            for piece in self.iter_bytes(_PIECE):
                file.write(piece)
                done += len(piece)
                if progress is not None:
                    progress(done, self.size)
        return done


class AsyncOpenResponse(_Open, AsyncClosing):
    """An answer that is read while it comes, inside an `async with`. No time limit but that of each read holds for it."""

    async def aclose(self) -> None:
        """Let go of the connection. What was not read yet is lost."""
        await self._opened.response.aclose()

    async def iter_bytes(self, size: int | None = None) -> AsyncGenerator[bytes]:
        """The body in pieces of `size` bytes, decompressed; as they come, if nothing is said. Once."""
        problem: Exception | None = None
        try:
            async with aclosing(self._opened.response.aiter_bytes(size)) as pieces:
                async for piece in pieces:
                    yield piece
        except (httpx2.RequestError, httpx2.StreamError) as error:
            problem = self._problem(error)
        if problem is not None:
            raise problem

    async def iter_lines(self) -> AsyncIterator[str]:
        """The body in lines, without their ends."""
        lines = self._lines()
        async for piece in self.iter_bytes():
            for line in lines.take(piece):
                yield line
        for line in lines.rest():
            yield line

    async def read(self) -> bytes:
        """All of the body."""
        return b"".join([piece async for piece in self.iter_bytes()])

    async def save(
        self, path: str | os.PathLike[str], *, progress: Callable[[int, int | None], object] | None = None
    ) -> int:
        """Write the body to a file, which is there whole or as it was before. Returns how many bytes it has.

        `progress` is called with the bytes that came, and those that there are in all, if that is known.
        """
        from anyio.to_thread import run_sync  # noqa: PLC0415  # only where a file is written

        with _replaced(Path(path)) as file:
            done = 0
            async for piece in self.iter_bytes(_PIECE):
                await run_sync(file.write, piece)
                done += len(piece)
                if progress is not None:
                    progress(done, self.size)
        return done


@asynccontextmanager
async def opening(waiting: Coroutine[Any, Any, AsyncOpenResponse]) -> AsyncGenerator[AsyncOpenResponse]:
    """An answer that is waited for when the block begins, and closed when it ends."""
    answer = await waiting
    async with answer:
        yield answer


class Lines:
    """Text that comes in pieces, as lines, which end with CRLF, LF or CR."""

    __slots__ = ("_begun", "_decoder", "_had_cr", "waiting")

    def __init__(self, encoding: str = "utf-8") -> None:
        try:
            found = codecs.lookup(encoding)
        except LookupError:
            found = codecs.lookup("utf-8")
        self._decoder = found.incrementaldecoder("replace")
        self._begun: list[str] = []
        self._had_cr = False
        self.waiting = 0
        """How many characters there are of a line that is not complete."""

    def take(self, piece: bytes, *, last: bool = False) -> Iterator[str]:
        """The lines that are complete now."""
        text = self._decoder.decode(piece, last)
        if self._had_cr and text:
            text, self._had_cr = text.removeprefix("\n"), False
        if not text:
            return
        # Where a line feed may follow in the next piece, the line ends here all the same.
        self._had_cr = text.endswith("\r")
        head, *rest = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        self._begun.append(head)
        self.waiting += len(head)
        for line in rest:
            yield "".join(self._begun)
            self._begun, self.waiting = [line], len(line)

    def rest(self) -> Iterator[str]:
        """The last line, if it does not end."""
        yield from self.take(b"", last=True)
        last = "".join(self._begun)
        self._begun, self.waiting = [], 0
        if last:
            yield last


@contextmanager
def _replaced(path: Path) -> Generator[BinaryIO]:
    """A file beside `path` that takes its place when all of it is written, and is gone otherwise."""
    handle, name = mkstemp(dir=path.parent, prefix=f".{path.name[:50]}.")
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
        Path(name).replace(path)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise
