"""What the server does with each delivery of each call: chosen at random, and the same for the same seed."""

from __future__ import annotations

import gzip
import random
from typing import TYPE_CHECKING, Final, NamedTuple

from sweeps.acts import FOREVER, Drip, End, Pause, chunked, halved, reply

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sweeps.acts import Act


class Fault(NamedTuple):
    """A thing that servers do."""

    name: str
    weight: int
    """How often it is chosen, beside the others."""
    act: Callable[[str], Act]
    """What is done for the call of an id."""
    result: bool | None = False
    """Whether the call has a result of it; None if that depends on who is quicker."""
    refused: bool = False
    """Whether it tells the client that nothing was done, so that anything may be sent again."""


def thing(call: str) -> dict[str, object]:
    """The right answer to a call, which no other has."""
    return {"id": call, "state": "new", "parts": [{"id": f"{call}-part", "state": "used"}] * 3}


def _problem(status: int, *headers: tuple[str, str]) -> Callable[[str], Act]:
    return lambda _: (reply(status, {"message": "not now"}, *headers),)


def _body(body: bytes, *headers: tuple[str, str]) -> Callable[[str], Act]:
    return lambda _: (reply(200, body, *headers),)


_GZIP: Final = ("Content-Encoding", "gzip")
_BOMB: Final = gzip.compress(b'"' + bytes(4 << 20) + b'"')
_AFTER: Final = "Retry-After"

# fmt: off
FAULTS: Final = (
    Fault("right", 400, lambda call: (reply(200, thing(call)),), result=True),
    Fault("right, then closed", 40, lambda call: (reply(200, thing(call)), End.CLOSE), result=True),
    Fault("right, then reset", 20, lambda call: (reply(200, thing(call)), Pause(0.005), End.RESET), result=None),
    Fault("right, in chunks", 40, lambda call: (chunked(reply(200, thing(call)).partition(b"\r\n\r\n")[2], ended=True),), result=True),
    Fault("right, late", 60, lambda call: (Pause(0.02), reply(200, thing(call))), result=True),
    Fault("right, after 103", 10, lambda call: (b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n", reply(200, thing(call))), result=True),
    Fault("reset before the answer", 40, lambda _: (End.RESET,)),
    Fault("closed before the answer", 40, lambda _: (End.CLOSE,)),
    Fault("closed in the head", 20, lambda call: (reply(200, thing(call))[:40], End.CLOSE)),
    Fault("reset in the body", 20, lambda call: (halved(reply(200, thing(call))), Pause(0.005), End.RESET)),
    Fault("body cut", 20, lambda call: (halved(reply(200, thing(call))), End.CLOSE)),
    Fault("last chunk missing", 20, lambda call: (chunked(reply(200, thing(call)).partition(b"\r\n\r\n")[2], ended=False), End.CLOSE)),
    Fault("no answer", 8, lambda _: (FOREVER,)),
    Fault("no end", 8, lambda call: (halved(reply(200, thing(call))), FOREVER)),
    Fault("slow", 8, lambda call: (Drip(reply(200, thing(call)), 0.05),)),
    Fault("408", 20, _problem(408), refused=True),
    Fault("429", 20, _problem(429), refused=True),
    Fault("429, Retry-After 0", 20, _problem(429, (_AFTER, "0")), refused=True),
    Fault("429, Retry-After 0.01", 20, _problem(429, (_AFTER, "0.01")), refused=True),
    Fault("429, retry-after-ms", 20, _problem(429, ("Retry-After-Ms", "5")), refused=True),
    Fault("429, Retry-After an hour", 10, _problem(429, (_AFTER, "3600")), refused=True),
    Fault("429, Retry-After nan", 10, _problem(429, (_AFTER, "nan")), refused=True),
    Fault("429, Retry-After past", 10, _problem(429, (_AFTER, "Sun, 06 Nov 1994 08:49:37 GMT")), refused=True),
    Fault("429, then closed", 10, lambda _: (reply(429, {"message": "not now"}), End.CLOSE), refused=True),
    Fault("500", 20, _problem(500)),
    Fault("502 in HTML", 20, lambda _: (reply(502, b"<html>Bad Gateway", content_type="text/html"),)),
    Fault("503", 20, _problem(503)),
    Fault("503, Retry-After 0", 20, _problem(503, (_AFTER, "0"))),
    Fault("504, empty", 20, lambda _: (reply(504),)),
    Fault("404", 10, _problem(404)),
    Fault("302 to elsewhere", 10, lambda _: (reply(302, b"", ("Location", "http://elsewhere.invalid/")),)),
    Fault("HTML", 10, lambda _: (reply(200, b"<html>", content_type="text/html"),)),
    Fault("no JSON", 10, _body(b"{")),
    Fault("nothing", 10, _body(b"")),
    Fault("another's type", 10, _body(b'{"id": 7, "state": []}')),
    Fault("unknown state", 10, lambda call: (reply(200, {"id": call, "state": "stolen"}),), result=True),
    Fault("deep", 5, _body(b"[" * 20_000)),
    Fault("no gzip", 10, _body(b"not gzip", _GZIP)),
    Fault("bomb", 5, _body(_BOMB, _GZIP)),
    Fault("huge Content-Length", 5, lambda _: (reply(200, b"{}", length="1" + "0" * 18), End.CLOSE)),
    Fault("two Content-Lengths", 5, lambda _: (reply(200, b"{}", ("Content-Length", "7")), End.CLOSE)),
    Fault("no HTTP", 5, lambda _: (b"220 mail.example.com ESMTP\r\n", End.CLOSE)),
)
# fmt: on

STRAY: Final = Fault(
    "more than an answer",
    20,
    lambda _: (reply(404, {"message": "no"}) + reply(200, {"id": "stray", "state": "used"}),),
)
"""An answer, and behind it one that nobody asked for, which the next call on the connection must not get."""


def fault(seed: int, call: str, delivery: int, among: Sequence[Fault] = FAULTS) -> Fault:
    """What is done with a delivery of a call, the first being 0."""
    chance = random.Random(f"{seed}/{call}/{delivery}")  # noqa: S311  # no secret
    return chance.choices(among, [each.weight for each in among])[0]
