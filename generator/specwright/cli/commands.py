"""The commands: each turns its arguments into calls of public functions, and what those give into an exit status."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import specwright as program
from specwright.cli import report
from specwright.cli.asking import ask
from specwright.cli.comparing import compare
from specwright.cli.documenting import FORMATS, document
from specwright.cli.documents import checked, generated, in_folders_of_their_own
from specwright.cli.driver import drive
from specwright.cli.linting import FORMATS as LINT_FORMATS
from specwright.cli.linting import lint as report_problems
from specwright.cli.options import (
    common,
    comparing,
    configs,
    named,
    reading,
    requesting,
    selecting,
    serving,
    writing,
)
from specwright.cli.serving import show
from specwright.cli.session import INTERRUPTED, Outcome, Session

if TYPE_CHECKING:
    from specwright.config import Config
    from specwright.stores import Store

_spec = click.argument("spec", required=False, type=click.Path(path_type=Path))


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(program.__version__, prog_name="specwright")
def specwright() -> None:
    """Turn an OpenAPI document into a Python package: a client, models and validators."""


@specwright.command()
@_spec
@click.option("--dry-run", is_flag=True, help="Say what would be written, and write nothing.")
@click.option("--watch", is_flag=True, help="Go on, and do it again whenever a file is saved.")
@writing
@selecting
@reading
@common
@click.pass_obj
def generate(session: Session, /, spec: Path | None, *, dry_run: bool, watch: bool, **options: Any) -> int:
    """Write the package of SPEC, or of every document that the configuration lists.

    With --watch, each is written again whenever one of its files, or the configuration, is saved; a document that is
    broken is told and waited for. Ctrl-C ends it (exit status 130). With --json, each run of a document is one line.
    """
    if watch:
        from specwright.cli.watching import Watch

        def make(config: Config, store: Store) -> Outcome:
            return generated(config, as_json=session.as_json, dry_run=dry_run, store=store, naming=True)

        Watch(session, partial(configs, spec, options), make).go_on()
    chosen = configs(spec, options)
    work = partial(generated, as_json=session.as_json, dry_run=dry_run)
    outcomes = session.side_by_side(chosen, work, doing="generating from")
    sums = ("operations", "models", "validators", "seconds")
    return session.end([*in_folders_of_their_own(outcomes, chosen)], sums=sums)


@specwright.command()
@_spec
@writing
@selecting
@reading
@common
@click.pass_obj
def check(session: Session, /, spec: Path | None, **options: Any) -> int:
    """Is what is written exactly what the documents give? Shows the difference."""
    work = partial(checked, as_json=session.as_json)
    return session.end(session.side_by_side(configs(spec, options), work, doing="checking"))


@specwright.command()
@_spec
@click.option(
    "--fail-on",
    type=click.Choice(report.SEVERITIES),
    default="warning",
    show_default=True,
    help="What is a finding for the exit status, and all that is graver.",
)
@click.option("--format", "form", type=click.Choice(LINT_FORMATS), help="How it is printed.  [default: text]")
@click.option("--full", is_flag=True, help="List every finding as text, however many there are.")
@selecting
@reading
@common
@click.pass_obj
def lint(
    session: Session, /, spec: Path | None, *, fail_on: str, form: str | None, full: bool, **options: Any
) -> int:
    """Every problem of SPEC, or of every document that the configuration lists."""
    return report_problems(session, configs(spec, options), form, fail_on, full=full)


@specwright.command()
@click.argument("spec", type=click.Path(path_type=Path))
@click.argument("schema", metavar="POINTER_OR_NAME")
@click.argument("data", metavar="DATA.json...", nargs=-1, required=True)
@click.option(
    "--response", is_flag=True, help="The data is what a server answers; without it, what a caller sends."
)
@click.option(
    "--lines", is_flag=True, help="Each line of DATA is a value, as in files called .jsonl or .ndjson."
)
@click.option(
    "--most",
    type=click.IntRange(min=0),
    default=1_000,
    show_default=True,
    metavar="N",
    help="List at most N issues in a table, and in the object that `--json` prints of lines.",
)
@reading
@common
@click.pass_obj
def validate(  # noqa: PLR0913 - an argument for each option
    session: Session,
    /,
    spec: Path,
    schema: str,
    data: tuple[str, ...],
    *,
    response: bool,
    lines: bool,
    most: int,
    **options: Any,
) -> int:
    """Check each DATA.json (`-`: standard input) against one schema of SPEC.

    The schema is named by its pointer (`#/components/schemas/Settings`), by its name (`Settings`), or by the operation
    whose body it is (`UpdateFinetunedModel`); with --response, whose answer it is where all went well.

    A terminal shows issues as a table, with the part of the data. A pipe gets a line for each: `DATA.json:LINE:COLUMN:`,
    the JSON Pointer, the keyword and the message, between tabs. Lines of data are read as they come, to the end or to
    Ctrl-C; a summary follows, on a pipe on standard error. A line that is not JSON is an issue with the keyword `json`.
    """
    from specwright.cli.data import named as named_data
    from specwright.cli.judging import Judge

    (config,) = configs(spec, options)
    validator = program.validator(
        schema,
        config=config,
        direction="response" if response else "request",
        warn=report.show_problems,
    )
    judge = Judge(validator, config.budgets, lines, most, session.as_json)
    outcomes: list[Outcome] = []
    for path in data:
        outcomes.append(session.attempt(partial(judge.judge, path), {"file": named_data(path)}))
        if outcomes[-1].status == INTERRUPTED:
            break
    return session.end(outcomes, several="files")


@specwright.command()
@click.argument("documents", metavar="[OLD NEW]", nargs=-1)
@comparing
@reading
@common
@click.pass_obj
def diff(session: Session, /, documents: tuple[str, ...], **options: Any) -> int:
    """What changed from OLD to NEW: on the wire, and for the Python that calls the package.

    OLD and NEW are files, folders, or paths of a revision of git: `main:spec/pets.yaml` (from the top of the repository)
    or `main:./pets.yaml` (from here). With --base, every document that the configuration lists, or each one that is
    named, is compared with what it was at the last commit that the branch has in common with REV.

    Exit status: 0; 1 where --fail-on says so; 2 for bad input.
    """
    return compare(session, documents, options)


@specwright.command("git-diff", hidden=True, context_settings={"ignore_unknown_options": True})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def git_diff(arguments: tuple[str, ...]) -> int:
    """A diff driver of git: `git config diff.openapi.command 'specwright git-diff'`."""
    return drive(arguments)


@specwright.command()
@click.argument("spec", type=click.Path(path_type=Path))
@click.argument("operation")
@click.argument("given", metavar="[NAME=VALUE]...", nargs=-1)
@requesting
@reading
@common
@click.pass_obj
def request(session: Session, /, spec: Path, operation: str, given: tuple[str, ...], **options: Any) -> int:
    """Prepare the request of OPERATION, and print it; with --send, send it and print the answer.

    OPERATION is an id, a method and a path (`"GET /pets/{id}"`), or the name of a method. Values are given by the names of
    its arguments, members behind a dot: `settings.base_model.name=command`. `NAME:=JSON` is JSON whatever the document
    wants there, and `NAME=@FILE` the content of a file. The request is checked before anything else: what is missing or
    wrong is listed. Secrets come from the environment, and are in nothing that is printed.

    Exit status: 0; 1 for issues, and where the answer is none of success; 2 for bad input.
    """
    return ask(session, spec, operation, given, options)


@specwright.command()
@_spec
@serving
@reading
@common
@click.pass_obj
def serve(session: Session, /, spec: Path | None, **options: Any) -> int:
    """Show the reference of SPEC as a page on this machine, with forms that test its requests.

    The address is printed; nobody gets in without the key in it. Credentials come from the environment and never reach
    the page, and requests go to the servers of the document or to --base-url, and nowhere else. The document is read
    again when it changes. Ctrl-C ends it. It needs the extra `serve`: `pip install 'specwright[serve]'`.
    """
    return show(session, spec, options)


@specwright.command()
@_spec
@click.option(
    "-o",
    "--output",
    "target",
    type=click.Path(path_type=Path, allow_dash=True),
    metavar="DIR",
    help="The folder of the pages; of Markdown and text the file, or `-` to print it.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default="html",
    show_default=True,
    help="What is written.",
)
@selecting
@reading
@common
@click.pass_obj
def docs(session: Session, /, spec: Path | None, *, target: Path | None, form: str, **options: Any) -> int:
    """Write the reference of SPEC: pages that load nothing, and that are read and searched where they are.

    Each operation has its fields with dotted names, its answers, examples, and how it is called with Python, curl and
    Conductor. With `--format markdown` or `text` it is one file, printed without -o.
    """
    return document(session, configs(spec, options), target, form)


@specwright.command()
@click.argument("name", required=False, callback=named)
@common
@click.pass_obj
def init(session: Session, /, name: str | None) -> int:
    """Start a repository here: a first document, called NAME, and what makes and checks its package.

    Nothing is overwritten. Without NAME, the document is called as the folder.
    """
    from specwright.init import init as start

    started = start(Path.cwd(), name, program.__version__)
    if not session.as_json:
        report.show_started(started)
    return session.end([Outcome(0, report.started_as_json(started))])


@specwright.command()
@click.argument("spec", type=click.Path(path_type=Path))
@click.argument("folder", metavar="PACKAGE", type=click.Path(path_type=Path))
@click.argument("code", metavar="[CODE]...", nargs=-1, type=click.Path(path_type=Path, exists=True))
@click.option(
    "--from-config",
    "old_config",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The configuration that openapi-python-client made it with, in YAML or JSON.",
)
@click.option("--write", is_flag=True, help="Write the section and the code; without it, show them.")
@writing
@reading
@common
@click.pass_obj
def migrate(session: Session, /, spec: Path, folder: Path, code: tuple[Path, ...], **options: Any) -> int:
    """Come from openapi-python-client: PACKAGE is what it made of SPEC, and each CODE a file or folder that calls it.

    Shows the section of `pyproject.toml` for SPEC, and the lines of CODE in their new form; with --write, they are
    written. A place is rewritten only where it is sure what it means; every other is listed with its line and the
    reason. Nothing is imported or run. It needs the extra `migrate`: `pip install 'specwright[migrate]'`.
    """
    from specwright.cli.migrating import move

    return move(session, spec, folder, code, options)
