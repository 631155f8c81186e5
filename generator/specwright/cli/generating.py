"""`specwright generate`: the package of one document, made and told."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import specwright as program
from specwright.cli import report
from specwright.cli.session import Outcome

if TYPE_CHECKING:
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
    report.show_problems(made.problems)
    if not as_json:
        report.show_generated(made, seconds, dry=dry_run)
        if naming and not dry_run:
            report.show_changes(made)
    return Outcome(0, report.generated_as_json(made, seconds))
