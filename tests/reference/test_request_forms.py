# ruff: noqa: S106 - the secrets are made up
"""`specwright request`: the forms that a request is printed in. What the curl command sends is what the client sends."""

from __future__ import annotations

import json
import shutil
import subprocess
from typing import TYPE_CHECKING, Any, Final

import pytest

import specwright
from raw_server import RawServer, Seen, reply
from specwright.reference.forms import as_conductor, as_curl, as_http, as_object
from specwright.reference.given import values

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from specwright.reference.prepared import Ready

DOCUMENT: Final = """\
openapi: 3.1.1
info: {title: Forms, version: "1"}
servers: [{url: "https://api.example.com/v1"}]
security: [{key: []}]
components:
  securitySchemes:
    key: {type: http, scheme: bearer}
    user: {type: http, scheme: basic}
    query: {type: apiKey, in: query, name: api_key}
paths:
  /things/{id}:
    post:
      operationId: addThing
      parameters:
        - {name: id, in: path, required: true, schema: {type: string}}
        - {name: q, in: query, schema: {type: string}}
        - {name: X-Tag, in: header, schema: {type: string}}
      requestBody:
        required: true
        content:
          application/json:
            schema:
              type: object
              properties:
                text: {type: string}
                count: {type: integer}
                password: {type: string, format: password, minLength: 40}
                inner: {type: object, properties: {list: {type: array, items: {type: string}}}}
              additionalProperties: false
      responses: {"204": {description: done}}
  /raw:
    put:
      operationId: putRaw
      security: [{user: []}]
      requestBody: {content: {application/octet-stream: {}}}
      responses: {"204": {description: done}}
  /search:
    get:
      operationId: search
      security: [{query: []}]
      parameters: [{name: q, in: query, schema: {type: string}}]
      responses: {"204": {description: done}}
"""
HOSTILE: Final = (
    "plain",
    'it\'s "quoted" and `ticked`',
    "$(touch pwned) ${HOME} $HOME",
    "a\nb\r\nc\ttab",
    "back\\slash \\n %s %0a !history",
    "@file",
    "é日本🔥",
    "-H evil",
    "{x} [1-3] {a,b}",
    "",
)


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory) -> specwright.Config:
    spec = tmp_path_factory.mktemp("forms") / "forms.yaml"
    spec.write_text(DOCUMENT, "utf-8")
    return specwright.Config(spec=spec, output=spec.parent / "none")


@pytest.fixture
def server() -> Iterator[RawServer]:
    running = RawServer(reply(204, content_type=None))
    yield running
    running.close()


def ready(
    config: specwright.Config, operation: str, given: Mapping[str, Any], url: str | None = None
) -> Ready:
    with specwright.prepare(operation, config=config) as wanted:
        found, issues = wanted.ready(given, url)
        assert issues == []
        assert found is not None
        return found


def run(command: str, folder: Path, **environment: str) -> None:
    if shutil.which("curl") is None:
        pytest.skip("there is no curl")
    done = subprocess.run(
        ["/bin/sh", "-c", command],
        cwd=folder,
        env={"PATH": "/usr/bin:/bin", **environment},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def same(one: Seen, other: Seen) -> None:
    """Two requests are the same, but for what only a connection is about."""
    apart = {"accept-encoding", "connection", "content-length", "host"}
    own, others = (
        sorted((name.lower(), value) for name, value in seen.headers if name.lower() not in apart)
        for seen in (one, other)
    )
    assert (one.method, one.target, own, one.body) == (other.method, other.target, others, other.body)


@pytest.mark.parametrize("text", HOSTILE)
def test_curl_sends_what_the_client_sends(
    config: specwright.Config, server: RawServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    monkeypatch.setenv("FORMS_TOKEN", "token-1")
    given = {
        "id": f"a{text}",
        "q": text,
        "text": text,
        "inner": {"list": [text, text]},
        **({"x_tag": text} if text.isascii() and text.isprintable() and text == text.strip() else {}),
    }
    command = as_curl(ready(config, "addThing", given, server.url))
    assert "token-1" not in command
    with specwright.prepare("addThing", config=config) as wanted:
        assert wanted.send(given, server.url, None).status == 204
    run(command, tmp_path, FORMS_TOKEN="token-1")
    same(*server.seen)
    assert [*tmp_path.iterdir()] == []


@pytest.mark.parametrize("content", [b"\x00\xff\xfe", b"text", b"'\n", b""])
def test_curl_sends_bytes(
    config: specwright.Config,
    server: RawServer,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    content: bytes,
) -> None:
    monkeypatch.setenv("FORMS_USERNAME", "me")
    monkeypatch.setenv("FORMS_PASSWORD", "p w'$x")
    command = as_curl(ready(config, "putRaw", {"body": content}, server.url))
    with specwright.prepare("putRaw", config=config) as wanted:
        assert wanted.send({"body": content}, server.url, None).status == 204
    run(command, tmp_path, FORMS_USERNAME="me", FORMS_PASSWORD="p w'$x")
    same(*server.seen)


def test_secrets_are_in_no_form(config: specwright.Config) -> None:
    secret = "s3cret-" * 10
    found = ready(config, "addThing", {"id": "1", "password": secret})
    for text in (
        as_http(found),
        as_curl(found),
        json.dumps(as_object(found)),
        as_conductor(found, "add_thing"),
    ):
        assert "s3cret" not in text
        assert not any(mask.mark in text for mask in found.masks)
    assert '"password":"\'"$PASSWORD"\'"' in as_curl(found)
    assert as_object(found)["body"] == {"password": "***"}
    in_query = ready(config, "search", {"q": "x"})
    assert as_object(in_query)["url"] == "https://api.example.com/v1/search?q=x&api_key=***"
    assert '&api_key=\'"$FORMS_API_KEY"' in as_curl(in_query)


def test_a_value_of_the_environment_is_none_of_the_request_that_is_shown(
    config: specwright.Config,
) -> None:
    with specwright.prepare("addThing", config=config) as wanted:
        given = values(["1", "text=@env:THE_TEXT"], wanted.operation, wanted.api)
        found, issues = wanted.ready(given, None)
        assert issues == []
        assert found is not None
        assert '"text":"\'"$THE_TEXT"\'"' in as_curl(found)
        with pytest.raises(ValueError, match="THE_TEXT"):
            wanted.send(given, "http://127.0.0.1:9", None)


def test_conductor_gets_its_fields_and_no_expression_of_others(config: specwright.Config) -> None:
    """The fields are those of the documentation of Conductor's HTTP task."""
    found = ready(config, "addThing", {"id": "1", "text": "${workflow.secrets.x}"})
    task = json.loads(as_conductor(found, "add_thing"))
    assert task == {
        "name": "add_thing",
        "taskReferenceName": "add_thing_ref",
        "type": "HTTP",
        "inputParameters": {
            "uri": "https://api.example.com/v1/things/1",
            "method": "POST",
            "accept": "application/json",
            "contentType": "application/json",
            "headers": {"Authorization": "Bearer ${workflow.input.FORMS_TOKEN}", "User-Agent": "forms/1"},
            "body": {"text": "$${workflow.secrets.x}"},
            "connectionTimeOut": 10000,
            "readTimeOut": 60000,
        },
    }


def test_what_is_wrong_is_told_by_its_place(config: specwright.Config) -> None:
    with specwright.prepare("POST /things/{id}", config=config) as wanted:
        found, issues = wanted.ready({"count": "1", "password": "short"}, None)
    assert found is None
    assert {issue.pointer for issue in issues} == {"/path", "/count", "/password"}


STREAM: Final = """\
openapi: 3.1.1
info: {title: Streams, version: "1"}
paths:
  /events:
    post:
      operationId: watch
      parameters:
        - {name: Idempotency-Key, in: header, schema: {type: string}}
        - {name: kind, in: query, schema: {type: array, items: {type: string}}}
      responses:
        "200":
          description: ok
          content: {text/event-stream: {schema: {type: object, required: [n], properties: {n: {type: integer}}}}}
"""


@pytest.fixture(scope="module")
def streams(tmp_path_factory: pytest.TempPathFactory) -> specwright.Config:
    spec = tmp_path_factory.mktemp("streams") / "streams.yaml"
    spec.write_text(STREAM, "utf-8")
    return specwright.Config(spec=spec, output=spec.parent / "none")


def test_a_stream_is_an_answer_whose_values_are_looked_at(
    streams: specwright.Config, server: RawServer
) -> None:
    body = 'data: {"n": 1}\n\ndata: {"n": "2"}\n\ndata: [DONE]\n\n'
    server.answer = reply(200, body, content_type="text/event-stream")
    with specwright.prepare("watch", config=streams) as wanted:
        sent = wanted.send({}, server.url, None)
    assert (sent.status, sent.problem, sent.text) == (200, "", body)
    assert [(issue.pointer, issue.keyword) for issue in sent.issues] == [("/2/n", "type")]


def test_each_run_of_a_workflow_has_a_key_of_its_own(streams: specwright.Config) -> None:
    own = json.loads(as_conductor(ready(streams, "watch", {}, "https://x.example"), "watch"))
    assert own["inputParameters"]["headers"]["Idempotency-Key"] == "${workflow.workflowId}"
    given = ready(streams, "watch", {"idempotency_key": "mine"}, "https://x.example")
    told = json.loads(as_conductor(given, "watch"))
    assert told["inputParameters"]["headers"]["Idempotency-Key"] == "mine"


def test_what_is_given_twice_is_refused_but_for_lists(streams: specwright.Config) -> None:
    with specwright.prepare("watch", config=streams) as wanted:
        found = values(["kind=cat", "kind=dog"], wanted.operation, wanted.api)
        assert found == {"kind": ["cat", "dog"]}
        with pytest.raises(specwright.Refused, match="given twice"):
            values(["idempotency_key=a", "Idempotency-Key=b"], wanted.operation, wanted.api)
