"""Small schemas of all keywords of JSON Schema 2020-12, and values near them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from hypothesis import assume
from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hypothesis.strategies import DrawFn, SearchStrategy

DEEPEST: Final = 3
NAMES: Final = ("a", "b", "ab", "")
"""Few, so that what schemas speak of is met."""
PATTERNS: Final = ("^a", "b$", "^$", "a|b", ".")
TYPES: Final = ("array", "boolean", "integer", "null", "number", "object", "string")
NUMBERS: Final = (0, 1, 2, -1, 1.0, 1.5, 0.5, 3, 10**20, 1e20)
STEPS: Final = (1, 2, 0.5, 0.1, 1.0, 3)
TEXTS: Final = ("", "a", "b", "ab", "aa", "1", "\U0001f642")
SIZES: Final = (0, 1, 2, 3)
SCALARS: Final = (None, True, False, *NUMBERS, *TEXTS)
PLACES: Final = ("#", "#/$defs/one", "#/$defs/two", "#node")

names = st.sampled_from(NAMES)
sizes = st.sampled_from(SIZES)
numbers = st.sampled_from(NUMBERS)
scalars = st.sampled_from(SCALARS)


def values(deepest: int = DEEPEST) -> SearchStrategy[Any]:
    """JSON of few names and few scalars, so that what schemas ask for is often what a value has."""
    if deepest == 0:
        return scalars
    inner = st.deferred(lambda: values(deepest - 1))
    return st.one_of(scalars, st.lists(inner, max_size=3), st.dictionaries(names, inner, max_size=3))


def _listed(items: SearchStrategy[Any]) -> SearchStrategy[list[Any]]:
    return st.lists(items, min_size=1, max_size=3)


def _named(items: SearchStrategy[Any]) -> SearchStrategy[dict[str, Any]]:
    return st.dictionaries(names, items, min_size=1, max_size=3)


SCALAR_KEYWORDS: Final[dict[str, SearchStrategy[Any]]] = {
    "const": values(1),
    "enum": st.lists(values(1), min_size=1, max_size=3),
    "type": st.one_of(
        st.sampled_from(TYPES), st.lists(st.sampled_from(TYPES), min_size=1, max_size=3, unique=True)
    ),
    "minimum": numbers,
    "maximum": numbers,
    "exclusiveMinimum": numbers,
    "exclusiveMaximum": numbers,
    "multipleOf": st.sampled_from(STEPS),
    "minLength": sizes,
    "maxLength": sizes,
    "pattern": st.sampled_from(PATTERNS),
    "minItems": sizes,
    "maxItems": sizes,
    "uniqueItems": st.booleans(),
    "minProperties": sizes,
    "maxProperties": sizes,
    "required": st.lists(names, max_size=2, unique=True),
    "dependentRequired": _named(st.lists(names, max_size=2, unique=True)),
    "format": st.just("ipv4"),
    "$ref": st.sampled_from(PLACES),
    "$dynamicRef": st.sampled_from(PLACES),
}
COMBINING: Final[dict[str, Callable[[SearchStrategy[Any]], SearchStrategy[Any]]]] = {
    "allOf": _listed,
    "anyOf": _listed,
    "oneOf": _listed,
    "not": lambda inner: inner,
    "if": lambda inner: inner,
    "then": lambda inner: inner,
    "else": lambda inner: inner,
    "properties": _named,
    "patternProperties": lambda inner: st.dictionaries(
        st.sampled_from(PATTERNS), inner, min_size=1, max_size=2
    ),
    "additionalProperties": lambda inner: inner,
    "unevaluatedProperties": lambda inner: inner,
    "propertyNames": lambda inner: inner,
    "dependentSchemas": _named,
    "prefixItems": _listed,
    "items": lambda inner: inner,
    "unevaluatedItems": lambda inner: inner,
    "contains": lambda inner: inner,
}
TOGETHER: Final[dict[str, tuple[str, ...]]] = {
    "if": ("then", "else"),
    "contains": ("minContains", "maxContains"),
    "unevaluatedProperties": (
        "allOf",
        "anyOf",
        "oneOf",
        "if",
        "properties",
        "dependentSchemas",
        "patternProperties",
        "$ref",
    ),
    "unevaluatedItems": ("allOf", "anyOf", "oneOf", "if", "prefixItems", "contains", "$ref"),
    "items": ("prefixItems",),
    "additionalProperties": ("properties", "patternProperties"),
}
"""What is drawn beside a keyword more often than chance would."""
IN_PLACE: Final = frozenset({"allOf", "anyOf", "oneOf", "not", "if", "then", "else", "dependentSchemas"})
KEYWORDS: Final = (*SCALAR_KEYWORDS, *COMBINING)
OF_ALL: Final = ("$ref", "allOf", "anyOf", "const", "else", "enum", "if", "not", "oneOf", "then", "type")
FOCUSES: Final[dict[str, tuple[str, ...]]] = {
    "anything": KEYWORDS,
    "object": (
        *OF_ALL, "$dynamicRef", "additionalProperties", "dependentRequired", "dependentSchemas", "maxProperties", "minProperties",
        "patternProperties", "properties", "propertyNames", "required", "unevaluatedProperties",
    ),
    "array": (
        *OF_ALL, "$dynamicRef", "contains", "items", "maxItems", "minItems", "prefixItems", "unevaluatedItems", "uniqueItems",
    ),
    "scalar": (
        *OF_ALL, "exclusiveMaximum", "exclusiveMinimum", "format", "maxLength", "maximum", "minLength", "minimum", "multipleOf",
        "pattern",
    ),
}  # fmt: skip
"""What a schema may be about, so that its keywords meet: drawn from all, they seldom do."""


@st.composite
def subschemas(draw: DrawFn, deepest: int, focus: str) -> Any:
    """A schema, so many schemas deep, about values of one kind, or of any."""
    if draw(st.integers(0, 11)) == 0:
        return draw(st.booleans())
    chosen = dict.fromkeys(draw(st.lists(st.sampled_from(FOCUSES[focus]), min_size=1, max_size=4)))
    for keyword in tuple(chosen):
        if keyword in TOGETHER:
            chosen |= dict.fromkeys(draw(st.lists(st.sampled_from(TOGETHER[keyword]), max_size=2)))
    schema: dict[str, Any] = {}
    for keyword in chosen:
        if keyword in {"minContains", "maxContains"}:
            schema[keyword] = draw(sizes)
        elif keyword in SCALAR_KEYWORDS:
            schema[keyword] = draw(SCALAR_KEYWORDS[keyword])
        elif deepest:
            inner = focus if keyword in IN_PLACE else draw(st.sampled_from([*FOCUSES]))
            schema[keyword] = draw(COMBINING[keyword](subschemas(deepest - 1, inner)))
    return schema


@st.composite
def schemas(draw: DrawFn) -> tuple[Any, list[Any]]:
    """A schema with all that it refers to, and values. It never asks for itself of the same value (Core, section 9.4.1)."""
    focus = draw(st.sampled_from([*FOCUSES]))
    root = draw(subschemas(DEEPEST, focus))
    one, two = draw(subschemas(2, focus)), draw(subschemas(2, focus))
    anchored = {"$dynamicAnchor": "node", **(two if isinstance(two, dict) else {"allOf": [two]})}
    whole = {
        **(root if isinstance(root, dict) else {"allOf": [root]}),
        "$defs": {"one": one, "two": anchored},
    }
    assume(not _asks_for_itself(whole, whole, ()))
    inner = values(DEEPEST - 1)
    near = {
        "anything": values(),
        "object": st.dictionaries(names, inner, max_size=4),
        "array": st.lists(inner, max_size=4),
        "scalar": scalars,
    }[focus]
    return whole, draw(st.lists(near, min_size=6, max_size=6))


def _asks_for_itself(schema: Any, whole: dict[str, Any], passed: tuple[Any, ...]) -> bool:
    """Whether a schema, or one below it, leads to itself without a step into the value."""
    if isinstance(schema, bool):
        return False
    if any(schema is one for one in passed):
        return True
    if not passed:
        below = (part for keyword, part in schema.items() if keyword not in IN_PLACE)
        if any(_asks_for_itself(part, whole, ()) for group in below for part in _within(group)):
            return True
    return any(_asks_for_itself(part, whole, (*passed, schema)) for part in _beside(schema, whole))


def _within(value: Any) -> list[Any]:
    """The schemas in what a keyword holds, as far as that matters: data has no references in it."""
    items = list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else []
    return [item for item in (value, *items) if isinstance(item, dict)]


def _beside(schema: dict[str, Any], whole: dict[str, Any]) -> Iterator[Any]:
    """The schemas that one applies to the same value."""
    for keyword in ("allOf", "anyOf", "oneOf"):
        yield from schema.get(keyword, ())
    yield from (schema[keyword] for keyword in ("not", "if", "then", "else") if keyword in schema)
    yield from schema.get("dependentSchemas", {}).values()
    for keyword in ("$ref", "$dynamicRef"):
        place = schema.get(keyword)
        if place is not None:
            yield whole if place == "#" else whole["$defs"]["one" if place.endswith("one") else "two"]
