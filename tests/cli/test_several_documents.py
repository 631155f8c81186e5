from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from commands import NOWHERE, PETS, Repository, begun, on_a_terminal, program

NAMES = ("ants", "bees", "cats", "dogs", "eels")
LISTED = """\
[tool.specwright.documents.pets]
spec = "spec/pets.yaml"
output = "generated/pets"
"""


@pytest.fixture
def repository(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Repository:
    monkeypatch.chdir(tmp_path)
    made = Repository(tmp_path, capsys)
    made.write("pyproject.toml", "".join(LISTED.replace("pets", name) for name in NAMES))
    for name in NAMES:
        made.write(f"spec/{name}.yaml", PETS)
    return made


def test_results_come_in_the_order_of_the_configuration(repository: Repository) -> None:
    repository.write("spec/bees.yaml", "openapi: [")
    repository.write("spec/dogs.yaml", NOWHERE)
    ran = program("generate")
    assert ran.returncode == 2
    told = [line.partition(":")[0] for line in ran.stdout.splitlines()]
    assert told == [f"generated/{name}" for name in NAMES if name != "bees"]
    found = re.findall(r"^spec/(\w+)\.yaml:\d+:\d+: (\w+)\[", ran.stderr, re.MULTILINE)
    assert found == [("bees", "error"), ("dogs", "warning")]
    whole = json.loads(program("generate", "--json").stdout)
    assert [document.get("package") for document in whole["documents"]] == [
        "ants",
        None,
        "cats",
        "dogs",
        "eels",
    ]
    assert whole["operations"] == 4


def test_what_is_made_side_by_side_is_what_is_made_alone(repository: Repository) -> None:
    assert program("generate").returncode == 0
    for name in NAMES:
        repository.run("generate", f"spec/{name}.yaml", "-o", f"alone/{name}")
    together, alone = repository.files("generated"), repository.files("alone")
    assert {path.partition("/")[2]: content for path, (content, _) in together.items()} == {
        path.partition("/")[2]: content for path, (content, _) in alone.items()
    }
    assert program("check").returncode == 0
    repository.write("spec/cats.yaml", PETS.replace("age:", "years:"))
    assert program("check").returncode == 1


def test_one_view_shows_how_far_it_is(repository: Repository) -> None:
    status, shown = on_a_terminal("generate")
    assert status == 0
    assert "(0 of 5 done)" in shown
    assert "(4 of 5 done)" in shown
    assert re.findall(r"generated/(\w+): 1 operation", shown) == list(NAMES)
    assert "done" not in program("generate").stderr
    assert (repository.folder / "generated/eels/specwright.lock").is_file()


KILLED = """\
import os, signal, sys
import specwright, specwright.plan
from specwright.cli import main
from specwright.emit import cores

cores.number = lambda: 2
plan = specwright.plan.plan

def fatal(document, *more):
    if document.root["info"]["title"] == "Fatal":
        os.kill(os.getpid(), signal.SIGKILL)
    return plan(document, *more)

specwright.plan.plan = fatal
sys.exit(main(sys.argv[1:]))
"""


@pytest.mark.skipif(
    sys.platform != "linux", reason="what is replaced in a process is so in its copies on Linux only"
)
def test_a_document_whose_process_is_killed_does_not_stop_the_others(repository: Repository) -> None:
    for name in ("ants", "dogs"):
        repository.write(f"spec/{name}.yaml", PETS.replace("title: Pets", "title: Fatal"))
    command = [sys.executable, "-c", KILLED, "generate", "--json"]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ran.returncode == 2
    documents = json.loads(ran.stdout)["documents"]
    assert [document.get("package") for document in documents] == [None, "bees", "cats", None, "eels"]
    said = "the process that worked on it was ended by SIGKILL, perhaps for want of memory"
    assert ran.stderr.splitlines() == [f"error: spec/{name}.yaml: {said}" for name in ("ants", "dogs")]
    assert documents[0] == {
        "name": "ants",
        "spec": "spec/ants.yaml",
        "error": f"spec/ants.yaml: {said}",
        "problems": [],
    }


SLOW = """\
import os, sys, time
import specwright.emit.write as write
from specwright.cli import main
from specwright.emit import cores

cores.number = lambda: 2

def slow(*more):
    os.write(2, b"staged\\n")
    time.sleep(120)

write.refuse_changed_meanwhile = slow
sys.exit(main(sys.argv[1:]))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="as above")
@pytest.mark.parametrize(
    ("ended_by", "status", "told"),
    [
        (signal.SIGINT, 130, ["interrupted"]),
        (signal.SIGTERM, 143, ["interrupted"]),
        (signal.SIGHUP, 129, ["interrupted"]),
        (signal.SIGKILL, -9, []),
    ],
)
@pytest.mark.parametrize("whole_group", [True, False])
def test_whatever_ends_it_ends_all_of_it_and_leaves_nothing_half_written(
    repository: Repository, ended_by: int, status: int, told: list[str], *, whole_group: bool
) -> None:
    if ended_by == signal.SIGKILL and whole_group:
        pytest.skip("what they have begun stays then, until the next run")
    for name in ("ants", "bees"):
        repository.run("generate", f"spec/{name}.yaml")
        repository.write(f"spec/{name}.yaml", PETS.replace("age:", "years:"))
    before = repository.files("generated")
    command = [sys.executable, "-c", SLOW, "generate"]
    with begun(command, stderr=subprocess.PIPE, text=True, start_new_session=True) as run:
        assert run.stderr is not None
        assert [run.stderr.readline() for _ in range(2)] == ["staged\n", "staged\n"]
        (os.killpg if whole_group else os.kill)(run.pid, ended_by)
        assert run.stderr.read().split() == told
        assert run.wait(timeout=60) == status
    assert repository.files("generated") == before


def test_folders_that_are_named_after_one_title_are_a_problem(repository: Repository) -> None:
    listed = '[tool.specwright.documents.{0}]\nspec = "{0}/openapi.yaml"\n'
    repository.write("pyproject.toml", listed.format("old") + listed.format("new"))
    for name in ("old", "new"):
        repository.write(f"{name}/openapi.yaml", PETS)
    ran = program("generate")
    assert ran.returncode == 2
    assert "error[config-clash]" in ran.stderr or "error[output-changed]" in ran.stderr


def test_folders_that_the_configuration_names_twice_are_a_problem(repository: Repository) -> None:
    repository.write("pyproject.toml", LISTED + LISTED.replace("documents.pets", "documents.cats"))
    ran = program("generate")
    assert ran.returncode == 2
    assert "error[config-clash]" in ran.stderr
    assert not (repository.folder / "generated").exists()


# --- the processes ----------------------------------------------------------------------------------------------


WORKING = Path(__file__).with_name("working.py")


def worked(what: str, way: str) -> list[tuple[int, Any]]:
    """The items with what came of each, in a program of its own, since what runs these tests has threads."""
    if way == "fork" and sys.platform != "linux":
        pytest.skip("on Linux only")
    done = subprocess.run(
        [sys.executable, WORKING, what, way], capture_output=True, text=True, check=True, timeout=60
    )
    return [(item, found) for item, found in json.loads(done.stdout)]


WAYS = pytest.mark.parametrize("way", ["fork", "spawn"])


@WAYS
def test_at_most_as_many_processes_as_cores_work_on_many_items(way: str) -> None:
    made = worked("process", way)
    assert [item for item, _ in made] == list(range(6))
    processes = {process for _, process in made}
    assert len(processes) <= 2
    assert "here" not in processes


@WAYS
def test_a_result_that_is_late_comes_in_its_place(way: str) -> None:
    assert [item for item, _ in worked("last_first", way)] == list(range(6))


@WAYS
def test_a_process_that_leaves_is_told_and_another_takes_its_place(way: str) -> None:
    made = dict(worked("leaving", way))
    assert made.pop(1) == "ended with exit status 3"
    assert list(made) == [0, 2, 3, 4, 5]
    assert len(set(made.values())) <= 3


@WAYS
def test_processes_end_when_who_began_them_is_killed(way: str) -> None:
    command = [sys.executable, WORKING, "telling_much", way]
    with begun(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as run:
        assert run.stdout is not None
        assert [run.stdout.readline() for _ in range(2)] == [b"at work\n"] * 2
        run.kill()
        run.communicate(timeout=60)  # until none of them has it open


@WAYS
def test_processes_end_in_the_midst_of_their_work_when_who_began_them_is_killed(way: str) -> None:
    command = [sys.executable, WORKING, "long", way]
    with begun(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as run:
        assert run.stdout is not None
        assert [run.stdout.readline() for _ in range(2)] == [b"at work\n"] * 2
        run.kill()
        assert run.communicate(timeout=30)[0] == b""  # it takes a minute to say more


@WAYS
def test_a_process_begins_no_others(way: str) -> None:
    for item, (process, inner, may_fork) in worked("process_in_process", way):
        assert process != "here", item
        assert inner == [process] * 3
        assert not may_fork


def test_one_core_needs_no_process() -> None:
    assert worked("process", "none") == [(item, "here") for item in range(6)]
