"""What is sent again and what is not, whatever the server says about it."""

from __future__ import annotations

import socket
import threading
import time
from contextlib import suppress
from email.utils import formatdate
from typing import TYPE_CHECKING, Any

import pytest
from calls import QUICK, Watch, call, reset
from telling import TOKEN, everything
from widgets import WIDGET, Client

from raw_server import RawServer, nobody, reply
from specwright.runtime import errors
from specwright.runtime.again import asked
from specwright.runtime.reply import Reply
from specwright.runtime.types import Retries, Timeout

if TYPE_CHECKING:
    from collections.abc import Iterator

    from widgets import Twin

METHODS = ["GET", "HEAD", "OPTIONS", "PUT", "DELETE"]
UNSAFE = ["POST", "PATCH"]
BODY = {"a": 1}


def said(*headers: tuple[str, str]) -> float | None:
    raw = [(name.encode(), value.encode()) for name, value in headers]
    return asked(Reply(429, raw, content_type="", content=b"", cut=False))


HUGE = ["1000000000", "99999999999", "9" * 5000, "Fri, 31 Dec 9999 23:59:59 GMT"]
MALFORMED = [
    "1e9", "-1", "nan", "NaN", "inf", "-inf", "Infinity", "", " ", "+5", "0x10", "٣", "1_000", "1.5.5", ".", "5 s", "soon",
    "1, 2", "Fri", "99 Foo 2020", "Fri, 99 Dec 9999 99:99:99 GMT", "Fri, 31 Dec 99999 23:59:59 GMT", "0 0 0 0 0", "-" * 5000,
    "Mon, 01 Jan 0000 00:00:00 GMT", "Fri, 31 Dec 9999 23:59:59 -9999", "(" * 3000, "%s", "9" * 5000 + "s", "1" + "0" * 400 + ".5", "\x00",
]  # fmt: skip


@pytest.mark.parametrize("text", MALFORMED, ids=lambda text: repr(text)[:20])
def test_a_retry_after_that_nobody_understands_is_as_none(text: str) -> None:
    assert said(("Retry-After", text)) in {None, 0.0}
    assert said(("retry-after-ms", text)) is None


@pytest.mark.parametrize("text", HUGE, ids=lambda text: text[:20])
@pytest.mark.parametrize("name", ["Retry-After", "retry-after-ms"])
def test_a_wait_that_is_too_long_is_not_waited_for(
    twin: Twin, server: RawServer, name: str, text: str
) -> None:
    server.answer = [reply(429, {"message": "slow"}, headers=((name, text),)), reply(200, WIDGET)]
    with Watch() as watch:
        try:
            twin(call(), retries=Retries(most=1, first=0.01))
        except errors.TooManyRequests as error:
            assert error.headers[name] == text  # noqa: PT017  # a date is no number of milliseconds, and is forgiven
            assert error.attempts == 1  # noqa: PT017
        else:
            assert (name, text) == ("retry-after-ms", HUGE[-1])
    assert watch.seconds < 5


@pytest.mark.parametrize("text", ["1e9", "-1", "nan", "", "5 s", "9" * 5000 + "s"], ids=lambda text: text[:9])
def test_a_malformed_one_is_repeated_after_our_own_wait(twin: Twin, server: RawServer, text: str) -> None:
    server.answer = [reply(429, headers=(("Retry-After", text),)), reply(200, WIDGET)]
    with Watch() as watch:
        twin(call(), retries=QUICK)
    assert len(server.seen) == 2
    assert watch.seconds < 5


def test_seconds_milliseconds_fractions_and_dates_are_understood() -> None:
    assert said(("Retry-After", "1.5")) == 1.5
    assert said(("Retry-After", "0")) == 0
    assert said(("Retry-After", " 7 ")) == 7
    assert said(("retry-after-ms", "250"), ("Retry-After", "9")) == 0.25
    assert said(("x-ms-retry-after-ms", "250")) == 0.25
    assert said(("retry-after-ms", "soon"), ("Retry-After", "9")) == 9
    assert said(("Retry-After", "Sun, 06 Nov 1994 08:49:37 GMT")) == 0
    assert said(("Retry-After", "Sunday, 06-Nov-94 08:49:37 GMT")) == 0
    assert said(("Retry-After", "Sun Nov  6 08:49:37 1994")) == 0
    soon = said(("Retry-After", formatdate(time.time() + 30, usegmt=True)))
    assert soon is not None
    assert 25 < soon < 31


def test_what_the_server_asks_for_is_waited_for(twin: Twin, server: RawServer) -> None:
    server.answer = [reply(429, headers=(("Retry-After", "0.3"),)), reply(200, WIDGET)]
    with Watch() as watch:
        twin(call("POST", body=BODY), retries=QUICK)
    assert 0.3 <= watch.seconds < 5


def test_a_storm_of_429_ends_by_number_with_the_last_answer(twin: Twin, server: RawServer) -> None:
    server.answer = [
        reply(429, {"message": str(n)}, headers=(("X-Request-Id", f"r{n}"),)) for n in range(1, 9)
    ]
    with pytest.raises(errors.TooManyRequests, match="4") as caught:
        twin(call("POST", body=BODY), retries=Retries(most=3, first=0.001))
    assert caught.value.attempts == len(server.seen) == 4
    assert (caught.value.request_id, caught.value.status) == ("r4", 429)
    assert caught.value.body == {"message": "4"}


def test_and_by_the_time_of_the_whole_call(twin: Twin, server: RawServer) -> None:
    server.answer = reply(429, {"message": "slow"}, headers=(("Retry-After", "0.2"),))
    with (
        Watch() as watch,
        pytest.raises((errors.TooManyRequests, errors.RequestTimeout), match="429") as caught,
    ):
        twin(call(), timeout=0.7, retries=1000)
    assert watch.seconds < 3
    assert 1 < caught.value.attempts < 6
    assert caught.value.status == 429
    # a wait that would end after the call is not begun
    server.answer = reply(429, headers=(("Retry-After", "50"),))
    with Watch() as watch, pytest.raises(errors.TooManyRequests):
        twin(call(), timeout=5, retries=3)
    assert watch.seconds < 3


@pytest.mark.parametrize("status", [500, 502, 503, 504])
@pytest.mark.parametrize("method", UNSAFE)
def test_what_may_have_been_done_is_not_asked_for_twice(
    twin: Twin, server: RawServer, method: str, status: int
) -> None:
    server.answer = [reply(status, headers=(("Retry-After", "0"),)), reply(200, WIDGET)]
    with pytest.raises(errors.ServerError) as caught:
        twin(call(method, body=BODY), retries=QUICK)
    assert len(server.seen) == caught.value.attempts == 1


@pytest.mark.parametrize("status", [502, 503, 504])
def test_but_with_a_key_or_by_the_caller_s_will(twin: Twin, server: RawServer, status: int) -> None:
    for options in (
        {"idempotency": "Idempotency-Key"},
        {"retries": Retries(most=1, first=0.001, unsafe=True)},
    ):
        server.seen.clear()
        server.answer = [reply(status), reply(200, WIDGET)]
        retries = options.pop("retries", QUICK)
        twin(call("POST", body=BODY, **options), retries=retries)
        assert [seen.json for seen in server.seen] == [BODY, BODY]


def test_500_is_repeated_where_the_document_says_so_alone(twin: Twin, server: RawServer) -> None:
    server.answer = [reply(500), reply(200, WIDGET)]
    with pytest.raises(errors.InternalServerError):
        twin(call(), retries=QUICK)
    server.answer = [reply(500), reply(200, WIDGET)]
    twin(call(retry_after=("500",)), retries=QUICK)


@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 410, 422, 451, 501, 505])
def test_other_errors_are_told_at_once(twin: Twin, server: RawServer, status: int) -> None:
    server.answer = [reply(status, headers=(("Retry-After", "0"),)), reply(200, WIDGET)]
    with pytest.raises(errors.StatusError) as caught:
        twin(call(), retries=QUICK)
    assert caught.value.attempts == len(server.seen) == 1


@pytest.mark.parametrize("method", METHODS)
def test_a_reset_is_repeated_where_that_does_nothing_twice(
    twin: Twin, server: RawServer, method: str
) -> None:
    server.answer = [reset, reply(200, b"")]
    twin(call(method), retries=QUICK)
    assert len(server.seen) == 2


@pytest.mark.parametrize("method", UNSAFE)
@pytest.mark.parametrize("answer", [reset, lambda _: None, lambda c: c.sendall(b"HTTP/1.1 200 OK\r\nConte")])
def test_a_reset_before_the_answer_is_not(twin: Twin, server: RawServer, method: str, answer: Any) -> None:
    server.answer = [answer, reply(200, WIDGET)]
    with pytest.raises(errors.TransportError) as caught:
        twin(call(method, body=BODY), retries=QUICK)
    assert caught.value.maybe_sent
    assert caught.value.attempts == len(server.seen) == 1
    assert TOKEN not in everything(caught.value)


class Impatient:
    """A server that reads the beginning of a request and resets the connection."""

    def __init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.connections = 0
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            connection.recv(1000)
            reset(connection)

    def close(self) -> None:
        with suppress(OSError):  # there are systems where what listens is not connected
            self._listener.shutdown(socket.SHUT_RDWR)  # closing alone does not wake who waits for it
        self._listener.close()


@pytest.fixture
def impatient() -> Iterator[Impatient]:
    running = Impatient()
    yield running
    running.close()


@pytest.mark.parametrize("method", UNSAFE)
def test_a_reset_while_the_body_is_sent_is_not(twin: Twin, impatient: Impatient, method: str) -> None:
    large = {"a": "x" * 20_000_000}
    with pytest.raises(errors.TransportError) as caught:
        twin(call(method, body=large), base_url=impatient.url, retries=QUICK)
    assert caught.value.maybe_sent
    assert caught.value.attempts == impatient.connections == 1


def test_and_is_with_a_key(twin: Twin, impatient: Impatient) -> None:
    with pytest.raises(errors.TransportError) as caught:
        twin(
            call("POST", body={"a": "x" * 2_000_000}, idempotency="Idempotency-Key"),
            base_url=impatient.url,
            retries=QUICK,
        )
    assert caught.value.attempts == impatient.connections == 3


def test_a_later_attempt_that_went_nowhere_does_not_unsend_the_one_before(
    twin: Twin, server: RawServer
) -> None:
    def last(connection: socket.socket) -> None:
        server._listener.close()
        reset(connection)

    server.answer = last
    with pytest.raises(errors.TransportError) as caught:
        twin(call("POST", body=BODY, idempotency="Idempotency-Key"), retries=QUICK)
    assert caught.value.attempts == 3
    assert "no connection could be made" in str(caught.value)
    assert caught.value.maybe_sent


@pytest.mark.parametrize("method", [*METHODS, *UNSAFE])
def test_what_reached_nobody_is_repeated_whatever_it_is(twin: Twin, method: str) -> None:
    with nobody() as host, pytest.raises(errors.TransportError) as caught:
        twin(call(method), base_url=f"http://{host}", retries=QUICK)
    assert not caught.value.maybe_sent
    assert caught.value.attempts == 3


def test_time_that_ends_in_a_repetition_tells_of_the_answer_before(twin: Twin, server: RawServer) -> None:
    server.answer = [reply(503, headers=(("X-Request-Id", "r1"),)), lambda _: server.wait(5)]
    with pytest.raises(errors.RequestTimeout, match=r"to attempt 1 the answer was 503") as caught:
        twin(call(), timeout=0.5, retries=QUICK)
    error = caught.value
    assert (error.attempts, error.status, error.request_id, error.maybe_sent) == (2, 503, "r1", True)


def test_a_late_answer_is_not_asked_for_again_after_the_whole_time(twin: Twin, server: RawServer) -> None:
    server.answer = lambda _: server.wait(5)
    with Watch() as watch, pytest.raises(errors.RequestTimeout) as caught:
        twin(call(), timeout=Timeout(read=0.3, total=0.8), retries=100)
    assert watch.seconds < 4
    assert 1 <= caught.value.attempts <= 3


# The options.


@pytest.mark.parametrize("retries", [0, Retries(most=0)])
def test_none_is_none(twin: Twin, server: RawServer, retries: Any) -> None:
    server.answer = [reply(503), reply(200, WIDGET)]
    with pytest.raises(errors.ServiceUnavailable):
        twin(call(), retries=retries)
    server.answer = [reply(503), reply(200, WIDGET)]
    with pytest.raises(errors.ServiceUnavailable):
        twin(call(), {"retries": retries}, retries=QUICK)
    assert len(server.seen) == 2


def test_a_call_s_own_comes_before_the_client_s(twin: Twin, server: RawServer) -> None:
    server.answer = [reply(503), reply(200, WIDGET)]
    twin(call(), {"retries": QUICK}, retries=0)
    assert len(server.seen) == 2


@pytest.mark.parametrize("value", [-1, True, 1.5, "3", None, float("nan")])
def test_a_number_of_repetitions_is_one(twin: Twin, server: RawServer, value: Any) -> None:
    with pytest.raises((ValueError, TypeError), match="retries"):
        twin(call(), retries=value)
    with pytest.raises((ValueError, TypeError), match="retries"):
        twin(call(), {"retries": value})
    assert server.seen == []


@pytest.mark.parametrize("field", ["first", "longest", "longest_asked"])
@pytest.mark.parametrize("value", [-1, float("nan"), float("inf"), True, "3", None])
def test_a_wait_is_a_time(field: str, value: Any) -> None:
    with pytest.raises((ValueError, TypeError), match=field):
        Retries(**{field: value})


def test_a_header_counts_the_repetitions(twin: Twin, server: RawServer) -> None:
    server.answer = [reply(503), reply(503), reply(200, WIDGET)]
    twin(call(), retries=Retries(most=2, first=0.001, count_header="X-Retry-Count"))
    assert [seen.header("x-retry-count") for seen in server.seen] == ["0", "1", "2"]


@pytest.mark.parametrize("name", ["X\r\nY: 1", "X Y", "é", "Host", "content-length", "X:"])
def test_a_header_that_counts_is_one(name: str) -> None:
    with pytest.raises(ValueError, match="count_header"):
        Retries(count_header=name)


def test_a_key_is_the_same_for_all_attempts_and_another_for_each_call(twin: Twin, server: RawServer) -> None:
    made = call("POST", body=BODY, idempotency="Idempotency-Key")
    server.answer = [reply(503), reply(503), reply(200, WIDGET)]
    twin(made, retries=QUICK)
    twin(made, retries=QUICK)
    keys = [seen.header("idempotency-key") for seen in server.seen]
    assert keys[0] == keys[1] == keys[2]
    assert len(keys[0] or "") >= 32
    assert keys[3] not in {None, keys[0]}


def test_the_caller_s_own_key_is_kept(twin: Twin, server: RawServer) -> None:
    made = call("POST", body=BODY, idempotency="Idempotency-Key")
    server.answer = [reply(503), reply(200, WIDGET)]
    twin(made, {"extra_headers": {"IDEMPOTENCY-KEY": "mine"}}, retries=QUICK)
    given = call("POST", body=BODY, idempotency="Idempotency-Key", header={"Idempotency-Key": "given"})
    server.answer = [reply(503), reply(200, WIDGET)]
    twin(given, retries=QUICK)
    assert [seen.header("idempotency-key") for seen in server.seen] == ["mine", "mine", "given", "given"]


def test_waits_differ_and_never_exceed_their_bound(
    server: RawServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[float] = []
    monkeypatch.setattr("specwright.runtime.exchange.sleep", waits.append)
    server.answer = reply(503)
    with Client(base_url=server.url, token=TOKEN) as client, pytest.raises(errors.ServiceUnavailable):
        client._send(call(), {"retries": Retries(most=12, first=0.5, longest=8)})
    bounds = [min(8.0, 0.5 * 2**n) for n in range(12)]
    assert all(wait <= bound for wait, bound in zip(waits, bounds, strict=False))
    assert len(set(waits)) > 6
