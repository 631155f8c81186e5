# ruff: noqa: S106 - these secrets are made up
from __future__ import annotations

import asyncio
import threading
from base64 import b64encode
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

import pytest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cases.server import Seen, Server

OWN = {"client_id": "machine", "client_secret": "its-secret"}
PAIR = b64encode(b"machine:its-secret").decode()


@pytest.fixture(autouse=True)
def _gives_tokens(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("TOKEN", "ID", "SECRET"):
        monkeypatch.delenv(f"OAUTH2_CASE_{name}", raising=False)
    # the same answer to every request: a token, and a thing
    server.answer({"access_token": "t1", "token_type": "bearer", "expires_in": 3600, "name": "n"})


def taken(server: Server) -> list[Seen]:
    seen = list(server._seen)
    server._seen.clear()
    return seen


def test_a_token_is_asked_for_once_when_it_is_needed(package: Any, server: Server) -> None:
    with package.Client(**OWN, base_url=f"{server.url}/v1", scopes=["read", "write"]) as client:
        server.answer(status=204)
        client.anyone()
        assert [seen.target for seen in taken(server)] == ["/v1/open"]
        server.answer({"access_token": "t1", "expires_in": 3600, "name": "n"})
        assert client.members().name == "n"
        client.make()
    asked, *calls = taken(server)
    assert (asked.method, asked.target) == ("POST", "/oauth/token")
    assert asked.headers["authorization"] == f"Basic {PAIR}"
    assert dict(parse_qsl(asked.body.decode())) == {
        "grant_type": "client_credentials",
        "scope": "read write",
    }
    assert [seen.headers["authorization"] for seen in calls] == ["Bearer t1", "Bearer t1"]


def test_one_scope_may_be_text(package: Any, server: Server) -> None:
    package.Client(**OWN, base_url=server.url, scopes="read").members()
    assert dict(parse_qsl(taken(server)[0].body.decode()))["scope"] == "read"


def test_without_scopes_none_is_sent(package: Any, server: Server) -> None:
    package.Client(**OWN, base_url=server.url).members()
    assert taken(server)[0].body == b"grant_type=client_credentials"


def test_threads_and_tasks_share_it(package: Any, server: Server) -> None:
    with package.Client(**OWN, base_url=server.url) as client:
        threads = [threading.Thread(target=client.members) for _ in range(20)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert [seen.target for seen in taken(server)].count("/oauth/token") == 1

    async def main() -> None:
        async with package.AsyncClient(**OWN, base_url=server.url) as client:
            await asyncio.gather(*(client.members() for _ in range(20)))

    asyncio.run(main())
    assert [seen.target for seen in taken(server)].count("/oauth/token") == 1


@pytest.mark.parametrize(
    ("variables", "given", "sent"),
    [
        ({"ID": "machine", "SECRET": "its-secret"}, {}, "Bearer t1"),
        ({"ID": "machine"}, {"client_secret": "its-secret"}, "Bearer t1"),
        ({"TOKEN": "t0", "ID": "machine", "SECRET": "its-secret"}, {}, "Bearer t0"),
        ({}, {"token": "t9"}, "Bearer t9"),
        ({"TOKEN": "t0"}, {"token": lambda: "t8"}, "Bearer t8"),
    ],
)
def test_arguments_and_variables_of_the_configuration(  # noqa: PLR0913, PLR0917  # a table's columns
    package: Any,
    server: Server,
    monkeypatch: pytest.MonkeyPatch,
    variables: Mapping[str, str],
    given: Mapping[str, Any],
    sent: str,
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(f"OAUTH2_CASE_{name}", value)
    package.Client(**given, base_url=server.url).members()
    *asked, call = taken(server)
    assert call.headers["authorization"] == sent
    assert [seen.headers["authorization"] for seen in asked] == (
        [f"Basic {PAIR}"] if sent.endswith("t1") else []
    )


def test_what_is_missing_is_said(package: Any, server: Server) -> None:
    with pytest.raises(
        package.MissingCredentials, match=r"`client_id` \(or the environment variable OAUTH2_CASE_ID\)"
    ):
        package.Client(base_url=server.url, client_secret="its-secret").members()
    assert server.untouched


@pytest.mark.parametrize(
    "answer",
    [
        {"error": "invalid_client its-secret"},
        b"<html>its-secret",
        {"access_token": "its-secret\r\nX: 1"},
        {"access_token": 1},
        [],
    ],
)
def test_no_token_is_an_error_without_secrets(package: Any, server: Server, answer: Any) -> None:
    server.answer(answer)
    with (
        package.Client(**OWN, base_url=server.url) as client,
        pytest.raises(package.errors.TokenError) as caught,
    ):
        client.make()
    error = caught.value
    assert "its-secret" not in f"{error!r} {error} {error.args} {error.__cause__} {error.__context__}"
    assert (error.method, error.path) == ("POST", "/things")
    assert [seen.target for seen in taken(server)] == ["/oauth/token"]


def test_nothing_prints(package: Any, server: Server) -> None:
    client = package.Client(**OWN, base_url=server.url)
    client.members()
    assert not any(secret in repr(vars(client)) + repr(client) for secret in ("its-secret", PAIR))
