"""JSON Schema 2020-12, read keyword by keyword: slow and plain, to hold quick validators against.

What a schema says of a value is whether it is valid, and which of its members and items are evaluated by that, which the
`unevaluated…` keywords ask for (Core, section 11). The dynamic scope (Core, section 7.1) is the schema resources passed.
"""

from __future__ import annotations

import ipaddress
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

import jsonschema_rs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from specwright.document.standalone import Node, Schemas

    Evaluated = set[str | int]
    """Names of members, or indexes of items."""


def valid(schemas: Schemas, instance: object) -> bool:
    """Whether decoded JSON is valid; where a schema asks for itself, of the same value, it asks nothing more."""
    return _evaluate(schemas.root, _At(schemas, {}, instance, (), set(), frozenset())) is not None


class _At(NamedTuple):
    """A schema at a value."""

    schemas: Schemas
    schema: Mapping[str, Any]
    value: Any
    scope: tuple[str, ...]
    """The keys of the resources passed, each where it was passed first: the outermost one is what counts."""
    found: Evaluated
    """What the schema's keywords before this one evaluate."""
    passed: frozenset[tuple[int, int, tuple[str, ...]]]
    """Schemas at values, in which this one is."""

    def here(self, schema: Node) -> Evaluated | None:
        return _evaluate(schema, self)

    def each(self, schemas: Iterable[tuple[str | int, Node]]) -> Evaluated | None:
        """The names or indexes, if the value under each is of the schema beside it."""
        pairs = list(schemas)
        inner = (_evaluate(schema, self._replace(value=self.value[key])) for key, schema in pairs)
        return None if any(found is None for found in inner) else {key for key, _ in pairs}


def _evaluate(schema: Node, at: _At) -> Evaluated | None:
    """What a schema evaluates of the value; None if the value is not valid."""
    if isinstance(schema, bool):
        return set() if schema else None
    resource = at.schemas.resource(schema)
    scope = at.scope if resource in at.scope else (*at.scope, resource)
    step = (id(schema), id(at.value), scope)
    if step in at.passed:
        return set()
    all_found: Evaluated = set()
    for keyword in sorted(schema, key=lambda name: name.startswith("unevaluated")):
        about, rule = _RULES.get(keyword, (_anything, _nothing))
        if about(at.value):
            found = rule(
                schema[keyword], _At(at.schemas, schema, at.value, scope, all_found, at.passed | {step})
            )
            if found is None or found is False:
                return None
            all_found |= set() if found is True else found
    return all_found


# --- what a value is ----------------------------------------------------------------------------------------------


def _anything(_value: Any) -> bool:
    return True


def _number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _text(value: Any) -> bool:
    return isinstance(value, str)


def _array(value: Any) -> bool:
    return isinstance(value, list)


def _object(value: Any) -> bool:
    return isinstance(value, dict)


_TYPES: Mapping[str, Callable[[Any], bool]] = {
    "null": lambda value: value is None,
    "boolean": lambda value: isinstance(value, bool),
    "integer": lambda value: _number(value) and value == value // 1,
    "number": _number,
    "string": _text,
    "array": _array,
    "object": _object,
}


def _same(value: Any) -> Any:
    """What is equal for equal values of JSON, and for no others (Core, section 4.2.2); it can be put into a set."""
    if _number(value):
        return Fraction(value)
    if isinstance(value, list):
        return ("array", *map(_same, value))
    if isinstance(value, dict):
        return frozenset((name, _same(item)) for name, item in value.items())
    return (type(value), value)


@cache
def _matches(pattern: str, text: str) -> bool:
    """Whether a pattern of ECMA-262 matches somewhere in a text: another maker's reading of it."""
    return bool(jsonschema_rs.is_valid({"pattern": pattern}, text))


def _ipv4(text: str) -> bool:
    try:
        return bool(ipaddress.IPv4Address(text))
    except ValueError:
        return False


FORMATS: Mapping[str, Callable[[str], bool]] = {"ipv4": _ipv4}
"""Formats have judges of their own; one is enough to see whether they are asserted."""


# --- keywords -----------------------------------------------------------------------------------------------------


def _nothing(_argument: Any, _at: _At) -> Evaluated:
    return set()


def _all_of(members: list[Node], at: _At) -> Evaluated | None:
    found = [at.here(member) for member in members]
    return None if None in found else set().union(*filter(None, found))


def _any_of(members: list[Node], at: _At) -> Evaluated | None:
    found = [inner for inner in map(at.here, members) if inner is not None]
    return set().union(*found) if found else None


def _one_of(members: list[Node], at: _At) -> Evaluated | None:
    found = [inner for inner in map(at.here, members) if inner is not None]
    return found[0] if len(found) == 1 else None


def _if(schema: Node, at: _At) -> Evaluated | None:
    found = at.here(schema)
    chosen = at.here(at.schema.get("else" if found is None else "then", True))
    return None if chosen is None else chosen | (found or set())


def _dynamic_reference(_text: str, at: _At) -> Evaluated | None:
    target, name = at.schemas.dynamic(at.schema)
    anchors = [at.schemas.anchors(resource) for resource in at.scope]
    outermost = next((those[name] for those in anchors if name in those), target) if name else target
    return at.here(outermost)


def _pattern_properties(patterns: dict[str, Node], at: _At) -> Evaluated | None:
    pairs = [
        (name, inner) for name in at.value for pattern, inner in patterns.items() if _matches(pattern, name)
    ]
    return at.each(pairs)


def _additional_properties(schema: Node, at: _At) -> Evaluated | None:
    patterns = at.schema.get("patternProperties", ())
    others = at.value.keys() - at.schema.get("properties", {}).keys()
    return at.each((name, schema) for name in others if not any(_matches(it, name) for it in patterns))


def _contains(schema: Node, at: _At) -> Evaluated | None:
    found: Evaluated = {index for index in range(len(at.value)) if at.each([(index, schema)]) is not None}
    enough = at.schema.get("minContains", 1) <= len(found) <= at.schema.get("maxContains", len(found))
    return found if enough else None


def _required(names: Iterable[str], at: _At) -> bool:
    return all(name in at.value for name in names)


_RULES: Mapping[str, tuple[Callable[[Any], bool], Callable[[Any, _At], Evaluated | bool | None]]] = {
    "$ref": (_anything, lambda _, at: at.here(at.schemas.target(at.schema))),
    "$dynamicRef": (_anything, _dynamic_reference),
    "allOf": (_anything, _all_of),
    "anyOf": (_anything, _any_of),
    "oneOf": (_anything, _one_of),
    "not": (_anything, lambda inner, at: at.here(inner) is None),
    "if": (_anything, _if),
    "type": (_anything, lambda types, at: any(_TYPES[it](at.value) for it in ([types] if _text(types) else types))),
    "enum": (_anything, lambda values, at: _same(at.value) in map(_same, values)),
    "const": (_anything, lambda value, at: _same(at.value) == _same(value)),
    "format": (_text, lambda name, at: name not in FORMATS or FORMATS[name](at.value)),
    "multipleOf": (_number, lambda step, at: Fraction(repr(at.value)) % Fraction(repr(step)) == 0),
    "maximum": (_number, lambda bound, at: at.value <= bound),
    "exclusiveMaximum": (_number, lambda bound, at: at.value < bound),
    "minimum": (_number, lambda bound, at: at.value >= bound),
    "exclusiveMinimum": (_number, lambda bound, at: at.value > bound),
    "maxLength": (_text, lambda most, at: len(at.value) <= most),
    "minLength": (_text, lambda least, at: len(at.value) >= least),
    "pattern": (_text, lambda pattern, at: _matches(pattern, at.value)),
    "maxItems": (_array, lambda most, at: len(at.value) <= most),
    "minItems": (_array, lambda least, at: len(at.value) >= least),
    "uniqueItems": (_array, lambda asked, at: not asked or len(set(map(_same, at.value))) == len(at.value)),
    "prefixItems": (_array, lambda listed, at: at.each(enumerate(listed[: len(at.value)]))),
    "items": (_array, lambda inner, at: at.each((index, inner) for index in _behind(at))),
    "contains": (_array, _contains),
    "unevaluatedItems": (_array, lambda inner, at: at.each((it, inner) for it in range(len(at.value)) if it not in at.found)),
    "maxProperties": (_object, lambda most, at: len(at.value) <= most),
    "minProperties": (_object, lambda least, at: len(at.value) >= least),
    "required": (_object, _required),
    "dependentRequired": (_object, lambda all_, at: all(_required(all_[it], at) for it in all_ if it in at.value)),
    "dependentSchemas": (_object, lambda all_, at: _all_of([all_[it] for it in all_ if it in at.value], at)),
    "properties": (_object, lambda all_, at: at.each((it, all_[it]) for it in all_ if it in at.value)),
    "patternProperties": (_object, _pattern_properties),
    "additionalProperties": (_object, _additional_properties),
    "propertyNames": (_object, lambda inner, at: all(at._replace(value=it).here(inner) is not None for it in at.value)),
    "unevaluatedProperties": (_object, lambda inner, at: at.each((it, inner) for it in at.value if it not in at.found)),
}  # fmt: skip
"""What each keyword is about, and what it asks: whether that is so, or what it evaluates, None where it is not so."""


def _behind(at: _At) -> range:
    """The indexes behind those that `prefixItems` is about."""
    return range(len(at.schema.get("prefixItems", ())), len(at.value))
