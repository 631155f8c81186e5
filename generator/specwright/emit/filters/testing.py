"""What templates ask of the module for tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from specwright.emit.code import code, join, literal, name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specwright.emit.code import Code
    from specwright.plan.ir import Api, Layout, Operation


def operation_name(operation: Operation) -> Code:
    """What an operation is called in tests: its method and path."""
    return literal(f"{operation.method} {operation.path}")


def homes(api: Api, layout: Layout) -> Iterator[tuple[Operation, str]]:
    """Each operation, with the module that has its constant."""
    yield from ((operation, "client") for operation in api.operations)
    for resource in api.resources:
        home = f"resources.{layout.homes[resource.name]}" if layout.kind == "folders" else "client"
        yield from ((operation, home) for operation in resource.operations)


def made_up(api: Api) -> Code:
    """The arguments of a client in tests: credentials that are none, and an address that nobody has."""
    given = [
        code("{}={}", name(argument), literal(f"test-{argument.replace('_', '-')}"))
        for item in api.credentials
        for argument in item.arguments
    ]
    if api.server is None:
        given.append(code("base_url={}", literal("https://api.example.com")))
    return join(", ", [*given, code("**options")])
