"""Which schemas become classes and aliases of their own, and who sends them."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final, Literal

from specwright.document.tree import Map, escape, file_of
from specwright.plan.homes import homes
from specwright.plan.keywords import demanded_types, is_int64
from specwright.plan.names import own_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from specwright.plan.homes import Home
    from specwright.plan.ir import Direction
    from specwright.plan.keywords import Node, Schema
    from specwright.plan.views import Views

Kind = Literal["struct", "enum", "choice", "alias"]
"""What is made of a schema: a class, an enum, a type that reads itself (`plan.choices`), another name for a type."""


NAMED: Final = frozenset({"$defs", "definitions", "schemas"})
"""Objects whose keys are names of schemas."""

_HOLDING: Final = frozenset(
    {
        "additionalProperties", "anyOf", "items", "oneOf", "patternProperties", "prefixItems", "properties",
        "unevaluatedProperties",
    }
)  # fmt: skip
"""Keywords that hold schemas of what is in a value, or of what it may be."""


@dataclass(frozen=True, slots=True)
class Tags:
    """What tells the members of a choice apart: a property, and its values, each with the member that it means.

    Any other value means `otherwise`.
    """

    tag: str | None = None
    values: tuple[tuple[str | int, Entry], ...] = ()
    otherwise: Entry | None = None


@dataclass(slots=True)
class Entry:
    """A schema that has a name in Python.

    `key` is its place in the document, `text` what it is called there, `schema` what stands there, and `sent_by` who
    sends values of it, as far as the walk has come.
    """

    key: str
    text: str
    wire: str
    kind: Kind
    node: Schema
    schema: Schema
    sent_by: set[Direction] = field(default_factory=set)  # pyright: ignore[reportUnknownVariableType] -- `set` of what the annotation says
    family: Entry | None = None
    """The choice among the schemas that extend this one, where it has a discriminator: what is meant by a reference to it."""
    members: tuple[Entry, ...] = ()
    """Of such a choice: the schema, and those that extend it."""
    tags: Tags = Tags()
    """Of a choice: what tells its members apart."""
    chosen: bool = False
    """Whether the author of the document chose `text`."""


@dataclass(slots=True)
class Met:
    """A schema that was met on the way: where first, and who sends it."""

    schema: Schema
    key: str
    text: str
    sent_by: set[Direction]


class Catalogue:
    """The schemas of a document that get a name, in the order in which they are met."""

    def __init__(self, views: Views) -> None:
        self.views = views
        self.entries: list[Entry] = []
        self._by_schema: dict[int, Entry] = {}
        self._walked: dict[int, Met] = {}
        self._homes: Mapping[int, Home] = {}
        self._parts: Mapping[Direction, dict[int, Sequence[tuple[Node, str, str]]]]
        self._parts = {"request": {}, "response": {}}
        self._kept: list[Schema] = []
        """What those are known for by their ids, which are only their own as long as they live."""

    def entry(self, node: Node) -> Entry | None:
        """The entry of the schema behind `node`, if it has one."""
        return self._by_schema.get(id(self.views.behind(node)))

    @property
    def walked(self) -> Iterator[Met]:
        """Every schema that was met, in the order in which they were."""
        yield from self._walked.values()

    def is_other_name(self, entry: Entry) -> bool:
        """Whether an entry is but another name for the schema of another entry."""
        return self._by_schema.get(id(entry.schema)) is not entry

    def add_components(self, schemas: Mapping[str, Node]) -> None:
        """Enter every component; all of them are models, whether or not an operation reaches them."""
        # A schema is called as where it stands, whatever other components stand for it, and before it too.
        own = {id(node) for node in schemas.values() if node is self.views.behind(node)}
        for wire, node in schemas.items():
            schema = self.views.behind(node)
            elsewhere = id(schema) in self._by_schema or (id(schema) in own and schema is not node)
            entry = Entry(
                key=f"#/components/schemas/{escape(wire)}",
                text=own_name(node) or wire,
                wire=wire,
                kind="alias" if elsewhere else self._kind(schema) or "alias",
                node=node if isinstance(node, dict) else schema,
                schema=schema,
                chosen=bool(own_name(node)),
            )
            self.entries.append(entry)
            if not elsewhere:
                self._by_schema[id(schema)] = entry
        places = [
            (entry.schema, entry.key, entry.text) for entry in self.entries if not self.is_other_name(entry)
        ]
        self._homes = homes(places, self._below_both_ways, self.views.behind)
        for entry in tuple(self.entries):
            self.walk(entry.node, "response", entry.key, entry.text)

    def walk(self, node: Node, direction: Direction, key: str, text: str) -> None:
        """Enter what `node` reaches in that direction; `key` and `text` place and name what has no name of its own."""
        # A stack of its own, since documents nest deeper than Python's.
        waiting = [(node, key, own_name(node) or text)]
        while waiting:
            node, key, text = waiting.pop()
            schema = self.views.behind(node)
            entry = self._by_schema.get(id(schema))
            if entry is None and (home := self._homes.get(id(schema))):
                key, text, _ = home
            elif entry is None:
                key, text = _referred(node, schema) or (key, text)
            if entry is None and (kind := self._kind(schema)):
                entry = Entry(key, text, "", kind, schema, schema, chosen=bool(own_name(schema)))
                self.entries.append(entry)
                self._by_schema[id(schema)] = entry
            if entry is not None:
                entry.sent_by.add(direction)
                key, text = entry.key, entry.text
            met = self._walked.get(id(schema))
            if met is None:
                met = self._walked[id(schema)] = Met(schema, key, text, set())
            if direction not in met.sent_by:
                met.sent_by.add(direction)
                parts = self._below(schema, key, text, direction)
                if entry is not None and entry.family is not None:
                    parts += [(member.node, member.key, member.text) for member in entry.family.members]
                waiting += reversed(parts)

    def _below(
        self, schema: Schema, key: str, text: str, direction: Direction
    ) -> list[tuple[Node, str, str]]:
        """The schemas right below one, each with its place and what it is called."""
        return [
            (part, f"{key}/{step}", _called(part, step, f"{text} {word}"))
            for part, step, word in self.parts(schema, direction)
        ]

    def _below_both_ways(self, schema: Schema, key: str, text: str) -> list[tuple[Node, str, str]]:
        answered = self._below(schema, key, text, "response")
        if self.parts(schema, "request") is self.parts(schema, "response"):
            return answered
        places = {place for _, place, _ in answered}
        sent = self._below(schema, key, text, "request")
        return answered + [part for part in sent if part[1] not in places]

    def put_in_order(self) -> None:
        """Components as the document has them, then what is inside of them as it stands there, then the rest as it was met."""
        self.entries.sort(key=self._order)

    def _order(self, entry: Entry) -> tuple[int, int]:
        if entry.wire:
            return (0, 0)
        home = self._homes.get(id(entry.schema))
        return (1, home.number) if home else (2, 0)

    def enter_choice(self, schema: Schema) -> None:
        """Make a choice of a schema that was met, under the name that it has, or one for where it was met first."""
        entry = self._by_schema.get(id(schema))
        if entry is None:
            met = self._walked[id(schema)]
            own = bool(own_name(schema))
            entry = Entry(met.key, met.text, "", "choice", schema, schema, met.sent_by, chosen=own)
            self.entries.append(entry)
            self._by_schema[id(schema)] = entry
        entry.kind = "choice"

    def enter_family(self, parent: Entry, members: tuple[Entry, ...]) -> None:
        """Make a choice of a schema with a discriminator and those that extend it."""
        entry = Entry(
            f"{parent.key}/discriminator",
            f"any {parent.text}",
            "",
            "choice",
            parent.node,
            parent.schema,
            parent.sent_by,
            members=(*members, parent),
            chosen=parent.chosen,
        )
        parent.family = entry
        self.entries.append(entry)

    def _kind(self, schema: Schema) -> Kind | None:
        merged = self.views.merged(schema)
        if "enum" in merged and "const" not in merged:
            values = [value for value in merged["enum"] if value is not None]
            of_one_kind = all(type(value) is str for value in values) or all(map(is_int64, values))
            return "enum" if values and of_one_kind else None
        if (
            merged.get("properties")
            and "object" in demanded_types(merged)
            and not self.views.alternatives(schema)
        ):
            return "struct"
        return None

    def parts(self, schema: Schema, direction: Direction) -> Sequence[tuple[Node, str, str]]:
        """The schemas right below: each with the step that leads to it and a word that names it."""
        known = self._parts[direction].get(id(schema))
        if known is None:
            self._kept.append(schema)
            if _HOLDING.isdisjoint(self.views.merged(schema)):
                self._parts["response"][id(schema)] = self._parts["request"][id(schema)] = ()
                return ()
            answered, sent = self.views.sent(schema, "response"), self.views.sent(schema, "request")
            parts = tuple(self._found_below(schema, answered))
            same = sent is answered
            self._parts["response"][id(schema)] = parts
            self._parts["request"][id(schema)] = parts if same else tuple(self._found_below(schema, sent))
            known = self._parts[direction][id(schema)]
        return known

    def _found_below(self, schema: Schema, sent: Mapping[str, Node]) -> Iterator[tuple[Node, str, str]]:
        merged = self.views.merged(schema)
        for wire, part in sent.items():
            yield part, f"properties/{escape(wire)}", own_name(part) or wire
        for position, part in enumerate(merged.get("prefixItems", ())):
            yield part, f"prefixItems/{position}", f"item {position + 1}"
        for keyword, word, other in (
            ("items", "item", self.views.items(merged)),
            ("additionalProperties", "value", self.views.undeclared(merged)),
        ):
            if isinstance(other, dict):
                yield other, keyword, word
        for alternative in self.views.alternatives(schema):
            yield alternative.schema, alternative.step, alternative.word


def _referred(node: Node, schema: Schema) -> tuple[str, str] | None:
    """Where a schema stands that a reference names, if that is a place for schemas with names, and its name there."""
    if isinstance(node, bool) or "$ref" not in node or not isinstance(schema, Map):
        return None
    location, _, fragment = node["$ref"].partition("#")
    *above, last = fragment.split("/")
    source = file_of(schema)
    if source is None or not (not fragment or len(above) <= 1 or above[-1] in NAMED):
        return None
    name = last or PurePosixPath(location).name.partition(".")[0]
    return (f"{source.from_root}#{schema.place().pointer}", name) if name else None


def _called(part: Node, step: str, text: str) -> str:
    """What a schema without a place of its own is called: as its author says. Of a property, that is not the schema's name."""
    return text if step.startswith("properties/") else own_name(part) or text
