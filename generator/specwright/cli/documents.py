"""What `generate` and `check` do with one document, and tell of it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import specwright as program
from specwright.cli import report
from specwright.cli.session import BAD_INPUT, FINDINGS, Outcome, about
from specwright.problems import as_json as problem_as_json
from specwright.problems import problem, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from specwright.config import Config
    from specwright.stores import Store


def generated(
    config: Config, *, as_json: bool, dry_run: bool, store: Store | None = None, naming: bool = False
) -> Outcome:
    """What became of one document; as text it is printed.

    Args:
        config: Which document.
        as_json: Whether results are not printed as text: who calls prints the object.
        dry_run: Whether nothing is written.
        store: Where files come from, if not from the disk.
        naming: Whether the text has some of the files that changed.
    """
    started = time.perf_counter()
    with report.progress(f"generating from {config.spec}"):
        made = program.generate(config=config, dry_run=dry_run, store=store)
    seconds = time.perf_counter() - started
    report.show_problems(report.shortened(made.problems))
    if not as_json:
        report.show_generated(made, seconds, dry=dry_run)
        if naming and not dry_run:
            report.show_changes(made)
    return Outcome(0, {**report.generated_as_json(made, seconds), "dry_run": dry_run})


def checked(config: Config, *, as_json: bool) -> Outcome:
    """Whether what is written is what a document gives; as text, the difference is printed."""
    with report.progress(f"checking {config.spec}"):
        found = program.check(config=config)
    report.show_problems(report.shortened(found.problems))
    if not as_json:
        report.show_checked(found)
    return Outcome(0 if found.fresh else FINDINGS, report.checked_as_json(found))


def in_folders_of_their_own(outcomes: Iterable[Outcome], configs: Sequence[Config]) -> Iterator[Outcome]:
    """What became of each document; a Problem of one whose folder was that of another already.

    Folders that the configuration names were compared before. One that is named after its document is known only now.
    """
    folders: dict[object, Config] = {}
    for outcome, config in zip(outcomes, configs, strict=True):
        other = folders.setdefault(outcome.json["output"], config) if "output" in outcome.json else config
        if other is config:
            yield outcome
            continue
        message = f"{quoted(str(config.spec))} and {quoted(str(other.spec))} have one folder, {quoted(str(outcome.json['output']))}."
        found = problem("config-clash", None, message, "Give each an `output`.")
        report.show_problems([found])
        yield Outcome(BAD_INPUT, {**about(config), "problems": [problem_as_json(found)]})
