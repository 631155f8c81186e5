"""What templates ask of operations: the methods, and the calls that they make."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from specwright.emit.code import Code, code, join, literal, name
from specwright.emit.types import ALIASED, Scope, named
from specwright.plan.ir import ListOf, Operation
from specwright.scopes import CLIENT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from specwright.emit.filters.client import Twin
    from specwright.plan.ir import Api, Argument, Named

ALONE: Final = frozenset({"body", "media_type"})
"""Places of one value, which has no name there."""

ANSWERED: Final = Scope("models", qualified=CLIENT)
ASKED: Final = Scope("inputs", qualified=CLIENT)


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


def parameter(argument: Argument, hidden: Iterable[str], twin: Twin) -> Code:
    """An argument of a method, with its default."""
    bare = code("{}: {}", name(argument.name), _annotation(argument, hidden, twin.prefix))
    return bare if argument.required else code("{} = OMIT", bare)


def built(argument: Argument) -> Code:
    """The annotation of an argument, as either twin hands it on."""
    return _annotation(argument, (), "Async")


def _annotation(argument: Argument, hidden: Iterable[str], prefix: str) -> Code:
    others = [*(["None"] if argument.nullable else []), *([] if argument.required else ["Omit"])]
    scope = replace(ASKED, shadowed=frozenset(hidden), prefix=prefix)
    return scope.optional(argument.type, *others)


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
            if operation.flat or argument.location not in ALONE
            else name(argument.name)
        )
        places.setdefault(argument.location, []).append(item)
    for wire, value in operation.fixed:
        places.setdefault("body", []).append(code("{}: {}", literal(wire), literal(value)))
    return [
        code(
            "{}={}",
            name(place),
            items[0] if place in ALONE and not operation.flat else code("{{{}}}", join(", ", items)),
        )
        for place, items in places.items()
    ]


def constant(operation: Operation) -> Code:
    """The constant that holds what the document says of an operation."""
    return name(f"_{operation.builder.upper()}")


def result(operation: Operation, hidden: Iterable[str] = ()) -> Code:
    """The annotation of what an answer is read as: of a stream, each of its values."""
    match operation:
        case Operation(stream=str(), result=ListOf(read)):
            pass
        case _:
            read = operation.result
    return replace(ANSWERED, shadowed=frozenset(hidden)).spell(read)


def options(operation: Operation) -> Code:
    """The type of the options that a method takes."""
    return name("StreamOptions" if operation.stream == "events" else "CallOptions")


def imported(api: Api, module: str) -> list[Code]:
    """The classes and aliases of `module` that operations name."""
    return _names_in(module, _named_parts(api))


def answered(api: Api, module: str) -> list[Code]:
    """Those of them that answers are read as."""
    types = (answer.type for operation in operations(api) for answer in operation.answers)
    return _names_in(module, (part for type_ in types if type_ is not None for part in named(type_)))


def annotated(api: Api, module: str) -> list[Code]:
    """Those of them that signatures name."""
    return _names_in(module, (part for operation in operations(api) for part in _in_signature(operation)))


def _names_in(module: str, parts: Iterable[Named]) -> list[Code]:
    used = {part.name for part in parts if part.module == module}
    return [name(identifier) for identifier in sorted(used - CLIENT)]


def qualifying(api: Api) -> list[Code]:
    """The modules whose names go by the module, since the client's module has such names of its own."""
    modules = {part.module for part in _named_parts(api) if part.name in CLIENT}
    return [name(module) for module in sorted(modules)]


def _named_parts(api: Api) -> Iterator[Named]:
    """The classes and aliases that the answers and the arguments of operations name."""
    for operation in operations(api):
        for answer in operation.answers:
            if answer.type is not None:
                yield from named(answer.type)
        yield from _in_signature(operation)


def _in_signature(operation: Operation) -> Iterator[Named]:
    if operation.pagination is not None:
        yield from named(operation.pagination.item)
    for type_ in (operation.result, *(argument.type for argument in operation.arguments)):
        yield from named(type_)


def functions(api: Api) -> list[Code]:
    """The validators that operations use."""
    used: set[str] = set()
    for operation in operations(api):
        own = (
            operation.parameters_function,
            *(body.function for body in operation.bodies),
            *(content.function for answer in operation.answers for content in answer.contents),
        )
        used.update(function for function in own if function)
    return [name(function) for function in sorted(used)]


def builder(operation: Operation) -> Code:
    """The function that makes the call, which both twins share."""
    return name(f"_{operation.builder}")


def star(operation: Operation) -> Code:
    """The mark behind which arguments are given by name, where there are any."""
    return code("*,") if keywords(operation) else code("")


def responding(operation: Operation, holder: str, twin: Twin) -> Code:
    """The method of `holder` as one that gives whole answers."""
    kind = "Stream" if operation.stream else "Pages" if operation.pagination is not None else ""
    return code(
        "{}{}WithResponse({}.{})",
        twin.prefix,
        name(kind) if kind else code(""),
        name(holder),
        name(operation.name),
    )


def paginated(api: Api) -> bool:
    """Whether the answers of an operation come in pages."""
    return any(operation.pagination is not None for operation in operations(api))


def streams(api: Api) -> bool:
    """Whether the answers of an operation are streams."""
    return any(operation.stream for operation in operations(api))


def deprecates(api: Api) -> bool:
    """Whether a method is deprecated."""
    return any(operation.doc.deprecated for operation in operations(api))


def deprecation(operation: Operation) -> Code:
    """What is said to who calls a deprecated method."""
    return literal(f"{operation.method} {operation.path} is deprecated")
