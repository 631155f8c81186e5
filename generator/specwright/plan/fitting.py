"""Whether a value is what a schema asks for, as far as examples need to know: they are shown where it is."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final, cast

from specwright.plan.formats import ASSERTED
from specwright.plan.keywords import discriminator, json_type, listed, listed_types, plain
from specwright.plan.patterns.translate import pattern_of
from specwright.plan.views import HIDDEN
from specwright.runtime.patterns import matches
from specwright.runtime.values import among, multiple, unique

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from specwright.plan.ir import Direction, Json
    from specwright.plan.keywords import Node, Schema
    from specwright.plan.views import Views

_DEEPEST: Final = 12
"""Levels of a value that are looked at."""
_OPENING: Final = frozenset(
    {"additionalProperties", "allOf", "anyOf", "oneOf", "patternProperties", "unevaluatedProperties"}
)
"""Keywords with which an object may have members that its properties don't name."""


def tags(merged: Schema) -> dict[str, Node]:
    """The values of the discriminator of a choice, each with the member that it means (OpenAPI 3.2, section 4.25)."""
    said = discriminator(merged)
    members: list[Node] = [*merged.get("oneOf", ()), *merged.get("anyOf", ())]
    referred: dict[str, Node] = {
        member["$ref"]: member for member in members if not isinstance(member, bool) and "$ref" in member
    }
    if said is None or not referred:
        return {}
    mapped: dict[str, Node] = {}
    for value, target in said.get("mapping", {}).items():
        ref = next((ref for ref in referred if target in {ref, ref.rpartition("/")[2]}), None)
        if ref is not None:
            mapped[value] = referred[ref]
    meant = {id(member) for member in mapped.values()}
    named = {ref.rpartition("/")[2]: member for ref, member in referred.items() if id(member) not in meant}
    return mapped | named


class Fitting:
    """Tells for one direction whether values fit."""

    def __init__(self, views: Views, direction: Direction) -> None:
        self._views = views
        self._direction: Direction = direction

    def fits(self, node: Node, value: Json, depth: int = 0) -> bool:
        """Whether nothing speaks against a value, whose deepest levels are taken as they are."""
        merged = self._views.merged(node)
        if depth > _DEEPEST or not merged:
            return True
        said = listed(merged)
        if said and not among(value, plain(list(said))):
            return False
        kind, kinds = json_type(value), listed_types(merged)
        if (
            kinds is not None
            and kind not in kinds
            and not (kind == "integer" and "number" in kinds)
            and not (kind == "number" and "integer" in kinds and cast("float", value).is_integer())
        ):
            return False
        return (
            self._chosen(merged, value, depth)
            and self._of_its_kind(merged, value, depth)
            and self._tagged(merged, value)
        )

    def _tagged(self, merged: Schema, value: Json) -> bool:
        """Whether the value of a discriminator is one that the schema itself tells of; heirs it does not know."""
        said = discriminator(merged)
        if said is None or not isinstance(value, dict):
            return True
        known = tags(merged)
        if not known:
            return self._direction == "request"
        return value.get(said.get("propertyName", "")) in known

    def _chosen(self, merged: Schema, value: Json, depth: int) -> bool:
        """Whether the schemas that one is made of have nothing against a value."""

        def count(keyword: str) -> int:
            return sum(self.fits(member, value, depth + 1) for member in merged[keyword])

        if "allOf" in merged and count("allOf") < len(merged["allOf"]):
            return False
        if merged.get("anyOf") and not count("anyOf"):
            return False
        if merged.get("oneOf"):
            found = count("oneOf")
            if not found or (found > 1 and "discriminator" not in merged):
                return False
        return not ("not" in merged and self.fits(merged["not"], value, depth + 1))

    def _of_its_kind(self, merged: Schema, value: Json, depth: int) -> bool:
        match value:
            case bool() | None:
                return True
            case str():
                return _is_text(merged, value)
            case int() | float():
                return _is_number(merged, value)
            case list():
                return self._is_array(merged, value, depth)
            case dict():
                return self._is_object(merged, value, depth)

    def _is_array(self, merged: Schema, value: list[Json], depth: int) -> bool:
        if not merged.get("minItems", 0) <= len(value) <= merged.get("maxItems", len(value)):
            return False
        first = merged.get("prefixItems", ())
        schemas = [*first[: len(value)], *[merged.get("items", True)] * (len(value) - len(first))]
        return all(
            self.fits(node, item, depth + 1) for node, item in zip(schemas, value, strict=True)
        ) and not (merged.get("uniqueItems") and not unique(value))

    def _is_object(self, merged: Schema, value: dict[str, Json], depth: int) -> bool:
        declared = self.declared(merged)
        if not merged.get("minProperties", 0) <= len(value) <= merged.get("maxProperties", len(value)):
            return False
        # A required name that is no property is not asked for, unless there are no properties to be one of.
        if any(
            wire not in value and (wire in declared or "properties" not in merged)
            for wire in merged.get("required", ())
        ):
            return False
        closed = self._direction == "request" and declared and not (_OPENING & merged.keys())
        if closed and value.keys() - declared:
            return False
        others = merged.get("additionalProperties", True)
        return all(
            self.fits(declared[wire], item, depth + 1)
            if wire in declared
            else "patternProperties" in merged or self.fits(others, item, depth + 1)
            for wire, item in value.items()
        )

    def declared(self, merged: Schema) -> Mapping[str, Node]:
        """The properties that this direction sends."""
        hidden = HIDDEN[self._direction]
        properties: Mapping[str, Node] = merged.get("properties", {})
        return {wire: node for wire, node in properties.items() if not self._views.marked(node, hidden)}


def _is_text(merged: Schema, text: str) -> bool:
    if not merged.get("minLength", 0) <= len(text) <= merged.get("maxLength", len(text)):
        return False
    name = merged.get("format", "")
    if name in ASSERTED:
        module: Any = import_module(f"specwright.runtime.{ASSERTED[name]}")
        is_one: Callable[[str], bool] = getattr(module, f"is_{name.replace('-', '_')}")
        if not is_one(text):
            return False
    return "pattern" not in merged or _is_found(merged["pattern"], text)


def _is_found(source: str, text: str) -> bool:
    try:
        pattern = pattern_of(source)
    except ValueError:
        return True  # validators don't ask for what is no pattern
    return (pattern.longest is None or len(text) <= pattern.longest) and matches(pattern.python, text)


def _is_number(merged: Schema, number: float) -> bool:
    return (
        merged.get("minimum", number) <= number <= merged.get("maximum", number)
        and not ("exclusiveMinimum" in merged and number <= merged["exclusiveMinimum"])
        and not ("exclusiveMaximum" in merged and number >= merged["exclusiveMaximum"])
        and (merged.get("multipleOf", 0) <= 0 or multiple(number, merged["multipleOf"]))
    )
