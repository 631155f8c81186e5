"""What validators make of the schemas of a document beyond their keywords, where one side sends the value."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

from specwright.document import Map
from specwright.plan.checks.fusing import REFUSES_ALL
from specwright.plan.checks.where import Side, anchored, looked_up, widened
from specwright.plan.ir import Checks, OtherProperties, SeenProperties
from specwright.plan.keywords import ANYTHING, json_type, listed_types, may_grow
from specwright.plan.mirrors import is_closed
from specwright.plan.tagged import tag_checks
from specwright.plan.views import HIDDEN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from specwright.document import Document
    from specwright.plan.catalogue import Catalogue, Entry
    from specwright.plan.checks.where import Graph, Scope, Where
    from specwright.plan.ir import Direction, JsonType
    from specwright.plan.keywords import Node, Schema


class References:
    """Where the references of a document lead."""

    def __init__(self, document: Document) -> None:
        self._references = document.references
        self._passed = {
            resource: anchored(anchors) for resource, anchors in document.references.dynamic_anchors().items()
        }

    def target(self, schema: Schema) -> Node:
        """See `Graph`."""
        return self._references.target(cast("Map", schema))  # what has a `$ref` is of the document

    def dynamic(self, schema: Schema, scope: Scope) -> Node:
        """See `Graph`."""
        first = self._references.target(cast("Map", schema), "$dynamicRef")
        anchor = schema["$dynamicRef"].rpartition("#")[2]
        return looked_up(scope, anchor, first) if first.get("$dynamicAnchor") == anchor else first

    def entered(self, schema: Schema, scope: Scope) -> Scope:
        """See `Graph`."""
        if not self._passed or not isinstance(schema, Map):
            return scope
        return widened(scope, self._passed.get(self._references.resource(schema), ()))


class OneSide(Side):
    """What is demanded of values that one side sends; with no direction, just what schemas say."""

    def __init__(
        self,
        catalogue: Catalogue,
        names: Mapping[str, str],
        graph: Graph,
        direction: Direction | None,
        *,
        enums_grow: bool,
    ) -> None:
        """`enums_grow` says that the side may send values that an enum does not list."""
        self._catalogue = catalogue
        self._graph = graph
        self._views = catalogue.views
        self._names = names
        self._strays: dict[int, bool] = {}
        self._types: dict[int, tuple[list[Any], tuple[JsonType, ...]]] = {}
        """Of each list of values to which servers may add, by its identity: the list, and the types of its values."""
        self._enums_grow = enums_grow
        self.direction = direction
        self.hidden = HIDDEN.get(direction)

    def named(self, entry: Entry) -> str | None:
        """The validator of what has a name."""
        return self._names.get(f"validator {self.direction or 'response'} {entry.key}")

    def function(self, node: Node, schema: Schema, where: Where) -> str | None:
        """See `Side`. Where only a part is spoken of, one that refuses undeclared keys is not meant."""
        del node
        entry = self._catalogue.entry(schema)
        if entry is None or (where.fragment and self._is_closed(schema)):
            return None
        if where.scope != self._graph.entered(schema, ()):
            return None  # in another dynamic scope it may ask for something else
        return self.named(entry.family or entry)

    def marked(self, node: Node, mark: str) -> bool:
        """See `Side`."""
        return self._views.marked(node, mark)

    def instead(self, schema: Schema) -> Checks | None:
        """See `Side`. To an enum, servers may add: a value that is not listed is no issue, another type is."""
        merged = self._views.merged(schema)
        if not self._enums_grow or not may_grow(merged):
            return None
        values = merged["enum"]
        if id(values) not in self._types:
            met: dict[JsonType, None] = {json_type(value): None for value in values}
            self._types[id(values)] = (values, tuple(met))
        return Checks(types=listed_types(merged) or self._types[id(values)][1])

    def strays(self, node: Node) -> bool:
        """See `Side`. Each schema is looked at once."""
        root = self._views.behind(node)
        if id(root) not in self._strays:
            seen, waiting = {id(root): root}, [root]
            while waiting:
                schema = waiting.pop()
                if self._strays.get(id(schema)) or self._differs(schema):
                    self._strays[id(root)] = True
                    return True
                if id(schema) not in self._strays:
                    parts = [self._views.behind(part) for part in _parts(self._views.merged(schema))]
                    waiting += [part for part in parts if id(part) not in seen]
                    seen.update((id(part), part) for part in parts)
            # What a schema is made of that says what it means does so, too.
            self._strays.update(dict.fromkeys(seen, False))
        return self._strays[id(root)]

    def _differs(self, schema: Schema) -> bool:
        merged = self._views.merged(schema)
        return self._is_closed(schema) or (self._enums_grow and may_grow(merged))

    def _is_closed(self, schema: Schema) -> bool:
        return self.direction == "request" and is_closed(self._catalogue, schema)

    def constant(self, schema: Schema) -> str | None:
        """See `Side`."""
        entry = self._catalogue.entry(schema)
        if entry is None or entry.kind != "enum":
            return None
        return f"_{self._names[f'values {entry.key}']}"

    def tagged(self, schema: Schema) -> Checks | None:
        """See `Side`."""
        entry = self._catalogue.entry(schema)
        if self.direction is None or entry is None or entry.kind != "choice":
            return None
        tags = None if self._tags_grow(entry) else tag_checks(self._catalogue, entry, self.named)
        if tags is None:
            return None
        null = not entry.members and self._views.admits_null(schema)
        return Checks(types=("object", "null") if null else ("object",), tagged=tags)

    def _tags_grow(self, choice: Entry) -> bool:
        """Whether a server may add to the values that tell the members of a choice apart."""
        if not self._enums_grow or choice.tags.tag is None:
            return False
        members = (self._views.merged(member.schema) for _, member in choice.tags.values)
        tags = (merged.get("properties", ANYTHING).get(choice.tags.tag, True) for merged in members)
        return any(may_grow(self._views.merged(tag)) for tag in tags)

    def family(self, entry: Entry) -> Checks:
        """What is demanded where a schema, or any that extends it, is meant."""
        tags = tag_checks(self._catalogue, entry, self.named)
        return Checks(types=("object",), tagged=tags)

    def closed(self, schema: Schema, where: Where) -> OtherProperties | None:
        """See `Side`. An undeclared key of a request is a misspelling."""
        if where.fragment or where.exact or not self._is_closed(schema):
            return None
        entry = self._catalogue.entry(schema)
        keys = None if entry is None else self._names.get(f"keys {entry.key}")
        known = SeenProperties(tuple(self._views.merged(schema)["properties"]))
        return OtherProperties(known, REFUSES_ALL, constant=None if keys is None else f"_{keys}")

    def demanded(self, schema: Schema, where: Where) -> Callable[[str], bool]:
        """See `Side`. A name that is required and no property is one vendor's mistake, not a demand on callers."""
        merged = self._views.merged(schema)
        absent = where.absent | self.absent(schema)
        described: Schema = merged.get("properties", ANYTHING)
        is_open = merged.get("additionalProperties", False) is not False or "patternProperties" in merged
        if self.direction is None or where.fragment or is_open:
            return lambda wire: wire not in absent
        return lambda wire: wire in described and wire not in absent

    def absent(self, schema: Schema) -> frozenset[str]:
        """See `Side`."""
        return frozenset() if self.hidden is None else self._marked_properties(schema, self.hidden)

    def secret(self, schema: Schema) -> frozenset[str]:
        """See `Side`."""
        properties = self._views.merged(schema).get("properties", ANYTHING)
        passwords = (
            wire for wire, node in properties.items() if self._views.merged(node).get("format") == "password"
        )
        return self._marked_properties(schema, "writeOnly").union(passwords)

    def _marked_properties(self, schema: Schema, mark: str) -> frozenset[str]:
        properties = self._views.merged(schema).get("properties", ANYTHING)
        return frozenset(wire for wire, node in properties.items() if self.marked(node, mark))

    def united(self, schema: Schema, part: Schema, keyword: str) -> bool:
        """See `Side`."""
        return keyword in part and self._views.merged(schema).get(keyword) is not part[keyword]

    def properties(self, schema: Schema) -> Mapping[str, Node]:
        """See `Side`. As types have them, which are made of what the members of an `allOf` say together."""
        if self.direction is None or "properties" not in (merged := self._views.merged(schema)):
            return {}
        found: Mapping[str, Node] = merged["properties"]
        return found

    def members(self, schema: Schema, keyword: str, written: Sequence[Node]) -> tuple[Sequence[Node], bool]:
        """See `Side`. They are what the members of the type are, each with what stands beside the choice."""
        if self.direction is None:
            return written, False
        if any(self._views.behind(member) is schema for member in written):
            return (), True  # what extends a choice that it is a member of is that member
        alternatives = self._views.alternatives(schema)
        of_type = alternatives and alternatives[0].step.startswith(keyword)
        if of_type and self._views.merged(schema).get(keyword) is written:
            return [one.schema for one in alternatives], False
        return written, True


def _parts(merged: Schema) -> Iterator[Node]:
    """The schemas that a schema is made of."""
    for keyword in ("properties", "patternProperties", "dependentSchemas"):
        yield from merged.get(keyword, ANYTHING).values()
    for keyword in ("allOf", "anyOf", "oneOf", "prefixItems"):
        yield from merged.get(keyword, ())
    for keyword in ONE:
        if keyword in merged:
            yield merged[keyword]


ONE: Final = (
    "additionalProperties", "contains", "else", "if", "items", "not", "propertyNames", "then", "unevaluatedItems",
    "unevaluatedProperties",
)  # fmt: skip
