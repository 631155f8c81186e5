"""The faults, as data: what a server does with the first request of a call. Those that repeat it are answered."""

from __future__ import annotations

import gzip
import json
import zlib
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import cache
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple, TypeAlias

from sweeps.acts import FOREVER, Drip, End, Pause, chunked, halved, reply

if TYPE_CHECKING:
    from collections.abc import Callable

    from sweeps.acts import Act

Field: TypeAlias = Literal["enum", "required", "number"]


class Scene(NamedTuple):
    """What an act is made of."""

    right: Any
    """The right answer of the operation."""
    other: str
    """The URL of a server of another origin, which gives the same answer."""
    path: str
    changed: Callable[[Field, object], Any]
    """The right answer with another value of a field."""


class Fault(NamedTuple):
    """What goes wrong, and in which operation."""

    name: str
    operation: Literal["read", "write"]
    """`read` is a GET; `write` a PATCH or POST, which may be done twice if it is sent twice."""
    first: Callable[[Scene], Act]
    lasting: bool = False
    """Whether every request is served like the first."""
    done: bool = False
    """Whether nobody knows if the server did what it was asked for, so that a write must not be sent again."""
    timeout: float | None = None
    """What the client is told, in seconds; None for its default."""
    patience: float = 15.0
    """The seconds after which it is cut off."""
    refused: bool = False
    """Whether nobody listens."""
    field: Field | None = None
    """The field that is looked at in the result."""
    twice: bool = False
    """Whether the call is made twice, and it is the second that is looked at."""


class _Gone:
    """A value in place of one that is to be left out."""


GONE: Final = _Gone()


_PROBLEM: Final = {"message": "not now", "error": {"message": "not now", "type": "api_error"}}
"""As each of the APIs has errors."""


def _right(scene: Scene) -> Act:
    return (reply(200, scene.right),)


def _status(status: int, *headers: tuple[str, str]) -> Callable[[Scene], Act]:
    return lambda _: (reply(status, _PROBLEM, *headers),)


def _asked(value: str | Callable[[], str], name: str = "Retry-After") -> Callable[[Scene], Act]:
    """429 with a wish, which may have to be made when it is sent."""
    return lambda _: (reply(429, _PROBLEM, (name, value if isinstance(value, str) else value())),)


def _in_two_seconds() -> str:
    return format_datetime(datetime.now(UTC) + timedelta(seconds=2), usegmt=True)


def _body(
    content: bytes, *headers: tuple[str, str], kind: str = "application/json"
) -> Callable[[Scene], Act]:
    return lambda _: (reply(200, content, *headers, content_type=kind),)


def _field(field: Field, value: object) -> Callable[[Scene], Act]:
    return lambda scene: (reply(200, scene.changed(field, value)),)


def _and_another(scene: Scene) -> Act:
    return (reply(404, _PROBLEM) + reply(200, scene.changed("enum", "ANOTHERS")),)


def _elsewhere(status: int) -> Callable[[Scene], Act]:
    return lambda scene: (reply(status, b"", ("Location", scene.other + scene.path)),)


_GZIP: Final = ("Content-Encoding", "gzip")
_MEBIBYTE: Final = 1 << 20


@cache
def _bomb() -> bytes:
    """A string of JSON of 256 MiB, compressed piece by piece: this process's memory is looked at, too."""
    packed = zlib.compressobj(level=9, wbits=31)  # 31: with gzip's head and tail
    pieces = [
        packed.compress(b'"'),
        *(packed.compress(b"x" * _MEBIBYTE) for _ in range(256)),
        packed.compress(b'"'),
    ]
    return b"".join((*pieces, packed.flush()))


# fmt: off
FAULTS: Final = (
    Fault("nobody listens", "write", _right, refused=True),
    Fault("reset before the answer, GET", "read", lambda _: (End.RESET,)),
    Fault("reset before the answer, write", "write", lambda _: (End.RESET,), done=True),
    Fault("closed before the answer, write", "write", lambda _: (End.CLOSE,), done=True),
    Fault("reset in the body, GET", "read", lambda scene: (halved(reply(200, scene.right)), Pause(0.05), End.RESET)),
    Fault("reset in the body, write", "write", lambda scene: (halved(reply(200, scene.right)), Pause(0.05), End.RESET), done=True),
    Fault("body cut, GET", "read", lambda scene: (halved(reply(200, scene.right)), End.CLOSE)),
    Fault("body cut, write", "write", lambda scene: (halved(reply(200, scene.right)), End.CLOSE), done=True),
    Fault("last chunk missing, write", "write", lambda _: (chunked(b"{}", ended=False), End.CLOSE), done=True),
    Fault("429", "write", _status(429)),
    Fault("429, Retry-After: 1", "write", _asked("1")),
    Fault("429, Retry-After: 0.2", "write", _asked("0.2")),
    Fault("429, Retry-After-Ms: 200", "write", _asked("200", "Retry-After-Ms")),
    Fault("429, Retry-After: a date in 2 s", "write", _asked(_in_two_seconds)),
    Fault("429, Retry-After: 3600", "write", _asked("3600")),
    Fault("429, Retry-After: nan", "write", _asked("nan")),
    Fault("429, Retry-After: -1", "write", _asked("-1")),
    Fault("429, Retry-After: 1e9", "write", _asked("1e9")),
    Fault("429, Retry-After: 5,000 digits", "write", _asked("9" * 5000)),
    Fault("429, Retry-After: in the year 9999", "write", _asked("Fri, 31 Dec 9999 23:59:59 GMT")),
    Fault("429 for ever", "write", _status(429), lasting=True),
    Fault("408, write", "write", _status(408)),
    Fault("409, write", "write", _status(409)),
    Fault("500, write", "write", _status(500), done=True),
    Fault("503, GET", "read", _status(503)),
    Fault("503, write", "write", _status(503), done=True),
    Fault("503, GET, for ever", "read", _status(503), lasting=True),
    Fault("body drips, timeout of 1 s", "read", lambda scene: (reply(200, scene.right)[:-40], Drip(reply(200, scene.right)[-40:], 0.2)), lasting=True, timeout=1.0),
    Fault("head drips, timeout of 1 s", "read", lambda _: (Drip(b"HTTP/1.1 200 OK\r\n" + b"X: 1\r\n" * 999, 0.2),), lasting=True, timeout=1.0),
    Fault("no answer, timeout of 1 s, write", "write", lambda _: (FOREVER,), lasting=True, done=True, timeout=1.0),
    Fault("no answer, default timeout, write", "write", lambda _: (FOREVER,), lasting=True, done=True, patience=100.0),
    Fault("gzip of 256 MiB", "read", lambda _: (reply(200, _bomb(), _GZIP),), lasting=True, patience=40.0),
    Fault("gzip in gzip of 256 MiB", "read", lambda _: (reply(200, gzip.compress(_bomb()), ("Content-Encoding", "gzip, gzip")),), lasting=True, patience=40.0),
    Fault("broken gzip", "read", _body(b"no gzip", _GZIP), lasting=True),
    Fault("302 to another origin, GET", "read", _elsewhere(302)),
    Fault("307 to another origin, write", "write", _elsewhere(307)),
    Fault("302 to file:///etc/passwd", "read", lambda _: (reply(302, b"", ("Location", "file:///etc/passwd")),), lasting=True),
    Fault("302 for ever", "read", lambda scene: (reply(302, b"", ("Location", scene.path)),), lasting=True),
    Fault("HTML with 200", "read", _body(b"<html><body>Sign in", kind="text/html"), lasting=True),
    Fault("invalid JSON", "read", _body(b'{"id": '), lasting=True),
    Fault("empty body", "read", _body(b""), lasting=True),
    Fault("null", "read", _body(b"null"), lasting=True),
    Fault("UTF-16", "read", lambda scene: (reply(200, json.dumps(scene.right).encode("utf-16")),), lasting=True),
    Fault("a list for an object", "read", _body(b"[]"), lasting=True),
    Fault("unknown enum value", "read", _field("enum", "UNHEARD_OF"), field="enum"),
    Fault("required field missing", "read", _field("required", GONE), field="required"),
    Fault("required field null", "read", _field("required", None), field="required"),
    Fault("field mistyped", "read", _field("required", {"a": [1]}), field="required"),
    Fault("100,000 brackets", "read", _body(b"[" * 100_000), lasting=True),
    Fault("Content-Length of 10^18", "read", lambda _: (reply(200, b"{}", length="1" + "0" * 18), End.CLOSE), lasting=True),
    Fault("Content-Length of -1", "read", lambda _: (reply(200, b"{}", length="-1"), End.CLOSE), lasting=True),
    Fault("no HTTP", "read", lambda _: (b"220 mail.example.com ESMTP\r\n", End.CLOSE), lasting=True),
    Fault("an answer behind an answer, the next call", "read", _and_another, field="enum", twice=True),
    Fault("head of 10 MB", "read", lambda _: (b"HTTP/1.1 200 OK\r\nX: " + b"x" * 10_000_000, End.CLOSE), lasting=True),
    Fault("500 in HTML of 10 MB", "write", lambda _: (reply(500, b"<b>\x1b[31m" * 1_000_000, content_type="text/html"),), lasting=True, done=True),
)
# fmt: on


def act(fault: Fault, scene: Scene, delivery: int) -> Act:
    """What is done with a delivery of a call, the first being 0."""
    if delivery == 0 or fault.lasting:
        return fault.first(scene)
    return _right(scene)
