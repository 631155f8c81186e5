"""Importing a module of a generated package does nothing but define.

`emit/vet` refuses what else the templates could write, for each package that is made (tests/writing/test_vet.py), and
holds the copies of the runtime against these files: here they are looked at themselves.
"""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from specwright.emit import allowed
from specwright.emit.syntax import top_level

RUNTIME = Path(__file__).resolve().parents[2] / "generator" / "specwright" / "runtime"
MODULES = sorted(RUNTIME.rglob("*.py"))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(RUNTIME).as_posix())
def test_a_module_of_the_runtime_only_defines(path: Path) -> None:
    body = ast.parse(path.read_text("utf-8")).body
    others = [ast.unparse(one) for one in top_level(body) if not isinstance(one, allowed.DEFINITIONS)]
    assert others == []


def test_work_at_import_would_be_seen() -> None:
    body = ast.parse("x = 1\nfor y in range(3):\n    x += y\n").body
    assert not all(isinstance(one, allowed.DEFINITIONS) for one in top_level(body))
