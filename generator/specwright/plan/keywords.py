"""What the keywords of a single schema say."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Mapping
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from specwright.document.tree import NOWHERE, Map, Seq
from specwright.problems import quoted

if TYPE_CHECKING:
    from specwright.plan.ir import JsonType
    from specwright.problems import Place

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
        "x-specwright-ignore",
        "x-specwright-name",
        "xml",
    }
)
"""Keywords that demand nothing of a value: a schema with these alone beside `$ref` is its target."""

UPLOAD: Final = "$upload"
"""Marks the schema of a file in a body of several parts: no keyword, and nothing for a validator."""

TYPED: Final = frozenset(
    {
        UPLOAD, "additionalProperties", "allOf", "anyOf", "const", "enum", "format", "items", "oneOf", "patternProperties",
        "prefixItems", "properties", "type",
    }
)  # fmt: skip
"""Keywords that say something of the type of a value."""


def demands(schema: Schema) -> set[str]:
    """The keywords of a schema that demand something of a value; those of `x-…` are their authors' own."""
    said = schema.keys() - ANNOTATIONS
    return {keyword for keyword in said if not keyword.startswith("x-")} if said else said


def refers(schema: Schema) -> bool:
    """Whether a schema may stand for another one: by `$ref`, `$dynamicRef`, or an `allOf` of one."""
    return "$ref" in schema or "allOf" in schema or "$dynamicRef" in schema


def is_int64(value: Any) -> bool:
    """Whether a value is an integer of 64 bits: msgspec takes no other in an enum or a `Literal`."""
    return type(value) is int and -(2**63) <= value < 2**63


def is_nothing(node: Node) -> bool:
    """Whether no value is of a schema."""
    return node is False or node == NOTHING


def listed(merged: Schema) -> list[Any]:
    """The values that a schema lists, by `const` or `enum`; none if any will do."""
    return [merged["const"]] if "const" in merged else merged.get("enum", [])


def plain(value: Any) -> Any:
    """A value of a document as decoded JSON, which is compared as such."""
    if isinstance(value, Map):
        return {key: plain(inner) for key, inner in value.items()}
    return [plain(inner) for inner in value] if isinstance(value, Seq) else value


def shown(value: Any) -> str:
    """A value of a document for a message, as JSON: text has its quotes."""
    return quoted(json.dumps(plain(value), ensure_ascii=False))


def is_constant(member: Node) -> bool:
    """Whether a schema is one value and nothing else."""
    return not isinstance(member, bool) and "const" in member and demands(member) <= {"const", "type"}


def may_grow(merged: Schema) -> bool:
    """Whether a schema lists values to which a server may add; a list of one is what tells alternatives apart."""
    listed = (value for value in merged.get("enum", ()) if value is not None)
    return sum(1 for _ in islice(listed, 2)) > 1 and "const" not in merged


def discriminator(schema: Schema) -> Map | None:
    """The discriminator that a schema has itself, or an `allOf` member that is written in it; not one that it inherits."""
    if "discriminator" in schema:
        found: Map = schema["discriminator"]
        return found
    inline = (discriminator(member) for member in schema.get("allOf", ()) if not isinstance(member, bool))
    return next(filter(None, inline), None)


def place_of(schema: Schema) -> Place:
    """Where a schema stands, or what it was merged from."""
    nodes = (schema, *schema.values(), *schema.get("allOf", ()))
    return next((node.place() for node in nodes if isinstance(node, Map | Seq)), NOWHERE)


def readable(wire: str) -> bool:
    """Whether models can have a property of that name: msgspec takes no quote, no backslash and no control character."""
    return _UNREADABLE.search(wire) is None


_UNREADABLE: Final = re.compile(r'["\\\x00-\x1f]')


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


def is_of_type(value: Any, kinds: Collection[str]) -> bool:
    """Whether a value is of one of several types; 1.0 is an integer, and an integer a number."""
    own = json_type(value)
    if own == "number" and value.is_integer():
        own = "integer"
    return own in kinds or (own == "integer" and "number" in kinds)


def listed_types(schema: Schema) -> tuple[JsonType, ...] | None:
    """The types that `type` lists; None where there is none."""
    if "type" not in schema:
        return None
    said: Any = schema["type"]
    kinds: Iterable[Any] = (said,) if isinstance(said, str) else said
    return (*dict.fromkeys(kinds),)


def demanded_types(merged: Schema) -> tuple[str, ...]:
    """The JSON types that a merged schema speaks of: those of `type`, else those that its keywords are about."""
    kinds = merged.get("type")
    if kinds is not None:
        return (kinds,) if isinstance(kinds, str) else tuple(dict.fromkeys(kinds))
    if merged.keys() & {"properties", "additionalProperties", "patternProperties"}:
        return ("object",)
    return ("array",) if merged.keys() & {"items", "prefixItems"} else ()
