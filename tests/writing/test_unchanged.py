"""A run that has nothing to do, and one that has little."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import specwright
from specwright import Config, unchanged
from specwright.emit import tidy

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

PETS: Mapping[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "pets", "version": "1"},
    "paths": {
        "/pets": {
            "post": {
                "operationId": "addPet",
                "requestBody": {
                    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Pet"}}}
                },
                "responses": {"200": {"description": "ok", "content": {"application/json": {"schema": {}}}}},
            }
        }
    },
    "components": {
        "schemas": {
            "Pet": {
                "type": "object",
                "required": ["name", "no such property"],
                "properties": {"name": {"type": "string"}, "owner": {"$ref": "owner.json"}},
            },
            **{
                f"Thing{number}": {
                    "type": "object",
                    "description": "A thing.",
                    "properties": {
                        "kind": {"enum": ["a", "b"]},
                        "next": {"$ref": "#/components/schemas/Pet"},
                    },
                }
                for number in range(5)
            },
        }
    },
}


@pytest.fixture
def config(tmp_path: Path) -> Config:
    (tmp_path / "pets.json").write_text(json.dumps(PETS))
    (tmp_path / "owner.json").write_text(json.dumps({"type": "string"}))
    made = Config(spec=tmp_path / "pets.json", output=tmp_path / "out", layout="folders")
    specwright.generate(config=made)
    return made


def output(config: Config) -> Path:
    assert config.output is not None
    return config.output


@pytest.fixture
def planned(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The documents that were planned."""
    seen: list[str] = []
    plan = specwright._made

    def noted(config: Config, *arguments: Any, **options: Any) -> Any:
        seen.append(str(config.spec))
        return plan(config, *arguments, **options)

    monkeypatch.setattr(specwright, "_made", noted)
    return seen


def test_a_run_that_changes_nothing_reads_and_does_no_more(config: Config, planned: list[str]) -> None:
    first = specwright.generate(config=replace(config, output=output(config).with_name("other")))
    planned.clear()
    again = specwright.generate(config=config)
    assert planned == []
    assert again.told_before == len(first.problems) == 1
    assert replace(again, told_before=0) == replace(first, output=again.output, written=(), problems=())


def test_what_is_proven_is_made_again(config: Config, planned: list[str]) -> None:
    assert specwright.check(config=config).fresh
    assert len(planned) == 1


CHANGES: Mapping[str, Callable[[Path], object]] = {
    "the document": lambda folder: (folder / "pets.json").write_text(json.dumps(PETS, indent=1)),
    "a file that it refers to": lambda folder: (folder / "owner.json").write_text('{"type": "integer"}'),
    "such a file is gone": lambda folder: (folder / "owner.json").unlink(),
    "a file was removed": lambda folder: (folder / "out/pets/client.py").unlink(),
    "a killed run": lambda folder: (folder / "out.specwright-new").mkdir(),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_what_a_package_depends_on_has_it_made_again(
    change: Callable[[Path], object], config: Config, planned: list[str], tmp_path: Path
) -> None:
    change(tmp_path)
    made = specwright.generate(config=config)
    assert len(planned) == 1
    assert len(made.problems) >= 1
    assert specwright.check(config=config).fresh


def test_a_file_edited_by_hand_is_still_refused(config: Config) -> None:
    (output(config) / "pets/client.py").write_text("mine\n")
    with pytest.raises(specwright.Refused) as caught:
        specwright.generate(config=config)
    assert [found.code for found in caught.value.problems] == ["output-edited"]


def test_a_symlink_in_place_of_a_folder_is_still_refused(config: Config, tmp_path: Path) -> None:
    (output(config) / "pets").rename(tmp_path / "moved")
    (output(config) / "pets").symlink_to(tmp_path / "moved")
    with pytest.raises(specwright.Refused):
        specwright.generate(config=config)


@pytest.mark.parametrize(
    "setting", [{"package": "animals"}, {"version": "2"}, {"operations": ("addPet",)}, {"ignore": ("x",)}]
)
def test_other_settings_have_it_made_again(setting: Any, config: Config, planned: list[str]) -> None:
    specwright.generate(config=replace(config, **setting))
    assert len(planned) == 1


def test_strict_tells_again_what_was_told(config: Config) -> None:
    with pytest.raises(specwright.Refused):
        specwright.generate(config=replace(config, strict=True))


def test_another_generator_makes_it_again(
    config: Config, planned: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unchanged, "_generator", lambda: "another")
    specwright.generate(config=config)
    assert len(planned) == 1


@pytest.mark.parametrize("silenced", [(), ("ref-missing",)])
def test_a_file_that_was_missing_may_come(
    config: Config, planned: list[str], tmp_path: Path, silenced: tuple[str, ...]
) -> None:
    config = replace(config, ignore=silenced)
    content = (tmp_path / "owner.json").read_text()
    (tmp_path / "owner.json").unlink()
    specwright.generate(config=config)
    (tmp_path / "owner.json").write_text(content)
    planned.clear()
    specwright.generate(config=config)
    assert len(planned) == 1
    assert specwright.check(config=config).fresh


@pytest.mark.parametrize("nowhere", ["#/components/schemas/Pte", "owner.json#/nobody", "#no-anchor", "#%"])
def test_what_leads_nowhere_in_files_that_are_there_stays_so(
    nowhere: str, config: Config, planned: list[str]
) -> None:
    schemas = PETS["components"]["schemas"] | {"Lost": {"$ref": nowhere}, "Owner": {"$ref": "owner.json"}}
    config.spec.write_text(json.dumps({**PETS, "components": {"schemas": schemas}}))
    problems = specwright.generate(config=config).problems
    planned.clear()
    again = specwright.generate(config=config)
    assert planned == []
    assert again.told_before == len(problems) > 1


def test_the_place_of_the_documents_does_not_matter(config: Config, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    for name in ("pets.json", "owner.json"):
        (elsewhere / name).write_text((tmp_path / name).read_text())
    there = replace(config, spec=elsewhere / "pets.json", output=elsewhere / "out")
    specwright.generate(config=there)
    locks = [(folder / "out/specwright.lock").read_text() for folder in (tmp_path, elsewhere)]
    assert locks[0] == locks[1]


# --- one edit ---------------------------------------------------------------------------------------------------


def _edited(document: Any, chance: random.Random) -> None:
    schemas = document["components"]["schemas"]
    schema = schemas[chance.choice(sorted(schemas))]
    properties = schema.setdefault("properties", {})
    edits: list[Callable[[], object]] = [
        lambda: schema.update(description=f"Said {chance.random()}."),
        lambda: properties.update(
            {f"more{chance.randrange(9)}": {"type": chance.choice(["string", "integer"])}}
        ),
        lambda: properties.pop(chance.choice(sorted(properties)), None) if properties else None,
        lambda: schemas.update({f"New{chance.randrange(9)}": {"type": "object", "properties": {"a": {}}}}),
        lambda: schema.update(additionalProperties=chance.choice([True, False, {"type": "string"}])),
    ]
    chance.choice(edits)()


@pytest.mark.parametrize("seed", range(12))
def test_after_an_edit_the_package_is_what_a_whole_run_makes(
    seed: int, config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    tidied: list[int] = []
    whole = tidy.tidy

    def counted(files: Mapping[str, str]) -> dict[str, str]:
        tidied.append(sum(path.endswith(".py") and "_runtime" not in path for path in files))
        return whole(files)

    document = json.loads(json.dumps(PETS))
    chance = random.Random(seed)  # noqa: S311 - edits are no secrets
    for _ in range(3):
        _edited(document, chance)
        config.spec.write_text(json.dumps(document))
        monkeypatch.setattr(tidy, "tidy", counted)
        specwright.generate(config=config)
        monkeypatch.setattr(tidy, "tidy", whole)
        assert specwright.check(config=config).fresh
    modules = sum(1 for path in output(config).rglob("*.py") if "_runtime" not in path.parts)
    assert min(tidied) < modules / 2


def test_the_folder_that_one_stands_in_may_be_meant(
    config: Config, monkeypatch: pytest.MonkeyPatch, planned: list[str]
) -> None:
    monkeypatch.chdir(output(config))
    here = replace(config, output=Path())
    assert specwright.generate(config=here).output == "."
    assert planned == []
    config.spec.write_text(json.dumps({**PETS, "info": {"title": "Pets", "version": "2"}}))
    assert specwright.generate(config=here).written
    assert not specwright.generate(config=here).written
    assert len(planned) == 1
