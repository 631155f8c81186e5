"""The options that several commands share."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from specwright.cli.session import Session
from specwright.config import BUDGETS, Budgets, amount, as_said, configured
from specwright.config.diff import AXES, FAIL_ON

if TYPE_CHECKING:
    from collections.abc import Callable

    from specwright.config import Config
    from specwright.config.diff import Axis

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


def _budgets(_context: click.Context, _parameter: click.Parameter, values: tuple[str, ...]) -> dict[str, int]:
    """The budgets of `--budget NAME=N`."""
    said: dict[str, int] = {}
    for value in values:
        name, equals, text = value.partition("=")
        if name not in BUDGETS:
            raise click.BadParameter(f"the budgets are {', '.join(BUDGETS)}")
        if not equals:
            raise click.BadParameter(f"it is NAME=N, such as `{name}={getattr(Budgets(), name)}`")
        try:
            said[name] = amount(name, text)
        except ValueError as error:
            raise click.BadParameter(f"{name} is {error}") from None
    return said


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
        click.option(
            "--budget",
            "budgets",
            multiple=True,
            callback=_budgets,
            metavar="NAME=N",
            help="Let the document ask for as much: `bytes=64MiB`, `nodes=2000000`; docs/budgets.md lists them. May be repeated.",
        ),
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
    return tuple(as_said(config, given) for config in configured(Path.cwd(), spec))


FORMATS: Final = ("text", "json", "markdown", "html", "github", "gitlab", "junit", "sarif")
"""Of reports of a diff, as `review.reports` has them, which is imported when one is asked for."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A report that is written to a file."""

    format: str
    file: Path


def _axes(_context: click.Context, _parameter: click.Parameter, value: str | None) -> tuple[Axis, ...]:
    """The axes of `--gate`, in their order; none where it is not given."""
    said = [] if value is None else [text.strip() for text in value.split(",")]
    if value is not None and not (said and set(said) <= set(AXES)):
        raise click.BadParameter(f"it is {' or '.join(AXES)}, or both with a comma between them")
    return tuple(axis for axis in AXES if axis in said)


def _wanted(
    _context: click.Context, _parameter: click.Parameter, values: tuple[str, ...]
) -> tuple[Wanted, ...]:
    """The reports of `--report FORMAT=FILE`."""
    pairs = [value.partition("=") for value in values]
    for name, _, file in pairs:
        if name not in FORMATS or not file:
            raise click.BadParameter(f"it is FORMAT=FILE, and FORMAT is one of {', '.join(FORMATS)}")
    return tuple(Wanted(name, Path(file)) for name, _, file in pairs)


def comparing(command: Command) -> Command:
    """The options on what is compared, how it is judged, and the reports."""
    file = click.Path(path_type=Path)
    folder = click.Path(path_type=Path, exists=True, file_okay=False)
    for option in (
        click.option("--full", is_flag=True, help="List every finding as text, however many there are."),
        click.option(
            "--report",
            "wanted",
            multiple=True,
            callback=_wanted,
            metavar="FORMAT=FILE",
            help="Write a report in this format to FILE, too. May be repeated.",
        ),
        click.option(
            "-o", "--output", type=file, metavar="FILE", help="Write to FILE what would be printed."
        ),
        click.option(
            "--format", "form", type=click.Choice(FORMATS), help="How it is printed.  [default: text]"
        ),
        click.option(
            "--accept", type=file, metavar="FILE", help="The list of changes that are meant and do not count."
        ),
        click.option(
            "--callers",
            type=folder,
            metavar="DIR",
            help="List the places in the code below DIR that a change touches.",
        ),
        click.option(
            "--gate",
            callback=_axes,
            metavar="AXES",
            help="What counts: wire, python, or both.  [default: wire,python]",
        ),
        click.option(
            "--fail-on",
            type=click.Choice(FAIL_ON),
            help="End with 1 where a change is as grave as this, or graver.",
        ),
        click.option(
            "--only",
            type=click.Choice(("wire",)),
            help="Look at the wire alone, and not at Python: in less than half of the time.",
        ),
        click.option("--base", metavar="REV", help="Compare the working tree with where it parted from REV."),
    ):
        command = option(command)
    return command


SHOWN: Final = ("http", "curl", "python", "json", "conductor")
"""The forms of a request, as `cli.asking` makes them."""


def requesting(command: Command) -> Command:
    """The options on a request."""
    for option in (
        click.option(
            "--timeout",
            type=click.FloatRange(min=0, min_open=True),
            help="Seconds that --send waits at most.",
        ),
        click.option("--send", is_flag=True, help="Send it, and show the answer and what is wrong with it."),
        click.option(
            "--base-url", metavar="URL", help="Where the API is served, in place of what the document says."
        ),
        click.option(
            "--body", metavar="FILE", help="The body: the content of FILE, or `-` for standard input."
        ),
        click.option(
            "--as",
            "form",
            type=click.Choice(SHOWN),
            default="http",
            show_default=True,
            help="How it is printed.",
        ),
    ):
        command = option(command)
    return command


def serving(command: Command) -> Command:
    """The options on the page that is served."""
    for option in (
        click.option("--open", "browse", is_flag=True, help="Open the page in a browser."),
        click.option(
            "--timeout",
            type=click.FloatRange(min=0, min_open=True),
            help="Seconds that an answer is waited for at most.",
        ),
        click.option(
            "--port",
            type=click.IntRange(0, 65_535),
            default=0,
            metavar="N",
            help="The port on loopback.  [default: one that is free]",
        ),
        click.option(
            "--base-url", metavar="URL", help="Where requests go, in place of the document's servers."
        ),
    ):
        command = option(command)
    return command


def named(_context: click.Context, _parameter: click.Parameter, value: str | None) -> str | None:
    """The name of a document, if it can be one."""
    from specwright.init import NAME

    if value is not None and not NAME.fullmatch(value):
        raise click.BadParameter("a name is lower-case letters and digits, with hyphens between its words")
    return value
