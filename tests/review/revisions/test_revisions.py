"""What is compared, in real repositories."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from commands import PETS
from specwright.config import Config
from specwright.emit.lock import Lock, dump
from specwright.problems import Refused
from specwright.review.revisions import Options, between, differing_lines, git, matches, since
from specwright.review.revisions.git import Objects, Repository
from specwright.review.revisions.naming import is_document, revision_and_path

if TYPE_CHECKING:
    from collections.abc import Callable

    from specwright.review.revisions import Match, Pair, Revision

LISTED = """\
[tool.specwright.documents.pets]
spec = "spec/pets.yaml"
output = "generated/pets"
"""
CATS = PETS.replace("Pets", "Cats")
SPLIT = PETS.replace("#/components/schemas/Owner", "parts/owner.yaml")
OWNER = "type: object\nrequired: [email]\nproperties: {email: {type: string}}\n"


@dataclass
class Checkout:
    folder: Path

    def git(self, *arguments: str) -> str:
        names = {
            f"GIT_{who}_{what}": f"{who}@x.example"
            for who in ("AUTHOR", "COMMITTER")
            for what in ("NAME", "EMAIL")
        }
        environment = {**os.environ, **names, "GIT_CONFIG_GLOBAL": os.devnull}
        command = ["git", "-c", "protocol.file.allow=always", *arguments]
        done = subprocess.run(
            command, cwd=self.folder, check=True, capture_output=True, text=True, env=environment
        )
        return done.stdout.strip()

    def write(self, path: str, text: str | bytes) -> None:
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode())

    def remove(self, path: str) -> None:
        (self.folder / path).unlink()

    def commit(self, message: str = "x") -> str:
        self.git("add", "-A")
        self.git("commit", "-q", "-m", message, "--allow-empty")
        return self.git("rev-parse", "HEAD")


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Checkout:
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    folder = tmp_path / "here"
    folder.mkdir()
    made = Checkout(folder)
    made.git("init", "-q", "-b", "main")
    monkeypatch.chdir(folder)
    made.write("pyproject.toml", LISTED)
    made.write("spec/pets.yaml", PETS)
    made.commit()
    return made


def options(**said: Any) -> Options:
    return Options(Path.cwd(), said)


class Both(NamedTuple):
    name: str
    old: Revision
    new: Revision


def both(pair: Pair) -> Both:
    assert pair.old
    assert pair.new
    return Both(pair.name, pair.old, pair.new)


def only(found: tuple[Match, ...]) -> Both:
    (match,) = found
    return both(match.read())


def compared(old: str, new: str, **said: Any) -> Both:
    return only(matches(old, new, options(**said)))


def refusal(work: Callable[[], object]) -> tuple[str, str]:
    with pytest.raises(Refused) as caught:
        work()
    (found,) = caught.value.problems
    return found.code, f"{found.place}: {found.message} {found.hint}"


def title(revision: Revision) -> Any:
    return revision.document.root["info"]["title"]


# --- what a text names ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("main:spec/x.yaml", ("main", "spec/x.yaml")),
        ("HEAD~1:spec", ("HEAD~1", "spec")),
        ("main:", ("main", "")),
        ("HEAD^{/fix: it}:x", ("HEAD^{/fix: it}", "x")),
        ("main@{2026-01-01 10:00}:x:y", ("main@{2026-01-01 10:00}", "x:y")),
        ("spec/x.yaml", None),
        (r"C:\specs\x.yaml", None),
        ("c:/specs/x.yaml", None),
        ("C:x.yaml", ("C", "x.yaml")),
    ],
)
def test_a_text_is_split_as_git_splits_it(text: str, expected: tuple[str, str] | None) -> None:
    assert revision_and_path(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("openapi: 3.1.0\n", True),
        ('\ufeff# x\n"swagger" : "2.0"\n', True),
        ('{"openapi": "3.1.0"}', True),
        ('{"info": {}, "openapi": "3.1.0"}', True),
        ("{openapi: 3.1.0}", True),
        ('{"openapi": ' + "[" * 100_000, True),
        ("type: object\nproperties:\n  openapi: {}\n", False),
        ('{"properties": {"openapi": {}}}', False),
        ("overlay: 1.0.0\n", False),
        ("", False),
        ("[1]", False),
    ],
)
def test_a_document_has_its_version_on_top(text: str, expected: bool) -> None:  # noqa: FBT001 - from a table
    assert is_document(text.encode()) is expected


# --- two texts --------------------------------------------------------------------------------------------------


def test_two_files(checkout: Checkout) -> None:
    checkout.write("new.yaml", CATS)
    pair = compared("spec/pets.yaml", "new.yaml")
    assert (pair.name, pair.old.label, pair.new.label) == ("new.yaml", "spec/pets.yaml", "new.yaml")
    assert (title(pair.old), title(pair.new)) == ("Pets", "Cats")
    assert pair.old.config.name == "pets"


def test_a_revision_and_the_working_tree(checkout: Checkout) -> None:
    checkout.write("spec/pets.yaml", CATS)
    pair = compared("HEAD:spec/pets.yaml", "spec/pets.yaml")
    assert (pair.name, pair.old.label) == ("pets", "HEAD:spec/pets.yaml")
    assert (title(pair.old), title(pair.new)) == ("Pets", "Cats")


def test_two_revisions_from_a_folder_of_the_repository(
    checkout: Checkout, monkeypatch: pytest.MonkeyPatch
) -> None:
    checkout.write("spec/pets.yaml", CATS)
    checkout.commit()
    monkeypatch.chdir(checkout.folder / "spec")
    for old, new in (
        ("HEAD~1:spec/pets.yaml", "HEAD:spec/pets.yaml"),
        ("HEAD~1:./pets.yaml", "main:./../spec/pets.yaml"),
    ):
        pair = compared(old, new)
        assert (pair.name, title(pair.old), title(pair.new)) == ("pets", "Pets", "Cats")
    code, said = refusal(lambda: compared("HEAD:pets.yaml", "pets.yaml"))
    assert code == "file-missing"
    assert "write `HEAD:./pets.yaml`" in said


def test_a_file_with_a_colon_in_its_name_is_that_file(checkout: Checkout) -> None:
    checkout.write("main:spec.yaml", CATS)
    pair = compared("main:spec.yaml", "spec/pets.yaml")
    assert title(pair.old) == "Cats"


def test_a_tag_of_a_tree_and_a_bare_repository_are_read(
    checkout: Checkout, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    checkout.git("tag", "-a", "v1", "-m", "x")
    checkout.git("tag", "tree", "HEAD^{tree}")
    checkout.git("clone", "-q", "--bare", ".", str(tmp_path / "bare.git"))
    monkeypatch.chdir(tmp_path / "bare.git")
    pair = compared("v1:spec/pets.yaml", "tree:spec/pets.yaml")
    assert (pair.name, pair.old.config.name) == ("pets", "pets")
    assert title(pair.old) == title(pair.new) == "Pets"


def test_folders_are_paired_by_the_paths_of_their_documents(checkout: Checkout) -> None:
    checkout.write(
        "spec/v1/cats.json", '{"openapi": "3.1.0", "info": {"title": "C", "version": "1"}, "paths": {}}'
    )
    checkout.write("spec/pets.yaml", SPLIT)
    checkout.write("spec/parts/owner.yaml", OWNER)
    checkout.write("spec/.hidden/x.yaml", PETS)
    checkout.write("spec/notes.txt", "openapi: 3.1.0")
    checkout.commit()
    checkout.remove("spec/v1/cats.json")
    checkout.write("spec/v2/dogs.yml", CATS.replace("#/components/schemas/Owner", "../parts/owner.yaml"))
    found = {match.name: match.read() for match in matches("HEAD:spec", "spec", options())}
    assert {name: (bool(pair.old), bool(pair.new)) for name, pair in found.items()} == {
        "pets": (True, True),
        "v1/cats.json": (True, False),
        "v2/dogs.yml": (False, True),
    }
    assert "pets" in {match.name for match in matches("HEAD:", ".", options())}


def test_a_folder_and_a_document_are_not_compared(checkout: Checkout) -> None:
    assert refusal(lambda: compared("spec", "spec/pets.yaml"))[0] == "diff-mixed"
    checkout.write("empty/x.txt", "")
    assert refusal(lambda: matches("empty", "empty", options()))[0] == "diff-nothing"


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        ("nowhere.yaml", "file-missing", "nowhere.yaml"),
        ("HEAD:nowhere.yaml", "file-missing", "HEAD:nowhere.yaml"),
        ("HEAD:../x.yaml", "file-missing", "HEAD:../x.yaml"),
        ("nowhere:spec/pets.yaml", "revision-unknown", "`nowhere`"),
        (":spec/pets.yaml", "revision-unknown", "``"),
        ("--output=x:spec/pets.yaml", "revision-unknown", "`--output=x`"),
        ("-h:spec/pets.yaml", "revision-unknown", "`-h`"),
        ("a\nb:spec/pets.yaml", "revision-unknown", ""),
        ("https://example.com/x.yaml", "revision-unknown", "`https`"),
    ],
)
def test_what_names_nothing_is_refused(checkout: Checkout, text: str, code: str, said: str) -> None:
    found = refusal(lambda: compared(text, "spec/pets.yaml"))
    assert found[0] == code
    assert said in found[1]
    assert sorted(path.name for path in checkout.folder.iterdir()) == [".git", "pyproject.toml", "spec"]


def test_a_branch_that_is_only_at_the_remote_is_suggested(checkout: Checkout) -> None:
    checkout.git("update-ref", "refs/remotes/origin/next", "HEAD")
    assert "Did you mean `origin/next`?" in refusal(lambda: compared("next:x", "spec/pets.yaml"))[1]


def test_without_a_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    Path("x.yaml").write_text(PETS)
    code, said = refusal(lambda: compared("main:x.yaml", "x.yaml"))
    assert code == "git-failed"
    assert "not a git repository" in said


def test_without_git(checkout: Checkout, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(checkout.folder))
    assert refusal(lambda: compared("main:spec/pets.yaml", "spec/pets.yaml"))[0] == "git-missing"


# --- files of a revision ----------------------------------------------------------------------------------------


def test_a_split_document_is_read_from_its_revision(checkout: Checkout) -> None:
    checkout.write("spec/pets.yaml", SPLIT)
    checkout.write("spec/parts/owner.yaml", OWNER)
    checkout.commit()
    checkout.remove("spec/parts/owner.yaml")
    checkout.write("spec/pets.yaml", CATS)
    pair = compared("HEAD:spec/pets.yaml", "spec/pets.yaml")
    assert set(pair.old.document.files) == {"pets.yaml", "parts/owner.yaml"}
    assert pair.old.document.problems == ()


@pytest.mark.parametrize(
    ("target", "code"),
    [
        ("real.yaml", ""),
        ("../spec/real.yaml", ""),
        ("../../outside.yaml", "ref-outside"),
        ("/etc/hostname", "ref-outside"),
        ("owner.yaml", "file-missing"),
    ],
)
def test_a_symbolic_link_of_a_revision_leads_nowhere_outside(
    checkout: Checkout, target: str, code: str
) -> None:
    (checkout.folder.parent / "outside.yaml").write_text(OWNER)
    checkout.write("spec/pets.yaml", PETS.replace("#/components/schemas/Owner", "owner.yaml"))
    checkout.write("spec/real.yaml", OWNER)
    (checkout.folder / "spec/owner.yaml").symlink_to(target)
    checkout.commit()
    if code:
        assert refusal(lambda: compared("HEAD:spec/pets.yaml", "HEAD:spec/pets.yaml"))[0] == code
    else:
        pair = compared("HEAD:spec/pets.yaml", "HEAD:spec/pets.yaml")
        assert set(pair.old.document.files) == {"pets.yaml", "real.yaml"}


def test_a_folder_behind_a_link_and_a_document_that_is_one(checkout: Checkout) -> None:
    (checkout.folder / "also").symlink_to("spec")
    (checkout.folder / "pets.yaml").symlink_to("also/pets.yaml")
    (checkout.folder / "out.yaml").symlink_to("/etc/passwd")
    checkout.commit()
    for path in ("also/pets.yaml", "pets.yaml"):
        pair = compared(f"HEAD:{path}", "spec/pets.yaml")
        assert title(pair.old) == "Pets"
    code, said = refusal(lambda: compared("HEAD:out.yaml", "spec/pets.yaml"))
    assert code == "file-missing"
    assert "leads out of the repository" in said


def test_a_submodule_is_not_entered(checkout: Checkout, tmp_path: Path) -> None:
    other = Checkout(tmp_path / "other")
    other.folder.mkdir()
    other.git("init", "-q", "-b", "main")
    other.write("owner.yaml", OWNER)
    other.commit()
    checkout.git("submodule", "--quiet", "add", str(other.folder), "spec/shared")
    checkout.write("spec/pets.yaml", PETS.replace("#/components/schemas/Owner", "shared/owner.yaml"))
    checkout.commit()
    code, said = refusal(lambda: compared("HEAD:spec/pets.yaml", "spec/pets.yaml"))
    assert code == "file-missing"
    assert "submodule" in said


def test_budgets_hold_for_a_revision(checkout: Checkout) -> None:
    checkout.write("pyproject.toml", f"{LISTED}\n[tool.specwright.budgets]\nbytes = 100\n")
    assert refusal(lambda: compared("HEAD:spec/pets.yaml", "HEAD:spec/pets.yaml"))[0] == "limit-bytes"


def test_no_filter_is_run(checkout: Checkout) -> None:
    checkout.write(".gitattributes", "*.yaml filter=evil diff=evil\n")
    checkout.commit()
    for key in ("filter.evil.smudge", "diff.evil.textconv", "diff.evil.command", "core.fsmonitor"):
        checkout.git("config", key, "touch ran; cat")
    pair = compared("HEAD:spec/pets.yaml", "spec/pets.yaml")
    assert title(pair.old) == "Pets"
    assert not (checkout.folder / "ran").exists()


@pytest.mark.usefixtures("checkout")
def test_what_git_sets_for_hooks_does_not_lead_astray(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GIT_INDEX_FILE", "GIT_EXTERNAL_DIFF", "GIT_TRACE", "GIT_PREFIX"):
        monkeypatch.setenv(name, "/nowhere")
    monkeypatch.setenv("GIT_DIR", ".git")
    pair = compared("HEAD:spec/pets.yaml", "spec/pets.yaml")
    assert title(pair.old) == "Pets"


def test_an_object_that_is_not_there_is_told(checkout: Checkout) -> None:
    blob = checkout.git("rev-parse", "HEAD:spec/pets.yaml")
    (checkout.folder / ".git/objects" / blob[:2] / blob[2:]).unlink()
    code, said = refusal(lambda: compared("HEAD:spec/pets.yaml", "spec/pets.yaml"))
    assert code == "file-missing"
    assert "does not have its content" in said


def test_objects_are_read_in_any_order(checkout: Checkout) -> None:
    objects = Objects(checkout.folder)
    blob = checkout.git("rev-parse", "HEAD:spec/pets.yaml")
    for _ in range(3):
        assert objects.content(blob, 10) == PETS.encode()[:10]
        assert objects.size(blob) == len(PETS)
        assert objects.content(blob) == PETS.encode()
        with pytest.raises(OSError, match="does not have"):
            objects.size("0" * 40)


def test_git_that_has_ended_is_told(checkout: Checkout) -> None:
    objects = Objects(checkout.folder)
    blob = checkout.git("rev-parse", "HEAD:spec/pets.yaml")
    assert objects.size(blob)
    for process in objects._running.values():
        process.kill()
        process.wait()
    for _ in range(2):
        with pytest.raises(OSError, match=r"git has ended|does not have"):
            objects.size(blob)


def test_git_that_does_not_answer_is_told(checkout: Checkout, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(git, "_SECONDS", 0)
    code, said = refusal(lambda: Repository(checkout.folder))
    assert code == "git-failed"
    assert "git does not answer: `git rev-parse`" in said


COPIED = """\
import gc, os, sys
from pathlib import Path
from specwright.review.revisions.git import Objects

objects, blob = Objects(Path.cwd()), sys.argv[1]
sizes = [objects.size(blob)]
copy = os.fork()
if copy == 0:
    del objects
    gc.collect()
    os._exit(0)
os.waitpid(copy, 0)
print(*sizes, objects.size(blob))
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are not copied here")
def test_a_copy_of_the_process_neither_ends_git_nor_waits_for_its_end(checkout: Checkout) -> None:
    blob = checkout.git("rev-parse", "HEAD:spec/pets.yaml")
    command = [sys.executable, "-W", "error", "-c", COPIED, blob]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    assert (done.stdout.split(), done.stderr) == ([str(len(PETS))] * 2, "")


def test_a_repository_with_longer_ids(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = Checkout(tmp_path)
    made.git("init", "-q", "-b", "main", "--object-format=sha256")
    made.write("spec/pets.yaml", PETS)
    made.commit()
    monkeypatch.chdir(tmp_path)
    assert title(compared("main:spec/pets.yaml", "spec/pets.yaml").old) == "Pets"


# --- locks ------------------------------------------------------------------------------------------------------


def lock(name: str) -> str:
    return dump(Lock("0.1.0", names={"schema #/components/schemas/Pet": name}))


def names_of(revision: Revision) -> list[str]:
    return list(revision.lock.names.values()) if revision.lock else []


def test_each_side_has_the_lock_of_its_own_revision(checkout: Checkout) -> None:
    checkout.write("generated/pets/specwright.lock", lock("Old"))
    checkout.commit()
    checkout.write("generated/pets/specwright.lock", lock("New"))
    for pair in (compared("HEAD:spec/pets.yaml", "spec/pets.yaml"), only(since("HEAD", [], options()))):
        assert (names_of(pair.old), names_of(pair.new)) == (["Old"], ["New"])


def test_a_side_without_a_lock_has_the_names_of_the_other(checkout: Checkout) -> None:
    checkout.write("generated/pets/specwright.lock", lock("New"))
    checkout.write("old.yaml", PETS)
    pair = compared("old.yaml", "spec/pets.yaml")
    assert names_of(pair.old) == names_of(pair.new) == ["New"]
    checkout.write("generated/pets/specwright.lock", "<<<<<<< nonsense\n")
    checkout.commit()
    checkout.remove("generated/pets/specwright.lock")
    pair = compared("HEAD:spec/pets.yaml", "spec/pets.yaml")
    assert names_of(pair.old) == names_of(pair.new) == []


# --- since ------------------------------------------------------------------------------------------------------


def test_since_a_branch_what_others_changed_there_does_not_count(checkout: Checkout) -> None:
    checkout.git("checkout", "-q", "-b", "mine")
    checkout.commit()
    checkout.git("checkout", "-q", "main")
    checkout.write("spec/pets.yaml", CATS)
    checkout.commit()
    checkout.git("checkout", "-q", "mine")
    pair = only(since("main", [], options()))
    assert (title(pair.old), title(pair.new)) == ("Pets", "Pets")
    base = checkout.git("merge-base", "main", "mine")
    assert (pair.name, pair.old.label) == ("pets", f"{base[:10]}:spec/pets.yaml")
    assert pair.new.label == "spec/pets.yaml"


def test_since_what_is_checked_out_it_is_what_is_not_committed(checkout: Checkout) -> None:
    checkout.write("spec/pets.yaml", CATS)
    pair = only(since("HEAD", [], options()))
    assert (pair.old.label, title(pair.old), title(pair.new)) == ("HEAD:spec/pets.yaml", "Pets", "Cats")


def test_since_the_configuration_of_then_says_how_it_was_read(checkout: Checkout) -> None:
    overlay = (
        "overlay: 1.0.0\ninfo: {title: x, version: '1'}\n"
        "actions: [{target: $.info, update: {title: Overlaid}}]\n"
    )
    checkout.write("pyproject.toml", f'{LISTED}overlay = "spec/o.yaml"\npackage = "old_pets"\n')
    checkout.write("spec/o.yaml", overlay)
    checkout.commit()
    checkout.remove("spec/o.yaml")
    checkout.remove("spec/pets.yaml")
    checkout.write("api/pets.yaml", CATS)
    checkout.write("pyproject.toml", LISTED.replace("spec/", "api/"))
    pair = only(since("HEAD", [], options()))
    assert (title(pair.old), pair.old.config.package) == ("Overlaid", "old_pets")
    assert (pair.old.label, pair.new.label) == ("HEAD:spec/pets.yaml", "api/pets.yaml")
    assert title(pair.new) == "Cats"


def test_an_overlay_that_was_not_there_is_not_applied_and_one_of_an_option_is(checkout: Checkout) -> None:
    overlay = (
        "overlay: 1.0.0\ninfo: {title: x, version: '1'}\n"
        "actions: [{target: $.info, update: {title: Overlaid}}]\n"
    )
    checkout.git("rm", "-q", "--cached", "pyproject.toml")
    checkout.git("commit", "-q", "-m", "x")
    checkout.write("o.yaml", overlay)
    checkout.write("pyproject.toml", f'{LISTED}overlay = "o.yaml"\n')
    pair = only(since("HEAD", [], options()))
    assert (title(pair.old), title(pair.new)) == ("Pets", "Overlaid")
    pair = only(since("HEAD", [], options(overlays=(Path("o.yaml"),))))
    assert (title(pair.old), title(pair.new)) == ("Overlaid", "Overlaid")


def test_since_what_is_new_and_what_is_gone(checkout: Checkout) -> None:
    checkout.write("pyproject.toml", LISTED.replace("pets", "cats"))
    checkout.write("spec/cats.yaml", CATS)
    checkout.remove("spec/pets.yaml")
    found = {match.name: match.read() for match in since("HEAD", [], options())}
    assert {name: (bool(pair.old), bool(pair.new)) for name, pair in found.items()} == {
        "cats": (False, True),
        "pets": (True, False),
    }


def test_since_only_what_is_named(checkout: Checkout) -> None:
    checkout.write("other.yaml", CATS)
    checkout.commit()
    checkout.remove("other.yaml")
    pair = since("HEAD", [Path("other.yaml")], options())[0].read()
    assert (pair.name, bool(pair.old), pair.new) == ("other.yaml", True, None)
    assert refusal(lambda: only(since("HEAD", [Path("nowhere.yaml")], options())))[0] == "file-missing"


def test_since_a_configuration_that_was_broken_the_one_of_now_holds(checkout: Checkout) -> None:
    checkout.write("pyproject.toml", "[tool.specwright]\nnonsense = 1\n")
    checkout.commit()
    checkout.write("pyproject.toml", LISTED)
    pair = only(since("HEAD", [], options()))
    assert pair.old.config.output == Path("generated/pets")


def test_since_a_shallow_clone_lacks_the_common_commit(
    checkout: Checkout, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    checkout.git("checkout", "-q", "-b", "mine")
    checkout.commit("mine")
    checkout.git("checkout", "-q", "main")
    checkout.commit("main")
    checkout.git(
        "clone", "-q", "--depth=1", "--no-single-branch", "-b", "mine",
        f"file://{checkout.folder}", str(tmp_path / "shallow"),
    )  # fmt: skip
    monkeypatch.chdir(tmp_path / "shallow")
    for base in ("origin/main", "HEAD~1"):
        code, said = refusal(lambda base=base: since(base, [], options()))
        assert code == "revision-unknown"
        assert "fetch-depth" in said


def test_since_a_history_of_its_own(checkout: Checkout) -> None:
    checkout.git("checkout", "-q", "--orphan", "other")
    checkout.commit("another")
    code, said = refusal(lambda: since("main", [], options()))
    assert code == "revision-unknown"
    assert "REV:PATH" in said


def test_since_without_a_configuration_something_has_to_be_named(checkout: Checkout) -> None:
    checkout.remove("pyproject.toml")
    assert refusal(lambda: since("HEAD", [], options()))[0] == "config-missing"


def test_the_settings_of_a_program_hold_for_both_sides(checkout: Checkout) -> None:
    config = Config(spec=Path("x"), package="mine")
    pair = only(matches("HEAD:spec/pets.yaml", "spec/pets.yaml", Options(checkout.folder, {}, config)))
    assert pair.old.config.package == pair.new.config.package == "mine"


def test_the_top_is_found_from_a_linked_folder(
    checkout: Checkout, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "link").symlink_to(checkout.folder)
    monkeypatch.chdir(tmp_path / "link")
    assert Repository(tmp_path / "link").top == str(checkout.folder)
    pair = compared("HEAD:spec/pets.yaml", str(tmp_path / "link/spec/pets.yaml"))
    assert title(pair.new) == "Pets"


# --- for `git diff` ---------------------------------------------------------------------------------------------


def test_the_files_that_git_gives_stand_for_those_of_the_working_tree(
    checkout: Checkout, tmp_path: Path
) -> None:
    checkout.write("spec/parts/owner.yaml", OWNER)
    old, new = tmp_path / "old", tmp_path / "new"
    old.write_text(SPLIT)
    new.write_text(SPLIT.replace("Pets", "Cats"))
    match = between(("spec/pets.yaml", str(old)), ("spec/pets.yaml", str(new)), options())
    assert match is not None
    pair = both(match.read())
    assert (title(pair.old), title(pair.new), pair.old.label) == ("Pets", "Cats", "a/spec/pets.yaml")
    assert set(pair.old.document.files) == {"pets.yaml", "parts/owner.yaml"}
    added = between(("spec/pets.yaml", os.devnull), ("spec/pets.yaml", str(new)), options())
    assert added is not None
    assert (added.old, bool(added.new)) == (None, True)
    new.write_text("a: 1\n")
    assert between(("x.yaml", str(old)), ("x.yaml", str(new)), options()) is None


def test_lines_that_differ(checkout: Checkout, tmp_path: Path) -> None:
    old, new, binary = tmp_path / "old", tmp_path / "new", tmp_path / "binary"
    old.write_text("a: 1\nb: 1\n")
    new.write_text("a: 1\nb: 2\n")
    binary.write_bytes(b"\0\1")
    shown = differing_lines(("a/x", str(old)), ("b/x", str(new)), checkout.folder)
    assert shown == "--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@\n a: 1\n-b: 1\n+b: 2\n"
    shown = differing_lines(("a/x", os.devnull), ("b/x", str(new)), checkout.folder)
    assert shown.startswith("--- /dev/null\n+++ b/x\n@@ -0,0 +1,2 @@\n")
    assert "Binary files" in differing_lines(("a/x", str(old)), ("b/x", str(binary)), checkout.folder)
    assert differing_lines(("a/x", str(old)), ("b/x", str(old)), checkout.folder) == ""
