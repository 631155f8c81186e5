"""The schemas of a document, of every version, as JSON Schema 2020-12 that a validator of another maker reads.

A schema is turned into one that stands alone: what its `$ref`s lead to is in its `$defs`. It speaks for one direction:
a request has no properties that are `readOnly`, an answer none that are `writeOnly`. Or for none: then it is what it says.
"""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any, Final, Literal

import jsonschema_rs

from sweeps.meaning import content

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sweeps.documents import Tree

Direction = Literal["request", "response"]
Schema = dict[str, Any] | bool

_TYPES: Final = frozenset({"array", "boolean", "integer", "null", "number", "object", "string"})
_HIDDEN: Final[dict[Direction, str]] = {"request": "readOnly", "response": "writeOnly"}
# Keywords that hold what JSON Schema knows by the same name; those with schemas in them are told apart.
_PLAIN: Final = frozenset(
    {
        "const", "contentEncoding", "contentMediaType", "dependentRequired", "exclusiveMaximum", "exclusiveMinimum",
        "format", "maxContains", "maxItems", "maxLength", "maxProperties", "maximum", "minContains", "minItems",
        "minLength", "minProperties", "minimum", "multipleOf", "uniqueItems",
    }
)  # fmt: skip
_ONE: Final = frozenset(
    {"additionalProperties", "contains", "else", "if", "items", "not", "propertyNames", "then", "unevaluatedItems",
     "unevaluatedProperties"}
)  # fmt: skip
_ANNOTATIONS: Final = frozenset(
    {"$ref", "default", "deprecated", "description", "example", "examples", "externalDocs", "nullable", "readOnly", "summary",
     "title", "writeOnly"}
)  # fmt: skip
_LIST: Final = frozenset({"prefixItems"})
_NAMED: Final = frozenset({"dependentSchemas", "patternProperties"})
_UNIONS: Final = ("oneOf", "anyOf")


class Schemas:
    """Turns the schemas of one document, for one direction or for none.

    A discriminator changes nothing of what is valid (OpenAPI 3.1, section 4.8.25), but of what is meant: `meant` has its
    members demand its values, for values that a server could tell apart. `readings` are of `READINGS`: what documents are
    understood to say, though they do not.
    """

    def __init__(
        self,
        tree: Tree,
        direction: Direction | None,
        *,
        meant: bool = False,
        readings: frozenset[str] = frozenset(),
    ) -> None:
        self._tree = tree
        self._meant = meant
        self._readings = readings
        self._old = str(tree.root.get("openapi", "2")).startswith(("2", "3.0"))
        self._hidden = None if direction is None else _HIDDEN[direction]
        self._definitions: dict[str, Schema] = {}
        self._referred: dict[str, frozenset[str]] = {}
        self._children: dict[str, list[tuple[str, str]]] = {}
        for name, child in self._components():
            for reference in _parents(child):
                self._children.setdefault(reference, []).append((name, f"{self._home}/{name}"))

    @property
    def _home(self) -> str:
        return "#/definitions" if "swagger" in self._tree.root else "#/components/schemas"

    def _components(self) -> Iterator[tuple[str, Any]]:
        home = self._tree.at(self._home)
        yield from home.items() if isinstance(home, dict) else ()

    def alone(self, node: Any) -> Schema:
        """The schema at `node`, with all it refers to in `$defs`."""
        schema = self._turned(node, None)
        needed: dict[str, Schema] = {}
        waiting = list(_references(schema))
        while waiting:
            key = waiting.pop()
            if key not in needed:
                needed[key] = self._definitions[key]
                if key not in self._referred:
                    self._referred[key] = frozenset(_references(needed[key]))
                waiting += self._referred[key]
        if not needed:
            return schema
        return {"$ref": "#/$defs/self", "$defs": {"self": schema, **needed}}

    def hidden(self, node: Any) -> bool:
        """Whether a property is not sent in this direction."""
        if self._hidden is None:
            return False
        seen = 0
        while isinstance(node, dict) and seen < 20:  # noqa: PLR2004 - longer chains are cycles
            if node.get(self._hidden) is True and not (self._old and "$ref" in node):
                return True
            if "$ref" not in node:
                break
            node, seen = self._tree.at(str(node["$ref"])), seen + 1
        return isinstance(node, dict) and any(self.hidden(part) for part in _items(node.get("allOf")))

    # --- references ---

    def _reference(self, reference: str, dropped: frozenset[str] | None, *, whole: bool) -> Schema:
        """A `$ref`; `whole` is for the children of what has a discriminator too, as where a value is meant."""
        target = self._tree.at(reference)
        if not isinstance(target, dict | bool):
            return True
        key = "".join(
            char if char.isalnum() or char in "-._" else f"${ord(char):x}"
            for char in f"{reference}{'' if whole else '|own'}|{'|'.join(sorted(dropped or ()))}"
        )
        if key not in self._definitions:
            self._definitions[key] = True  # what refers to itself meets its key
            children = self._family(reference, target) if whole else None
            self._definitions[key] = (
                self._turned(target, dropped) if children is None else {"anyOf": children}
            )
        return {"$ref": f"#/$defs/{key}"}

    def _family(self, reference: str, target: Any) -> list[Schema] | None:
        """The children of a schema that tells them apart by a property, if it does (OpenAPI 3.1, section 4.8.25)."""
        tag = _tag(target) if self._meant else None
        mapped = [(_name(to), to) for to in _mapping(target).values() if isinstance(self._tree.at(to), dict)]
        children = list(dict.fromkeys([*self._children.get(reference, ()), *mapped]))
        if tag is None or not children or any(key in target for key in _UNIONS):
            return None
        mapping = _mapping(target)
        valued = [(child, self._values(mapping, name, child)) for name, child in children]
        found = [
            self._tagged(child, tag, values) for child, values in valued if self._can_be(child, tag, values)
        ]
        return found or None

    def _values(self, mapping: dict[str, str], name: str, reference: str) -> list[str]:
        return [value for value, to in mapping.items() if to in {name, reference}] or [name]

    def _tagged(self, reference: str, tag: str, values: list[str]) -> Schema:
        member = self._reference(reference, None, whole=True)
        if not self._can_be(reference, tag, values):
            return member
        return {"allOf": [member, {"required": [tag], "properties": {tag: {"enum": values}}}]}

    def _can_be(self, reference: str, tag: str, values: list[str]) -> bool:
        """Whether the property that tells members apart can have these values in a member, which documents get wrong."""
        for part in _merged(self._tree, {"$ref": reference}, set()):
            properties = part.get("properties")
            node = self._tree.behind(properties.get(tag)) if isinstance(properties, dict) else None
            if not isinstance(node, dict):
                continue
            allowed = [node["const"]] if "const" in node else node.get("enum", values)
            if node.get("type", "string") not in ("string", ["string"]) or not set(values) & set(
                map(str, allowed)
            ):
                return False
        return True

    # --- keywords ---

    def _turned(self, node: Any, dropped: frozenset[str] | None) -> Schema:
        """A schema; `dropped` are properties that what it is a part of does without, None where it is no part."""
        schema = self._said(node, dropped)
        if isinstance(node, dict) and _may_mean_null(node, old=self._old) in self._readings:
            return {"anyOf": [schema, {"type": "null"}]}
        return schema

    def _said(self, node: Any, dropped: frozenset[str] | None) -> Schema:
        if isinstance(node, bool) or not isinstance(node, dict):
            return node if isinstance(node, bool) else True
        reference = node.get("$ref")
        if isinstance(reference, str) and (self._old or not node.keys() - _ANNOTATIONS):
            return self._reference(reference, dropped, whole=dropped is None)
        dropped = self._undeclared(node) if dropped is None else dropped
        dropped |= frozenset(self._hidden_names(node))
        schema: dict[str, Any] = {}
        if isinstance(reference, str):
            schema["allOf"] = [self._reference(reference, dropped, whole=False)]
        for keyword, value in node.items():
            if keyword in _PLAIN:
                schema[keyword] = value
            elif keyword in _ONE and isinstance(value, dict | bool):
                schema[keyword] = self._turned(value, None)
            elif keyword in _LIST and isinstance(value, list):
                schema[keyword] = [self._turned(item, None) for item in value]
            elif keyword in _NAMED and isinstance(value, dict):
                schema[keyword] = {name: self._turned(item, None) for name, item in value.items()}
            elif keyword == "pattern" and readable(value):
                schema[keyword] = value
        self._combined(node, schema, dropped)
        self._object(node, schema, dropped)
        self._typed(node, schema)
        return schema

    def _undeclared(self, node: Any, beside: frozenset[str] = frozenset()) -> frozenset[str]:
        """What is required and nowhere a property: a mistake, which callers and servers have to live with.

        An alternative without properties speaks of those `beside` it, and means what it demands.
        """
        parts = list(_merged(self._tree, node, set())) if self._hidden is not None else []
        if any(part.get("additionalProperties") not in (None, False) for part in parts):
            return frozenset()
        required = {str(name) for part in parts for name in _items(part.get("required"))}
        declared = self._declared(node)
        return frozenset(required - declared - beside) if declared or not beside else frozenset()

    def _declared(self, node: Any, unions: tuple[str, ...] = _UNIONS) -> frozenset[str]:
        parts = _merged(self._tree, node, set(), ("allOf", *unions))
        return frozenset(name for part in parts for name, _ in _members(part.get("properties")))

    def _hidden_names(self, node: dict[str, Any]) -> Iterator[str]:
        """The properties that are not sent, of a schema and all that it is merged of."""
        for part in _merged(self._tree, node, set()):
            for name, each in _members(part.get("properties")):
                if self.hidden(each):
                    yield name

    def _combined(self, node: dict[str, Any], schema: dict[str, Any], dropped: frozenset[str]) -> None:
        for part in _items(node.get("allOf")):
            own = isinstance(part, dict) and isinstance(part.get("$ref"), str)
            turned = (
                self._reference(part["$ref"], dropped, whole=False) if own else self._turned(part, dropped)
            )
            schema.setdefault("allOf", []).append(turned)
        tag, mapping = _tag(node) if self._meant else None, _mapping(node)
        for union in _UNIONS:
            if not _items(node.get(union)):
                continue  # of no schema there is none to be met (JSON Schema Core 2020-12, section 10.2.1)
            schema[union] = [
                self._tagged(part["$ref"], tag, self._values(mapping, _name(part["$ref"]), part["$ref"]))
                if tag is not None and isinstance(part, dict) and isinstance(part.get("$ref"), str)
                else self._turned(part, dropped | self._undeclared(part, self._declared(node, ())))
                for part in node[union]
            ]

    def _object(self, node: dict[str, Any], schema: dict[str, Any], dropped: frozenset[str]) -> None:
        if isinstance(node.get("properties"), dict):
            schema["properties"] = {
                name: False if name in dropped else self._turned(each, None)
                for name, each in node["properties"].items()
            }
        required = [str(name) for name in _items(node.get("required")) if str(name) not in dropped]
        if required:
            schema["required"] = required

    def _typed(self, node: dict[str, Any], schema: dict[str, Any]) -> None:
        kinds = node.get("type")
        types = [kind for kind in (kinds if isinstance(kinds, list) else [kinds]) if kind in _TYPES]
        if isinstance(node.get("enum"), list):
            schema["enum"] = node["enum"]
        if self._old:
            if (node.get("nullable") is True or node.get("x-nullable") is True) and types:
                types.append("null")
            for bound, keyword in (("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")):
                if isinstance(schema.get(keyword), bool) and schema.pop(keyword) and bound in schema:
                    schema[keyword] = schema.pop(bound)
        if types:
            schema["type"] = types if len(types) > 1 else types[0]
        if "text without quotes" in self._readings and types and set(types) <= {"null", "string"}:
            if "enum" in schema:
                schema["enum"] = [*map(_as_text, schema["enum"])]
            if "const" in schema:
                schema["const"] = _as_text(schema["const"])


READINGS: Final = frozenset(
    {
        "nullable beside $ref", "nullable beside enum", "nullable beside others", "nullable in 3.1", "nullable without type",
        "text without quotes",
    }
)  # fmt: skip
"""How documents are understood where they do not say what they mean."""


def _may_mean_null(node: dict[str, Any], *, old: bool) -> str | None:
    """The reading by which `nullable` makes null a value, where by the words of OpenAPI it does not."""
    if node.get("nullable") is not True and node.get("x-nullable") is not True:
        return None
    if not old:
        return "nullable in 3.1"
    if "$ref" in node:
        return "nullable beside $ref"
    if isinstance(node.get("enum"), list) and None not in node["enum"]:
        return "nullable beside enum"
    if "type" not in node:
        return "nullable without type"
    return "nullable beside others" if any(key in node for key in ("allOf", *_UNIONS)) else None


def _as_text(value: Any) -> Any:
    """What a scalar of YAML is where text is asked for."""
    return json.dumps(value) if isinstance(value, bool | int | float) else value


@cache
def readable(pattern: Any) -> bool:
    """Whether the judge can read a pattern."""
    try:
        jsonschema_rs.validator_for({"pattern": pattern})
    except (ValueError, TypeError):
        return False
    return True


def _merged(
    tree: Tree, node: Any, seen: set[int], through: tuple[str, ...] = ("allOf",)
) -> Iterator[dict[str, Any]]:
    """A schema and all that it is made of, by these keywords."""
    while isinstance(node, dict) and id(node) not in seen:
        seen.add(id(node))
        yield node
        for part in (part for keyword in through for part in _items(node.get(keyword))):
            yield from _merged(tree, part, seen, through)
        node = tree.at(str(node["$ref"])) if "$ref" in node else None


def _parents(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        for part in _items(node.get("allOf")):
            if isinstance(part, dict) and isinstance(part.get("$ref"), str):
                yield part["$ref"]


def _tag(node: dict[str, Any]) -> str | None:
    found = node.get("discriminator")
    if isinstance(found, str):  # Swagger 2.0
        return found
    name = found.get("propertyName") if isinstance(found, dict) else None
    return name if isinstance(name, str) else None


def _mapping(node: dict[str, Any]) -> dict[str, str]:
    found = node.get("discriminator")
    mapping = found.get("mapping") if isinstance(found, dict) else None
    return {value: str(to) for value, to in mapping.items()} if isinstance(mapping, dict) else {}


def _name(reference: str) -> str:
    return reference.rpartition("/")[2].replace("~1", "/").replace("~0", "~")


def _items(node: Any) -> list[Any]:
    return node if isinstance(node, list) else []


def _members(node: Any) -> Iterable[tuple[str, Any]]:
    return node.items() if isinstance(node, dict) else ()


def _references(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        reference = node.get("$ref")
        if isinstance(reference, str) and reference.startswith("#/$defs/"):
            yield reference.removeprefix("#/$defs/")
        for key, value in node.items():
            if key not in {"enum", "const"}:
                yield from _references(value)
    elif isinstance(node, list):
        for item in node:
            yield from _references(item)


def _is_base64(text: str) -> bool:
    try:
        content(text)
    except ValueError:
        return False
    return True


_FORMATS: Final = {"byte": _is_base64}
"""Formats of OpenAPI that JSON Schema does not have."""


class Judge:
    """Says what of a value is not as a schema demands."""

    def __init__(self, schema: Schema) -> None:
        self._validator = jsonschema_rs.Draft202012Validator(schema, validate_formats=True, formats=_FORMATS)

    def faults(self, value: Any) -> list[str]:
        """What is wrong, each with its place; nothing if all is right."""
        return [
            f"/{'/'.join(map(str, fault.instance_path))}: {fault.message[:200]}"
            for fault in self._validator.iter_errors(value)
        ]

    def accepts(self, value: Any) -> bool:
        """Whether nothing is wrong."""
        return self._validator.is_valid(value)
