from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from document.conftest import HEAD
from raw_server import nobody
from specwright.config import Budgets, Config
from specwright.document import load, remote
from specwright.problems import Place, Refused, headline

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from specwright.document import Document

HERE = Place("spec.yaml", 1, 1, "", "")


class Host:
    """A host of this machine: what it answers by path, and what it was asked."""

    def __init__(self) -> None:
        self.answers: dict[str, str | bytes | tuple[int, str]] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        host = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                host.asked.append((self.path, {key.lower(): value for key, value in self.headers.items()}))
                answer = host.answers.get(self.path, (404, ""))
                status, moved = answer if isinstance(answer, tuple) else (200, "")
                self.send_response(status)
                if moved:
                    self.send_header("Location", moved)
                self.end_headers()
                if not isinstance(answer, tuple):
                    self.wfile.write(answer if isinstance(answer, bytes) else answer.encode())

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.name = f"127.0.0.1:{self.server.server_port}"
        self.url = f"http://{self.name}"


@pytest.fixture
def host() -> Iterator[Host]:
    host = Host()
    thread = threading.Thread(target=host.server.serve_forever, args=(0.01,))
    thread.start()
    yield host
    host.server.shutdown()
    thread.join()
    host.server.server_close()


@pytest.fixture
def refer(read: Callable[..., Document], host: Host) -> Callable[..., Document]:
    """A document with a schema `A` that is a reference, the host being allowed."""

    def refer(reference: str, **settings: Any) -> Document:
        text = f"{HEAD}paths: {{}}\ncomponents: {{schemas: {{A: {{$ref: '{reference}'}}}}}}\n"
        return read(text, **{"allow_hosts": (host.name,), **settings})

    return refer


def of(document: Document, name: str = "A") -> Any:
    return document.target(document.root["components"]["schemas"][name])


def test_a_file_of_a_host_that_is_allowed(refer: Callable[..., Document], host: Host) -> None:
    host.answers["/api/pets.yaml?v=1"] = (
        "Pet: {properties: {owner: {$ref: '../more/people.json#/Owner'}, chip: {$ref: '#/Chip'}}}\nChip: {type: strng}\n"
    )
    host.answers["/more/people.json"] = '{"Owner": {"title": "Owner"}}'
    document = refer(f"{host.url}/api/pets.yaml?v=1#/Pet")
    pet = of(document)
    assert document.target(pet["properties"]["owner"]) == {"title": "Owner"}
    assert sorted(document.files) == sorted(
        [f"{host.url}/api/pets.yaml?v=1", f"{host.url}/more/people.json", "spec.yaml"]
    )
    (found,) = document.problems
    assert found.place
    assert (found.place.file, found.place.pointer) == (f"{host.url}/api/pets.yaml?v=1", "/Chip/type")
    assert [path for path, _ in host.asked] == ["/api/pets.yaml?v=1", "/more/people.json"]


def test_nothing_is_sent_but_what_is_asked_for(
    refer: Callable[..., Document], host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    host.answers["/a"] = "title: A"
    assert of(refer(f"{host.url}/a"))["title"] == "A"
    ((_, headers),) = host.asked
    assert set(headers) == {"host", "accept", "accept-encoding", "connection", "user-agent"}
    assert headers["accept-encoding"] == "identity"


def test_a_redirect_within_what_is_allowed(refer: Callable[..., Document], host: Host) -> None:
    host.answers |= {"/a": (302, "/b/a.yaml"), "/b/a.yaml": "{$ref: c.yaml}", "/b/c.yaml": "title: C"}
    document = refer(f"{host.url}/a")
    assert of(document)["title"] == "C"
    assert set(document.files) == {f"{host.url}/a", f"{host.url}/b/c.yaml", "spec.yaml"}


@pytest.mark.parametrize(
    ("moved", "said"),
    [
        ("https://example.com/a", "is redirected to `https://example.com/a`, which is on another host"),
        ("file:///etc/passwd", "is redirected to `file:///etc/passwd`, which is no URL"),
        ("http://example.com/a", "is on another host"),
    ],
)
def test_a_redirect_to_elsewhere(refer: Callable[..., Document], host: Host, moved: str, said: str) -> None:
    host.answers["/a"] = (307, moved)
    with pytest.raises(Refused) as refused:
        refer(f"{host.url}/a")
    (found,) = refused.value.problems
    assert found.code == "ref-remote"
    assert said in found.message


@pytest.mark.parametrize(
    ("url", "hosts", "said"),
    [
        ("https://example.com/a", (), "on another host, and nothing is fetched"),
        ("https://example.com:8443/a", ("example.com",), "on another host"),
        ("https://example.com.evil/a", ("example.com",), "on another host"),
        ("https://example.com@evil/a", ("example.com",), "credentials"),
        ("https://user:pass@example.com/a", ("example.com",), "credentials"),
        ("http://example.com/a", ("example.com",), "is not https"),
        ("http://10.0.0.1/a", ("10.0.0.1",), "is not https"),
        ("//example.com/a", ("example.com",), "is not https"),
        ("ftp://example.com/a", ("example.com",), "is not https"),
        ("https:///a", ("example.com",), "is no URL"),
        ("https://example.com:x/a", ("example.com",), "is no URL"),
        ("https://exämple.com/a", ("exämple.com",), "is no URL"),
        ("https://example.com/a b", ("example.com",), "is no URL"),
        ("https://example.com/a\r\nx: y", ("example.com",), "is no URL"),
    ],
)
def test_what_is_never_fetched(url: str, hosts: tuple[str, ...], said: str) -> None:
    with pytest.raises(Refused) as refused:
        remote.fetch(url, hosts, 1000, HERE)
    (found,) = refused.value.problems
    assert (found.code, found.place) == ("ref-remote", HERE)
    assert said in found.message


def test_the_hint_names_the_option(refer: Callable[..., Document]) -> None:
    with pytest.raises(Refused) as refused:
        refer("https://Example.com:444/a.yaml", allow_hosts=())
    assert "--allow-host example.com:444." in refused.value.problems[0].hint


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ((404, ""), "error[remote-unreachable]: `URL` can't be fetched: the answer is 404 Not Found."),
        (
            (301, "/a"),
            "error[remote-unreachable]: `URL` can't be fetched: it is redirected more than 5 times.",
        ),
        ((302, "//["), "error[remote-unreachable]: `URL` can't be fetched: Invalid IPv6 URL."),
        ("{$ref: '//['}", "error[ref-remote]: The `$ref` `//[` is no URL."),
        (
            b"x" * 2000,
            "error[limit-bytes]: The budget `bytes` allows 1,000 bytes, and here are 1,001 or more.",
        ),
        (
            "<html>",
            "warning[ref-kind]: `URL` leads to text, not to an object; any JSON is accepted in its place.",
        ),
        ("{", "error[yaml-syntax]: A value has to be here."),
    ],
)
def test_what_cannot_be_fetched(
    refer: Callable[..., Document], host: Host, answer: Any, expected: str
) -> None:
    host.answers["/a"] = answer
    try:
        problems = refer(f"{host.url}/a", budgets=Budgets(bytes=1000)).problems
    except Refused as refused:
        problems = refused.problems
    (found,) = problems
    assert headline(found).endswith(expected.replace("`URL`", f"`{host.url}/a`"))


def test_a_host_that_is_not_there(read: Callable[..., Document]) -> None:
    with nobody() as name, pytest.raises(Refused, match="can't be fetched: Connection refused"):
        read(f"{HEAD}components: {{schemas: {{A: {{$ref: 'http://{name}/a'}}}}}}\n", allow_hosts=(name,))


def test_the_number_of_files_counts_remote_ones(refer: Callable[..., Document], host: Host) -> None:
    host.answers |= {"/a": "{$ref: b}", "/b": "title: B"}
    with pytest.raises(Refused, match="limit-files"):
        refer(f"{host.url}/a", budgets=Budgets(files=2))


def test_a_remote_file_reads_no_local_one(refer: Callable[..., Document], host: Host) -> None:
    host.answers["/a"] = "{$ref: 'file:///etc/passwd'}"
    with pytest.raises(Refused, match="ref-remote"):
        refer(f"{host.url}/a")


def test_what_is_in_the_document_is_not_fetched(read: Callable[..., Document], host: Host) -> None:
    document = read(f"""
openapi: 3.2.0
$self: {host.url}/api/spec.yaml
info: {{title: T, version: '1'}}
components:
  schemas:
    A: {{$ref: '{host.url}/api/spec.yaml#/components/schemas/B'}}
    B: {{title: B, $anchor: b}}
    C: {{$ref: 'spec.yaml#/components/schemas/B'}}
    D: {{$ref: '{host.url}/api/spec.yaml#b'}}
    E: {{$ref: '{host.url}/schemas/e.json'}}
    F: {{$ref: '../schemas/e.json#/$defs/G'}}
    H: {{x-more: {{$id: '{host.url}/schemas/e.json', title: E, $defs: {{G: {{$ref: 'e.json'}}}}}}}}
""")
    found = document.root["components"]["schemas"]
    assert document.problems == ()
    assert [of(document, name)["title"] for name in "ABCDEF"] == ["B", "B", "B", "B", "E", "E"]
    assert of(document, "A") is found["B"]
    assert host.asked == []


def test_bytes_that_stand_for_a_document(host: Host) -> None:
    host.answers["/a"] = "title: A"
    text = f"{HEAD}components: {{schemas: {{A: {{$ref: '{host.url}/a'}}}}}}\n".encode()
    config = Config(spec=Path("x"), allow_hosts=(host.name,))
    assert of(load(text, config))["title"] == "A"
