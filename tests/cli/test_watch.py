from __future__ import annotations

import json
import queue
import signal
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, Any

import pytest

from commands import PETS, Repository, begun, program

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PATIENCE = 90
"""Seconds, on a machine that has other things to do."""
LISTED = """\
[tool.specwright.documents.pets]
spec = "spec/pets.yaml"
output = "generated/pets"
"""
SPLIT = PETS.replace('"#/components/schemas/Owner"', '"owner.yaml"')
OWNER = """\
title: Owner
type: object
properties:
  email: { type: string }
"""
BROKEN = PETS.replace("paths:", "paths: [")


@pytest.fixture
def repository(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Repository:
    monkeypatch.chdir(tmp_path)
    made = Repository(tmp_path, capsys)
    made.write("pyproject.toml", LISTED)
    made.write("spec/pets.yaml", PETS)
    return made


class Watching:
    """A process that watches, and what it says."""

    def __init__(self, run: subprocess.Popen[str]) -> None:
        self.run = run
        self.out = self._read(run.stdout)
        self.err = self._read(run.stderr)

    def _read(self, stream: IO[str] | None) -> queue.Queue[str]:
        assert stream is not None
        lines: queue.Queue[str] = queue.Queue()

        def read() -> None:
            for line in stream:
                lines.put(line.rstrip("\n"))

        threading.Thread(target=read, daemon=True).start()
        return lines

    def told(self) -> dict[str, Any]:
        """The next object."""
        found: dict[str, Any] = json.loads(self.out.get(timeout=PATIENCE))
        return found

    def made(self) -> dict[str, Any]:
        """The next object of a package that was made: a save in place can be seen before all of it is there."""
        while "package" not in (found := self.told()):
            pass
        return found

    def until(self, text: str) -> list[str]:
        """The lines of standard error up to one that has the text."""
        lines = [""]
        while text not in lines[-1]:
            lines.append(self.err.get(timeout=PATIENCE))
        return lines[1:]

    def interrupt(self) -> int:
        self.run.send_signal(signal.SIGINT)
        return self.run.wait(timeout=PATIENCE)


@contextmanager
def watching(*arguments: str) -> Iterator[Watching]:
    command = [sys.executable, "-m", "specwright", "generate", "--watch", *arguments]
    with begun(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as run:
        found = Watching(run)
        found.until("watching ")
        yield found


def replaced(file: Path, text: str) -> None:
    """Saved as many editors do: another file takes the place."""
    beside = file.with_name(f".{file.name}.swp")
    beside.write_text(text)
    beside.replace(file)


def test_each_save_is_generated_from_and_what_changed_is_said(repository: Repository) -> None:
    spec = repository.folder / "spec/pets.yaml"
    with watching() as watch:
        assert "files written (" in watch.out.get(timeout=PATIENCE)
        assert watch.out.get(timeout=PATIENCE).startswith("  wrote README.md, pets/")
        spec.write_text(PETS.replace("age:", "years:"))
        assert "; 5 files written (" in watch.out.get(timeout=PATIENCE)
        assert "pets/models.py" in watch.out.get(timeout=PATIENCE)
        assert "years:" in (repository.folder / "generated/pets/pets/models.py").read_text()
        assert program("check").returncode == 0


def test_a_run_is_an_object_on_a_line(repository: Repository) -> None:
    spec = repository.folder / "spec/pets.yaml"
    with watching("--json") as watch:
        assert "pets/client.py" in watch.told()["written"]
        replaced(spec, PETS.replace("operationId: putPet", "operationId: putPet\n      summary: Puts a pet."))
        told = watch.told()
        assert told["spec"] == "spec/pets.yaml"
        assert "pets/client.py" in told["written"]
        assert "pets/models.py" not in told["written"]
        replaced(spec, PETS)
        assert "pets/client.py" in watch.told()["written"]


@pytest.mark.parametrize("broken", [BROKEN, "", PETS[: PETS.index("https:")]])
def test_a_broken_save_is_told_and_the_next_good_one_mends_it(repository: Repository, broken: str) -> None:
    spec = repository.folder / "spec/pets.yaml"
    with watching("--json") as watch:
        watch.told()
        before = repository.files("generated")
        spec.write_text(broken)
        told = watch.told()
        assert told["spec"] == "spec/pets.yaml"
        assert told["problems"]
        assert watch.until("error[")[-1].startswith("spec/pets.yaml:")
        assert repository.files("generated") == before
        spec.write_text(PETS.replace("age:", "years:"))
        assert "pets/models.py" in watch.made()["written"]


def test_a_watch_begins_with_a_document_that_is_broken_or_not_there(repository: Repository) -> None:
    spec = repository.folder / "spec/pets.yaml"
    spec.unlink()
    spec.parent.rmdir()
    with watching("--json") as watch:
        assert watch.told()["problems"][0]["code"] == "file-missing"
        spec.parent.mkdir()
        spec.write_text(PETS)
        assert watch.made()["package"] == "pets"


def test_a_document_that_goes_may_come_back(repository: Repository) -> None:
    spec = repository.folder / "spec/pets.yaml"
    with watching("--json") as watch:
        watch.told()
        spec.rename(spec.with_name("away.yaml"))
        assert watch.told()["problems"][0]["code"] == "file-missing"
        assert (repository.folder / "generated/pets/pets/client.py").is_file()
        spec.with_name("away.yaml").rename(spec)
        told = watch.told()
        assert (told["package"], told["written"]) == ("pets", [])


def test_files_that_a_document_refers_to_are_watched(repository: Repository) -> None:
    repository.write("spec/pets.yaml", SPLIT)
    owner = repository.write("spec/owner.yaml", OWNER)
    with watching("--json") as watch:
        watch.told()
        replaced(owner, OWNER.replace("email", "address"))
        assert "pets/models.py" in watch.told()["written"]


def test_a_file_that_a_broken_document_refers_to_mends_it(repository: Repository) -> None:
    repository.write("spec/pets.yaml", SPLIT)
    owner = repository.write("spec/owner.yaml", "title: [")
    with watching("--json") as watch:
        assert watch.told()["problems"][0]["code"] == "yaml-syntax"
        owner.write_text(OWNER)
        assert watch.made()["package"] == "pets"


def test_a_file_that_is_not_there_yet_is_waited_for(repository: Repository) -> None:
    repository.write("spec/pets.yaml", SPLIT.replace("owner.yaml", "parts/owner.yaml"))
    with watching("--json") as watch:
        assert watch.told()["problems"][0]["code"] == "ref-missing"
        (repository.folder / "spec/parts").mkdir()
        (repository.folder / "spec/parts/owner.yaml").write_text(OWNER)
        told = watch.made()
        assert told["problems"] == []
        assert "pets/models.py" in told["written"]


def test_an_overlay_is_watched(repository: Repository) -> None:
    overlay = "overlay: 1.0.0\ninfo: { title: More, version: '1' }\nactions:\n- target: $.info\n  update: { title: Cats }\n"
    file = repository.write("spec/more.yaml", overlay)
    repository.write("pyproject.toml", f'{LISTED}overlay = "spec/more.yaml"\n')
    with watching("--json") as watch:
        watch.told()
        file.write_text(overlay.replace("Cats", "Dogs"))
        assert "README.md" in watch.made()["written"]


def test_the_file_behind_a_symbolic_link_is_watched(repository: Repository) -> None:
    real = repository.write("elsewhere/pets.yaml", PETS)
    spec = repository.folder / "spec/pets.yaml"
    spec.unlink()
    spec.symlink_to(real)
    with watching("--json") as watch:
        watch.told()
        replaced(real, PETS.replace("age:", "years:"))
        assert "pets/models.py" in watch.told()["written"]


def test_the_configuration_is_watched(repository: Repository) -> None:
    config = repository.folder / "pyproject.toml"
    with watching("--json") as watch:
        assert watch.told()["package"] == "pets"
        replaced(config, "[tool.")
        assert watch.told()["problems"][0]["code"] == "config-syntax"
        repository.write("spec/cats.yaml", PETS.replace("title: Pets", "title: Cats"))
        replaced(config, LISTED + LISTED.replace("pets", "cats"))
        assert watch.told()["package"] == "cats"  # and of the other one nothing changed
        replaced(repository.folder / "spec/pets.yaml", PETS.replace("age:", "years:"))
        assert watch.told()["package"] == "pets"
        assert watch.out.empty()


def test_of_several_documents_that_which_is_saved_is_generated(repository: Repository) -> None:
    repository.write("pyproject.toml", LISTED + LISTED.replace("pets", "cats"))
    cats = repository.write("spec/cats.yaml", BROKEN)
    with watching("--json") as watch:
        assert watch.told()["package"] == "pets"
        assert watch.told()["spec"] == "spec/cats.yaml"
        cats.write_text(PETS)
        assert watch.made()["package"] == "cats"


def test_saves_in_quick_succession_end_in_the_last(repository: Repository) -> None:
    spec = repository.folder / "spec/pets.yaml"
    with watching("--json") as watch:
        watch.told()
        for number in range(30):
            (spec.write_text if number % 2 else lambda text: replaced(spec, text))(
                PETS.replace("age:", f"age{number}:")
            )
        models = repository.folder / "generated/pets/pets/models.py"
        runs = 1
        watch.told()
        while "age29:" not in models.read_text():
            watch.told()
            runs += 1
        assert runs < 30


def test_a_file_that_is_emptied_before_it_is_written_is_waited_for(repository: Repository) -> None:
    spec = repository.folder / "spec/pets.yaml"
    with watching("--json") as watch:
        watch.told()
        spec.write_text("")
        time.sleep(0.15)
        spec.write_text(PETS.replace("age:", "years:"))
        assert "pets/models.py" in watch.told()["written"]
        spec.write_text("")
        assert watch.told()["problems"][0]["code"] == "document-empty"


def test_one_document_is_watched_where_it_is_named(repository: Repository) -> None:
    (repository.folder / "pyproject.toml").unlink()
    spec = repository.folder / "spec/pets.yaml"
    with watching("spec/pets.yaml", "-o", "out", "--json") as watch:
        assert watch.told()["output"] == "out"
        spec.write_text(PETS.replace("age:", "years:"))
        assert "pets/models.py" in watch.made()["written"]


def test_an_interrupt_ends_it_with_130_and_leaves_nothing_half_written(repository: Repository) -> None:
    spec = repository.folder / "spec/pets.yaml"
    with watching("--json") as watch:
        watch.told()
        spec.write_text(PETS.replace("age:", "years:"))
        assert watch.interrupt() == 130
        assert watch.until("interrupted")
    assert program("generate").returncode == 0
    assert program("check").returncode == 0
    assert [path.name for path in (repository.folder / "generated").iterdir()] == ["pets"]


def test_a_watch_of_nothing_is_refused(repository: Repository) -> None:
    (repository.folder / "pyproject.toml").unlink()
    assert program("generate", "--watch", timeout=PATIENCE).returncode == 2


@pytest.mark.usefixtures("repository")
def test_a_run_loads_neither_what_watches_nor_what_sends() -> None:
    script = (
        "import sys; from specwright.cli import main; main(['generate']);"
        "sys.exit(not {'watchfiles', 'httpx2', 'asyncio', 'rich'}.isdisjoint(sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False, capture_output=True).returncode == 0
