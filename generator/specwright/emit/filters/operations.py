"""What templates ask of operations: the methods, and the calls that they make."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from specwright.emit.code import Code, code, join, literal, name
from specwright.emit.types import ALIASED, Scope, named

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from specwright.plan.ir import Answer, Api, Argument, Named, Operation

CLIENT_SCOPE: Final = frozenset(
    {
        "Answer",
        "Any",
        "ApiKey",
        "AsyncApiClient",
        "AsyncClientOptions",
        "AsyncResource",
        "Basic",
        "Bearer",
        "Call",
        "CallOptions",
        "ClientOptions",
        "Decimal",
        "Literal",
        "Mapping",
        "OMIT",
        "Omit",
        "Operation",
        "Sequence",
        "Style",
        "SyncApiClient",
        "SyncResource",
        "TYPE_CHECKING",
        "Unpack",
        "UUID",
    }
)
"""What `client.py` has in scope: a model of such a name goes by its module there."""

ANSWERED: Final = Scope("models", qualified=CLIENT_SCOPE)
ASKED: Final = Scope("inputs", qualified=CLIENT_SCOPE)


def operations(api: Api) -> Iterator[Operation]:
    """Every operation: those of the client, then those of the resources."""
    yield from api.operations
    for resource in api.resources:
        yield from resource.operations


def hidden(api: Api) -> tuple[str, ...]:
    """The builtins that a method or a resource of some class hides from the annotations there, sorted."""
    names = {operation.name for operation in operations(api)} | {item.attribute for item in api.resources}
    return tuple(sorted(names & ALIASED))


def alias(builtin: str) -> Code:
    """The alias that stands in for a builtin where it is hidden."""
    return code("_{0} = {0}", name(builtin))


def parameter(argument: Argument, hidden: Iterable[str]) -> Code:
    """An argument of a method, with its default."""
    bare = code("{}: {}", name(argument.name), built(argument, hidden))
    return bare if argument.required else code("{} = OMIT", bare)


def built(argument: Argument, hidden: Iterable[str] = ()) -> Code:
    """The annotation of an argument."""
    others = [*(["None"] if argument.nullable else []), *([] if argument.required else ["Omit"])]
    return replace(ASKED, shadowed=frozenset(hidden)).optional(argument.type, *others)


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
        item = (
            code("{}: {}", literal(argument.wire), name(argument.name))
            if operation.flat or argument.location != "body"
            else name(argument.name)
        )
        places.setdefault(argument.location, []).append(item)
    return [
        code(
            "{}={}",
            name(place),
            items[0] if place == "body" and not operation.flat else code("{{{}}}", join(", ", items)),
        )
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
    if styles := _styles(operation):
        said.append(code("styles={}", styles))
    if operation.media_type != "application/json":
        said.append(code("media_type={}", literal(operation.media_type)))
    if operation.accept != "application/json":
        said.append(code("accept={}", literal(operation.accept)))
    if operation.body_function and not operation.body_required:
        said.append(code("body_required=False"))
    if operation.secrets:
        said.append(code("secrets={}", literal(operation.secrets)))
    items = join(
        ", ", (code("{}: {}", literal(answer.status), _answer(answer)) for answer in operation.answers)
    )
    return [*said, code("answers={{{}}}", items)] if operation.answers else said


def _styles(operation: Operation) -> Code | None:
    """The styles of parameters, by place and name, where they are not the usual ones."""
    places: dict[str, list[Code]] = {}
    for argument in operation.arguments:
        if argument.style is not None:
            style = code("Style({})", join(", ", (literal(said) for said in argument.style)))
            places.setdefault(argument.location, []).append(code("{}: {}", literal(argument.wire), style))
    items = [code("{}: {{{}}}", literal(place), join(", ", styles)) for place, styles in places.items()]
    return code("{{{}}}", join(", ", items)) if items else None


def _answer(answer: Answer) -> Code:
    if answer.type is None:
        return code("Answer(None)")
    if answer.function is None:
        return code(
            "Answer({}, media_type={})", ANSWERED.spell(answer.type), literal(answer.media_type or "")
        )
    return code("Answer({}, {})", ANSWERED.spell(answer.type), name(answer.function))


def result(operation: Operation, hidden: Iterable[str] = ()) -> Code:
    """The annotation of what a method returns."""
    return replace(ANSWERED, shadowed=frozenset(hidden)).spell(operation.result)


def imported(api: Api, module: str) -> list[Code]:
    """The classes and aliases of `module` that operations name."""
    used = {part.name for part in _named_parts(api) if part.module == module}
    return [name(identifier) for identifier in sorted(used - CLIENT_SCOPE)]


def qualifying(api: Api) -> list[Code]:
    """The modules whose names go by the module, since the client's module has such names of its own."""
    modules = {part.module for part in _named_parts(api) if part.name in CLIENT_SCOPE}
    return [name(module) for module in sorted(modules)]


def _named_parts(api: Api) -> Iterator[Named]:
    """The classes and aliases that the answers and the arguments of operations name."""
    for operation in operations(api):
        types = [answer.type for answer in operation.answers if answer.type is not None]
        for type_ in (*types, *(argument.type for argument in operation.arguments)):
            yield from named(type_)


def functions(api: Api) -> list[Code]:
    """The validators that operations use."""
    used: set[str] = set()
    for operation in operations(api):
        own = (
            operation.parameters_function,
            operation.body_function,
            *(answer.function for answer in operation.answers),
        )
        used.update(function for function in own if function)
    return [name(function) for function in sorted(used)]


def builder(operation: Operation) -> Code:
    """The function that makes the call, which both twins share."""
    return name(f"_{operation.builder}")


def star(operation: Operation) -> Code:
    """The mark behind which arguments are given by name, where there are any."""
    return code("*,") if keywords(operation) else code("")


def deprecates(api: Api) -> bool:
    """Whether a method is deprecated."""
    return any(operation.doc.deprecated for operation in operations(api))


def deprecation(operation: Operation) -> Code:
    """What is said to who calls a deprecated method."""
    return literal(f"{operation.method} {operation.path} is deprecated")
