"""`oneOf` and `anyOf`, and the discriminator that tells their members apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from specwright.document.tree import Map
from specwright.plan.keywords import ANNOTATIONS, demanded_types, listed
from specwright.review.wire.comparison import key, shown, where
from specwright.review.wire.values import types_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from specwright.plan.keywords import Node as SchemaNode
    from specwright.plan.keywords import Schema
    from specwright.plan.views import Views
    from specwright.review.wire.comparison import Comparison
    from specwright.review.wire.graph import Node

_KEYWORDS: Final = ("oneOf", "anyOf")
_CLASH: Final = "nothing tells it from the others: what fits several of them is refused"
_READ: Final = "readers of our client keep a member that they do not know as it came"


class Choices:
    """Compares what two merged schemas may be by a choice."""

    def __init__(self, comparison: Comparison, node: Node, old: Schema, new: Schema) -> None:
        self.comparison = comparison
        self.node = node
        self.old = old
        self.new = new

    def compare(self) -> bool:
        """Notes what differs; whether that is all that there is to say of the two schemas."""
        old = self._members(self.comparison.before, self.node.old, self.old)
        new = self._members(self.comparison.after, self.node.new, self.new)
        self._discriminator()
        if old is None and new is None:
            self._narrowing()
            return False
        if old is None or new is None:
            self._wrapped(old, new)
            return True
        self._keyword()
        self._pair(list(old), list(new))
        return False

    def _members(self, views: Views, node: SchemaNode, merged: Schema) -> Sequence[SchemaNode] | None:
        """The members of a choice of shapes, but null; None where there is none, or it only narrows what stands beside it."""
        if not views.alternatives(node):
            return None
        for keyword in _KEYWORDS:
            if keyword in merged:
                return [member for member in merged[keyword] if not _is_null(views, member)]
        return None

    # --- members ---

    def _pair(self, old: list[SchemaNode], new: list[SchemaNode]) -> None:
        """Leads on to the members that both have, and notes those that came and went."""
        twins = list(self._twins(old, new))
        for before, after in twins:
            self.comparison.schema(self.node, before, after, words=self._word(self.comparison.after, after))
        gone = [member for member in old if not any(member is before for before, _ in twins)]
        come = [member for member in new if not any(member is after for _, after in twins)]
        self._changed(gone, come, old)

    def _changed(self, gone: list[SchemaNode], come: list[SchemaNode], old: list[SchemaNode]) -> None:
        known = [self._types(self.comparison.before, member) for member in old]
        for member in come:
            types = self._types(self.comparison.after, member)
            kept = (
                bool(types)
                and all(types & each for each in known if each)
                and types <= frozenset().union(*known)
            )
            keyword = "oneOf" if "oneOf" in self.new else "anyOf"
            clash = keyword == "oneOf" and self._clashes(member)
            self.node.edit(
                "one-of-added" if keyword == "oneOf" else "any-of-added",
                old=where(self.comparison.old, self.node.old, keyword),
                new=self._at(member, keyword, old=False),
                name=self._named(self.comparison.after, member),
                inward="warning" if clash else None,
                outward="warning" if kept else None,
                guard=_CLASH if clash else _READ if kept else "",
                values=(None, member),
            )
        for member in gone:
            keyword = "oneOf" if "oneOf" in self.old else "anyOf"
            self.node.edit(
                "one-of-removed" if keyword == "oneOf" else "any-of-removed",
                old=self._at(member, keyword, old=True),
                new=where(self.comparison.new, self.node.new, keyword),
                name=self._named(self.comparison.before, member),
                values=(member, None),
            )

    def _clashes(self, member: SchemaNode) -> bool:
        """Whether values of a new member may be values of another one, too: `oneOf` then refuses them."""
        if "discriminator" in self.new:
            return False
        views = self.comparison.after
        types, tag = self._types(views, member), self._tag(views, member)
        others = [other for other in self.new.get("oneOf", ()) if other is not member]
        return any(
            self._types(views, other) & types and not (tag and self._tag(views, other) not in ("", tag))
            for other in others
        )

    def _twins(self, old: list[SchemaNode], new: list[SchemaNode]) -> Iterator[tuple[SchemaNode, SchemaNode]]:
        """Members of both sides that are the same one: of one name, or equal, or else the only ones of their kind."""
        left, right = list(old), list(new)
        for tell in (self._name, self._text, self._tag, self._title, self._kind):
            befores: dict[str, list[SchemaNode]] = {}
            afters: dict[str, list[SchemaNode]] = {}
            for member in left:
                befores.setdefault(tell(self.comparison.before, member), []).append(member)
            for member in right:
                afters.setdefault(tell(self.comparison.after, member), []).append(member)
            for told, members in befores.items():
                others = afters.get(told, [])
                if told and len(members) == len(others) == 1:
                    yield members[0], others[0]
                    left = [member for member in left if member is not members[0]]
                    right = [member for member in right if member is not others[0]]

    def _name(self, _views: Views, member: SchemaNode) -> str:
        return str(member.get("$ref", "")) if not isinstance(member, bool) else ""

    def _text(self, views: Views, member: SchemaNode) -> str:
        return key({word: value for word, value in views.merged(member).items() if word not in ANNOTATIONS})

    def _tag(self, views: Views, member: SchemaNode) -> str:
        """The properties for which a member lists values of its own."""
        properties = views.merged(member).get("properties", {})
        tags = {
            wire: values
            for wire, node in properties.items()
            if len(values := listed(views.merged(node))) == 1
        }
        return key(tags) if tags else ""

    def _title(self, views: Views, member: SchemaNode) -> str:
        return str(views.merged(member).get("title", ""))

    def _kind(self, views: Views, member: SchemaNode) -> str:
        """The type of a member; of objects, those with properties in common are found by what is left."""
        return " ".join(sorted(demanded_types(views.merged(member))))

    def _wrapped(self, old: Sequence[SchemaNode] | None, new: Sequence[SchemaNode] | None) -> None:
        """One schema became a choice, or a choice one schema."""
        if old is None:
            twin = self._closest(self.comparison.before, self.node.old, self.comparison.after, new or ())
            if twin is not None:
                self.comparison.schema(self.node, self.node.old, twin, words=self.node.words, kind="core")
            self._changed(
                [] if twin is not None else [self.node.old],
                [member for member in new or () if member is not twin],
                [self.node.old],
            )
            return
        twin = self._closest(self.comparison.after, self.node.new, self.comparison.before, old)
        if twin is not None:
            self.comparison.schema(self.node, twin, self.node.new, words=self.node.words, kind="core")
        self._changed(
            [member for member in old if member is not twin],
            [] if twin is not None else [self.node.new],
            list(old),
        )

    def _closest(
        self, views: Views, single: SchemaNode, others: Views, members: Sequence[SchemaNode]
    ) -> SchemaNode | None:
        """The member of a choice that a single schema became, or was: equal, or of its type and most like it."""
        types = self._types(views, single)
        properties = views.merged(single).get("properties", {}).keys()
        text = self._text(views, single)
        best: tuple[tuple[bool, float], SchemaNode] | None = None
        for member in members:
            if self._types(others, member) != types:
                continue
            shared = others.merged(member).get("properties", {}).keys()
            union = len(properties | shared)
            score = (self._text(others, member) == text, len(properties & shared) / union if union else 1.0)
            if best is None or score > best[0]:
                best = (score, member)
        if best is None or (not best[0][0] and best[0][1] == 0.0):
            return None
        return best[1]

    # --- the choice itself ---

    def _keyword(self) -> None:
        was, is_ = ("oneOf" if "oneOf" in schema else "anyOf" for schema in (self.old, self.new))
        if was == is_:
            return
        self.node.edit(
            "choice-widened" if is_ == "anyOf" else "choice-narrowed",
            old=where(self.comparison.old, self.node.old, was),
            new=where(self.comparison.new, self.node.new, is_),
            values=(was, is_),
        )

    def _narrowing(self) -> None:
        """A choice that only narrows what stands beside it."""
        for keyword in _KEYWORDS:
            old, new = self.old.get(keyword), self.new.get(keyword)
            if old is None and new is None:
                continue
            at = {
                "old": where(self.comparison.old, self.node.old, keyword),
                "new": where(self.comparison.new, self.node.new, keyword),
                "values": (old, new),
            }
            if old is None or new is None:
                self.node.edit("condition-added" if old is None else "condition-removed", **at, name=keyword)
            elif {key(member) for member in old} != {key(member) for member in new}:
                self.node.edit("condition-changed", **at, name=keyword)

    def _discriminator(self) -> None:
        old, new = self.old.get("discriminator"), self.new.get("discriminator")
        if old is None and new is None:
            return
        at: dict[str, Any] = {
            "old": where(self.comparison.old, self.node.old, "discriminator"),
            "new": where(self.comparison.new, self.node.new, "discriminator"),
        }
        if old is None or new is None:
            said = {
                "before": shown((old or {}).get("propertyName")),
                "after": shown((new or {}).get("propertyName")),
            }
            self.node.edit("discriminator-added" if old is None else "discriminator-removed", **at, **said)
            return
        if old["propertyName"] != new["propertyName"]:
            said = {"before": shown(old["propertyName"]), "after": shown(new["propertyName"])}
            self.node.edit(
                "discriminator-property-changed",
                **at,
                **said,
                values=(old["propertyName"], new["propertyName"]),
            )
        before, after = _mapping(old), _mapping(new)
        names = {
            _last(member["$ref"])
            for schema in (self.old, self.new)
            for keyword in _KEYWORDS
            for member in schema.get(keyword, ())
            if not isinstance(member, bool) and "$ref" in member
        }
        for value in dict.fromkeys([*before, *after]):
            # Without a mapping, the name of a schema stands for it (OpenAPI 3.2, section 4.25.3).
            one, other = (
                before.get(value, value if value in names else None),
                after.get(value, value if value in names else None),
            )
            if one == other:
                continue
            rule = "added" if one is None else "removed" if other is None else "changed"
            said = {"name": shown(value), "before": shown(one), "after": shown(other)}
            self.node.edit(f"discriminator-mapping-{rule}", **at, **said, values=(value, other))

    # --- names ---

    def _types(self, views: Views, member: SchemaNode) -> frozenset[str]:
        merged = views.merged(member)
        return types_of(merged) or frozenset(demanded_types(merged)) - {"null"}

    def _word(self, views: Views, member: SchemaNode) -> str:
        return self._named(views, member).strip("`")

    def _named(self, views: Views, member: SchemaNode) -> str:
        if not isinstance(member, bool) and "$ref" in member:
            return shown(_last(member["$ref"]))
        merged = views.merged(member)
        if isinstance(merged.get("title"), str):
            return shown(merged["title"])
        kinds = " or ".join(shown(kind) for kind in sorted(self._types(views, member))) or "any value"
        properties = list(merged.get("properties", ()))
        return f"{kinds} with {', '.join(map(shown, properties[:4]))}" if properties else kinds

    def _at(self, member: SchemaNode, keyword: str, *, old: bool) -> Any:
        document, schema = (
            (self.comparison.old, self.node.old) if old else (self.comparison.new, self.node.new)
        )
        return (member, None) if isinstance(member, Map) else where(document, schema, keyword)


def _is_null(views: Views, node: SchemaNode) -> bool:
    merged = views.merged(node)
    return merged.get("type") in ("null", ["null"]) or merged.get("enum") == [None]


def _mapping(discriminator: Mapping[str, Any]) -> dict[str, str]:
    return {value: _last(target) for value, target in discriminator.get("mapping", {}).items()}


def _last(reference: str) -> str:
    return reference.rpartition("/")[2]
