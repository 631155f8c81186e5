"""Random edits of real documents: comparing must not fail, and what it says both ways must be about the same."""

from __future__ import annotations

import copy
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from specwright.config import Config
from specwright.document import Map, Seq, load
from specwright.problems import Refused
from specwright.review import wire
from specwright.review.linking import Namer, findings

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from specwright.document import Document
    from specwright.review.findings import Finding

PAIRED: Final[Mapping[str, str]] = {
    one: other
    for pair in (
        ("path-added", "path-removed"),
        ("operation-added", "operation-removed"),
        ("webhook-added", "webhook-removed"),
        ("callback-added", "callback-removed"),
        ("param-added-optional", "param-removed"),
        ("param-added-required", "param-removed"),
        ("param-required", "param-optional"),
        ("body-added-required", "body-removed"),
        ("body-added-optional", "body-removed"),
        ("body-required", "body-optional"),
        ("media-type-added", "media-type-removed"),
        ("status-added-success", "status-removed-success"),
        ("status-added-error", "status-removed-error"),
        ("status-added-error", "status-removed-success"),
        ("status-added-success", "status-removed-error"),
        ("header-added", "header-removed-optional"),
        ("header-added", "header-removed-required"),
        ("header-required", "header-optional"),
        ("security-required", "security-relaxed"),
        ("security-alternative-added", "security-alternative-removed"),
        ("security-scope-added", "security-scope-removed"),
        ("security-scheme-added", "security-scheme-removed"),
        ("oauth-scope-added", "oauth-scope-removed"),
        ("server-added", "server-removed"),
        ("deprecated-added", "deprecated-removed"),
        ("sunset-set", "sunset-deleted"),
        ("sunset-earlier", "sunset-later"),
        ("stability-lowered", "stability-raised"),
        ("type-widened", "type-narrowed"),
        ("format-added", "format-removed"),
        ("format-widened", "format-narrowed"),
        ("nullable-added", "nullable-removed"),
        ("enum-value-added", "enum-value-removed"),
        ("enum-closed", "enum-opened"),
        ("const-set", "const-unset"),
        ("const-set", "enum-opened"),
        ("enum-closed", "const-unset"),
        ("extensible-enum-value-added", "extensible-enum-value-removed"),
        ("default-added", "default-removed"),
        ("bound-tightened", "bound-loosened"),
        ("pattern-added", "pattern-removed"),
        ("property-added-optional", "property-removed"),
        ("property-added-required", "property-removed-required"),
        ("property-required", "property-optional"),
        ("read-only-set", "read-only-unset"),
        ("write-only-set", "write-only-unset"),
        ("additional-closed", "additional-opened"),
        ("pattern-property-added", "pattern-property-removed"),
        ("one-of-added", "one-of-removed"),
        ("any-of-added", "any-of-removed"),
        ("choice-widened", "choice-narrowed"),
        ("all-of-added", "all-of-removed"),
        ("condition-added", "condition-removed"),
        ("not-added", "not-removed"),
        ("dependent-added", "dependent-removed"),
        ("discriminator-added", "discriminator-removed"),
        ("discriminator-mapping-added", "discriminator-mapping-removed"),
        ("schema-added", "schema-removed"),
        ("component-added", "component-removed"),
    )
    for one, other in (pair, pair[::-1])
}
"""Rules that are each other's opposite. A rule that is not here is its own."""

_SEVERAL: Final[Mapping[str, frozenset[str]]] = {
    "param-removed": frozenset({"param-added-optional", "param-added-required"}),
    "body-removed": frozenset({"body-added-optional", "body-added-required"}),
    "header-added": frozenset({"header-removed-optional", "header-removed-required"}),
    "status-added-error": frozenset({"status-removed-error", "status-removed-success"}),
    "status-added-success": frozenset({"status-removed-error", "status-removed-success"}),
    "status-removed-error": frozenset({"status-added-error", "status-added-success"}),
    "status-removed-success": frozenset({"status-added-error", "status-added-success"}),
    "enum-opened": frozenset({"enum-closed", "const-set"}),
    "enum-closed": frozenset({"enum-opened", "const-unset"}),
    "const-set": frozenset({"const-unset", "enum-opened"}),
    "const-unset": frozenset({"const-set", "enum-closed"}),
    "sunset-deleted": frozenset({"sunset-set"}),
}
"""Rules that have several opposites."""


def opposites(rule: str) -> frozenset[str]:
    """The rules that a change may be told by where it is undone."""
    return _SEVERAL.get(rule, frozenset({PAIRED.get(rule, rule)}))


@dataclass(frozen=True)
class Edit:
    """One edit of a document: where, and what."""

    pointer: str
    what: str


def plain(value: Any) -> Any:
    """A document as decoded JSON."""
    if isinstance(value, Map | dict):
        return {key: plain(inner) for key, inner in value.items()}
    return [plain(inner) for inner in value] if isinstance(value, Seq | list) else value


def edited(document: Any, chance: random.Random) -> tuple[Any, Edit] | None:
    """The document with one random edit; the original is shared where nothing changed. None where it could not be made."""
    path = _somewhere(document, chance)
    holder, key = path[-1]
    made, what = _change(holder, key, chance)
    if made is None:
        return None
    for above, at in reversed(path[:-1]):
        copied = copy.copy(above)
        copied[at] = made
        made = copied
    return made, Edit("/".join(str(at) for _, at in path), what)


def _somewhere(document: Any, chance: random.Random) -> list[tuple[Any, Any]]:
    """A way down into the document; deep places are as likely as shallow ones."""
    path: list[tuple[Any, Any]] = []
    node = document
    while True:
        keys = [
            key
            for key in (node if isinstance(node, dict) else range(len(node)))
            if not (isinstance(key, str) and key in {"openapi", "swagger"} and node is document)
        ]
        if not keys:
            return path
        key = chance.choice(keys)
        if node is document:
            key = chance.choice(
                [name for name in ("paths", "components", "definitions") if name in node] or keys
            )
        path.append((node, key))
        below = node[key]
        if not isinstance(below, dict | list) or not below or (len(path) > 3 and chance.random() < 0.12):  # noqa: PLR2004
            return path
        node = below


_TYPES: Final = ("string", "integer", "number", "boolean", "object", "array", "null")


def _change(holder: Any, key: Any, chance: random.Random) -> tuple[Any, str]:
    """What holds a value, with another one in its place, or none, or one more beside it."""
    value = holder[key]
    made = copy.copy(holder)
    roll = chance.random()
    if roll < 0.35:  # noqa: PLR2004 -- a third of the time it goes
        del made[key]
        return made, "removed"
    if isinstance(value, bool):
        made[key] = not value
    elif isinstance(value, int | float):
        made[key] = value + chance.choice((-1, 1, 10))
    elif isinstance(value, str):
        made[key] = (
            chance.choice(_TYPES) if key == "type" else value + "x" if not value.startswith("#/") else value
        )
        if key in {"$ref", "in", "style"}:
            return None, ""
    elif isinstance(value, list):
        made[key] = chance.sample(value, len(value)) if chance.random() < 0.3 else [*value, *value[:1]]  # noqa: PLR2004
    elif isinstance(value, dict):
        names = list(value)
        if not names:
            return None, ""
        name = chance.choice(names)
        copied = {other: inner for other, inner in value.items() if other != name}
        made[key] = copied | ({f"{name}x": value[name]} if chance.random() < 0.5 else {})  # noqa: PLR2004
    else:
        made[key] = "x"
    return made, "changed"


def read(content: Any, path: Path) -> Document | None:
    """A document from decoded JSON; None where it is refused."""
    try:
        return load(json.dumps(content).encode(), Config(spec=path, root=path.parent))
    except Refused:
        return None


def said(old: Document, new: Document) -> list[Finding]:
    """What is said of a change on the wire."""
    return findings(wire.compare(old, new), Namer(old, new), types={})


def faults(old: Document, new: Document) -> Iterator[str]:
    """What must not be: something said of a document and itself, or said one way and not the other."""
    if silent := said(new, new):
        yield f"of a document and itself: {silent[0].id}: {silent[0].message}"
    there, back = said(old, new), said(new, old)
    for told, others, way in ((there, back, "there"), (back, there, "back")):
        for finding in told:
            wanted = opposites(finding.id)
            if not any(other.id in wanted and _same(finding, other) for other in others):
                yield f"only {way}: {finding.id}: {finding.message}"


def _same(one: Finding, other: Finding) -> bool:
    """Whether two findings are about the same: of one group, or where one is in the other's place."""
    return one.group == other.group or {one.group, one.subject} & {other.group, other.subject} != set()
