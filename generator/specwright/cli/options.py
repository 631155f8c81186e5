"""The options that several commands share."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from specwright.cli.session import Session
from specwright.config import configured
from specwright.init import NAME

if TYPE_CHECKING:
    from collections.abc import Callable

    from specwright.config import Config

Command = TypeVar("Command", bound="Callable[..., int]")


def _noted(name: str) -> Callable[[click.Context, click.Parameter, bool], None]:
    def note(context: click.Context, _parameter: click.Parameter, value: bool) -> None:  # noqa: FBT001 - as click calls it
        if value:
            setattr(context.ensure_object(Session), name, True)

    return note


def common(command: Command) -> Command:
    """The options of every command."""
    for option, name, text in (
        ("--debug", "debug", "Show where in specwright an error arose."),
        ("--json", "as_json", "Print one JSON object."),
    ):
        settings: dict[str, Any] = {
            "is_flag": True,
            "is_eager": True,
            "expose_value": False,
            "callback": _noted(name),
        }
        command = click.option(option, help=text, **settings)(command)
    return command


def reading(command: Command) -> Command:
    """The options on how a document is read."""
    for option in (
        click.option(
            "--root", type=click.Path(path_type=Path), metavar="DIR", help="The folder that `$ref` may reach."
        ),
        click.option(
            "--allow-host",
            "allow_hosts",
            multiple=True,
            metavar="HOST",
            help="Let `$ref` fetch from this host, by https. May be repeated.",
        ),
        click.option(
            "--overlay",
            "overlays",
            type=click.Path(path_type=Path),
            multiple=True,
            metavar="FILE",
            help="Change the document as this overlay says. May be repeated.",
        ),
        click.option("--strict", is_flag=True, help="Warnings are errors."),
    ):
        command = option(command)
    return command


_SELECT: Final = (
    (
        "--tag",
        "tags",
        "TEXT",
        "Only operations with this tag, and what they use. May be repeated, as the next two.",
    ),
    ("--path", "paths", "PATH", "Only operations of this path; a `*` in it stands for any text."),
    ("--operation", "operations", "ID", "Only the operation with this id (`get /pets` if it has none)."),
)


def selecting(command: Command) -> Command:
    """The options on which operations are wanted."""
    for option, field, metavar, text in reversed(_SELECT):
        command = click.option(option, field, multiple=True, metavar=metavar, help=text)(command)
    return command


def writing(command: Command) -> Command:
    """The options on where a package goes."""
    for option in (
        click.option("--package", metavar="NAME", help="The name to import the package by."),
        click.option(
            "-o",
            "--output",
            type=click.Path(path_type=Path),
            metavar="DIR",
            help="The folder of the package.",
        ),
    ):
        command = option(command)
    return command


_OF_ONE: Final = {
    "--output": "output",
    "--package": "package",
    "--overlay": "overlays",
    **{option: field for option, field, *_ in _SELECT},
}
"""Options that speak of one document, and their fields of Config."""


def configs(spec: Path | None, said: dict[str, Any]) -> tuple[Config, ...]:
    """The settings of the document that is named, or else of each that the configuration lists, with what options say."""
    given = {name: value for name, value in said.items() if value}
    alone = [option for option, field in _OF_ONE.items() if field in given]
    if spec is None and alone:
        raise click.UsageError(
            f"{' and '.join(alone)} {'are' if len(alone) > 1 else 'is'} for one document: name it",
            click.get_current_context(),
        )
    return tuple(replace(config, **given) for config in configured(Path.cwd(), spec))


def named(_context: click.Context, _parameter: click.Parameter, value: str | None) -> str | None:
    """The name of a document, if it can be one."""
    if value is not None and not NAME.fullmatch(value):
        raise click.BadParameter("a name is lower-case letters and digits, with hyphens between its words")
    return value
