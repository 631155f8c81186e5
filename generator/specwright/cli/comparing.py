"""`specwright diff`: what is compared, how it is judged, and its reports. What it needs is imported when it is run."""

from __future__ import annotations

import datetime as dt
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from specwright.cli import report
from specwright.cli.saving import save
from specwright.cli.session import FINDINGS, Outcome, Session
from specwright.problems import Refused, refused, strict

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from specwright.cli.options import Wanted
    from specwright.config import Config
    from specwright.problems import Problem
    from specwright.review.findings import Review
    from specwright.review.policy import Policy
    from specwright.review.revisions import Match, Options

_READING: Final = ("root", "allow_hosts", "overlays", "strict")
"""Options that are fields of Config."""


def compare(session: Session, documents: tuple[str, ...], said: Mapping[str, Any]) -> int:
    """Report what changed, and give the exit status."""
    from specwright.config import diff_configured
    from specwright.review.policy import fails, policy_of, settled
    from specwright.review.revisions import Options

    form = said["form"] or ("json" if session.as_json else "text")
    if session.as_json and form != "json":
        raise click.UsageError("--json is --format json", click.get_current_context())
    session.as_json = form == "json"
    options = Options(Path.cwd(), {name: said[name] for name in _READING if said[name]})
    settings = diff_configured(Path.cwd(), said["accept"])
    policy = policy_of(
        settings, gate=said["gate"], fail_on=said["fail_on"], today=dt.datetime.now().astimezone().date()
    )
    found = _matches(documents, said["base"], options)
    wanted: tuple[Wanted, ...] = said["wanted"]
    with_lines = "html" in (form, *(each.format for each in wanted))
    made: list[Review] = []

    def work(match: Match) -> Outcome:
        with report.progress(f"comparing {match.name}"):
            done = _reviewed(match, policy, said["callers"], lines=with_lines)
        made.append(done)
        return Outcome(0, {})

    outcomes = [session.attempt(partial(work, match), {"spec": match.name}) for match in found]
    status = max(outcome.status for outcome in outcomes)
    if not made:
        return session.end(outcomes)
    reviews = settled(made, whole=not documents and not status)
    for each in wanted:
        save(each.file, _report(each.format, reviews, full=said["full"]))
    _give(form, reviews, said["output"], full=said["full"])
    return status or (FINDINGS if fails(reviews, policy) else 0)


def _matches(documents: tuple[str, ...], base: str | None, options: Options) -> tuple[Match, ...]:
    from specwright.review.revisions import matches, since

    if base is not None:
        if options.said.get("overlays") and not documents:
            raise click.UsageError("--overlay is for one document: name it", click.get_current_context())
        return since(base, [Path(document) for document in documents], options)
    if len(documents) != 2:  # noqa: PLR2004 - as the message says
        message = "name two documents, OLD and NEW, or what to compare with: --base REV"
        raise click.UsageError(message, click.get_current_context())
    return matches(*documents, options)


def _reviewed(match: Match, policy: Policy, callers: Path | None, *, lines: bool) -> Review:
    from specwright.review import review

    done = review(match.read(), policy, callers=callers, code=lines)
    if match.new:
        problems = tuple(_reported(done.problems, match.new.config))
        if refused(problems):
            raise Refused(problems)
        report.show_problems(problems)
    return done


def _reported(problems: Sequence[Problem], config: Config) -> Iterator[Problem]:
    """Those of the new document that the config does not ignore; the old one can't be mended."""
    left = [found for found in problems if found.severity == "error" or found.code not in config.ignore]
    yield from strict(left) if config.strict else left


def _report(form: str, reviews: Sequence[Review], *, full: bool) -> str:
    from specwright.review.reports import FORMATS, text

    return text(reviews, full=full) if form == "text" else FORMATS[form](reviews)


def _give(form: str, reviews: Sequence[Review], output: Path | None, *, full: bool) -> None:
    """Print a report, or write it to a file."""
    if output is not None:
        save(output, _report(form, reviews, full=full))
    elif form == "text" and report.is_terminal(sys.stdout):
        from specwright.cli import painted
        from specwright.review.reports import rows

        painted.show(rows(reviews, full=full), full=full)
    else:
        text = _report(form, reviews, full=full)
        click.echo(text, nl=not text.endswith("\n"))
