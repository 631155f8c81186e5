"""Redirects, where a client follows them: what goes where, and what goes nowhere."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

import anyio
import httpx2
import pytest
from calls import QUICK, Watch, call
from telling import TOKEN, everything
from widgets import WIDGET, AsyncClient, Client

from raw_server import RawServer, reply
from specwright.runtime import errors
from specwright.runtime.client import SyncApiClient
from specwright.runtime.credentials import ApiKey, Basic
from specwright.runtime.redirects import followed
from specwright.runtime.types import OMIT

if TYPE_CHECKING:
    from widgets import Twin

BODY = {"secret": "BODY-SECRET"}


def to(location: str, status: int = 302, **more: str) -> bytes:
    return reply(status, headers=(("Location", location), *more.items()))


# Without being asked to.


@pytest.mark.parametrize("status", [300, 301, 302, 303, 304, 307, 308])
def test_none_is_followed_unless_a_client_is_told_to(
    twin: Twin, server: RawServer, elsewhere: RawServer, status: int
) -> None:
    server.answer = to(f"{elsewhere.url}/latest/meta-data/SECRET", status)
    with pytest.raises(errors.Redirect) as caught:
        twin(call(), retries=QUICK)
    assert caught.value.status == status
    assert "SECRET" not in everything(caught.value)
    assert len(server.seen) == 1
    assert elsewhere.seen == []


def test_not_even_to_the_services_of_a_cloud(twin: Twin, server: RawServer) -> None:
    server.answer = to("http://169.254.169.254/latest/meta-data/SECRET")
    with pytest.raises(errors.Redirect, match=r"to http://169\.254\.169\.254 are not followed") as caught:
        twin(call())
    assert "SECRET" not in everything(caught.value)


@pytest.mark.parametrize("value", ["yes", 2, None])
def test_to_follow_is_a_yes_or_a_no(twin: Twin, value: Any) -> None:
    with pytest.raises(ValueError, match="follow_redirects must be one of True, False"):
        twin(call(), follow_redirects=value)


# On the same origin.


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("location", ["/y?z=1", "y?z=1#part", "//{host}/y?z=1", "http://{host}/y?z=1"])
def test_the_same_origin_gets_what_it_got(twin: Twin, server: RawServer, status: int, location: str) -> None:
    host = server.url.removeprefix("http://")
    server.answer = [to(location.format(host=host), status), reply(200, WIDGET)]
    options = {"extra_headers": {"X-Mine": "m"}}
    twin(call(cookie={"c": "1"}), options, follow_redirects=True)
    assert [seen.target for seen in server.seen] == ["/x", "/y?z=1"]
    for seen in server.seen:
        assert seen.header("authorization") == f"Bearer {TOKEN}"
        assert (seen.header("x-mine"), seen.header("cookie")) == ("m", "c=1")


@pytest.mark.parametrize(
    ("method", "status", "then", "body"),
    [
        ("POST", 301, "GET", None),
        ("POST", 302, "GET", None),
        ("POST", 303, "GET", None),
        ("POST", 307, "POST", BODY),
        ("POST", 308, "POST", BODY),
        ("PATCH", 303, "GET", None),
        ("PUT", 303, "GET", None),
        ("DELETE", 303, "GET", None),
        # what was not done must not look done
        ("PATCH", 301, "PATCH", BODY),
        ("PUT", 302, "PUT", BODY),
        ("PATCH", 307, "PATCH", BODY),
        ("HEAD", 303, "HEAD", None),
    ],
)
def test_the_method_and_the_body_are_those_that_the_status_asks_for(  # noqa: PLR0913, PLR0917  # a table's columns
    twin: Twin, server: RawServer, method: str, status: int, then: str, body: Any
) -> None:
    server.answer = [to("/y", status), reply(200, b"" if method == "HEAD" else WIDGET)]
    twin(call(method, body=None if method == "HEAD" else BODY), follow_redirects=True)
    first, second = server.seen
    assert (first.method, second.method) == (method, then)
    assert (second.json if second.body else None) == body
    if body is None:
        assert second.header("content-type") is None
        assert second.header("content-length") in {None, "0"}


def test_a_body_that_can_be_read_but_once_is_not_sent_twice(server: RawServer) -> None:
    server.answer = [to("/y", 307), reply(200, WIDGET)]
    made = call("POST")
    from specwright.runtime.operation import Body  # noqa: PLC0415

    made.operation.bodies = (Body("application/octet-stream"),)
    made = type(made)(made.operation, body=iter([b"a", b"b"]))
    with (
        Client(base_url=server.url, token=TOKEN, follow_redirects=True) as client,
        pytest.raises(errors.Redirect, match="the body can't be sent again"),
    ):
        client._send(made, {})
    assert len(server.seen) == 1


def test_a_loop_ends(twin: Twin, server: RawServer) -> None:
    server.answer = to("/x")
    with Watch() as watch, pytest.raises(errors.Redirect, match="more than 10 redirects") as caught:
        twin(call(), follow_redirects=True)
    assert len(server.seen) == caught.value.attempts == 11
    assert watch.seconds < 5


def test_so_does_one_between_two_origins(twin: Twin, server: RawServer, elsewhere: RawServer) -> None:
    server.answer, elsewhere.answer = to(f"{elsewhere.url}/x"), to(f"{server.url}/x")
    with pytest.raises(errors.Redirect, match="more than 10 redirects"):
        twin(call(), follow_redirects=True)
    # who called is told once, to whom it was meant for
    every = [*server.seen, *elsewhere.seen]
    assert len(every) == 11
    assert [seen.header("authorization") for seen in every].count(f"Bearer {TOKEN}") == 1


def test_redirects_are_held_to_the_time_of_the_whole_call(twin: Twin, server: RawServer) -> None:
    def slowly(connection: Any) -> None:
        server.wait(0.3)
        connection.sendall(to("/x", Connection="close"))

    server.answer = slowly
    with Watch() as watch, pytest.raises(errors.RequestTimeout):
        twin(call(), follow_redirects=True, timeout=0.7)
    assert watch.seconds < 3


# To another origin.


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_another_origin_is_not_told_who_calls(
    twin: Twin, server: RawServer, elsewhere: RawServer, status: int
) -> None:
    server.answer = to(f"{elsewhere.url}/y", status, **{"Set-Cookie": "planted=1"})
    made = call(cookie={"sid": "COOKIE"}, header={"X-Tag": "HEADER"}, query={"q": "QUERY"})
    twin(
        made,
        {"extra_headers": {"Proxy-Authorization": "Basic SECRET", "X-Api-Key": "SECRET"}},
        follow_redirects=True,
    )
    seen = elsewhere.last
    assert seen.target == "/y"
    sent = {name.lower() for name, _ in seen.headers}
    assert sent <= {"host", "accept", "accept-encoding", "user-agent", "connection"}
    for secret in ("TOKEN", "SECRET", "COOKIE", "HEADER", "QUERY"):
        assert secret not in repr(seen)


def test_nor_are_keys_in_headers_queries_and_cookies(server: RawServer, elsewhere: RawServer) -> None:
    schemes = {
        "header": ApiKey("h", "KEY-1", name="X-Key", location="header"),
        "query": ApiKey("q", "KEY 2&", name="api_key", location="query"),
        "cookie": ApiKey("c", "KEY-3", name="sid", location="cookie"),
        "basic": Basic("u", "user", "p", "KEY-4"),
    }
    # the server copies the query, under its name and under another
    server.answer = to(f"{elsewhere.url}/y?a=1&api_key=KEY%202%26&key=KEY+2%26&b=%20")
    with SyncApiClient(server.url, schemes, {"follow_redirects": True}) as client:
        client._send(call(security=(("header", "query", "cookie", "basic"),)), {})
    assert "KEY" in server.last.target
    assert elsewhere.last.target == "/y?a=1&b=+"
    assert "KEY" not in repr(elsewhere.last)
    assert elsewhere.last.header("authorization") is None


def test_not_even_on_the_way_back(twin: Twin, server: RawServer, elsewhere: RawServer) -> None:
    server.answer = [to(f"{elsewhere.url}/y"), reply(200, WIDGET)]
    elsewhere.answer = to(f"{server.url}/admin")
    twin(call(), follow_redirects=True)
    assert server.last.target == "/admin"
    assert server.last.header("authorization") is None


@pytest.mark.parametrize("kind", ["sync", "asyncio", "trio"])
def test_nor_what_the_caller_s_own_client_says(server: RawServer, elsewhere: RawServer, kind: str) -> None:
    own: dict[str, Any] = {
        "auth": ("user", "OWN-1"),
        "cookies": {"sid": "OWN-2"},
        "headers": {"X-Own": "OWN-3", "Authorization": "OWN-4"},
        "params": {"key": "OWN-5"},
    }
    server.answer = to(f"{elsewhere.url}/y")

    async def main() -> None:
        async with httpx2.AsyncClient(**own) as http:
            client = AsyncClient(base_url=server.url, http_client=http, follow_redirects=True)
            await client._send(call(), {})

    if kind == "sync":
        with httpx2.Client(**own) as http:
            Client(base_url=server.url, http_client=http, follow_redirects=True)._send(call(), {})
    else:
        anyio.run(main, backend=kind)
    assert "OWN-5" in server.last.target
    assert "OWN" not in repr(elsewhere.last)
    assert elsewhere.last.header("authorization") is None
    assert elsewhere.last.target == "/y"


@pytest.mark.parametrize("status", [307, 308])
@pytest.mark.parametrize("method", ["POST", "PATCH", "PUT", "DELETE"])
@pytest.mark.parametrize("body", [BODY, None])
def test_no_body_and_no_change_goes_to_another_origin(  # noqa: PLR0913, PLR0917  # a table's columns
    twin: Twin, server: RawServer, elsewhere: RawServer, status: int, method: str, body: Any
) -> None:
    server.answer = to(f"{elsewhere.url}/SECRET", status)
    with pytest.raises(errors.Redirect, match="to another origin is not followed") as caught:
        twin(call(method, body=body), follow_redirects=True, retries=QUICK)
    assert elsewhere.seen == []
    assert elsewhere.url in str(caught.value).replace(elsewhere.url.rpartition(":")[0], elsewhere.url)
    assert "SECRET" not in everything(caught.value)


def test_a_post_that_is_answered_elsewhere_goes_there_as_a_get(
    twin: Twin, server: RawServer, elsewhere: RawServer
) -> None:
    server.answer = to(f"{elsewhere.url}/y", 303)
    twin(call("POST", body=BODY), follow_redirects=True)
    assert (elsewhere.last.method, elsewhere.last.body) == ("GET", b"")


def test_a_key_against_repetition_is_not_counted_on_elsewhere(
    twin: Twin, server: RawServer, elsewhere: RawServer
) -> None:
    server.answer = to(f"{elsewhere.url}/y", 303)
    elsewhere.answer = reply(503)
    with pytest.raises(errors.ServiceUnavailable):
        twin(call("POST", body=BODY, idempotency="Idempotency-Key"), follow_redirects=True, retries=QUICK)
    assert len(elsewhere.seen) == 1
    assert elsewhere.last.header("idempotency-key") is None


def test_a_401_of_another_origin_gets_no_credential(
    twin: Twin, server: RawServer, elsewhere: RawServer
) -> None:
    asked: list[int] = []

    def token() -> str:
        asked.append(1)
        return f"t{len(asked)}"

    server.answer = to(f"{elsewhere.url}/y")
    elsewhere.answer = reply(401, headers=(("WWW-Authenticate", "Bearer"),))
    with pytest.raises(errors.Unauthorized):
        twin(call(), token=token, follow_redirects=True, retries=QUICK)
    assert [seen.header("authorization") for seen in (*server.seen, *elsewhere.seen)] == ["Bearer t1", None]


# To nowhere.

NOWHERE = [
    "", "file:///etc/passwd", "javascript:alert(1)", "data:text/plain,x", "ftp://x/", "ws://x/", "gopher://x", "blob:x", "//",
    "http://", "http:///x", "http://[", "http://[::1", "http://x:99999/", "http://x:y/", "http://user:pw@x/", "http://user@x/",
    "//user:pw@x/", "http://x\x7f/", "x" * 60_000, "http://x/" + "y" * 60_000, "http://é/", "http://x\\@y/\x1b", "mailto:a@b",
    "unix:/var/run/docker.sock", "HTTP+UNIX://x", "about:blank", "http://-\x01",
]  # fmt: skip


@pytest.mark.parametrize("location", NOWHERE, ids=lambda text: repr(text)[:25])
def test_what_is_no_place_to_go_to_is_told(twin: Twin, server: RawServer, location: str) -> None:
    server.answer = to(location)
    with pytest.raises((errors.Redirect, errors.TransportError)) as caught:
        twin(call(), follow_redirects=True, retries=0)
    if isinstance(caught.value, errors.Redirect):
        assert "the redirect names no place that can be followed" in str(caught.value)
    assert str(caught.value).isprintable()
    assert len(str(caught.value)) < 300
    assert "pw" not in everything(caught.value).replace("passwd", "")
    assert len(server.seen) == 1


def test_a_redirect_without_a_place_is_told(twin: Twin, server: RawServer) -> None:
    server.answer = reply(302)
    with pytest.raises(errors.Redirect, match="names no place"):
        twin(call(), follow_redirects=True)


@pytest.mark.parametrize(
    "head",
    [
        b"Location: /y\r\nLocation: http://evil.example/\r\n",
        b"Location: /y\rX: 1\r\n",
        b"Location: /y\x00\r\n",
        b"Location: " + b"x" * 1_000_000 + b"\r\n",
        b"Location: /\xe9\r\n",
        b"Location: /y\r\n X-Folded: http://evil.example/\r\n",
    ],
    ids=["two", "CR", "NUL", "1 MB", "Latin-1", "folded"],
)
def test_headers_that_are_none_lead_nowhere_else(twin: Twin, server: RawServer, head: bytes) -> None:
    first = b"HTTP/1.1 302 Found\r\n" + head + b"Content-Length: 0\r\n\r\n"
    server.answer = [first, reply(200, WIDGET)]
    # refused, or on this very server
    with suppress(errors.Redirect, errors.TransportError):
        twin(call(), follow_redirects=True, retries=0)
    assert server.seen
    assert all(seen.target.startswith("/") and len(seen.target) < 100 for seen in server.seen)
    assert all(seen.header("x") is None and seen.header("x-folded") is None for seen in server.seen)


# What needs no server.


def redirected(url: str, location: str, *, credentials: Any = ()) -> Any:
    from specwright.runtime.reply import Reply  # noqa: PLC0415
    from specwright.runtime.request import Request  # noqa: PLC0415
    from specwright.runtime.types import Retries, Timeout  # noqa: PLC0415
    from specwright.runtime.wire import origin  # noqa: PLC0415

    request = Request(
        call().operation,
        url=url,
        origin=origin(url),
        headers={"authorization": ("Authorization", "Bearer x"), "accept": ("Accept", "a/b")},
        content=None,
        timeout=Timeout(),
        retries=Retries(),
        credentials=list(credentials),
        private=(OMIT,),
    )
    raw = [(b"Location", location.encode())]
    return followed(request, Reply(302, raw, content_type="", content=b"", cut=False), left=1)


@pytest.mark.parametrize(
    ("url", "location"),
    [
        ("https://a.example/x", "http://a.example/y"),
        ("https://a.example/x", "http://b.example/y"),
        ("https://a.example/x", "http://a.example:443/y"),
        ("https://a.example/x", "HTTP://a.example/y"),
    ],
)
def test_there_is_no_way_down_from_https(url: str, location: str) -> None:
    assert redirected(url, location) == "a redirect from HTTPS to plain HTTP is not followed"


@pytest.mark.parametrize(
    ("location", "same"),
    [
        ("https://a.example/y", True),
        ("https://A.EXAMPLE/y", True),
        ("https://a.example:443/y", True),
        ("/y", True),
        ("?y", True),
        ("https://a.example:8443/y", False),
        ("https://a.example.evil.example/y", False),
        ("https://evil.example/a.example", False),
        ("https://evil.example#@a.example/", False),
        ("https://evil.example?@a.example/", False),
        ("//evil.example/y", False),
        ("https://a.example./y", False),
        ("https://sub.a.example/y", False),
        ("https://xn--a-ecp.example/y", False),
        ("https://127.0.0.1/y", False),
    ],
)
def test_what_the_same_origin_is(location: str, *, same: bool) -> None:
    there = redirected("https://a.example/x", location)
    assert there.abroad is not same
    assert ("authorization" in there.headers) is same
    assert there.origin == (there.origin[0], httpx2.URL(there.url).raw_host, httpx2.URL(there.url).port)


@pytest.mark.parametrize(
    "location",
    [r"https://evil.example\@a.example/", r"\\evil.example/y", r"/\evil.example/y", "/\t/evil.example"],
)
def test_another_spelling_of_a_slash_opens_no_way_around(location: str) -> None:
    there = redirected("https://a.example/x", location)
    if not isinstance(there, str):
        host = httpx2.URL(there.url).host
        assert ("authorization" in there.headers) is (host == "a.example")
