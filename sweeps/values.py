"""Values that a schema accepts, made from the schema alone, by a seed.

What is made is offered to the judge and made again until it is accepted: keywords that only forbid (`not`, `oneOf`'s
exclusion, `unevaluatedProperties`) are met by trying.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from decimal import Decimal
from math import ceil, floor
from typing import TYPE_CHECKING, Any, Final, Literal

from sweeps.texts import text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from sweeps.schemas import Judge, Schema

Extent = Literal["smallest", "largest", "mixed"]
"""How much of what is optional a value has: nothing, all of it down to some depth, or by chance."""

EXTENTS: Final[tuple[Extent, ...]] = ("largest", "smallest", "mixed")
_TRIES: Final = 16
_OPTIONAL_DEPTH: Final = 4
"""Below so many objects and arrays, only what is required is made."""
_DEEPEST: Final = 24
_BUDGET: Final = 400
"""So many values, and what is optional is left out."""
_SMALL_BUDGET: Final = 40
"""The same, of what is a part of a value."""
_WIDEST: Final = 2
_COMBINING: Final = frozenset({"$ref", "$defs", "allOf", "anyOf", "oneOf"})
_MOST_UNIONS: Final = 50


class NoValueError(Exception):
    """No value could be made."""


@dataclass(slots=True)
class _State:
    rng: random.Random
    extent: Extent
    plain: bool
    budget: int = _BUDGET


class Maker:
    """Makes values of one schema that stands alone."""

    def __init__(self, schema: Schema, judge: Judge) -> None:
        self._schema = schema
        self._definitions: dict[str, Any] = schema.get("$defs", {}) if isinstance(schema, dict) else {}
        self._judge = judge

    def value(self, seed: str, extent: Extent, *, plain: bool = False) -> Any:
        """A value; the same for the same arguments. `plain` keeps free texts to letters.

        Raises:
            NoValueError: None was found that the judge accepts.
        """
        fault = "no value was found"
        for attempt in range(_TRIES):
            chosen: Extent = extent if attempt < 4 else EXTENTS[attempt % len(EXTENTS)]  # noqa: PLR2004
            state = _State(random.Random(f"{seed} {attempt}"), chosen, plain)  # noqa: S311
            try:
                made = self._make(self._schema, state, 0)
            except NoValueError as error:
                fault = str(error)
                continue
            if self._judge.accepts(made):
                return made
            fault = "; ".join(self._judge.faults(made)[:3])
        raise NoValueError(fault)

    def part(self, schema: Any, rng: random.Random) -> Any:
        """What may be a value of a schema below the whole; whether it is one, nobody has judged.

        Raises:
            NoValueError: None was found.
        """
        return self._make(
            schema, _State(rng, "mixed", plain=False, budget=_SMALL_BUDGET), _OPTIONAL_DEPTH - 2
        )

    # --- examples ---

    def pruned(self, value: Any) -> Any:
        """A value without the members that the schema doesn't speak of: they are refused in requests, and not kept of answers."""
        return self._pruned(value, [self._schema])

    def _pruned(self, value: Any, schemas: list[Any]) -> Any:
        parts = [part for schema in schemas for part in self._parts(schema, set())]
        if isinstance(value, list):
            return [
                self._pruned(item, [part["items"] for part in parts if "items" in part]) for item in value
            ]
        if not isinstance(value, dict):
            return value
        declared: dict[str, list[Any]] = {}
        for part in parts:
            for name, each in part.get("properties", {}).items():
                declared.setdefault(name, []).append(each)
        rest = [
            part["additionalProperties"]
            for part in parts
            if part.get("additionalProperties") not in (None, False)
        ]
        is_open = not declared or rest or any("patternProperties" in part for part in parts)
        return {
            name: self._pruned(item, declared.get(name, rest))
            for name, item in value.items()
            if name in declared or is_open
        }

    def _parts(self, schema: Any, seen: set[str]) -> Iterator[dict[str, Any]]:
        """All schemas that a value may have to meet: of unions, every alternative."""
        if not isinstance(schema, dict):
            return
        yield schema
        key = str(schema.get("$ref", "")).removeprefix("#/$defs/")
        inner = [self._definitions[key]] if key and key not in seen else []
        for each in [
            *inner,
            *(part for name in ("allOf", "anyOf", "oneOf") for part in schema.get(name, ())),
        ]:
            yield from self._parts(each, seen | {key})

    # --- merging ---

    def _whole(self, schema: Any, state: _State) -> dict[str, Any]:
        """A schema with its `$ref` and `allOf` merged, and one alternative of each union that goes with the rest."""
        whole, unions = self._merged(schema, frozenset())
        for _ in range(_MOST_UNIONS):
            if not unions:
                return whole
            whole, further = self._alternative(whole, unions.pop(), state)
            unions += further
        raise NoValueError("alternatives inside one another without an end")

    def _merged(self, schema: Any, seen: frozenset[str]) -> tuple[dict[str, Any], list[list[Any]]]:
        """A schema with its `$ref` and `allOf` merged, and the unions that it has besides."""
        if schema is False:
            raise NoValueError("a schema that nothing meets")
        if not isinstance(schema, dict):
            return {}, []
        parts = [*schema.get("allOf", ())]
        reference = schema.get("$ref")
        if reference is not None:
            key = reference.removeprefix("#/$defs/")
            if key in seen:
                raise NoValueError("a schema that is nothing but itself")
            seen |= {key}
            parts.append(self._definitions[key])
        whole = {key: value for key, value in schema.items() if key not in _COMBINING}
        unions = [schema[name] for name in ("oneOf", "anyOf") if schema.get(name)]
        for part in parts:
            inner, further = self._merged(part, seen)
            whole = _both(whole, inner)
            unions += further
        return whole, unions

    def _alternative(
        self, whole: dict[str, Any], members: list[Any], state: _State
    ) -> tuple[dict[str, Any], list[list[Any]]]:
        """`whole` with one of the members that it can be merged with, and the unions of that."""
        order = list(members)
        state.rng.shuffle(order)
        fault = NoValueError("alternatives none of which goes with what is beside them")
        for member in order:
            try:
                inner, unions = self._merged(member, frozenset())
            except NoValueError as error:
                fault = error
                continue
            merged = _both(whole, inner)
            if [] not in (merged.get("type"), merged.get("enum")):
                return merged, unions
        raise fault

    # --- making ---

    def _make(self, schema: Any, state: _State, depth: int) -> Any:
        if depth > _DEEPEST:
            raise NoValueError("values inside one another without an end")
        whole = self._whole(schema, state)
        state.budget -= 1
        if "const" in whole:
            return whole["const"]
        if isinstance(whole.get("enum"), list):
            return self._chosen(whole, state)
        kind = self._kind(whole, state)
        match kind:
            case "object":
                return self._object(whole, state, depth)
            case "array":
                return self._array(whole, state, depth)
            case "string":
                return text(whole, state.rng, plain=state.plain)
            case "integer" | "number":
                return _number(whole, kind, state.rng)
            case "boolean":
                return state.rng.random() < 0.5  # noqa: PLR2004
            case _:
                return None

    def _chosen(self, whole: dict[str, Any], state: _State) -> Any:
        kinds = whole.get("type")
        types = kinds if isinstance(kinds, list) else [kinds]
        fitting = [
            value for value in whole["enum"] if kinds is None or any(_is(value, kind) for kind in types)
        ]
        if not fitting:
            raise NoValueError("no value of `enum` has the `type`")
        return state.rng.choice(fitting)

    def _kind(self, whole: dict[str, Any], state: _State) -> str:
        kinds = whole.get("type")
        if isinstance(kinds, list):
            if not kinds:
                raise NoValueError("types that exclude each other")
            return str(state.rng.choice(kinds))
        if kinds is not None:
            return str(kinds)
        return next((kind for kind, keywords in _IMPLIED.items() if keywords & whole.keys()), "string")

    def _object(self, whole: dict[str, Any], state: _State, depth: int) -> dict[str, Any]:
        properties = whole.get("properties", {})
        required = list(dict.fromkeys(whole.get("required", ())))
        made: dict[str, Any] = {}
        extra = whole.get("additionalProperties")
        for name in required:
            if name in properties:
                made[name] = self._make(properties[name], state, depth + 1)
            elif extra is None and properties:
                raise NoValueError(f"nobody can give {name}, which is no property")
            elif extra is not False:
                made[name] = self._make(extra if extra is not None else {}, state, depth + 1)
        for name, schema in properties.items():
            if name not in made and self._wanted(state, depth):
                try:
                    made[name] = self._make(schema, state, depth + 1)
                except NoValueError:
                    continue
        self._extras(whole, made, state, depth)
        return made

    def _extras(self, whole: dict[str, Any], made: dict[str, Any], state: _State, depth: int) -> None:
        """Members beside the properties: as many as there have to be, and one where the document writes that they may."""
        extra = whole.get("additionalProperties")
        names = [
            text({"pattern": each}, state.rng, plain=True) for each in whole.get("patternProperties", ())
        ]
        schemas = [*whole.get("patternProperties", {}).values()]
        count = max(int(whole.get("minProperties", 0)) - len(made), 0)
        is_open = extra is None and not whole.get("properties")
        if (
            (is_open or extra not in (None, False))
            and "propertyNames" not in whole
            and self._wanted(state, depth)
        ):
            count = max(count, 1)
        pairs = list(zip(names, schemas, strict=True))
        if extra is not False:
            pairs += [(f"extra{at}", extra if extra is not None else {}) for at in range(count)]
        room = int(whole.get("maxProperties", 10**6)) - len(made)
        for name, schema in pairs[: max(room, 0)]:
            if len(made) < int(whole.get("minProperties", 0)) or self._wanted(state, depth):
                try:
                    made.setdefault(name, self._make(schema, state, depth + 1))
                except NoValueError:
                    continue

    def _array(self, whole: dict[str, Any], state: _State, depth: int) -> list[Any]:
        least, most = int(whole.get("minItems", 0)), int(whole.get("maxItems", 10**6))
        made = [self._make(each, state, depth + 1) for each in whole.get("prefixItems", ())]
        wanted = max(least, min(most, state.rng.randint(1, _WIDEST) if self._wanted(state, depth) else least))
        items = whole.get("items", {})
        if "contains" in whole:
            made.append(self._make(whole["contains"], state, depth + 1))
        misses = 0
        while len(made) < wanted and items is not False and misses < 20:  # noqa: PLR2004
            try:
                item = self._make(items, state, depth + 1)
            except NoValueError:
                if len(made) < least:
                    raise
                break
            if whole.get("uniqueItems") is True and item in made:
                misses += 1
                continue
            made.append(item)
        return made

    def _wanted(self, state: _State, depth: int) -> bool:
        """Whether something optional is made here."""
        if state.extent == "smallest" or depth >= _OPTIONAL_DEPTH or state.budget <= 0:
            return False
        return state.extent == "largest" or state.rng.random() < 0.5  # noqa: PLR2004


# What a schema without `type` is about, by its keywords.
_IMPLIED: Final[dict[str, frozenset[str]]] = {
    "object": frozenset(
        {"properties", "required", "additionalProperties", "patternProperties", "minProperties"}
    ),
    "array": frozenset({"items", "prefixItems", "minItems", "contains"}),
    "number": frozenset({"minimum", "maximum", "multipleOf", "exclusiveMinimum", "exclusiveMaximum"}),
}


def _is(value: Any, kind: str) -> bool:
    match kind:
        case "integer":
            return not isinstance(value, bool) and isinstance(value, int | float) and value == int(value)
        case "number":
            return not isinstance(value, bool) and isinstance(value, int | float)
        case _:
            return isinstance(value, _PYTHON[kind])


_PYTHON: Final[dict[str, type]] = {
    "array": list, "boolean": bool, "null": type(None), "object": dict, "string": str,
}  # fmt: skip


def _number(whole: dict[str, Any], kind: str, rng: random.Random) -> int | float:
    low, high = whole.get("minimum"), whole.get("maximum")
    above, below = whole.get("exclusiveMinimum"), whole.get("exclusiveMaximum")
    step = Decimal(str(whole.get("multipleOf", 1 if kind == "integer" else "0.25")))
    if low is None and above is None:
        low = 0 if (high if high is not None else below if below is not None else 100) >= 0 else None
    least = Decimal(str(low)) if low is not None else None
    if above is not None:
        least = max(least, Decimal(str(above))) if least is not None else Decimal(str(above))
    bounds = [Decimal(str(each)) for each in (high, below) if each is not None]
    most = min(bounds) if bounds else (least if least is not None else Decimal(0)) + 100 * step
    if least is None:
        least = most - 100 * step
    first, last = ceil(least / step), floor(most / step)
    if above is not None and first * step <= Decimal(str(above)):
        first += 1
    if below is not None and last * step >= Decimal(str(below)):
        last -= 1
    if first > last:
        if kind == "number" and least < most and above is None and below is None:
            return float((least + most) / 2)
        raise NoValueError("no number is within the bounds")
    made = rng.randint(first, min(last, first + 10**6)) * step
    return int(made) if kind == "integer" or made == int(made) else float(made)


# --- two schemas as one ---


def _both(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    """A schema that demands what two demand."""
    both = dict(one)
    for key, value in other.items():
        meet = _MEETINGS.get(key)
        if key not in both:
            both[key] = value
        elif meet is not None:
            both[key] = meet(both[key], value)
    return both


def _properties(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    shared = {name: {"allOf": [one[name], other[name]]} for name in one if name in other}
    return {**one, **other, **shared}


def _items(one: Any, other: Any) -> Any:
    return one if other is True else {"allOf": [one, other]}


def _patterns(one: str, other: str) -> str:
    return one if one == other else f"(?={one}){other}"


def _types(one: Any, other: Any) -> Any:
    first, second = _listed(one), _listed(other)
    common = [kind for kind in first if kind in second]
    if {"integer", "number"} <= {*first, *second} and not {"integer", "number"} & set(common):
        common.append("integer")
    return common[0] if len(common) == 1 else common


def _listed(kinds: Any) -> Iterable[Any]:
    return kinds if isinstance(kinds, list) else [kinds]


_MEETINGS: Final[dict[str, Callable[[Any, Any], Any]]] = {
    **dict.fromkeys(("minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties"), max),
    **dict.fromkeys(("maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties"), min),
    "additionalProperties": _items,
    "enum": lambda one, other: [each for each in one if each in other],
    "items": _items,
    "pattern": _patterns,
    "patternProperties": _properties,
    "properties": _properties,
    "required": lambda one, other: [*one, *other],
    "type": _types,
}
"""How the values of a keyword that both have become one."""
