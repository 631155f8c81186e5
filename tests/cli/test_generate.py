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
