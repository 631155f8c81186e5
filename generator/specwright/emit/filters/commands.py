"""What templates ask of the module that is run from a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from specwright.emit.code import code, join, literal
from specwright.emit.terminal import variables
from specwright.runtime.text import printable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from specwright.emit.code import Code
    from specwright.plan.ir import Api, Layout, Operation


def commands(api: Api, layout: Layout) -> Iterator[Code]:
    """The items of a dictionary: the operations of the client, and those of each resource."""
    if api.operations:
        yield _resource("", "client", "Client", api.operations)
    for resource in api.resources:
        module = f"resources.{layout.homes[resource.name]}" if layout.kind == "folders" else "client"
        yield _resource(resource.attribute, module, resource.name, resource.operations)


def _resource(attribute: str, module: str, kind: str, operations: Sequence[Operation]) -> Code:
    told = [code("{}: {},", literal(each.name), literal(_summary(each))) for each in operations]
    return code(
        "{}: Resource({}, {}, {{\n{}\n}})",
        literal(attribute),
        literal(module),
        literal(kind),
        join("\n", told),
    )


def _summary(operation: Operation) -> str:
    """What an operation does, in a line."""
    text = operation.summary or next(iter(operation.doc.text.strip().splitlines()), "")
    return printable(" ".join(text.split()) or f"{operation.method} {operation.path}")


def variables_of_credentials(api: Api) -> Iterator[Code]:
    """The items of a dictionary: the client's arguments for credentials, and the environment variable of each."""
    for argument, variable in variables(api).items():
        yield code("{}: {}", literal(argument), literal(variable))
