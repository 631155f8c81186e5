"""Schemas -> what validators demand, for each direction."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, Literal

from specwright.plan.certainty import ASSERTED, Certainty
from specwright.plan.ir import (
    ArrayChecks,
    Checks,
    NumberChecks,
    ObjectChecks,
    PropertyChecks,
    StringChecks,
    TagChecks,
    Validator,
)
from specwright.plan.keywords import NOTHING, json_type, may_grow
from specwright.plan.mirrors import is_closed
from specwright.plan.tagged import tag_checks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from specwright.plan.catalogue import Catalogue, Entry
    from specwright.plan.ir import Direction, JsonType
    from specwright.plan.keywords import Node, Schema

STRING: Final = {"minLength": "min_length", "maxLength": "max_length", "format": "format"}
NUMBER: Final = {
    "minimum": "minimum",
    "maximum": "maximum",
    "exclusiveMinimum": "exclusive_minimum",
    "exclusiveMaximum": "exclusive_maximum",
    "multipleOf": "multiple_of",
}
ARRAY: Final = {"minItems": "min_items", "maxItems": "max_items", "uniqueItems": "unique"}
OBJECT: Final = {"minProperties": "min_properties", "maxProperties": "max_properties"}
"""Keywords of JSON Schema and what the IR calls them."""

DEEPEST: Final = 4
"""Schemas without a name that are written in one another in one function; Python nests 20 blocks."""

MOST: Final = 64
"""Properties that are checked in one function; type checkers give up on functions that are very long."""

NOTHING_CHECKS: Final = Checks(types=())

DIRECTIONS: Final[tuple[Direction, ...]] = ("response", "request")


class Validators:
    """The validators of a catalogue, once everything in it has a name."""

    def __init__(self, catalogue: Catalogue, names: Mapping[str, str]) -> None:
        self._catalogue = catalogue
        self._views = catalogue.views
        self._names = names
        self._options: list[Validator] = []
        self._tries: Counter[str] = Counter()
        self._certain = {side: Certainty(catalogue.views, side).of for side in DIRECTIONS}
        self._open: dict[tuple[int, Direction, bool], str] = {}
        """The private validators that are being written: by schema, who sends it, and whether it is a fragment."""
        self._fragment = False
        """Whether what is being written says only a part of what a value is."""

    def all(self) -> Iterator[Validator]:
        """A validator for every model and every input; those that demand the same are written once."""
        written: dict[str, tuple[str, Checks]] = {}
        for direction in DIRECTIONS:
            # What is another name for a schema comes after what has the schema.
            for entry in sorted(self._catalogue.entries, key=self._catalogue.is_other_name):
                function = self._names.get(f"validator {direction} {entry.key}")
                if function is None:
                    continue
                if entry.members:
                    checks = Checks(types=("object",), tagged=self._by_tag(entry, direction))
                    yield Validator(function, _subject(entry, direction), checks)
                    continue
                itself = self._catalogue.entry(entry.schema) is entry
                owner = None if itself else self.function(entry.schema, direction)
                if owner is not None:
                    yield Validator(function, _subject(entry, direction), NOTHING_CHECKS, same_as=owner)
                    continue
                checks = self._written(entry.schema, direction, function)
                yield from self._taken_options()
                first, same = written.setdefault(entry.key, (function, checks))
                twin = first if first != function and same == checks else None
                yield Validator(function, _subject(entry, direction), checks, same_as=twin)

    def parameters(
        self, function: str, subject: str, groups: Mapping[str, Iterable[tuple[str, Node, bool]]]
    ) -> Iterator[Validator]:
        """A validator of the parameters of an operation, and what it needs.

        `groups` are, by location, the parameters, each with its schema and whether it must be there.
        """
        properties = tuple(
            PropertyChecks(
                location,
                Checks(
                    types=("object",),
                    object=ObjectChecks(
                        tuple(
                            PropertyChecks(wire, self.of(node, "request", function), need)
                            for wire, node, need in group
                        )
                    ),
                ),
                required=True,
            )
            for location, group in groups.items()
        )
        yield from self._taken_options()
        yield Validator(function, subject, Checks(types=("object",), object=ObjectChecks(properties)))

    def function(self, node: Node, direction: Direction) -> str | None:
        """The validator of the schema behind `node`, if it has one of its own."""
        entry = self._catalogue.entry(node)
        return None if entry is None else self._named(entry.family or entry, direction)

    def _named(self, entry: Entry, direction: Direction) -> str | None:
        return self._names.get(f"validator {direction} {entry.key}")

    def _by_tag(self, choice: Entry, direction: Direction) -> TagChecks | None:
        return tag_checks(self._catalogue, choice, lambda member: self._named(member, direction))

    def inline(self, function: str, subject: str, node: Node, direction: Direction) -> Iterator[Validator]:
        """A validator for a schema that has no name of its own, and what it needs."""
        checks = self.of(node, direction, function)
        yield from self._taken_options()
        yield Validator(function, subject, checks)

    def of(self, node: Node, direction: Direction, within: str, depth: int = 0) -> Checks:
        """What a value at `node` must meet: a call where its schema has a validator, unless that is a mere leaf.

        `depth` counts the schemas around it that are written in the same function, `within`.
        """
        schema = self._views.behind(node)
        function = self.function(schema, direction)
        if function is not None:
            entry = self._catalogue.entry(schema)
            merged = self._views.merged(schema)
            leaf = entry is not None and (entry.kind == "enum" or _plain(merged))
            if not leaf:
                return Checks(functions=(function,))
        elif depth >= DEEPEST and not _plain(self._views.merged(schema)):
            return Checks(functions=(self._apart(schema, direction, within, "a part of a value"),))
        return self._written(schema, direction, within, depth)

    def _written(self, schema: Schema, direction: Direction, within: str, depth: int = 0) -> Checks:
        merged = self._views.merged(schema)
        if merged is NOTHING or merged == NOTHING:
            return NOTHING_CHECKS
        if direction == "response" and may_grow(merged):
            return _open(merged)
        entry = self._catalogue.entry(schema)
        tagged = self._by_tag(entry, direction) if entry is not None and entry.kind == "choice" else None
        checks = Checks(
            types=_types(merged)
            if tagged is None
            else ("object", "null")
            if self._views.admits_null(schema)
            else ("object",),
            values=_values(merged),
            constant=self._constant(schema),
            string=_group(StringChecks, STRING, _asserting(merged)),
            number=_group(NumberChecks, NUMBER, merged),
            array=self._array(merged, direction, within, depth + 1),
            object=self._object(schema, merged, direction, within, depth + 1),
            all_of=tuple(self.of(part, direction, within, depth) for part in merged.get("allOf", ())),
            tagged=tagged,
            any_of=() if tagged else self._chosen("anyOf", schema, direction, within),
            one_of=() if tagged else self._chosen("oneOf", schema, direction, within),
            none_of=self._refused(merged, direction, within),
        )
        if checks.one_of and not all(map(self._certain[direction], merged["oneOf"])):
            # Of members that are not checked as a whole, more may seem to fit than do.
            checks = replace(checks, one_of=(), any_of=checks.any_of or checks.one_of)
        secret = merged.get("format") == "password" or self._views.marked(schema, "writeOnly")
        return self._divided(_secret(checks) if secret else checks, within)

    def _divided(self, checks: Checks, within: str) -> Checks:
        """The same checks, those of an object with very many properties in several functions."""
        if checks.object is None or len(checks.object.properties) <= MOST:
            return checks
        first, rest = checks.object.properties[:MOST], checks.object.properties[MOST:]
        functions: list[str] = []
        for start in range(0, len(rest), MOST):
            function = self._private(within)
            more = Checks(object=ObjectChecks(rest[start : start + MOST]))
            self._options.append(Validator(function, "more properties of an object", more))
            functions.append(function)
        object_ = replace(checks.object, properties=first, apart=tuple(part.wire for part in rest))
        return replace(checks, object=object_, functions=(*checks.functions, *functions))

    def _constant(self, schema: Schema) -> str | None:
        entry = self._catalogue.entry(schema)
        return (
            f"_{self._names[f'values {entry.key}']}" if entry is not None and entry.kind == "enum" else None
        )

    def _array(self, merged: Schema, direction: Direction, within: str, depth: int) -> ArrayChecks | None:
        items = self.of(merged["items"], direction, within, depth) if "items" in merged else Checks()
        first = tuple(self.of(item, direction, within, depth) for item in merged.get("prefixItems", ()))
        found: ArrayChecks | None = _group(
            ArrayChecks,
            ARRAY,
            merged,
            **({"first": first} if first else {}),
            **({"items": items} if items != Checks() else {}),
        )
        return found

    def _object(
        self, schema: Schema, merged: Schema, direction: Direction, within: str, depth: int
    ) -> ObjectChecks | None:
        wires = merged.get("properties", {})
        # A name that is required and no property is one vendor's mistake, not a demand on callers.
        open_ended = "additionalProperties" in merged or "patternProperties" in merged or self._fragment
        required = [wire for wire in merged.get("required", ()) if wire in wires or open_ended]
        hidden: Literal["readOnly", "writeOnly"] = "readOnly" if direction == "request" else "writeOnly"
        properties = [
            PropertyChecks(wire, Checks(), required=False, refused=hidden)
            if self._views.marked(node, hidden)
            else PropertyChecks(
                wire, self._of_property(node, direction, within, depth), required=wire in required
            )
            for wire, node in wires.items()
        ]
        properties += [
            PropertyChecks(wire, Checks(), required=True) for wire in required if wire not in wires
        ]
        extra: Checks | bool | None = None
        constant: str | None = None
        if direction == "request" and not self._fragment and is_closed(self._catalogue, schema):
            extra = False
            entry = self._catalogue.entry(schema)
            keys = None if entry is None else self._names.get(f"keys {entry.key}")
            constant = None if keys is None else f"_{keys}"
        elif "patternProperties" not in merged:
            written = merged.get("additionalProperties", True)
            extra = written if isinstance(written, bool) else self.of(written, direction, within, depth)
        found: ObjectChecks | None = _group(
            ObjectChecks,
            OBJECT,
            merged,
            **({"properties": tuple(properties)} if properties else {}),
            **({"extra": extra} if extra not in (True, None, Checks()) else {}),
            **({"constant": constant} if constant else {}),
        )
        return found

    def _of_property(self, node: Node, direction: Direction, within: str, depth: int) -> Checks:
        checks = self.of(node, direction, within, depth)
        return _secret(checks) if self._views.marked(node, "writeOnly") else checks

    def _chosen(self, keyword: str, schema: Schema, direction: Direction, within: str) -> tuple[str, ...]:
        """The validators of the members of a choice."""
        members = self._views.merged(schema).get(keyword, ())
        if any(self._views.behind(member) is schema for member in members):
            return ()  # what extends a choice that it is a member of is that member
        alternatives = self._views.alternatives(schema)
        if alternatives and alternatives[0].step.startswith(keyword):
            return self._tried((one.schema for one in alternatives), direction, within)
        return self._fragments(members, direction, within)

    def _refused(self, merged: Schema, direction: Direction, within: str) -> tuple[str, ...]:
        """The validator of what a value must not be, if it is checked as a whole."""
        if "not" not in merged or not self._certain[direction](merged["not"]):
            return ()
        return self._fragments([merged["not"]], direction, within)

    def _fragments(self, parts: Iterable[Node], direction: Direction, within: str) -> tuple[str, ...]:
        """As `_tried`, of schemas that say only a part of what a value is: other keys are no misspellings to them."""
        before, self._fragment = self._fragment, True
        functions = self._tried(parts, direction, within)
        self._fragment = before
        return functions

    def _tried(self, parts: Iterable[Node], direction: Direction, within: str) -> tuple[str, ...]:
        """The validators of members that are tried; one that has none gets a private one."""
        return tuple(
            self.function(part, direction)
            or self._apart(self._views.behind(part), direction, within, "one of several alternatives")
            for part in parts
        )

    def _apart(self, schema: Schema, direction: Direction, within: str, subject: str) -> str:
        """A private validator of a schema that has no name; one that is made of itself calls itself."""
        at = (id(schema), direction, self._fragment)
        if at not in self._open:
            function = self._open[at] = self._private(within)
            self._options.append(Validator(function, subject, self._written(schema, direction, function)))
            del self._open[at]
            return function
        return self._open[at]

    def _private(self, within: str) -> str:
        """A name for a function that `within` calls."""
        # No name that was decided has two underscores in a row, so that this is a new one.
        self._tries[within] += 1
        return f"_{within.lstrip('_')}__{self._tries[within]}"

    def _taken_options(self) -> list[Validator]:
        taken, self._options = self._options, []
        return taken


def _secret(checks: Checks) -> Checks:
    """The same checks of a value that must not be shown, nor any part of it."""
    array, object_ = checks.array, checks.object
    if array is not None:
        items = array.items and _secret(array.items)
        array = replace(array, first=tuple(map(_secret, array.first)), items=items)
    if object_ is not None:
        properties = tuple(replace(part, checks=_secret(part.checks)) for part in object_.properties)
        object_ = replace(object_, properties=properties, extra=object_.extra and _secret(object_.extra))
    all_of = tuple(map(_secret, checks.all_of))
    return replace(checks, array=array, object=object_, all_of=all_of, secret=True)


def _subject(entry: Entry, direction: Direction) -> str:
    sender = "callers send" if direction == "request" else "servers answer with"
    return f"{entry.wire or entry.text}, as {sender} it"


def _plain(merged: Schema) -> bool:
    """Whether a schema speaks of scalars only, so that a check in place is shorter than a call."""
    return not merged.keys() & {
        "allOf",
        "anyOf",
        "oneOf",
        "not",
        "properties",
        "items",
        "additionalProperties",
        "required",
    }


def _asserting(merged: Schema) -> Schema:
    """A schema without a `format` that validators do not assert."""
    if merged.get("format", "") in ASSERTED:
        return merged
    return {keyword: merged[keyword] for keyword in merged if keyword != "format"}


def _group(kind: Any, keywords: Mapping[str, str], merged: Schema, **more: Any) -> Any:
    said = {field: merged[keyword] for keyword, field in keywords.items() if keyword in merged} | more
    return kind(**said) if said else None


def _types(merged: Schema) -> tuple[JsonType, ...] | None:
    kinds: JsonType | list[JsonType] | None = merged.get("type")
    if kinds is None:
        return None
    return (kinds,) if isinstance(kinds, str) else tuple(dict.fromkeys(kinds))


def _open(merged: Schema) -> Checks:
    """An enum as servers answer with it: a value that they added is no issue, another type is."""
    listed: dict[JsonType, None] = {json_type(value): None for value in merged["enum"]}
    return Checks(types=_types(merged) or tuple(listed))


def _values(merged: Schema) -> tuple[Any, ...] | None:
    if "const" in merged:
        return (merged["const"],)
    return tuple(merged["enum"]) if "enum" in merged else None
