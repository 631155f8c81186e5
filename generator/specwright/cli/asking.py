"""`specwright request`: values in, a request out, or the answer to it. What it needs is imported when it is run."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any, Final

import click

import specwright as program
from specwright.cli import report
from specwright.cli.options import configs
from specwright.cli.session import FINDINGS, Outcome, Session
from specwright.problems import Refused, counted, escaped, problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from specwright.reference import Prepared
    from specwright.reference.prepared import Ready
    from specwright.reference.sending import Sent
    from specwright.runtime.issues import Issue


def ask(session: Session, spec: Path, operation: str, given: Sequence[str], said: Mapping[str, Any]) -> int:
    """Print a request, or send it, and give the exit status."""
    (config,) = configs(spec, {key: value for key, value in said.items() if key not in _OWN})
    form = said["form"]
    with program.prepare(
        operation, config=config, named=form == "python", warn=report.show_problems
    ) as wanted:
        values = _values(wanted, given, said["body"])
        base_url = said["base_url"]
        if base_url is None and wanted.api.server is None:
            hint = "Say where the API is served: --base-url https://host."
            raise Refused([problem("base-url-missing", None, "The document has no absolute server.", hint)])
        try:
            if said["send"]:
                return _sent(session, wanted.send(values, base_url, said["timeout"]))
            ready, issues = wanted.ready(values, base_url)
        except (ValueError, TypeError) as error:
            message = f"{str(error).removesuffix('.')}."
            raise Refused([problem("argument-invalid", None, message)]) from None
        if ready is None:
            return _refused(session, issues)
        return _shown(session, wanted, ready, said, values)


_OWN: Final = frozenset({"form", "send", "body", "base_url", "timeout"})
"""Options that are not about how the document is read."""


def _values(wanted: Prepared, given: Sequence[str], body: str | None) -> dict[str, Any]:
    from specwright.reference.given import content_of, of_body, values

    content = None if body is None else sys.stdin.buffer.read() if body == "-" else content_of(body)
    read = {} if content is None else of_body(content, wanted.operation)
    return read | values(given, wanted.operation, wanted.api)


def _refused(session: Session, issues: Sequence[Issue]) -> int:
    """Say what is wrong with a request."""
    if not session.as_json:
        for line in _told(issues):
            click.echo(line)
        click.echo(f"{counted(len(issues), 'issue')}: there is no such request", err=True)
    return session.end([Outcome(FINDINGS, {"valid": False, "issues": _as_objects(issues)})])


def _told(issues: Sequence[Issue]) -> Iterator[str]:
    """Each issue in a line: where in the request, by what keyword, and what is wrong."""
    for issue in issues:
        yield "\t".join(map(escaped, (issue.pointer or "(the body)", issue.keyword, issue.message)))


def _as_objects(issues: Sequence[Issue]) -> list[dict[str, object]]:
    return [
        {"pointer": issue.pointer, "keyword": issue.keyword, "message": issue.message} for issue in issues
    ]


def _shown(
    session: Session, wanted: Prepared, ready: Ready, said: Mapping[str, Any], values: Mapping[str, Any]
) -> int:
    """Print a request."""
    from specwright.reference.forms import FORMS, as_conductor, as_object
    from specwright.reference.python import as_python

    if session.as_json:
        return session.end([Outcome(0, {"valid": True, "request": as_object(ready)})])
    match said["form"]:
        case "python":
            text = as_python(wanted.api, wanted.operation, values, wanted.variables(), said["base_url"])
        case "conductor":
            text = as_conductor(ready, wanted.operation.name)
        case form:
            text = FORMS[form](ready)
    click.echo(_printable(text))
    return 0


def _sent(session: Session, sent: Sent) -> int:
    """Print an answer, and what is wrong with it."""
    status = 0 if sent.is_well else FINDINGS
    if session.as_json:
        return session.end([Outcome(status, _as_object(sent))])
    if sent.status is not None:
        report.say(f"{sent.status} after {sent.elapsed:.3f} s, {counted(sent.attempts, 'attempt')}")
        for name, value in sent.headers:
            report.say(f"{escaped(name)}: {escaped(value)}")
        report.say()
        click.echo(_printable(_body(sent)))
    for line in _told(sent.issues):
        click.echo(line, err=True)
    if sent.issues:
        where = "request" if sent.status is None else "answer"
        click.echo(f"{counted(len(sent.issues), 'issue')} with the {where}", err=True)
    if sent.problem:
        click.echo(escaped(sent.problem), err=True)
    return status


def _body(sent: Sent) -> str:
    try:
        return json.dumps(sent.json, indent=2, ensure_ascii=False)
    except ValueError:
        return sent.text


def _as_object(sent: Sent) -> dict[str, object]:
    try:
        body: object = sent.json
    except ValueError:
        body = sent.text
    return {
        "status": sent.status,
        "headers": dict(sent.headers),
        "elapsed": sent.elapsed,
        "attempts": sent.attempts,
        "body": body,
        "issues": _as_objects(sent.issues),
        "problem": sent.problem,
    }


def _printable(text: str) -> str:
    """Text of several lines, which steers no terminal."""
    return "\n".join(escaped(line.expandtabs()) for line in text.split("\n"))
