"""The official test suite of JSON Schema through `compile_validator`. SPECWRIGHT_SUITE names a copy of it."""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # the sweeps are a folder beside the tests, and are not installed

from sweeps.suite.__main__ import main  # noqa: E402  # as above
from sweeps.suite.cases import PARTS, Part, files, groups, remotes, suite  # noqa: E402
from sweeps.suite.makers import OURS  # noqa: E402
from sweeps.suite.verdicts import Verdicts, run  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable

    Told = tuple[str | int | None, str]

FOLDER = suite()
FILES = [(part, file) for part in PARTS for file in files(part, FOLDER)]

# How many tests each part has. A newer copy of the suite has more.
TESTS = {
    "draft2020-12, required": 1299,
    "draft2020-12, optional": 162,
    "draft2020-12, format": 764,
    "draft2019-09, required": 1259,
    "draft7, required": 927,
    "draft6, required": 839,
    "draft4, required": 618,
}

with_suite = pytest.mark.skipif(
    not FOLDER.is_dir(), reason=f"there is no test suite in {FOLDER} (SPECWRIGHT_SUITE)"
)


@with_suite
@pytest.mark.parametrize(
    ("part", "file"), FILES, ids=[f"{part.draft}-{part.kind}-{file.stem}" for part, file in FILES]
)
def test_every_expectation_of_a_file_is_met(part: Part, file: Path) -> None:
    verdicts = Verdicts()
    run(verdicts, OURS, part, groups(file), remotes(FOLDER))
    assert not verdicts.wrong
    assert not verdicts.crashed
    assert verdicts.passed > 0


@with_suite
def test_none_of_the_suite_is_left_out() -> None:
    tests = Counter[str]()
    for part, file in FILES:
        tests[part.name] += sum(len(group.tests) for group in groups(file))
    assert tests == TESTS


def test_what_must_be_passed_is_named() -> None:
    assert [part.name for part in PARTS if part.demanded] == list(TESTS)[:5]


# --- the command --------------------------------------------------------------------------------------------------


def written(folder: Path, *tests: tuple[Any, bool]) -> Path:
    """A suite that has one schema, of integers."""
    told = [
        {"description": f"number {n}", "data": data, "valid": valid} for n, (data, valid) in enumerate(tests)
    ]
    group = {
        "description": "integers",
        "schema": {"$ref": "http://localhost:1234/integer.json"},
        "tests": told,
    }
    for path, content in (
        ("tests/draft2020-12/type.json", [group]),
        ("remotes/integer.json", {"type": "integer"}),
    ):
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(content))
    return folder


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Told]:
    """The command, with a folder and arguments: its exit status, 0 or what it ends with, and what it prints."""

    def ask(folder: Path, *arguments: str) -> Told:
        monkeypatch.setenv("SPECWRIGHT_SUITE", str(folder))
        try:
            main(list(arguments))
        except SystemExit as end:
            return end.code, capsys.readouterr().out
        return 0, capsys.readouterr().out

    return ask


ONLY = ("--only", "draft2020-12, required")


def test_a_wrong_answer_is_counted_and_named(tmp_path: Path, asked: Callable[..., Told]) -> None:
    folder = written(tmp_path, (1, True), ("1", True))
    status, listed = asked(folder, *ONLY, "--failures", OURS)
    assert status == "specwright falls short of: draft2020-12, required"
    assert listed == "draft2020-12, required: type.json: integers: number 1: expected valid\n"
    head, row, *_ = asked(folder, *ONLY)[1].splitlines()
    assert head.split()[:2] == ["tests", OURS]
    assert row.startswith("draft2020-12, required  2      1 (1 wrong, 0 none)")


def test_the_table_is_markdown_too(tmp_path: Path, asked: Callable[..., Told]) -> None:
    status, shown = asked(written(tmp_path, (1, True), ("1", False)), *ONLY, "--markdown")
    head, line, row, *_ = shown.splitlines()
    assert status == 0
    assert head.startswith(f"|  | tests | {OURS} ")
    assert line.startswith("| --- | ")
    assert row.startswith("| draft2020-12, required | 2 | 2 | ")


def test_with_all_as_expected_nothing_is_listed(tmp_path: Path, asked: Callable[..., Told]) -> None:
    folder = written(tmp_path, (1, True), ("1", False))
    assert asked(folder, *ONLY, "--failures", OURS) == (0, "")


def test_a_schema_that_is_refused_has_no_answer(tmp_path: Path, asked: Callable[..., Told]) -> None:
    folder = written(tmp_path, (1, True))
    (folder / "remotes" / "integer.json").unlink()
    _, listed = asked(folder, *ONLY, "--failures", OURS)
    assert listed.startswith("draft2020-12, required: type.json: integers: number 0: Refused: ")


def test_an_empty_suite_is_no_success(tmp_path: Path, asked: Callable[..., Told]) -> None:
    (tmp_path / "tests").mkdir()
    status, _ = asked(tmp_path, "--failures", OURS)
    assert str(status).startswith("specwright falls short of: draft2020-12, required; ")


def test_without_a_suite_it_says_where_it_looked(tmp_path: Path, asked: Callable[..., Told]) -> None:
    folder = tmp_path / "nowhere"
    assert asked(folder)[0] == f"there is no test suite in {folder}; SPECWRIGHT_SUITE says where it is"
