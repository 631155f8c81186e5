"""What the severity of a Problem does: errors refuse, warnings refuse where they are to, notes never."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import problem_page
import specwright
from specwright.catalogue import RULES
from specwright.config import configured
from specwright.document.findings import MOST, Findings
from specwright.document.source import Source
from specwright.document.tree import Map
from specwright.problems import CATALOGUE

if TYPE_CHECKING:
    from collections.abc import Callable

    from specwright.config import Config
    from specwright.results import Generated

OF_DOCUMENTS = problem_page.examples_of_documents()


def of_severity(severity: str) -> list[str]:
    """Codes that `generate` has, too."""
    return [code for code in OF_DOCUMENTS if CATALOGUE[code].severity == severity and code not in RULES]


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Config]:
    """The settings of the example of a code, which is put into the current folder."""

    def config(code: str) -> Config:
        monkeypatch.chdir(tmp_path)
        (command,) = OF_DOCUMENTS[code].commands
        for name, content in OF_DOCUMENTS[code].files():
            Path(name).write_bytes(content)
        (settings,) = configured(tmp_path, Path(command.split()[-1]))
        return replace(settings, output=Path("client"))

    return config


def generated(config: Config) -> Generated:
    return specwright.generate(config=config, dry_run=True)


def test_there_are_examples_of_warnings_and_errors() -> None:
    assert len(of_severity("warning")) > 15
    assert len(of_severity("error")) > 15


@pytest.mark.parametrize("code", of_severity("warning"))
def test_generate_goes_on_past_a_warning_and_strict_does_not(
    code: str, config: Callable[[str], Config]
) -> None:
    settings = config(code)
    made = generated(settings)
    assert {found.code for found in made.problems} == {code}
    assert made.written
    with pytest.raises(specwright.Refused) as refused:
        generated(replace(settings, strict=True))
    assert {(found.code, found.severity) for found in refused.value.problems} == {(code, "error")}


@pytest.mark.parametrize("code", [code for code in OF_DOCUMENTS if code in RULES])
def test_what_lint_alone_says_is_not_looked_for_when_generating(
    code: str, config: Callable[[str], Config]
) -> None:
    assert generated(replace(config(code), strict=True)).problems == ()


@pytest.mark.parametrize("code", of_severity("note"))
def test_a_note_never_refuses(code: str, config: Callable[[str], Config]) -> None:
    made = generated(replace(config(code), strict=True))
    assert {(found.code, found.severity) for found in made.problems} == {(code, "note")}


@pytest.mark.parametrize("code", of_severity("error"))
def test_an_error_refuses_and_can_not_be_ignored(code: str, config: Callable[[str], Config]) -> None:
    settings = config(code) if not code.startswith("config-") else None
    with pytest.raises(specwright.Refused):
        generated(replace(settings, ignore=(code,)) if settings else config(code))
    assert not Path("client").exists()


@pytest.mark.parametrize("code", of_severity("warning"))
def test_a_warning_that_is_ignored_is_not_told(code: str, config: Callable[[str], Config]) -> None:
    assert generated(replace(config(code), ignore=(code,), strict=True)).problems == ()


def test_too_much_of_one_kind_is_told_as_a_note() -> None:
    findings = Findings()
    findings.report("unquoted", Map(), None, "it is no text")
    origin = Map({"a": 1})
    origin.origin = Source(name="pets.yaml", path="pets.yaml", text="a: 1", digest="")
    origin.marks = [0, 3]
    for _ in range(MOST + 2):
        findings.report("null-value", origin, "a", "it has no value")
    *kept, last = findings.all()
    assert len(kept) == 1 + MOST
    assert (last.code, last.severity) == ("more", "note")
    assert str(last.place) == "pets.yaml:1:4"
    assert last.message == "There are 2 more of `null-value`."
