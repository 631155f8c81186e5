"""What validators demand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from specwright.plan.ir.patterns import Pattern
    from specwright.plan.ir.types import Json

TESTS: Final = "__fits"
"""How the name of a validator ends that tells whether a value fits, behind that of the one that lists what is wrong."""

JsonType = Literal["array", "boolean", "integer", "null", "number", "object", "string"]


@dataclass(frozen=True, slots=True)
class StringChecks:
    """What a string must meet (JSON Schema Validation 2020-12, sections 6.3 and 7); lengths in characters."""

    min_length: int | None = None
    max_length: int | None = None
    patterns: tuple[Pattern, ...] = ()
    format: str | None = None


@dataclass(frozen=True, slots=True)
class NumberChecks:
    """What a number must meet (JSON Schema Validation 2020-12, section 6.2)."""

    minimum: float | None = None
    maximum: float | None = None
    exclusive_minimum: float | None = None
    exclusive_maximum: float | None = None
    multiple_of: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Containing:
    """How many items must meet `checks` (JSON Schema Validation 2020-12, sections 6.4.4 and 6.4.5)."""

    checks: Checks
    least: int = 1
    most: int | None = None


@dataclass(frozen=True, slots=True)
class SeenItems:
    """The items that the parts of a schema look at (JSON Schema Core 2020-12, section 11.2): the first ones, or all.

    Those that meet one of `containing` are seen, too; and those of `branches` where the value meets the first of the pair.
    """

    first: int = 0
    every: bool = False
    containing: tuple[Checks, ...] = ()
    branches: tuple[tuple[Checks, SeenItems], ...] = ()


@dataclass(frozen=True, slots=True)
class UnseenItems:
    """What the items must meet that no part of a schema looks at (JSON Schema Core 2020-12, section 11.2)."""

    seen: SeenItems
    checks: Checks


@dataclass(frozen=True, slots=True)
class ArrayChecks:
    """What an array must meet (JSON Schema Validation 2020-12, section 6.4; Core, sections 10.3.1 and 11.2).

    `first` are what the first items must meet, `items` the others.
    """

    first: tuple[Checks, ...] = ()
    items: Checks | None = None
    containing: tuple[Containing, ...] = ()
    unseen: tuple[UnseenItems, ...] = ()
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
class SeenProperties:
    """The properties that the parts of a schema look at (JSON Schema Core 2020-12, section 11.3): by name, or all.

    Those of `branches` are seen where the value meets the first of the pair.
    """

    names: tuple[str, ...] = ()
    patterns: tuple[Pattern, ...] = ()
    every: bool = False
    branches: tuple[tuple[Checks, SeenProperties], ...] = ()


@dataclass(frozen=True, slots=True)
class OtherProperties:
    """What the properties must meet that are not `seen`; `constant` is the module's name for the set of those that are."""

    seen: SeenProperties
    checks: Checks
    keyword: Literal["additionalProperties", "unevaluatedProperties"] = "additionalProperties"
    constant: str | None = None


@dataclass(frozen=True, slots=True)
class ObjectChecks:
    """What an object must meet (JSON Schema Validation 2020-12, section 6.5; Core, sections 10.2.2.4, 10.3.2 and 11.3).

    `patterns` are what properties with such names must meet, `names` what their names must, and `dependent` what the
    object must where it has a property, beside the properties that it must then have, too (`together`).
    """

    properties: tuple[PropertyChecks, ...] = ()
    patterns: tuple[tuple[Pattern, Checks], ...] = ()
    others: tuple[OtherProperties, ...] = ()
    names: Checks | None = None
    together: tuple[tuple[str, tuple[str, ...]], ...] = ()
    dependent: tuple[tuple[str, Checks], ...] = ()
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
class MarkedChoice:
    """Which validator an object must pass, by the property that it has; only one alternative may have each of them.

    An object that has none of them must pass `otherwise`; without that there has to be one.
    """

    keyword: Literal["anyOf", "oneOf"]
    alternatives: tuple[tuple[str, str], ...]
    otherwise: str | None


@dataclass(frozen=True, slots=True)
class ChoiceChecks:
    """How many of `tried` a value must meet (JSON Schema Core 2020-12, sections 10.2.1.2 and 10.2.1.3)."""

    keyword: Literal["anyOf", "oneOf"]
    tried: tuple[Checks, ...]


@dataclass(frozen=True, slots=True)
class TypedChoice:
    """What a value must meet by its JSON type; no other type is allowed. Only one alternative is of each type."""

    alternatives: tuple[tuple[tuple[JsonType, ...], Checks], ...]


@dataclass(frozen=True, slots=True)
class Condition:
    """What a value must meet that meets `test`, and what else (JSON Schema Core 2020-12, section 10.2.2)."""

    test: Checks
    then: Checks | None
    otherwise: Checks | None


@dataclass(frozen=True, slots=True)
class Checks:
    """What a value must meet: the keywords of one schema, grouped by the JSON type they speak of.

    `types` is `None` where every type will do; `values` are those of `enum` or `const`, `alike` is what
    tells them from others as JSON does (`1` is not `true`), and the module `constant` holds them if they have a name. `functions` are validators that must hold too; `none_of` must not hold; `all_of` are
    demands that could not be fused. Of a `secret`, messages tell no more than the type.
    """

    types: tuple[JsonType, ...] | None = None
    values: tuple[Json, ...] | None = None
    alike: object = None
    constant: str | None = None
    string: StringChecks | None = None
    number: NumberChecks | None = None
    array: ArrayChecks | None = None
    object: ObjectChecks | None = None
    functions: tuple[str, ...] = ()
    all_of: tuple[Checks, ...] = ()
    tagged: TagChecks | None = None
    marked: MarkedChoice | None = None
    typed: TypedChoice | None = None
    choices: tuple[ChoiceChecks, ...] = ()
    none_of: tuple[Checks, ...] = ()
    conditions: tuple[Condition, ...] = ()
    secret: bool = False


@dataclass(frozen=True, slots=True)
class Validator:
    """A function that lists what is wrong with a value, or tells whether nothing is (`tests`).

    `same_as` is another that demands the same, `calls` are all that it calls, and `constants` the values that it looks up
    in the constants of its module, by their names. Where `deep`, what is in a value may be
    looked at in the same way again and again, as deep as the value is.
    """

    function: str
    subject: str
    checks: Checks
    same_as: str | None = None
    calls: tuple[str, ...] = ()
    constants: tuple[tuple[str, tuple[Json, ...]], ...] = ()
    tests: bool = False
    deep: bool = False
