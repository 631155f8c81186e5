from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any, Final

import pytest

from raw_server import RawServer, nobody

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from cases.server import Server

SECRET: Final = "s3cret-token"  # noqa: S105 -- made up
NAME: Final = "called_from_a_terminal"


def environment(folder: Path, token: str = SECRET) -> dict[str, str]:
    """That of a process which does not compile the package, and all that it needs, each time anew."""
    own = {
        "PYTHONPATH": str(folder),
        "PYTHONPYCACHEPREFIX": str(folder / "compiled"),
        "CALLED_FROM_A_TERMINAL_TOKEN": token,
    }
    return {key: text for key, text in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"} | own


@pytest.fixture
def run(package: Any, packages: Path, server: Server) -> Callable[..., subprocess.CompletedProcess[bytes]]:
    """Runs a command, as `package` is, against the server."""
    assert package.__name__ == NAME

    def run(
        *words: str, stdin: bytes = b"", url: str = server.url, token: str = SECRET, **more: Any
    ) -> subprocess.CompletedProcess[bytes]:
        place = ("--base-url", url) if url else ()
        done = subprocess.run(
            [sys.executable, "-m", NAME, *words[:1], *place, *words[1:]],
            input=stdin,
            capture_output=True,
            check=False,
            env=environment(packages, token),
            **more,
        )
        assert SECRET.encode() not in done.stdout + done.stderr
        assert b"Traceback" not in done.stderr, done.stderr.decode()
        return done

    return run


def test_the_answer_is_written_as_json(run: Any, server: Server) -> None:
    server.answer({"text": "müde", "stars": None, "from": {"first-name": "Ann"}}, status=201)
    done = run("add-note", "--text", "müde", "--stars", "null", "--from.first-name", "Ann", "--from.age", "3")
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout) == {"text": "müde", "stars": None, "from": {"first-name": "Ann"}}
    assert "müde".encode() in done.stdout
    request = server.take()
    assert request.json == {"text": "müde", "stars": None, "from": {"first-name": "Ann", "age": 3}}
    assert request.headers["authorization"] == f"Bearer {SECRET}"


def test_values_are_of_their_types(run: Any, server: Server, tmp_path: Path) -> None:
    server.answer({"text": ""}, status=201)
    (tmp_path / "from.json").write_text('{"first-name": "Ann"}')
    words = ["--text", "1", "--stars", "2", "--labels", "a", "--labels", "@@b", "--kind", "rich"]
    run("add-note", *words, "--made", "2026-01-02T03:04:05Z", "--from", "@from.json", cwd=tmp_path)
    assert server.take().json == {
        "text": "1",
        "stars": 2,
        "labels": ["a", "@b"],
        "kind": "rich",
        "made": "2026-01-02T03:04:05Z",
        "from": {"first-name": "Ann"},
    }
    run("add-note", "--text=@from.json", "--labels", '["x", "y"]', cwd=tmp_path)
    assert server.take().json == {"text": '{"first-name": "Ann"}', "labels": ["x", "y"]}


def test_a_body_comes_from_standard_input(run: Any, server: Server) -> None:
    server.answer({"text": ""}, status=201)
    run("add-note", "--body", "-", "--stars", "1", stdin=b'{"text": "from a pipe", "stars": 5}')
    assert server.take().json == {"text": "from a pipe", "stars": 1}
    server.answer(status=204)
    run("write-text", "n1", "--body", "-", stdin=b"plain\ntext")
    assert server.take().body == b"plain\ntext"
    server.answer([1, 2])
    done = run("main", "--body", "[1, 2]")
    assert (server.take().json, json.loads(done.stdout)) == ([1, 2], [1, 2])
    run("main", "--body", "1", "--body", "2")
    assert server.take().json == [1, 2]


def test_files_are_sent_and_written(run: Any, server: Server, tmp_path: Path) -> None:
    content = bytes(range(256))
    (tmp_path / "photo.png").write_bytes(content)
    server.answer(status=204)
    assert run("attach", "n1", "--file", "@photo.png", "--title", "a", cwd=tmp_path).returncode == 0
    body = server.take().body
    assert content in body
    assert b'filename="photo.png"' in body
    run("attach", "n1", "--file", "-", stdin=content)
    assert content in server.take().body
    server.answer(content, media_type="image/png")
    assert run("get-photo").stdout == content
    assert (
        run("main", "get-photo", "-o", "out.png", url="", cwd=tmp_path).returncode == 3
    )  # there is no such host
    assert not (tmp_path / "out.png").exists()
    assert run("get-photo", "-o", "out.png", cwd=tmp_path).stdout == b""
    assert (tmp_path / "out.png").read_bytes() == content


def test_text_is_written_as_it_is(run: Any, server: Server) -> None:
    server.answer("a ü\n".encode(), media_type="text/plain")
    assert run("read-text", "n1").stdout == "a ü\n".encode()


def test_pages_are_lines_of_json(run: Any, server: Server) -> None:
    server.answer({"notes": []})
    server.answer_in_turn({"notes": [{"text": "a"}, {"text": "b"}]}, {"notes": [{"text": "c"}]})
    done = run("list-notes", "--done", "true", "--label", "x", "--label", "y", "--output-value", "long")
    assert done.stdout == b'{"text":"a"}\n{"text":"b"}\n{"text":"c"}\n'
    assert [each.target for each in server.take_all()] == [
        "/notes?output=long&label=x&label=y&done=true",
        "/notes?page=2&output=long&label=x&label=y&done=true",
        "/notes?page=3&output=long&label=x&label=y&done=true",
    ]
    server.answer({"notes": [{"text": "a", "new": 1}, {"text": "b"}]})
    assert run("list-notes", "--max-items", "2").stdout == b'{"text":"a"}\n{"text":"b"}\n'
    assert server.take().target == "/notes"
    raw = run("list-notes", "--raw").stdout
    assert json.loads(raw) == {"notes": [{"text": "a", "new": 1}, {"text": "b"}]}


def test_an_error_of_the_server_is_1(run: Any, server: Server) -> None:
    server.answer({"message": "there is one\x1b[31m"}, status=409)
    done = run("add-note", "--text", "a")
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr == b"Conflict: POST /notes: 409 Conflict: there is one\\x1b[31m\n"


def test_an_answer_that_is_not_as_promised_is_1_if_that_is_asked_for(run: Any, server: Server) -> None:
    server.answer({"text": 1}, status=201)
    done = run("add-note", "--text", "a")
    assert done.returncode == 0
    assert b"warning: ResponseMismatch: POST /notes" in done.stderr
    done = run("add-note", "--text", "a", "--on-mismatch", "raise")
    assert done.returncode == 1
    assert done.stderr.startswith(b"ResponseMismatch: POST /notes")
    assert b"\n  /text: " in done.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["add-note"], "--text must be given"),
        (["add-note", "--text", "a", "--stars", "many"], "--stars is no JSON"),
        (["add-note", "--text", "a", "--stars", "NaN"], "--stars is no JSON"),
        (["add-note", "--text", "a", "--kind", "odd"], "--kind is none of plain, rich"),
        (["add-note", "--text", "a", "--from.nobody", "x"], "--from.nobody has no member 'nobody'"),
        (["add-note", "--text", "a", "--from.age", "x"], "--from.age is no JSON"),
        (["add-note", "--text", "@nowhere"], "--text: the file cannot be read: No such file or directory"),
        (["add-note", "--body", "[]"], "--body is no JSON object"),
        (["add-note", "--body", '{"other": 1}'], "--body has no member 'other'; it has text, stars"),
        (["add-note", "--texts", SECRET], "there is no option --texts"),
        (["add-note", "--token", SECRET], "--token is taken from the environment alone: set CALLED_FROM_"),
        (["add-note", f"--token={SECRET}"], "--token is taken from the environment alone: set CALLED_FROM_"),
        (["add-note", "--text", "a", SECRET], "1 words too many"),
        (["add-note", "--text", "a", "--timeout", "-1"], "timeout: `total` must be more than 0"),
        (["add-note", "--text", "a", "--extra-header", "x"], "--extra-header is given as NAME=VALUE"),
        (["attach", "n1", "--file", "content"], "--file is a file: @PATH"),
        (["read-text"], "the following arguments are required: ID"),
        (["delete"], "there are several operations delete: write notes delete or main delete"),
        (["add-not"], "there is no operation 'add-not'; there is add-note"),
        (["notes", "nothing"], "there is no operation 'notes' 'nothing'"),
    ],
)
def test_a_command_that_is_wrong_is_2(run: Any, server: Server, words: list[str], said: str) -> None:
    done = run(*words, url="")
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode().startswith(f"python -m {NAME}: ")
    assert said in done.stderr.decode()
    assert server.untouched


def test_a_request_that_is_wrong_is_2(run: Any, server: Server) -> None:
    done = run("add-note", "--text", "a", "--stars", "6", "--from", '{"first-name": 1}')
    assert done.returncode == 2
    lines = done.stderr.decode().splitlines()
    assert "RequestInvalid: POST /notes: the request is not what the document asks for:" in lines
    assert {line.partition(": ")[0] for line in lines} >= {"  /stars", "  /from/first-name"}
    assert server.untouched


def test_without_a_credential_it_is_2_and_names_the_variable(run: Any, server: Server) -> None:
    done = run("read-text", "n1", token="")
    assert done.returncode == 2
    assert done.stderr.startswith(b"MissingCredentials: ")
    assert b"CALLED_FROM_A_TERMINAL_TOKEN" in done.stderr
    assert server.untouched


def test_no_answer_is_3(run: Any) -> None:
    with nobody() as host:
        done = run("read-text", "n1", "--retries", "0", url=f"http://{host}")
    assert done.returncode == 3
    assert done.stderr.startswith(b"TransportError: GET /notes/{id}/text")
    silent = RawServer(lambda _connection: silent.wait(30))
    done = run("read-text", "n1", "--timeout", "0.3", "--retries", "0", url=silent.url)
    silent.close()
    assert done.returncode == 3
    assert done.stderr.startswith(b"RequestTimeout: GET /notes/{id}/text")


def _started(packages: Path, *words: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", NAME, *words],
        env=environment(packages),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


@pytest.mark.skipif(sys.platform == "win32", reason="signals are another thing there")
def test_an_interruption_is_130(package: Any, packages: Path) -> None:
    assert package
    silent = RawServer(lambda _connection: silent.wait(30))
    process = _started(packages, "read-text", "n1", "--base-url", silent.url)
    assert silent.arrived.wait(20)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=20)
    silent.close()
    assert process.returncode == 130
    assert b"Traceback" not in said


def test_who_reads_no_further_is_told_nothing(package: Any, packages: Path, server: Server) -> None:
    assert package
    server.answer({"notes": [{"text": "a" * 10_000}] * 50})
    process = _started(packages, "list-notes", "--base-url", server.url)
    assert process.stdout is not None
    assert process.stderr is not None
    assert process.stdout.readline()
    process.stdout.close()
    said = process.stderr.read()
    process.wait(20)
    process.stderr.close()
    assert said == b""
    assert process.returncode == 141


def test_help_tells_of_every_operation_and_argument(run: Any) -> None:
    told = run("--help", url="").stdout.decode()
    for line in ("notes:", "  list-notes  List notes.", "  main  An operation that is called as a module."):
        assert line in told.splitlines()
    assert "  CALLED_FROM_A_TERMINAL_TOKEN  token" in told
    told = run("add-note", "--help", url="").stdout.decode()
    assert "Add a note: 100% yours, %(prog)s." in told
    assert "--kind plain|rich" in told
    assert "What it says." in told
    assert "`POST /notes`" in told
    assert (
        "Deprecated: DELETE /notes/{id} is deprecated."
        in run("notes", "delete", "-h", url="").stdout.decode()
    )
    listed = run("notes", "--help", url="")
    assert (listed.returncode, listed.stdout[:7]) == (0, b"notes:\n")
    for words in ((), ("notes",)):
        nothing = run(*words, url="")
        assert (nothing.returncode, nothing.stdout) == (2, b"")
        assert b"list-notes" in nothing.stderr


def test_nothing_of_it_is_loaded_with_the_package(package: Any, packages: Path) -> None:
    assert package
    code = f"import sys, {NAME}; {NAME}.Client; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment(packages), capture_output=True, text=True, check=True
    )
    assert not {name for name in done.stdout.split() if "argparse" in name or "command" in name}


def test_help_loads_neither_client_nor_models(package: Any, packages: Path) -> None:
    assert package
    begun = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", NAME, "--help"],
        env=environment(packages),
        capture_output=True,
        text=True,
        check=True,
    )
    assert time.perf_counter() - begun < 20
    loaded = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert f"{NAME}._runtime.command" in loaded
    assert not loaded & {f"{NAME}.client", f"{NAME}.models", "httpx2", "msgspec", "argparse"}
