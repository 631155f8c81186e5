"""What `generate --dry-run --json` declares is all that a run reads, and what it then gives."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import pytest

from commands import PETS, Repository

if TYPE_CHECKING:
    from pathlib import Path

LISTED = """\
[tool.specwright.documents.pets]
spec = "spec/pets.yaml"
output = "generated/pets"
overlay = "spec/more.yaml"
"""
OVERLAY = "overlay: 1.0.0\ninfo: { title: More, version: '1' }\nactions:\n- target: $.info\n  update: { title: Cats }\n"


@pytest.fixture
def repository(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Repository:
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    made = Repository(here, capsys)
    made.write("pyproject.toml", LISTED)
    made.write("spec/pets.yaml", PETS.replace('"#/components/schemas/Owner"', '"parts/owner.yaml"'))
    made.write("spec/parts/owner.yaml", "type: object\nproperties: { email: { type: string } }\n")
    made.write("spec/more.yaml", OVERLAY)
    made.write("spec/unused.yaml", "nobody: reads this\n")
    return made


def _declared(repository: Repository, *arguments: str) -> tuple[dict[str, str], dict[str, str]]:
    told = json.loads(repository.run("generate", "--dry-run", "--json", *arguments).out)
    inputs, outputs = ({file["path"]: file["sha256"] for file in told[key]} for key in ("inputs", "outputs"))
    return inputs, outputs


def _hashes(folder: Path, paths: Any) -> dict[str, str]:
    return {path: sha256((folder / path).read_bytes()).hexdigest() for path in paths}


def _elsewhere(repository: Repository, inputs: dict[str, str], *arguments: str) -> dict[str, str]:
    """The files that a run gives in a folder that has the inputs, and nothing else."""
    folder = repository.folder.parent / "elsewhere"
    for path in inputs:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(repository.folder / path, folder / path, follow_symlinks=False)
    subprocess.run([sys.executable, "-m", "specwright", "generate", *arguments], cwd=folder, check=True)
    found = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    return _hashes(folder, found - (inputs.keys() - {"generated/pets/specwright.lock"}))


def test_a_run_that_has_its_inputs_only_gives_its_outputs(repository: Repository) -> None:
    inputs, outputs = _declared(repository)
    assert set(inputs) == {"pyproject.toml", "spec/pets.yaml", "spec/parts/owner.yaml", "spec/more.yaml"}
    assert inputs == _hashes(repository.folder, inputs)
    assert "generated/pets/pets/models.py" in outputs
    assert not (repository.folder / "generated").exists()
    assert _elsewhere(repository, inputs) == outputs
    repository.run("generate")
    assert _hashes(repository.folder, outputs) == outputs


def test_the_names_that_a_lock_keeps_do_not_tell_where_the_folder_is(repository: Repository) -> None:
    repository.write("spec/pets.yaml", PETS.replace('"#/components/schemas/Pet"', '"parts/owner.yaml"'))
    repository.run("generate")
    lock = (repository.folder / "generated/pets/specwright.lock").read_text()
    assert '"model parts/owner.yaml#" = "OwnerModel"' in lock
    assert str(repository.folder) not in lock


def test_the_lock_of_an_earlier_run_is_an_input(repository: Repository) -> None:
    repository.run("generate")
    unchanged = _declared(repository)[1]
    assert unchanged == _hashes(repository.folder, unchanged)
    overlay = repository.folder / "spec/more.yaml"
    overlay.write_text(OVERLAY.replace("Cats", "Dogs"))
    inputs, outputs = _declared(repository)
    assert "generated/pets/specwright.lock" in inputs
    assert inputs == _hashes(repository.folder, inputs)
    assert outputs != unchanged
    assert _elsewhere(repository, inputs) == outputs


def test_a_document_that_is_no_part_of_the_configuration(repository: Repository) -> None:
    (repository.folder / "pyproject.toml").unlink()
    link = repository.folder / "spec/link.yaml"
    link.symlink_to("pets.yaml")
    arguments = ("spec/link.yaml", "-o", "generated/pets")
    inputs, outputs = _declared(repository, *arguments)
    assert set(inputs) == {"spec/link.yaml", "spec/pets.yaml", "spec/parts/owner.yaml"}
    assert _elsewhere(repository, inputs, *arguments) == outputs


def test_a_run_that_writes_declares_nothing(repository: Repository) -> None:
    told = json.loads(repository.run("generate", "--json").out)
    assert not told.keys() & {"inputs", "outputs", "action"}
