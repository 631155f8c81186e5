"""Schemas -> the types, models and inputs of the generated package."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from specwright.plan.combined import ANY, NONE, SCALARS, constants, like, union, without_null
from specwright.plan.ir import (
    Alias,
    Choice,
    Doc,
    Enum,
    ExtraOf,
    Field,
    InputDict,
    InputEnum,
    Key,
    ListOf,
    MapOf,
    Member,
    Named,
    Scalar,
    Struct,
    TupleOf,
)
from specwright.plan.keywords import UPLOAD, demanded_types, is_nothing, readable
from specwright.plan.names import Wish, legible, own_name
from specwright.plan.unions import decodable
from specwright.problems import Refused, problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from specwright.plan.catalogue import Catalogue, Entry
    from specwright.plan.ir import Direction, Input, Model, ScalarName, Type
    from specwright.plan.keywords import Node, Schema
    from specwright.plan.unions import Group

FORMATS: Final[Mapping[str, ScalarName]] = {
    "base64": "bytes",
    "byte": "bytes",
    "date": "date",
    "date-time": "datetime",
    "decimal": "decimal",
    "duration": "timedelta",
    "time": "time",
    "uuid": "uuid",
}
"""The Python type of a string with that `format`."""

LARGEST: Final = 10_000
"""Parts of one type, aliases written out."""

EXTRA_TEXT: Final = "Members beside those that are named here: `ExtraItems({…})`."


def wishes(catalogue: Catalogue) -> Iterator[Wish]:
    """The names that models and inputs need."""
    for entry in catalogue.entries:
        yield Wish(
            f"model {entry.key}", "classes", entry.text, "class", "Schema", "model", chosen=entry.chosen
        )
        match entry.kind:
            case "struct":
                scope = f"fields {entry.key}"
                for wire, node in catalogue.views.merged(entry.schema)["properties"].items():
                    own = own_name(node)
                    key = f"field {entry.key} {wire}"
                    yield Wish(key, scope, own or wire, "snake", "field", chosen=bool(own))
            case "enum":
                scope = f"members {entry.key}"
                for value in _values(catalogue.views.merged(entry.schema)):
                    yield Wish(f"member {entry.key} {value}", scope, str(value), "constant", "VALUE")
            case "choice" | "alias":
                pass
    for entry in catalogue.entries:
        if "request" in entry.sent_by:
            text = f"{legible(entry.text, 'schema')} input"
            yield Wish(f"input {entry.key}", "classes", text, "class", "SchemaInput", chosen=entry.chosen)


def _values(merged: Schema) -> list[str | int]:
    return list(dict.fromkeys(value for value in merged["enum"] if value is not None))


class Types:
    """The types, models and inputs of a catalogue, once everything in it has a name."""

    def __init__(self, catalogue: Catalogue, names: Mapping[str, str]) -> None:
        self._catalogue = catalogue
        self._views = catalogue.views
        self._names = names
        self._parts = 0
        self._by_name: dict[str, Entry] = {}
        self._grouped = 0
        """How many entries of the catalogue are in that."""
        self._known: dict[tuple[int, Direction], tuple[Node, Type]] = {}
        """Nodes are kept, too: an id is only its own as long as what it is of lives."""

    # --- types ---

    def of(self, node: Node, direction: Direction) -> Type:
        """The type of the schema `node`, as that side sends it.

        Raises:
            Refused: Written out, it has more than LARGEST parts; aliases of aliases double with each step.
        """
        known = self._known.get((id(node), direction))
        if known is None:
            self._parts = 0
            known = self._known[id(node), direction] = (node, self._of(node, direction, frozenset()))
        return known[1]

    def content(self, entry: Entry, direction: Direction) -> Type:
        """The type that an alias or a choice stands for."""
        if entry.members:
            return union(self.name(member, direction) for member in entry.members)
        self._parts = 0
        if entry.kind == "alias":
            return self._of(entry.node, direction, frozenset())
        return without_null(self.written(entry.schema, direction))[0]

    def written(self, schema: Schema, direction: Direction) -> Type:
        """The type of a schema in its parts, whether or not it has a name, or can be decoded."""
        self._parts = 0
        return self._written(schema, direction, frozenset())

    def is_decodable(self, schema: Schema) -> bool:
        """Whether what msgspec reads tells the members of the type of a schema apart."""
        return decodable(self.written(schema, "response"), self._group)

    def _of(self, node: Node, direction: Direction, within: frozenset[int]) -> Type:
        self._parts += 1
        if self._parts > LARGEST:
            message = f"a type of this document has more than {LARGEST} parts once it is written out"
            raise Refused([problem("limit-expansion", None, message)])
        schema = self._views.behind(node)
        entry = self._catalogue.entry(schema)
        if entry is not None and entry.kind != "alias":
            return self._reference(entry, direction, within)
        if id(schema) in within:
            return ANY  # an alias of itself
        return self._written(schema, direction, within | {id(schema)})

    def _reference(self, entry: Entry, direction: Direction, within: frozenset[int]) -> Type:
        """The type where the schema of an entry is referred to: its name, and what else a value may be."""
        merged = self._views.merged(entry.schema)
        named = self.name(entry.family or entry, direction)
        if entry.kind == "choice":
            return union([named, NONE]) if self._views.admits_null(entry.schema) else named
        kinds = demanded_types(merged) if entry.kind == "struct" else ()
        others = [self._of_kind(kind, merged, direction, within) for kind in kinds if kind != "object"]
        return self._nullable(union([named, *others]), merged)

    def _written(self, schema: Schema, direction: Direction, within: frozenset[int]) -> Type:
        merged = self._views.merged(schema)
        if UPLOAD in merged:
            return Scalar("upload" if direction == "request" else "bytes")
        if "const" in merged:
            return constants([merged["const"]])
        if "enum" in merged:
            # A server may add to them; what callers send, they can look up.
            return constants(merged["enum"]) if direction == "request" else like(merged["enum"])
        if alternatives := self._views.alternatives(schema):
            return union(self._of(alternative.schema, direction, within) for alternative in alternatives)
        kinds = demanded_types(merged)
        if len(kinds) == 1:
            return self._of_kind(kinds[0], merged, direction, within)
        return union(self._of_kind(kind, merged, direction, within) for kind in kinds)

    def _group(self, name: str) -> Group | None:
        """The JSON type of what a class is decoded from; None for a choice, which has no one type."""
        for entry in self._catalogue.entries[self._grouped :]:
            self._by_name[self._names[f"model {entry.key}"]] = entry
        self._grouped = len(self._catalogue.entries)
        entry = self._by_name[name]
        match entry.kind:
            case "choice":
                return None
            case "enum":
                return (
                    "string" if isinstance(_values(self._views.merged(entry.schema))[0], str) else "integer"
                )
            case "struct" | "alias":
                return "object"

    def _of_kind(self, kind: str, merged: Schema, direction: Direction, within: frozenset[int]) -> Type:
        match kind:
            case "string":
                return Scalar(FORMATS.get(merged.get("format", ""), "str"))
            case "array":
                return self._array(merged, direction, within)
            case "object":
                return MapOf(self._extra(merged, direction, within) or ANY)
            case _:
                return Scalar(SCALARS[kind])

    def _array(self, merged: Schema, direction: Direction, within: frozenset[int]) -> Type:
        first: list[Node] = merged.get("prefixItems", [])
        only = is_nothing(merged.get("items", True)) or merged.get("maxItems") == len(first)
        if first and only and merged.get("minItems", 0) >= len(first):
            return TupleOf(tuple(self._of(item, direction, within) for item in first))
        return ListOf(self._of(self._views.items(merged), direction, within))

    def _extra(self, merged: Schema, direction: Direction, within: frozenset[int]) -> Type | None:
        """The type of the members of an object that are not among its properties; None where none is spoken of."""
        schema = self._views.undeclared(merged)
        return None if schema is None else self._of(schema, direction, within)

    def _nullable(self, named: Type, merged: Schema) -> Type:
        kinds = merged.get("type", ())
        null = "null" in kinds if not isinstance(kinds, str) else False
        return union([named, NONE]) if null and None in merged.get("enum", [None]) else named

    def name(self, entry: Entry, direction: Direction) -> Named:
        """The class or alias of an entry, as that side sends it."""
        if direction == "request":
            return Named(self._names[f"input {entry.key}"], "inputs")
        return Named(self._names[f"model {entry.key}"], "models")

    # --- models ---

    def models(self) -> Iterator[Model]:
        """Every model, in the order of the document."""
        for entry in self._catalogue.entries:
            name = self._names[f"model {entry.key}"]
            doc = self._views.doc(entry.node)
            match entry.kind:
                case "struct":
                    twin = self._names[f"input {entry.key}"] if "request" in entry.sent_by else None
                    yield Struct(name, entry.wire, tuple(self._fields(entry)), twin, doc, self._kept(entry))
                case "enum":
                    values = _values(self._views.merged(entry.schema))
                    members = tuple(
                        Member(self._names[f"member {entry.key} {value}"], value) for value in values
                    )
                    yield Enum(name, entry.wire, "str" if isinstance(values[0], str) else "int", members, doc)
                case "choice":
                    yield self._choice(entry, name, doc)
                case "alias":
                    yield Alias(name, entry.wire, self.content(entry, "response"), doc)

    def _choice(self, entry: Entry, name: str, doc: Doc) -> Choice:
        tags = entry.tags
        tagged = tuple((value, self.name(member, "response").name) for value, member in tags.values)
        otherwise = None if tags.otherwise is None else self.name(tags.otherwise, "response").name
        type_ = self.content(entry, "response")
        return Choice(name, entry.wire, type_, doc, tag=tags.tag, tagged=tagged, otherwise=otherwise)

    def _kept(self, entry: Entry) -> Type | None:
        """What items beside the fields are: what the schema says of them, and anything where one of its own can't be a field."""
        sent = self._views.sent(entry.schema, "response")
        if not all(map(readable, sent)):
            return ANY
        return self._extra(self._views.merged(entry.schema), "response", frozenset())

    def _fields(self, entry: Entry) -> Iterator[Field]:
        for wire, node, required in self.properties(entry.schema, "response"):
            if not readable(wire):
                continue
            plain, nullable = without_null(self.of(node, "response"))
            yield Field(
                name=self._names[f"field {entry.key} {wire}"],
                wire=wire,
                type=plain,
                required=required,
                nullable=nullable,
                secret=self.secret(node),
                doc=self._views.doc(node),
            )

    def properties(self, schema: Schema, direction: Direction) -> Iterator[tuple[str, Node, bool]]:
        """The properties that this side sends: wire name, schema, and whether it must be there."""
        required = set(self._views.merged(schema).get("required", ()))
        for wire, node in self._views.sent(schema, direction).items():
            yield wire, node, wire in required

    def secret(self, node: Node) -> bool:
        """Whether a value must never be shown: a password, or what is only ever written."""
        return self._views.merged(node).get("format") == "password" or self._views.marked(node, "writeOnly")

    def secrets(self, node: Node) -> tuple[str, ...]:
        """The wire names of every secret in what a caller sends, sorted."""
        found: set[str] = set()
        waiting, seen = [node], set[int]()
        while waiting:
            schema = self._views.behind(waiting.pop())
            if id(schema) in seen:
                continue
            seen.add(id(schema))
            for part, step, wire in self._catalogue.parts(schema, "request"):
                waiting.append(part)
                if step.startswith("properties/") and self.secret(part):
                    found.add(wire)
        return tuple(sorted(found))

    # --- inputs ---

    def inputs(self) -> Iterator[Input]:
        """What callers send, in the order of the document."""
        for entry in self._catalogue.entries:
            if "request" not in entry.sent_by:
                continue
            name = self._names[f"input {entry.key}"]
            doc = self._views.doc(entry.node)
            match entry.kind:
                case "struct":
                    yield InputDict(name, entry.wire, tuple(self._keys(entry)), doc)
                case "enum":
                    values = tuple(_values(self._views.merged(entry.schema)))
                    yield InputEnum(name, self._names[f"model {entry.key}"], values)
                case "choice":
                    yield Choice(name, entry.wire, self.content(entry, "request"), doc)
                case "alias":
                    yield Alias(name, entry.wire, self.content(entry, "request"), doc)

    def _keys(self, entry: Entry) -> Iterator[Key]:
        for wire, node, required in self.properties(entry.schema, "request"):
            if not wire:
                continue  # type checkers refuse a TypedDict with such a key
            plain, nullable = without_null(self.of(node, "request"))
            yield Key(wire, plain, required, nullable, self._views.doc(node))
        extra = self.extra_items(entry.schema)
        if extra is not None:
            yield extra

    def extra_items(self, schema: Schema) -> Key | None:
        """The key for what else callers may send; None where nothing else is spoken of. Its name is no property's."""
        merged = self._views.merged(schema)
        value = self._extra(merged, "request", frozenset())
        if value is None:
            return None
        key = "extra"
        while key in merged["properties"]:
            key += "_"
        return Key(key, ExtraOf(value), required=False, nullable=False, doc=Doc(EXTRA_TEXT))
