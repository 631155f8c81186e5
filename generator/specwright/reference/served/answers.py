"""What the page is told: the form of an operation, a request in every form, what a server answered."""

from __future__ import annotations

import json
import os
from base64 import b64encode
from typing import TYPE_CHECKING, Any, Final

from specwright.reference.forms import FORMS, as_conductor
from specwright.reference.python import as_python
from specwright.reference.served.form import form
from specwright.reference.served.given import values
from specwright.reference.served.placing import field_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from specwright.plan.ir import Operation
    from specwright.reference import Prepared
    from specwright.reference.prepared import Ready
    from specwright.reference.sending import Sent
    from specwright.reference.served.library import Opened
    from specwright.runtime.issues import Issue

_MOST_SHOWN: Final = 2_000_000
"""Characters of an answer: a page with more does not scroll well."""
NO_SERVER: Final = (
    "The document has no absolute server: start with --base-url to say where the API is served."
)


def told(opened: Opened) -> dict[str, Any]:
    """What can be given for an operation, and the variables of the environment that its credentials come from."""
    wanted = opened.prepared
    return {
        **form(wanted.operation, wanted.api),
        "method": wanted.operation.method,
        "path": wanted.operation.path,
        "deprecated": wanted.operation.doc.deprecated,
        "variables": _needed(wanted),
    }


def _needed(wanted: Prepared) -> list[dict[str, Any]]:
    """The environment variables of the credentials that the operation may need, and whether each is set."""
    schemes = {scheme for alternative in wanted.operation.security for scheme in alternative}
    variables = wanted.variables()
    return [
        {"name": variables[argument], "set": bool(os.environ.get(variables[argument]))}
        for item in wanted.api.credentials
        if item.scheme in schemes
        for argument in item.arguments
    ]


def shown(opened: Opened, said: dict[str, Any], base_url: str | None) -> dict[str, Any]:
    """A request in every form, and what is wrong with it; no form where it can't be written down.

    Raises:
        Refusal: What is said is not made as the page makes it.
    """
    wanted = opened.prepared
    given = values(said, wanted.operation)
    if base_url is None and wanted.api.server is None:
        return {"issues": [], "forms": None, "problem": NO_SERVER}
    try:
        ready, issues = wanted.ready(given, base_url)
        ready = ready or wanted.draft(given, base_url)
    except (ValueError, TypeError) as error:
        return opened.covered.object({"issues": [], "forms": None, "problem": _sentence(error)})
    return opened.covered.object(
        {
            "issues": _issues(issues, wanted.operation),
            "forms": None if ready is None else _forms(wanted, ready, given, base_url),
            "problem": "",
        }
    )


def _sentence(error: Exception) -> str:
    return f"{str(error).removesuffix('.')}."


def _forms(wanted: Prepared, ready: Ready, given: Mapping[str, Any], base_url: str | None) -> dict[str, str]:
    return {
        **{name: make(ready) for name, make in FORMS.items()},
        "python": as_python(wanted.api, wanted.operation, given, wanted.variables(), base_url),
        "conductor": as_conductor(ready, wanted.operation.name),
    }


def _issues(issues: Iterable[Issue], operation: Operation | None = None) -> list[dict[str, str]]:
    """Issues; those of a request with the pointer of the field that each is about."""
    return [
        {
            "pointer": issue.pointer,
            "keyword": issue.keyword,
            "message": issue.message,
            **({} if operation is None else {"field": field_of(issue, operation)}),
        }
        for issue in issues
    ]


def sent(opened: Opened, said: dict[str, Any], base_url: str | None, timeout: float | None) -> dict[str, Any]:
    """What a server answered.

    Raises:
        Refusal: What is said is not made as the page makes it.
    """
    wanted = opened.prepared
    given = values(said, wanted.operation)
    if base_url is None and wanted.api.server is None:
        return {"status": None, "issues": [], "problem": NO_SERVER}
    try:
        outcome = wanted.send(given, base_url, timeout)
    except (ValueError, TypeError) as error:
        return opened.covered.object({"status": None, "issues": [], "problem": _sentence(error)})
    return opened.covered.object(_outcome(outcome, wanted.operation), outcome.secrets)


def _outcome(outcome: Sent, operation: Operation) -> dict[str, Any]:
    unsent = outcome.status is None
    return {
        "status": outcome.status,
        "headers": [[name, value] for name, value in outcome.headers],
        "elapsed": outcome.elapsed,
        "attempts": outcome.attempts,
        "body": None if unsent else _body(outcome),
        "issues": _issues(outcome.issues, operation if unsent else None),
        "problem": outcome.problem,
        "well": outcome.is_well,
    }


def _body(outcome: Sent) -> dict[str, Any]:
    """A body as text, with its size in bytes: JSON indented, and Base64 of what is no text."""
    kind, text = _text(outcome)
    return {
        "kind": kind,
        "text": text[:_MOST_SHOWN],
        "size": len(outcome.content),
        "more": len(text) > _MOST_SHOWN,
        "type": outcome.content_type,
    }


def _text(outcome: Sent) -> tuple[str, str]:
    if not outcome.content:
        return "none", ""
    try:
        return "json", json.dumps(outcome.json, indent=2, ensure_ascii=False)
    except (ValueError, RecursionError):
        pass
    try:
        return "text", outcome.content.decode()
    except UnicodeDecodeError:
        return "bytes", b64encode(outcome.content).decode("ascii")
