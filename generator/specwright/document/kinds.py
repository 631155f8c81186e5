"""The grammar's notation, read once: what a value in a document may be."""

from __future__ import annotations

import dataclasses
from functools import cache
from typing import TYPE_CHECKING, Final, TypeAlias

from specwright.document import grammar
from specwright.document.tree import Map, Seq

if TYPE_CHECKING:
    import re
    from collections.abc import Mapping

_NOTHING: Final[frozenset[type]] = frozenset()


@dataclasses.dataclass(frozen=True, slots=True)
class Scalar:
    """Text, a boolean or a number."""

    expected: str
    classes: frozenset[type]


@dataclasses.dataclass(frozen=True, slots=True)
class Word:
    """One of a set of words."""

    words: frozenset[str]
    expected: str = "text"
    classes: frozenset[type] = frozenset({str})


@dataclasses.dataclass(frozen=True, slots=True)
class Count:
    """An integer from 0."""

    expected: str = "an integer from 0"
    classes: frozenset[type] = frozenset({int, float})


@dataclasses.dataclass(frozen=True, slots=True)
class Positive:
    """A number above 0."""

    expected: str = "a number above 0"
    classes: frozenset[type] = frozenset({int, float})


@dataclasses.dataclass(frozen=True, slots=True)
class Data:
    """Anything: it is never looked into."""

    expected: str = "any value"
    classes: frozenset[type] = frozenset({str, int, float, bool, type(None), Map, Seq})


@dataclasses.dataclass(frozen=True, slots=True)
class ListOf:
    """A list of values of one kind."""

    item: Field
    expected: str = "a list"
    classes: frozenset[type] = frozenset({Seq})


@dataclasses.dataclass(frozen=True, slots=True)
class MapOf:
    """An object with values of one kind under any key."""

    value: Field
    expected: str = "an object"
    classes: frozenset[type] = frozenset({Map})


@dataclasses.dataclass(frozen=True, slots=True)
class ObjectOf:
    """An object of a kind that the grammar lists."""

    name: str
    expected: str
    classes: frozenset[type]


@dataclasses.dataclass(frozen=True, slots=True)
class Choice:
    """Whichever of the kinds a value has the type of."""

    options: tuple[Kind, ...]
    expected: str
    classes: frozenset[type]


Kind: TypeAlias = Scalar | Word | Count | Positive | Data | ListOf | MapOf | ObjectOf | Choice


@dataclasses.dataclass(frozen=True, slots=True)
class Field:
    """The value of one field."""

    kind: Kind
    plain: frozenset[type]
    """Classes of values that are right without another look."""
    words: frozenset[str]
    """Text that is."""


@dataclasses.dataclass(frozen=True, slots=True)
class Fields:
    """What an object of one kind holds."""

    name: str
    by_key: Mapping[str, Field]
    rest: Field | None
    """The field `*`."""
    rest_keys: re.Pattern[str] | None
    needed: tuple[str, ...]
    essential: frozenset[str]
    """Of those needed, the ones without which the object is left out."""
    referable: bool


_SCALARS: Final[Mapping[str, Kind]] = {
    "string": Scalar("text", frozenset({str})),
    "boolean": Scalar("true or false", frozenset({bool})),
    "number": Scalar("a number", frozenset({int, float})),
    "integer": Scalar("an integer", frozenset({int})),
    "count": Count(),
    "positive": Positive(),
    "any": Data(),
    **{name: Word(words) for name, words in grammar.WORDS.items()},
}


def field(notation: str) -> Field:
    """The field that a notation of the grammar describes."""
    kind = parse(notation.rstrip("!"))
    words = [
        option.words
        for option in (kind.options if isinstance(kind, Choice) else (kind,))
        if isinstance(option, Word)
    ]
    return Field(
        kind, kind.classes if isinstance(kind, Scalar | Data) else _NOTHING, frozenset[str]().union(*words)
    )


@cache
def parse(notation: str) -> Kind:
    """The kind that a notation of the grammar describes."""
    if notation[0] in "[{" and notation[-1] in "]}" and _is_one(notation):
        inner = field(notation[1:-1])
        return ListOf(inner) if notation[0] == "[" else MapOf(inner)
    if " or " in notation:
        options = tuple(parse(option) for option in notation.split(" or "))
        classes = frozenset[type]().union(*(option.classes for option in options))
        return Choice(options, " or ".join(option.expected for option in options), classes)
    if notation in _SCALARS:
        return _SCALARS[notation]
    name = notation.removeprefix("Swagger") or notation
    booleans: frozenset[type] = frozenset({bool}) if notation == "Schema" else _NOTHING
    expected = "a schema" if notation == "Schema" else f"an object ({name})"
    return ObjectOf(notation, expected, frozenset({Map}) | booleans)


def _is_one(notation: str) -> bool:
    """Whether the brackets at both ends belong together."""
    depth = 0
    for number, character in enumerate(notation, 1):
        depth += (character in "[{") - (character in "]}")
        if depth == 0:
            return number == len(notation)
    return False


@cache
def table(*, swagger: bool) -> Mapping[str, Fields]:
    """What each kind of object holds on the way in: in OpenAPI 3, or in Swagger 2.0."""
    objects: dict[str, dict[str, str]] = grammar.OPENAPI | (grammar.SWAGGER if swagger else {})
    older = grammar.OLDER_SCHEMA | (grammar.SWAGGER_SCHEMA if swagger else {})
    objects = objects | {"Schema": grammar.OPENAPI["Schema"] | older}
    return {name: _fields(name, notations) for name, notations in objects.items()}


def holds_objects(kind: MapOf) -> bool:
    """Whether the values are objects, and nothing but objects, so that text under a key is none of them."""
    return isinstance(kind.value.kind, ObjectOf)


def below(kind: Kind, key: str) -> Kind | None:
    """The kind of what a value of the dialect holds under `key`; None where it holds data, or nothing."""
    match kind:
        case ObjectOf(name):
            fields = table(swagger=False)[name]
            part = fields.by_key.get(key, fields.rest)
            return None if part is None else part.kind
        case ListOf(item):
            return item.kind
        case MapOf(value):
            return value.kind
        case Choice(options):
            return next((inner for option in options if (inner := below(option, key)) is not None), None)
        case _:
            return None


def _fields(name: str, notations: Mapping[str, str]) -> Fields:
    pattern, _ = grammar.KEYS.get(name, (None, ""))
    return Fields(
        name=name,
        by_key={key: field(notation) for key, notation in notations.items() if key != "*"},
        rest=field(notations["*"]) if "*" in notations else None,
        rest_keys=pattern,
        needed=tuple(key for key, notation in notations.items() if notation.endswith("!")),
        essential=frozenset(key for key, notation in notations.items() if notation.endswith("!!")),
        referable=name in grammar.REFERABLE,
    )
