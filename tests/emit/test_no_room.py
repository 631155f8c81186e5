"""Where what is formatted can't be written, it is the system's fault, and neither the document's nor ours."""

from __future__ import annotations

import copy
import sys
import tempfile
from typing import TYPE_CHECKING

import pytest

from specwright.emit import tidy
from specwright.problems import Refused

if TYPE_CHECKING:
    from pathlib import Path

FILES = {"pets/a.py": "x = 1\n", "pets/b.py": "y = 2\n"}


@pytest.fixture
def no_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder for what is thrown away is a file."""
    path = tmp_path / "no folder"
    path.write_bytes(b"")
    monkeypatch.setattr(tempfile, "tempdir", str(path))
    return path


def test_no_folder_can_be_made(no_room: Path) -> None:
    with pytest.raises(Refused) as refused:
        tidy.tidy(FILES)
    (found,) = refused.value.problems
    assert found.code == "temporary-unwritable"
    assert found.message == f"can't write in {no_room}: Not a directory"
    assert copy.copy(refused.value).problems == refused.value.problems  # as it comes from another process


@pytest.mark.skipif(sys.platform != "linux", reason="a disk that is always full is at /dev/full")
def test_a_file_finds_no_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    def full(text: str) -> str:
        (link,) = tmp_path.glob("specwright-*/pets")
        (link / "b.py").unlink(missing_ok=True)
        (link / "b.py").symlink_to("/dev/full")
        return text

    monkeypatch.setattr(tidy, "pruned", full)
    with pytest.raises(Refused) as refused:
        tidy.tidy(FILES)
    assert [found.message for found in refused.value.problems] == [
        f"can't write in {tmp_path}: No space left on device"
    ]
    assert not list(tmp_path.iterdir())


def test_ruff_finds_no_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ruff = tmp_path / "ruff"
    ruff.write_text(
        "#!/bin/sh\necho 'error: Failed to write pets/a.py: No space left on device (os error 28)' >&2\nexit 2\n"
    )
    ruff.chmod(0o700)
    monkeypatch.setattr(tidy, "find_ruff_bin", lambda: str(ruff))
    with pytest.raises(Refused) as refused:
        tidy.tidy(FILES)
    (found,) = refused.value.problems
    assert (found.code, found.message.partition(": ")[2]) == (
        "temporary-unwritable",
        "No space left on device",
    )
