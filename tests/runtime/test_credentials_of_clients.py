"""Where credentials come from, where they go, and that they print nowhere."""

from __future__ import annotations

import copy
import logging
import pickle
import warnings
from base64 import b64decode
from typing import Any

import httpx2
import pytest
import widgets
from telling import TOKEN, everything, frames
from widgets import Twin

from raw_server import RawServer, reply
from specwright.runtime import errors
from specwright.runtime.client import SyncApiClient
from specwright.runtime.credentials import ApiKey, Basic, Bearer, chosen
from specwright.runtime.operation import Answer, Call, Operation
from specwright.runtime.secret import Secret
from specwright.runtime.types import Timeout


def operation(*security: list[str]) -> Call[None]:
    made: Operation[None] = Operation("GET", "/x", security=security, answers={"200": Answer(None)})
    return Call(made)


VARIABLE = "WIDGETS_PASSWORD"
BEARER = operation(["bearer"])


def test_the_argument_comes_before_the_environment(
    twin: Twin, server: RawServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WIDGETS_TOKEN", "from-environment")
    twin(BEARER)
    assert server.last.header("authorization") == f"Bearer {TOKEN}"
    twin(BEARER, token=None)
    assert server.last.header("authorization") == "Bearer from-environment"


def test_the_environment_is_read_when_the_client_is_made(
    server: RawServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = widgets.Client(base_url=server.url)
    monkeypatch.setenv("WIDGETS_TOKEN", "later")
    with pytest.raises(errors.MissingCredentials):
        client._send(BEARER, {})


@pytest.mark.parametrize("environment", [None, ""])
def test_without_credentials_the_call_is_refused_before_anything_is_sent(
    twin: Twin, server: RawServer, monkeypatch: pytest.MonkeyPatch, environment: Any
) -> None:
    if environment is not None:
        monkeypatch.setenv("WIDGETS_TOKEN", environment)
    with pytest.raises(errors.MissingCredentials) as caught:
        twin(BEARER, token=None)
    assert "`token` (or the environment variable WIDGETS_TOKEN)" in str(caught.value)
    assert isinstance(caught.value, ValueError)
    assert server.seen == []


@pytest.mark.parametrize(
    ("security", "given", "authorization", "query"),
    [
        ([], {}, None, ""),
        ([[]], {}, None, ""),
        ([["bearer"]], {"token": "t1"}, "Bearer t1", ""),
        ([["key"]], {"api_key": "a b&c"}, None, "?api_key=a%20b%26c"),
        ([["bearer"], ["key"]], {"api_key": "k1"}, None, "?api_key=k1"),
        ([["bearer"], ["key"]], {"api_key": "k1", "token": "t1"}, "Bearer t1", ""),
        ([["bearer", "key"]], {"api_key": "k1", "token": "t1"}, "Bearer t1", "?api_key=k1"),
        ([["bearer", "key"], ["key"]], {"api_key": "k1"}, None, "?api_key=k1"),
        # credentials that are there are used, wherever none are needed
        ([[], ["bearer"]], {"token": "t1"}, "Bearer t1", ""),
        ([["bearer"], []], {}, None, ""),
        ([["unheard"], ["bearer"]], {"token": "t1"}, "Bearer t1", ""),
    ],
)
def test_the_first_alternative_of_which_all_is_there_is_used(  # noqa: PLR0913, PLR0917  # a table's columns
    twin: Twin, server: RawServer, security: Any, given: Any, authorization: Any, query: Any
) -> None:
    twin(operation(*security), **{"token": None, **given})
    assert server.last.header("authorization") == authorization
    assert server.last.target == f"/x{query}"


def test_all_alternatives_are_named_when_none_can_be_met(twin: Twin) -> None:
    with pytest.raises(errors.MissingCredentials) as caught:
        twin(operation(["bearer", "key"], ["unheard"]), token=TOKEN)
    assert (
        "`token` (or the environment variable WIDGETS_TOKEN) and `api_key`, or the scheme `unheard`"
        in str(caught.value)
    )


def test_the_callers_own_authentication_counts(server: RawServer) -> None:
    for own in (httpx2.Client(auth=("u", "p")), httpx2.Client(headers={"Authorization": "Own 1"})):
        with own:
            widgets.Client(base_url=server.url, http_client=own)._send(BEARER, {})
    assert [seen.header("authorization") for seen in server.seen] == ["Basic dTpw", "Own 1"]
    with widgets.Client(base_url=server.url) as client:
        client._send(BEARER, {"extra_headers": {"authorization": "Mine 2"}})
    assert server.last.header("authorization") == "Mine 2"


def test_an_argument_comes_before_the_callers_client_and_that_before_the_environment(
    server: RawServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WIDGETS_TOKEN", "from-environment")
    with httpx2.Client(auth=("u", "p")) as own:
        widgets.Client(base_url=server.url, http_client=own)._send(BEARER, {})
        assert server.last.header("authorization") == "Basic dTpw"
        widgets.Client(base_url=server.url, http_client=own, token=TOKEN)._send(BEARER, {})
        assert server.last.header("authorization") == f"Bearer {TOKEN}"


def test_keys_in_headers_and_cookies_and_basic(server: RawServer) -> None:
    schemes = {
        "header": ApiKey("key", "k 1", name="X-Key", location="header"),
        "cookie": ApiKey("sid", "c1", name="sid", location="cookie"),
        "basic": Basic("username", "ü", "password", "p:w"),
    }
    with SyncApiClient(server.url, schemes, {}) as client:
        call = operation(["header", "cookie", "basic"])
        client._send(Call(call.operation, cookie={"a": "1"}), {})
    seen = server.last
    assert seen.header("x-key") == "k 1"
    assert seen.header("cookie") == "a=1; sid=c1"
    assert b64decode((seen.header("authorization") or "").removeprefix("Basic ")).decode() == "ü:p:w"


def test_a_basic_credential_needs_both(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "p")
    half = Basic("username", None, "password", None, password_env=VARIABLE)
    assert half.source is None
    with pytest.raises(errors.MissingCredentials, match="`username` and `password`"):
        chosen([["basic"]], {"basic": half}, (), foreign=False)
    whole = Basic("username", "", "password", None, password_env=VARIABLE)
    assert whole.source == "environment"


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("SECRET\n", "control character"),
        ("SECRET\r\nInjected: 1", "control character"),
        ("SECRET\x00", "control character"),
        (" SECRET", "space"),
        ("SECRET ", "space"),
        ("Bearer SECRET", "space"),
        ("SECRETé", "not ASCII"),
        ("SECRET日本", "not ASCII"),
        ("SECRET\ud800", "not ASCII"),
        ("", "empty"),
    ],
)
def test_what_cannot_be_a_token_is_refused_without_being_told(
    value: Any, words: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(ValueError, match="token") as caught:
        Bearer("token", value, env="WIDGETS_TOKEN")
    assert words in str(caught.value)
    assert "SECRET" not in "".join(map(str, (caught.value, caught.value.args, caught.value.__cause__)))
    if value and "\x00" not in value and "\ud800" not in value:
        monkeypatch.setenv("WIDGETS_TOKEN", value)
        with pytest.raises(ValueError, match="environment variable WIDGETS_TOKEN") as caught:
            Bearer("token", None, env="WIDGETS_TOKEN")
        assert "SECRET" not in str(caught.value)


@pytest.mark.parametrize(
    "make",
    [
        lambda: ApiKey("api_key", "SECRET\n", name="X", location="header"),
        lambda: ApiKey("api_key", "SECRET;b", name="X", location="cookie"),
        lambda: ApiKey("api_key", "SECRET\r", name="X", location="query"),
        lambda: Basic("api_key", "SECRET:x", "password", "p"),
        lambda: Basic("username", "u", "api_key", "SECRET\n"),
    ],
)
def test_other_credentials_are_checked_for_their_place(make: Any) -> None:
    with pytest.raises(ValueError, match="api_key contains") as caught:
        make()
    assert "SECRET" not in str(caught.value)


def test_a_token_is_text() -> None:
    with pytest.raises(TypeError, match="token must be a str") as caught:
        Bearer("token", b"SECRET")  # type: ignore[arg-type]
    assert "SECRET" not in str(caught.value)


def test_a_secret_prints_nowhere_and_does_not_travel() -> None:
    secret = Secret("SECRET")
    assert secret.reveal() == "SECRET"
    shown = f"{secret} {secret!r} {secret!s} {[secret]} %s {vars(type(secret)).keys()}" % secret
    assert "SECRET" not in shown
    for spread in (pickle.dumps, copy.copy, copy.deepcopy):
        with pytest.raises(TypeError):
            spread(secret)
    bearer = Bearer("token", "SECRET")
    assert "SECRET" not in repr(bearer)
    with pytest.raises(TypeError):
        pickle.dumps(bearer)


KEY = "KEY that must & not print"
BODY = {"name": "n", "settings": {"wandb": {"apiKey": "BODY-SECRET"}, "other": "plain text"}}
FAILURES: dict[str, Any] = {
    "status": reply(
        400,
        {
            "message": f"token {TOKEN}, key KEY%20that%20must%20%26%20not%20print, BODY-SECRET, header HEADER-SECRET"
        },
    ),
    "echo": reply(
        422,
        '{"message":"got {\\"name\\":\\"n\\",\\"settings\\":{\\"wandb\\":{\\"apiKey\\":\\"BODY-SECRET\\"},\\"other\\":\\"plain text\\"}}"}',
    ),
    "text": reply(500, f"<html>{TOKEN} {KEY} BODY-SECRET", content_type="text/html"),
    "not json": reply(200, f"oops {TOKEN} BODY-SECRET"),
    "redirect": reply(302, headers=(("Location", f"https://other.example/{TOKEN}?key={KEY}"),)),
    "not http": f"{TOKEN}\r\n\r\n".encode(),
    "broken off": b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{",
    "cookie": reply(403, {}, headers=(("Set-Cookie", f"sid={TOKEN}"), ("X-Auth-Token", TOKEN))),
}


@pytest.mark.parametrize("failure", FAILURES)
def test_no_error_tells_a_secret(twin: Twin, server: RawServer, failure: Any) -> None:
    server.answer = lambda connection: connection.sendall(FAILURES[failure])
    call = Call(
        Operation(
            "POST",
            "/x",
            security=[["bearer", "key"]],
            answers={"200": Answer(dict), "422": Answer(widgets.Problem)},
        ),
        query={"password": "QUERY-SECRET"},
        body=BODY,
    )
    with pytest.raises(errors.ApiError) as caught:
        twin(call, {"extra_headers": {"X-Other": "HEADER-SECRET"}}, api_key=KEY)
    told = everything(caught.value)
    for secret in (TOKEN, "KEY", "BODY-SECRET", "plain text", "HEADER-SECRET", "QUERY-SECRET"):
        assert secret not in told.replace(failure, ""), secret
    # nor do the local variables of the frames that an error reporter collects
    assert TOKEN not in frames(caught.value, "specwright")
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None


@pytest.mark.parametrize("failure", ["status", "not json", "broken off", "redirect"])
def test_errors_can_be_pickled_and_copied(twin: Twin, server: RawServer, failure: Any) -> None:
    server.answer = lambda connection: connection.sendall(FAILURES[failure])
    with pytest.raises(errors.ApiError) as caught:
        twin(BEARER if failure != "not json" else Call(Operation("GET", "/x", answers={"200": Answer(dict)})))
    error = caught.value
    for again in (pickle.loads(pickle.dumps(error)), copy.copy(error), copy.deepcopy(error)):  # noqa: S301
        assert type(again) is type(error)
        assert str(again) == str(error)
        assert again.args == error.args
        for name, value in vars(error).items():
            assert getattr(again, name) == value


def test_nothing_is_connected_and_no_secret_is_told(twin: Twin) -> None:
    with pytest.raises(errors.TransportError) as caught:
        twin(BEARER, base_url="http://127.0.0.1:1", timeout=Timeout(total=5))
    assert TOKEN not in everything(caught.value)
    assert not caught.value.maybe_sent
    assert "no connection could be made" in str(caught.value)


@pytest.mark.parametrize(
    "host", ["example.com", "10.0.0.1", "127.0.0.1.example.com", "localhost.example.com"]
)
def test_credentials_over_plain_http_are_warned_of(host: Any) -> None:
    with pytest.warns(errors.InsecureConnection) as caught:
        widgets.Client(base_url=f"http://{host}", token=TOKEN).close()
    assert len(caught) == 1
    assert caught[0].filename == __file__ or caught[0].filename.endswith("widgets.py")
    assert TOKEN not in str(caught[0].message)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        widgets.Client(base_url=f"http://{host}").close()


@pytest.mark.parametrize(
    "base_url",
    [
        "http://localhost:1",
        "http://127.0.0.1",
        "http://127.9.9.9",
        "http://[::1]:8",
        "http://api.localhost",
        "https://example.com",
    ],
)
def test_on_this_machine_and_over_tls_they_are_not(base_url: Any) -> None:
    widgets.Client(base_url=base_url, token=TOKEN).close()


def test_our_log_has_no_secret(twin: Twin, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG, logger="specwright"):
        twin(operation(["bearer", "key"]), api_key="LOGGED-KEY")
    ours = [record for record in caplog.records if record.name.startswith("specwright")]
    assert ours
    assert not any(secret in record.getMessage() for record in ours for secret in (TOKEN, "LOGGED-KEY"))


@pytest.mark.parametrize(
    ("name", "version", "agent"),
    [
        ("widgets", "1.2.3", "specwright/1.2.3"),
        ("widgets", '1.0 (beta)\r\nX: "y"', "specwright/1.0-beta-X-y"),
        ("widgets", "é", "specwright"),
    ],
)
def test_the_user_agent_has_the_characters_of_tokens_alone(
    server: RawServer, name: Any, version: Any, agent: Any
) -> None:
    kind = type(name, (SyncApiClient,), {"_version": version})
    with kind(server.url, {}, {}) as client:
        client._send(operation(), {})
    assert server.last.header("user-agent") == agent
