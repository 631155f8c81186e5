"""What a review says: findings, one for each change, and the verdict over all of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from specwright.plan.ir import Json
    from specwright.problems import Place, Problem

Level = Literal["breaking", "warning", "compatible", "doc"]
"""How much a change asks of who is on the other side; `doc` changes nothing but words."""

LEVELS: Final[tuple[Level, ...]] = ("breaking", "warning", "compatible", "doc")
"""From the gravest on."""

Axis = Literal["wire", "python"]
"""What a change is held against: what goes over the wire, or the code that calls the generated package."""

AXES: Final[tuple[Axis, ...]] = ("wire", "python")

Direction = Literal["in", "out"]
"""`in` is what clients send and the server reads, `out` what the server sends: its answers, and webhooks."""

Effect = Literal["narrows", "widens", "swaps", "none", "unknown"]
"""What a change makes of the values that are allowed: fewer, more, others, the same; or nobody can tell."""

Break = Literal["import", "call", "attribute", "type check", "decode", "match"]
"""What of a caller's code stops working: at run time, or (`type check`, `match`) before it is run."""


@dataclass(frozen=True, slots=True)
class PythonChange:
    """One change of the generated package's public API."""

    id: str
    """A rule of `review.python.rules`, such as `py-field-removed`."""
    symbol: str
    """As code names it, without the package: `models.Settings.dataset_id`, `Client.finetuning.update_finetuned_model(name=)`."""
    level: Level
    old: str | None
    """How it was written: a signature, an annotation, a class's first line; None where it was not there."""
    new: str | None
    breaks: tuple[Break, ...] = ()
    origin: str = ""
    """The place in the document of what it was made from, a JSON Pointer behind `#`: that of the schema or operation."""
    member: str = ""
    """Of a field, key, argument or enum member: its name on the wire; "" for the whole."""
    in_old: bool = True
    """Whether `origin` is a place in the old document; else it is one in the new."""
    note: str = ""
    """What is worth saying besides: that it is only read, or only when it is given by position."""


@dataclass(frozen=True, slots=True)
class Witness:
    """A request or an answer that one revision allows and the other does not."""

    kind: Literal["request", "answer"]
    value: Json
    """The body, or the value of the parameter."""
    valid_in: Literal["old", "new"]
    issue: str
    """What the other revision's validator says of it."""
    pointer: str = ""
    """Where in the value: a JSON Pointer."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One change, on both axes."""

    id: str
    """A rule of `review.rules`, or, where nothing changes on the wire, of `review.python.rules`."""
    wire: Level | None
    python: Level | None
    message: str
    """One line that names what changed, where, and from what to what."""
    subject: str
    """What changed, as people name it: `Settings.dataset_id`, `PATCH /v1/…`, `query parameter limit`."""
    group: str
    """What findings are folded by: the schema or the operation that the subject belongs to."""
    hint: str = ""
    """What to do about it."""
    effect: Effect = "none"
    directions: tuple[Direction, ...] = ()
    old: Place | None = None
    """Where it stood; where it was added, None."""
    new: Place | None = None
    """Where it stands; where it was removed, None."""
    parent: Place | None = None
    """Of what was removed: where in the new document what held it stands."""
    repeated: tuple[Place, ...] = ()
    """Further places where the same is written out again, in the new document or else in the old."""
    operations: tuple[str, ...] = ()
    """The operations that it reaches, such as `PATCH /v1/finetuning/finetuned-models/{id}`, in the order of the document."""
    types: tuple[str, ...] = ()
    """The public types that it reaches, sorted."""
    guards: tuple[str, ...] = ()
    """Why the level is another one than the law's: `readOnly: clients never send it`."""
    why: str = ""
    """Where the two axes differ: why."""
    evidence: str = ""
    """Of something renamed or moved: what tells that it is the same."""
    python_changes: tuple[PythonChange, ...] = ()
    witness: Witness | None = None
    fingerprint: str = ""
    """Sixteen hexadecimal digits: the same for the same change of the same subject, wherever in the file it stands."""
    accepted: str = ""
    """The reason for which it was accepted; "" where it was not. What is accepted does not count."""
    wire_name: str = ""
    """Of a property, parameter or header: its name on the wire."""
    muted: bool = False
    """Whether it does not count, since what it is about is below the stability that is gated on."""

    @property
    def counts(self) -> bool:
        """Whether the verdict is made of it, too."""
        return not self.accepted and not self.muted

    def level(self, gate: Iterable[Axis] = AXES) -> Level | None:
        """The graver level of the axes that are gated on; None where neither has anything to say."""
        said: dict[Axis, Level | None] = {"wire": self.wire, "python": self.python}
        return gravest(said[axis] for axis in gate)


def gravest(levels: Iterable[Level | None]) -> Level | None:
    """The gravest of some levels; None where there is none."""
    found = {level for level in levels if level is not None}
    return next((level for level in LEVELS if level in found), None)


@dataclass(frozen=True, slots=True)
class Lines:
    """A file of both revisions, whole; "" where it is not in one of them."""

    path: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Snippet:
    """A call, or another use of the package, as it was and as it has to be."""

    title: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class CallerPlace:
    """A place in the user's own code that a change touches."""

    file: str
    """Its path, with the folder that was asked for in front as it was given."""
    line: int
    column: int
    text: str
    """The line."""
    symbol: str
    """The changed symbol that it uses."""
    change: str
    """The id of that change."""
    level: Level
    sure: bool
    """Whether the type of what it is used on is known; else only its name is the same."""
    fingerprint: str = ""
    """The finding's."""


@dataclass(frozen=True, slots=True)
class UnusedAccept:
    """An entry of the accept list that met no finding, or whose time is over."""

    entry: str
    """How it is written: a fingerprint, or a rule and a glob."""
    reason: str
    why: Literal["unused", "expired"]
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Review:
    """What a change of one document means."""

    name: str
    """What the document is called: its path, or its name in the configuration."""
    title: str
    """The API's own title."""
    old_label: str
    """What was compared with what, as the user named it: `main:spec/pets.yaml`."""
    new_label: str
    level: Level | None
    """The gravest level of what counts, over the axes that are gated on; None where nothing changed."""
    findings: tuple[Finding, ...]
    """Gravest first, then by group and by place; what is accepted or muted is among them."""
    gate: tuple[Axis, ...]
    old_version: str
    """`info.version`."""
    new_version: str
    version: str
    """The version of the package that semantic versioning asks for (semver 2.0.0, sections 4 and 6 to 8)."""
    documentation_only: bool
    """Whether it was checked that nothing changed but words: no finding but of level `doc` on either axis."""
    changelog: str
    """An entry for a changelog, as Markdown."""
    snippets: tuple[Snippet, ...] = ()
    callers: tuple[CallerPlace, ...] = ()
    unused_accepts: tuple[UnusedAccept, ...] = ()
    problems: tuple[Problem, ...] = ()
    """Of the new document."""
    document_lines: tuple[Lines, ...] = ()
    """The files of the document that differ; only where a report asks for them."""
    code_lines: tuple[Lines, ...] = ()
    """The generated files that differ; only where a report asks for them."""
    counts: Mapping[str, Mapping[Level, int]] = field(default_factory=dict[str, "Mapping[Level, int]"])
    """By axis, and by `overall`: how many findings that count have each level, but for those of the document's version."""
    callers_asked: bool = False
    """Whether code was looked at for `callers`."""
    callers_unsought: str = ""
    """Why no code was looked at, though that was asked for."""
    unread: tuple[Problem, ...] = ()
    """Of the code that was looked at: the files that could not be read."""
