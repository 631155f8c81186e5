# ruff: noqa: S106 - the secrets are made up
"""`specwright serve`: who may ask, how it ends, and what it takes to start."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import threading
from contextlib import suppress
from importlib.util import find_spec
from typing import TYPE_CHECKING

import pytest

import specwright
from raw_server import RawServer, reply
from reference.served import DOCUMENT, Served, serving, started
from specwright.cli import main
from specwright.document import load
from specwright.reference import served as served_package
from specwright.reference.served import library as shelves
from specwright.reference.served.library import Library

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from specwright.document import Document

ASKED = b'{"operation":"add-thing","values":{"id":"1","kind":"big"}}'


@pytest.fixture(scope="module")
def vendor() -> Iterator[RawServer]:
    running = RawServer(reply(200, {"id": 1}))
    yield running
    running.close()


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory, vendor: RawServer) -> Iterator[Served]:
    spec = tmp_path_factory.mktemp("guard") / "things.yaml"
    spec.write_text(DOCUMENT.replace("@VENDOR@", vendor.url), "utf-8")
    with serving(spec, "--base-url", vendor.url, THINGS_TOKEN="token-1") as running:
        yield running


# --- who may ask ------------------------------------------------------------------------------------------------


def test_the_page_may(served: Served, vendor: RawServer) -> None:
    vendor.seen.clear()
    assert served.asked("POST", "/send", served.headers(), ASKED).json["status"] == 200
    assert len(vendor.seen) == 1
    local = f"localhost:{served.host.partition(':')[2]}"
    named = served.headers(Host=local, Origin=f"http://{local}")
    assert served.asked("POST", "/send", named, ASKED).json["status"] == 200
    # Browsers that don't say where a request is from say its origin all the same.
    assert served.asked("POST", "/prepare", served.headers(Sec_Fetch_Site=None), ASKED).status == 200


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"Host": "evil.example"}, 421),
        ({"Host": "evil.example:@PORT@"}, 421),
        ({"Host": "127.0.0.1"}, 421),
        ({"Host": "127.0.0.1:1"}, 421),
        ({"Host": "127.0.0.1:@PORT@.evil.example"}, 421),
        ({"Host": "127.0.0.1.evil.example:@PORT@"}, 421),
        ({"Host": "[::1]:@PORT@"}, 421),
        ({"Host": "0.0.0.0:@PORT@"}, 421),
        ({"Host": "evil.example:@PORT@", "Origin": "http://evil.example:@PORT@"}, 421),
        ({"Sec_Fetch_Site": "cross-site"}, 403),
        ({"Sec_Fetch_Site": "same-site"}, 403),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": None}, 403),
        ({"Origin": "http://127.0.0.1:1"}, 403),
        ({"Origin": "https://127.0.0.1:@PORT@"}, 403),
        ({"Origin": "http://localhost:@PORT@"}, 403),
        ({"X_Specwright_Token": None}, 403),
        ({"X_Specwright_Token": ""}, 403),
        ({"X_Specwright_Token": "x" * 32}, 403),
        ({"X_Specwright_Token": "ü"}, 403),
        ({"Cookie": None}, 403),
        ({"Cookie": "specwright-@PORT@=x"}, 403),
        ({"Cookie": "specwright-@PORT@="}, 403),
        ({"Cookie": '"[]@;='}, 403),
        ({"Content_Type": "text/plain"}, 415),
        ({"Content_Type": "application/x-www-form-urlencoded"}, 415),
        ({"Content_Type": None}, 415),
    ],
)
@pytest.mark.parametrize("path", ["/form", "/prepare", "/send"])
def test_nobody_else_may(
    served: Served, vendor: RawServer, path: str, changed: dict[str, str | None], status: int
) -> None:
    vendor.seen.clear()
    port = served.host.partition(":")[2]
    changes = {name: value and value.replace("@PORT@", port) for name, value in changed.items()}
    answer = served.asked("POST", path, served.headers(**changes), ASKED)
    assert answer.status == status
    assert vendor.seen == []
    assert served.token not in answer.text


def test_a_host_that_is_named_twice_is_none(served: Served) -> None:
    port = int(served.host.partition(":")[2])
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(
            f"GET / HTTP/1.1\r\nHost: {served.host}\r\nHost: evil.example\r\nCookie: {served.cookie}\r\n\r\n".encode()
        )
        assert connection.recv(100).split()[1] in {b"400", b"421"}


@pytest.mark.parametrize("path", ["/", "/operations/add-thing.html", "/trying.js"])
def test_pages_are_for_who_has_the_key(served: Served, path: str) -> None:
    own = {"Host": served.host, "Cookie": served.cookie}
    assert served.asked("GET", path, own).status == 200
    for headers, status in (
        ({"Host": served.host}, 403),
        ({**own, "Cookie": "specwright-1=x"}, 403),
        ({**own, "Host": "evil.example"}, 421),
        ({**own, "Sec-Fetch-Site": "cross-site"}, 403),
        ({**own, "Sec-Fetch-Site": "same-site"}, 403),
    ):
        answer = served.asked("GET", path, headers)
        assert (answer.status, served.token in answer.text) == (status, False)
    assert served.asked("GET", "/?key=wrong", {"Host": served.host}).status == 403
    assert (
        served.asked("GET", f"/trying.js?{served.url.partition('?')[2]}", {"Host": served.host}).status == 403
    )


def test_the_key_becomes_a_cookie_that_no_other_site_sends(served: Served) -> None:
    assert (served.entered.status, served.entered.header("location")) == (303, "/")
    said = (served.entered.header("set-cookie") or "").lower()
    assert "httponly" in said
    assert "samesite=strict" in said
    assert served.token not in said


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "/"), ("GET", "/operations/add-thing.html"), ("GET", "/form.js"), ("GET", "/no"), ("POST", "/send"),
     ("POST", "/no"), ("OPTIONS", "/send"), ("PUT", "/send"), ("GET", "/send"), ("GET", "/operations/..%2fx.html")],
)  # fmt: skip
def test_every_answer_says_what_browsers_may_do_with_it(served: Served, method: str, path: str) -> None:
    for headers in (
        served.headers(),
        served.headers(Origin="https://evil.example"),
        {"Host": "evil.example"},
    ):
        answer = served.asked(method, path, headers, ASKED if method == "POST" else None)
        policy = (answer.header("content-security-policy") or "").split("; ")
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "form-action 'none'" in policy
        assert not any("unsafe" in said or "*" in said for said in policy)
        assert answer.header("x-frame-options") == "DENY"
        assert answer.header("x-content-type-options") == "nosniff"
        assert answer.header("cross-origin-resource-policy") == "same-origin"
        assert answer.header("cache-control") == "no-store"
        assert not any(name.lower().startswith("access-control-") for name, _ in answer.headers)
        assert answer.header("server") is None


def test_only_loopback_is_listened_on(served: Served) -> None:
    port = int(served.host.partition(":")[2])
    name = socket.gethostname()
    for address in {found[4][0] for found in socket.getaddrinfo(name, port, socket.AF_INET)}:
        if not str(address).startswith("127."):
            with pytest.raises(OSError, match="refused"):
                socket.create_connection((str(address), port), timeout=5)
    with pytest.raises(OSError, match="refused"):
        socket.create_connection(("127.0.0.2", port), timeout=5)


def test_text_of_the_document_ends_no_script(tmp_path: Path) -> None:
    spec = tmp_path / "things.yaml"
    hostile = "https://api.example.com/</script><script>alert(1)</script>"
    spec.write_text(
        DOCUMENT.replace("@VENDOR@/second", hostile).replace("Add a thing.", "</script><b>"), "utf-8"
    )
    with serving(spec) as served:
        page = served.asked("GET", "/operations/add-thing.html").text
        assert "<script>alert" not in page
        assert "</script><b>" not in page


# --- how it starts and ends -------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_even_while_a_server_is_waited_for(tmp_path: Path, number: signal.Signals) -> None:
    waiting = threading.Event()
    vendor = RawServer(lambda _: (waiting.set(), vendor.wait(60))[0])
    spec = tmp_path / "things.yaml"
    spec.write_text(DOCUMENT, "utf-8")
    process = started(spec, "--base-url", vendor.url, THINGS_TOKEN="token-1")
    try:
        assert process.stdout is not None
        served = Served(json.loads(process.stdout.readline())["url"], process)

        def ask() -> None:
            with suppress(OSError):  # the connection ends, with an answer or without
                served.asked("POST", "/send", served.headers(), ASKED)

        asking = threading.Thread(target=ask)
        asking.start()
        assert waiting.wait(20)
        process.send_signal(number)
        assert process.wait(20) == 0
        asking.join()
        assert process.communicate() == ("", "")
    finally:
        process.kill()
        vendor.close()


def test_a_port_that_is_taken_is_refused(tmp_path: Path) -> None:
    spec = tmp_path / "things.yaml"
    spec.write_text(DOCUMENT, "utf-8")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        process = started(spec, "--port", str(taken.getsockname()[1]))
        said, error = process.communicate(timeout=30)
    assert process.returncode == 2
    assert json.loads(said)["problems"][0]["code"] == "port-taken"
    assert "port" in error


def test_without_its_extra_it_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    spec = tmp_path / "things.yaml"
    spec.write_text(DOCUMENT, "utf-8")
    monkeypatch.setattr(
        served_package, "find_spec", lambda name: None if name == "uvicorn" else find_spec(name)
    )
    assert main(["serve", str(spec)]) == 2
    error = capsys.readouterr().err
    assert "error[extra-missing]" in error
    assert "pip install 'specwright[serve]'" in error


def test_nothing_else_imports_its_libraries() -> None:
    code = "import sys, specwright.cli, specwright.reference; print({'starlette', 'uvicorn', 'asyncio'} & {*sys.modules})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"


# --- operations that are open -----------------------------------------------------------------------------------


def test_operations_are_closed_when_nobody_needs_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shelves, "MOST", 1)
    spec = tmp_path / "things.yaml"
    spec.write_text(DOCUMENT, "utf-8")
    config = specwright.Config(spec=spec)
    reads: list[Document] = []

    def read() -> tuple[Document, dict[str, str]]:
        reads.append(load(spec, config))
        return reads[-1], {}

    def packages() -> int:
        return sum(name.startswith("specwright_package_") and "." not in name for name in sys.modules)

    before = packages()
    library = Library(config, read)
    with library.operation("add-thing") as first:
        with library.operation("add-thing") as again:
            assert again is first
        with library.operation("add-files") as second:
            assert second is not first
            assert packages() == before + 2  # the first is in use, though no longer kept
        ready, _ = first.prepared.ready({"id": "1", "kind": "big"}, "https://x.example")
        assert ready is not None
    assert packages() == before + 1
    library.close()
    assert packages() == before
    assert len(reads) == 1


def test_what_is_written_while_the_document_is_read_is_read_again(tmp_path: Path) -> None:
    spec = tmp_path / "things.yaml"
    spec.write_text(DOCUMENT, "utf-8")
    config = specwright.Config(spec=spec)
    later = [DOCUMENT.replace("title: Things", "title: Other things")]

    def read() -> tuple[Document, dict[str, str]]:
        document = load(spec, config)
        if later:
            spec.write_text(later.pop(), "utf-8")
        return document, {}

    library = Library(config, read)
    assert library.edition().reference.title == "Things"
    assert library.edition().reference.title == "Other things"
    assert library.edition() is library.edition()
