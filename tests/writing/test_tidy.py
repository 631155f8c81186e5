from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from specwright.emit import tidy as tidying
from specwright.emit.tidy import tidy
from specwright.emit.unsound import Unsound

if TYPE_CHECKING:
    from pathlib import Path

UNTIDY = '''\
from __future__ import annotations

import datetime as dt
from typing import (TYPE_CHECKING, Any,)

from .inputs import (PetInput, CatInput, DOG, Cat10, Cat9,)
from ._runtime.model import Model

if TYPE_CHECKING:
    from .inputs import OwnerInput

class Pet(Model, kw_only = True):
    """Not PetInput."""

    born : dt.date|None=None
    Any: 'Cat9 | Cat10 | CatInput' = f"{DOG}"
'''
TIDY = '''\
from __future__ import annotations

import datetime as dt

from ._runtime.model import Model
from .inputs import (
    DOG,
    Cat9,
    Cat10,
    CatInput,
)


class Pet(Model, kw_only=True):
    """Not PetInput."""

    born: dt.date | None = None
    Any: "Cat9 | Cat10 | CatInput" = f"{DOG}"
'''


def test_imports_are_sorted_and_those_not_used_dropped() -> None:
    assert tidy({"pets/models.py": UNTIDY}) == {"pets/models.py": TIDY}


def test_what_only_offers_names_to_others_keeps_them() -> None:
    stub = "from .models import Pet as Pet\nfrom .owners import Owner as Owner\n"
    assert tidy({"pets/__init__.pyi": stub}) == {"pets/__init__.pyi": stub}
    listed = 'from .models import (Cat, Pet,)\n\n__all__ = ["Pet"]\n'
    assert tidy({"pets/a.py": listed})["pets/a.py"].startswith("from .models import (\n    Pet,\n)\n")


def test_a_block_for_type_checkers_stays_while_anything_is_in_it() -> None:
    block = "from typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n    from .a import A, B\n\nx: A | None = None\n"
    assert tidy({"pets/a.py": block})["pets/a.py"] == block.replace("A, B", "A")
    assert tidy({"pets/a.py": block.replace("x: A", "x: C")})["pets/a.py"] == "x: C | None = None\n"
    goes_on = "from typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n    from .a import A\n\n    x = 1\n"
    assert tidy({"pets/a.py": goes_on})["pets/a.py"] == goes_on.replace("    from .a import A\n\n", "")


def test_what_is_tidy_stays() -> None:
    tidied = TIDY.replace('"Cat9 | Cat10 | CatInput"', "Cat9 | Cat10 | CatInput")
    assert tidy({"pets/models.py": tidied}) == {"pets/models.py": tidied}


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


def test_of_an_fstring_only_expressions_use_names() -> None:
    made = tidy({"pets/a.py": 'from .a import A, B\n\nx = f"A {B} A"\n'})
    assert made == {"pets/a.py": 'from .a import B\n\nx = f"A {B} A"\n'}


def test_stubs_are_sorted_by_names_of_each_module() -> None:
    lines = ["from .a import RGB as RGB\n", "from .a import Ab9 as Ab9\n", "from .a import Ab10 as Ab10\n"]
    assert tidy({"pets/a.pyi": "".join(reversed(lines))}) == {"pets/a.pyi": "".join(lines)}


def test_ruff_is_waited_for_with_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tidying, "_SECONDS", 0)
    with pytest.raises(Unsound, match="ruff takes more than 0 seconds"):
        tidy({"pets/models.py": "a = 1\n"})
