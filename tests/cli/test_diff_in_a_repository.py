"""What reviews pull requests in a repository: the action, the two workflows, the hooks; each promise of theirs."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

from commands import PETS
from specwright.cli import main
from specwright.cli.commands import specwright as commands

ROOT = Path(__file__).parent.parent.parent
GITHUB = ROOT / ".github"
ACTION = GITHUB / "actions" / "spec-review" / "action.yml"
REVIEW = GITHUB / "workflows" / "spec-review.yml"
COMMENT = GITHUB / "workflows" / "spec-review-comment.yml"
FILES = sorted(GITHUB.rglob("*.yml"))
BASH = shutil.which("bash") or "bash"
GIT = shutil.which("git") or "git"


def read(path: Path) -> Any:
    return yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - of `on`, a text, not a boolean


def steps(path: Path) -> list[dict[str, Any]]:
    content = read(path)
    of_jobs = [step for job in content.get("jobs", {}).values() for step in job["steps"]]
    return [*content.get("runs", {}).get("steps", []), *of_jobs]


def script(path: Path, name: str) -> str:
    (found,) = [step["run"] for step in steps(path) if step.get("name") == name]
    return str(found)


# --- promises ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_nothing_is_put_into_a_script_by_the_runner(path: Path) -> None:
    assert [step["run"] for step in steps(path) if "${{" in step.get("run", "")] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_action_of_others_is_pinned(path: Path) -> None:
    used = [step["uses"] for step in steps(path) if "uses" in step]
    assert [
        name for name in used if not name.startswith("./") and not re.search(r"@[0-9a-f]{40}$", name)
    ] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_what_is_checked_out_leaves_no_credentials(path: Path) -> None:
    for step in steps(path):
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] == "false"


def test_the_action_uploads_nothing_and_has_no_token() -> None:
    text = ACTION.read_text("utf-8")
    assert [step for step in steps(ACTION) if "uses" in step] == []
    for word in ("{ secrets.", "github.token", "GITHUB_TOKEN", "GH_TOKEN", "curl", "wget", "gh api"):
        assert word not in text
    assert {step["shell"] for step in steps(ACTION)} == {"bash"}


def test_every_input_reaches_the_script_through_its_environment() -> None:
    said = {value for step in steps(ACTION) for value in step["env"].values()}
    assert said == {f"${{{{ inputs.{name} }}}}" for name in read(ACTION)["inputs"]}


def test_the_workflow_that_runs_what_others_wrote_can_only_read() -> None:
    content = read(REVIEW)
    assert list(content["on"]) == ["pull_request"]
    assert (content["permissions"], content["jobs"]["review"]["permissions"]) == ({}, {"contents": "read"})
    assert "secrets." not in REVIEW.read_text("utf-8")


def test_the_workflow_that_may_write_runs_nothing_that_others_wrote() -> None:
    content = read(COMMENT)
    assert content["on"] == {"workflow_run": {"workflows": [read(REVIEW)["name"]], "types": ["completed"]}}
    assert content["permissions"] == {}
    assert content["jobs"]["comment"]["permissions"] == {"actions": "read", "pull-requests": "write"}
    assert [step for step in steps(COMMENT) if "uses" in step] == []
    uploaded = [step["with"]["name"] for step in steps(REVIEW) if "upload-artifact" in step.get("uses", "")]
    assert uploaded == ["spec-review", "spec-review-comment"]
    assert '"spec-review-comment"' in script(COMMENT, "Comment")


# --- the action, run --------------------------------------------------------------------------------------------


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    folder = tmp_path / "checkout"
    (folder / "spec").mkdir(parents=True)
    monkeypatch.chdir(folder)
    (folder / "pyproject.toml").write_text('[tool.specwright.documents.pets]\nspec = "spec/pets.yaml"\n')
    (folder / "spec/pets.yaml").write_text(PETS)
    git("init", "-q", "-b", "main")
    commit()
    return folder


def git(*arguments: str) -> None:
    who = ("-c", "user.name=x", "-c", "user.email=x@x.example")
    subprocess.run([GIT, *who, *arguments], check=True, capture_output=True)


def commit() -> None:
    git("add", "-A")
    git("commit", "-q", "-m", "x")


def runner(tmp_path: Path, **inputs: str) -> dict[str, str]:
    """The environment of a runner on which specwright is installed."""
    folder = tmp_path / "runner"
    bin_ = folder / "specwright" / "bin"
    bin_.mkdir(parents=True, exist_ok=True)
    for name, command in (("specwright", "-m specwright "), ("python", "")):
        (bin_ / name).write_text(f'#!/bin/sh\nexec "{sys.executable}" {command}"$@"\n')
        (bin_ / name).chmod(0o755)
    said = {name.upper().replace("-", "_"): each["default"] for name, each in read(ACTION)["inputs"].items()}
    return {
        **os.environ,
        **said,
        **inputs,
        "RUNNER_TEMP": str(folder),
        "GITHUB_OUTPUT": str(folder / "output"),
        "GITHUB_STEP_SUMMARY": str(folder / "summary"),
    }


def run(text: str, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    command = [BASH, "--noprofile", "--norc", "-eo", "pipefail", "-c", text]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def change() -> None:
    Path("spec/pets.yaml").write_text(
        PETS.replace("age: { type: integer, minimum: 0 }", "age: { type: string }")
    )
    commit()


@pytest.mark.usefixtures("checkout")
def test_the_action_writes_reports_a_summary_and_annotations(tmp_path: Path) -> None:
    change()
    done = run(script(ACTION, "Review"), runner(tmp_path))
    assert done.returncode == 0, done.stderr
    folder = tmp_path / "runner" / "spec-review"
    assert {path.name for path in folder.iterdir()} == {"review.md", "review.json", "review.html"}
    assert json.loads((folder / "review.json").read_text())["findings"]
    assert (tmp_path / "runner/summary").read_text() == (folder / "review.md").read_text()
    assert (tmp_path / "runner/output").read_text() == f"status=0\nfolder={folder}\n"
    assert "\n::" in done.stdout.partition("::stop-commands::")[2]


@pytest.mark.usefixtures("checkout")
def test_the_action_fails_where_it_is_told_to(tmp_path: Path) -> None:
    change()
    said = {
        "FAIL_ON": "breaking",
        "GATE": "wire",
        "FORMAT": "junit\ngitlab  sarif",
        "DOCUMENTS": "spec/pets.yaml\n",
    }
    assert run(script(ACTION, "Review"), runner(tmp_path, **said)).returncode == 1
    folder = tmp_path / "runner" / "spec-review"
    assert {path.name for path in folder.iterdir()} == {
        "review.junit.xml",
        "review.gitlab.json",
        "review.sarif",
    }
    assert (tmp_path / "runner/output").read_text().startswith("status=1\n")


@pytest.mark.usefixtures("checkout")
def test_inputs_are_no_commands_and_no_options(tmp_path: Path) -> None:
    said = {
        "BASE": "$(touch ran)",
        "DOCUMENTS": "--accept=x; touch ran\n`touch ran`",
        "CALLERS": "' touch ran '",
    }
    assert run(script(ACTION, "Review"), runner(tmp_path, **said)).returncode == 2
    assert not Path("ran").exists()


@pytest.mark.usefixtures("checkout")
def test_what_a_document_says_is_no_command(tmp_path: Path) -> None:
    Path("spec/pets.yaml").write_text(
        PETS.replace("paths:", 'paths:\n  "/::error::x": {get: {responses: {}}}', 1)
    )
    done = run(script(ACTION, "Review"), runner(tmp_path, BASE="HEAD"))
    found = re.fullmatch(r"::stop-commands::([0-9a-f]{32})\n(.*)::(\1)::\n(.*)", done.stdout, re.DOTALL)
    assert found
    assert "::error::x" in found[2]
    assert all(line.startswith("::") for line in found[4].splitlines())


# --- the comment, run -------------------------------------------------------------------------------------------

GH = """\
import json, os, sys
arguments = sys.argv[1:]
with open(os.environ["CALLS"], "a") as calls:
    calls.write(json.dumps(arguments) + "\\n")
path = next(word for word in arguments if word.startswith("repos/"))
answers = json.loads(os.environ["ANSWERS"])
if path.endswith("/zip"):
    sys.stdout.buffer.write(open(os.environ["ZIP"], "rb").read())
else:
    print(answers.get(path.partition("?")[0], ""))
"""


def comment(tmp_path: Path, report: bytes, **answers: str) -> tuple[list[list[str]], str]:
    """What is asked of GitHub, and the comment."""
    bin_ = tmp_path / "bin"
    bin_.mkdir(exist_ok=True)
    (bin_ / "gh").write_text(f"#!{sys.executable}\n{GH}")
    (bin_ / "gh").chmod(0o755)
    with zipfile.ZipFile(tmp_path / "given.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("review.md", report)
        archive.writestr("../../evil.sh", "touch ran")
    step = next(step for step in steps(COMMENT) if step.get("name") == "Comment")
    given = {
        "repos/o/r/pulls": "7",
        "repos/o/r/actions/runs/1/artifacts": "5",
        "repos/o/r/issues/7/comments": "",
    }
    environment = {
        **os.environ,
        **{name: value for name, value in step["env"].items() if "${{" not in value},
        "PATH": f"{bin_}{os.pathsep}{os.environ['PATH']}",
        "CALLS": str(tmp_path / "calls"),
        "ZIP": str(tmp_path / "given.zip"),
        "ANSWERS": json.dumps({**given, **answers}),
        "REPOSITORY": "o/r",
        "RUN": "1",
        "RUN_URL": "https://github.com/o/r/actions/runs/1",
        "HEAD_OWNER": "someone",
        "HEAD_BRANCH": "$(touch ran)",
        "HEAD_SHA": "abc",
        "RUNNER_TEMP": str(tmp_path),
    }
    (tmp_path / "calls").unlink(missing_ok=True)
    done = run(step["run"], environment)
    assert done.returncode == 0, done.stderr
    calls = [json.loads(line) for line in (tmp_path / "calls").read_text().splitlines()]
    written = tmp_path / "comment.md"
    return calls, written.read_text("utf-8") if written.exists() else ""


def test_a_comment_is_made_once_and_then_changed(tmp_path: Path) -> None:
    calls, text = comment(tmp_path, b"# Breaking\n\nAsk @octocat.\x1b[31m\n")
    assert calls[-1][1:5] == ["--silent", "--method", "POST", "repos/o/r/issues/7/comments"]
    assert text.startswith("<!-- spec review of specwright -->\n# Breaking\n")
    assert "@\u200boctocat" in text
    assert "\x1b" not in text
    calls, _ = comment(tmp_path, b"x", **{"repos/o/r/issues/7/comments": "99\n98"})
    assert calls[-1][1:5] == ["--silent", "--method", "PATCH", "repos/o/r/issues/comments/99"]
    assert "head=someone:$(touch ran)" in calls[0]
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "bin",
        "calls",
        "comment.md",
        "given.zip",
        "report.zip",
    ]


def test_a_report_that_is_too_long_is_cut(tmp_path: Path) -> None:
    _, text = comment(tmp_path, b"0123456789\n" * 1_000_000)
    assert len(text) < 65_536
    assert "The rest is cut off." in text


def test_without_a_pull_request_or_a_report_nothing_is_written(tmp_path: Path) -> None:
    for path in ("repos/o/r/pulls", "repos/o/r/actions/runs/1/artifacts"):
        calls, text = comment(tmp_path, b"x", **{path: ""})
        assert text == ""
        assert not any("POST" in call or "PATCH" in call for call in calls)


# --- the hooks, and what the documentation shows ----------------------------------------------------------------


@pytest.mark.parametrize("hook", read(ROOT / ".pre-commit-hooks.yaml"), ids=lambda hook: hook["id"])
def test_a_hook_is_a_command_that_there_is(hook: dict[str, str]) -> None:
    program, command, *options = hook["entry"].split()
    assert program == "specwright"
    known = {option for parameter in commands.commands[command].params for option in parameter.opts}
    assert {option for option in options if option.startswith("--")} <= known
    assert hook["language"] == "python"


@pytest.mark.usefixtures("checkout")
def test_the_hook_fails_for_what_breaks(capsys: pytest.CaptureFixture[str]) -> None:
    (entry,) = [
        hook["entry"] for hook in read(ROOT / ".pre-commit-hooks.yaml") if hook["id"] == "specwright-diff"
    ]
    arguments = entry.split()[1:]
    assert main(arguments) == 0
    Path("spec/pets.yaml").write_text(
        PETS.replace("age: { type: integer, minimum: 0 }", "age: { type: string }")
    )
    assert main(arguments) == 1
    capsys.readouterr()


def test_the_documentation_names_every_option_and_input() -> None:
    page = (ROOT / "docs" / "review.md").read_text("utf-8")
    parameters = [
        parameter for parameter in commands.commands["diff"].params if isinstance(parameter, click.Option)
    ]
    said = {option.opts[0] for option in parameters} - {"--debug"}
    assert [option for option in said if f"`{option}" not in page and f" {option}" not in page] == []
    assert [name for name in read(ACTION)["inputs"] if f"`{name}`" not in page] == []


def blocks(language: str) -> list[str]:
    page = (ROOT / "docs" / "review.md").read_text("utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```", page, re.DOTALL | re.MULTILINE)


def test_what_the_documentation_shows_can_be_read(tmp_path: Path) -> None:
    from specwright.config import diff_configured  # noqa: PLC0415 - for this alone
    from specwright.review.policy import policy_of  # noqa: PLC0415 - as above

    for number, text in enumerate(blocks("toml")):
        name = "pyproject.toml" if "[tool." in text else "accepted.toml"
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / name).write_text(text)
        (folder / "spec").mkdir()
        (folder / "spec/accepted.toml").write_text("")
        assert policy_of(diff_configured(folder, None if name == "pyproject.toml" else folder / name))
    for text in blocks("yaml"):
        assert yaml.safe_load(text)
