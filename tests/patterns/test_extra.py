"""A package with a pattern that `re` may take long for offers an extra that searches in linear time."""

from __future__ import annotations

import dataclasses
import json
import tomllib
from pathlib import Path

import pytest

from specwright.config import Config
from specwright.document import load
from specwright.emit.render import render, runtime
from specwright.emit.tidy import tidy
from specwright.emit.unsound import Unsound
from specwright.emit.vet import vet
from specwright.plan import plan

_SOURCE = {"openapi": "3.1.1", "info": {"title": "Pets", "version": "1"}, "paths": {}}


@pytest.mark.parametrize("slow", [True, False])
def test_the_extra_is_there_where_it_is_of_use(slow: bool) -> None:  # noqa: FBT001 -- a row of the table
    config = Config(spec=Path("spec.json"))
    api = plan(load(json.dumps(_SOURCE).encode(), config), config, {}).api
    files = vet(tidy(render(dataclasses.replace(api, slow_patterns=slow))), runtime())
    project = tomllib.loads(files["pyproject.toml"])["project"]
    assert project["optional-dependencies"].get("patterns") == (["google-re2>=1.1"] if slow else None)
    assert ("`google-re2`" in files["README.md"]) is slow
    assert "\n\n\n" not in files["pyproject.toml"] + files["README.md"]


@pytest.mark.parametrize(
    "table", ['patterns = ["requests"]', 'patterns = ["google-re2 @ https://x.test"]', "other = []"]
)
def test_no_other_extra_is_let_through(table: str) -> None:
    text = (
        '[build-system]\nbuild-backend = "hatchling.build"\n[project]\nname = "x"\n'
        f"[project.optional-dependencies]\n{table}\n"
    )
    with pytest.raises(Unsound):
        vet({"pyproject.toml": text}, {})
