"""`generate`: where it writes, where it does not, and what it tells of that."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from commands import PETS, Repository

if TYPE_CHECKING:
    from pathlib import Path

LISTED = """\
[tool.specwright.documents.pets]
spec = "spec/pets.yaml"
output = "generated/pets"

[tool.specwright.documents.toys]
spec = "spec/toys.yaml"
output = "generated/toys"
"""
TOYS = PETS.replace("Pets", "Toys").replace("/pets/", "/toys/")


@pytest.fixture
def repository(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Repository:
    monkeypatch.chdir(tmp_path)
    made = Repository(tmp_path, capsys)
    made.write("pyproject.toml", LISTED)
    made.write("spec/pets.yaml", PETS)
    made.write("spec/toys.yaml", TOYS)
    return made


# --- the folder of another document -----------------------------------------------------------------------------


@pytest.mark.parametrize("more", [(), ("--dry-run",)])
def test_the_package_of_another_document_is_not_replaced(
    repository: Repository, more: tuple[str, ...]
) -> None:
    assert repository.run("generate", "spec/toys.yaml").status == 0
    before = repository.files("generated")
    ran = repository.run("generate", "spec/pets.yaml", "-o", "generated/toys", *more)
    assert ran.status == 2
    told = "`generated/toys` holds the package `toys`, which was made from `toys.yaml`."
    assert ran.err.startswith(f"error[output-of-another-document]: {told}\n")
    assert repository.files("generated") == before


def test_a_document_that_is_moved_or_a_package_that_is_renamed_has_its_folder_still(
    repository: Repository,
) -> None:
    assert repository.run("generate", "spec/toys.yaml").status == 0
    moved = repository.write("spec/games.yaml", TOYS)
    assert repository.run("generate", str(moved), "-o", "generated/toys").status == 0
    assert repository.run("generate", str(moved), "-o", "generated/toys", "--package", "toys").status == 0
    moved.write_text(TOYS.replace("age:", "years:"))
    assert repository.run("generate", str(moved), "-o", "generated/toys", "--package", "play").status == 0


def test_files_that_are_removed_are_counted_for_themselves(repository: Repository) -> None:
    repository.run("generate", "spec/toys.yaml")
    ran = repository.run("generate", "spec/toys.yaml", "--package", "play", "--json")
    told = json.loads(ran.out)
    repository.run("generate", "spec/toys.yaml")
    ran = repository.run("generate", "spec/toys.yaml", "--package", "play")
    assert f"; {len(told['written'])} files written, {len(told['removed'])} files removed (" in ran.out


# --- where one stands -------------------------------------------------------------------------------------------


def test_in_a_package_the_configuration_is_that_of_the_repository(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.run("generate")
    before = repository.files()
    monkeypatch.chdir(repository.folder / "generated/pets")
    ran = repository.run("generate")
    assert (ran.status, ran.err) == (0, "")
    assert len(ran.out.splitlines()) == 2
    monkeypatch.chdir(repository.folder)
    assert repository.files() == before


# --- what a program is told -------------------------------------------------------------------------------------


def test_each_document_is_named_whatever_became_of_it(repository: Repository) -> None:
    repository.write("spec/toys.yaml", "paths: [")
    for command in ("generate", "check"):
        pets, toys = json.loads(repository.run(command, "--json").out)["documents"]
        assert (pets["name"], pets["spec"], pets["output"]) == ("pets", "spec/pets.yaml", "generated/pets")
        assert (toys["name"], toys["spec"], "output" in toys) == ("toys", "spec/toys.yaml", False)


def test_a_dry_run_says_that_it_is_one(repository: Repository) -> None:
    for more in ([], ["--dry-run"]):
        told = json.loads(repository.run("generate", "spec/pets.yaml", "--json", *more).out)
        assert told["dry_run"] == bool(more)


# --- mistakes of the configuration ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("setting", "told"),
    [
        (
            'env = { tokn = "X" }',
            "4:9: error[env-unknown]: the client has no argument `tokn`",
        ),
        ('tags = ["nope"]', "4:10: error[select-nothing]: No operation has the tag `nope`."),
        ('overlay = "nope.yaml"', "4:12: error[file-missing]: There is no file `nope.yaml`."),
    ],
)
def test_a_mistake_of_the_configuration_is_told_where_it_is(
    repository: Repository, setting: str, told: str
) -> None:
    repository.write("pyproject.toml", LISTED.replace("\n\n", f"\n{setting}\n\n", 1))
    ran = repository.run("generate")
    assert ran.status == 2
    assert ran.err.startswith(f"pyproject.toml:{told}\n")


def test_a_document_that_is_listed_and_not_there_is_told_where_it_is_listed(repository: Repository) -> None:
    (repository.folder / "spec/pets.yaml").unlink()
    ran = repository.run("generate")
    assert ran.err.startswith("pyproject.toml:2:9: error[file-missing]: There is no file `spec/pets.yaml`.\n")
    ran = repository.run("generate", "spec/none.yaml")
    assert ran.err.startswith("spec/none.yaml:1:1: error[file-missing]: ")


def test_what_an_option_says_is_no_mistake_of_the_configuration(repository: Repository) -> None:
    ran = repository.run("generate", "spec/pets.yaml", "--tag", "nope")
    assert ran.err.startswith("spec/pets.yaml:4:1: error[select-nothing]: ")
    assert ran.err.endswith("  hint: The document has `pets`.\n")


def test_an_address_is_no_file(repository: Repository) -> None:
    ran = repository.run("generate", "https://api.example/openapi.yaml")
    assert ran.status == 2
    assert ran.err == (
        "error[file-missing]: `https://api.example/openapi.yaml` is an address; a document is a file.\n"
        "  hint: Fetch it first: `curl -fLo openapi.yaml https://api.example/openapi.yaml`.\n"
    )


def test_a_folder_is_no_document(repository: Repository) -> None:
    ran = repository.run("generate", "spec")
    assert ran.err.startswith(
        "spec:1:1: error[file-missing]: The file `spec` can't be read: it is a folder.\n"
    )


# --- line ends --------------------------------------------------------------------------------------------------


def test_other_line_ends_are_told_once_and_written_over(repository: Repository) -> None:
    repository.run("generate", "spec/pets.yaml")
    written = repository.files("generated")
    for path, (content, _) in written.items():
        repository.write(path, content.replace(b"\n", b"\r\n"))
    ran = repository.run("check", "spec/pets.yaml")
    assert ran.status == 1
    assert ran.out.count("line ends") == 1
    assert "changed after specwright wrote it" not in ran.out
    assert "put `generated/pets/** -text` into .gitattributes" in ran.out
    repository.write("spec/pets.yaml", PETS.replace("age:", "years:"))
    assert repository.run("generate", "spec/pets.yaml").status == 0
    repository.write("spec/pets.yaml", PETS)
    assert repository.run("generate", "spec/pets.yaml").status == 0
    now = repository.files("generated")
    lock = "generated/pets/specwright.lock"  # which keeps the names that were given
    assert [path for path in written if now[path][0] != written[path][0]] == [lock]


def test_line_ends_beside_other_changes_are_an_edit(repository: Repository) -> None:
    repository.run("generate", "spec/pets.yaml")
    repository.write("generated/pets/pets/client.py", "mine\r\n")
    assert "error[output-edited]" in repository.run("generate", "spec/pets.yaml").err
