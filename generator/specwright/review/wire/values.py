"""Keywords that speak of a value by itself: its type, what it may be, and its bounds."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from specwright.plan.keywords import demanded_types, json_type, listed_types
from specwright.review.wire.comparison import key, listed, shown, where
from specwright.review.wire.renames import alike_names
from specwright.review.wire.sameness import alike

if TYPE_CHECKING:
    from collections.abc import Mapping

    from specwright.plan.keywords import Schema
    from specwright.review.findings import Level
    from specwright.review.wire.comparison import Comparison
    from specwright.review.wire.graph import Node

_ALL: Final = frozenset({"array", "boolean", "integer", "number", "object", "string"})
_SCALARS: Final = frozenset({"boolean", "integer", "number", "string"})
_WIDER: Final = frozenset({("int32", "int64"), ("float", "double"), ("int32", "double")})
"""Formats of which the second holds all that the first does."""
_UNSAID: Final = frozenset({"password"})
"""Formats that say nothing of values."""


@dataclass(frozen=True, slots=True)
class Bound:
    """A keyword that bounds values of some types; `floor` is what it says where it is not written."""

    keyword: str
    types: frozenset[str]
    least: bool
    floor: int | None = None


_STRING, _ARRAY, _OBJECT = frozenset({"string"}), frozenset({"array"}), frozenset({"object"})
_NUMBER: Final = frozenset({"integer", "number"})
BOUNDS: Final = (
    Bound("minLength", _STRING, least=True, floor=0),
    Bound("maxLength", _STRING, least=False),
    Bound("minItems", _ARRAY, least=True, floor=0),
    Bound("maxItems", _ARRAY, least=False),
    Bound("minProperties", _OBJECT, least=True, floor=0),
    Bound("maxProperties", _OBJECT, least=False),
    Bound("minContains", _ARRAY, least=True, floor=1),
    Bound("maxContains", _ARRAY, least=False),
)


class Values:
    """Compares what two merged schemas say of a value by itself."""

    def __init__(self, comparison: Comparison, node: Node, old: Schema, new: Schema) -> None:
        self.comparison = comparison
        self.node = node
        self.old = old
        self.new = new
        self.types: frozenset[str] = _ALL
        """The JSON types that both may have."""

    def compare(self) -> bool:
        """Notes what differs; whether there is a type that both may have, so that looking further makes sense."""
        if not self._types():
            return False
        self._enum()
        self._format()
        self._content()
        if "string" in self.types:
            self._pattern()
        for bound in BOUNDS:
            self._bound(bound)
        self._numbers("minimum", "exclusiveMinimum", least=True)
        self._numbers("maximum", "exclusiveMaximum", least=False)
        if _NUMBER & self.types:
            self._multiple()
        if "array" in self.types:
            self._unique()
        return True

    def edit(
        self,
        rule: str,
        keyword: str,
        levels: tuple[Level | None, Level | None] = (None, None),
        guard: str = "",
        **says: str,
    ) -> None:
        """Notes a change of a keyword; `levels` are those of clients and of servers, where a guard speaks."""
        node = self.node
        names = {"old": "before", "new": "after"}
        said = {names.get(name, name): value for name, value in says.items()}
        values = (self.old.get(keyword), self.new.get(keyword))
        node.edit(
            rule,
            old=where(self.comparison.old, node.old, keyword),
            new=where(self.comparison.new, node.new, keyword),
            values=values,
            guard=guard,
            inward=levels[0],
            outward=levels[1],
            **said,
        )

    # --- types ---

    def _types(self) -> bool:
        old, new = types_of(self.old), types_of(self.new)
        before, after = old or _ALL, new or _ALL
        self.types = _closed(before) & _closed(after)
        if _closed(before) == _closed(after):
            return True
        said = {"old": _named(old), "new": _named(new)}
        texts = [schema for schema, types in ((self.old, before), (self.new, after)) if "string" in types]
        free = texts and not any(schema.keys() & {"format", "pattern", "enum", "const"} for schema in texts)
        if self.node.textual and before <= _SCALARS and after <= _SCALARS and free:
            # What is written as text is text, whatever it is read as.
            self.edit("type-widened" if "string" in after else "type-narrowed", "type", **said)
            self.types = frozenset({"string"})
            return "string" in before & after
        rule = (
            "type-widened"
            if _closed(before) < _closed(after)
            else "type-narrowed"
            if _closed(after) < _closed(before)
            else "type-changed"
        )
        meant = (_meant(self.old) if old is None else old) == (_meant(self.new) if new is None else new)
        if meant:
            self.edit(rule, "type", **said, guard=_MEANT, levels=("warning", "warning"))
        else:
            self.edit(rule, "type", **said)
        return bool(self.types)

    # --- values ---

    def _enum(self) -> None:
        old, new = values_of(self.old), values_of(self.new)
        if old is None and new is None:
            return
        keyword = "const" if "const" in self.old or "const" in self.new else "enum"
        if old is None or new is None:
            constant = "const" in (self.new if old is None else self.old)
            rule = ("const-set", "const-unset") if constant else ("enum-closed", "enum-opened")
            values = listed(list((new if old is None else old or {}).values()))
            self.edit(rule[new is None], keyword, old=values, new=values)
            return
        gone = [value for text, value in old.items() if text not in new]
        come = [value for text, value in new.items() if text not in old]
        if not gone and not come:
            return
        if len(old) == len(new) == len(gone) == 1:
            self.edit("const-changed", keyword, old=shown(gone[0]), new=shown(come[0]))
            return
        renamed: list[tuple[Any, Any]] = []
        for before in list(gone):
            twin = next((after for after in come if alike_names(before, after)), None)
            if twin is not None:
                gone.remove(before)
                come.remove(twin)
                renamed.append((before, twin))
        if renamed:
            evidence = "they differ in case and separators only"
            befores, afters = ([pair[side] for pair in renamed] for side in (0, 1))
            self._value("enum-value-renamed", befores, afters, evidence=evidence)
        if come:
            self._value("enum-value-added", [], come, guard=_extensible(self.old, self.new))
        if gone:
            self._value("enum-value-removed", gone, [])

    def _value(
        self, rule: str, gone: list[Any], come: list[Any], *, evidence: str = "", guard: str = ""
    ) -> None:
        node, comparison = self.node, self.comparison
        old = where(comparison.old, node.old, "enum", gone[0] if gone and isinstance(gone[0], str) else None)
        new = where(comparison.new, node.new, "enum", come[0] if come and isinstance(come[0], str) else None)
        both = {"before": listed(gone), "after": listed(come), "name": listed(gone or come)}
        node.edit(
            rule,
            old=old if gone else where(comparison.old, node.old, "enum"),
            new=new if come else where(comparison.new, node.new, "enum"),
            values=(gone, come),
            evidence=evidence,
            guard=guard,
            inward="compatible" if guard else None,
            outward="compatible" if guard else None,
            **both,
        )

    # --- text ---

    def _format(self) -> None:
        old, new = (
            None if (said := schema.get("format")) in _UNSAID else said for schema in (self.old, self.new)
        )
        if old == new:
            return
        rule = (
            "format-added"
            if old is None
            else "format-removed"
            if new is None
            else "format-widened"
            if (old, new) in _WIDER
            else "format-narrowed"
            if (new, old) in _WIDER
            else "format-changed"
        )
        self.edit(rule, "format", old=shown(old), new=shown(new))

    def _content(self) -> None:
        for keyword in ("contentEncoding", "contentMediaType"):
            old, new = self.old.get(keyword), self.new.get(keyword)
            if old != new:
                says = {"old": shown(old or "plain text"), "new": shown(new or "plain text")}
                self.edit("content-changed", keyword, **says)

    def _pattern(self) -> None:
        old, new = self.old.get("pattern"), self.new.get("pattern")
        if old != new:
            rule = "pattern-added" if old is None else "pattern-removed" if new is None else "pattern-changed"
            self.edit(rule, "pattern", old=shown(old), new=shown(new))

    # --- bounds ---

    def _bound(self, bound: Bound) -> None:
        if bound.keyword.endswith("Contains") and not ("contains" in self.old and "contains" in self.new):
            return
        old, new = (schema.get(bound.keyword, bound.floor) for schema in (self.old, self.new))
        if old != new:
            self._moved(
                bound.keyword, old, new, tighter=tighter(old, new, least=bound.least), types=bound.types
            )

    def _numbers(self, keyword: str, exclusive: str, *, least: bool) -> None:
        whole = not (self.types & {"number"}) and "number" not in (types_of(self.old) or _ALL)
        old, new = (
            _edge(schema, keyword, exclusive, least=least, whole=whole) for schema in (self.old, self.new)
        )
        if old == new:
            return
        said = (
            exclusive
            if exclusive in self.new or (exclusive in self.old and keyword not in self.new)
            else keyword
        )
        before, after = (
            schema.get(said, schema.get(keyword, schema.get(exclusive))) for schema in (self.old, self.new)
        )
        self._moved(said, before, after, tighter=tighter(old, new, least=least), types=_NUMBER)

    def _moved(self, keyword: str, old: Any, new: Any, *, tighter: bool, types: frozenset[str]) -> None:
        was = f" instead of {shown(old)}" if old is not None and new is not None else ""
        text = shown(new) if new is not None else f"no more; it was {shown(old)}"
        rule = "bound-tightened" if tighter else "bound-loosened"
        said = {"name": f"`{keyword}`", "new": text, "was": was, "old": shown(old)}
        if types & self.types:
            self.edit(rule, keyword, **said)
            return
        # It says nothing of such values, and still somebody meant something by it.
        levels = ("warning", "compatible") if tighter else ("compatible", "warning")
        guard = f"`{keyword}` says nothing of {' or '.join(sorted(self.types))}: what is meant?"
        self.edit(rule, keyword, **said, guard=guard, levels=levels)

    def _multiple(self) -> None:
        old, new = self.old.get("multipleOf"), self.new.get("multipleOf")
        if old == new:
            return
        rule = "bound-tightened" if old is None else "bound-loosened" if new is None else "bound-changed"
        if old is not None and new is not None:
            before, after = Fraction(str(old)), Fraction(str(new))
            if after % before == 0:
                rule = "bound-tightened"
            elif before % after == 0:
                rule = "bound-loosened"
        was = f" instead of {shown(old)}" if old is not None and new is not None else ""
        text = shown(new) if new is not None else f"no more; it was {shown(old)}"
        self.edit(rule, "multipleOf", name="`multipleOf`", new=text, was=was, old=shown(old))

    def _unique(self) -> None:
        old, new = (schema.get("uniqueItems", False) for schema in (self.old, self.new))
        if old != new:
            rule = "bound-tightened" if new else "bound-loosened"
            self.edit(rule, "uniqueItems", name="`uniqueItems`", new=shown(new), was="", old=shown(old))


_MEANT: Final = "its keywords speak of no other type"


def types_of(schema: Schema) -> frozenset[str] | None:
    """The JSON types that a merged schema allows, without null; None where it allows all."""
    types = listed_types(schema)
    if types is None:
        values = schema.get("enum", [schema["const"]] if "const" in schema else None)
        types = None if values is None else tuple(json_type(value) for value in values)
    return None if types is None else frozenset(types) - {"null"}


def _meant(schema: Schema) -> frozenset[str]:
    return frozenset(demanded_types(schema)) - {"null"}


def _closed(types: frozenset[str]) -> frozenset[str]:
    return types | {"integer"} if "number" in types else types


def _named(types: frozenset[str] | None) -> str:
    return "of any type" if types is None else " or ".join(f"`{kind}`" for kind in sorted(types)) or "`null`"


def values_of(schema: Schema) -> dict[str, Any] | None:
    """The values that a merged schema lists but null, by what tells them apart; None where any will do."""
    values = [schema["const"]] if "const" in schema else schema.get("enum")
    return None if values is None else {key(value): value for value in values if value is not None}


def _extensible(old: Schema, new: Schema) -> str:
    said = any("x-extensible-enum" in schema for schema in (old, new))
    return "x-extensible-enum: the list was never complete" if said else ""


def tighter(old: Any, new: Any, *, least: bool) -> bool:
    """Whether a bound allows less than it did; None is no bound."""
    if old is None or new is None:
        return old is None
    return (new > old) is least


def _edge(schema: Mapping[str, Any], keyword: str, exclusive: str, *, least: bool, whole: bool) -> Any:
    """The bound of a number: what it is compared by. Between integers `> 0` is `>= 1`."""
    sign = 1 if least else -1
    found: list[tuple[Any, int]] = []
    if isinstance(value := schema.get(keyword), int | float):
        found.append((value, 0))
    if isinstance(value := schema.get(exclusive), int | float):
        found.append((value + sign, 0) if whole and value == int(value) else (value, sign))
    if not found:
        return None
    return max(found) if least else min(found)
