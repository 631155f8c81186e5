from __future__ import annotations

import errno
import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import specwright
import specwright.plan
from commands import DESCRIBED, NOWHERE, PETS, Repository, begun, on_a_terminal, program

if TYPE_CHECKING:
    from specwright.document import Document, Map

ROOT = Path(__file__).parent.parent
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
    made.write("pyproject.toml", LISTED)
    made.write("spec/pets.yaml", PETS)
    return made


# --- generate ---------------------------------------------------------------------------------------------------


def test_generate_writes_what_the_configuration_lists(repository: Repository) -> None:
    ran = repository.run("generate")
    assert (ran.status, ran.err) == (0, "")
    assert re.fullmatch(
        r"generated/pets: 1 operation, \d+ models, \d+ validators; \d+ files written \(\d+\.\d\d s\)\n",
        ran.out,
    )
    assert (repository.folder / "generated/pets/pets/client.py").is_file()
    assert (repository.folder / "generated/pets/specwright.lock").is_file()
    before = repository.files("generated")
    again = repository.run("generate")
    assert "; unchanged (" in again.out
    assert repository.files("generated") == before


def test_generate_can_be_told_which_document_and_where_to(repository: Repository) -> None:
    assert repository.run("generate", "spec/pets.yaml", "-o", "out", "--package", "animals").status == 0
    assert (repository.folder / "out/animals/client.py").is_file()
    assert not (repository.folder / "generated").exists()


def test_generate_says_what_became_of_the_folder_that_a_shell_stands_in(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    (repository.folder / "out").mkdir()
    monkeypatch.chdir(repository.folder / "out")
    ran = repository.run("generate", "../spec/pets.yaml", "-o", ".")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.endswith("\n  a shell that stands in this folder still sees the one before: `cd .`\n")
    assert "cd ." not in repository.run("generate", "../spec/pets.yaml", "-o", ".").out


def test_generate_goes_to_a_folder_named_after_the_document_when_none_is_given(
    repository: Repository,
) -> None:
    repository.write("pyproject.toml", "")
    assert repository.run("generate", "spec/pets.yaml").status == 0
    assert (repository.folder / "pets/pets/client.py").is_file()


def test_generate_tells_a_program_what_it_made(repository: Repository) -> None:
    ran = repository.run("generate", "--json")
    told = json.loads(ran.out)
    assert ran.status == 0
    assert (told["package"], told["output"], told["operations"]) == ("pets", "generated/pets", 1)
    assert told["models"] > 1
    assert told["validators"] > 1
    assert "pets/client.py" in told["files"]
    assert told["written"] == told["files"]
    assert told["removed"] == []
    assert told["problems"] == []
    assert 0 < told["seconds"] < 60
    assert json.loads(repository.run("generate", "--json").out)["written"] == []


def test_a_dry_run_says_what_it_would_do_and_writes_nothing(repository: Repository) -> None:
    ran = repository.run("generate", "--dry-run")
    assert ran.status == 0
    assert "would be written" in ran.out
    assert "  write   pets/client.py\n" in ran.out
    assert sorted(repository.files()) == ["pyproject.toml", "spec/pets.yaml"]
    assert repository.run("generate").status == 0
    repository.write("generated/pets/pets/client.py", "# by hand\n")
    assert repository.run("generate", "--dry-run").status == 2


def test_what_can_be_worked_around_is_told_and_the_package_is_made(repository: Repository) -> None:
    repository.write("spec/pets.yaml", NOWHERE)
    ran = repository.run("generate")
    assert ran.status == 0
    lines = ran.err.splitlines()
    assert lines[0].startswith("spec/pets.yaml:32:24: warning[ref-missing]: ")
    assert lines[1] == '  32 |         owner: { $ref: "#/components/schemas/Nobody" }'
    assert lines[2] == "     | " + " " * 23 + "^"
    assert (repository.folder / "generated/pets/pets/client.py").is_file()
    (problem,) = json.loads(repository.run("generate", "--dry-run", "--json").out)["problems"]
    assert problem["code"] == "ref-missing"
    assert problem["place"]["line"] == 32


def test_strict_makes_warnings_errors(repository: Repository) -> None:
    repository.write("spec/pets.yaml", NOWHERE)
    ran = repository.run("generate", "--strict")
    assert ran.status == 2
    assert "error[ref-missing]" in ran.err
    assert not (repository.folder / "generated").exists()


def test_what_the_configuration_ignores_is_not_told(repository: Repository) -> None:
    repository.write("spec/pets.yaml", NOWHERE)
    repository.write("pyproject.toml", LISTED + 'ignore = ["ref-missing"]\n')
    ran = repository.run("generate", "--strict")
    assert (ran.status, ran.err) == (0, "")
    assert repository.run("lint").status == 0


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("openapi: 3.1.1\ninfo: [\n", "spec/pets.yaml:3:1: error[yaml-syntax]: "),
        (PETS.replace("    Owner:", "    Pet:"), "spec/pets.yaml:33:5: error[duplicate-key]: "),
        (PETS.replace("3.1.1", "4.0.0"), "spec/pets.yaml:1:10: error[version-unknown]: "),
        (
            PETS.replace("#/components/schemas/Owner", "../../secret.yaml"),
            "spec/pets.yaml:32:24: error[ref-outside]: ",
        ),
        (b"\xff\xfe", "spec/pets.yaml:1:1: error[file-encoding]: "),
        ("", "spec/pets.yaml:1:1: error[document-empty]: "),
        (None, "pyproject.toml:2:9: error[file-missing]: "),
    ],
)
def test_a_document_that_cannot_be_read_leaves_the_old_output(
    repository: Repository, text: str | bytes | None, where: str
) -> None:
    assert repository.run("generate").status == 0
    before = repository.files("generated")
    if text is None:
        (repository.folder / "spec/pets.yaml").unlink()
    else:
        repository.write("spec/pets.yaml", text)
    ran = repository.run("generate")
    assert ran.status == 2
    assert ran.err.startswith(where)
    assert "\n  hint: " in ran.err or "syntax" in where or "duplicate" in where
    assert "Traceback" not in ran.err
    assert ran.out == ""
    assert repository.files("generated") == before
    assert repository.run("check").status == 2


def test_a_folder_for_a_document_is_told(repository: Repository) -> None:
    ran = repository.run("generate", "spec")
    assert ran.status == 2
    assert ran.err.startswith("spec:1:1: error[file-missing]: ")


def test_of_several_documents_one_may_fail(repository: Repository) -> None:
    more = LISTED.replace("pets", "broken") + LISTED + LISTED.replace("pets", "last")
    repository.write("pyproject.toml", more)
    repository.write("spec/broken.yaml", "openapi: [")
    repository.write("spec/last.yaml", PETS)
    ran = repository.run("generate", "--json")
    assert ran.status == 2
    told = json.loads(ran.out)
    assert [document.get("package") for document in told["documents"]] == [None, "pets", "last"]
    assert told["documents"][0]["problems"][0]["code"] == "yaml-syntax"
    assert told["operations"] == 2
    assert (repository.folder / "generated/last/last/client.py").is_file()
    assert repository.run("check").status == 2


def test_a_name_stays_when_the_document_grows(repository: Repository) -> None:
    repository.run("generate")
    before = (repository.folder / "generated/pets/pets/models.py").read_text().splitlines()
    repository.write(
        "spec/pets.yaml", PETS + "    Toy:\n      type: object\n      properties: { pet: { type: string } }\n"
    )
    repository.run("generate")
    after = (repository.folder / "generated/pets/pets/models.py").read_text().splitlines()
    assert [line for line in before if line not in after] == []


# --- check ------------------------------------------------------------------------------------------------------


def test_check_is_content_with_what_generate_wrote(repository: Repository) -> None:
    repository.run("generate")
    before = repository.files()
    assert repository.run("check") == (0, "generated/pets: up to date\n", "")
    told = json.loads(repository.run("check", "--json").out)
    assert (told["fresh"], told["differences"]) == (True, [])
    assert repository.files() == before


def test_check_shows_one_character_that_was_changed_by_hand(repository: Repository) -> None:
    repository.run("generate")
    models = repository.folder / "generated/pets/pets/models.py"
    models.write_text(models.read_text().replace("class Pet(", "class Pest("))
    ran = repository.run("check")
    assert ran.status == 1
    assert "generated/pets/pets/models.py: changed after specwright wrote it\n" in ran.out
    assert "\n-class Pest(" in ran.out
    assert "\n+class Pet(" in ran.out
    told = json.loads(repository.run("check", "--json").out)
    assert [(each["path"], each["state"]) for each in told["differences"]] == [("pets/models.py", "edited")]
    assert repository.run("generate").status == 2


def test_check_shows_what_a_change_of_the_document_would_change(repository: Repository) -> None:
    repository.run("generate")
    repository.write("spec/pets.yaml", PETS.replace("cat, dog", "cat, cow"))
    ran = repository.run("check")
    assert ran.status == 1
    assert "generated/pets/pets/models.py: not what the document gives\n" in ran.out
    assert "generated/pets/specwright.lock: not what the document gives\n" in ran.out
    assert 'COW = "cow"' in ran.out
    assert "run `specwright generate`" in ran.out


def test_check_notices_a_document_that_gives_the_same(repository: Repository) -> None:
    repository.run("generate")
    repository.write("spec/pets.yaml", PETS + "# a comment\n")
    told = json.loads(repository.run("check", "--json").out)
    assert [each["path"] for each in told["differences"]] == ["specwright.lock"]


def test_check_says_in_one_line_that_nothing_is_written_yet(repository: Repository) -> None:
    told = (1, "generated/pets: not written yet: run `specwright generate`\n", "")
    assert repository.run("check") == told
    (repository.folder / "generated/pets").mkdir(parents=True)
    assert repository.run("check") == told
    more = LISTED.replace("pets]", "more]").replace("generated/pets", "generated/more")
    repository.write("pyproject.toml", LISTED + more)
    assert repository.run("check").out.count("\n") == 2


def test_check_notices_what_is_missing(repository: Repository) -> None:
    repository.run("generate")
    (repository.folder / "generated/pets/pets/models.py").unlink()
    ran = repository.run("check")
    assert ran.status == 1
    assert "generated/pets/pets/models.py: missing\n" in ran.out


def test_check_does_not_mind_files_of_others(repository: Repository) -> None:
    repository.run("generate")
    repository.write("generated/pets/notes.txt", "mine")
    assert repository.run("check").status == 0


def test_check_says_that_another_version_wrote_the_folder(repository: Repository) -> None:
    repository.run("generate")
    lock = repository.folder / "generated/pets/specwright.lock"
    lock.write_text(
        lock.read_text().replace(f'generator = "{specwright.__version__}"', 'generator = "0.0.9"')
    )
    ran = repository.run("check")
    assert ran.status == 1
    assert "generated/pets: made by specwright 0.0.9, another version than this one\n" in ran.out
    assert json.loads(repository.run("check", "--json").out)["made_by"] == "0.0.9"


def test_check_bounds_what_it_shows(repository: Repository) -> None:
    repository.run("generate")
    for path in (repository.folder / "generated/pets/pets/_runtime").glob("*.py"):
        path.write_text("# gone\n" * 500)
    ran = repository.run("check")
    assert ran.status == 1
    assert ran.out.count("\n") < 600
    assert "… and more, which is not shown\n" in ran.out


def test_a_lock_in_the_middle_of_a_merge_is_told_with_the_next_step(repository: Repository) -> None:
    repository.run("generate")
    lock = repository.folder / "generated/pets/specwright.lock"
    lock.write_text(
        lock.read_text().replace("[files]", "<<<<<<< HEAD\n[files]\n=======\n[files]\n>>>>>>> other")
    )
    for command in ("check", "generate"):
        ran = repository.run(command)
        assert ran.status == 2
        assert ran.err.startswith("generated/pets/specwright.lock:11:1: error[lock-conflict]: ")
        assert "  hint: Keep the lines of both sides below [names]" in ran.err


def test_a_folder_of_others_is_told(repository: Repository) -> None:
    repository.write("generated/pets/notes.txt", "mine")
    ran = repository.run("generate")
    assert ran.status == 2
    assert ran.err.startswith("error[output-not-ours]: generated/pets has files in it")
    assert repository.run("check").status == 2


def test_a_lock_that_was_deleted_is_in_version_control(repository: Repository) -> None:
    repository.run("generate")
    (repository.folder / "generated/pets/specwright.lock").unlink()
    ran = repository.run("generate")
    assert ran.status == 2
    assert ran.err.startswith("error[output-not-ours]: ")
    assert "take its `specwright.lock` from version control again." in ran.err


# --- lint -------------------------------------------------------------------------------------------------------


def test_lint_lists_every_problem(repository: Repository) -> None:
    assert repository.run("lint")[:2] == (0, "spec/pets.yaml: 2 notes\n")
    assert repository.run("lint", "--fail-on", "note").status == 1
    repository.write("spec/pets.yaml", DESCRIBED)
    assert repository.run("lint", "--fail-on", "note") == (0, "spec/pets.yaml: no problems\n", "")
    repository.write("spec/pets.yaml", DESCRIBED.replace("schemas/Owner", "schemas/Nobody"))
    ran = repository.run("lint")
    assert ran.status == 1
    assert ran.err.startswith("spec/pets.yaml:34:24: warning[ref-missing]: ")
    assert ran.out == "spec/pets.yaml: 1 warning, 1 note\n"
    assert repository.run("lint", "--fail-on", "error").status == 0
    assert repository.run("lint", "--strict", "--fail-on", "error").status == 1
    missing, unused = json.loads(repository.run("lint", "--json").out)["problems"]
    assert (missing["code"], unused["code"]) == ("ref-missing", "component-unused")
    repository.write("spec/pets.yaml", "openapi: [")
    assert repository.run("lint").status == 2
    assert not (repository.folder / "generated").exists()


# --- documents that are not there -------------------------------------------------------------------------------


@pytest.mark.parametrize("command", ["generate", "check", "lint", "validate"])
def test_a_document_that_is_not_there_is_told_by_each_command(repository: Repository, command: str) -> None:
    repository.write("data.json", "{}")
    more = ("Pet", "data.json") if command == "validate" else ()
    for path, reason in (
        ("no.yaml", "There is no file `no.yaml`."),
        ("spec", "The file `spec` can't be read: "),
    ):
        ran = repository.run(command, path, *more)
        assert ran.status == 2
        assert ran.err.startswith(f"{path}:1:1: error[file-missing]: {reason}")
        assert "  hint: Check the path.\n" in ran.err


# --- the program ------------------------------------------------------------------------------------------------


def test_a_mistake_of_ours_is_owned_up_to_without_a_traceback(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(document: Document, *_: object) -> None:
        def inner(node: Map) -> None:
            raise RuntimeError(f"a \x1b[31mcause in {len(node)}")

        inner(document.root["paths"]["/pets/{id}"])

    monkeypatch.setattr(specwright.plan, "plan", broken)
    ran = repository.run("generate")
    assert ran.status == 2
    assert ran.err.startswith(
        "spec/pets.yaml:5:3: error[internal]: this is a mistake in specwright, not in your document"
    )
    assert "--debug" in ran.err
    assert "Traceback" not in ran.err
    assert "\x1b" not in ran.err
    shown = repository.run("generate", "--debug")
    assert (shown.status, "Traceback" in shown.err) == (2, True)
    told = json.loads(repository.run("generate", "--json").out)
    assert told["error"].startswith("internal: RuntimeError: ")
    assert told["place"] == "spec/pets.yaml:5:3"


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (RecursionError("deep"), "error[internal]: "),
        (MemoryError(), "error[internal]: "),
        (OSError(errno.EIO, "input/output error"), "error: input/output error\n"),
        (OSError(errno.EIO, "input/output error", "a\x1bfile"), "error: a\\x1bfile: input/output error\n"),
    ],
)
def test_no_error_ends_in_a_traceback(
    repository: Repository, monkeypatch: pytest.MonkeyPatch, error: Exception, told: str
) -> None:
    def broken(**_: object) -> None:
        raise error

    monkeypatch.setattr(specwright, "check", broken)
    ran = repository.run("check")
    assert ran.status == 2
    assert ran.err.startswith(told)
    assert "Traceback" not in ran.err
    assert "error" in json.loads(repository.run("check", "--json").out)


@pytest.mark.parametrize("error", [RuntimeError("ours"), OSError(errno.EIO, "input/output error")])
def test_an_error_in_one_document_does_not_stop_the_others(
    repository: Repository, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    more = LISTED.replace("pets]", "broken]").replace("/pets", "/broken")
    repository.write("pyproject.toml", more + LISTED)
    repository.write("spec/broken.yaml", PETS.replace("1.2.0", "0.0.0"))
    plan = specwright.plan.plan

    def broken(document: Document, *more: Any) -> Any:
        if document.root["info"]["version"] == "0.0.0":
            raise error
        return plan(document, *more)

    monkeypatch.setattr(specwright.plan, "plan", broken)
    ran = repository.run("generate")
    assert ran.status == 2
    assert ran.err.startswith(("error[internal]: ", "error: input/output error\n"))
    assert ran.out.startswith("generated/pets: 1 operation")
    assert (repository.folder / "generated/pets/pets/client.py").is_file()
    failed, made = json.loads(repository.run("generate", "--json").out)["documents"]
    assert (failed["spec"], failed["problems"]) == ("spec/broken.yaml", [])
    assert failed["error"]
    assert made["package"] == "pets"


def test_an_interrupt_ends_quietly(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(**_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(specwright, "generate", interrupted)
    assert repository.run("generate") == (130, "", "\ninterrupted\n")


def test_a_reader_that_has_had_enough_ends_it_quietly(repository: Repository) -> None:
    repository.run("generate")
    command = [sys.executable, "-m", "specwright", "generate", "--json"]
    with begun(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as run:
        assert run.stdout is not None
        assert run.stderr is not None
        run.stdout.close()
        assert run.stderr.read() == b""


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("nothing",),
        ("generate", "--nothing"),
        ("generate", "-o", "out"),
        ("check", "--package", "x"),
        ("lint", "--fail-on", "nothing"),
        ("validate",),
        ("init", "No Name"),
    ],
)
def test_arguments_that_are_none(repository: Repository, arguments: tuple[str, ...]) -> None:
    ran = repository.run(*arguments)
    assert ran.status == 2
    assert ran.err
    assert "Traceback" not in ran.err


def test_arguments_that_are_none_are_told_to_aprogram(repository: Repository) -> None:
    told = json.loads(repository.run("generate", "--json", "-o", "out").out)
    assert told["error"] == "--output is for one document: name it"


def test_no_configuration_is_told_with_the_next_step(repository: Repository) -> None:
    repository.write("pyproject.toml", "")
    ran = repository.run("generate")
    assert ran.status == 2
    assert "hint: Run `specwright init`." in ran.err


def test_the_version(repository: Repository) -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    assert specwright.__version__ == version
    assert repository.run("--version") == (0, f"specwright, version {version}\n", "")


def test_each_command_has_help(repository: Repository) -> None:
    listed = repository.run("--help")
    assert listed.status == 0
    for command in ("generate", "check", "lint", "validate", "init"):
        ran = repository.run(command, "--help")
        assert (ran.status, ran.err) == (0, "")
        assert command in listed.out
        assert "--json" in ran.out


def test_what_a_document_says_does_not_steer_the_terminal(repository: Repository) -> None:
    repository.write("spec/pets.yaml", NOWHERE.replace("Nobody", "No\\u001b[31mbody\\u202e"))
    repository.write("data.json", '{"name": "\\u001b[31m", "kind": "\\u202e"}')
    for arguments in (("generate",), ("lint",), ("validate", "spec/pets.yaml", "Pet", "data.json")):
        ran = repository.run(*arguments)
        assert not re.search("[\x00-\x09\x0b-\x1f\u202e]", (ran.out + ran.err).replace("\t", ""))


def test_modules_of_the_current_folder_are_none_of_ours(repository: Repository) -> None:
    for name in ("yaml", "jinja2", "json", "click", "msgspec", "ruff", "sitecustomize", "typing_extensions"):
        repository.write(f"{name}.py", f"raise SystemExit('{name} was imported')\n")
    repository.write("ruff.toml", "extend = '/nowhere'\n")
    done = program("generate")
    assert (done.returncode, done.stderr) == (0, "")


def test_standard_streams_of_any_encoding(repository: Repository) -> None:
    repository.write("spec/pets.yaml", NOWHERE.replace("Nobody", "Niemand-Größe-模型"))
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "LC_ALL": "C"}
    done = program("generate", env=environment)
    assert done.returncode == 0
    assert "ref-missing" in done.stderr


@pytest.mark.usefixtures("repository")
def test_a_terminal_shows_progress_and_a_pipe_does_not() -> None:
    status, shown = on_a_terminal("generate")
    assert status == 0
    assert "generating from spec/pets.yaml" in shown
    assert "written (" in shown
    assert "generating" not in program("check").stderr
