"""The command line: arguments in, exit status out. It decides nothing.

Exit status: 0; 1 for findings (`check`, `lint`, `validate`); 2 for bad input, and for a mistake of ours; 130 if interrupted, and
128 and the number of the signal where another one ended it.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

import click
from click.exceptions import NoArgsIsHelpError

from specwright.cli import report
from specwright.cli.commands import specwright
from specwright.cli.ending import tidily
from specwright.cli.failure import tell
from specwright.cli.session import BAD_INPUT, INTERRUPTED, Session
from specwright.problems import escaped

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command, and return its exit status."""
    session = Session()
    _escape_on(sys.stdout)
    try:
        with tidily() as ending:
            status = ending.status(_run(session, arguments))
        if sys.stdout is not None:  # it is None where it was closed before we began
            sys.stdout.flush()
    except BrokenPipeError:
        # Who reads us has had enough. Python would complain about it once more when it ends.
        if sys.stdout is not None:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return BAD_INPUT
    return status


def _escape_on(stream: object) -> None:
    """Escape what the encoding of a stream can't say, as standard error does of itself."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="backslashreplace")


def _run(session: Session, arguments: Sequence[str] | None) -> int:
    try:
        status: object = specwright.main(arguments, "specwright", standalone_mode=False, obj=session)
    except click.exceptions.Exit as error:
        return error.exit_code
    except click.ClickException as error:
        return _misused(session, error)
    except (KeyboardInterrupt, click.Abort):
        with suppress(OSError):  # the terminal may be what is gone
            click.echo("interrupted", err=True)
        return INTERRUPTED
    except BrokenPipeError:
        raise
    except Exception as error:  # noqa: BLE001 - no traceback reaches a user, whatever happened
        told = tell(error, debug=session.debug)
        if session.as_json:
            report.show_json(told)
        return BAD_INPUT
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
