"""What the commands print. Problems go to standard error; results, as text or as one JSON object, to standard output."""

from __future__ import annotations

import json
import os
import sys
import traceback
from collections import Counter
from contextlib import contextmanager
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Final

import click

from specwright.emit.compare import unified
from specwright.problems import as_json, counted, escaped, printed, problem, quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Mapping, Sequence
    from typing import TextIO

    from specwright.cli.findings import Finding
    from specwright.cli.lines import Tally
    from specwright.init import Started
    from specwright.problems import Problem
    from specwright.results import Checked, Generated

SEVERITIES = ("error", "warning", "note")
"""From the gravest on."""
KINDS_SHOWN = 20
"""How many kinds of findings the summary of a stream has."""
WHOLE = "(the value)"
"""What is said for the empty pointer."""
_MOST: Final = {"error": 1_000, "warning": 20, "note": 3}
"""Of one code, by its severity: how many Problems are shown as text, if not all are asked for."""
_ALL_OF_THEM: Final = "`specwright lint --full` lists them all, and so does its `--format json`."
FILES_NAMED = 6
"""How many of the files that changed a line names."""
LINES_PER_FILE = 40
LINES_IN_ALL = 400
"""How much of a difference `check` shows."""


def say(text: str = "") -> None:
    """One line of a result, without what could steer a terminal."""
    click.echo(escaped(text))


def shortened(problems: Sequence[Problem]) -> Iterator[Problem]:
    """The Problems, of each code the first; where there are more, the last of these is followed by how many."""
    all_of = Counter(each.code for each in problems)
    shown = Counter[str]()
    for each in problems:
        shown[each.code] += 1
        most = _MOST[each.severity]
        if shown[each.code] <= most:
            yield each
        if shown[each.code] == most and (left := all_of[each.code] - most):
            message = f"There {'is' if left == 1 else 'are'} {left:,} more of {quoted(each.code)}."
            yield problem("more", each.place, message, _ALL_OF_THEM)


def show_problems(problems: Iterable[Problem]) -> None:
    """Each Problem with its place, its line of the document and a hint, on standard error."""
    for found in problems:
        click.echo(printed(found), err=True)


def show_number(spec: str, problems: Collection[Problem]) -> None:
    """How many Problems there are, and where to read of them, on standard error."""
    if problems:
        told = f"{spec}: {counted(len(problems), 'problem')} in the document; see `specwright lint {spec}`"
        click.echo(escaped(told), err=True)


def show_json(value: Mapping[str, object]) -> None:
    """The one object of `--json`."""
    click.echo(json.dumps(value, indent=2, ensure_ascii=True))


def show_json_line(value: Mapping[str, object]) -> None:
    """One object of several that come one after the other, on a line of its own."""
    click.echo(json.dumps(value, ensure_ascii=True))


def show_traceback(error: BaseException) -> None:
    """What `--debug` adds to an error, on standard error."""
    for line in "".join(traceback.format_exception(error)).splitlines():
        click.echo(escaped(line), err=True)


@contextmanager
def progress(doing: str) -> Generator[None]:
    """While it lasts, a terminal shows what is being done; a pipe, nothing.

    Nothing turns: what turns needs a thread, and a program with threads can't share its work out among the cores.
    """
    if not is_terminal(sys.stderr):
        yield
        return
    from rich.console import Console
    from rich.live import Live
    from rich.text import Text

    shown = Text(f"… {escaped(doing)}", style="dim")
    with Live(shown, console=Console(stderr=True), auto_refresh=False, transient=True):
        yield


def show_generated(made: Generated, seconds: float, *, dry: bool) -> None:
    """One line on what was made, and one for each file that was written or removed in a dry run."""
    parts = (
        counted(made.operations, "operation"),
        counted(made.models, "model"),
        counted(made.validators, "validator"),
    )
    will = "would be " if dry else ""
    changes = [
        f"{counted(len(paths), 'file')} {will}{done}"
        for done, paths in (("written", made.written), ("removed", made.removed))
        if paths
    ]
    state = ", ".join(changes) or "unchanged"
    if made.told_before:
        state += f"; {counted(made.told_before, 'problem')} as before (`specwright lint` lists them)"
    say(f"{made.output}: {', '.join(parts)}; {state} ({seconds:.2f} s)")
    if dry:
        for path in made.written:
            say(f"  write   {path}")
        for path in made.removed:
            say(f"  remove  {path}")
    elif changes and made.output == os.curdir:
        say("  a shell that stands in this folder still sees the one before: `cd .`")


def show_changes(made: Generated) -> None:
    """At most two lines: the files that were written, and those that were removed."""
    for done, paths in (("wrote", made.written), ("removed", made.removed)):
        if paths:
            more = len(paths) - FILES_NAMED
            rest = f" and {more:,} more" if more > 0 else ""
            say(f"  {done} {', '.join(paths[:FILES_NAMED])}{rest}")


def generated_as_json(made: Generated, seconds: float) -> dict[str, object]:
    """A package that was made, for `--json`."""
    told = asdict(replace(made, action=None, problems=()))
    del told["action"]
    if made.action is not None:
        told |= {"inputs": _hashed(made.action.inputs), "outputs": _hashed(made.action.outputs)}
    return {**told, "problems": [as_json(found) for found in made.problems], "seconds": round(seconds, 3)}


def _hashed(files: Mapping[str, str]) -> list[dict[str, str]]:
    return [{"path": path, "sha256": hash_} for path, hash_ in files.items()]


def show_checked(checked: Checked) -> None:
    """The files that are not as the document gives them, how they differ, and what to do about it."""
    if checked.unwritten:
        say(f"{checked.output}: not written yet: run `specwright generate`")
        return
    if checked.made_by:
        say(f"{checked.output}: made by specwright {checked.made_by}, another version than this one")
    if checked.fresh:
        say(f"{checked.output}: up to date")
        return
    ends = [difference for difference in checked.differences if difference.state == "line ends"]
    for difference in checked.differences:
        if difference not in ends:
            say(f"{checked.output}/{difference.path}: {_STATES[difference.state]}")
    if ends:
        say(
            f"{checked.output}: other line ends in {counted(len(ends), 'file')}, as git makes them with `core.autocrlf`:"
        )
        say(
            f"put `{checked.output}/** -text` into .gitattributes, and `specwright generate` writes them again"
        )
    _show_differences(checked)
    if any(difference.state == "edited" for difference in checked.differences):
        say(
            "what was changed by hand belongs in the document: delete the file, and `specwright generate` writes it again"
        )
    say("run `specwright generate`, and check in what it writes")


def _show_differences(checked: Checked) -> None:
    """In at most `LINES_IN_ALL` lines."""
    left = LINES_IN_ALL
    for difference in checked.differences:
        if difference.state == "line ends":
            continue
        lines = unified(difference, checked.output, min(LINES_PER_FILE, left)).splitlines()
        for line in lines:
            say(line)
        left -= len(lines)
        if left <= 0:
            say("… and more, which is not shown")
            return


_STATES = {
    "missing": "missing",
    "stale": "not what the document gives",
    "edited": "changed after specwright wrote it",
    "line ends": "other line ends",
    "extra": "no longer part of the output",
    "in the way": "not from specwright, and in the way",
}


def checked_as_json(checked: Checked) -> dict[str, object]:
    """What was checked, for `--json`."""
    return {
        "package": checked.package,
        "output": checked.output,
        "fresh": checked.fresh,
        "made_by": checked.made_by,
        "differences": [
            {
                "path": difference.path,
                "state": difference.state,
                "diff": unified(difference, checked.output, LINES_PER_FILE),
            }
            for difference in checked.differences
        ],
        "problems": [as_json(found) for found in checked.problems],
    }


def show_linted(spec: str, problems: Sequence[Problem]) -> None:
    """How many problems there are; they themselves are on standard error."""
    counts = Counter[str](problem.severity for problem in problems)
    found = ", ".join(counted(counts[severity], severity) for severity in SEVERITIES if counts[severity])
    say(f"{spec}: {found or 'no problems'}")


def linted_as_json(spec: str, problems: Sequence[Problem]) -> dict[str, object]:
    """The problems of a document, for `--json`."""
    return {"spec": spec, "problems": [as_json(found) for found in problems]}


def show_started(started: Started) -> None:
    """What was done to each file, and what to do next."""
    for step in started.steps:
        say(f"{step.done:<8}  {step.path}")
    say()
    for number, text in enumerate(started.next, start=1):
        say(f"{number}. {text}")


def started_as_json(started: Started) -> dict[str, object]:
    """What was done, for `--json`."""
    steps = [{"path": step.path, "done": step.done} for step in started.steps]
    return {"name": started.name, "files": steps, "next": list(started.next)}


# --- validate ---------------------------------------------------------------------------------------------------


def is_terminal(stream: TextIO | None) -> bool:
    """Whether who reads a stream is a person; it is `None` where it was closed before we began."""
    return stream is not None and stream.isatty()


def show_findings(name: str, found: Sequence[Finding], most: int) -> None:
    """What is wrong with a value: a table of `most` rows on a terminal; on a pipe a line for each."""
    if not is_terminal(sys.stdout):
        for finding in found:
            show_finding(name, finding)
        return
    count = len(found)
    if count:
        from specwright.cli import tables

        tables.show_findings(found[:most])
    shown = f", the first {most:,} of which are shown" if count > most else ""
    say(f"{name}: {counted(count, 'issue') + shown if count else 'valid'}")


def show_finding(name: str, finding: Finding) -> None:
    """A finding on a line, for programs."""
    click.echo(finding.printed(name))


def show_tally(name: str, tally: Tally) -> None:
    """What a stream held: a table on a terminal; on a pipe some lines on standard error, beside the findings."""
    kinds = tally.frequent(KINDS_SHOWN)
    if is_terminal(sys.stdout):
        if kinds:
            from specwright.cli import tables

            tables.show_kinds(kinds)
    else:
        for kind in kinds:
            often = f"{counted(kind.count, 'time')} at {kind.pointer or WHOLE} ({kind.keyword})"
            click.echo(escaped(f"{often}, first in line {kind.first.line}: {kind.first.message}"), err=True)
    more = tally.findings - sum(kind.count for kind in kinds)
    if more:
        click.echo(f"and {counted(more, 'issue')} of other kinds", err=not is_terminal(sys.stdout))
    state = "interrupted after " if tally.interrupted else ""
    parts = (
        f"{name}: {state}{counted(tally.lines, 'line')}",
        f"{tally.valid:,} valid",
        f"{tally.invalid:,} with issues",
        f"{tally.not_json:,} not JSON",
    )
    click.echo(escaped(", ".join(parts)), err=not is_terminal(sys.stdout))


@contextmanager
def following(name: str, size: int | None) -> Generator[Callable[[int], None]]:
    """Shows on a terminal how far a file is read; to be called with the number of bytes of each line."""
    if not is_terminal(sys.stderr):
        yield lambda _: None
        return
    from specwright.cli import tables

    with tables.following(name, size) as passed:
        yield passed
