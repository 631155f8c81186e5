"""What changed of the package, joined with the change on the wire that it comes from; what comes from none is a finding of its own."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from specwright.document.tree import escape, unescape
from specwright.review.findings import LEVELS, Finding, gravest
from specwright.review.folding import fingerprint
from specwright.review.python.rules import RULES as PYTHON
from specwright.review.reasons import why

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from specwright.problems import Place
    from specwright.review.findings import Direction, PythonChange
    from specwright.review.origins import Origins

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
_OF_CLIENTS: Final = ("/servers", "/components/securitySchemes", "/securityDefinitions", "/security")
"""Where what stands that becomes part of the client itself."""
_BY_NAME: Final = (
    ("py-client-argument", "security-"),
    ("py-credential", "security-"),
    ("py-resource", "tag-changed"),
)
"""By how the id of a change of the client begins: how those begin that are its cause where they name what it is of."""
_WORDS: Final = ("description-", "summary-", "title-", "example-", "external-docs-", "extension-", "info-")
"""What changes words, changes nothing but docstrings."""
_SIDES: Final[tuple[tuple[tuple[str, ...], Direction], ...]] = (
    (("py-param-", "py-key-", "py-input-"), "in"),
    (("py-field-", "py-return-", "py-union-", "py-exception-"), "out"),
)
"""By how ids begin: who sends what such a change is of."""
_COMES_OR_GOES: Final = re.compile(r"-(added|removed|changed|renamed)\b")


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
            for pointer in _pointers(finding):
                self._at[pointer].append(number)
                for above in _upwards(pointer):
                    self._below[above].append(number)
            self._called[finding.wire_name].append(number)
            for operation in finding.operations if finding.wire == "doc" else ():
                self._words.setdefault(operation, number)

    def cause(self, change: PythonChange) -> int | None:
        """The number of the finding that a change of the package comes from; None where none is known."""
        wanted = next((kinds for prefix, kinds in KINDS if change.id.startswith(prefix)), ("",))
        for candidates in self._candidates(change):
            fit = [number for number in candidates if self._fits(number, change, wanted)]
            if fit:
                return min(fit, key=lambda number: self._distance(number, change))
        return None

    def _fits(self, number: int, change: PythonChange, wanted: tuple[str, ...]) -> bool:
        """Whether a finding may be the cause: of the right kind, and about what is sent by the right side."""
        finding = self.findings[number]
        if not finding.id.startswith(wanted) or (finding.id.startswith(_WORDS) and change.level != "doc"):
            return False
        side = next((side for prefixes, side in _SIDES if change.id.startswith(prefixes)), None)
        return side is None or not finding.directions or side in finding.directions

    def _distance(self, number: int, change: PythonChange) -> tuple[bool, int, int]:
        """The lower, the likelier: what names the member, what is grave, and what comes first."""
        finding = self.findings[number]
        return (f"`{change.member}`" not in finding.message, _rank(finding), number)

    def _candidates(self, change: PythonChange) -> Iterator[list[int]]:
        """Findings that may be the cause, the likeliest first."""
        origin = canonical(change.origin.removeprefix("#"))
        yield from self._by_name(change, unescape(origin.rpartition("/")[2]))
        if not origin:
            yield from (self._below.get(section, []) for section in _OF_CLIENTS)
            return
        yield from self._at_member(change, origin)
        for pointer in map(canonical, self._origins.behind(change)):
            yield self._at.get(pointer, []) + self._near(pointer)
        yield self._at.get(origin, [])
        if not change.member:
            yield self._below.get(origin, [])
        if change.id == "py-docstring-changed" and (label := _operation(origin)) in self._words:
            yield [self._words[label]]
        for above in _upwards(origin.rpartition("/")[0]):
            if above.count("/") > 1:
                found = self._at.get(above, [])
                yield [number for number in found if _COMES_OR_GOES.search(self.findings[number].id)]

    def _by_name(self, change: PythonChange, last: str) -> Iterator[list[int]]:
        """Findings about the credentials, or the tag, that an argument or an attribute of the client is made of."""
        name = change.member or last
        for prefix, rule in _BY_NAME:
            if name and change.id.startswith(prefix):
                yield [
                    number
                    for number, finding in enumerate(self.findings)
                    if finding.id.startswith(rule) and finding.wire != "doc" and name in finding.message
                ]

    def _at_member(self, change: PythonChange, origin: str) -> Iterator[list[int]]:
        """Findings about the member of an enum or a union that changed, or about the property."""
        if change.id.startswith(_MEMBERS):
            for keyword in ("enum", "const", "x-extensible-enum"):
                yield self._below.get(f"{origin}/{keyword}", [])
            yield self._below.get(origin, [])
        elif change.member:
            yield self._below.get(f"{origin}/properties/{escape(change.member)}", [])
            called = self._called.get(change.member, [])
            yield [number for number in called if self._is_about(number, origin, change)]
            yield self._at.get(f"{origin}/required", [])

    def _near(self, origin: str) -> list[int]:
        """Findings at the keywords of a schema, and not at what is in it."""
        return [
            number
            for number in self._below.get(origin, ())
            if any(
                _is_near(place, origin) for place in (self.findings[number].old, self.findings[number].new)
            )
        ]

    def _is_about(self, number: int, origin: str, change: PythonChange) -> bool:
        """Whether a finding is about something of a schema, or reaches an operation or a type, that is at `origin`."""
        finding = self.findings[number]
        if number in self._below.get(origin, ()) or _owner(change.symbol) in finding.types:
            return True
        return _operation(origin) in finding.operations


def _pointers(finding: Finding) -> list[str]:
    """Where a finding is in the documents, each place once."""
    places = (finding.old, finding.new, *finding.repeated)
    return list(dict.fromkeys(canonical(place.pointer) for place in places if place is not None))


def _upwards(pointer: str) -> Iterator[str]:
    """A pointer, and those to all that is above it but the whole."""
    while pointer:
        yield pointer
        pointer = pointer.rpartition("/")[0]


def _is_near(place: Place | None, origin: str) -> bool:
    """Whether a place is a keyword of a schema, or a value that is listed there."""
    if place is None:
        return False
    pointer = canonical(place.pointer)
    tail = pointer.removeprefix(f"{origin}/")
    return tail.count("/") <= 1 and not pointer.startswith(f"{origin}/properties")


def _operation(origin: str) -> str:
    """What the operation at a place is called; "" where it is none."""
    tokens = origin.split("/")
    if tokens[1:2] != ["paths"] or len(tokens) < 4:  # noqa: PLR2004 -- "", paths, the path, the method
        return ""
    return f"{tokens[3].upper()} {unescape(tokens[2])}"


def _rank(finding: Finding) -> int:
    return LEVELS.index(finding.wire) if finding.wire is not None else len(LEVELS)


def _with(finding: Finding, changes: Sequence[PythonChange]) -> Finding:
    """A finding with the changes that come from it."""
    symbols = [change.symbol for change in changes if change.symbol.startswith("models.")]
    models = {symbol.split(".")[1].partition("[")[0] for symbol in symbols}
    made = replace(
        finding,
        python=gravest(change.level for change in changes),
        python_changes=tuple(changes),
        types=tuple(sorted({*finding.types, *models})),
    )
    return replace(made, why=why(made, changes))


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
        made = _finding(first, members, origins.place(first))
        told = [made.id, made.subject, *(f"{each.id} {each.old} {each.new}" for each in members)]
        yield replace(made, fingerprint=fingerprint(told, taken))


def _finding(first: PythonChange, members: Sequence[PythonChange], at: Place | None) -> Finding:
    """What is told of some changes, the gravest of which is `first`."""
    rule = PYTHON[first.id]
    told = first.old and first.new and first.level != "doc"
    was = f": `{first.new}` instead of `{first.old}`" if told else ""
    is_client = first.symbol.startswith("Client")
    return Finding(
        id=first.id,
        wire=None,
        python=first.level,
        message=f"`{first.symbol}`: {rule.purpose.rstrip('.')}{was}",
        subject=first.symbol,
        group=re.split(r"[(\[]", first.symbol)[0] if is_client else _owner(first.symbol),
        hint=rule.hint if first.level in ("breaking", "warning") else "",
        old=at if first.in_old else None,
        new=None if first.in_old else at,
        python_changes=tuple(members),
        why="Nothing changes on the wire." if first.level != "doc" else "",
    )
