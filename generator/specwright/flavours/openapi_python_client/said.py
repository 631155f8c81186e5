"""What openapi-python-client says of a document, as Problems at the places that it speaks of.

It writes for people: a heading, what is wrong, and the part of the document, as JSON. Its headings are the table below; what
begins with none of them is told as it is, so that nothing is lost.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from specwright.document import Map, Seq
from specwright.document.tree import held, unescape
from specwright.problems import problem, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specwright.flavours.openapi_python_client.given import Given
    from specwright.problems import Place, Problem

_HEADINGS: Final = re.compile(
    r"""
    WARNING\ parsing\ (?P<method>[A-Z]+)\ (?P<path>.+)\ within\ .+?\.(?P<gone>\ Endpoint\ will\ not\ be\ generated\.)?
    | Unable\ to\ (?:parse|process)\ (?:schema|parameter)\ (?P<pointer>/\S*?):?
    | Unable\ to\ process\ schema\ (?P<name>.+):
    | (?P<whole>Failed\ to\ parse\ OpenAPI\ document)
    | (?P<other>
        Unable\ to\ parse\ this\ part\ of\ your\ OpenAPI\ document:
        | Unable\ to\ generate\ the\ client
        | Problem\ creating\ a\ (?:Property|Parameter):
        | Endpoint\ requires\ a\ body,\ but\ none\ were\ parseable\.
        | Enum\ values\ must\ all\ be\ the\ same\ type
        | Unsupported\ enum\ type\ .*
        | Conflicting\ property\ names
        | Found\ conflicting\ properties\ named\ .*
        | invalid\ data\ in\ items\ of\ array\ named\ .*
        | Invalid\ (?:YAML|JSON)\ from\ provided\ source:.*
        )
    """,
    re.VERBOSE,
)
_FRAME: Final = (
    "Warning(s) encountered while generating. Client was generated, but some pieces may be missing",
    "Error(s) encountered while generating, client was not created",
    "If you believe this was a mistake or this tool is missing a feature you need, please open an issue at ",
)
"""The lines around its findings."""
_TRACEBACK: Final = "Traceback (most recent call last):"
_MISCONFIGURED: Final = "Unable to parse config"
_OBJECT: Final = re.compile(r"<openapi_python_client\.[\w.]+ object at 0x[0-9a-f]+>")
"""A value that it means to print, and does not."""
_FIELD: Final = re.compile(r"`([^`]*)`|([^.`]+)")
_INVALID: Final = re.compile(r"\d+ validation errors? for OpenAPI|    For further information visit .*")
_MOST: Final = 300


@dataclass(slots=True)
class _Finding:
    heading: re.Match[str]
    lines: list[str]

    @property
    def data(self) -> Any:
        """The part of the document that it shows; None if it shows none."""
        if "{" not in self.lines:
            return None
        start = self.lines.index("{")
        try:
            return json.loads("\n".join(self.lines[start:]))
        except ValueError:
            return None

    @property
    def detail(self) -> str:
        """What it says, on one line."""
        lines = self.lines[: self.lines.index("{")] if "{" in self.lines else self.lines
        text = "; ".join(line.strip() for line in lines if line.strip())
        return _OBJECT.sub("…", text)[:_MOST]


def problems(said: str, given: Given, *, failed: bool) -> Iterator[Problem]:
    """A Problem for each thing that is said before a traceback, if there is one; errors, where no client was made."""
    text, _, _ = said.partition(_TRACEBACK)
    findings, rest = _findings(text)
    code = "client-refused" if failed else "client-dropped"
    for finding in findings:
        if finding.heading["whole"]:
            yield from _invalid(finding, given, code)
        else:
            yield problem(code, _place(finding, given), _message(finding))
    if rest:
        yield problem(
            "client-unread", given.tree.place(), f"openapi-python-client says: {'; '.join(rest)[:_MOST]}"
        )


def gone(said: str) -> frozenset[str]:
    """The operations of which it is said that they are not in the client: the method and the path of each."""
    findings, _ = _findings(said.partition(_TRACEBACK)[0])
    headings = (finding.heading for finding in findings)
    return frozenset(f"{heading['method']} {heading['path']}" for heading in headings if heading["gone"])


def is_misconfigured(said: str) -> bool:
    """Whether it can't read its configuration."""
    return _MISCONFIGURED in said.partition(_TRACEBACK)[0]


def ending(said: str) -> str:
    """What a traceback says at its end; "" where there is none."""
    _, _, traceback = said.partition(_TRACEBACK)
    lines = traceback.splitlines()
    last = max((number for number, line in enumerate(lines) if line.startswith("  ")), default=-1)
    return _OBJECT.sub("…", " ".join(line.strip() for line in lines[last + 1 :] if line.strip()))[:_MOST]


def _findings(text: str) -> tuple[list[_Finding], list[str]]:
    """The findings, and the lines that belong to none."""
    findings: list[_Finding] = []
    rest: list[str] = []
    for line in text.splitlines():
        if line.startswith(_FRAME):
            continue
        heading = _HEADINGS.fullmatch(line.strip()) if line[:1] not in {" ", "{", "}"} else None
        if heading:
            findings.append(_Finding(heading, []))
        elif findings:
            findings[-1].lines.append(line)
        elif line.strip():
            rest.append(line.strip())
    return findings, rest


def _message(finding: _Finding) -> str:
    heading = finding.heading
    if heading["method"]:
        operation = quoted(f"{heading['method']} {heading['path']}")
        what = (
            f"{operation} is not in the client"
            if heading["gone"]
            else f"{operation} is in the client without a part of it"
        )
    elif heading["pointer"]:
        what = f"{quoted(heading['pointer'].rpartition('/')[2])} is not in the client"
    elif heading["name"]:
        what = f"{quoted(heading['name'])} is not in the client"
    else:
        what = heading[0].rstrip(":. ")
    return f"{what}: {finding.detail}" if finding.detail else f"{what}."


# --- places -----------------------------------------------------------------------------------------------------


def _place(finding: _Finding, given: Given) -> Place:
    heading = finding.heading
    holder: Map | Seq
    key: str | int | None
    if heading["method"]:
        holder, key = _walk(given.tree, ["paths", heading["path"], heading["method"].lower()])
    elif heading["pointer"]:
        steps = [unescape(step) for step in heading["pointer"].split("/")[1:]]
        named = given.named.get(steps[-1])
        holder, key = (named, None) if named is not None else _walk(given.tree, steps)
    else:
        holder, key = given.tree, None
    node = holder if key is None else held(holder, key)
    shown = _shown(node, finding.data)
    return shown if shown is not None else _at(holder, key)


def walked(node: Map, steps: list[str]) -> Place:
    """The place of what the steps lead to, as far as they do."""
    return _at(*_walk(node, steps))


def operation_place(given: Given, method: str, path: str) -> Place:
    """The place of an operation."""
    return walked(given.tree, ["paths", path, method.lower()])


def _at(holder: Map | Seq, key: str | int | None) -> Place:
    if isinstance(holder, Map):
        return holder.place(key if isinstance(key, str) else None)
    return holder.place(key if isinstance(key, int) else None)


def _walk(root: Map, steps: list[str]) -> tuple[Map | Seq, str | int | None]:
    """The last that the steps lead to: what holds it, and its key there. Steps that lead nowhere are passed over."""
    holder: Map | Seq = root
    key: str | int | None = None
    node: Any = root
    for step in steps:
        inner = int(step) if isinstance(node, Seq) and step.isdecimal() else step
        if isinstance(node, Map | Seq) and _has(node, inner):
            holder, key, node = node, inner, held(node, inner)
    return holder, key


def _has(node: Map | Seq, key: str | int) -> bool:
    return key in node if isinstance(node, Map) else isinstance(key, int) and key < len(node)


def _shown(node: Any, data: Any) -> Place | None:
    """The place of the part of a node that a finding shows."""
    if not data:
        return None
    waiting: list[Any] = [node]
    while waiting:
        inner = waiting.pop(0)
        if isinstance(inner, Map):
            if inner == data:
                return inner.place()
            waiting += inner.values()
        elif isinstance(inner, Seq):
            waiting += inner
    return None


def _invalid(finding: _Finding, given: Given, code: str) -> Iterator[Problem]:
    """What pydantic says of the document: a line with the path to a field, and one with what is wrong there."""
    where: list[str] | None = None
    for line in finding.lines:
        if not line.strip() or _INVALID.fullmatch(line):
            continue
        if line.startswith("  ") and where is not None:
            holder, key = _walk(given.tree, where)
            field = ".".join(where)
            yield problem(code, _at(holder, key), f"{quoted(field)}: {line.strip()[:_MOST]}")
            where = None
        else:
            where = [quotes or plain for quotes, plain in _FIELD.findall(line)]
