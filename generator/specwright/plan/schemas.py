"""Schemas -> the types, models and inputs of the generated package."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from specwright.plan.ir import (
    Alias,
    Enum,
    Field,
    InputDict,
    InputEnum,
    Key,
    ListOf,
    Literals,
    MapOf,
    Member,
    Named,
    Scalar,
    Struct,
    UnionOf,
)
from specwright.plan.names import Wish, legible
from specwright.plan.unions import decodable
from specwright.plan.views import demanded_types, json_type, readable
from specwright.problems import Refused, problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from specwright.plan.catalogue import Catalogue, Entry
    from specwright.plan.ir import Direction, Input, Model, ScalarName, Type
    from specwright.plan.unions import Group
    from specwright.plan.views import Node, Schema
    from specwright.problems import Place

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

SCALARS: Final[Mapping[str, ScalarName]] = {
    "boolean": "bool",
    "integer": "int",
    "null": "none",
    "number": "float",
    "string": "str",
}
"""The Python type of a JSON type (JSON Schema Validation 2020-12, section 6.1.1)."""

LARGEST: Final = 10_000
"""Parts of one type, aliases written out."""

ANY: Final = Scalar("any")
NONE: Final = Scalar("none")


def wishes(catalogue: Catalogue) -> Iterator[Wish]:
    """The names that models and inputs need."""
    for entry in catalogue.entries:
        yield Wish(f"model {entry.key}", "classes", entry.text, "class", "Schema", "model")
        match entry.kind:
            case "struct":
                scope = f"fields {entry.key}"
                for wire in catalogue.views.merged(entry.schema)["properties"]:
                    yield Wish(f"field {entry.key} {wire}", scope, wire, "snake", "field")
            case "enum":
                scope = f"members {entry.key}"
                for value in _values(catalogue.views.merged(entry.schema)):
                    yield Wish(f"member {entry.key} {value}", scope, str(value), "constant", "VALUE")
            case "alias":
                pass
    for entry in catalogue.entries:
        if "request" in entry.sent_by:
            text = f"{legible(entry.text, 'schema')} input"
            yield Wish(f"input {entry.key}", "classes", text, "class", "SchemaInput")


def _values(merged: Schema) -> list[str | int]:
    return list(dict.fromkeys(value for value in merged["enum"] if value is not None))


class Types:
    """The types, models and inputs of a catalogue, once everything in it has a name."""

    def __init__(self, catalogue: Catalogue, names: Mapping[str, str]) -> None:
        self._catalogue = catalogue
        self._views = catalogue.views
        self._names = names
        self._parts = 0
        self._groups: Mapping[str, Group] = {
            self._names[f"model {entry.key}"]: _group(entry, self._views.merged(entry.schema))
            for entry in catalogue.entries
        }
        self.untyped: dict[Place, None] = {}
        """Where alternatives stand that can't be told apart while an answer is decoded, in the order they were met."""

    # --- types ---

    def of(self, node: Node, direction: Direction) -> Type:
        """The type of the schema `node`, as that side sends it.

        Raises:
            Refused: Written out, it has more than LARGEST parts; aliases of aliases double with each step.
        """
        self._parts = 0
        return self._of(node, direction, frozenset())

    def _of(self, node: Node, direction: Direction, within: frozenset[int]) -> Type:
        self._parts += 1
        if self._parts > LARGEST:
            message = f"a type of this document has more than {LARGEST} parts once it is written out"
            raise Refused([problem("limit-expansion", None, message)])
        schema = self._views.behind(node)
        merged = self._views.merged(schema)
        entry = self._catalogue.entry(schema)
        if entry is not None and entry.kind != "alias":
            others = (
                [kind for kind in demanded_types(merged) if kind != "object"]
                if entry.kind == "struct"
                else []
            )
            named = [
                self.name(entry, direction),
                *(self._of_kind(kind, merged, direction, within) for kind in others),
            ]
            return self._nullable(union(named), merged)
        if id(schema) in within:
            return ANY  # an alias of itself
        within |= {id(schema)}
        if "const" in merged:
            return _constants([merged["const"]])
        if "enum" in merged:
            # A server may add to them; what callers send, they can look up.
            return _constants(merged["enum"]) if direction == "request" else _kinds(merged["enum"])
        for keyword in ("oneOf", "anyOf"):
            if keyword in merged:
                type_ = union(self._of(part, direction, within) for part in merged[keyword])
                if direction == "request" or decodable(type_, self._groups):
                    return type_
                self.untyped[merged[keyword].place()] = None
                return ANY
        kinds = demanded_types(merged)
        return union(self._of_kind(kind, merged, direction, within) for kind in kinds) if kinds else ANY

    def _of_kind(self, kind: str, merged: Schema, direction: Direction, within: frozenset[int]) -> Type:
        match kind:
            case "string":
                return Scalar(FORMATS.get(merged.get("format", ""), "str"))
            case "array":
                return ListOf(self._of(merged.get("items", True), direction, within))
            case "object":
                extra = merged.get("additionalProperties", True)
                return MapOf(ANY if isinstance(extra, bool) else self._of(extra, direction, within))
            case _:
                return Scalar(SCALARS[kind])

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
                    yield Struct(name, entry.wire, tuple(self._fields(entry)), twin, doc)
                case "enum":
                    values = _values(self._views.merged(entry.schema))
                    members = tuple(
                        Member(self._names[f"member {entry.key} {value}"], value) for value in values
                    )
                    yield Enum(name, entry.wire, "str" if isinstance(values[0], str) else "int", members, doc)
                case "alias":
                    yield Alias(name, entry.wire, self.of(entry.node, "response"), doc)

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
        merged = self._views.merged(schema)
        hidden = "readOnly" if direction == "request" else "writeOnly"
        required = set(merged.get("required", ()))
        for wire, node in merged.get("properties", {}).items():
            if not self._views.marked(node, hidden):
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
                case "alias":
                    yield Alias(name, entry.wire, self.of(entry.node, "request"), doc)

    def _keys(self, entry: Entry) -> Iterator[Key]:
        for wire, node, required in self.properties(entry.schema, "request"):
            if not wire:
                continue  # type checkers refuse a TypedDict with such a key
            plain, nullable = without_null(self.of(node, "request"))
            yield Key(wire, plain, required, nullable, self._views.doc(node))


# --- types made of types ---


def without_null(type_: Type) -> tuple[Type, bool]:
    """The type without null, and whether null was one of it."""
    match type_:
        case UnionOf(members) if NONE in members:
            return union(member for member in members if member != NONE), True
        case Scalar("any"):
            return type_, True
        case _:
            return type_, False


def union(types: Iterable[Type]) -> Type:
    """One type for all of them, each once; `any` swallows the rest."""
    flat: dict[Type, None] = {}
    for type_ in types:
        flat.update(dict.fromkeys(type_.members if isinstance(type_, UnionOf) else (type_,)))
    if ANY in flat or not flat:
        return ANY
    members = tuple(flat)
    return members[0] if len(members) == 1 else UnionOf(members)


def _group(entry: Entry, merged: Schema) -> Group:
    """The JSON type of what an entry is decoded from."""
    if entry.kind != "enum":
        return "object"
    return "string" if isinstance(_values(merged)[0], str) else "integer"


def _kinds(values: list[Any]) -> Type:
    """Any value that is of the type of one of them."""
    return union(Scalar(SCALARS[kind]) if kind in SCALARS else ANY for kind in map(json_type, values))


def _constants(values: list[Any]) -> Type:
    plain = tuple(dict.fromkeys((type(value), value) for value in values if isinstance(value, str | int)))
    rest = {NONE if value is None else ANY: None for value in values if not isinstance(value, str | int)}
    return union([*([Literals(tuple(value for _, value in plain))] if plain else []), *rest])
