"""What a schema says once its `$ref`s are followed and its `allOf` is merged."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final, cast

from specwright.plan.ir import Doc

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from specwright.document import Document, Map
    from specwright.plan.ir import JsonType

Schema = Mapping[str, Any]
"""A JSON Schema as an object."""

Node = Schema | bool
"""A JSON Schema as it stands in a document; `true` is the same as `{}`, and `false` as `{"not": {}}`."""

ANYTHING: Final[Schema] = {}
NOTHING: Final[Schema] = {"not": ANYTHING}

ANNOTATIONS: Final = frozenset(
    {
        "$comment",
        "$ref",
        "default",
        "deprecated",
        "description",
        "example",
        "examples",
        "externalDocs",
        "readOnly",
        "summary",
        "title",
        "writeOnly",
        "xml",
    }
)
"""Keywords that demand nothing of a value: a schema with these alone beside `$ref` is its target."""


def _both(first: Any, second: Any) -> Any:
    """A schema that demands what both demand."""
    return first if first is second or first == second else {"allOf": [first, second]}


def _types(first: Any, second: Any) -> list[str]:
    one, other = ([value] if isinstance(value, str) else list(value) for value in (first, second))
    # Every integer is a number (JSON Schema Validation 2020-12, section 6.1.1).
    return [kind for kind in one if kind in other or (kind == "integer" and "number" in other)] + [
        kind for kind in other if kind == "integer" and "number" in one and kind not in one
    ]


def _properties(first: Mapping[str, Any], second: Mapping[str, Any]) -> dict[str, Any]:
    shared = {wire: _both(first[wire], schema) for wire, schema in second.items() if wire in first}
    return {**first, **second, **shared}


def _extra(first: Any, second: Any) -> Any:
    if first is False or second is False:
        return False
    return second if first is True else first if second is True else _both(first, second)


MERGED: Final[Mapping[str, Callable[[Any, Any], Any]]] = {
    "additionalProperties": _extra,
    "enum": lambda first, second: [value for value in first if value in second],
    "exclusiveMaximum": min,
    "exclusiveMinimum": max,
    "items": _both,
    "maxItems": min,
    "maxLength": min,
    "maxProperties": min,
    "maximum": min,
    "minItems": max,
    "minLength": max,
    "minProperties": max,
    "minimum": max,
    "patternProperties": _properties,
    "properties": _properties,
    "required": lambda first, second: list(dict.fromkeys([*first, *second])),
    "type": _types,
    "uniqueItems": lambda first, second: first or second,
}
"""How a keyword that two members of an `allOf` have becomes one; what isn't here stays in `allOf`."""


class Views:
    """The schemas of a document as later planning wants to see them; each is worked out once."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._merged: dict[int, tuple[Schema, Schema]] = {}
        self._open: set[int] = set()

    def behind(self, node: Node) -> Schema:
        """The schema that `node` stands for: `$ref` and an `allOf` of one are followed where only annotations stand by."""
        seen: set[int] = set()
        while not isinstance(node, bool) and id(node) not in seen:
            seen.add(id(node))
            demands = node.keys() - ANNOTATIONS
            if "$ref" in node and not demands:
                node = self._target(node)
            elif demands == {"allOf"} and len(node["allOf"]) == 1 and "$ref" not in node:
                node = node["allOf"][0]
            else:
                break
        if isinstance(node, bool):
            return ANYTHING if node else NOTHING
        return node

    def _target(self, node: Schema) -> Schema:
        # Whatever has a `$ref` was read from the document; what is merged here has none.
        return self._document.target(cast("Map", node))

    def merged(self, node: Node) -> Schema:
        """The keywords of the schema behind `node`, its `$ref` and `allOf` merged into them.

        What can't be merged stays below `allOf`. The same schema gives the same object.
        """
        schema = self.behind(node)
        if "allOf" not in schema and "$ref" not in schema:
            return schema
        return self._merge(schema)

    def _merge(self, schema: Schema) -> Schema:
        known = self._merged.get(id(schema))
        if known is not None:
            return known[1]
        own = {key: value for key, value in schema.items() if key not in {"allOf", "$ref"}}
        members = [*([self._target(schema)] if "$ref" in schema else []), *schema.get("allOf", ())]
        self._open.add(id(schema))
        # An allOf that reaches itself demands nothing new; what was left out for that is not kept as the whole.
        inner = [part for member in members if id(part := self.behind(member)) not in self._open]
        whole = _fused([*(self._merge(part) for part in inner), own])
        self._open.remove(id(schema))
        if len(inner) == len(members) or not self._open:
            # The schema is kept too: an id is only its own as long as it lives.
            self._merged[id(schema)] = (schema, whole)
        return whole

    def doc(self, node: Node) -> Doc:
        """What `node` says of itself, and where it is silent, what the schema behind it says."""
        if isinstance(node, bool):
            return Doc()
        said = self.merged(node)
        default = next(((part["default"],) for part in (node, said) if "default" in part), ())
        return Doc(
            text=node.get("description") or said.get("description") or "",
            read_only=self.marked(node, "readOnly"),
            write_only=self.marked(node, "writeOnly"),
            deprecated=self.marked(node, "deprecated"),
            default=default,
        )

    def marked(self, node: Node, mark: str) -> bool:
        """Whether `node`, or the schema behind it, has the mark (`readOnly`, `writeOnly`, `deprecated`)."""
        if isinstance(node, bool):
            return False
        return bool(node.get(mark, self.merged(node).get(mark, False)))


def _fused(parts: Iterable[Schema]) -> Schema:
    whole: dict[str, Any] = {}
    rest: list[Schema] = []
    for part in parts:
        for key, value in part.items():
            if key not in whole or key in ANNOTATIONS:
                whole[key] = value
            elif key == "allOf":
                rest += value
            elif key in MERGED:
                whole[key] = MERGED[key](whole[key], value)
            elif whole[key] != value:
                rest.append({key: value})
    if rest:
        whole["allOf"] = [*whole.get("allOf", ()), *rest]
    return whole


def readable(wire: str) -> bool:
    """Whether models can have a property of that name: msgspec takes no quote, no backslash and no control character."""
    return not any(char in '"\\' or char < " " for char in wire)


def json_type(value: Any) -> JsonType:
    """The JSON type of decoded JSON."""
    match value:
        case None:
            return "null"
        case bool():
            return "boolean"
        case int():
            return "integer"
        case float():
            return "number"
        case str():
            return "string"
        case list():
            return "array"
        case _:
            return "object"


def demanded_types(merged: Schema) -> tuple[str, ...]:
    """The JSON types that a merged schema speaks of: those of `type`, else those that its keywords are about."""
    kinds = merged.get("type")
    if kinds is not None:
        return (kinds,) if isinstance(kinds, str) else tuple(dict.fromkeys(kinds))
    if "properties" in merged or "additionalProperties" in merged:
        return ("object",)
    return ("array",) if "items" in merged else ()
