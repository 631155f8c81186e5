"""`specwright lint`: its formats, what is shown of much, and what becomes of documents that can't be read."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from pydantic_sarif.model import StaticAnalysisResultsFormatSarifVersion210JsonSchema as Log

from commands import DESCRIBED, PETS, Repository
from specwright.linting.reports import Linted, sarif, workflow_commands
from specwright.problems import Place, problem

if TYPE_CHECKING:
    from pathlib import Path

WRONG = DESCRIBED.replace("minimum: 0", "minimum: 0, default: -1").replace("schemas/Owner", "schemas/Nobody")
"""With two warnings, and an unused component."""
COMMAND = re.compile(r"::(error|warning|notice) (?:[a-zA-Z]+=[^\n:,]*,?)+::[^\n]*")


LISTED = '[tool.specwright.documents.pets]\nspec = "spec/pets.yaml"\noutput = "generated/pets"\n'


@pytest.fixture
def repository(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Repository:
    monkeypatch.chdir(tmp_path)
    made = Repository(tmp_path, capsys)
    made.write("pyproject.toml", LISTED)
    return made


def log_of(text: str) -> Any:
    """A log, once it fits the schema of SARIF 2.1.0."""
    log = json.loads(text)
    Log.model_validate(log)
    return log


# --- formats ------------------------------------------------------------------------------------------------------


def test_sarif(repository: Repository) -> None:
    repository.write("spec/pets.yaml", WRONG)
    ran = repository.run("lint", "--format", "sarif")
    assert (ran.status, ran.err) == (1, "")
    (run,) = log_of(ran.out)["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert run["automationDetails"]["id"] == "specwright/lint/"
    assert [rule["id"] for rule in rules] == ["default-invalid", "ref-missing", "component-unused"]
    assert [each["level"] for each in run["results"]] == ["warning", "warning", "note"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        physical = result["locations"][0]["physicalLocation"]
        assert physical["artifactLocation"]["uri"] == "spec/pets.yaml"
    region = run["results"][0]["locations"][0]["physicalLocation"]["region"]
    line = WRONG.splitlines()[region["startLine"] - 1]
    assert line[region["startColumn"] - 1 : region["endColumn"] - 1] == "-1"


def test_github(repository: Repository) -> None:
    repository.write("spec/pets.yaml", WRONG)
    ran = repository.run("lint", "--format", "github")
    assert (ran.status, ran.err) == (1, "")
    first, *others = ran.out.splitlines()
    line = WRONG.splitlines().index(next(line for line in WRONG.splitlines() if "default: -1" in line)) + 1
    assert first == (
        f"::warning file=spec/pets.yaml,line={line},col=52,endColumn=54,title=default-invalid::The default is not valid: "
        "expected at least 0, found -1.%0ACorrect the default, or the schema if the default is what is meant."
    )
    assert [each.split(" ")[0] for each in others] == ["::warning", "::notice"]


def test_json_is_the_format_json(repository: Repository) -> None:
    repository.write("spec/pets.yaml", WRONG)
    shown = repository.run("lint", "--json")
    assert repository.run("lint", "--format", "json") == shown
    assert [each["code"] for each in json.loads(shown.out)["problems"]] == [
        "default-invalid",
        "ref-missing",
        "component-unused",
    ]
    assert repository.run("lint", "--json", "--format", "sarif").status == 2


def test_a_document_without_a_mistake_gives_an_empty_report(repository: Repository) -> None:
    repository.write("spec/pets.yaml", DESCRIBED)
    assert repository.run("lint", "--format", "github") == (0, "", "")
    assert log_of(repository.run("lint", "--format", "sarif").out)["runs"][0]["results"] == []


# --- several documents, and some that can't be read ---------------------------------------------------------------


@pytest.fixture
def three(repository: Repository) -> Repository:
    """A repository with three documents, of which the second can't be read."""
    listed = "".join(
        f'[tool.specwright.documents.{name}]\nspec = "spec/{name}.yaml"\noutput = "generated/{name}"\n'
        for name in ("a", "b", "c")
    )
    repository.write("pyproject.toml", listed)
    repository.write("spec/a.yaml", WRONG)
    repository.write("spec/b.yaml", "openapi: [")
    repository.write("spec/c.yaml", DESCRIBED)
    return repository


def test_one_that_can_not_be_read_does_not_hide_the_others(three: Repository) -> None:
    ran = three.run("lint")
    assert ran.status == 2
    assert ran.out == "spec/a.yaml: 2 warnings, 1 note\nspec/c.yaml: no problems\n"
    assert "spec/b.yaml:1:11: error[yaml-syntax]: " in ran.err
    listed = json.loads(three.run("lint", "--json").out)["documents"]
    assert [len(each["problems"]) for each in listed] == [3, 1, 0]


def test_what_can_not_be_read_is_in_each_report(three: Repository) -> None:
    ran = three.run("lint", "--format", "github")
    assert ran.status == 2
    assert [line.split(" ")[0] for line in ran.out.splitlines()] == [
        "::error",
        "::warning",
        "::warning",
        "::notice",
    ]
    ran = three.run("lint", "--format", "sarif")
    assert ran.status == 2
    results = log_of(ran.out)["runs"][0]["results"]
    assert [each["level"] for each in results] == ["error", "warning", "warning", "note"]


# --- much ---------------------------------------------------------------------------------------------------------


def test_of_what_is_found_often_text_has_some_and_each_other_format_all(repository: Repository) -> None:
    unused = "".join(f"    Unused{number}: {{ type: string }}\n" for number in range(9))
    repository.write("spec/pets.yaml", DESCRIBED + unused)
    ran = repository.run("lint")
    assert (ran.status, ran.out) == (0, "spec/pets.yaml: 9 notes\n")
    assert ran.err.count("note[component-unused]") == 3
    assert "note[more]: There are 6 more of `component-unused`." in ran.err
    assert repository.run("lint", "--full").err.count("note[component-unused]") == 9
    assert len(json.loads(repository.run("lint", "--json").out)["problems"]) == 9
    assert len(log_of(repository.run("lint", "--format", "sarif").out)["runs"][0]["results"]) == 9


def test_of_what_is_wrong_everywhere_each_command_shows_some(repository: Repository) -> None:
    values = ", ".join(f"'{number}'" for number in range(50))
    repository.write(
        "spec/pets.yaml", f"{DESCRIBED}    Wrong: {{ description: d, type: integer, enum: [{values}] }}\n"
    )
    for command in ("lint", "generate"):
        ran = repository.run(command)
        assert ran.err.count("warning[enum-value]") == 20
        assert "note[more]: There are 30 more of `enum-value`." in ran.err
    assert repository.run("lint", "--full").err.count("warning[enum-value]") == 50


def test_github_shows_ten_of_a_kind_so_the_last_counts_the_rest() -> None:
    place = Place("a.yaml", 1, 1, "", "x: 1")
    found = [problem("keyword-idle", place, f"number {number}.") for number in range(25)]
    lines = workflow_commands([Linted("a.yaml", found)]).splitlines()
    assert len(lines) == 10
    assert lines[-1] == (
        "::warning title=16 more warnings::"
        "GitHub shows the first 10 of a kind. All of them: specwright lint --format json"
    )


# --- text that is hostile -----------------------------------------------------------------------------------------


HOSTILE = "x,y:z%0A::error::\n::set-output a\u202e](https://evil.example) \x1b[31m\ud800"


def test_hostile_text_stays_within_its_annotation() -> None:
    place = Place(HOSTILE, 3, 1, f"/{HOSTILE}", f"{HOSTILE}: 1")
    found = [problem("ref-missing", place, HOSTILE, HOSTILE), problem("ref-missing", None, HOSTILE)]
    lines = workflow_commands([Linted(HOSTILE, found)])
    assert all(COMMAND.fullmatch(line) for line in lines.splitlines())
    assert lines.count("\n") == 2
    written = sarif([Linted(HOSTILE, found)])
    assert written.isascii()
    for result in log_of(written)["runs"][0]["results"]:
        assert "](" not in result["message"]["text"]
        assert re.fullmatch(
            r"[A-Za-z0-9._~/%-]+", result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        )


def test_two_findings_that_are_alike_have_fingerprints_of_their_own() -> None:
    found = [problem("ref-missing", None, "gone")] * 3
    results = log_of(sarif([Linted("a.yaml", found)]))["runs"][0]["results"]
    assert len({each["partialFingerprints"]["specwright/v1"] for each in results}) == 3


def test_a_fingerprint_stays_where_lines_are_added_above(repository: Repository) -> None:
    def prints(text: str) -> list[str]:
        repository.write("spec/pets.yaml", text)
        results = log_of(repository.run("lint", "--format", "sarif").out)["runs"][0]["results"]
        return [each["partialFingerprints"]["specwright/v1"] for each in results]

    assert prints(PETS.replace("openapi", "# new\n\nopenapi", 1)) == prints(PETS)
