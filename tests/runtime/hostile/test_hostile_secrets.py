"""What errors have of a call, that it survives, and that no secret is in it, whatever goes wrong."""

from __future__ import annotations

import copy
import datetime as dt
import logging
import pickle
import ssl
import threading
import traceback
import warnings
from typing import TYPE_CHECKING, Any

import httpx2
import pytest
import trustme
from calls import QUICK, call, reset
from telling import TOKEN, chain, everything, frames
from widgets import UPDATE, WIDGET, Client, Widget, update, validate_widget

from raw_server import RawServer, reply
from specwright.runtime import errors
from specwright.runtime.client import SyncApiClient
from specwright.runtime.credentials import ApiKey, Basic, Bearer
from specwright.runtime.operation import Answer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from widgets import Twin

# httpx2 leaves a generator of its own unfinished where an answer is not read to its end; its connection is closed.
pytestmark = pytest.mark.filterwarnings(
    "ignore:Exception ignored in. <async_generator object PoolByteStream:pytest.PytestUnraisableExceptionWarning"
)

KEY, COOKIE, PASSWORD, BODY = "KEY &=/secret", "COOKIE-secret", "PASSWORD-secret", "BODY-secret"
PAIR = "dXNlcjpQQVNTV09SRC1zZWNyZXQ="
SECRETS = (TOKEN, "KEY", COOKIE, PASSWORD, PAIR, BODY)
ID = (("X-Request-Id", "r1"),)


def raising(number: int) -> Any:
    """A call of each kind of failure."""
    return [
        # kind, answer, call, options of the client, status, id, attempts
        (errors.NotFound, reply(404, {"message": TOKEN}, headers=ID), call(), {}, 404, "r1", 1),
        (errors.ServiceUnavailable, reply(503, b"", headers=ID), call(), {"retries": QUICK}, 503, "r1", 3),
        (errors.TooManyRequests, reply(429, {}, headers=ID), call(), {"retries": QUICK}, 429, "r1", 3),
        (errors.Redirect, reply(302, headers=(*ID, ("Location", f"/{TOKEN}"))), call(), {}, 302, "r1", 1),
        (errors.DecodeError, reply(200, f"no {TOKEN}", headers=ID), call(success=Widget), {}, 200, "r1", 1),
        (
            errors.ResponseMismatch,
            reply(200, {"id": 1, "owner": None}, headers=ID),
            call(answers={"200": Answer(Widget, validate_widget)}),
            {"on_mismatch": "raise"},
            200,
            "r1",
            1,
        ),
        (
            errors.ResponseTooLarge,
            reply(200, b"x" * 5000, headers=ID),
            call(success=Widget),
            {"max_response_bytes": 100},
            200,
            "r1",
            1,
        ),
        (errors.TransportError, reset, call(), {"retries": QUICK}, None, None, 3),
        (errors.RequestTimeout, lambda _: threading.Event().wait(1), call(), {"timeout": 0.2}, None, None, 1),
        (errors.MissingCredentials, b"", call(security=(("nobody",),)), {}, None, None, 0),
        (errors.RequestInvalid, b"", call(path="/x/{id}"), {}, None, None, 0),
    ][number]


@pytest.mark.parametrize("number", range(11))
def test_every_error_says_of_which_call_and_answer_it_is(twin: Twin, server: RawServer, number: int) -> None:
    kind, answer, made, options, status, request_id, attempts = raising(number)
    server.answer = answer
    with pytest.raises(kind) as caught:
        twin(made, {"extra_headers": {"X-Other": PASSWORD}}, **{"api_key": KEY, "retries": 0, **options})
    error = caught.value
    assert type(error) is kind
    for each in (error, pickle.loads(pickle.dumps(error)), copy.copy(error), copy.deepcopy(error)):  # noqa: S301
        assert type(each) is kind
        assert (each.method, each.path) == ("GET", made.operation.path)
        assert (each.status, each.request_id, each.attempts) == (status, request_id, attempts)
        assert (str(each), each.args) == (str(error), error.args)
        for name in ("issues", "raw", "maybe_sent", "transient"):
            assert getattr(each, name, None) == getattr(error, name, None)
    assert [secret for secret in SECRETS if secret in everything(error)] == []
    # what the caller gives a call is in the caller's own frames; what a client has is in none
    assert [secret for secret in (TOKEN, "KEY") if secret in frames(error, "specwright")] == []


def test_a_warning_of_a_request_says_it_too(twin: Twin, server: RawServer) -> None:
    server.answer = reply(200, WIDGET)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        twin(update("w1", body={"name": 1}), check_requests="warn")
    (mismatch,) = [each.message for each in caught]
    assert isinstance(mismatch, errors.RequestMismatch)
    assert (mismatch.method, mismatch.path, mismatch.status) == ("PATCH", UPDATE.path, None)


SCHEMES: Any = (
    (lambda: Bearer("token", TOKEN), "s"),
    (lambda: ApiKey("key", KEY, name="X-Key", location="header"), "h"),
    (lambda: ApiKey("key", KEY, name="key", location="query"), "q"),
    (lambda: ApiKey("key", COOKIE, name="sid", location="cookie"), "c"),
    (lambda: Basic("username", "user", "password", PASSWORD), "b"),
)
ECHO = f"{TOKEN} {KEY} KEY%20%26%3D%2Fsecret {COOKIE} {PASSWORD} {PAIR} {BODY}"
FAILURES: dict[str, Any] = {
    "message": reply(400, {"message": ECHO}),
    "nested": reply(400, {"errors": [{"detail": ECHO}]}),
    "text": reply(500, ECHO, content_type="text/plain"),
    "html": reply(502, f"<script>{ECHO}</script>\x1b[31m\r\n", content_type="text/html"),
    "not json": reply(200, ECHO),
    "media type": reply(200, b"\xff", content_type=ECHO),
    "host": reply(302, headers=(("Location", f"http://{TOKEN}.example/"),)),
    "location": reply(302, headers=(("Location", f"http://user:{PASSWORD}@h/{TOKEN}?{COOKIE}"),)),
    "header": reply(401, {}, headers=(("WWW-Authenticate", TOKEN), ("Set-Cookie", COOKIE), ("Link", KEY))),
    "status line": f"HTTP/1.1 400 {TOKEN}\r\nContent-Length: 0\r\n\r\n".encode(),
    "no status": f"{TOKEN} {COOKIE}\r\n\r\n".encode(),
    "bad header": f"HTTP/1.1 200 OK\r\n{TOKEN} {COOKIE}\r\n\r\n".encode(),
    "reset": reset,
}


@pytest.mark.parametrize("failure", FAILURES)
@pytest.mark.parametrize(("make", "name"), SCHEMES, ids=["bearer", "header", "query", "cookie", "basic"])
def test_no_error_and_no_log_has_a_credential(
    server: RawServer, failure: str, make: Any, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    answer = FAILURES[failure]
    server.answer = answer if callable(answer) else lambda connection: connection.sendall(answer)
    scheme = make()
    own = [secret for secret in scheme.secrets() if len(secret) > 3]
    made = call("POST", success=Widget, security=((name,),), body={"password": BODY})
    with (
        caplog.at_level(logging.DEBUG, logger="specwright"),
        SyncApiClient(server.url, {name: scheme}, {"retries": QUICK, "on_mismatch": "ignore"}) as client,
        pytest.raises(errors.ApiError) as caught,
    ):
        client._send(made, {})
    ours = "".join(record.getMessage() for record in caplog.records if record.name.startswith("specwright"))
    shown = "".join(
        traceback.TracebackException.from_exception(caught.value, capture_locals=True).format()
    ).split("test_hostile_secrets")[0]
    # headers of the answer, which are data, are an attribute
    said = everything if failure != "media type" else lambda error: f"{error!r} {error} {error.args}"
    told = said(caught.value) + frames(caught.value, "specwright") + ours + shown
    hidden = [*own, BODY] if failure != "media type" else own
    assert [secret for secret in hidden if secret in told] == []
    assert all(each is caught.value for each in chain(caught.value))
    assert str(caught.value).isprintable()
    assert len(str(caught.value)) < 1500


def test_the_longest_error_is_short(twin: Twin, server: RawServer) -> None:
    server.answer = reply(500, b"\x1b[31m<script>\r\n\xff" * 100_000, content_type="text/html")
    with pytest.raises(errors.InternalServerError) as caught:
        twin(call(), retries=0)
    assert len(str(caught.value)) < 1500
    assert str(caught.value).isprintable()
    assert "<script>" in str(caught.value)


def test_an_error_of_the_body_is_told_without_it(twin: Twin, server: RawServer) -> None:
    made = call("POST", body={"name": BODY, "bad": float("nan")})
    with pytest.raises(errors.RequestInvalid) as caught:
        twin(made)
    assert BODY not in "".join(map(repr, (caught.value, caught.value.args, caught.value.issues)))
    assert server.seen == []


def test_httpx2_prints_no_header_of_ours(server: RawServer) -> None:
    shown: list[str] = []

    def hook(request: httpx2.Request) -> None:
        shown.append(f"{request!r} {request.headers!r}")

    with httpx2.Client(event_hooks={"request": [hook]}) as own:
        Client(base_url=server.url, token=TOKEN, http_client=own)._send(call(), {})
    assert TOKEN not in shown[0]


# TLS.

AUTHORITY = trustme.CA()
PAST = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)


def secured(certificate: trustme.LeafCert) -> Iterator[str]:
    """A server that proves with a certificate who it is."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    import socket as names  # noqa: PLC0415

    listener = names.create_server(("127.0.0.1", 0))
    closing = threading.Event()

    def serve() -> None:
        while not closing.is_set():
            try:
                connection, _ = listener.accept()
                with context.wrap_socket(connection, server_side=True) as wrapped:
                    wrapped.recv(10_000)
                    wrapped.sendall(reply(200, WIDGET))
            except OSError:
                continue

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield f"https://localhost:{listener.getsockname()[1]}"
    closing.set()
    listener.shutdown(names.SHUT_RDWR)
    listener.close()
    thread.join()


CERTIFICATES = {
    "self-signed": lambda: trustme.CA().issue_cert("localhost"),
    "expired": lambda: AUTHORITY.issue_cert(
        "localhost", not_before=PAST, not_after=PAST + dt.timedelta(days=1)
    ),
    "wrong host": lambda: AUTHORITY.issue_cert("other.example"),
}


@pytest.fixture
def trusting() -> Iterator[httpx2.Client]:
    """A client that trusts the authority."""
    context = ssl.create_default_context()
    AUTHORITY.configure_trust(context)
    with httpx2.Client(verify=context) as client:
        yield client


@pytest.mark.parametrize("what", CERTIFICATES)
def test_who_cannot_prove_who_it_is_gets_nothing(trusting: httpx2.Client, what: str) -> None:
    running = secured(CERTIFICATES[what]())
    url = next(running)
    client = Client(base_url=url, token=TOKEN, http_client=trusting)
    with pytest.raises(errors.TransportError) as caught:
        client._send(call("POST", body={}), {"retries": QUICK})
    assert "certificate" in str(caught.value).lower()
    assert (caught.value.maybe_sent, caught.value.transient, caught.value.attempts) == (False, False, 1)
    assert TOKEN not in everything(caught.value)
    assert next(running, None) is None


def test_without_a_word_nobody_unknown_is_trusted(twin: Twin) -> None:
    running = secured(AUTHORITY.issue_cert("localhost"))
    with pytest.raises(errors.TransportError, match="certificate"):
        twin(call(), base_url=next(running), retries=0)
    assert next(running, None) is None
    with pytest.raises(TypeError, match="a client has no option 'verify'"):
        twin(call(), verify=False)


def test_who_can_is_spoken_to(trusting: httpx2.Client) -> None:
    running = secured(AUTHORITY.issue_cert("localhost"))
    client = Client(base_url=next(running), token=TOKEN, http_client=trusting)
    assert client._send(call(success=Widget), {}).id == "w1"
    assert next(running, None) is None
