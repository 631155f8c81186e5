"""`specwright lint`: the Problems of documents, in the format that is asked for. What it needs is imported when it is run."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

import specwright as program
from specwright.cli import report
from specwright.cli.session import FINDINGS, Outcome, Session
from specwright.problems import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from specwright.config import Config
    from specwright.linting.reports import Linted
    from specwright.problems import Problem

FORMATS: Final = ("text", "json", "sarif", "github")


def lint(session: Session, configs: Iterable[Config], form: str | None, fail_on: str, *, full: bool) -> int:
    """Report every Problem, and give the exit status."""
    form = form or ("json" if session.as_json else "text")
    if session.as_json and form != "json":
        raise click.UsageError("--json is --format json", click.get_current_context())
    session.as_json = form == "json"
    shows = form in {"text", "json"}
    found: list[tuple[str, Sequence[Problem]]] = []

    def work(config: Config) -> Outcome:
        spec = str(config.spec)
        try:
            with report.progress(f"reading {spec}"):
                problems = program.lint(config=config)
        except Refused as error:
            found.append((spec, error.problems))
            raise
        found.append((spec, problems))
        if shows:
            report.show_problems(problems if full else report.shortened(problems))
        if form == "text":
            report.show_linted(spec, problems)
        return Outcome(FINDINGS if _fails(problems, fail_on) else 0, report.linted_as_json(spec, problems))

    outcomes = session.each(configs, work)
    if not shows:
        click.echo(_reported(form, found), nl=False)
    return session.end(outcomes)


def _fails(problems: Iterable[Problem], fail_on: str) -> bool:
    gravest = report.SEVERITIES.index(fail_on)
    return any(report.SEVERITIES.index(each.severity) <= gravest for each in problems)


def _reported(form: str, found: Iterable[tuple[str, Sequence[Problem]]]) -> str:
    from specwright.linting.reports import FORMATS as WRITERS
    from specwright.linting.reports import Linted

    return WRITERS[form](_from_top([Linted(*each) for each in found]))


def _from_top(linted: list[Linted]) -> list[Linted]:
    """The same with paths from the top of the repository; as they are where there is none."""
    from specwright.linting.reports import from_top
    from specwright.review.reports.located import Root
    from specwright.review.revisions.git import Repository

    try:
        repository = Repository(Path.cwd())
    except Refused:
        return linted
    return from_top(linted, Root(repository.folder, repository.top))
