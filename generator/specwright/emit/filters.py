"""What templates may ask of the IR: each filter takes a value of it and gives code."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

from specwright.emit import checks, docs
from specwright.emit.code import Code, block, code, docstring, join, literal, name
from specwright.emit.types import ALIASED, SCALARS, Scope, named
from specwright.plan.ir import (
    Alias,
    Answer,
    Api,
    Argument,
    Credential,
    Enum,
    Field,
    InputDict,
    InputEnum,
    Key,
    Named,
    Literals,
    Operation,
    Resource,
    Struct,
    Validator,
)
from specwright.runtime import formats, issues

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from specwright.plan.ir import Input, Model, Type

CLIENT_SCOPE: Final = frozenset(
    """
    Answer Any ApiKey AsyncApiClient AsyncClientOptions AsyncResource Basic Bearer Call CallOptions ClientOptions
    Decimal Literal Mapping OMIT Omit Operation Sequence SyncApiClient SyncResource TYPE_CHECKING UUID Unpack
    """.split()
)
"""What `client.py` has in scope: a model of such a name goes by its module there."""

MODELS: Final = Scope("models")
INPUTS: Final = Scope("inputs")
ANSWERED: Final = Scope("models", qualified=CLIENT_SCOPE)
ASKED: Final = Scope("inputs", qualified=CLIENT_SCOPE)

CREDENTIALS: Final = {"bearer": "Bearer", "apiKey": "ApiKey", "basic": "Basic"}
"""The class of the runtime for a kind of credential."""

RUNTIME: Final = {"formats": formats, "issues": issues}


@dataclass(frozen=True, slots=True)
class Twin:
    """How the one for plain code and the one for `async` code differ; templates write both from one source."""

    prefix: Code
    define: Code
    wait: Code
    resource: Code
    client: Code
    options: Code
    aside: str


TWINS: Final = (
    Twin(code(""), code("def"), code(""), name("SyncResource"), name("SyncApiClient"), name("ClientOptions"), ""),
    Twin(
        code("Async"),
        code("async def"),
        code("await "),
        name("AsyncResource"),
        name("AsyncApiClient"),
        name("AsyncClientOptions"),
        ", for `async` code",
    ),
)


# --- models and inputs ------------------------------------------------------------------------------------------


def field(item: Field, struct: Struct) -> Code:
    """The annotation of a field, with its default."""
    scope = Scope("models", frozenset(other.name for other in struct.fields))
    others = [*(["None"] if item.nullable or not item.required else []), *(["UnsetType"] if _unset(item) else [])]
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


def quoted(annotation: Code) -> Code:
    """An annotation as text, for where names are not defined yet."""
    return literal(str(annotation))


def functional(item: InputDict) -> bool:
    """Whether a TypedDict has a key that can't be written as an attribute of a class."""
    return not all(_is_name(part.wire) for part in item.keys)


def _is_name(text: str) -> bool:
    try:
        name(text)
    except ValueError:
        return False
    return not text.startswith("__")


def aliases(models: Iterable[Model]) -> list[Code]:
    """The builtins that an attribute of some class hides, each with an alias: `_list = list`."""
    names = {item.name for model in models if isinstance(model, Struct) for item in model.fields}
    return [code("_{0} = {0}", name(hidden)) for hidden in sorted(names & ALIASED)]


def twins(models: Iterable[Model]) -> list[Code]:
    """The inputs that models can be turned into."""
    return [name(model.twin) for model in models if isinstance(model, Struct) and model.twin]


def enums(inputs: Iterable[Input]) -> list[Code]:
    """The enums that inputs are made of."""
    return [name(item.enum) for item in inputs if isinstance(item, InputEnum)]


def sorted_models(models: Iterable[Model]) -> list[Model]:
    """Classes in the order of the document, then the aliases, which need them."""
    return sorted(models, key=lambda model: isinstance(model, Alias))


def sorted_inputs(inputs: Iterable[Input]) -> list[Input]:
    """As `sorted_models`; the choices of enums come first, since functional TypedDicts and aliases need them."""
    order = {InputEnum: 0, InputDict: 1, Alias: 2}
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
        case InputDict() if functional(thing):
            return "parts/functional.py.jinja"
        case Validator(same_as=str()):
            return "parts/same.py.jinja"
        case _:
            return f"parts/{type(thing).__name__.lower()}.py.jinja"


def constants(validators: Iterable[Validator]) -> list[Code]:
    """The values that enums list, as validators look them up."""
    found: dict[str, Code] = {}
    for validator in validators:
        for item in checks.parts(validator.checks):
            if item.constant is not None and item.values is not None:
                listed = join(", ", (literal(value) for value in item.values if value is not None))
                found[item.constant] = code("frozenset(({},))", listed)
    return [code("{} = {}", name(constant), listed) for constant, listed in found.items()]


# --- operations -------------------------------------------------------------------------------------------------


def operations(api: Api) -> Iterator[Operation]:
    """Every operation: those of the client, then those of the resources."""
    yield from api.operations
    for resource in api.resources:
        yield from resource.operations


def parameter(argument: Argument) -> Code:
    """An argument of a method, with its default."""
    bare = code("{}: {}", name(argument.name), built(argument))
    return bare if argument.required else code("{} = OMIT", bare)


def built(argument: Argument) -> Code:
    """The annotation of an argument."""
    others = [*(["None"] if argument.nullable else []), *([] if argument.required else ["Omit"])]
    return ASKED.optional(argument.type, *others)


def positional(operation: Operation) -> list[Argument]:
    """The arguments that have an order: the path's."""
    return [argument for argument in operation.arguments if argument.location == "path"]


def keywords(operation: Operation) -> list[Argument]:
    """The arguments that are given by name: those that must be given first."""
    rest = [argument for argument in operation.arguments if argument.location != "path"]
    return sorted(rest, key=lambda argument: not argument.required)


def passed(operation: Operation) -> Code:
    """The arguments as they are handed on, in the order of the builder."""
    return join(", ", (name(argument.name) for argument in operation.arguments))


def sent(operation: Operation) -> list[Code]:
    """The arguments of the `Call`: the values by their place and wire name."""
    places: dict[str, list[Code]] = {}
    for argument in operation.arguments:
        item = code("{}: {}", literal(argument.wire), name(argument.name)) if argument.wire else name(argument.name)
        places.setdefault(argument.location, []).append(item)
    return [
        code("{}={}", name(place), items[0] if place == "body" and not operation.flat else code("{{{}}}", join(", ", items)))
        for place, items in places.items()
    ]


def constant(operation: Operation) -> Code:
    """The constant that holds what the document says of an operation."""
    return name(f"_{operation.builder.upper()}")


def described_by(operation: Operation) -> list[Code]:
    """The arguments of the `Operation`."""
    said = [literal(operation.method), literal(operation.path)]
    if operation.security:
        said.append(code("security={}", literal([list(schemes) for schemes in operation.security])))
    if operation.parameters_function:
        said.append(code("parameters={}", name(operation.parameters_function)))
    if operation.body_function:
        said.append(code("body={}", name(operation.body_function)))
    if operation.body_function and not operation.body_required:
        said.append(code("body_required=False"))
    items = join(", ", (code("{}: {}", literal(answer.status), _answer(answer)) for answer in operation.answers))
    return [*said, code("answers={{{}}}", items)] if operation.answers else said


def _answer(answer: Answer) -> Code:
    if answer.type is None:
        return code("Answer(None)")
    if answer.function is None:
        return code("Answer({}, media_type={})", ANSWERED.spell(answer.type), literal(answer.media_type or ""))
    return code("Answer({}, {})", ANSWERED.spell(answer.type), name(answer.function))


def result(operation: Operation) -> Code:
    """The annotation of what a method returns."""
    return ANSWERED.spell(operation.result)


def imported(api: Api, module: str) -> list[Code]:
    """The classes and aliases of `module` that operations name."""
    types: list[Type] = [answer.type for operation in operations(api) for answer in operation.answers if answer.type]
    types += [argument.type for operation in operations(api) for argument in operation.arguments]
    used = {part.name for type_ in types for part in named(type_) if part.module == module}
    return [name(identifier) for identifier in sorted(used - CLIENT_SCOPE)]


def qualifying(api: Api) -> list[Code]:
    """The modules whose names go by the module, since the client's module has such names of its own."""
    types: list[Type] = [answer.type for operation in operations(api) for answer in operation.answers if answer.type]
    types += [argument.type for operation in operations(api) for argument in operation.arguments]
    return [name(module) for module in sorted({part.module for type_ in types for part in named(type_) if part.name in CLIENT_SCOPE})]


def functions(api: Api) -> list[Code]:
    """The validators that operations use."""
    used: set[str] = set()
    for operation in operations(api):
        own = (operation.parameters_function, operation.body_function, *(answer.function for answer in operation.answers))
        used.update(function for function in own if function)
    return [name(function) for function in sorted(used)]


def builder(operation: Operation) -> Code:
    """The function that makes the call, which both twins share."""
    return name(f"_{operation.builder}")


def star(operation: Operation) -> Code:
    """The mark behind which arguments are given by name, where there are any."""
    return code("*,") if keywords(operation) else code("")


def deprecation(operation: Operation) -> Code:
    """What is said to who calls a deprecated method."""
    return literal(f"{operation.method} {operation.path} is deprecated")


def resource_class(resource: Resource, twin: Twin) -> Code:
    """The class of a resource."""
    return name(resource.twin if twin.prefix else resource.name)


# --- the client -------------------------------------------------------------------------------------------------


def arguments(credentials: Iterable[Credential]) -> list[Code]:
    """The client's arguments for its credentials."""
    return [name(argument) for credential in credentials for argument in credential.arguments]


def base_url(api: Api) -> Code:
    """The default of the base URL, where there is one."""
    return code("") if api.base_url is None else code(" = {}", literal(api.base_url))


def credentials(api: Api) -> Code:
    """The credentials as the runtime takes them, under their schemes' names."""
    return code("{{{}}}", join(", ", map(_credential, api.credentials)))


def _credential(item: Credential) -> Code:
    given = [part for argument in item.arguments for part in (literal(argument), name(argument))]
    match item.kind:
        case "bearer":
            given += [code("env={}", literal(variable)) for variable in item.env.values()]
        case "apiKey":
            given += [code("name={}", literal(item.wire)), code("location={}", literal(item.location))]
            given += [code("env={}", literal(variable)) for variable in item.env.values()]
        case "basic":
            variables = zip(("username_env", "password_env"), map(item.env.get, item.arguments), strict=True)
            given += [code("{}={}", name(word), literal(variable)) for word, variable in variables if variable]
    return code("{}: {}({})", literal(item.scheme), name(CREDENTIALS[item.kind]), join(", ", given))


# --- documentation ----------------------------------------------------------------------------------------------


def doc(thing: Any) -> Code:
    """The docstring of a class, a method, a resource, a validator or a module."""
    match thing:
        case Validator():
            return docstring(docs.of_validator(thing))
        case Struct() | Enum() | InputDict() | InputEnum() | Alias():
            return docstring(docs.of_class(thing))
        case Operation():
            return docstring(docs.of_operation(thing), indent=8)
        case Api():
            return docstring(docs.of_api(thing), indent=0)
        case _:
            return docstring(docs.described(thing.doc), indent=4)


def client_doc(api: Api, twin: Twin) -> Code:
    """The docstring of a client."""
    return docstring(docs.of_client(api, twin.aside))


def note(item: Field | Key) -> Code:
    """The docstring behind an attribute; nothing where there is nothing to say."""
    text = docs.described(item.doc)
    return docstring(text) if text else code("")


FILTERS: Final[Mapping[str, Callable[..., Any]]] = {
    function.__name__: function
    for function in (
        aliases, arguments, base_url, builder, built, client_doc, constant, constants, credentials, deprecation,
        described_by, doc, docstring, enum_base, enums, field, functions, imported, key, keywords, literal, name, note,
        operations, other, parameter, part, passed, positional, qualifying, quoted, read_only, resource_class, result,
        secrets, sent, sorted_inputs, sorted_models, star, twins, values,
    )
} | {
    "all_names": lambda exports: join(", ", (literal(word) for word in sorted({*chain(*exports.values())}))),
    "input_type": INPUTS.spell,
    "join": lambda parts: join(", ", parts),
    "literal": literal,
    "model_type": MODELS.spell,
    "names": lambda words: join(", ", map(name, words)),
    "runtime_names": lambda module: join(", ", map(name, RUNTIME[module].__all__)),
    "statements": lambda validator: checks.statements(validator.checks),
}  # fmt: skip
