"""`specwright diff`: what is compared, how it is judged, and its reports. What it needs is imported when it is run."""

from __future__ import annotations

import datetime as dt
import sys
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from specwright.cli import report
from specwright.cli.saving import save
from specwright.cli.session import FINDINGS, Outcome, Session
from specwright.garbage import uncollected
from specwright.problems import Refused, refused, strict

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from specwright.cli.options import Wanted
    from specwright.config import Config
    from specwright.problems import Problem
    from specwright.review.extent import Extent
    from specwright.review.findings import Axis, Review
    from specwright.review.policy import Policy
    from specwright.review.revisions import Match, Options

_READING: Final = ("root", "allow_hosts", "overlays", "strict", "budgets")
"""Options that are fields of Config."""


@uncollected()
def compare(session: Session, documents: tuple[str, ...], said: Mapping[str, Any]) -> int:
    """Report what changed, and give the exit status."""
    from specwright.config import diff_configured
    from specwright.review.extent import WHOLE, Extent
    from specwright.review.findings import AXES
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
    forms = (form, *(each.format for each in wanted))
    # The text on one screen has no room for witnesses.
    witnesses = 0 if set(forms) == {"text"} and not said["full"] else WHOLE.witnesses
    axes: tuple[Axis, ...] = ("wire",) if said["only"] == "wire" else AXES
    extent = Extent(axes, said["callers"], lines="html" in forms, witnesses=witnesses)
    made: list[Review] = []

    def work(match: Match) -> Outcome:
        with report.progress(f"comparing {match.name}"):
            done = _reviewed(match, policy, extent)
        made.append(done)
        return Outcome(0, {})

    outcomes = [session.attempt(partial(work, match), {"spec": match.name}) for match in found]
    status = max(outcome.status for outcome in outcomes)
    if not made:
        return session.end(outcomes)
    reviews = settled(made, whole=not documents and not status)
    reported = _Found(reviews, [outcome.json for outcome in outcomes if outcome.status], said["full"])
    for each in wanted:
        save(each.file, _report(each.format, reported))
    _give(form, reported, said["output"])
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


def _reviewed(match: Match, policy: Policy, extent: Extent) -> Review:
    from specwright.review import review

    done = review(match.read(), policy, extent)
    if match.new:
        problems = tuple(_reported(done.problems, match.new.config))
        if refused(problems):
            raise Refused(problems)
        report.show_number(str(match.new.config.spec), problems)
        report.show_problems(done.unread)
    return done


def _reported(problems: Sequence[Problem], config: Config) -> Iterator[Problem]:
    """Those of the new document that the config does not ignore; the old one can't be mended."""
    left = [found for found in problems if found.severity == "error" or found.code not in config.ignore]
    yield from strict(left) if config.strict else left


@dataclass(frozen=True, slots=True)
class _Found:
    """What is reported: reviews, and of what could not be compared, why."""

    reviews: Sequence[Review]
    failed: Sequence[Mapping[str, object]]
    full: bool
    """Whether text lists every finding."""


def _report(form: str, found: _Found) -> str:
    from specwright.review.reports import ANNOTATING, FORMATS, text
    from specwright.review.reports.record import as_text

    match form:
        case "text":
            return text(found.reviews, full=found.full)
        case "json":
            return as_text(found.reviews, found.failed)
        case _:
            return FORMATS[form](_from_top(found.reviews) if form in ANNOTATING else found.reviews)


def _from_top(reviews: Sequence[Review]) -> Sequence[Review]:
    """The reviews with paths from the top of the repository; as they are where there is none."""
    from specwright.review.reports.located import located
    from specwright.review.revisions.git import Repository

    try:
        repository = Repository(Path.cwd())
    except Refused:
        return reviews
    return located(reviews, repository.folder, repository.top)


def _give(form: str, found: _Found, output: Path | None) -> None:
    """Print a report, or write it to a file."""
    if output is not None:
        save(output, _report(form, found))
    elif form == "text" and report.is_terminal(sys.stdout):
        from specwright.cli import painted
        from specwright.review.reports import rows

        painted.show(rows(found.reviews, full=found.full))
    else:
        text = _report(form, found)
        click.echo(text, nl=not text.endswith("\n"))
