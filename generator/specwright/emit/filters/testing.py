"""What templates ask of the module for tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from specwright.emit.calls import sufficient
from specwright.emit.code import code, join, literal, name
from specwright.emit.filters.operations import constant, operations

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from specwright.emit.code import Code
    from specwright.plan.ir import Api, Layout, Operation


def operation_name(operation: Operation) -> Code:
    """What an operation is called in tests: its method and path."""
    return literal(f"{operation.method} {operation.path}")


def homes(api: Api, layout: Layout) -> Iterator[Code]:
    """The items of a dictionary: for each operation the module that has its constant, and that constant."""
    for operation in _first(api.operations):
        yield _home(operation, "client")
    for resource in api.resources:
        module = f"resources.{layout.homes[resource.name]}" if layout.kind == "folders" else "client"
        for operation in _first(resource.operations):
            yield _home(operation, module)


def tested(api: Api) -> Iterator[Operation]:
    """Every operation, once: of two methods the one that gives the whole answer."""
    return _first(operations(api))


def _first(methods: Iterable[Operation]) -> Iterator[Operation]:
    known: set[tuple[str, str]] = set()
    for one in methods:
        if (one.method, one.path) not in known:
            known.add((one.method, one.path))
            yield one


def _home(operation: Operation, module: str) -> Code:
    return code("{}: ({}, {})", operation_name(operation), literal(module), literal(constant(operation)))


def made_up(api: Api) -> Code:
    """The arguments of a client in tests: credentials that are none, and an address that nobody has."""
    given = [
        code("{}={}", name(argument), literal(f"test-{argument.replace('_', '-')}"))
        for item in api.credentials
        for argument in sufficient(item)
    ]
    if api.server is None:
        given.append(code("base_url={}", literal("https://api.example.com")))
    return join(", ", [*given, code("**options")])
