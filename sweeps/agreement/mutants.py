"""Values near one that a schema accepts: a part of it is replaced, added, left out, or doubled."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from sweeps.agreement import near

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from sweeps.schemas import Schema

    Path = tuple[str | int, ...]

MOST_PLACES: Final = 60
"""Parts of a value that are looked at."""
MOST_PARTS: Final = 40
"""Schemas that one part of a value may have to meet, as far as they are looked at."""
AT_ONCE: Final = 3
"""Values that are made by one change of one part."""
POOL: Final = 3
"""Values of one schema that parts are replaced by."""
TWICE: Final = 0.2
"""How often a second part is replaced, too."""
NOTHING: Final[Any] = object()
"""What `make` gives where it can make nothing."""
_IN_PLACE: Final = ("allOf", "anyOf", "oneOf")
_ONE_IN_PLACE: Final = ("not", "if", "then", "else")


@dataclass(frozen=True, slots=True)
class Place:
    """A part of a value, and the schemas that have something to say of it, those of alternatives too."""

    path: Path
    value: Any
    schemas: Sequence[dict[str, Any]]


class Mutator:
    """Makes mutants of values of one schema that stands alone; `make` makes a value of a schema below it, if it can."""

    def __init__(self, schema: Schema, make: Callable[[Any, random.Random], Any]) -> None:
        self._schema = schema
        self._definitions: dict[str, Any] = schema.get("$defs", {}) if isinstance(schema, dict) else {}
        self._make = make
        self._pools: dict[int, list[Any]] = {}
        self._named: dict[str, dict[str, Any]] = {}
        """By a pattern of names: the schema of these."""

    def mutants(self, value: Any, rng: random.Random, count: int) -> Iterator[Any]:
        """So many values, each of which differs from `value` in one part, some in two."""
        places = list(self.places(value))
        made = 0
        while made < count:
            place = rng.choice(places)
            changes = list(rng.choice(list(self._changes(place, rng)))())
            for part in rng.sample(changes, min(len(changes), AT_ONCE, count - made)):
                mutant = replaced(value, place.path, part)
                if rng.random() < TWICE:
                    again = rng.choice(list(self.places(mutant)))
                    mutant = replaced(mutant, again.path, rng.choice(near.OTHERS))
                yield mutant
                made += 1

    # --- where ---

    def places(self, value: Any) -> Iterator[Place]:
        """The parts of a value, the outer ones first."""
        waiting: list[tuple[Path, Any, list[Any]]] = [((), value, [self._schema])]
        for _ in range(MOST_PLACES):
            if not waiting:
                return
            path, part, schemas = waiting.pop(0)
            said = self._parts(schemas)
            yield Place(path, part, said)
            if isinstance(part, dict):
                waiting += (((*path, name), item, _of_name(said, name)) for name, item in part.items())
            elif isinstance(part, list):
                waiting += (((*path, at), item, _of_index(said, at)) for at, item in enumerate(part))

    def _parts(self, schemas: list[Any]) -> list[dict[str, Any]]:
        """The schemas, and all that they apply to the same value, under a condition or not."""
        found: list[dict[str, Any]] = []
        waiting, seen = list(schemas), set[int]()
        while waiting and len(found) < MOST_PARTS:
            schema = waiting.pop(0)
            if not isinstance(schema, dict) or id(schema) in seen:
                continue
            seen.add(id(schema))
            found.append(schema)
            if "$ref" in schema:
                waiting.append(self._definitions[schema["$ref"].removeprefix("#/$defs/")])
            waiting += (part for keyword in _IN_PLACE for part in schema.get(keyword, ()))
            waiting += (schema[keyword] for keyword in _ONE_IN_PLACE if keyword in schema)
            waiting += schema.get("dependentSchemas", {}).values()
        return found

    # --- what ---

    def _changes(self, place: Place, rng: random.Random) -> Iterator[Callable[[], Iterable[Any]]]:
        """The ways to change a part, each of which gives what could stand there."""
        value = place.value
        yield lambda: near.OTHERS
        for schema in place.schemas:
            if schema.keys() & near.NUMBERS:
                yield partial(near.numbers, schema)
            if schema.keys() & near.TEXTS:
                yield partial(self._texts, schema, value, rng)
            if schema.keys() & near.LISTED:
                yield partial(near.listed, schema)
            if schema.keys() & frozenset(_IN_PLACE):
                yield partial(self._others, schema, rng)
            if isinstance(value, dict) and schema.keys() & _OBJECTS:
                yield partial(self._objects, schema, value, rng)
            elif isinstance(value, list) and schema.keys() & _ARRAYS:
                yield partial(self._arrays, schema, value, rng)

    def _made(self, schema: Any, rng: random.Random) -> Iterator[Any]:
        """A value of a schema below the whole; of a few that are made once, since that takes long."""
        pool = self._pools.setdefault(id(schema), [])
        if len(pool) < POOL:
            pool.append(self._make(schema, rng))
        made = rng.choice(pool)
        if made is not NOTHING:
            yield made

    def _texts(self, schema: dict[str, Any], value: Any, rng: random.Random) -> Iterator[str]:
        made = value if isinstance(value, str) else next(self._made(schema, rng), None)
        return near.texts(schema, made if isinstance(made, str) else None, rng)

    def _others(self, schema: dict[str, Any], rng: random.Random) -> Iterator[Any]:
        """Values of other members of a choice."""
        members = [part for keyword in _IN_PLACE for part in schema.get(keyword, ())]
        for member in rng.sample(members, min(len(members), AT_ONCE)):
            yield from self._made(member, rng)

    def _objects(self, schema: dict[str, Any], value: dict[str, Any], rng: random.Random) -> Iterator[Any]:
        for name in value:
            yield {key: item for key, item in value.items() if key != name}
            yield {**value, name: None}
        properties = schema.get("properties", {})
        for name in rng.sample(sorted(properties), min(len(properties), 4)):
            yield {**value, name: rng.choice(near.OTHERS)}
            yield from ({**value, name: made} for made in self._made(properties[name], rng))
            yield {**value, name.swapcase(): value.get(name)}
        for pattern in schema.get("patternProperties", {}):
            for name in self._made(
                self._named.setdefault(pattern, {"type": "string", "pattern": pattern}), rng
            ):
                yield {**value, str(name): rng.choice(near.OTHERS)}
        yield {**value, rng.choice(_NAMES): rng.choice(near.OTHERS)}
        if value and isinstance(schema.get("additionalProperties"), dict):
            yield {**value, "another": rng.choice([*value.values()])}
        for keyword in ("minProperties", "maxProperties"):
            if isinstance(schema.get(keyword), int):
                yield from (_of_size(value, schema[keyword] + more) for more in (-1, 0, 1))
        yield {}

    def _arrays(self, schema: dict[str, Any], value: list[Any], rng: random.Random) -> Iterator[Any]:
        yield []
        yield [*value, rng.choice(near.OTHERS)]
        if value:
            yield [*value, copy.deepcopy(rng.choice(value))]
            yield [*value, _respelt(rng.choice(value))]
            yield value[1:]
            yield value[::-1]
        for keyword in ("minItems", "maxItems"):
            if isinstance(schema.get(keyword), int) and schema[keyword] <= _LONGEST:
                yield from (_of_length(value, schema[keyword] + more) for more in (-1, 0, 1))
        items = schema.get("items", True)
        yield from ([*value, made] for made in self._made(items, rng))


_OBJECTS: Final = frozenset(
    {"additionalProperties", "dependentRequired", "maxProperties", "minProperties", "patternProperties", "properties", "propertyNames",
     "required", "unevaluatedProperties"}
)  # fmt: skip
_ARRAYS: Final = frozenset(
    {"contains", "items", "maxItems", "minItems", "prefixItems", "unevaluatedItems", "uniqueItems"}
)
_LONGEST: Final = 1_000
_NAMES: Final = ("another", "", "a/b~c", "$ref", "__proto__", "x-é", "class", "id", "type")


def _of_name(schemas: Sequence[dict[str, Any]], name: str) -> list[Any]:
    found = [schema["properties"][name] for schema in schemas if name in schema.get("properties", {})]
    found += (part for schema in schemas for part in schema.get("patternProperties", {}).values())
    keywords = ("additionalProperties", "unevaluatedProperties")
    return found or [schema[keyword] for schema in schemas for keyword in keywords if keyword in schema]


def _of_index(schemas: Sequence[dict[str, Any]], at: int) -> list[Any]:
    found: list[Any] = []
    for schema in schemas:
        first = schema.get("prefixItems", ())
        found += (
            [first[at]]
            if at < len(first)
            else [schema[key] for key in ("items", "unevaluatedItems") if key in schema]
        )
        found += [schema["contains"]] if "contains" in schema else []
    return found


def _of_size(value: dict[str, Any], size: int) -> dict[str, Any]:
    more = {f"extra{at}": None for at in range(max(min(size, _LONGEST) - len(value), 0))}
    return dict([*value.items(), *more.items()][: max(size, 0)])


def _of_length(value: list[Any], length: int) -> list[Any]:
    items = value or [None]
    return [copy.deepcopy(items[at % len(items)]) for at in range(max(length, 0))]


def _respelt(value: Any) -> Any:
    """The same value in other words: numbers that are equal, members in another order."""
    if isinstance(value, dict):
        return dict(reversed(value.items()))
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < _EXACT:
        return float(value)
    return copy.deepcopy(value)


_EXACT: Final = 2**53


def replaced(value: Any, path: Path, part: Any) -> Any:
    """The same value with another part; nothing of it is changed in place."""
    if not path:
        return part
    step, *below = path
    whole = dict(value) if isinstance(value, dict) else list(value)
    whole[step] = replaced(value[step], tuple(below), part)
    return whole
