"""`specwright docs`: what it writes, prints and refuses."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from commands import NOWHERE, PETS, Repository

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Repository:
    monkeypatch.chdir(tmp_path)
    made = Repository(tmp_path, capsys)
    made.write("pets.yaml", PETS)
    return made


def test_pages_are_written_once(here: Repository) -> None:
    ran = here.run("docs", "pets.yaml", "-o", "reference")
    assert ran.status == 0
    assert re.match(r"reference: 1 operation, 2 pages, \d\d kB; 3 files written \(", ran.out)
    before = here.files("reference")
    assert [*before] == [
        "reference/index.html",
        "reference/operations/put-pet.html",
        "reference/specwright.lock",
    ]
    ran = here.run("docs", "pets.yaml", "-o", "reference")
    assert "; unchanged (" in ran.out
    assert here.files("reference") == before


def test_pages_of_what_is_gone_go(here: Repository) -> None:
    here.run("docs", "pets.yaml", "-o", "reference")
    here.write("reference/notes.txt", "mine")
    here.write("pets.yaml", PETS.replace("putPet", "storePet"))
    assert here.run("docs", "pets.yaml", "-o", "reference").status == 0
    assert [*here.files("reference")] == [
        "reference/index.html",
        "reference/notes.txt",
        "reference/operations/store-pet.html",
        "reference/specwright.lock",
    ]


def test_a_folder_of_others_is_left_alone(here: Repository) -> None:
    here.write("reference/notes.txt", "mine")
    ran = here.run("docs", "pets.yaml", "-o", "reference")
    assert (ran.status, [*here.files("reference")]) == (2, ["reference/notes.txt"])
    assert "error[output-not-ours]" in ran.err


def test_a_page_that_was_changed_is_not_written_over(here: Repository) -> None:
    here.run("docs", "pets.yaml", "-o", "reference")
    here.write("reference/index.html", "mine")
    ran = here.run("docs", "pets.yaml", "-o", "reference")
    assert (ran.status, here.files("reference")["reference/index.html"][0]) == (2, b"mine")
    assert "error[output-edited]" in ran.err


@pytest.mark.parametrize("first", ["docs", "generate"])
def test_a_package_and_a_reference_are_never_one_folder(here: Repository, first: str) -> None:
    second = "generate" if first == "docs" else "docs"
    here.run(first, "pets.yaml", "-o", "out")
    before = here.files("out")
    ran = here.run(second, "pets.yaml", "-o", "out")
    assert (ran.status, here.files("out")) == (2, before)
    assert "error[output-of-another-kind]" in ran.err


def test_names_are_those_of_the_package(here: Repository) -> None:
    here.write("pyproject.toml", '[tool.specwright.documents.pets]\nspec = "pets.yaml"\noutput = "client"\n')
    here.run("generate")
    lock = (here.folder / "client" / "specwright.lock").read_text("utf-8")
    here.write("client/specwright.lock", lock.replace('/put" = "put_pet"', '/put" = "put_a_pet"'))
    assert "client.pets.put_a_pet(" in here.run("docs", "--format", "text").out


def test_text_and_markdown_are_printed_or_written(here: Repository) -> None:
    printed = here.run("docs", "pets.yaml", "--format", "text")
    assert printed.status == 0
    assert (
        "\nRequest body fields\n\nName Type Required Description\n\nid String No\n\nread-only.\n"
        in printed.out
    )
    assert here.run("docs", "pets.yaml", "--format", "text", "-o", "-").out == printed.out
    assert here.run("docs", "pets.yaml", "--format", "text", "-o", "pets.txt") == (0, "", "")
    assert (here.folder / "pets.txt").read_text("utf-8") == printed.out
    marked = here.run("docs", "pets.yaml", "--format", "markdown").out
    assert '| `kind` | String | Yes | Possible values: `"cat"`, `"dog"`. |' in marked


def test_json_says_what_was_made(here: Repository) -> None:
    made = json.loads(here.run("docs", "pets.yaml", "-o", "reference", "--json").out)
    assert (made["title"], made["output"], made["operations"], made["pages"]) == ("Pets", "reference", 1, 2)
    assert len(made["written"]) == 3
    printed = json.loads(here.run("docs", "pets.yaml", "--format", "text", "--json").out)
    assert printed["text"] == here.run("docs", "pets.yaml", "--format", "text").out


def test_problems_are_told_and_may_refuse(here: Repository) -> None:
    here.write("pets.yaml", NOWHERE)
    ran = here.run("docs", "pets.yaml", "-o", "reference")
    assert ran.status == 0
    assert "warning[ref-missing]" in ran.err
    assert here.run("docs", "pets.yaml", "-o", "other", "--strict").status == 2
    assert not (here.folder / "other").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("docs", "pets.yaml"), "-o DIR"),
        (("docs", "pets.yaml", "-o", "-"), "-o DIR"),
        (("docs", "-o", "reference"), "name it (pets.yaml, others.yaml)"),
    ],
)
def test_what_is_missing_is_said(here: Repository, arguments: tuple[str, ...], said: str) -> None:
    documents = "".join(
        f'[tool.specwright.documents.{name}]\nspec = "{name}.yaml"\n' for name in ("pets", "others")
    )
    here.write("pyproject.toml", documents)
    ran = here.run(*arguments)
    assert ran.status == 2
    assert said in ran.err


def test_only_what_is_selected_is_told(here: Repository) -> None:
    ran = here.run("docs", "pets.yaml", "--tag", "none", "--format", "text")
    assert "PUT /pets" not in ran.out
