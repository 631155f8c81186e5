"""How an error is told: on standard error, and as an object for `--json`."""

from __future__ import annotations

import os

import click

from specwright.cli import report
from specwright.cli.blame import place_of
from specwright.problems import Refused, as_json, escaped

_LONGEST = 400


def tell(error: Exception, *, debug: bool) -> dict[str, object]:
    """Say what is wrong on standard error, and give what `--json` has of it."""
    if isinstance(error, Refused):
        report.show_problems(error.problems)
        told: dict[str, object] = {"problems": [as_json(found) for found in error.problems]}
    elif isinstance(error, OSError):
        told = _tell_system(error)
    else:
        told = _tell_mistake(error, debug=debug)
    if debug:
        report.show_traceback(error)
    return told


def _tell_system(error: OSError) -> dict[str, object]:
    """Something that the system did not let us do."""
    name: object = error.filename
    file = f"{os.fsdecode(name)}: " if isinstance(name, str | bytes) else ""
    message = f"{file}{error.strerror or error}"
    click.echo(f"error: {escaped(message)}", err=True)
    return {"error": message, "problems": []}


def _tell_mistake(error: Exception, *, debug: bool) -> dict[str, object]:
    """Own up to a mistake of ours, with the place in the document where it is known."""
    place = place_of(error)
    where = f"{escaped(str(place))}: " if place else ""
    what = escaped(f"{type(error).__name__}: {error}")[:_LONGEST]
    click.echo(
        f"{where}error[internal]: this is a mistake in specwright, not in your document: {what}", err=True
    )
    if not debug:
        click.echo(
            "  hint: run it again with --debug, and report what that prints with the document", err=True
        )
    return {"error": f"internal: {what}", "place": str(place) if place else None, "problems": []}
