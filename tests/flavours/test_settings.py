"""What is wrong with the configuration of openapi-python-client, or with ours of it, and where."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from openapi_python_client.config import ConfigFile

import specwright
from specwright.config import configured
from specwright.flavours.openapi_python_client.settings import KNOWN
from specwright.problems import Refused

if TYPE_CHECKING:
    from pathlib import Path

    from specwright.problems import Problem

PETS = 'openapi: 3.1.1\ninfo: {title: Pets, version: "1"}\npaths: {/pets: {get: {operationId: pets, responses: {"204": {description: None.}}}}}\n'


def problems(folder: Path, settings: str, **said: Any) -> tuple[Problem, ...]:
    """What a run says where openapi-python-client is configured so."""
    (folder / "pets.yaml").write_text(PETS, "utf-8")
    (folder / "openapi-python-client.yaml").write_text(settings, "utf-8")
    config = specwright.Config(
        spec=folder / "pets.yaml", output=folder / "out", client="openapi-python-client", **said
    )
    try:
        return specwright.generate(config=config, dry_run=True).problems
    except Refused as refused:
        return tuple(refused.problems)


@pytest.mark.parametrize("settings", ["", "\n\n", "# nothing yet\n"])
def test_a_file_that_says_nothing_is_no_empty_document(tmp_path: Path, settings: str) -> None:
    (found,) = problems(tmp_path, settings)
    assert (found.code, found.severity) == ("client-config", "error")
    assert found.message.startswith("`openapi-python-client.yaml` says nothing")
    assert "OpenAPI document" not in found.hint
    assert found.place
    assert found.place.file.endswith("openapi-python-client.yaml")


@pytest.mark.parametrize(
    ("settings", "pointer"),
    [
        ("literal_enums: true\npackage_name_override: my shelf\n", "/package_name_override"),
        ("literal_enums: true\nproject_name_override: my shelf\n", "/project_name_override"),
    ],
)
def test_a_name_of_a_package_is_blamed_on_who_gave_it(tmp_path: Path, settings: str, pointer: str) -> None:
    (found,) = problems(tmp_path, settings)
    assert found.code == "client-unsound"
    assert found.place
    assert (found.place.line, found.place.pointer) == (2, pointer)
    assert found.place.file.endswith("openapi-python-client.yaml")
    (found,) = problems(tmp_path, settings, package="my shelf")
    assert (found.code, found.place) == ("client-unsound", None)
    (tmp_path / "pets.yaml").write_text(PETS)
    assert problems(tmp_path, "literal_enums: true\n") == ()


def test_a_setting_that_there_is_not_is_told_of(tmp_path: Path) -> None:
    (misspelt, other) = problems(tmp_path, "clas_overrides: {}\nfield_prefix: f_\nzebra: 1\n")
    assert (misspelt.code, misspelt.severity, misspelt.message) == (
        "client-config-ignored",
        "warning",
        "`clas_overrides` is no setting of openapi-python-client.",
    )
    assert misspelt.hint == "Did you mean `class_overrides`?"
    assert misspelt.place
    assert misspelt.place.line == 1
    assert (other.message, other.hint) == ("`zebra` is no setting of openapi-python-client.", "Remove it.")


def test_its_settings_are_those_that_are_known() -> None:
    """Of the version that is installed: a setting that came is one that nobody is told to remove."""
    assert frozenset(ConfigFile.model_fields) == KNOWN


@pytest.mark.parametrize("client", ["", 'client = "specwright"\n'])
def test_its_configuration_is_for_its_client(tmp_path: Path, client: str) -> None:
    (tmp_path / "pets.yaml").write_text(PETS, "utf-8")
    file = tmp_path / "pyproject.toml"
    table = '[tool.specwright.documents.pets]\nspec = "pets.yaml"\n'
    file.write_text(f'{table}{client}client-config = "settings.yaml"\n')
    with pytest.raises(Refused) as refused:
        configured(tmp_path)
    (found,) = refused.value.problems
    assert found.code == "config-unknown"
    assert found.place
    assert found.place.pointer == "/tool/specwright/documents/pets/client-config"
    assert 'Add `client = "openapi-python-client"`' in found.hint
    file.write_text(f'{table}client = "openapi-python-client"\nclient-config = "settings.yaml"\n')
    (config,) = configured(tmp_path)
    assert config.client_config == tmp_path / "settings.yaml"
