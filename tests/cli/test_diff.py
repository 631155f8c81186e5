"""`specwright diff`, in a repository of git; what a review says is not looked at here, but what is done with it."""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import specwright
import specwright.review
from commands import NOWHERE, PETS, Repository, on_a_terminal, program
from specwright.cli.options import FORMATS
from specwright.cli.saving import save
from specwright.review import reports
from specwright.review.extent import WHOLE, Extent
from specwright.review.findings import Finding, Review
from specwright.review.policy import judged

if TYPE_CHECKING:
    from specwright.review.policy import Policy
    from specwright.review.revisions import Pair

LISTED = """\
[tool.specwright.documents.pets]
spec = "spec/pets.yaml"
output = "generated/pets"
"""
FOUND = Finding(
    "type-changed",
    "breaking",
    "warning",
    "`Pet.age` is text",
    "Pet.age",
    "Pet",
    fingerprint="0123456789abcdef",
)

GIT = shutil.which("git") or "git"


@dataclass
class Fake:
    """A reviewer that finds the same in every document, and remembers how it was asked."""

    findings: tuple[Finding, ...] = (FOUND,)
    asked: list[tuple[Pair, Policy, Any, bool]] = field(
        default_factory=list["tuple[Pair, Policy, Any, bool]"]
    )
    broken: str = ""

    def review(self, pair: Pair, policy: Policy, extent: Extent = WHOLE) -> Review:
        if pair.name == self.broken:
            raise RuntimeError("a mistake")
        self.asked.append((pair, policy, extent.callers, extent.lines))
        findings, unused = judged(self.findings, policy, pair.name)
        return Review(
            name=pair.name,
            title="Pets",
            old_label=pair.old.label if pair.old else "",
            new_label=pair.new.label if pair.new else "",
            level="breaking",
            findings=findings,
            gate=policy.gate,
            old_version="1",
            new_version="2",
            version="2.0.0",
            documentation_only=False,
            changelog="",
            unused_accepts=unused,
            problems=pair.new.document.problems if pair.new else (),
        )


def git(*arguments: str) -> None:
    who = ("-c", "user.name=x", "-c", "user.email=x@x.example")
    subprocess.run([GIT, *who, *arguments], check=True, capture_output=True)


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> Fake:
    made = Fake()
    monkeypatch.setattr(specwright.review, "review", made.review, raising=False)
    return made


@pytest.fixture
def repository(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Repository:
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    made = Repository(tmp_path, capsys)
    made.write("pyproject.toml", LISTED)
    made.write("spec/pets.yaml", PETS)
    git("init", "-q", "-b", "main")
    git("add", "-A")
    git("commit", "-q", "-m", "x")
    made.write("spec/pets.yaml", PETS.replace("integer", "string"))
    return made


BOTH = ("HEAD:spec/pets.yaml", "spec/pets.yaml")


def test_the_formats_are_those_of_reports() -> None:
    assert tuple(reports.FORMATS) == FORMATS


def test_two_documents(repository: Repository, fake: Fake) -> None:
    ran = repository.run("diff", *BOTH)
    assert (ran.status, ran.err) == (0, "")
    assert "Pet.age" in ran.out
    ((pair, policy, callers, code),) = fake.asked
    assert (pair.name, callers, code) == ("pets", None, False)
    assert policy.today == dt.datetime.now().astimezone().date()


def test_since_a_revision(repository: Repository, fake: Fake) -> None:
    assert repository.run("diff", "--base", "main").status == 0
    assert repository.run("diff", "--base", "main", "spec/pets.yaml").status == 0
    labels = {(pair.old.label, pair.new.label) for pair, *_ in fake.asked if pair.old and pair.new}
    assert labels == {("main:spec/pets.yaml", "spec/pets.yaml")}


@pytest.mark.parametrize(
    ("options", "status"),
    [
        ((), 0),
        (("--fail-on", "breaking"), 1),
        (("--fail-on", "breaking", "--gate", "python"), 0),
        (("--fail-on", "warning", "--gate", "python"), 1),
        (("--fail-on", "breaking", "--gate", "wire, python"), 1),
    ],
)
@pytest.mark.usefixtures("fake")
def test_the_exit_status(repository: Repository, options: tuple[str, ...], status: int) -> None:
    assert repository.run("diff", *BOTH, *options).status == status


@pytest.mark.usefixtures("fake")
def test_the_configuration_gates_and_accepts(repository: Repository) -> None:
    repository.write("pyproject.toml", LISTED + '[tool.specwright.diff]\nfail-on = "breaking"\n')
    assert repository.run("diff", *BOTH).status == 1
    entry = '[[accept]]\nfingerprint = "0123456789abcdef"\nreason = "agreed"\n'
    repository.write("accepted.toml", entry)
    ran = repository.run("diff", *BOTH, "--accept", "accepted.toml", "--json")
    assert ran.status == 0
    told = json.loads(ran.out)
    assert told["findings"][0]["accepted"] == "agreed"
    repository.write("accepted.toml", entry + "expires = 1999-12-31\n")
    assert repository.run("diff", *BOTH, "--accept", "accepted.toml").status == 1


@pytest.mark.usefixtures("fake")
@pytest.mark.parametrize("form", FORMATS)
def test_every_format_is_printed_and_written(repository: Repository, form: str) -> None:
    printed = repository.run("diff", *BOTH, "--format", form)
    written = repository.run(
        "diff", *BOTH, "--format", form, "-o", "report", "--report", f"{form}=also", "--report", "json=x.json"
    )
    assert (printed.status, written.status, written.out, written.err) == (0, 0, "", "")
    text = Path("report").read_text("utf-8")
    assert text == Path("also").read_text("utf-8")
    assert text.rstrip("\n") == printed.out.rstrip("\n")
    assert json.loads(Path("x.json").read_text("utf-8"))["findings"]


def test_the_lines_are_made_for_the_page_only(repository: Repository, fake: Fake) -> None:
    repository.run("diff", *BOTH, "--format", "html")
    repository.run("diff", *BOTH, "--report", "html=x.html")
    repository.run("diff", *BOTH, "--format", "markdown", "--callers", "spec")
    assert [(str(callers), code) for _, _, callers, code in fake.asked] == [
        ("None", True),
        ("None", True),
        ("spec", False),
    ]


def test_several_documents_of_which_one_fails(repository: Repository, fake: Fake) -> None:
    repository.write("pyproject.toml", LISTED + '[tool.specwright.documents.cats]\nspec = "spec/cats.yaml"\n')
    repository.write("spec/cats.yaml", "openapi: [")
    ran = repository.run("diff", "--base", "HEAD", "--fail-on", "breaking")
    assert ran.status == 2
    assert "error[yaml-syntax]" in ran.err
    assert "Pet.age" in ran.out
    made = json.loads(repository.run("diff", "--base", "HEAD", "--json", "--report", "json=a.json").out)
    assert made == json.loads((repository.folder / "a.json").read_text("utf-8"))
    assert [each["name"] for each in made["documents"]] == ["pets"]
    assert [each["spec"] for each in made["failed"]] == ["cats"]
    assert [found["code"] for found in made["failed"][0]["problems"]] == ["yaml-syntax"]
    repository.write("spec/cats.yaml", PETS)
    ran = repository.run("diff", "--base", "HEAD", "--fail-on", "breaking", "--json")
    assert ran.status == 1
    assert {pair.name: bool(pair.old) for pair, *_ in fake.asked[1:]} == {"pets": True, "cats": False}
    fake.broken = "pets"
    ran = repository.run("diff", *BOTH)
    assert ran.status == 2
    assert "internal" in ran.err


@pytest.mark.usefixtures("repository")
def test_annotations_are_named_from_the_top(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(repository.folder / "spec")
    for form in ("github", "gitlab", "sarif"):
        out = repository.run("diff", "HEAD:spec/pets.yaml", "pets.yaml", "--format", form).out
        assert "spec/pets.yaml" in out
        assert not re.search(r'(file=|"path": "|"uri": ")pets.yaml', out)


@pytest.mark.usefixtures("fake")
def test_an_entry_that_another_document_may_use_is_told_only_of_all(repository: Repository) -> None:
    repository.write("accepted.toml", '[[accept]]\nfingerprint = "ffffffffffffffff"\nreason = "x"\n')
    for arguments, count in ((("--base", "HEAD"), 1), (BOTH, 0)):
        ran = repository.run("diff", *arguments, "--accept", "accepted.toml", "--json")
        assert len(json.loads(ran.out)["unused_accepts"]) == count


@pytest.mark.usefixtures("fake")
def test_problems_are_those_of_the_new_document(repository: Repository) -> None:
    repository.write("spec/pets.yaml", NOWHERE)
    ran = repository.run("diff", *BOTH)
    assert ran.status == 0
    assert ran.err == "spec/pets.yaml: 1 problem in the document; see `specwright lint spec/pets.yaml`\n"
    ran = repository.run("diff", *BOTH, "--strict")
    assert (ran.status, "error[ref-missing]" in ran.err) == (2, True)
    ran = repository.run("diff", *reversed(BOTH), "--strict")
    assert (ran.status, ran.err) == (0, "")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "name two documents"),
        (("a",), "name two documents"),
        (("a", "b", "c"), "name two documents"),
        ((*BOTH, "--gate", "wires"), "wire or python"),
        ((*BOTH, "--gate", ""), "wire or python"),
        ((*BOTH, "--fail-on", "doc"), "'doc'"),
        ((*BOTH, "--report", "word=x"), "FORMAT=FILE"),
        ((*BOTH, "--report", "json"), "FORMAT=FILE"),
        ((*BOTH, "--json", "--format", "html"), "--json is --format json"),
        ((*BOTH, "--callers", "nowhere"), "nowhere"),
        ((*BOTH, "--accept", "nowhere"), "file-missing"),
        (("--base", "nowhere"), "revision-unknown"),
        (("--base", "main", "--overlay", "x"), "for one document"),
        ((*BOTH, "-o", "no/where"), "error: no/where: No such file"),
        (("main", "spec/pets.yaml"), "name a file of it, `main:spec/pets.yaml`, or use `--base main`"),
    ],
)
@pytest.mark.usefixtures("fake")
def test_what_is_wrong_is_said(repository: Repository, arguments: tuple[str, ...], said: str) -> None:
    ran = repository.run("diff", *arguments)
    assert ran.status == 2
    assert said in ran.err


@pytest.mark.usefixtures("fake")
def test_with_json_what_is_wrong_is_one_object(repository: Repository) -> None:
    ran = repository.run("diff", "HEAD:nowhere.yaml", "spec/pets.yaml", "--json")
    assert (ran.status, json.loads(ran.out)["problems"][0]["code"]) == (2, "file-missing")
    repository.write("spec/pets.yaml", "openapi: [")
    ran = repository.run("diff", *BOTH, "--json")
    assert (ran.status, json.loads(ran.out)["problems"][0]["code"]) == (2, "yaml-syntax")


def test_a_file_is_written_as_a_whole_or_not_at_all(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = repository.write("report.md", "old")
    (repository.folder / "link.md").symlink_to("report.md")
    target.chmod(0o640)
    save(Path("link.md"), "new \udc80")
    assert (target.read_text(), target.stat().st_mode & 0o777) == ("new \\udc80", 0o640)
    assert (repository.folder / "link.md").is_symlink()
    monkeypatch.setattr(os, "replace", lambda *_: (_ for _ in ()).throw(OSError("full")))
    with pytest.raises(OSError, match="full"):
        save(target, "newer")
    assert target.read_text() == "new \\udc80"
    assert sorted(path.name for path in repository.folder.iterdir() if path.name.startswith(".")) == [".git"]
    save(Path(os.devnull), "x")


# --- in Python --------------------------------------------------------------------------------------------------


def test_the_function_is_what_the_command_does(repository: Repository, fake: Fake) -> None:
    assert specwright.diff(*BOTH).findings == (FOUND,)
    assert specwright.diff(base="main").new_label == "spec/pets.yaml"
    assert specwright.diff("HEAD:spec/pets.yaml").old_label == "HEAD:spec/pets.yaml"
    config = specwright.Config(spec=Path("spec/pets.yaml"), package="mine")
    specwright.diff(
        base="main", config=config, policy=specwright.Policy(gate=("wire",)), callers="spec", lines=True
    )
    pair, policy, callers, code = fake.asked[-1]
    assert pair.old
    assert (pair.old.config.package, policy.gate, callers, code) == ("mine", ("wire",), Path("spec"), True)
    with pytest.raises(ValueError, match="`old` or `base`"):
        specwright.diff()
    with pytest.raises(ValueError, match="`old` or `base`"):
        specwright.diff(*BOTH, base="main")
    repository.write("spec/cats.yaml", PETS)
    with pytest.raises(LookupError, match="2 documents"):
        specwright.diff("spec", "spec")


# --- the diff driver --------------------------------------------------------------------------------------------


def drive(repository: Repository, *arguments: str) -> str:
    ran = repository.run("git-diff", *arguments)
    assert (ran.status, ran.err) == (0, "")
    return ran.out


def test_the_driver_shows_what_a_change_means(repository: Repository, fake: Fake) -> None:
    repository.write("../old", PETS)
    out = drive(
        repository, "spec/pets.yaml", "../old", "0" * 40, "100644", "spec/pets.yaml", "1" * 40, "100644"
    )
    assert out.startswith("specwright diff a/spec/pets.yaml b/spec/pets.yaml\n")
    assert "Pet.age" in out
    out = drive(
        repository,
        "spec/pets.yaml",
        "../old",
        "0",
        "100644",
        "spec/pets.yaml",
        "1",
        "100644",
        "spec/new.yaml",
        "x",
    )
    assert out.startswith("specwright diff a/spec/pets.yaml b/spec/new.yaml\n")
    out = drive(repository, "spec/pets.yaml", os.devnull, ".", ".", "spec/pets.yaml", "1", "100644")
    assert "Pet.age" in out
    assert [(bool(pair.old), bool(pair.new)) for pair, *_ in fake.asked] == [
        (True, True),
        (True, True),
        (False, True),
    ]


def test_the_driver_shows_lines_of_all_else(repository: Repository, fake: Fake) -> None:
    repository.write("old", "a: 1\n")
    new = repository.write("new", "a: 2\n")
    seven = ("x.yaml", "old", "0", "100644", str(new), "1", "100644")
    assert drive(repository, *seven) == (
        "specwright diff a/x.yaml b/x.yaml\n--- a/x.yaml\n+++ b/x.yaml\n@@ -1 +1 @@\n-a: 1\n+a: 2\n"
    )
    repository.write("old", PETS)
    for text in (PETS.replace("paths:", "paths: ["), "openapi: 9.9\n"):
        repository.write("new", text)
        assert "+++ b/x.yaml\n@@" in drive(repository, *seven)
    fake.broken = "x.yaml"
    repository.write("new", NOWHERE)
    assert "+++ b/x.yaml\n@@" in drive(repository, *seven)
    repository.write("pyproject.toml", "= 5")
    assert "+++ b/x.yaml\n@@" in drive(repository, *seven)
    assert drive(repository, "x.yaml") == "* Unmerged path x.yaml\n"


def test_the_driver_shows_lines_where_a_part_is_missing(repository: Repository, fake: Fake) -> None:
    repository.write("old", PETS)
    repository.write("new", NOWHERE)
    for one, other in (("old", "new"), ("new", "old")):
        out = drive(repository, "x.yaml", one, "0", "100644", other, "1", "100644")
        assert "+++ b/x.yaml\n@@" in out
    assert fake.asked == []


def test_git_runs_the_driver(repository: Repository) -> None:
    repository.write(".gitattributes", "*.yaml diff=openapi\n")
    wrapper = repository.write("driver", f'#!/bin/sh\nexec "{sys.executable}" -m specwright git-diff "$@"\n')
    wrapper.chmod(0o755)
    repository.write("other.yaml", "a: 1\n")
    git("add", "-A")
    repository.write("other.yaml", "a: 2\n")
    git("config", "diff.openapi.command", f"{repository.folder}/driver")
    shown = subprocess.run([GIT, "diff", "HEAD"], check=True, capture_output=True, text=True)
    assert shown.stdout.count("specwright diff a/") == 2
    assert "+a: 2" in shown.stdout


# --- a terminal -------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("repository")
def test_a_terminal_shows_colours_and_a_pipe_none() -> None:
    status, shown = on_a_terminal("diff", *BOTH)
    assert status == 0
    assert "\x1b[" in shown
    piped = program("diff", *BOTH)
    assert piped.returncode == 0
    assert "\x1b" not in piped.stdout
