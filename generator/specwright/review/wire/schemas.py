"""Two schemas, their `$ref`s followed and their `allOf`s merged: what one allows that the other does not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from specwright.document.tree import Map
from specwright.plan.keywords import ANNOTATIONS, ANYTHING, demands, is_nothing
from specwright.review.wire import lifecycle, words
from specwright.review.wire.choices import Choices
from specwright.review.wire.comparison import key, parts, shown, where
from specwright.review.wire.graph import Way
from specwright.review.wire.objects import Objects
from specwright.review.wire.sameness import alike
from specwright.review.wire.values import Values, types_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from specwright.plan.keywords import Node as SchemaNode
    from specwright.plan.keywords import Schema
    from specwright.plan.views import Views
    from specwright.review.wire.comparison import Comparison
    from specwright.review.wire.graph import At, Node

_MARKS: Final = (
    ("readOnly", "read-only-set", "read-only-unset"),
    ("writeOnly", "write-only-set", "write-only-unset"),
)
_TEXTS: Final = ("title", "description", "examples", "externalDocs")


def compare(comparison: Comparison, node: Node) -> None:
    """Notes what differs between the two schemas of a node, and leads on to those in them."""
    if node.kind != "core":
        _annotations(comparison, node)
    if node.kind == "use":
        return
    before, null = core(comparison.before, node.old)
    after, nullable = core(comparison.after, node.new)
    if node.kind != "core" and null != nullable:
        _null(comparison, node, before, after, added=nullable)
    if before is not node.old or after is not node.new:
        comparison.schema(node, before, after, kind="core", words=node.words, textual=node.textual)
        return
    old, new = comparison.before.merged(before), comparison.after.merged(after)
    if is_nothing(old) != is_nothing(new):
        said = {"before": _any(old), "after": _any(new)}
        node.edit(
            "type-widened" if is_nothing(old) else "type-narrowed",
            old=_at(node.old),
            new=_at(node.new),
            **said,
        )
        return
    if Choices(comparison, node, old, new).compare():
        return
    if Values(comparison, node, old, new).compare():
        Objects(comparison, node, old, new).compare()
        _Applied(comparison, node, old, new).compare()


def _any(schema: Schema) -> str:
    return "nothing" if is_nothing(schema) else "a value"


def _at(schema: Any) -> At:
    return (schema, None) if isinstance(schema, Map) else None


# --- null ---


def core(views: Views, schema: SchemaNode) -> tuple[Schema, bool]:
    """A schema without null, and whether null is one of its values: `anyOf: [X, {type: "null"}]` is X, or null."""
    schema = views.behind(schema)
    seen: set[int] = set()
    null = False
    while id(schema) not in seen:
        seen.add(id(schema))
        merged = views.merged(schema)
        keyword = next((word for word in ("oneOf", "anyOf") if word in merged), None)
        if keyword is None or demands(merged) - {keyword, "discriminator"}:
            break
        members = [member for member in merged[keyword] if not is_null(views, member)]
        null = null or len(members) < len(merged[keyword])
        if len(members) != 1:
            break
        schema = views.behind(members[0])
    return schema, null or _admits(views.merged(schema))


def _admits(merged: Schema) -> bool:
    types = merged.get("type")
    listed = merged.get("enum", [merged["const"]] if "const" in merged else None)
    if listed is not None:
        return None in listed and (types is None or types == "null" or "null" in types)
    return types is not None and (types == "null" or (not isinstance(types, str) and "null" in types))


def is_null(views: Views, node: SchemaNode) -> bool:
    """Whether a schema allows null and nothing else."""
    merged = views.merged(node)
    if "enum" in merged or "const" in merged:
        return merged.get("enum", [merged.get("const")]) == [None]
    return merged.get("type") in ("null", ["null"])


def _null(comparison: Comparison, node: Node, before: Schema, after: Schema, *, added: bool) -> None:
    old, new = comparison.before.merged(before), comparison.after.merged(after)
    if _takes_all(old) or _takes_all(new):
        return  # null is one of any values; that these are fewer, or more, is said
    node.edit(
        "nullable-added" if added else "nullable-removed",
        old=where(comparison.old, node.old, "type"),
        new=where(comparison.new, node.new, "type"),
    )


def _takes_all(merged: Schema) -> bool:
    return types_of(merged) is None and not merged.keys() & {"oneOf", "anyOf", "enum", "const"}


# --- words ---


def _annotations(comparison: Comparison, node: Node) -> None:
    """Notes what is said otherwise of the value of a schema: by itself, or else by what it stands for."""
    old, new = _Said(comparison, node, old=True), _Said(comparison, node, old=False)
    fields = [field for field in (*_TEXTS, *_extensions(old, new)) if _is_own(node, field)]
    for field in fields:
        if not alike(old.get(field), new.get(field)):
            if field.startswith("x-"):
                _word(node, "extension-changed", old, new, field, name=shown(field))
            else:
                _word(node, words.RULES[field], old, new, field)
    for field, was_set, unset in _MARKS:
        if _is_own(node, field):
            _mark(node, old, new, field, (was_set, unset))
    if _is_own(node, "xml") and not alike(old.get("xml"), new.get("xml")):
        said = {"before": shown(old.get("xml")), "after": shown(new.get("xml"))}
        node.edit(
            "xml-changed",
            old=old.at("xml"),
            new=new.at("xml"),
            **said,
            inward="warning",
            outward="warning",
            guard="only where XML is sent",
        )
    if _is_own(node, "default"):
        _default(node, old, new)
    if _is_own(node, "x-extensible-enum"):
        _extensible(node, old, new)
    if any(_is_own(node, field) for field in _LIFE):
        lifecycle.compare(node, old.lifecycle(), new.lifecycle())


_LIFE: Final = ("deprecated", lifecycle.SUNSET, lifecycle.STABILITY)


def _is_own(node: Node, field: str) -> bool:
    """Whether it is said where a schema stands, and not only by what it stands for, which is looked at there."""
    return node.kind != "use" or any(
        isinstance(side, dict) and field in side for side in (node.old, node.new)
    )


def _extensions(old: _Said, new: _Said) -> list[str]:
    return [
        field for field in dict.fromkeys([*old.extensions(), *new.extensions()]) if field not in words.OWN
    ]


class _Said:
    """What is said of a value where a schema stands, on one side."""

    def __init__(self, comparison: Comparison, node: Node, *, old: bool) -> None:
        self.views = comparison.before if old else comparison.after
        self.document = comparison.old if old else comparison.new
        self.node: SchemaNode = node.old if old else node.new
        self.raw: Mapping[str, Any] = self.node if isinstance(self.node, dict) else {}
        self.merged = self.views.merged(self.node)

    def get(self, field: str) -> Any:
        return self.raw.get(field, self.merged.get(field))

    def at(self, field: str) -> At:
        """Where it is said; None where it is not."""
        if field in self.raw and isinstance(self.raw, Map):
            return (self.raw, field)
        return where(self.document, self.node, field) if field in self.merged else None

    def extensions(self) -> list[str]:
        return [field for field in dict.fromkeys([*self.merged, *self.raw]) if field.startswith("x-")]

    def lifecycle(self) -> Map:
        said = {field: value for field in _LIFE if (value := self.get(field)) is not None}
        at = next(iter(parts(self.document, self.node)), None)
        made = Map(said)
        if at is not None:
            made.origin = at
            made.moved = {field: found for field in said if (found := self.at(field)) is not None}
        return made


def _word(node: Node, rule: str, old: _Said, new: _Said, field: str, **says: str) -> None:
    before, after = old.get(field), new.get(field)
    verb = "was added" if before is None else "was removed" if after is None else "changed"
    node.edit(rule, old=old.at(field), new=new.at(field), verb=verb, values=(before, after), **says)


def _mark(node: Node, old: _Said, new: _Said, field: str, rules: tuple[str, str]) -> None:
    before, after = old.views.marked(old.node, field), new.views.marked(new.node, field)
    if before != after:
        node.edit(rules[not after], old=old.at(field), new=new.at(field), values=(before, after))


def _default(node: Node, old: _Said, new: _Said) -> None:
    missing = object()
    before = old.raw.get("default", old.merged.get("default", missing))
    after = new.raw.get("default", new.merged.get("default", missing))
    if before is missing and after is missing:
        return
    if before is not missing and after is not missing and alike(before, after):
        return
    rule = (
        "default-added" if before is missing else "default-removed" if after is missing else "default-changed"
    )
    node.edit(
        rule,
        old=old.at("default"),
        new=new.at("default"),
        before="" if before is missing else shown(before),
        after="" if after is missing else shown(after),
        values=(None if before is missing else before, None if after is missing else after),
    )


def _extensible(node: Node, old: _Said, new: _Said) -> None:
    before, after = old.get("x-extensible-enum"), new.get("x-extensible-enum")
    if not isinstance(before, list) or not isinstance(after, list) or alike(before, after):
        return
    first, then = {key(value): value for value in before}, {key(value): value for value in after}
    for rule, values in (
        ("extensible-enum-value-added", [value for text, value in then.items() if text not in first]),
        ("extensible-enum-value-removed", [value for text, value in first.items() if text not in then]),
    ):
        if values:
            at = {"old": old.at("x-extensible-enum"), "new": new.at("x-extensible-enum")}
            node.edit(rule, **at, name=", ".join(map(shown, values)), values=(before, after))


# --- schemas that a schema applies ---


class _Applied:
    """Compares the keywords that hold schemas but those of objects and choices."""

    def __init__(self, comparison: Comparison, node: Node, old: Schema, new: Schema) -> None:
        self.comparison = comparison
        self.node = node
        self.old = old
        self.new = new

    def compare(self) -> None:
        """Notes what differs, and leads on to the schemas that both have."""
        for keyword in ("items", "propertyNames", "contentSchema", "unevaluatedItems"):
            if keyword in self.old or keyword in self.new:
                old, new = self.old.get(keyword, ANYTHING), self.new.get(keyword, ANYTHING)
                self.comparison.schema(self.node, old, new, words="[]" if keyword == "items" else keyword)
        self._first()
        self._contains()
        self._not()
        self._conditions()
        self._dependent()
        self._rest()

    def _first(self) -> None:
        old, new = self.old.get("prefixItems", ()), self.new.get("prefixItems", ())
        for number in range(max(len(old), len(new))):
            # What has no place of its own is one of the others.
            before = old[number] if number < len(old) else self.old.get("items", ANYTHING)
            after = new[number] if number < len(new) else self.new.get("items", ANYTHING)
            self.comparison.schema(self.node, before, after, words=f"[{number}]")

    def _contains(self) -> None:
        if "contains" in self.old and "contains" in self.new:
            unsure = (
                "maxContains" in self.old
                or "maxContains" in self.new
                or 0 in (self.old.get("minContains"), self.new.get("minContains"))
            )
            way = Way.UNSURE if unsure else Way.AS_IT_IS
            self.comparison.schema(
                self.node, self.old["contains"], self.new["contains"], way, words="contains"
            )
        else:
            self._condition("contains")

    def _not(self) -> None:
        if "not" in self.old and "not" in self.new:
            self.comparison.schema(self.node, self.old["not"], self.new["not"], Way.TURNED, words="not")
        elif "not" in self.old or "not" in self.new:
            self._edit("not-added" if "not" in self.new else "not-removed", "not")

    def _conditions(self) -> None:
        if "if" in self.old and "if" in self.new:
            self.comparison.schema(self.node, self.old["if"], self.new["if"], Way.UNSURE, words="if")
            for keyword in ("then", "else"):
                if keyword in self.old and keyword in self.new:
                    self.comparison.schema(self.node, self.old[keyword], self.new[keyword], words=keyword)
                else:
                    self._condition(keyword)
            return
        for keyword in ("if", "then", "else"):
            self._condition(keyword)

    def _dependent(self) -> None:
        old, new = (schema.get("dependentSchemas", {}) for schema in (self.old, self.new))
        for wire in dict.fromkeys([*old, *new]):
            if wire in old and wire in new:
                self.comparison.schema(self.node, old[wire], new[wire], words=f"with {wire}")
            else:
                self._edit(
                    "condition-added" if wire in new else "condition-removed", "dependentSchemas", wire
                )

    def _rest(self) -> None:
        """What of an `allOf` could not be merged."""
        old, new = (
            {
                key(_bare(member)): member
                for member in schema.get("allOf", ())
                if not isinstance(member, bool) and demands(member)
            }
            for schema in (self.old, self.new)
        )
        for rule, members, others in (("all-of-added", new, old), ("all-of-removed", old, new)):
            for text, member in members.items():
                if text not in others:
                    self._edit(rule, "allOf", name=shown(_bare(member)))

    def _condition(self, keyword: str) -> None:
        if (keyword in self.old) != (keyword in self.new):
            self._edit("condition-added" if keyword in self.new else "condition-removed", keyword)

    def _edit(self, rule: str, keyword: str, wire: str | None = None, name: str = "") -> None:
        self.node.edit(
            rule,
            old=where(self.comparison.old, self.node.old, keyword, wire),
            new=where(self.comparison.new, self.node.new, keyword, wire),
            name=name or (f"{keyword}: {wire}" if wire else keyword),
            values=(self.old.get(keyword), self.new.get(keyword)),
        )


def _bare(schema: Schema) -> dict[str, Any]:
    return {word: value for word, value in schema.items() if word not in ANNOTATIONS - {"$ref"}}
