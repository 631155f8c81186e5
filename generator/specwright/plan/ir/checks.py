"""What validators demand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from specwright.plan.ir.types import Json

JsonType = Literal["array", "boolean", "integer", "null", "number", "object", "string"]


@dataclass(frozen=True, slots=True)
class StringChecks:
    """What a string must meet (JSON Schema Validation 2020-12, sections 6.3 and 7); lengths in characters."""

    min_length: int | None = None
    max_length: int | None = None
    format: str | None = None


@dataclass(frozen=True, slots=True)
class NumberChecks:
    """What a number must meet (JSON Schema Validation 2020-12, section 6.2)."""

    minimum: float | None = None
    maximum: float | None = None
    exclusive_minimum: float | None = None
    exclusive_maximum: float | None = None
    multiple_of: float | None = None


@dataclass(frozen=True, slots=True)
class ArrayChecks:
    """What an array must meet (JSON Schema Validation 2020-12, section 6.4; Core, section 10.3.1).

    `first` are what the first items must meet, `items` the others.
    """

    first: tuple[Checks, ...] = ()
    items: Checks | None = None
    min_items: int | None = None
    max_items: int | None = None
    unique: bool = False


@dataclass(frozen=True, slots=True)
class PropertyChecks:
    """What the property `wire` must meet if it is there; `refused` says why it must not be there."""

    wire: str
    checks: Checks
    required: bool
    refused: Literal["readOnly", "writeOnly"] | None = None


@dataclass(frozen=True, slots=True)
class ObjectChecks:
    """What an object must meet (JSON Schema Validation 2020-12, section 6.5; Core, section 10.3.2).

    `extra` is what undeclared properties must meet: `None` lets all pass, `False` none; `constant` is the module's name
    for the set of those that are declared. Those that are checked `apart`, by other functions, are declared too.
    """

    properties: tuple[PropertyChecks, ...] = ()
    apart: tuple[str, ...] = ()
    extra: Checks | Literal[False] | None = None
    constant: str | None = None
    min_properties: int | None = None
    max_properties: int | None = None


@dataclass(frozen=True, slots=True)
class TagChecks:
    """Which validator an object must pass, by the value of its property `tag` (OpenAPI 3.2, section 4.25).

    For any other value it is `otherwise`; without that no other is allowed.
    """

    tag: str
    functions: tuple[tuple[tuple[Json, ...], str], ...]
    otherwise: str | None


@dataclass(frozen=True, slots=True)
class Checks:
    """What a value must meet: the keywords of one schema, grouped by the JSON type they speak of.

    `types` is `None` where every type will do; `values` are those of `enum` or `const`, which the module `constant`
    holds if they have a name. `functions` are validators
    that must hold too; those of `any_of`, `one_of` and `none_of` are tried; `all_of` are demands that could not be
    fused.
    """

    types: tuple[JsonType, ...] | None = None
    values: tuple[Json, ...] | None = None
    constant: str | None = None
    string: StringChecks | None = None
    number: NumberChecks | None = None
    array: ArrayChecks | None = None
    object: ObjectChecks | None = None
    functions: tuple[str, ...] = ()
    all_of: tuple[Checks, ...] = ()
    tagged: TagChecks | None = None
    any_of: tuple[str, ...] = ()
    one_of: tuple[str, ...] = ()
    none_of: tuple[str, ...] = ()
    secret: bool = False


@dataclass(frozen=True, slots=True)
class Validator:
    """A function that lists what is wrong with a value; `same_as` is another that demands the same."""

    function: str
    subject: str
    checks: Checks
    same_as: str | None = None
