"""The command line: arguments in, exit status out. It decides nothing.

Exit status: 0; 1 for findings (`check`, `lint`, `validate`); 2 for bad input, and for a mistake of ours; 130 if interrupted.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click
from click.exceptions import NoArgsIsHelpError

from specwright.cli import report
from specwright.cli.blame import place_of
from specwright.cli.commands import specwright
from specwright.cli.session import BAD_INPUT, Session
from specwright.problems import Refused, as_json, escaped

if TYPE_CHECKING:
    from collections.abc import Sequence

INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command, and return its exit status."""
    session = Session()
    try:
        status = _run(session, arguments)
        if sys.stdout is not None:  # it is None where it was closed before we began
            sys.stdout.flush()
    except BrokenPipeError:
        # Who reads us has had enough. Python would complain about it once more when it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return BAD_INPUT
    return status


def _run(session: Session, arguments: Sequence[str] | None) -> int:
    try:
        status: object = specwright.main(arguments, "specwright", standalone_mode=False, obj=session)
    except click.exceptions.Exit as error:
        return error.exit_code
    except click.ClickException as error:
        return _misused(session, error)
    except (KeyboardInterrupt, click.Abort):
        click.echo("interrupted", err=True)
        return INTERRUPTED
    except BrokenPipeError:
        raise
    except OSError as error:
        click.echo(f"error: {escaped(str(error.strerror or error))}", err=True)
        return BAD_INPUT
    except Refused as refused:
        return _refused(session, refused)
    except Exception as error:  # noqa: BLE001 - no traceback reaches a user, whatever happened
        return _failed(session, error)
    return status if isinstance(status, int) else 0


def _misused(session: Session, error: click.ClickException) -> int:
    """Say what is wrong with the arguments, and where to read how they are; all of it where there were none."""
    message = error.format_message()
    if isinstance(error, NoArgsIsHelpError):
        click.echo(message, err=True)
    else:
        click.echo(f"error: {escaped(message)}", err=True)
        if isinstance(error, click.UsageError) and error.ctx is not None:
            click.echo(f"  hint: see `{error.ctx.command_path} --help`", err=True)
    if session.as_json:
        report.show_json({"error": message, "problems": []})
    return BAD_INPUT


def _refused(session: Session, refused: Refused) -> int:
    report.show_problems(refused.problems)
    if session.as_json:
        report.show_json({"problems": [as_json(found) for found in refused.problems]})
    if session.debug:
        report.show_traceback(refused)
    return BAD_INPUT


def _failed(session: Session, error: Exception) -> int:
    """Own up to a mistake of ours, with the place in the document where it is known."""
    place = place_of(error)
    where = f"{escaped(str(place))}: " if place else ""
    what = escaped(f"{type(error).__name__}: {error}")[:400]
    click.echo(
        f"{where}error[internal]: this is a mistake in specwright, not in your document: {what}", err=True
    )
    if session.debug:
        report.show_traceback(error)
    else:
        click.echo(
            "  hint: run it again with --debug, and report what that prints with the document", err=True
        )
    if session.as_json:
        report.show_json(
            {"error": f"internal: {what}", "place": str(place) if place else None, "problems": []}
        )
    return BAD_INPUT
