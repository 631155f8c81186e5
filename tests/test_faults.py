"""What our client makes of each fault. `make faults` shows what those of others do."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # the sweeps are a folder beside the tests, and are not installed

from sweeps.faults import __main__ as command  # noqa: E402  # as above
from sweeps.faults.cell import Cell, measured  # noqa: E402
from sweeps.faults.clients import CLIENTS, OURS, make_packages  # noqa: E402
from sweeps.faults.table import FAULTS, Fault  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterator

# What a caller gets, and how many requests the server got.
EXPECTED = {
    "nobody listens": ("TransportError", 0),
    "reset before the answer, GET": ("result", 2),
    "reset before the answer, write": ("TransportError", 1),
    "closed before the answer, write": ("TransportError", 1),
    "reset in the body, GET": ("result", 2),
    "reset in the body, write": ("TransportError", 1),
    "body cut, GET": ("result", 2),
    "body cut, write": ("TransportError", 1),
    "last chunk missing, write": ("TransportError", 1),
    "429": ("result", 2),
    "429, Retry-After: 1": ("result", 2),
    "429, Retry-After: 0.2": ("result", 2),
    "429, Retry-After-Ms: 200": ("result", 2),
    "429, Retry-After: a date in 2 s": ("result", 2),
    "429, Retry-After: 3600": ("TooManyRequests", 1),
    "429, Retry-After: nan": ("result", 2),
    "429, Retry-After: -1": ("result", 2),
    "429, Retry-After: 1e9": ("result", 2),
    "429, Retry-After: 5,000 digits": ("TooManyRequests", 1),
    "429, Retry-After: in the year 9999": ("TooManyRequests", 1),
    "429 for ever": ("TooManyRequests", 3),
    "408, write": ("result", 2),
    "409, write": ("Conflict", 1),
    "500, write": ("InternalServerError", 1),
    "503, GET": ("result", 2),
    "503, write": ("ServiceUnavailable", 1),
    "503, GET, for ever": ("ServiceUnavailable", 3),
    "body drips, timeout of 1 s": ("RequestTimeout", 1),
    "head drips, timeout of 1 s": ("RequestTimeout", 1),
    "no answer, timeout of 1 s, write": ("RequestTimeout", 1),
    "gzip of 256 MiB": ("ResponseTooLarge", 1),
    "gzip in gzip of 256 MiB": ("ResponseTooLarge", 1),
    "broken gzip": ("TransportError", 1),
    "302 to another origin, GET": ("Redirect", 1),
    "307 to another origin, write": ("Redirect", 1),
    "302 to file:///etc/passwd": ("Redirect", 1),
    "302 for ever": ("Redirect", 1),
    "HTML with 200": ("DecodeError", 1),
    "invalid JSON": ("DecodeError", 1),
    "empty body": ("DecodeError", 1),
    "null": ("DecodeError", 1),
    "UTF-16": ("DecodeError", 1),
    "a list for an object": ("DecodeError", 1),
    "unknown enum value": ("result", 1),
    "required field missing": ("result", 1),
    "required field null": ("result", 1),
    "field mistyped": ("result", 1),
    "100,000 brackets": ("DecodeError", 1),
    "Content-Length of 10^18": ("ResponseTooLarge", 1),
    "Content-Length of -1": ("TransportError", 3),
    "no HTTP": ("TransportError", 3),
    "an answer behind an answer, the next call": ("result", 2),
    "head of 10 MB": ("TransportError", 3),
    "500 in HTML of 10 MB": ("InternalServerError", 1),
}
# The seconds that it takes at least, where the server asks for a wait or does not answer.
AT_LEAST = {
    "429, Retry-After: 1": 1.0,
    "429, Retry-After: 0.2": 0.2,
    "429, Retry-After-Ms: 200": 0.2,
    "429, Retry-After: a date in 2 s": 0.9,
    "body drips, timeout of 1 s": 1.0,
    "head drips, timeout of 1 s": 1.0,
    "no answer, timeout of 1 s, write": 1.0,
}
SAID = {
    "an answer behind an answer, the next call": "STATUS_READY",
    "unknown enum value": "UNHEARD_OF",
    "required field missing": "None",
    "required field null": "None",
    "field mistyped": "None",
}
WARNED = frozenset({"required field missing", "required field null", "field mistyped"})
LONG = {"no answer, default timeout, write"}
"""It takes the minute that the default is."""

NAMED = {fault.name: fault for fault in FAULTS}


@pytest.fixture(scope="module", autouse=True)
def packages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    folder = tmp_path_factory.mktemp("faults")
    make_packages(folder, [OURS])
    sys.path.insert(0, str(folder))
    yield
    sys.path.remove(str(folder))
    for name in [name for name in sys.modules if name.partition(".")[0] == "fault_models"]:
        del sys.modules[name]


@pytest.mark.parametrize("name", EXPECTED)
def test_every_fault_ends_as_it_should(name: str) -> None:
    cell = measured(CLIENTS[OURS], NAMED[name])
    assert (cell.outcome, cell.deliveries) == EXPECTED[name]
    assert cell.stray == cell.leaked == ""
    assert not cell.tells
    assert cell.pickles
    assert not cell.long
    assert AT_LEAST.get(name, 0.0) <= cell.seconds < NAMED[name].patience / 2
    assert cell.said == SAID.get(name, "")
    assert bool(cell.warned) == (name in WARNED)


def test_every_fault_is_expected() -> None:
    assert EXPECTED.keys() | LONG == NAMED.keys()


def test_the_page_tells_what_ours_does() -> None:
    lines = (ROOT / "docs" / "faults.md").read_text("utf-8").splitlines()
    rows = [
        [cell.strip() for cell in line.strip("|").split(" | ")] for line in lines if line.startswith("| ")
    ]
    told = {name: ours for name, ours, *_ in rows[2:]}
    assert told.keys() == NAMED.keys()
    for name, (outcome, deliveries) in EXPECTED.items():
        first, *others = re.split(r", | = ", told[name])
        assert first == outcome, name
        called = 1 + NAMED[name].twice  # how many calls the fault takes
        assert (f"{deliveries}x" in others) == (deliveries > called), name


# --- the command --------------------------------------------------------------------------------------------------


def fault(*, done: bool = False) -> Fault:
    return Fault("a fault", "write", lambda _: (), done=done)


@pytest.mark.parametrize(
    ("done", "cell", "words"),
    [
        (False, Cell("result"), "result"),
        (False, Cell("result", deliveries=2, seconds=1.04), "result, 2x, 1.0 s"),
        (True, Cell("result", deliveries=2), "result, **may be done 2x**"),
        (True, Cell("result", deliveries=2, keyed=True), "result, 2x"),
        (False, Cell("result", said="None", warned=1), "result = None, with a warning"),
        (False, Cell("ReadError", stray="httpx"), "**stray** httpx.ReadError"),
        (False, Cell("no end", seconds=15.0), "**no end**, 15.0 s"),
        (False, Cell("result", leaked="the body"), "result, **the body went to another origin**"),
        (False, Cell("E", tells=True, megabytes=200), "E, 200 MiB, **tells the credential**"),
    ],
)
def test_what_came_of_a_fault_is_told_in_a_few_words(cell: Cell, words: str, *, done: bool) -> None:
    assert command.words(fault(done=done), cell) == words


def test_the_table_is_printed_and_kept(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "kept" / "faults.json"
    command.main(["--only", "invalid JSON", "--client", OURS, "--json", str(file)])
    head, line, row, *_ = capsys.readouterr().out.splitlines()
    assert head.startswith(f"|  | {OURS} ")
    assert line == "| --- | --- |"
    assert row == "| invalid JSON | DecodeError |"
    kept = json.loads(file.read_text())
    assert kept["faults"]["invalid JSON"][OURS]["outcome"] == "DecodeError"


def test_who_is_not_installed_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(command, "_version", lambda name: "" if name == "stripe" else "1.0")
    arguments = ["--only", "no such fault", "--client", "stripe", "--client", OURS]
    command.main([*arguments, "--json", str(tmp_path / "faults.json")])
    said = capsys.readouterr().out.splitlines()
    assert said[:2] == ["stripe is not installed", f"|  | {OURS} 1.0 |"]
