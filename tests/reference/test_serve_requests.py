# ruff: noqa: S105, S106 - the secrets are made up
"""`specwright serve`: what the page is told of operations, of requests as they are typed, and of answers."""

from __future__ import annotations

import json
from base64 import b64encode
from typing import TYPE_CHECKING, Any

import pytest

import specwright
from raw_server import RawServer, reply
from reference.served import DOCUMENT, Served, serving
from specwright.reference.forms import as_conductor, as_curl, as_http, as_json
from specwright.reference.python import as_python

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TOKEN = 'to"k\\en/+=%1'
USER, PASSWORD = "the-user", "p w/ü:%"
GIVEN = {"id": "a b", "kind": "big", "tree": {"name": "oak", "branches": [{"name": "twig"}]}}


@pytest.fixture(scope="module")
def vendor() -> Iterator[RawServer]:
    running = RawServer(reply(200, {"id": 1}))
    yield running
    running.close()


@pytest.fixture(scope="module")
def spec(tmp_path_factory: pytest.TempPathFactory, vendor: RawServer) -> Path:
    file = tmp_path_factory.mktemp("served") / "things.yaml"
    file.write_text(DOCUMENT.replace("@VENDOR@", vendor.url), "utf-8")
    return file


@pytest.fixture(scope="module")
def served(spec: Path, vendor: RawServer) -> Iterator[Served]:
    with serving(
        spec,
        "--base-url",
        vendor.url,
        THINGS_TOKEN=TOKEN,
        THINGS_USERNAME=USER,
        THINGS_PASSWORD=PASSWORD,
    ) as running:
        yield running


@pytest.fixture(autouse=True)
def answers(vendor: RawServer) -> None:
    vendor.answer = reply(200, {"id": 1})
    vendor.seen.clear()


# --- forms ------------------------------------------------------------------------------------------------------


def test_a_form_has_a_field_for_each_argument_with_its_kind(served: Served) -> None:
    said = served.posted("/form", {"operation": "add-thing"}).json
    fields = {field["name"]: field for field in said["fields"]}
    assert {name: field["place"] for name, field in fields.items()} == {
        "id": "path",
        "limit": "query",
        "x_tag": "header",
        **dict.fromkeys(
            ("kind", "count", "price", "on", "note", "password", "tree", "labels", "either", "shape"), "body"
        ),
    }
    kinds = {name: field["type"]["kind"] for name, field in fields.items()}
    assert (kinds["id"], kinds["limit"], kinds["price"], kinds["on"]) == (
        "text",
        "integer",
        "number",
        "boolean",
    )
    assert (kinds["labels"], kinds["either"]) == ("map", "union")
    kind = said["types"][fields["kind"]["type"]["name"]]
    assert kind == {"kind": "choice", "values": ["small", "big"]}
    assert (fields["kind"]["required"], fields["kind"]["default"]) == (True, "small")
    assert (fields["note"]["nullable"], fields["password"]["secret"], fields["note"]["secret"]) == (
        True,
        True,
        False,
    )
    tree = said["types"][fields["tree"]["type"]["name"]]
    assert tree["fields"][1]["type"] == {"kind": "list", "item": fields["tree"]["type"]}
    assert said["example"]["kind"] in {"small", "big"}
    assert said["variables"] == [{"name": "THINGS_TOKEN", "set": True}]


def test_a_form_has_places_for_files(served: Served) -> None:
    fields = served.posted("/form", {"operation": "add-files"}).json["fields"]
    kinds = {field["name"]: field["type"] for field in fields}
    assert kinds["file"]["kind"] == "file"
    assert kinds["more"] == {"kind": "list", "item": kinds["file"]}
    (body,) = served.posted("/form", {"operation": "put-raw"}).json["fields"]
    assert (body["name"], body["type"]["kind"]) == ("body", "file")


# --- requests ---------------------------------------------------------------------------------------------------


def test_issues_are_told_with_their_fields(served: Served) -> None:
    given = {
        "limit": 0,
        "x_tag": "long",
        "tree": {"name": "oak", "branches": [{"name": "x"}, {}]},
        "labels": {"a/b": "no"},
        "either": "too long",
        "count": "many",
    }
    said = served.said("/prepare", "add-thing", given)
    assert {(issue["field"], issue["keyword"]) for issue in said["issues"]} == {
        ("/id", "required"),
        ("/kind", "required"),
        ("/limit", "minimum"),
        ("/x_tag", "maxLength"),
        ("/tree/branches/0/name", "minLength"),
        ("/tree/branches/1/name", "required"),
        ("/labels/a~1b", "type"),
        ("/either", "maxLength"),
        ("/count", "type"),
    }
    assert said["forms"] is None  # it has no path


def test_a_request_with_issues_is_shown_as_far_as_it_goes(served: Served, vendor: RawServer) -> None:
    said = served.said("/prepare", "add-thing", {"id": "1", "count": "many"})
    assert [issue["field"] for issue in said["issues"]] == ["/kind", "/count"]
    assert '"count": "many"' in said["forms"]["http"]
    assert vendor.seen == []


def test_the_forms_are_those_of_the_command(
    served: Served, spec: Path, vendor: RawServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("THINGS_TOKEN", raising=False)
    said = served.said("/prepare", "add-thing", GIVEN)
    assert said["issues"] == []
    with specwright.prepare("addThing", config=specwright.Config(spec=spec)) as wanted:
        ready, _ = wanted.ready(GIVEN, vendor.url)
        assert ready is not None
        assert said["forms"] == {
            "http": as_http(ready),
            "curl": as_curl(ready),
            "json": as_json(ready),
            "python": as_python(wanted.api, wanted.operation, GIVEN, wanted.variables(), vendor.url),
            "conductor": as_conductor(ready, "add_thing"),
        }
    assert f"base_url='{vendor.url}'" in said["forms"]["python"].replace('"', "'")


def test_what_is_not_of_the_page_is_refused(served: Served) -> None:
    for said, status in (
        ({"operation": "nothing"}, 404),
        ({}, 400),
        ({"operation": "add-thing", "values": []}, 400),
        ({"operation": "add-thing", "values": {"no_such": 1}}, 400),
        ({"operation": "add-files", "files": [{"at": "/file", "base64": "?"}]}, 400),
        ({"operation": "add-files", "files": [{"at": "/no", "name": "", "type": "", "base64": ""}]}, 400),
        (
            {
                "operation": "add-files",
                "files": [{"at": "/more/7", "name": "", "type": "", "base64": ""}],
                "values": {"more": []},
            },
            400,
        ),
        ([], 400),
    ):
        answer = served.posted("/prepare", said)
        assert (answer.status, bool(answer.json["problem"])) == (status, True), said
    assert served.asked("POST", "/prepare", served.headers(), b"{").status == 400
    assert served.asked("POST", "/prepare", served.headers(), b"[" * 100_000).status == 400
    assert served.asked("POST", "/prepare", served.headers(), b"{}" + b" " * 2**25).status == 413


# --- answers ----------------------------------------------------------------------------------------------------


def test_a_request_is_sent_with_the_token_of_the_environment(served: Served, vendor: RawServer) -> None:
    content = (
        b'{"operation":"add-thing","values":{"id":"a b","kind":"big","count":123456789012345678901234567890}}'
    )
    said = served.asked("POST", "/send", served.headers(), content).json
    assert (said["status"], said["well"], said["issues"], said["problem"]) == (200, True, [], "")
    assert (vendor.last.method, vendor.last.target) == ("POST", "/things/a%20b")
    assert vendor.last.header("authorization") == f"Bearer {TOKEN}"
    assert vendor.last.json == {"kind": "big", "count": 123456789012345678901234567890}


def test_an_answer_that_differs_from_the_document_is_told_so(served: Served, vendor: RawServer) -> None:
    vendor.answer = reply(200, {"id": "1", "said": "ü"})
    said = served.said("/send", "add-thing", GIVEN)
    assert not said["well"]
    assert [(issue["pointer"], issue["keyword"]) for issue in said["issues"]] == [("/id", "type")]
    assert (said["body"]["kind"], said["body"]["text"]) == ("json", '{\n  "id": "1",\n  "said": "ü"\n}')


@pytest.mark.parametrize(
    ("content", "kind", "text"),
    [(b"<p>", "text", "<p>"), (b"\xff\x00", "bytes", "/wA="), (b"", "none", "")],
)
def test_an_answer_is_shown_whatever_it_is(
    served: Served, vendor: RawServer, content: bytes, kind: str, text: str
) -> None:
    vendor.answer = reply(500, content, content_type="text/html")
    said = served.said("/send", "add-thing", GIVEN)
    assert (said["status"], said["body"]["kind"], said["body"]["text"]) == (500, kind, text)
    assert said["problem"]


def test_nothing_is_sent_that_has_issues(served: Served, vendor: RawServer) -> None:
    said = served.said("/send", "add-thing", {"id": "1"})
    assert (said["status"], [issue["field"] for issue in said["issues"]]) == (None, ["/kind"])
    assert vendor.seen == []


def test_files_are_sent(served: Served, vendor: RawServer) -> None:
    vendor.answer = reply(204, content_type=None)
    files = [
        {"at": "/file", "name": 'a"b.txt', "type": "text/plain", "base64": b64encode(b"one").decode()},
        {"at": "/more/1", "name": "2.bin", "type": "", "base64": b64encode(b"\0\xff").decode()},
        {"at": "/more/0", "name": "1.bin", "type": "", "base64": b64encode(b"two").decode()},
    ]
    values = {"title": "t", "more": [None, None]}
    assert served.said("/send", "add-files", values, files=files)["status"] == 204
    parts = vendor.last.body.split(b"\r\n--")
    assert any(b'filename="a%22b.txt"\r\nContent-Type: text/plain\r\n\r\none' in part for part in parts)
    assert vendor.last.body.index(b"two") < vendor.last.body.index(b"\0\xff")
    raw = [{"at": "/body", "name": "x", "type": "", "base64": b64encode(b"\0raw").decode()}]
    assert served.said("/send", "put-raw", files=raw)["status"] == 204
    assert vendor.last.body == b"\0raw"


def test_a_secret_that_is_echoed_reaches_no_page(served: Served, vendor: RawServer) -> None:
    """As it is, and as URLs, headers and JSON write it."""
    pair = b64encode(f"{USER}:{PASSWORD}".encode()).decode()
    token = [TOKEN, b64encode(TOKEN.encode()).decode(), "to%22k%5Cen%2F%2B%3D%251"]
    user = [PASSWORD, pair, "p%20w%2F%C3%BC%3A%25", "p+w%2F%C3%BC%3A%25"]
    raw = [{"at": "/body", "name": "x", "type": "", "base64": ""}]
    for operation, given, files, sent, secrets in (
        ("add-thing", GIVEN, [], f"Bearer {TOKEN}", token),
        ("put-raw", {}, raw, f"Basic {pair}", user),
    ):
        for body in ({"id": secrets}, {"".join(secrets): 1}, " ".join(secrets), f'"{secrets[0]}'):
            vendor.answer = reply(200, body, headers=(("X-Echo", sent), ("X-Other", secrets[2])))
            answer = served.posted("/send", {"operation": operation, "values": given, "files": files})
            assert vendor.last.header("authorization") == sent
            assert answer.json["status"] == 200
            for shown in (answer.whole.decode(), *_texts(answer.json)):
                assert not [secret for secret in secrets if secret in shown]
                assert not [secret for secret in secrets if json.dumps(secret)[1:-1] in shown]
    for answer in (
        served.posted("/form", {"operation": "put-raw"}),
        served.posted("/prepare", {"operation": "add-thing", "values": GIVEN}),
        served.posted("/prepare", {"operation": "put-raw", "files": raw}),
        served.asked("GET", "/"),
        served.asked("GET", "/operations/add-thing.html"),
        served.asked("GET", "/trying.js"),
    ):
        assert answer.status == 200
        assert not [secret for secret in (*token, *user) if secret in answer.whole.decode()]


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield name
            yield from _texts(inner)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)


def test_a_token_that_is_asked_for_on_the_way_reaches_no_page(tmp_path: Path, vendor: RawServer) -> None:
    spec = tmp_path / "things.yaml"
    flow = f"{{clientCredentials: {{tokenUrl: '{vendor.url}/token', scopes: {{}}}}}}"
    spec.write_text(
        DOCUMENT.replace("key: {type: http, scheme: bearer}", f"key: {{type: oauth2, flows: {flow}}}"),
        "utf-8",
    )
    # One answer for both: the token, and the thing that says it again.
    vendor.answer = reply(200, {"access_token": "got-on-the-way", "token_type": "bearer", "id": 1})
    environment = {"THINGS_CLIENT_ID": "who", "THINGS_CLIENT_SECRET": "client-secret"}
    with serving(spec, "--base-url", vendor.url, **environment) as served:
        answer = served.posted("/send", {"operation": "add-thing", "values": GIVEN})
    assert answer.json["status"] == 200
    assert vendor.last.header("authorization") == "Bearer got-on-the-way"
    assert "***" in answer.json["body"]["text"]
    assert "got-on-the-way" not in answer.text
    assert "client-secret" not in answer.text


# --- where requests go ------------------------------------------------------------------------------------------


def test_requests_go_to_the_base_url_whatever_the_page_says(served: Served, vendor: RawServer) -> None:
    other = RawServer(reply(200, {"id": 2}))
    try:
        for more in ({"server": 1}, {"server": other.url}, {"base_url": other.url}, {"url": other.url}):
            assert served.said("/send", "add-thing", GIVEN, **more)["status"] == 200
        assert [seen.target for seen in vendor.seen] == ["/things/a%20b"] * 4
        assert other.seen == []
    finally:
        other.close()


def test_a_redirect_is_shown_and_not_followed(served: Served, vendor: RawServer) -> None:
    other = RawServer(reply(200, {"id": 2}))
    try:
        vendor.answer = reply(307, headers=(("Location", f"{other.url}/elsewhere"),))
        said = served.said("/send", "add-thing", GIVEN)
        assert said["status"] == 307
        assert other.seen == []
        assert len(vendor.seen) == 1
    finally:
        other.close()


def test_servers_of_the_document_are_named_by_their_numbers(spec: Path, vendor: RawServer) -> None:
    other = RawServer(reply(200, {"id": 2}))
    try:
        with serving(spec, THINGS_TOKEN="token-1") as served:
            assert served.said("/send", "add-thing", GIVEN, server=1)["status"] == 200
            assert vendor.last.target == "/second/things/a%20b"
            shown = served.said("/prepare", "add-thing", GIVEN)
            assert "Host: api.example.com" in shown["forms"]["http"]
            for number in (2, -1, other.url, f"{vendor.url}/second", None, 1.0, {}):
                answer = served.posted("/send", {"operation": "add-thing", "values": GIVEN, "server": number})
                assert answer.status == 400, number
        assert other.seen == []
    finally:
        other.close()


def test_without_a_server_requests_are_shown_nowhere(tmp_path: Path) -> None:
    spec = tmp_path / "things.yaml"
    spec.write_text(
        DOCUMENT.replace("https://api.example.com", "").replace('"@VENDOR@/second"', "/x"), "utf-8"
    )
    with serving(spec) as served:
        for path in ("/prepare", "/send"):
            assert "--base-url" in served.said(path, "add-thing", GIVEN)["problem"]


def test_the_document_is_read_again_when_it_changes(tmp_path: Path, vendor: RawServer) -> None:
    spec = tmp_path / "things.yaml"
    spec.write_text(DOCUMENT, "utf-8")
    with serving(spec, "--base-url", vendor.url) as served:
        assert served.said("/prepare", "add-thing", GIVEN)["issues"] == []
        spec.write_text(DOCUMENT.replace("[small, big]", "[small, bigger]"), "utf-8")
        assert [issue["field"] for issue in served.said("/prepare", "add-thing", GIVEN)["issues"]] == [
            "/kind"
        ]
        spec.write_text("openapi: [", "utf-8")
        answer = served.posted("/prepare", {"operation": "add-thing", "values": GIVEN})
        assert (answer.status, "things.yaml" in answer.json["problem"]) == (409, True)
        assert served.asked("GET", "/").status == 409
        spec.write_text(DOCUMENT.replace("addThing", "addOther"), "utf-8")
        assert served.posted("/prepare", {"operation": "add-thing"}).status == 404
        assert served.said("/prepare", "add-other", GIVEN)["issues"] == []
        assert served.asked("GET", "/operations/add-other.html").status == 200
