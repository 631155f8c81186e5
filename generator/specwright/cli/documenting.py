"""`specwright docs`: a document in, its reference out. What it needs is imported when it is run."""

from __future__ import annotations

import time
from dataclasses import asdict
from functools import partial
from typing import TYPE_CHECKING, Final

import click

import specwright as program
from specwright.cli import report
from specwright.cli.saving import save
from specwright.cli.session import Outcome
from specwright.garbage import uncollected
from specwright.problems import as_json, counted

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from specwright.cli.session import Session
    from specwright.config import Config
    from specwright.problems import Problem

FORMATS: Final = ("html", "markdown", "text")
_STDOUT: Final = "-"
_MEGABYTE: Final = 1_000_000


@uncollected()
def document(session: Session, configs: Sequence[Config], target: Path | None, form: str) -> int:
    """Write a reference, or print it, and give the exit status."""
    if len(configs) != 1:
        known = ", ".join(str(config.spec) for config in configs)
        raise click.UsageError(f"a reference is of one document: name it ({known})", _context())
    if form != "html":
        return session.end(session.each(configs, partial(_file, session=session, target=target, form=form)))
    if target is None or str(target) == _STDOUT:
        raise click.UsageError("say which folder the pages go to: -o DIR", _context())
    return session.end(session.each(configs, partial(_pages, session=session, target=target)))


def _context() -> click.Context:
    return click.get_current_context()


def _pages(config: Config, *, session: Session, target: Path) -> Outcome:
    started = time.perf_counter()
    with report.progress(f"describing {config.spec}"):
        made = program.docs(target, config=config)
    seconds = time.perf_counter() - started
    report.show_problems(made.problems)
    if not session.as_json:
        changes = len(made.written) + len(made.removed)
        state = f"{counted(changes, 'file')} written" if changes else "unchanged"
        parts = (counted(made.operations, "operation"), counted(made.pages, "page"), _size(made.size))
        report.say(f"{made.output}: {', '.join(parts)}; {state} ({seconds:.2f} s)")
    return Outcome(0, {**asdict(made), "problems": _as_json(made.problems), "seconds": round(seconds, 3)})


def _size(size: int) -> str:
    """Bytes in a unit that is read at a glance."""
    return f"{size / 1_000:.0f} kB" if size < _MEGABYTE else f"{size / _MEGABYTE:.1f} MB"


def _file(config: Config, *, session: Session, target: Path | None, form: str) -> Outcome:
    from specwright.reference.markdown import markdown
    from specwright.reference.text import text

    found: list[Problem] = []
    with report.progress(f"describing {config.spec}"):
        reference = program.describe(config=config, warn=found.extend)
    report.show_problems(tuple(found))
    written = {"markdown": markdown, "text": text}[form](reference)
    said: dict[str, object] = {
        "title": reference.title,
        "operations": sum(1 for _ in reference.operations()),
        "problems": _as_json(found),
    }
    if target is not None and str(target) != _STDOUT:
        save(target, written)
        return Outcome(0, {**said, "output": str(target)})
    if not session.as_json:
        click.echo(written, nl=False)
    return Outcome(0, {**said, "text": written})


def _as_json(problems: Sequence[Problem]) -> list[dict[str, object]]:
    return [as_json(found) for found in problems]
