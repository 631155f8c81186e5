from __future__ import annotations

import errno
import json
import os
import re
import signal
import subprocess
import sys
import textwrap
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest

from commands import NOWHERE, PETS, Repository, begun, on_a_terminal, program
from specwright import Config, validator

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

PET = ("validate", "spec/pets.yaml", "Pet")
WRONG = {"id": "p-1", "name": 1, "kind": "cow", "age": -1, "owner": {"email": ""}, "colour": "red"}
ISSUES = {"/id", "/name", "/kind", "/age", "/owner/email", "/colour"}
CONFIGURED = """\
[tool.specwright.documents.pets]
spec = "spec/pets.yaml"
output = "generated/pets"
"""


@pytest.fixture
def repository(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Repository:
    monkeypatch.chdir(tmp_path)
    made = Repository(tmp_path, capsys)
    made.write("spec/pets.yaml", PETS)
    return made


def plain(shown: str) -> str:
    """What a terminal shows, without what steers it."""
    return re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]|\r", "", shown)


# --- one value --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("named", ["#/components/schemas/Pet", "Pet", "putPet"])
def test_every_issue_has_its_place_its_pointer_and_its_keyword(repository: Repository, named: str) -> None:
    repository.write("data.json", json.dumps(WRONG))
    ran = repository.run("validate", "spec/pets.yaml", named, "data.json")
    assert ran.status == 1
    issues = [line.split("\t") for line in ran.out.splitlines()]
    assert {pointer for _, pointer, _, _ in issues} == ISSUES
    assert all(re.fullmatch(r"data\.json:1:\d+:", place) for place, *_ in issues)
    assert all(keyword and message for _, _, keyword, message in issues)
    told = json.loads(repository.run("validate", "spec/pets.yaml", named, "data.json", "--json").out)
    assert (told["file"], told["valid"]) == ("data.json", False)
    assert {issue["pointer"] for issue in told["issues"]} == ISSUES
    assert {issue["line"] for issue in told["issues"]} == {1}


def test_issues_are_told_where_they_stand_and_in_that_order(repository: Repository) -> None:
    text = """\
    {
      "owner": {
        "nick/na~me": {"a": [1]},
        "email": "\\u00e4"
      },
      "größe": [{}, {}], "kind": "cow"
    }
    """
    repository.write("data.json", textwrap.dedent(text))
    ran = repository.run(*PET, "data.json")
    assert ran.out == (
        'data.json:1:1:\t\trequired\tthe property "name" is missing\n'
        'data.json:3:5:\t/owner/nick~1na~0me\tadditionalProperties\tthere is no property "nick/na~me" here\n'
        'data.json:4:14:\t/owner/email\tminLength\texpected at least 3 characters, found "\\u00e4"\n'
        'data.json:6:3:\t/größe\tadditionalProperties\tthere is no property "gr\\u00f6\\u00dfe" here\n'
        'data.json:6:30:\t/kind\tenum\texpected one of "cat", "dog", found "cow"\n'
    )


def test_by_direction(repository: Repository) -> None:
    repository.write("data.json", json.dumps({"id": "p-1", "name": "Tom", "kind": "cat"}))
    assert repository.run(*PET, "data.json").status == 1
    assert repository.run(*PET, "data.json", "--response") == (0, "", "")
    told = json.loads(repository.run(*PET, "data.json", "--response", "--json").out)
    assert told == {"file": "data.json", "valid": True, "issues": []}


@pytest.mark.usefixtures("repository")
def test_standard_input_is_read() -> None:
    done = program(*PET, "-", text='{"name": "Tom"}')
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.startswith("standard input:1:1:\t\trequired\t")


def test_of_several_files_one_may_be_unreadable(repository: Repository) -> None:
    repository.write("good.json", '{"name": "Tom", "kind": "cat"}')
    repository.write("bad.json", '{"name": "Tom"}')
    ran = repository.run(*PET, "bad.json", "good.json")
    assert (ran.status, ran.out[:13]) == (1, "bad.json:1:1:")
    ran = repository.run(*PET, "nothing.json", "good.json", "bad.json", "--json")
    assert ran.status == 2
    missing, good, bad = json.loads(ran.out)["files"]
    assert (missing["file"], missing["problems"][0]["code"]) == ("nothing.json", "file-missing")
    assert (good["valid"], bad["valid"]) == (True, False)


@pytest.mark.parametrize(
    ("data", "where"),
    [
        ('{"a": 1,}', "data.json:1:"),
        ('{"a": }', "data.json:1:7: error[data-unreadable]: A value has to be here."),
        ("{\n  nope", "data.json:2:3: error[data-unreadable]: A key in double quotes has to be here."),
        ("{}\n{}", "data.json:2:1: error[data-unreadable]: There is more after the end of the value."),
        ("// no\n{}", "data.json:1:1: error[data-unreadable]: JSON has no comments.\n"),
        ("", "data.json:1:1: error[data-unreadable]: There is no data."),
        ("NaN", "data.json:1:1: error[data-unreadable]: JSON has no NaN and no Infinity."),
        ("[-Infinity]", "data.json:1:2: error[data-unreadable]: JSON has no NaN and no Infinity."),
        ('{"age": 1e400}', "data.json:1:9: error[data-unreadable]: The number is too large to be read."),
        ("1" * 10_000, "data.json:1:1: error[data-unreadable]: The number is too large to be read."),
        ('{"a": 1,\n "a": 1}', "data.json:2:2: error[data-unreadable]: The key `a` is here twice in one"),
        ("[" * 100_000, "data.json:1:201: error[data-unreadable]: It is nested deeper than can be read."),
        (b'["\xc3\xa4\xff"]', "data.json:1:4: error[file-encoding]: Byte 5 of the file, 0xff, is not UTF-8."),
        ("{}".encode("utf-16"), "data.json:1:1: error[file-encoding]: The file is UTF-16, not UTF-8."),
    ],
)
def test_data_that_is_not_json_is_told(repository: Repository, data: str | bytes, where: str) -> None:
    repository.write("data.json", data)
    ran = repository.run(*PET, "data.json")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith(where)


def test_a_byte_order_mark_does_not_count(repository: Repository) -> None:
    repository.write("data.json", b'\xef\xbb\xbf{"name": 1, "kind": "cat"}')
    assert repository.run(*PET, "data.json").out.startswith("data.json:1:10:\t/name\t")


def test_data_may_be_as_large_as_the_budget(repository: Repository) -> None:
    repository.write("pyproject.toml", "[tool.specwright.budgets]\nbytes = 2000\n")
    repository.write("data.json", '{"name": "Tom", "kind": "cat"}'.ljust(2000))
    assert repository.run(*PET, "data.json").status == 0
    repository.write("data.json", '{"name": "Tom", "kind": "cat"}'.ljust(2001))
    ran = repository.run(*PET, "data.json")
    assert ran.status == 2
    assert ran.err.startswith("data.json:1:1: error[limit-bytes]: ")


@pytest.mark.parametrize("lines", [(), ("--lines",)])
@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ("spec", "The file `spec` can't be read: Is a directory.\n  hint: Check the path.\n"),
        ("nothing.json", "There is no file `nothing.json`.\n  hint: Check the path.\n"),
    ],
)
def test_data_that_is_not_there_is_told(
    repository: Repository, data: str, reason: str, lines: tuple[str, ...]
) -> None:
    for ran in (repository.run(*PET, data, *lines), repository.run(*PET, data, "--json", *lines)):
        assert ran.status == 2
        assert ran.err == f"{data}:1:1: error[file-missing]: {reason}"


def test_data_that_may_not_be_read_is_told(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    def closed(path: str, _mode: str) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", path)

    monkeypatch.setattr("click.open_file", closed)
    ran = repository.run(*PET, "data.json")
    assert ran.status == 2
    assert ran.err.startswith(
        "data.json:1:1: error[file-unreadable]: The file `data.json` can't be read: Perm"
    )


def test_the_problems_of_the_document_are_minded_as_generate_does(repository: Repository) -> None:
    arguments = (*PET, "data.json")
    repository.write("data.json", '{"name": "Tom", "kind": "cat"}')
    repository.write("spec/pets.yaml", NOWHERE)
    ran = repository.run(*arguments)
    assert (ran.status, ran.out) == (0, "")
    assert ran.err.startswith("spec/pets.yaml:32:24: warning[ref-missing]: ")
    ran = repository.run(*arguments, "--strict")
    assert ran.status == 2
    assert ran.err.startswith("spec/pets.yaml:32:24: error[ref-missing]: ")
    repository.write("pyproject.toml", CONFIGURED + 'ignore = ["ref-missing"]\n')
    assert repository.run(*arguments, "--strict") == (0, "", "")


@pytest.mark.parametrize("named", ["#/components/schemas/Nobody", "Nobody", "#nonsense", ""])
def test_a_schema_that_is_not_there_is_told(repository: Repository, named: str) -> None:
    repository.write("data.json", "{}")
    ran = repository.run("validate", "spec/pets.yaml", named, "data.json")
    assert ran.status == 2
    assert "error[schema-missing]" in ran.err


# --- on a terminal ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("columns", "heads"), [(80, 3), (140, 5)])
def test_a_terminal_shows_a_table_with_the_part_of_the_data(
    repository: Repository, columns: int, heads: int
) -> None:
    owner = {"mail": "a@b", "address": {"street": 1}, "notes": "x" * 100, "tags": [], "a": 1, "b": 2}
    repository.write("data.json", json.dumps({"name": 1, "kind": "cat", "owner": owner}, indent=2))
    status, shown = on_a_terminal(*PET, "data.json", columns=columns)
    lines = plain(shown).splitlines()
    assert status == 1
    assert max(map(len, lines)) <= columns
    assert lines[1].count("│") == heads + 1
    for expected in ("/name", "line 2:11", "line 4:3", "expected string, found 1", "additionalProperties"):
        assert expected in plain(shown)
    for expected in ('"mail": "a@b",', '"address": {…},', '"tags": [],', "… 1 more"):
        assert expected in plain(shown)
    assert "x" * 41 not in plain(shown)
    assert lines[-1] == "data.json: 8 issues"


def test_a_terminal_is_told_that_data_is_valid(repository: Repository) -> None:
    repository.write("data.json", '{"name": "Tom", "kind": "cat"}')
    assert on_a_terminal(*PET, "data.json") == (0, "data.json: valid\r\n")


def test_a_table_has_no_more_rows_than_are_asked_for(repository: Repository) -> None:
    repository.write("data.json", json.dumps(WRONG))
    _, shown = on_a_terminal(*PET, "data.json", "--most", "2")
    assert plain(shown).splitlines()[-1] == "data.json: 6 issues, the first 2 of which are shown"
    assert "/id" in shown
    assert "/colour" not in shown


def test_nothing_in_data_steers_the_terminal(repository: Repository) -> None:
    data = '{"name": ["\\u001b[31m", "\u202e", "[bold]"], "kind": "[red]\\u001b[31mcat", "\\u001b[31m": 1}'
    for name in ("data.json", "data\x1b[31m.jsonl"):
        repository.write(name, data)
        status, shown = on_a_terminal(*PET, name)
        assert status == 1
        assert "\x1b[31m" not in shown
        assert "\u202e" not in shown
        assert "[bold]" in shown
        assert "[red]" in shown
        ran = repository.run(*PET, name)
        assert not re.search("[\x00-\x08\x0b-\x1f\u202e]", ran.out + ran.err)


# --- secrets ----------------------------------------------------------------------------------------------------

SECRETS = """\
openapi: 3.1.1
info: { title: Secrets, version: "1" }
paths: {}
components:
  schemas:
    Login:
      type: object
      required: [user, password]
      additionalProperties: false
      properties:
        user: { type: string, minLength: 5 }
        password: { type: string, format: password, minLength: 50 }
        pin: { type: integer, writeOnly: true }
        tokens: { type: array, maxItems: 1, items: { $ref: "#/components/schemas/Secret" } }
        more: { type: object, additionalProperties: { $ref: "#/components/schemas/Secret" }, maxProperties: 1 }
        inner: { $ref: "#/components/schemas/Inner" }
        by: { $ref: "#/components/schemas/By" }
    Secret: { type: string, format: password, minLength: 50 }
    Inner: { type: object, required: [b], properties: { b: {}, key: { allOf: [{ $ref: "#/components/schemas/Secret" }] } } }
    By: { type: object, required: [how, why], properties: { how: { type: string }, why: {} }, discriminator: { propertyName: how } }
    ByKey:
      allOf:
        - { $ref: "#/components/schemas/By" }
        - { type: object, properties: { code: { type: string, writeOnly: true, minLength: 50 } } }
    Plain: { type: object, required: [b], properties: { a: { type: string } }, additionalProperties: true }
"""
LOGIN = {
    "user": "x",
    "password": "HUNTER",
    "passwrd": "HUNTER",
    "pin": "HUNTER",
    "tokens": ["HUNTER", "HUNTER"],
    "more": {"a": "HUNTER", "b": "HUNTER"},
    "inner": {"key": "HUNTER", "kez": "HUNTER"},
    "by": {"how": "ByKey", "code": "HUNTER"},
}


@pytest.mark.parametrize("name", ["login.json", "login.jsonl"])
def test_secrets_are_never_shown_even_under_a_misspelt_name(repository: Repository, name: str) -> None:
    repository.write("spec/login.yaml", SECRETS)
    repository.write(name, json.dumps(LOGIN))
    for more in ((), ("--response",)):
        arguments = ("validate", "spec/login.yaml", "Login", name, *more)
        status, shown = on_a_terminal(*arguments, columns=200)
        assert status == 1
        assert "HUNTER" not in shown
        assert "(hidden)" in shown
        ran, told = repository.run(*arguments), repository.run(*arguments, "--json")
        assert "HUNTER" not in ran.out + ran.err + told.out
    assert '"x"' in shown


@pytest.mark.parametrize("text", ['{"password": "HUNTER",}', '{"pin": 12345e999}', '["HUNTER" \udcff'])
@pytest.mark.parametrize("name", ["login.json", "login.jsonl"])
def test_a_line_that_is_not_json_is_not_shown_where_it_may_have_a_secret(
    repository: Repository, name: str, text: str
) -> None:
    repository.write("spec/login.yaml", SECRETS)
    repository.write(name, text.encode(errors="surrogateescape"))
    status, shown = on_a_terminal("validate", "spec/login.yaml", "Login", name)
    assert status == (2 if name == "login.json" else 1)
    assert not re.search("HUNTER|12345", shown)
    repository.write(name, "{]")
    assert "{]" in on_a_terminal("validate", "spec/login.yaml", "Plain", name)[1]


def test_what_is_secret_is_known_by_name(repository: Repository) -> None:
    config = Config(spec=repository.write("spec/login.yaml", SECRETS))
    found = validator("Login", config=config).secrets
    assert found.names == {"password", "pin", "tokens", "more", "key", "code"}
    assert not found.whole
    assert found.hide("/inner/key/0")
    assert not found.hide("/inner")
    assert validator("Secret", config=config).secrets.whole
    assert not validator("Plain", config=config).secrets


# --- lines ------------------------------------------------------------------------------------------------------

GOOD = '{"name": "Tom", "kind": "cat"}'
COW = '{"name": "Tom", "kind": "cow"}'
LINES = "\n".join([GOOD, "", COW, '{"name": }', "  \r", GOOD, COW, '{"kind": "dog"}', "\x1e" + COW, GOOD])


def test_lines_are_held_one_by_one(repository: Repository) -> None:
    repository.write("pets.jsonl", LINES)
    ran = repository.run(*PET, "pets.jsonl")
    assert ran.status == 1
    assert ran.out == (
        'pets.jsonl:3:25:\t/kind\tenum\texpected one of "cat", "dog", found "cow"\n'
        "pets.jsonl:4:10:\t\tjson\tA value has to be here.\n"
        'pets.jsonl:7:25:\t/kind\tenum\texpected one of "cat", "dog", found "cow"\n'
        'pets.jsonl:8:1:\t\trequired\tthe property "name" is missing\n'
        'pets.jsonl:9:26:\t/kind\tenum\texpected one of "cat", "dog", found "cow"\n'
    )
    assert ran.err == (
        '3 times at /kind (enum), first in line 3: expected one of "cat", "dog", found "cow"\n'
        "1 time at (the value) (json), first in line 4: A value has to be here.\n"
        '1 time at (the value) (required), first in line 8: the property "name" is missing\n'
        "pets.jsonl: 8 lines, 3 valid, 4 with issues, 1 not JSON\n"
    )


def test_lines_are_told_a_program_in_one_object(repository: Repository) -> None:
    repository.write("pets.data", LINES)
    ran = repository.run(*PET, "pets.data", "--lines", "--json", "--most", "2")
    told = json.loads(ran.out)
    assert (ran.status, ran.err) == (1, "")
    assert (told["file"], told["valid"]) == ("pets.data", False)
    assert [(issue["line"], issue["keyword"]) for issue in told["issues"]] == [(3, "enum"), (4, "json")]
    frequent = told["summary"].pop("frequent")
    assert told["summary"] == {
        "lines": 8, "valid": 3, "invalid": 4, "not_json": 1, "issues": 5, "interrupted": False, "others": 0,
    }  # fmt: skip
    assert [(kind["pointer"], kind["keyword"], kind["count"]) for kind in frequent] == [
        ("/kind", "enum", 3),
        ("", "json", 1),
        ("", "required", 1),
    ]
    assert frequent[0]["example"] == told["issues"][0]


def test_kinds_of_issues_are_counted_over_all_indexes(repository: Repository) -> None:
    schema = "{ type: array, items: { type: object, additionalProperties: { type: integer } } }"
    repository.write("spec/pets.yaml", PETS + f"    Rows: {schema}\n")
    repository.write("rows.ndjson", '[{"0": ""}, {"1": 1}, {"0": ""}]\n[[], {"1": ""}]')
    told = json.loads(repository.run("validate", "spec/pets.yaml", "Rows", "rows.ndjson", "--json").out)
    kinds = [(kind["pointer"], kind["count"]) for kind in told["summary"]["frequent"]]
    assert kinds == [("/*/0", 2), ("/*", 1), ("/*/1", 1)]


@pytest.mark.parametrize(
    "text", ["", "\n\n", GOOD, f"\ufeff{GOOD}\r\n{GOOD}\r\n", f"\x1e{GOOD}\n\x1e{GOOD}\n"]
)
def test_lines_with_nothing_wrong(repository: Repository, text: str) -> None:
    repository.write("pets.jsonl", text)
    ran = repository.run(*PET, "pets.jsonl")
    count = text.count("Tom")
    assert (ran.status, ran.out) == (0, "")
    lines = "1 line" if count == 1 else f"{count} lines"
    assert ran.err == f"pets.jsonl: {lines}, {count} valid, 0 with issues, 0 not JSON\n"


DEEP = (
    "9001:\t\tjson\tThe text ends too early."
    if sys.version_info >= (3, 13)
    else "201:\t\tjson\tIt is nested deeper than can be read."
)
"""Newer versions of Python read JSON that is nested deeper."""


@pytest.mark.parametrize(
    ("line", "found"),
    [
        (b'{"\xc3\xa4": "\xff"}', "2:8:\t\tjson\tByte 9 of the line, 0xff, is not UTF-8."),
        (b"\xff\xfe", "2:1:\t\tjson\tByte 1 of the line, 0xff, is not UTF-8."),
        (b"1" * 5_000, "2:1:\t\tjson\tThe number is too large to be read."),
        (b'{"a": 1, "a": 1}', "2:10:\t\tjson\tThe key `a` is here twice in one object."),
        (b"[" * 9_000, "2:201:\t\tjson\tIt is nested deeper than can be read."),
        (b"[NaN]", "2:2:\t\tjson\tJSON has no NaN and no Infinity."),
        (b"1" * 10_001, "2:1:\t\tjson\tThe line is longer than 10,000 bytes."),
        (b"1" * 200_000, "2:1:\t\tjson\tThe line is longer than 10,000 bytes."),
    ],
)
def test_a_line_that_is_no_value_does_not_end_the_run(
    repository: Repository, line: bytes, found: str
) -> None:
    repository.write("pyproject.toml", "[tool.specwright.budgets]\nbytes = 10000\n")
    repository.write("pets.jsonl", b"\n".join([GOOD.encode(), line, COW.encode()]))
    ran = repository.run(*PET, "pets.jsonl")
    first, second = ran.out.splitlines()
    assert ran.status == 1
    assert first == f"pets.jsonl:{found}"
    assert second.startswith("pets.jsonl:3:25:\t/kind\t")
    assert ran.err.endswith("pets.jsonl: 3 lines, 1 valid, 1 with issues, 1 not JSON\n")


def test_lines_of_another_encoding_are_bad_input(repository: Repository) -> None:
    for encoding in ("utf-16", "utf-16-le", "utf-32"):
        repository.write("pets.jsonl", LINES.encode(encoding))
        ran = repository.run(*PET, "pets.jsonl")
        assert (ran.status, ran.out) == (2, "")
        assert ran.err.startswith("pets.jsonl:1:1: error[file-encoding]: The file is UTF-")


def test_a_terminal_shows_what_is_most_frequent(repository: Repository) -> None:
    repository.write("pets.jsonl", LINES)
    status, shown = on_a_terminal(*PET, "pets.jsonl", columns=80)
    assert status == 1
    assert "pets.jsonl" in shown.partition("╭")[0]  # the progress
    assert "%" in shown.partition("╭")[0]
    table = plain(shown.partition("╭")[2])
    for expected in ("3 times, first in 3:25", "1 time, first in 4:10", '"cow"', '{"name": }'):
        assert expected in table
    assert table.splitlines()[-1] == "pets.jsonl: 8 lines, 3 valid, 4 with issues, 1 not JSON"


def _endless(repository: Repository, *more: str) -> AbstractContextManager[subprocess.Popen[bytes]]:
    return begun(
        [sys.executable, "-m", "specwright", *PET, "-", "--lines", *more],
        cwd=repository.folder,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def test_a_pipe_that_does_not_end_is_told_as_it_comes_and_ends_in_a_summary(repository: Repository) -> None:
    with _endless(repository) as run:
        assert run.stdin is not None
        assert run.stdout is not None
        assert run.stderr is not None
        for number in (1, 2):
            run.stdin.write(f"{COW}\n".encode())
            run.stdin.flush()
            assert run.stdout.readline().startswith(f"standard input:{number}:25:".encode())
        run.send_signal(signal.SIGINT)
        assert run.wait(timeout=30) == 130
        last = run.stderr.read().decode().splitlines()[-1]
        assert last == "standard input: interrupted after 2 lines, 0 valid, 2 with issues, 0 not JSON"


class _Interrupted(BytesIO):
    """A file in which the reader is interrupted at its end."""

    def readline(self, size: int | None = -1, /) -> bytes:
        line = super().readline(size)
        if not line:
            raise KeyboardInterrupt
        return line


def test_an_interrupt_ends_in_the_one_object_too(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("click.open_file", lambda *_: _Interrupted(f"{COW}\n{GOOD}\n".encode()))
    ran = repository.run(*PET, "one.jsonl", "two.jsonl", "--json")
    told = json.loads(ran.out)
    assert (ran.status, told["file"], told["valid"]) == (130, "one.jsonl", False)
    assert (told["summary"]["lines"], told["summary"]["interrupted"]) == (2, True)


def test_lines_that_can_no_longer_be_read_are_told(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> bytes:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(_Interrupted, "readline", broken)
    monkeypatch.setattr("click.open_file", lambda *_: _Interrupted())
    ran = repository.run(*PET, "pets.jsonl")
    assert ran.status == 2
    assert "The file `pets.jsonl` can't be read: Input/output error." in ran.err


@pytest.mark.usefixtures("repository")
def test_a_reader_of_lines_that_has_had_enough_ends_it_quietly() -> None:
    with begun(
        [sys.executable, "-m", "specwright", *PET, "-", "--lines"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as run:
        assert run.stdin is not None
        assert run.stdout is not None
        assert run.stderr is not None
        run.stdout.close()
        run.stdin.write(f"{COW}\n".encode())
        run.stdin.close()
        assert run.stderr.read() == b""


def _many(count: int) -> Iterator[bytes]:
    """Lines that are all wrong in ways of their own, so that all that is kept of them would be seen."""
    for number in range(count):
        yield b'{"name": "%s", "kind": "cat", "extra-%d": 1}\n' % (b"x" * 200, number)


def test_a_long_stream_takes_no_more_memory_than_a_short_one(repository: Repository) -> None:
    def peak(count: int) -> tuple[int, dict[str, Any]]:
        with _endless(repository, "--json") as run:
            assert run.stdin is not None
            assert run.stdout is not None
            for line in _many(count):
                run.stdin.write(line)
            run.stdin.close()
            told = json.loads(run.stdout.read())
            _, _, used = os.wait4(run.pid, 0)
            run.returncode = 1
        return used.ru_maxrss, told

    short, _ = peak(5_000)
    long, told = peak(100_000)
    assert told["summary"]["lines"] == told["summary"]["invalid"] == 100_000
    assert len(told["issues"]) == len(told["summary"]["frequent"]) == 1_000
    assert told["summary"]["others"] == 99_000
    unit = 1 if sys.platform == "darwin" else 1_024
    assert (long - short) * unit < 10_000_000 < 100_000 * 200
