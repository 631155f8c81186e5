from __future__ import annotations

from pathlib import Path

import pytest

from specwright.config import Budgets, Config, configuration, configured, written_at
from specwright.problems import Refused


def write(folder: Path, text: str) -> None:
    (folder / "pyproject.toml").write_text(text, encoding="utf-8")


ALL = """
[project]
name = "x"

[tool.specwright.documents.pets]
spec = "spec/pets.yaml"
output = "generated/pets"
package = "pets_api"
version = "1.2"
root = "."
env = { token = "PETS_TOKEN" }
ignore = ["null-value"]

[tool.specwright.documents."cats.v2"]
spec = "spec/cats.yaml"

[tool.specwright.budgets]
depth = 50
"""


def test_what_is_read(tmp_path: Path) -> None:
    write(tmp_path, ALL)
    (tmp_path / "below").mkdir()
    pets, cats = configured(tmp_path / "below")
    assert pets == Config(
        spec=tmp_path / "spec/pets.yaml", output=tmp_path / "generated/pets", package="pets_api", version="1.2",
        root=tmp_path, env={"token": "PETS_TOKEN"},
        ignore=("null-value",), budgets=Budgets(depth=50), name="pets",
    )  # fmt: skip
    assert (cats.name, cats.spec) == ("cats.v2", tmp_path / "spec/cats.yaml")


def test_paths_are_shown_from_the_current_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, ALL)
    monkeypatch.chdir(tmp_path)
    assert configured(tmp_path)[0].spec == Path("spec/pets.yaml")


def test_one_document_of_several(tmp_path: Path) -> None:
    write(tmp_path, ALL)
    (found,) = configured(tmp_path, tmp_path / "spec/../spec/cats.yaml")
    assert found.name == "cats.v2"
    (other,) = configured(tmp_path, Path("other.yaml"))
    assert other == Config(spec=Path("other.yaml"), budgets=Budgets(depth=50))


def test_without_a_configuration(tmp_path: Path) -> None:
    write(tmp_path, "[project]\nname = 'x'\n")
    assert configured(tmp_path, Path("x.yaml")) == (Config(spec=Path("x.yaml")),)
    with pytest.raises(Refused, match="config-missing"):
        configured(tmp_path)


@pytest.mark.parametrize(
    ("text", "code", "line", "pointer"),
    [
        ("[tool.specwright.document.x]\nspec='a'", "config-unknown", 1, "/tool/specwright/document"),
        (
            "[tool.specwright.documents.x]\nspec='a'\noutptu='b'",
            "config-unknown",
            3,
            "/tool/specwright/documents/x/outptu",
        ),
        (
            "[tool.specwright.documents.y]\nspec='b'\n[tool.specwright.documents.x]\nspec=5",
            "config-type",
            4,
            "/tool/specwright/documents/x/spec",
        ),
        ("[tool.specwright.documents.x]\noutput='a'", "config-type", 1, "/tool/specwright/documents/x"),
        (
            "[tool.specwright.documents.x]\nspec='a'\nclient='h'",
            "config-type",
            3,
            "/tool/specwright/documents/x/client",
        ),
        (
            "[tool.specwright.documents.x]\nspec='a'\nclient='openapi-python-client'\nenv={token='A'}",
            "config-unknown",
            4,
            "/tool/specwright/documents/x/env",
        ),
        (
            "[tool.specwright.documents.x]\nspec='a'\nenv={token='$A'}",
            "config-type",
            3,
            "/tool/specwright/documents/x/env",
        ),
        (
            "[tool.specwright.documents.x]\nspec='a'\nignore='null-value'",
            "config-type",
            3,
            "/tool/specwright/documents/x/ignore",
        ),
        (
            "[tool.specwright.documents.x]\nspec='a'\nignore=[\n'null-value',\n'#/paths',\n]",
            "config-type",
            5,
            "/tool/specwright/documents/x/ignore",
        ),
        (
            "[tool.specwright.documents.x]\nspec='a'\noutput='o'\n[tool.specwright.documents.y]\nspec='b'\noutput='o/p'",
            "config-clash",
            6,
            "/tool/specwright/documents/y/output",
        ),
        ("[tool.specwright]\ndocuments = 5", "config-type", 2, "/tool/specwright/documents"),
        ("[tool.specwright.documents]\nx = 5", "config-type", 2, "/tool/specwright/documents/x"),
        ("[tool.specwright.budgets]\ndepth = 100000", "config-type", 2, "/tool/specwright/budgets/depth"),
        ("[tool.specwright.budgets]\nnodes = true", "config-type", 2, "/tool/specwright/budgets/nodes"),
        ("a = 1\nb = = 2", "config-syntax", 2, ""),
        ("[tool.specwright.documents.x]\nspec='a'\nspec='b'", "config-syntax", 3, ""),
    ],
)
def test_what_is_wrong_and_where(tmp_path: Path, text: str, code: str, line: int, pointer: str) -> None:
    write(tmp_path, text)
    with pytest.raises(Refused) as refused:
        configured(tmp_path, Path("x.yaml"))
    (found,) = refused.value.problems
    assert found.place
    assert (found.code, found.place.line, found.place.pointer) == (code, line, pointer)


def test_a_code_that_is_none_is_pointed_at_and_what_is_meant_is_asked(tmp_path: Path) -> None:
    write(tmp_path, "[tool.specwright.documents.x]\nspec='a'\nignore = ['sumary-missing']")
    with pytest.raises(Refused) as refused:
        configured(tmp_path)
    (found,) = refused.value.problems
    assert found.place
    assert (found.place.line, found.place.column) == (3, 12)
    assert found.hint == "Did you mean `summary-missing`?"


SET = """\
[tool.specwright.documents.x]
spec = "spec/x.yaml"
overlay = [
  "spec/one.yaml", "spec/two.yaml",
]
env = { token = "T", key = "K" }
tags = ["spec", "a b"]
"""


@pytest.mark.parametrize(
    ("key", "value", "at"),
    [
        ("spec", Path("spec/x.yaml"), (2, 9)),
        ("overlay", Path("spec/two.yaml"), (4, 21)),
        ("overlay", Path("spec/three.yaml"), None),
        ("env", "key", (6, 22)),
        ("tags", "spec", (7, 10)),
        ("tags", "a b", (7, 18)),
        ("tags", "of an option", None),
        ("paths", "/x", None),
    ],
)
def test_where_a_setting_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, key: str, value: str | Path, at: tuple[int, int] | None
) -> None:
    write(tmp_path, SET)
    monkeypatch.chdir(tmp_path)
    (config,) = configured(tmp_path)
    for each in (value, tmp_path / value) if isinstance(value, Path) else (value,):
        found = written_at(config, key, each)
        assert (found and (found.line, found.column)) == at


def test_a_file_of_the_settings_that_is_of_a_package_is_nobodys(tmp_path: Path) -> None:
    write(tmp_path, ALL)
    below = tmp_path / "generated/pets"
    below.mkdir(parents=True)
    write(below, "[project]\nname = 'pets'\n")
    assert configuration(below) == below / "pyproject.toml"
    (below / "specwright.lock").touch()
    assert configuration(below) == tmp_path / "pyproject.toml"


def test_every_mistake_is_said_at_once(tmp_path: Path) -> None:
    write(tmp_path, "[tool.specwright.documents.x]\nspec=1\nroot=2\nnothing=3\n")
    with pytest.raises(Refused) as refused:
        configured(tmp_path)
    assert [found.code for found in refused.value.problems] == [
        "config-type",
        "config-type",
        "config-unknown",
    ]
