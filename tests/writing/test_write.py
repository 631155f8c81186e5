from __future__ import annotations

import errno
import os
import resource
import shutil
import subprocess
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from outputs import NEW, OLD, Output, unable

from specwright.emit import write as writing
from specwright.emit.lock import Lock, record
from specwright.emit.write import exchange, folder, write
from specwright.problems import Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from specwright.emit.compare import Folder


def refusal(act: Callable[[], object]) -> list[tuple[str, str]]:
    """The code and the message of each Problem."""
    with pytest.raises(Refused) as caught:
        act()
    return [(problem.code, problem.message) for problem in caught.value.problems]


def stamps(output: Output) -> dict[str, tuple[int, int]]:
    """The identity and time of each file."""
    return {
        path: (stamp.inode, stamp.modified)
        for path, stamp in folder.scan(output.folder)
        if stamp.kind == "file"
    }


@pytest.fixture(params=["exchanged in one step", "renamed twice"])
def either_way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "renamed twice":
        monkeypatch.setattr(exchange, "exchanged", unable)


@pytest.mark.usefixtures("either_way")
def test_what_is_written_is_what_was_given_and_nothing_stays_beside_it(output: Output) -> None:
    assert output.write(OLD).written == (*sorted(OLD), "specwright.lock")
    assert output.content() == OLD
    done = output.write(NEW)
    assert done.written == ("pets/models.py", "pets/new/came.py", "specwright.lock")
    assert done.removed == ("pets/old/gone.py",)
    assert output.content() == NEW
    assert output.siblings() == []
    assert not (output.folder / "pets/old").exists()


@pytest.mark.usefixtures("either_way")
def test_what_stays_as_it_is_keeps_its_times(output: Output) -> None:
    output.write(OLD)
    before = stamps(output)
    output.write(NEW)
    after = stamps(output)
    assert before["pyproject.toml"] == after["pyproject.toml"]
    assert before["pets/__init__.py"] == after["pets/__init__.py"]
    assert before["pets/models.py"] != after["pets/models.py"]


def test_an_output_that_is_up_to_date_is_not_touched(output: Output) -> None:
    output.write(OLD)
    before = (output.folder.stat(), stamps(output))
    done = output.write(OLD)
    assert (done.written, done.removed) == ((), ())
    assert (output.folder.stat(), stamps(output)) == before


def test_the_lock_alone_changes_when_only_the_input_did(output: Output) -> None:
    output.write(OLD)
    assert output.write(OLD, source="other hash").written == ("specwright.lock",)


@pytest.mark.usefixtures("either_way")
def test_files_of_others_survive(output: Output, tmp_path: Path) -> None:
    output.write(OLD)
    (output.folder / "notes.txt").write_text("mine")
    (output.folder / "pets/old/mine.py").write_text("mine")
    (output.folder / "empty/folder").mkdir(parents=True)
    (tmp_path / "elsewhere.txt").write_text("theirs")
    (output.folder / "link").symlink_to("../elsewhere.txt")
    os.mkfifo(output.folder / "pipe")
    before = stamps(output)
    output.write(NEW)
    assert output.content() == {**NEW, "notes.txt": "mine", "pets/old/mine.py": "mine", "link": "theirs"}
    assert stamps(output)["notes.txt"] == before["notes.txt"]
    assert (output.folder / "link").readlink() == Path("../elsewhere.txt")
    assert (output.folder / "empty/folder").is_dir()
    assert (output.folder / "pipe").is_fifo()


def test_a_folder_of_others_is_refused(output: Output) -> None:
    output.folder.mkdir()
    (output.folder / "notes.txt").write_text("mine")
    ((code, message),) = refusal(lambda: output.write(OLD))
    assert code == "output-not-ours"
    assert str(output.folder) in message
    assert output.content() == {"notes.txt": "mine"}
    assert output.siblings() == []


def test_an_empty_folder_is_taken(output: Output) -> None:
    output.folder.mkdir()
    output.write(OLD)
    assert output.content() == OLD


def test_folders_above_are_made(tmp_path: Path) -> None:
    output = Output(tmp_path / "a" / "b" / "out")
    output.write(OLD)
    assert output.content() == OLD


def test_a_file_in_place_of_the_folder_is_refused(output: Output) -> None:
    output.folder.write_text("mine")
    assert refusal(lambda: output.write(OLD))[0][0] == "output-not-folder"
    assert output.folder.read_text() == "mine"


def test_a_file_edited_by_hand_is_refused_and_written_again_once_it_is_deleted(output: Output) -> None:
    output.write(OLD)
    edited = output.folder / "pets/models.py"
    edited.write_text("by hand\n")
    assert refusal(lambda: output.write(NEW)) == [
        ("output-edited", f"{edited} was changed after specwright wrote it"),
    ]
    assert output.content() == {**OLD, "pets/models.py": "by hand\n"}
    edited.unlink()
    output.write(NEW)
    assert output.content() == NEW


def test_an_edited_file_that_would_go_is_refused_too(output: Output) -> None:
    output.write(OLD)
    (output.folder / "pets/old/gone.py").write_text("by hand\n")
    assert [code for code, _ in refusal(lambda: output.write(NEW))] == ["output-edited"]


def test_an_edit_that_says_what_we_would_write_is_none(output: Output) -> None:
    output.write(OLD)
    (output.folder / "pets/models.py").write_text(NEW["pets/models.py"])
    output.write(NEW)
    assert output.content() == NEW


def test_a_file_of_others_where_one_of_ours_goes_is_refused(output: Output) -> None:
    output.write(OLD)
    (output.folder / "pets/new").mkdir()
    (output.folder / "pets/new/came.py").write_text("mine")
    assert [code for code, _ in refusal(lambda: output.write(NEW))] == ["output-in-the-way"]
    assert (output.folder / "pets/new/came.py").read_text() == "mine"


def test_a_file_of_others_where_a_folder_of_ours_goes_is_refused(output: Output) -> None:
    output.write(OLD)
    (output.folder / "pets/new").write_text("mine")
    assert [code for code, _ in refusal(lambda: output.write(NEW))] == ["output-in-the-way"]


def test_nothing_is_written_through_a_symlink(output: Output, tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.mkdir()
    (victim / "came.py").write_text("keep")
    output.folder.symlink_to(victim)
    assert [code for code, _ in refusal(lambda: output.write(OLD))] == ["output-symlink"]
    output.folder.unlink()
    output.write(OLD)
    (output.folder / "pets/new").symlink_to(victim)
    assert [code for code, _ in refusal(lambda: output.write(NEW))] == ["output-in-the-way"]
    (output.folder / "pets/new").unlink()
    (output.folder / "pets/models.py").unlink()
    (output.folder / "pets/models.py").symlink_to(victim / "came.py")
    assert [code for code, _ in refusal(lambda: output.write(NEW))] == ["output-edited"]
    assert [(path.name, path.read_text()) for path in victim.iterdir()] == [("came.py", "keep")]


@pytest.mark.parametrize("name", ["out.specwright-new", "out.specwright-old"])
def test_something_of_others_under_a_name_of_ours_is_refused(
    output: Output, tmp_path: Path, name: str
) -> None:
    output.write(OLD)
    (tmp_path / name).mkdir()
    (tmp_path / name / "models.py").write_text("mine")
    (output.folder / "models.py").write_text("mine, too")
    assert [code for code, _ in refusal(lambda: output.write(NEW))] == ["output-leftover"]
    assert (tmp_path / name / "models.py").read_text() == "mine"


def test_a_symlink_under_a_name_of_ours_is_refused(output: Output, tmp_path: Path) -> None:
    output.write(OLD)
    victim = tmp_path / "victim"
    victim.mkdir()
    (tmp_path / "out.specwright-new").symlink_to(victim)
    assert [code for code, _ in refusal(lambda: output.write(NEW))] == ["output-leftover"]
    assert output.content() == OLD


def test_compiled_modules_go_with_what_they_were_compiled_of(output: Output) -> None:
    output.write(OLD)
    cache = output.folder / "pets/__pycache__"
    cache.mkdir()
    for stem in ("models", "__init__", "mine"):
        (cache / f"{stem}.cpython-311.pyc").write_text("")
    output.write(NEW)
    assert sorted(path.name for path in cache.iterdir()) == [
        "__init__.cpython-311.pyc",
        "mine.cpython-311.pyc",
    ]
    assert output.siblings() == []


def fail_at(monkeypatch: pytest.MonkeyPatch, name: str, error: int, call: int) -> None:
    """Let one call of a function of `os` fail."""
    real = getattr(os, name)
    calls = iter(range(1, 1_000))

    def failing(*args: object, **kwargs: object) -> object:
        if next(calls) == call:
            raise OSError(error, os.strerror(error), str(args[0]))
        return real(*args, **kwargs)

    monkeypatch.setattr(os, name, failing)


@pytest.mark.parametrize(("name", "call"), [("mkdir", 2), ("mkdir", 3), ("link", 1), ("link", 2)])
@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EROFS, errno.EIO])
def test_a_full_disk_is_a_problem_and_leaves_the_old_output(
    output: Output, monkeypatch: pytest.MonkeyPatch, error: int, name: str, call: int
) -> None:
    output.write(OLD)
    before = stamps(output)
    with monkeypatch.context() as patch:
        fail_at(patch, name, error, call)
        ((code, message),) = refusal(lambda: output.write(NEW))
    assert code == "output-unwritable"
    assert os.strerror(error) in message
    assert stamps(output) == before
    assert output.siblings() == []


def test_a_disk_that_fills_up_while_a_file_is_written(
    output: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    output.write(OLD)
    before = stamps(output)

    def half(path: Path, data: bytes) -> int:
        with path.open("wb") as file:
            file.write(data[: len(data) // 2])
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))

    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_bytes", half)
        assert [code for code, _ in refusal(lambda: output.write(NEW))] == ["output-unwritable"]
    assert stamps(output) == before
    assert output.siblings() == []


@pytest.mark.parametrize("most", [0, 1, 20, 200])
def test_a_file_that_the_system_lets_nobody_write_whole(output: Output, most: int) -> None:
    output.write(OLD)
    before = stamps(output)
    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, hard))
    try:
        ((code, message),) = refusal(lambda: output.write(NEW))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
    assert code == "output-unwritable"
    assert os.strerror(errno.EFBIG) in message
    assert stamps(output) == before
    assert output.siblings() == []


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A folder on a disk of 64 KiB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = [shutil.which("mount") or "mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(folder)]
    if os.geteuid() or subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("no disk can be mounted here")
    yield folder
    subprocess.run([shutil.which("umount") or "umount", folder], check=True)


@pytest.mark.parametrize("sizes", [[30], [4] * 8, [0, 60]])
def test_a_disk_that_is_full(small_disk: Path, sizes: list[int]) -> None:
    output = Output(small_disk / "out")
    output.write(OLD)
    (small_disk / "others").write_bytes(bytes(16 * 1024))
    before = stamps(output)
    large = {f"pets/{at}.py": "#" * size * 1024 for at, size in enumerate([*sizes, 20])}
    ((code, message),) = refusal(lambda: output.write(large))
    assert code == "output-unwritable"
    assert os.strerror(errno.ENOSPC) in message
    assert stamps(output) == before
    assert output.siblings() == ["others"]
    (small_disk / "others").unlink()
    output.write(NEW)
    assert output.content() == NEW


@pytest.mark.parametrize("call", [1, 2])
def test_a_rename_that_fails_is_undone(output: Output, monkeypatch: pytest.MonkeyPatch, call: int) -> None:
    output.write(OLD)
    monkeypatch.setattr(exchange, "exchanged", unable)
    with monkeypatch.context() as patch:
        fail_at(patch, "rename", errno.EBUSY, call)
        assert [code for code, _ in refusal(lambda: output.write(NEW))] == ["output-unwritable"]
    assert output.content() == OLD
    output.write(NEW)
    assert output.content() == NEW
    assert output.siblings() == []


def test_a_file_system_without_links_gets_copies(output: Output, monkeypatch: pytest.MonkeyPatch) -> None:
    output.write(OLD)
    (output.folder / "notes.txt").write_text("mine")
    before = {path: modified for path, (_, modified) in stamps(output).items()}

    def unlinked(*_args: object, **_kwargs: object) -> None:
        raise OSError(errno.ENOTSUP, os.strerror(errno.ENOTSUP))

    monkeypatch.setattr(os, "link", unlinked)
    output.write(NEW)
    assert output.content() == {**NEW, "notes.txt": "mine"}
    assert output.siblings() == []
    after = {path: modified for path, (_, modified) in stamps(output).items()}
    assert after["notes.txt"] == before["notes.txt"]
    assert after["pyproject.toml"] == before["pyproject.toml"]


@pytest.mark.skipif(os.geteuid() != 0, reason="becomes another user, which only root can")
@pytest.mark.parametrize("closed", ["out", "out/pets", "."])
def test_a_read_only_folder_is_a_problem(output: Output, tmp_path: Path, closed: str) -> None:
    output.write(OLD)
    for path in (tmp_path, *tmp_path.rglob("*")):
        os.chown(path, 65534, 65534)
    (tmp_path / closed).chmod(0o555)
    tmp_path.parent.chmod(0o755)
    tmp_path.parent.parent.chmod(0o755)
    before = stamps(output)
    os.seteuid(65534)
    try:
        ((code, message),) = refusal(lambda: output.write(NEW))
    finally:
        os.seteuid(0)
        (tmp_path / closed).chmod(0o755)
    assert code == "output-unwritable"
    assert "ermission denied" in message or "read-only" in message
    assert stamps(output) == before


def place_nobody_can_write(folder: Path, kind: str) -> Path:
    """A path at which there can be no output folder."""
    match kind:
        case "the root of all folders":
            return Path("/")
        case "below a file":
            (folder / "file").write_text("mine")
            return folder / "file" / "out"
        case "below a symlink that leads to itself":
            (folder / "loop").symlink_to("loop")
            return folder / "loop" / "out"
        case "a name that no file has":
            return folder / "a\0b"
        case _:
            return folder / ("x" * 300)


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("the root of all folders", "output-not-ours"),
        ("below a file", "output-unwritable"),
        ("below a symlink that leads to itself", "output-unwritable"),
        ("a name that no file has", "output-unwritable"),
        ("a name that is too long", "output-unwritable"),
    ],
)
def test_a_place_where_no_folder_can_be_is_a_problem(tmp_path: Path, kind: str, code: str) -> None:
    target = place_nobody_can_write(tmp_path, kind)
    before = sorted(tmp_path.iterdir())
    assert [found for found, _ in refusal(lambda: Output(target).write(OLD))] == [code]
    assert sorted(tmp_path.iterdir()) == before


def test_a_symlink_above_the_output_is_followed(output: Output, tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    through = Output(tmp_path / "link" / "out")
    through.write(OLD)
    through.write(NEW)
    assert Output(tmp_path / "real" / "out").content() == NEW
    assert sorted(path.name for path in (tmp_path / "real").iterdir()) == ["out"]
    assert output.siblings() == ["link", "real"]


@pytest.mark.parametrize("kind", ["folder", "symlink"])
def test_what_is_no_file_under_the_name_that_runs_wait_at(output: Output, tmp_path: Path, kind: str) -> None:
    output.write(OLD)
    busy = tmp_path / "out.specwright-busy"
    victim = tmp_path / "victim"
    victim.write_text("keep")
    busy.mkdir() if kind == "folder" else busy.symlink_to(victim)
    assert [code for code, _ in refusal(lambda: output.write(NEW))] == ["output-unwritable"]
    assert output.content() == OLD
    assert victim.read_text() == "keep"


def test_a_run_that_can_not_tidy_up_stands_in_nobodys_way(
    output: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exchange, "_PATIENCE", 2)
    output.write(OLD)
    with monkeypatch.context() as patch:
        fail_at(patch, "unlink", errno.EIO, 1)
        assert [code for code, _ in refusal(lambda: output.write(OLD))] == ["output-unwritable"]
    output.write(NEW)
    assert output.content() == NEW
    assert output.siblings() == []


def test_another_run_is_waited_for(output: Output) -> None:
    output.write(OLD)
    threads = [threading.Thread(target=output.write, args=(NEW,)) for _ in range(4)]
    with exchange.taken(output.folder):
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(0.05)
        assert all(thread.is_alive() for thread in threads)
        assert output.content() == OLD
    for thread in threads:
        thread.join()
    assert output.content() == NEW
    assert output.siblings() == []


def test_another_run_that_does_not_end_is_told(output: Output, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exchange, "_PATIENCE", 2)
    with exchange.taken(output.folder):
        assert [code for code, _ in refusal(lambda: output.write(OLD))] == ["output-busy"]


def test_names_planned_with_a_lock_that_another_run_replaced_are_refused(output: Output) -> None:
    output.write(OLD)
    stale = Lock("0.1.0", "modules")
    lock = record(NEW, stale, stale)
    codes = [code for code, _ in refusal(lambda: write(NEW, output.folder, lock, planned_with=stale))]
    assert codes == ["output-changed"]
    assert output.content() == OLD


def test_a_file_saved_while_we_write_is_not_lost(output: Output, monkeypatch: pytest.MonkeyPatch) -> None:
    output.write(OLD)
    look_again = writing.refuse_changed_meanwhile

    def slow(target: Path, found: Folder) -> None:
        (output.folder / "pets/models.py").write_text("saved meanwhile\n")
        look_again(target, found)

    monkeypatch.setattr(writing, "refuse_changed_meanwhile", slow)
    assert [code for code, _ in refusal(lambda: output.write(NEW))] == ["output-changed"]
    assert output.content() == {**OLD, "pets/models.py": "saved meanwhile\n"}
    assert output.siblings() == []


@pytest.mark.usefixtures("either_way")
def test_a_file_of_others_that_comes_while_we_write_is_not_lost(
    output: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    output.write(OLD)
    place = exchange.put_in_place

    def slow(target: Path) -> None:
        (output.folder / "later").mkdir()
        (output.folder / "later/notes.txt").write_text("mine")
        place(target)

    monkeypatch.setattr(exchange, "put_in_place", slow)
    output.write(NEW)
    assert output.content() == {**NEW, "later/notes.txt": "mine"}
    assert output.siblings() == []


def test_an_interrupt_leaves_the_old_output(output: Output, monkeypatch: pytest.MonkeyPatch) -> None:
    output.write(OLD)

    def interrupted(*_args: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(writing, "refuse_changed_meanwhile", interrupted)
    with pytest.raises(KeyboardInterrupt):
        output.write(NEW)
    assert output.content() == OLD
    assert output.siblings() == []


def test_permissions_of_folders_stay(output: Output) -> None:
    output.write(OLD)
    output.folder.chmod(0o750)
    (output.folder / "pets").chmod(0o770)
    output.write(NEW)
    assert output.folder.stat().st_mode & 0o777 == 0o750
    assert (output.folder / "pets").stat().st_mode & 0o777 == 0o770


@pytest.mark.usefixtures("either_way")
@pytest.mark.parametrize(("inner", "after"), [("", ""), ("pets", "pets"), ("pets/old", "")])
def test_who_stands_in_the_folder_stands_in_the_new_one(
    output: Output, monkeypatch: pytest.MonkeyPatch, inner: str, after: str
) -> None:
    output.write(OLD)
    monkeypatch.chdir(output.folder / inner)
    output.write(NEW)
    assert Path.cwd() == output.folder / after
    assert Path.cwd().samefile(output.folder / after)


def test_an_empty_folder_is_replaced_by_whoever_stands_in_it(
    output: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    output.folder.mkdir()
    monkeypatch.chdir(output.folder)
    done = write(OLD, Path(), record(OLD, None, Lock("0.1")), planned_with=None)
    assert done.shown == "."
    assert Path.cwd().samefile(output.folder)
    assert output.content() == OLD
