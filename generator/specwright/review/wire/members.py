"""What tells the members of a choice from one another, and what they are called."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from specwright.plan.keywords import ANNOTATIONS, demanded_types, listed
from specwright.review.wire.comparison import key, shown
from specwright.review.wire.types import types_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from specwright.plan.keywords import Node as SchemaNode
    from specwright.plan.keywords import Schema
    from specwright.plan.views import Views

KEYWORDS: Final = ("oneOf", "anyOf")
_ANNOTATING: Final = frozenset({"contentEncoding", "contentMediaType", "contentSchema"})
"""Keywords that say what a text holds, and demand nothing of it (JSON Schema Validation 2020-12, section 8)."""


class Members:
    """Members of choices of one document."""

    def __init__(self, views: Views) -> None:
        self._views = views

    def of(self, node: SchemaNode, merged: Schema) -> list[SchemaNode] | None:
        """The members of a choice of shapes, but null; None where there is none, or it only narrows what stands beside it."""
        if not self._views.alternatives(node):
            return None
        for keyword in KEYWORDS:
            if keyword in merged:
                return [member for member in merged[keyword] if not _is_null(self._views, member)]
        return None

    def name(self, member: SchemaNode) -> str:
        """The `$ref` that it is."""
        return str(member.get("$ref", "")) if not isinstance(member, bool) else ""

    def text(self, member: SchemaNode) -> str:
        """All that it demands."""
        merged = self._views.merged(member)
        return key({word: value for word, value in merged.items() if word not in ANNOTATIONS | _ANNOTATING})

    def distinct(self, members: Sequence[SchemaNode]) -> list[SchemaNode]:
        """The members, of those without a name that demand the same the first alone."""
        found: dict[str, SchemaNode] = {}
        for member in members:
            found.setdefault(self.name(member) or self.text(member), member)
        return list(found.values())

    def tag(self, member: SchemaNode) -> str:
        """The properties for which it lists one value."""
        properties = self._views.merged(member).get("properties", {})
        values = {wire: listed(self._views.merged(node)) for wire, node in properties.items()}
        tags = {wire: said for wire, said in values.items() if len(said) == 1}
        return key(tags) if tags else ""

    def title(self, member: SchemaNode) -> str:
        """Its title."""
        return str(self._views.merged(member).get("title", ""))

    def kind(self, member: SchemaNode) -> str:
        """Its types, as a text."""
        return " ".join(sorted(demanded_types(self._views.merged(member))))

    def types(self, member: SchemaNode) -> frozenset[str]:
        """The JSON types that it allows, but null."""
        merged = self._views.merged(member)
        return types_of(merged) or frozenset(demanded_types(merged)) - {"null"}

    def properties(self, member: SchemaNode) -> frozenset[str]:
        """The names of its properties."""
        return frozenset(self._views.merged(member).get("properties", ()))

    def named(self, member: SchemaNode) -> str:
        """What a message calls it."""
        if not isinstance(member, bool) and "$ref" in member:
            return shown(last(member["$ref"]))
        merged = self._views.merged(member)
        if isinstance(merged.get("title"), str):
            return shown(merged["title"])
        kinds = " or ".join(shown(kind) for kind in sorted(self.types(member))) or "any value"
        properties = list(merged.get("properties", ()))
        return f"{kinds} with {', '.join(map(shown, properties[:4]))}" if properties else kinds


def _is_null(views: Views, member: SchemaNode) -> bool:
    merged = views.merged(member)
    return merged.get("type") in ("null", ["null"]) or merged.get("enum") == [None]


def last(reference: str) -> str:
    """The name that a reference ends with."""
    return reference.rpartition("/")[2]


def twins(
    before: Members, old: Sequence[SchemaNode], after: Members, new: Sequence[SchemaNode]
) -> Iterator[tuple[SchemaNode, SchemaNode]]:
    """Members of both sides that are the same one: of one name, or equal, or else the only ones of their kind."""
    left, right = list(old), list(new)
    for tell in (Members.name, Members.text, Members.tag, Members.title, Members.kind):
        befores: dict[str, list[SchemaNode]] = {}
        afters: dict[str, list[SchemaNode]] = {}
        for member in left:
            befores.setdefault(tell(before, member), []).append(member)
        for member in right:
            afters.setdefault(tell(after, member), []).append(member)
        for told, members in befores.items():
            others = afters.get(told, [])
            if told and len(members) == len(others) == 1:
                yield members[0], others[0]
                left = [member for member in left if member is not members[0]]
                right = [member for member in right if member is not others[0]]


def closest(
    one: Members, single: SchemaNode, other: Members, members: Sequence[SchemaNode]
) -> SchemaNode | None:
    """The member of a choice that a single schema became, or was: equal, or of its type and most like it."""
    types, properties, text = one.types(single), one.properties(single), one.text(single)
    best: SchemaNode | None = None
    most = (False, 0.0)
    for member in members:
        if other.types(member) != types:
            continue
        theirs = other.properties(member)
        union = len(properties | theirs)
        likeness = len(properties & theirs) / union if union else 1.0
        score = (other.text(member) == text, likeness)
        if score > most:
            best, most = member, score
    return best
