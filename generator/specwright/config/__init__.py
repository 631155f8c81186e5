"""What the user decided, from [tool.specwright] of the nearest pyproject.toml: a frozen Config of each document, and more."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from specwright.config.budgets import BUDGETS, DEEPEST, Budgets, amount
from specwright.config.diff import Accept, DiffSettings, accept_list
from specwright.config.section import Section, written_at
from specwright.config.settings import Config
from specwright.config.toml import near
from specwright.problems import Place, Problem, Refused, problem

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "BUDGETS",
    "DEEPEST",
    "FILE_NAME",
    "Accept",
    "Budgets",
    "Config",
    "DiffSettings",
    "amount",
    "as_said",
    "client_consulted",
    "configuration",
    "configured",
    "configured_at",
    "consulted",
    "diff_configured",
    "near_client_config",
    "written_at",
]

LOCK_NAME: Final = "specwright.lock"
"""What a folder that specwright wrote has, and no other."""

FILE_NAME: Final = "pyproject.toml"


def configured(folder: Path, spec: Path | None = None) -> tuple[Config, ...]:
    """The settings of each document that the configuration lists; with `spec`, of that one, whether listed or not.

    The configuration is the nearest pyproject.toml of `folder` and those above it. Refused where it has a mistake, or
    where there is none and no `spec` either.
    """
    file = configuration(folder)
    section = _section(file) if file else None
    listed = section.configs if section else ()
    if spec is None:
        if not listed:
            raise Refused([_nothing_listed(file)])
        return listed
    same = [config for config in listed if config.spec.resolve() == spec.resolve()]
    budgets = section.budgets if section else Budgets()
    return (dataclasses.replace(same[0], spec=spec),) if same else (Config(spec=spec, budgets=budgets),)


def as_said(config: Config, said: Mapping[str, Any]) -> Config:
    """The settings with what options say in their place; of `budgets` those that are named, the others stay."""
    budgets = dataclasses.replace(config.budgets, **said.get("budgets", {}))
    return dataclasses.replace(config, **{**said, "budgets": budgets})


def configuration(folder: Path) -> Path | None:
    """The nearest pyproject.toml of a folder and those above it; none that is part of a package that specwright wrote."""
    return next(
        (
            file
            for above in (folder, *folder.parents)
            if (file := above / FILE_NAME).is_file() and not (above / LOCK_NAME).is_file()
        ),
        None,
    )


_CLIENT_CONFIGS: Final = tuple(f"openapi-python-client.{suffix}" for suffix in ("yaml", "yml", "json"))


def near_client_config(config: Config) -> Path | None:
    """The configuration of openapi-python-client: the one that is named, else one beside the document or our own."""
    if config.client_config is not None:
        return config.client_config
    return next((near(file) for file in _client_configs(config) if file.is_file()), None)


def _client_configs(config: Config) -> list[Path]:
    ours = configuration(Path.cwd())
    folders = (config.spec.parent, *([ours.parent] if ours else []))
    return [folder / called for folder in folders for called in _CLIENT_CONFIGS]


def client_consulted(config: Config) -> tuple[Path, ...]:
    """The files on which it depends how another generator writes the client, whether they are there or not."""
    if config.client == "specwright":
        return ()
    return (config.client_config,) if config.client_config else tuple(_client_configs(config))


def consulted(folder: Path) -> tuple[Path, ...]:
    """The files on which it depends what `configured` gives: the configuration, and those nearer that would be it.

    Where there is none above, it is the folder's own that is waited for.
    """
    file = configuration(folder)
    above = (folder, *folder.parents)
    nearer = above[: above.index(file.parent) + 1] if file else (folder,)
    return tuple(each / FILE_NAME for each in nearer)


def configured_at(file: Path, data: bytes) -> tuple[Config, ...]:
    """The settings of each document that another revision of the configuration lists; none where it has a mistake."""
    section = Section(file, data)
    return () if section.problems else section.configs


def diff_configured(folder: Path, accept: Path | None = None) -> DiffSettings:
    """How changes are judged: what the configuration says, with the entries of the accept list that it names, or `accept`.

    Raises:
        Refused: It, or the list, has a mistake.
    """
    file = configuration(folder)
    settings = _section(file).diff if file else DiffSettings()
    if accept is not None:
        settings = dataclasses.replace(settings, accept_file=accept, accepts=())
    if settings.accept_file is None:
        return settings
    return dataclasses.replace(settings, accepts=accept_list(settings.accept_file))


def _section(file: Path) -> Section:
    section = Section(file)
    if section.problems:
        raise Refused(section.problems)
    return section


def _nothing_listed(file: Path | None) -> Problem:
    if file is None:
        return problem(
            "config-missing", None, "There is no pyproject.toml here or above, and no document is named."
        )
    message = "No document is listed in [tool.specwright.documents], and none is named."
    return problem("config-missing", Place(str(near(file)), 1, 1, "", ""), message)
