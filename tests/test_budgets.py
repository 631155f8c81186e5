"""Each budget: what is just within it is made, what is beyond it is refused by name; and docs/budgets.md lists all."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from specwright.catalogue import CATALOGUE
from specwright.cli import main
from specwright.config import BUDGETS, Budgets, amount

PAGE = Path(__file__).parents[1] / "docs" / "budgets.md"
HEAD = 'openapi: 3.1.1\ninfo: {title: Pets, version: "1"}\n'
PETS = '{"openapi": "3.1.1", "info": {"title": "Pets", "version": "1"}, '


def components(schemas: dict[str, Any]) -> str:
    return HEAD + json.dumps({"schemas": schemas}).join(("components: ", "\n"))


# Of each budget: files, and the least that it has to be for them. The first is the document.
CASES: dict[str, tuple[dict[str, str], int]] = {
    "bytes": ({"pets.yaml": HEAD + "paths: {}\n"}, len(HEAD + "paths: {}\n")),
    "depth": ({"pets.yaml": HEAD + "x-a: [[[1]]]\n"}, 4),
    "nodes": ({"pets.yaml": HEAD + "x-a: [1, 2, 3]\n"}, 9),
    "expansion": ({"pets.yaml": HEAD + "x-a: &a [1, 2]\nx-b: [*a, *a]\n"}, 15),
    "members": ({"pets.yaml": HEAD + "x-a: {a: 1, b: 2, c: 3, d: 4}\n"}, 4),
    "key": ({"pets.yaml": HEAD + "x-a-long-name: 1\n"}, 13),
    "files": (
        {
            "pets.yaml": components({"A": {"$ref": "a.yaml"}, "B": {"$ref": "b.yaml"}}),
            "a.yaml": "type: string\n",
            "b.yaml": "type: integer\n",
        },
        3,
    ),
    "properties": (
        {"pets.yaml": components({"A": {"properties": {"a": {}}, "allOf": [{"properties": {"b": {}, "c": {}}}]}})},
        3,
    ),
    "ways": (
        {"pets.yaml": components({"A": {"oneOf": [{"anyOf": [{"type": "string"}, True]}, {"type": "array"}]}})},
        5,
    ),
    "patterns": (
        {"pets.yaml": components({"A": {"type": "string", "pattern": "^(([a-z])+.)+[A-Z]([a-z])+$"}, "B": {"pattern": "(a*)*b"}})},
        8,
    ),
    "output": ({"pets.yaml": HEAD + "paths: {}\n"}, 0),
    "modules": ({"pets.yaml": HEAD + "paths: {}\n"}, 0),
}  # fmt: skip

IN_JSON: dict[str, tuple[str, int]] = {
    "depth": (PETS + '"x-a": [[[1]]]}', 4),
    "nodes": (PETS + '"x-a": [1, 2, 3]}', 9),
    "members": (PETS + '"x-a": {"a": 1, "b": 2, "c": 3, "d": 4}}', 4),
    "key": (PETS + '"x-a-long-name": 1}', 13),
}


def said(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str]:
    status = main([str(argument) for argument in arguments])
    return status, capsys.readouterr().err


def spec(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder / next(iter(files))


@pytest.mark.parametrize("name", [name for name, (_, least) in CASES.items() if least])
def test_what_is_just_within_a_budget_is_read_and_what_is_beyond_is_refused(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files, least = CASES[name]
    path = spec(tmp_path, files)
    assert f"limit-{name}" not in said(capsys, "lint", path, "--budget", f"{name}={least}")[1]
    status, err = said(capsys, "lint", path, "--budget", f"{name}={least - 1}")
    assert status == 2
    assert f"error[limit-{name}]: " in err
    assert f"`{name}` allows {least - 1:,}" in err
    assert f"--budget {name}=" in err


@pytest.mark.parametrize("name", IN_JSON)
def test_the_same_of_json(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text, least = IN_JSON[name]
    path = spec(tmp_path, {"pets.json": text})
    assert f"limit-{name}" not in said(capsys, "lint", path, "--budget", f"{name}={least}")[1]
    assert f"error[limit-{name}]: " in said(capsys, "lint", path, "--budget", f"{name}={least - 1}")[1]


@pytest.mark.parametrize("name", ["output", "modules"])
def test_what_is_written_is_counted_before_it_is(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = spec(tmp_path, CASES[name][0])
    out = tmp_path / "out"
    status, err = said(capsys, "generate", path, "-o", out, "--budget", f"{name}=20")
    assert status == 2
    assert f"error[limit-{name}]: " in err
    assert not out.exists()
    assert said(capsys, "generate", path, "-o", out)[0] == 0


def test_every_budget_has_a_case_and_a_problem() -> None:
    assert set(CASES) == set(BUDGETS)
    assert {f"limit-{name}" for name in BUDGETS} == {code for code in CATALOGUE if code.startswith("limit-")}


def test_a_budget_is_raised_by_the_option_over_the_configuration(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    path = spec(tmp_path, {"pets.yaml": HEAD + "paths: {}\n"})
    (tmp_path / "pyproject.toml").write_text(
        '[tool.specwright.budgets]\nbytes = "1KiB"\nnodes = 3\n', encoding="utf-8"
    )
    assert "limit-nodes" in said(capsys, "lint", path)[1]
    assert said(capsys, "lint", path, "--budget", "nodes=100") == (0, "")


@pytest.mark.parametrize(
    ("option", "message"),
    [
        ("bytes=lots", "bytes is a number, with KiB, MiB or GiB behind it"),
        ("nodes=1MiB", "nodes is a number"),
        ("nodes=0", "nodes is a number above 0"),
        ("depth=201", "depth is a number from 1 to 200"),
        ("nodes=" + "9" * 5000, "nodes is a number of at most 15 digits"),
        ("speed=1", "the budgets are bytes, depth"),
        ("nodes=2__000", "nodes is a number"),
        ("bytes", "it is NAME=N, such as `bytes=33554432`"),
    ],
)
def test_an_option_that_is_none_is_explained(
    option: str, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = spec(tmp_path, {"pets.yaml": HEAD + "paths: {}\n"})
    status, err = said(capsys, "lint", path, "--budget", option)
    assert status == 2
    assert message in err


def test_amounts_have_units() -> None:
    assert amount("bytes", "64MiB") == 64 * 1024 * 1024
    assert amount("bytes", "1GiB") == 1024**3
    assert amount("nodes", "12") == 12


def shown(name: str) -> str:
    value: int = getattr(Budgets(), name)
    return f"{value // 1024**2} MiB" if BUDGETS[name].in_bytes else f"{value:,}"


def page() -> str:
    rows = [
        f"| `{name}` | {shown(name)} | {'' if budget.most is None else f'{budget.most:,}'} | {budget.means} "
        f"| [limit-{name}](problems.md#limit-{name}) |"
        for name, budget in BUDGETS.items()
    ]
    return f"""\
# Budgets

<!-- Written by `make docs` from generator/specwright/config/budgets.py: change that. -->

A document may come from anywhere, so that what it asks for is counted. What goes beyond a budget is refused before it
is built, with the name of the budget, the place in the document and exit status 2; nothing is written. The defaults are
many times what the largest documents that we know of need.

| budget | default | at most | what is counted | Problem |
|---|---|---|---|---|
{chr(10).join(rows)}

Raise or lower one for a single run, or for all documents of a configuration:

```sh
specwright generate spec.yaml --budget bytes=64MiB --budget nodes=2000000
```
```toml
[tool.specwright.budgets]
bytes = "64MiB"
nodes = 2_000_000
```
"""


def test_the_page_lists_every_budget(*, update: bool) -> None:
    if update:
        PAGE.write_text(page(), encoding="utf-8", newline="")
    assert PAGE.read_text("utf-8") == page(), "docs/budgets.md is stale. Run `make docs`, and commit it."
