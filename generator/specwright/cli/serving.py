"""`specwright serve`: the page until it is stopped. What it needs is imported when it is run."""

from __future__ import annotations

import json
import sys
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any, Final

import click

import specwright as program
from specwright.cli import report
from specwright.cli.options import configs

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from specwright.cli.session import Session

_OWN: Final = frozenset({"base_url", "browse", "port", "timeout"})
"""Options that are not about how the document is read."""


def show(session: Session, spec: Path | None, said: Mapping[str, Any]) -> int:
    """Serve until it is stopped, and give the exit status."""
    config, *others = configs(spec, {name: value for name, value in said.items() if name not in _OWN})
    if others:
        raise click.UsageError("the configuration lists several documents: name one")

    waiting = ExitStack()

    def ready(url: str) -> None:
        waiting.close()
        if session.as_json:
            click.echo(json.dumps({"url": url}))  # on one line, which can be read while it is served
        else:
            click.echo(url)
            report.say("Ctrl-C ends it.")
        sys.stdout.flush()
        if said["browse"]:
            click.launch(url)

    with waiting:
        waiting.enter_context(report.progress(f"reading {config.spec}"))
        program.serve(
            config=config,
            base_url=said["base_url"],
            port=said["port"],
            timeout=said["timeout"],
            ready=ready,
        )
    return 0
