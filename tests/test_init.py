from __future__ import annotations

import errno
import json
import pathlib
import tomllib
from typing import TYPE_CHECKING, Any

import pytest

from commands import Repository

if TYPE_CHECKING:
    from pathlib import Path

MADE = {
    ".gitattributes",
    "pyproject.toml",
    "spec/acme-api.yaml",
    "Makefile",
    ".github/workflows/specwright.yml",
}

KEPT = (".gitattributes", ".github/workflows/specwright.yml")


@pytest.fixture
def repository(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Repository:
    folder = tmp_path / "Acme API"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return Repository(folder, capsys)


def text(repository: Repository, path: str) -> str:
    return (repository.folder / path).read_text()


def test_what_it_makes_works_right_away(repository: Repository) -> None:
    ran = repository.run("init")
    assert (ran.status, ran.err) == (0, "")
    assert set(repository.files()) == MADE
    for path in MADE:
        assert f"created   {path}\n" in ran.out
    assert "`make generate`" in ran.out
    assert repository.run("lint") == (0, "spec/acme-api.yaml: no problems\n", "")
    assert repository.run("generate").status == 0
    assert repository.run("check").status == 0
    assert (repository.folder / "generated/acme-api/acme_api/client.py").is_file()


def test_a_second_time_changes_nothing(repository: Repository) -> None:
    repository.run("init")
    before = repository.files()
    ran = repository.run("init")
    assert ran.status == 0
    assert [line.split() for line in ran.out.partition("\n\n")[0].splitlines()] == [
        ["kept", path] for path in ("pyproject.toml", "spec/acme-api.yaml", "Makefile", *KEPT)
    ]
    assert repository.files() == before


def test_nothing_is_started_in_what_was_generated(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.run("init")
    repository.run("generate")
    before = repository.files()
    monkeypatch.chdir(repository.folder / "generated/acme-api")
    ran = repository.run("init")
    assert ran.status == 2
    assert "error[output-in-the-way]" in ran.err
    assert repository.run("check") == (0, ".: up to date\n", "")
    assert repository.files() == before


@pytest.mark.parametrize(
    ("there", "done"),
    [("*.png binary\n", "extended"), ("generated/** -text\n", "kept"), ("generated/** text eol=lf", "kept")],
)
def test_line_ends_of_what_is_generated_are_left_alone(repository: Repository, there: str, done: str) -> None:
    repository.write(".gitattributes", there)
    assert f"{done:<8}  .gitattributes\n" in repository.run("init").out
    said = text(repository, ".gitattributes")
    assert said.startswith(there)
    assert (said == there) == (done == "kept")


def test_the_document_can_be_named(repository: Repository) -> None:
    repository.run("init", "pets")
    repository.run("init", "toys")
    documents = tomllib.loads(text(repository, "pyproject.toml"))["tool"]["specwright"]["documents"]
    assert documents == {
        "pets": {"spec": "spec/pets.yaml", "output": "generated/pets"},
        "toys": {"spec": "spec/toys.yaml", "output": "generated/toys"},
    }
    assert repository.run("generate").status == 0


@pytest.mark.parametrize("end", ["", "\n"])
def test_what_is_there_is_kept(repository: Repository, end: str) -> None:
    there = {
        "pyproject.toml": f"# mine\n[project]\nname = 'x' # a name\n[tool.other]{end}",
        "Makefile": f"all: generate\n\ngenerate:\n\techo mine{end}",
        "spec/acme-api.yaml": "# mine\n",
        ".github/workflows/specwright.yml": "# mine\n",
    }
    for path, content in there.items():
        repository.write(path, content)
    ran = repository.run("init")
    assert ran.status == 0
    for path, content in there.items():
        assert text(repository, path).startswith(content)
    assert text(repository, "spec/acme-api.yaml") == "# mine\n"
    assert "\n\n# specwright: begin\n" in text(repository, "Makefile")
    assert "\nspecwright-generate:" in text(repository, "Makefile")
    assert "\ncheck:" in text(repository, "Makefile")
    assert "`make specwright-generate`" in ran.out
    assert tomllib.loads(text(repository, "pyproject.toml"))["tool"]["other"] == {}


def test_a_makefile_of_another_name_is_found(repository: Repository) -> None:
    repository.write("GNUmakefile", "all:\n")
    repository.run("init")
    assert "specwright generate" in text(repository, "GNUmakefile")
    assert not (repository.folder / "Makefile").exists()


@pytest.mark.parametrize(
    "text",
    ["[tool", "tool = { other = 1 }\n", "[tool]\nspecwright = { documents = { pets = { spec = 'a' } } }\n[x"],
)
def test_a_project_that_cannot_take_the_section_is_told_and_nothing_is_written(
    repository: Repository, text: str
) -> None:
    repository.write("pyproject.toml", text)
    before = repository.files()
    ran = repository.run("init")
    assert ran.status == 2
    assert "pyproject.toml:1:1: error[config-syntax]: " in ran.err
    assert repository.files() == before


@pytest.mark.parametrize("blocked", ["spec", ".github", ".github/workflows"])
def test_a_file_where_a_folder_goes_is_told_and_nothing_is_written(
    repository: Repository, blocked: str
) -> None:
    repository.write(blocked, "mine")
    before = repository.files()
    ran = repository.run("init")
    assert ran.status == 2
    assert f"error[output-unwritable]: can't write {repository.folder / blocked}: File exists\n" in ran.err
    assert repository.files() == before
    assert not (repository.folder / "spec").is_dir()


@pytest.mark.parametrize("there", [{}, {"pyproject.toml": "# mine\r\n", "Makefile": "all:\n"}])
def test_what_was_done_before_an_error_is_undone(
    repository: Repository, monkeypatch: pytest.MonkeyPatch, there: dict[str, str]
) -> None:
    for path, content in there.items():
        repository.write(path, content)
    opened = pathlib.Path.open

    def full(path: Path, mode: str = "r", **more: Any) -> Any:
        if mode in {"a", "x"} and path.name == "pyproject.toml":
            raise OSError(errno.ENOSPC, "No space left on device", str(path))
        return opened(path, mode, **more)

    monkeypatch.setattr(pathlib.Path, "open", full)
    ran = repository.run("init")
    assert ran.status == 2
    assert "No space left on device" in ran.err
    left = {path.name: path.read_bytes().decode() for path in repository.folder.iterdir()}
    assert left == there


def test_a_symlink_is_not_written_through(repository: Repository, tmp_path: Path) -> None:
    (tmp_path / "victim").mkdir()
    repository.write("spec/.keep", "")
    (repository.folder / "spec/acme-api.yaml").symlink_to(tmp_path / "victim" / "made")
    assert repository.run("init").status == 0
    assert list((tmp_path / "victim").iterdir()) == []


def test_it_tells_a_program_what_it_did(repository: Repository) -> None:
    told = json.loads(repository.run("init", "--json").out)
    assert told["name"] == "acme-api"
    assert {step["path"]: step["done"] for step in told["files"]} == dict.fromkeys(MADE, "created")
    assert len(told["next"]) == 3
