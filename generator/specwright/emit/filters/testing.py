"""What templates ask of the module for tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from specwright.emit.calls import sufficient
from specwright.emit.code import code, join, literal, name
from specwright.emit.filters.operations import constant, operations
from specwright.runtime.operation import AS_STREAM

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from specwright.emit.code import Code
    from specwright.plan.ir import Api, Layout, Operation, Resource


def operation_names(api: Api) -> list[Code]:
    """What operations are called in tests: by method and path; of two methods, one is the stream."""
    return [literal(called) for called, _ in _named(operations(api))]


def homes(api: Api, layout: Layout) -> Iterator[Code]:
    """The items of a dictionary: for each operation the module that has its constant, and that constant."""
    modules = {own.builder: _module(item, layout) for item in api.resources for own in item.operations}
    for called, operation in _named(operations(api)):
        module = literal(modules.get(operation.builder, "client"))
        yield code("{}: ({}, {})", literal(called), module, literal(constant(operation)))


def _module(resource: Resource, layout: Layout) -> str:
    return f"resources.{layout.homes[resource.name]}" if layout.kind == "folders" else "client"


def _named(methods: Iterable[Operation]) -> Iterator[tuple[str, Operation]]:
    known: set[str] = set()
    for one in methods:
        title = f"{one.method} {one.path}"
        yield (f"{title}{AS_STREAM}" if title in known else title), one
        known.add(title)


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
