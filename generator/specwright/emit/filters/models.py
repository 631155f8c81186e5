"""What templates ask of models, inputs and validators."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from specwright.emit import checks
from specwright.emit.code import Code, code, join, literal, name, quoted
from specwright.emit.filters.operations import alias
from specwright.emit.types import ALIASED, Scope, named
from specwright.plan.ir import (
    Alias,
    Choice,
    Enum,
    Field,
    InputDict,
    InputEnum,
    Key,
    Literals,
    MapOf,
    Scalar,
    Struct,
    UnionOf,
    Validator,
)
from specwright.runtime import ecma, errors, formats, hosts, issues, patterns, pointers, uris
from specwright.runtime import values as values_
from specwright.scopes import AMBIGUOUS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from specwright.plan.ir import Api, Input, Model, Type


def error_names() -> list[str]:
    """The names of the runtime's errors."""
    return sorted(
        word
        for word, kind in vars(errors).items()
        if isinstance(kind, type) and kind.__module__ == errors.__name__ and not word.startswith("_")
    )


MODELS: Final = Scope("models")
INPUTS: Final = Scope("inputs")
ERROR_SCOPE: Final = frozenset({*error_names(), "Json", "TYPE_CHECKING"})
"""What `errors.py` has in scope: a model of such a name goes by its module there."""
ERRORS: Final = Scope("models", qualified=ERROR_SCOPE)
INPUT_SCOPE: Final = (
    ALIASED
    | AMBIGUOUS
    | {
        "Any",
        "Decimal",
        "ExtraItems",
        "Literal",
        "Mapping",
        "NotRequired",
        "Sequence",
        "UUID",
        "dt",
    }
)
"""What annotations of `inputs.py` are made of, and what is no good name there."""
RUNTIME: Final = {
    "ecma": ecma,
    "formats": formats,
    "hosts": hosts,
    "issues": issues,
    "patterns": patterns,
    "pointers": pointers,
    "uris": uris,
    "values": values_,
}
"""The modules of the runtime that validators import from."""


def field(item: Field, struct: Struct) -> Code:
    """The annotation of a field, with its default."""
    scope = Scope("models", frozenset(other.name for other in struct.fields))
    others = [
        *(["None"] if item.nullable or not item.required else []),
        *(["UnsetType"] if _unset(item) else []),
    ]
    annotation = scope.optional(item.type, *others)
    default = name("UNSET") if _unset(item) else literal(None)
    if item.wire == item.name:
        return annotation if item.required else code("{} = {}", annotation, default)
    if item.required:
        return code("{} = msgspec.field(name={})", annotation, literal(item.wire))
    return code("{} = msgspec.field(name={}, default={})", annotation, literal(item.wire), default)


def _unset(item: Field) -> bool:
    """Whether absent and null are two things for this field."""
    return item.nullable and not item.required


def secrets(struct: Struct) -> Code | None:
    """The names of the fields that never print, as a tuple."""
    names = tuple(item.name for item in struct.fields if item.secret)
    return literal(names) if names else None


def read_only(struct: Struct) -> Code:
    """The argument that leaves read-only fields out, where there are any."""
    names = tuple(item.name for item in struct.fields if item.doc.read_only)
    return code(", read_only={}", literal(names)) if names else code("")


def key(item: Key) -> Code:
    """The annotation of a key of a TypedDict."""
    annotation = INPUTS.optional(item.type, *(["None"] if item.nullable else []))
    return annotation if item.required else code("NotRequired[{}]", annotation)


def functional(item: InputDict) -> bool:
    """Whether a TypedDict has a key that can't be an attribute of a class: no name, or that of a type which it uses."""
    types = {part.name for key in item.keys for part in named(key.type)} | INPUT_SCOPE
    return not all(_is_name(part.wire) and part.wire not in types for part in item.keys)


def _is_name(text: str) -> bool:
    try:
        name(text)
    except ValueError:
        return False
    return not text.startswith("__")


def aliases(models: Iterable[Model]) -> list[Code]:
    """The builtins that an attribute of some class hides, each with an alias: `_list = list`."""
    names = {item.name for model in models if isinstance(model, Struct) for item in model.fields}
    return [alias(hidden) for hidden in sorted(names & ALIASED)]


def error_type(type_: Type) -> Code:
    """The type of the body of an error."""
    return ERRORS.spell(type_)


def imported_by_errors(api: Api) -> list[Code]:
    """The models that bodies of errors are made of."""
    used = {part.name for body in api.error_bodies for part in named(body.type)}
    return [name(identifier) for identifier in sorted(used - ERROR_SCOPE)]


def qualified_in_errors(api: Api) -> bool:
    """Whether a model that a body is made of goes by its module, since an error is called so."""
    return any(part.name in ERROR_SCOPE for body in api.error_bodies for part in named(body.type))


def sorted_models(models: Iterable[Model]) -> list[Model]:
    """Classes in the order of the document, then the choices, and the aliases, which need them."""
    order = {Struct: 0, Enum: 0, Choice: 1, Alias: 2}
    return sorted(models, key=lambda model: order[type(model)])


def sorted_inputs(inputs: Iterable[Input]) -> list[Input]:
    """As `sorted_models`; the choices of enums come first, since functional TypedDicts and aliases need them."""
    order = {InputEnum: 0, InputDict: 1, Choice: 2, Alias: 3}
    return sorted(inputs, key=lambda item: order[type(item)])


def enum_base(enum: Enum) -> Code:
    """The class that an enum is made from."""
    return name("OpenStrEnum" if enum.base == "str" else "OpenIntEnum")


def other(enum: Enum) -> Code:
    """A value that the enum does not have, which stands for all that a server may add."""
    if enum.base == "str":
        return literal("any other value")
    return literal(max(int(member.value) for member in enum.members) + 1)


def values(item: InputEnum) -> Code:
    """The choice of an enum's values."""
    return INPUTS.spell(Literals(item.values))


def part(thing: object) -> str:
    """The template that writes a thing."""
    match thing:
        case Validator(same_as=str()):
            return "parts/same.py.jinja"
        case _:
            return f"parts/{type(thing).__name__.lower()}.py.jinja"


def input_part(thing: Input) -> str:
    """The template that writes an input."""
    match thing:
        case InputDict():
            return f"parts/{'functional' if functional(thing) else 'inputdict'}.py.jinja"
        case InputEnum():
            return "parts/inputenum.py.jinja"
        case Choice():
            return "parts/inputchoice.py.jinja"
        case Alias():
            return "parts/inputalias.py.jinja"


def constants(validators: Iterable[Validator]) -> list[Code]:
    """The values that enums list and the keys that objects have, as validators look them up."""
    found = {constant: values for validator in validators for constant, values in validator.constants}
    # By their names: which of them is met first changes with what is added.
    return [
        code("{} = frozenset(({},))", name(constant), join(", ", map(literal, listed)))
        for constant, listed in sorted(found.items())
    ]


def statements(validator: Validator) -> Code:
    """The body of a validator."""
    return checks.statements(validator)


def returned(validator: Validator) -> Code:
    """What a validator returns."""
    return code("bool") if validator.tests else code("list[Issue]")


def runtime_names(module: str) -> Code:
    """What a module of the runtime offers to validators; what is not used is dropped when the code is tidied."""
    offered: list[str] = RUNTIME[module].__all__
    return join(", ", map(name, offered))


def extra_type(struct: Struct) -> Code:
    """The annotation of the extra items of a model."""
    scope = Scope("models", frozenset(other.name for other in struct.fields))
    return scope.spell(MapOf(struct.extra or Scalar("any")))


def members(choice: Choice, side: Literal["models", "inputs"]) -> list[Code]:
    """The members of a choice as annotations in quotes, since what they name comes later."""
    parts = choice.type.members if isinstance(choice.type, UnionOf) else (choice.type,)
    return [quoted(Scope(side).spell(part)) for part in parts]


def united(choice: Choice, side: Literal["models", "inputs"]) -> Code:
    """A choice as one annotation, each member on a line of its own."""
    parts = members(choice, side)
    return code("Union[{},]", join(", ", parts)) if len(parts) > 1 else parts[0]


def tagged(choice: Choice) -> list[Code]:
    """The values of the tag of a choice, each with the class that it means."""
    return [code("{}: {}", literal(value), literal(member)) for value, member in choice.tagged]


def model_type(type_: Type) -> Code:
    """The type of an alias, as models have it."""
    return MODELS.spell(type_)


def input_type(type_: Type) -> Code:
    """The type of an alias, as callers give it."""
    return INPUTS.spell(type_)
