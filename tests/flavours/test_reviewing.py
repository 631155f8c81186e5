"""What `diff` says of a document whose client openapi-python-client writes."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

OLD = """\
openapi: 3.1.1
info: {title: Pets, version: "1"}
paths:
  /pets: {get: {operationId: list_pets, tags: [pets], responses: {}}}
  /pets/all: {get: {operationId: all_pets, tags: [pets], responses: {}}}
"""
UNSOUGHT = "Places in your code are not looked for where openapi-python-client writes the client."
TOUCHED = "No place in your code is touched."


def compared(folder: Path, client: str, *options: str) -> str:
    (folder / "old.yaml").write_text(OLD)
    (folder / "new.yaml").write_text(
        OLD.replace("/pets/all: {get: {operationId: all_pets", "/x: {get: {operationId: x")
    )
    (folder / "pyproject.toml").write_text(
        f'[tool.specwright.documents.pets]\nspec = "new.yaml"\noutput = "out"\nclient = "{client}"\n'
    )
    (folder / "app").mkdir()
    (folder / "app" / "a.py").write_text("from pets_client.api.pets import all_pets\n\nall_pets.sync()\n")
    done = subprocess.run(
        [sys.executable, "-m", "specwright", "diff", "old.yaml", "new.yaml", *options],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("form", ["text", "json", "markdown", "html"])
def test_callers_are_said_not_to_be_looked_for(tmp_path: Path, form: str) -> None:
    said = compared(tmp_path, "openapi-python-client", "--callers", "app", "--format", form)
    assert UNSOUGHT in said
    assert TOUCHED not in said


def test_nothing_is_said_of_callers_where_nobody_asked(tmp_path: Path) -> None:
    made = json.loads(compared(tmp_path, "openapi-python-client", "--format", "json"))
    assert made["callers_unsought"] == ""


def test_of_our_own_client_they_are_looked_for(tmp_path: Path) -> None:
    said = compared(tmp_path, "specwright", "--callers", "app")
    assert UNSOUGHT not in said
    assert TOUCHED in said
