"""A request as it is shown: HTTP, a curl command, plain JSON, a task of a Conductor workflow. Secrets are never in it."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from specwright.reference.masks import Mask, hidden, split

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from specwright.reference.prepared import Ready

_PLAIN: Final = re.compile(r"[A-Za-z0-9_@%+=:,./-]+", re.ASCII)
"""What a shell takes as it is."""
_BASIC: Final = 2
_RUN: Final = "${workflow.workflowId}"
_CONNECT, _READ = 10_000, 60_000
"""Milliseconds; Conductor's own, 100 and 150, are too short for most."""


def body(ready: Ready) -> object:
    """The body: decoded JSON, else text, else bytes; None where there is none."""
    content = ready.content
    if content is None:
        return None
    if "json" in _media_type(ready):
        try:
            return json.loads(content)
        except ValueError:
            return content
    try:
        return content.decode()
    except UnicodeDecodeError:
        return content


def _media_type(ready: Ready) -> str:
    return next((value.lower() for name, value in ready.headers if name.lower() == "content-type"), "")


# --- HTTP -------------------------------------------------------------------------------------------------------


def as_http(ready: Ready) -> str:
    """The message (RFC 9112), its JSON indented for reading."""
    parts = urlsplit(ready.url)
    target = f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}"
    lines = [f"{ready.method} {target} HTTP/1.1", f"Host: {parts.netloc}"]
    lines += [f"{name}: {value}" for name, value in ready.headers]
    text = hidden("\n".join(lines), ready.masks)
    found = _hidden(body(ready), ready.masks)
    if found is None:
        return text
    shown = found if isinstance(found, str) else _dumped(found)
    return f"{text}\n\n{shown}"


def _hidden(value: object, masks: tuple[Mask, ...]) -> object:
    """A body without its secrets."""
    return _mapped(value, lambda text: hidden(text, masks))


def _mapped(value: Any, change: Callable[[str], str]) -> Any:
    """Decoded JSON with each text in it changed."""
    if value.__class__ is str:
        return change(value)
    if value.__class__ is dict:
        return {change(key): _mapped(item, change) for key, item in value.items()}
    return [_mapped(item, change) for item in value] if value.__class__ is list else value


def _dumped(value: object) -> str:
    if isinstance(value, bytes):
        return f"({len(value):,} bytes)"
    return json.dumps(value, indent=2, ensure_ascii=False)


# --- curl -------------------------------------------------------------------------------------------------------


def as_curl(ready: Ready) -> str:
    """A command for a POSIX shell, which makes the same request; secrets come from the environment."""
    words = [f"curl -X {_word(ready.method, ())}"] if ready.method != "GET" else ["curl"]
    words.append(f"--globoff --path-as-is {_word(ready.url, ready.masks)}")
    if ready.method == "HEAD":
        words[0] = "curl --head"
    words += [f"-H {_word(_header(name, value), ready.masks)}" for name, value in ready.headers]
    before = ""
    if ready.content is not None:
        before, given = _data(ready.content, ready.masks)
        words.append(given)
    return before + " \\\n  ".join(words)


def _header(name: str, value: str) -> str:
    # An empty header is written with a semicolon; with a colon it would be left out.
    return f"{name}: {value}" if value else f"{name};"


def _data(content: bytes, masks: tuple[Mask, ...]) -> tuple[str, str]:
    """What goes before the command, and the option that gives the body."""
    try:
        text = content.decode()
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:  # which no argument can hold
        encoded = b64encode(content).decode("ascii")
        return f"printf %s {encoded} | base64 -d | ", "--data-binary @-"
    return "", f"--data-raw {_word(text, masks)}"


def _word(text: str, masks: tuple[Mask, ...]) -> str:
    """A word of a shell; a secret in it is the value of its variable."""
    return "".join(
        _quoted(piece) if isinstance(piece, str) else _expansion(piece)
        for piece in split(text, masks) or [""]
    )


def _quoted(text: str) -> str:
    return text if _PLAIN.fullmatch(text) else "'" + text.replace("'", "'\\''") + "'"


def _expansion(mask: Mask) -> str:
    if len(mask.variables) == _BASIC:
        username, password = mask.variables
        return f'"$(printf %s "${username}:${password}" | base64 | tr -d \'\\n\')"'
    return f'"${mask.variables[0]}"'


# --- JSON -------------------------------------------------------------------------------------------------------


def as_object(ready: Ready) -> dict[str, Any]:
    """The request as one object: `method`, `url`, `headers`, and `body`, which is `base64` where it is no text."""
    found = _hidden(body(ready), ready.masks)
    said: dict[str, Any] = {
        "method": ready.method,
        "url": hidden(ready.url, ready.masks),
        "headers": {name: hidden(value, ready.masks) for name, value in ready.headers},
    }
    if isinstance(found, bytes):
        return {**said, "base64": b64encode(found).decode("ascii")}
    return said if ready.content is None else {**said, "body": found}


def as_json(ready: Ready) -> str:
    """The same as text."""
    return json.dumps(as_object(ready), indent=2)


# --- Conductor --------------------------------------------------------------------------------------------------


def as_conductor(ready: Ready, name: str) -> str:
    """The HTTP task of a Conductor workflow; secrets are inputs of the workflow, called as their environment variables."""
    headers = {
        # One key for each run of the workflow, the same however often the task is tried.
        name_: _RUN if name_ == ready.key else _expression(value, ready.masks)
        for name_, value in ready.headers
    }
    taken = {key.lower(): key for key in headers}
    said: dict[str, Any] = {"uri": _expression(ready.url, ready.masks), "method": ready.method}
    for field, header in (("accept", "accept"), ("contentType", "content-type")):
        if header in taken:
            said[field] = headers.pop(taken[header])
    said["headers"] = headers
    found = body(ready)
    if isinstance(found, bytes):
        found = b64encode(found).decode("ascii")
    if ready.content is not None:
        said["body"] = _mapped(found, lambda text: _expression(text, ready.masks))
    said |= {"connectionTimeOut": _CONNECT, "readTimeOut": _READ}
    task = {"name": name, "taskReferenceName": f"{name}_ref", "type": "HTTP", "inputParameters": said}
    return json.dumps(task, indent=2, ensure_ascii=False)


def _expression(text: str, masks: tuple[Mask, ...]) -> str:
    """A text of a task, which takes `${…}` for an expression."""
    return "".join(
        _escaped(piece) if isinstance(piece, str) else f"${{workflow.input.{_input(piece)}}}"
        for piece in split(text, masks)
    )


def _input(mask: Mask) -> str:
    """The workflow's input that has a secret; of a user name and a password, both as the header has them."""
    return "BASIC_CREDENTIALS" if len(mask.variables) == _BASIC else mask.variables[0]


def _escaped(text: str) -> str:
    return text.replace("${", "$${")


FORMS: Final[Mapping[str, Callable[[Ready], str]]] = {"http": as_http, "curl": as_curl, "json": as_json}
"""The forms that need nothing but the request."""
