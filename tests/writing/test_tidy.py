from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from specwright.emit.tidy import tidy
from specwright.emit.unsound import Unsound

if TYPE_CHECKING:
    from pathlib import Path

UNTIDY = """\
from __future__ import annotations
import datetime as dt
from typing import TYPE_CHECKING, Any
from .inputs import PetInput
from ._runtime.model import Model
if TYPE_CHECKING:
    from .inputs import OwnerInput
class Pet(Model, kw_only = True):
    born : dt.date|None=None
"""
TIDY = """\
from __future__ import annotations

import datetime as dt

from ._runtime.model import Model


class Pet(Model, kw_only=True):
    born: dt.date | None = None
"""


def test_imports_are_sorted_and_those_not_used_dropped() -> None:
    assert tidy({"pets/models.py": UNTIDY}) == {"pets/models.py": TIDY}


def test_what_is_tidy_stays() -> None:
    assert tidy({"pets/models.py": TIDY}) == {"pets/models.py": TIDY}


def test_other_files_and_the_runtime_pass_through_in_their_order() -> None:
    files = {
        "pyproject.toml": "a  =  1",
        "pets/_runtime/x.py": "x  =  1",
        "pets/a.py": "a  =  1",
        "README.md": "*  a",
    }
    assert list(tidy(files).items()) == list({**files, "pets/a.py": "a = 1\n"}.items())
    assert tidy({"README.md": "*  a"}) == {"README.md": "*  a"}


def test_lines_are_up_to_100_characters() -> None:
    call = "x = call({})\n"
    short, long = ", ".join(["argument"] * 9), ", ".join(["argument"] * 10)
    files = tidy({"a/a.py": call.format(short), "a/b.py": call.format(long)})
    assert files["a/a.py"] == call.format(short)
    assert files["a/b.py"].count("\n") > 1


def test_settings_of_others_change_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "ruff.toml").write_text("line-length = 20\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setenv("RUFF_NO_SUCH_SETTING", "1")
    monkeypatch.setenv("RUFF_OUTPUT_FORMAT", "nonsense")
    monkeypatch.setenv("PATH", "")
    assert tidy({"pets/models.py": UNTIDY}) == {"pets/models.py": TIDY}
    assert [path.name for path in tmp_path.iterdir()] == ["ruff.toml"]


def test_what_ruff_cannot_read_is_a_mistake_of_ours_that_names_the_file() -> None:
    with pytest.raises(Unsound) as caught:
        tidy({"pets/good.py": "x = 1\n", "pets/sub/bad.py": "x = (\n"})
    assert caught.value.path == "pets/sub/bad.py"
    assert "ruff" in caught.value.why
