"""What changed of the package, joined with the change on the wire that it comes from; what comes from none is a finding of its own."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Final, Protocol

from specwright.document.tree import escape, unescape
from specwright.problems import Place
from specwright.review.findings import LEVELS, Finding, gravest
from specwright.review.linking import fingerprint
from specwright.review.python.rules import RULES as PYTHON
from specwright.review.rules import RULES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from specwright.review.findings import PythonChange

_CONTENT: Final = re.compile(r"/content/[^/]+(?=/|$)|/(?:schema|allOf/\d+)(?=/|$)")
_SWAGGER: Final = re.compile(r"^/(definitions|parameters|responses)(?=/)")
_SECTIONS: Final = {"definitions": "schemas", "parameters": "parameters", "responses": "responses"}

KINDS: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    ("py-docstring", ("description-", "summary-", "title-", "example-", "deprecated-", "info-", "tag-", "default-", "param-", "status-", "header-", "link-", "security-", "server-", "enum-", "property-")),
    ("py-enum-member", ("enum-", "const-", "extensible-")),
    ("py-union-member", ("one-of-", "any-of-", "discriminator-", "nullable-", "type-")),
    ("py-input-member", ("enum-", "const-", "extensible-", "one-of-", "any-of-", "discriminator-", "nullable-", "type-")),
    ("py-client-method", ("operation-", "path-", "tag-", "deprecated-")),
    ("py-resource", ("tag-", "path-", "operation-")),
    ("py-client-", ("security-", "oauth-", "server-")),
    ("py-credential", ("security-", "oauth-")),
    ("py-exception", ("status-", "media-type-", "type-", "schema-")),
    ("py-return", ("status-", "media-type-", "type-", "nullable-", "schema-", "one-of-", "any-of-", "format-", "enum-")),
    ("py-webhook", ("webhook-", "callback-", "operation-", "path-")),
    ("py-type", ("schema-", "type-", "enum-", "one-of-", "any-of-", "additional-", "property-", "path-", "operation-", "body-", "status-", "media-type-", "read-only-", "write-only-", "const-", "component-")),
    ("py-validator", ("schema-", "path-", "operation-", "body-", "status-", "param-", "type-", "one-of-", "any-of-", "property-", "media-type-", "enum-")),
)  # fmt: skip
"""By how the id of a change of the package begins: how those of the changes begin that it may come from; others from any."""


_MEMBERS: Final = ("py-enum-member", "py-input-member", "py-union-member", "py-unread")
_COMES_OR_GOES: Final = re.compile(r"-(added|removed|changed|renamed)\b")


class Origins(Protocol):
    """Where what is made of a document comes from."""

    def place(self, change: PythonChange) -> Place | None:
        """Where what a change comes from is written; that of what holds it, where it is not written by itself."""
        ...

    def behind(self, change: PythonChange) -> Sequence[str]:
        """The JSON Pointers of the schemas that a changed member, or type, stands for by reference."""
        ...


def canonical(pointer: str) -> str:
    """A JSON Pointer without what stands between a schema and what has it, in the terms of the one dialect."""
    pointer = _SWAGGER.sub(lambda found: f"/components/{_SECTIONS[found[1]]}", pointer)
    return _CONTENT.sub("", pointer)


def joined(findings: Sequence[Finding], changes: Iterable[PythonChange], origins: Origins) -> list[Finding]:
    """Findings with what they mean for who calls the package."""
    index = _Index(findings, origins)
    own: dict[int, list[PythonChange]] = defaultdict(list)
    left: list[PythonChange] = []
    for change in changes:
        found = index.cause(change)
        if found is None:
            left.append(change)
        else:
            own[found].append(change)
    made = [_with(finding, own.get(number, [])) for number, finding in enumerate(findings)]
    taken = {finding.fingerprint for finding in made}
    return [*made, *_alone(left, origins, taken)]


class _Index:
    """Findings by where in the documents they are, by what they are called, and by the operations that they reach."""

    def __init__(self, findings: Sequence[Finding], origins: Origins) -> None:
        self.findings = findings
        self._origins = origins
        self._below: dict[str, list[int]] = defaultdict(list)
        self._at: dict[str, list[int]] = defaultdict(list)
        self._called: dict[str, list[int]] = defaultdict(list)
        self._words: dict[str, int] = {}
        """Of each operation: the first change of words that reaches it, since its docstring tells of its arguments."""
        for number, finding in enumerate(findings):
            for pointer in dict.fromkeys(
                canonical(place.pointer)
                for place in (finding.old, finding.new, *finding.repeated)
                if place is not None
            ):
                self._at[pointer].append(number)
                while pointer:
                    self._below[pointer].append(number)
                    pointer = pointer.rpartition("/")[0]
            self._called[_last(finding.subject)].append(number)
            if finding.wire == "doc":
                for operation in finding.operations:
                    self._words.setdefault(operation, number)

    def cause(self, change: PythonChange) -> int | None:
        """The number of the finding that a change of the package comes from; None where none is known."""
        wanted = next((kinds for prefix, kinds in KINDS if change.id.startswith(prefix)), ())
        for candidates in self._candidates(change):
            fit = [
                number for number in candidates if not wanted or self.findings[number].id.startswith(wanted)
            ]
            if fit:
                return min(fit, key=lambda number: (_rank(self.findings[number]), number))
        return None

    def _candidates(self, change: PythonChange) -> Iterator[list[int]]:
        """Findings that may be the cause, the likeliest first."""
        origin = canonical(change.origin.removeprefix("#"))
        if not origin:
            for section in ("/servers", "/components/securitySchemes", "/securityDefinitions", "/security"):
                yield self._below.get(section, [])
            return
        if change.id.startswith(_MEMBERS):
            for keyword in ("enum", "const", "x-extensible-enum"):
                yield self._below.get(f"{origin}/{keyword}", [])
            yield self._below.get(origin, [])
        elif change.member:
            yield self._below.get(f"{origin}/properties/{escape(change.member)}", [])
            called = self._called.get(change.member, [])
            yield [number for number in called if self._is_about(number, origin, change)]
            yield self._at.get(f"{origin}/required", [])
        for pointer in self._origins.behind(change):
            yield self._at.get(canonical(pointer), []) + self._near(canonical(pointer))
        yield self._at.get(origin, [])
        if not change.member:
            yield self._below.get(origin, [])
        if change.id == "py-docstring-changed" and (label := _operation(origin)) in self._words:
            yield [self._words[label]]
        above = origin.rpartition("/")[0]
        while above.count("/") > 1:
            yield [
                number
                for number in self._at.get(above, [])
                if _COMES_OR_GOES.search(self.findings[number].id)
            ]
            above = above.rpartition("/")[0]

    def _near(self, origin: str) -> list[int]:
        """Findings at the keywords of a schema, and not at what is in it."""
        return [
            number
            for number in self._below.get(origin, ())
            if any(
                place is not None
                and canonical(place.pointer).removeprefix(f"{origin}/").count("/") < 2  # noqa: PLR2004 -- `enum/3`
                and not canonical(place.pointer).startswith(f"{origin}/properties")
                for place in (self.findings[number].old, self.findings[number].new)
            )
        ]

    def _is_about(self, number: int, origin: str, change: PythonChange) -> bool:
        """Whether a finding is about something of a schema, or reaches an operation or a type, that is at `origin`."""
        finding = self.findings[number]
        if number in self._below.get(origin, ()) or _owner(change.symbol) in finding.types:
            return True
        return _operation(origin) in finding.operations


def _operation(origin: str) -> str:
    """What the operation at a place is called; "" where it is none."""
    tokens = origin.split("/")
    if tokens[1:2] != ["paths"] or len(tokens) < 4:  # noqa: PLR2004 -- "", paths, the path, the method
        return ""
    return f"{tokens[3].upper()} {unescape(tokens[2])}"


def _last(subject: str) -> str:
    """What a subject is called by itself: `limit` of `query parameter limit of GET /pets`."""
    inner = subject.partition(" of ")[0]
    return re.split(r"[ .]", inner.rstrip("[]*"))[-1]


def _rank(finding: Finding) -> int:
    return LEVELS.index(finding.wire) if finding.wire is not None else len(LEVELS)


def _with(finding: Finding, changes: list[PythonChange]) -> Finding:
    if not changes:
        return replace(finding, why=_why(finding, None))
    level = gravest(change.level for change in changes)
    types = {
        change.symbol.partition(".")[2].partition(".")[0].partition("[")[0]
        for change in changes
        if change.symbol.startswith("models.")
    }
    made = replace(
        finding, python=level, python_changes=tuple(changes), types=tuple(sorted({*finding.types, *types}))
    )
    return replace(made, why=_why(made, changes))


def _why(finding: Finding, changes: list[PythonChange] | None) -> str:
    """Why the two axes differ; "" where they do not."""
    if finding.wire == finding.python or finding.wire == "doc":
        return "" if not changes or finding.wire == finding.python else _python(changes)
    if not changes:
        return _UNTOUCHED.get(finding.directions, "") if finding.wire in ("breaking", "warning") else ""
    return _python(changes)


_UNTOUCHED: Final[Mapping[tuple[str, ...], str]] = {
    ("in",): "No name, type or signature changes: the validator refuses what the server would.",
    ("out",): "No name, type or signature changes: answers are read leniently.",
    ("in", "out"): "No name, type or signature changes: validators judge by the new document.",
}


def _python(changes: Sequence[PythonChange]) -> str:
    worst = min(changes, key=lambda change: LEVELS.index(change.level))
    return f"In Python: {PYTHON[worst.id].purpose}"


def _owner(symbol: str) -> str:
    """The class that a symbol belongs to, as models call it: `Pet` of `inputs.PetInput["name"]`."""
    name = re.split(r"[.(\[]", symbol.removeprefix("models.").removeprefix("inputs."))[0]
    return name.removesuffix("Input") if symbol.startswith("inputs.") else name


def _alone(changes: Iterable[PythonChange], origins: Origins, taken: set[str]) -> Iterator[Finding]:
    """Findings of what changed in Python alone; what comes from one place of the document is one."""
    groups: dict[tuple[str, str, bool], list[PythonChange]] = {}
    for change in changes:
        member = change.member or ("" if change.origin else change.symbol)
        groups.setdefault((change.origin, member, change.level == "doc"), []).append(change)
    for members in groups.values():
        first = min(members, key=lambda change: LEVELS.index(change.level))
        rule = PYTHON[first.id]
        was = (
            f": `{first.new}` instead of `{first.old}`"
            if first.old and first.new and first.level != "doc"
            else ""
        )
        at = origins.place(first)
        owner = (
            _owner(first.symbol)
            if not first.symbol.startswith("Client")
            else re.split(r"[(\[]", first.symbol)[0]
        )
        made = Finding(
            id=first.id,
            wire=None,
            python=first.level,
            message=f"`{first.symbol}`: {rule.purpose.rstrip('.')}{was}",
            subject=first.symbol,
            group=owner,
            hint=rule.hint if first.level in ("breaking", "warning") else "",
            old=at if first.in_old else None,
            new=None if first.in_old else at,
            python_changes=tuple(members),
            why="Nothing changes on the wire." if first.level != "doc" else "",
        )
        yield replace(made, fingerprint=fingerprint(made, taken))
