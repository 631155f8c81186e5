"""What templates ask of the layout: where clients and resources import from, and the indexes of folders."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from specwright.emit.code import Code, code, join, name
from specwright.emit.filters import operations
from specwright.emit.filters.client import TWINS, resource_class, response_class
from specwright.emit.imports import order

if TYPE_CHECKING:
    from collections.abc import Iterable

    from specwright.emit.filters.client import Twin
    from specwright.plan.ir import Api, Layout, Operation, Resource


def deferred(layout: Layout) -> bool:
    """Whether operations are put together, and what they need is imported, when they are first used."""
    return layout.kind == "folders"


def imports(api: Api, layout: Layout) -> list[Code]:
    """The statements that import what operations are made of; none where each does so when it is made."""
    return [] if deferred(layout) else _made_of(api, code("."), operations.imported(api, "models"))


def checked_imports(api: Api, layout: Layout, above: Code) -> list[Code]:
    """The statements that tell type checkers of what annotations name."""
    models = _from(above, "models", operations.annotated(api, "models")) if deferred(layout) else []
    return [*models, *_from(above, "inputs", operations.annotated(api, "inputs"))]


def needed(operation: Operation, api: Api, above: Code) -> list[Code]:
    """The statements that import what one operation is made of."""
    alone = replace(api, operations=(operation,), resources=())
    return _made_of(alone, above, operations.answered(alone, "models"))


def _made_of(api: Api, above: Code, models: Iterable[Code]) -> list[Code]:
    return [
        *_from(above, "models", models),
        *_from(above, "validators", operations.functions(api)),
    ]


def _from(above: Code, module: str, names: Iterable[Code]) -> list[Code]:
    listed = join(", ", sorted(names, key=order))
    return [code("from {}{} import ({},)", above, name(module), listed)] if listed else []


def made(operation: Operation, layout: Layout) -> Code:
    """The operation, as the function that calls it has it."""
    return code("{}()" if deferred(layout) else "{}", operations.constant(operation))


def loaded(resource: Resource, twin: Twin, layout: Layout) -> list[Code]:
    """The statement that imports the class of a resource where it is first used; none where it is at hand."""
    return [_from_home(resource, [resource_class(resource, twin)], layout)] if deferred(layout) else []


def loaded_responses(resource: Resource, twin: Twin, layout: Layout) -> list[Code]:
    """The same for the class whose methods give whole answers."""
    return [_from_home(resource, [response_class(resource, twin)], layout)] if deferred(layout) else []


def resource_imports(api: Api, layout: Layout) -> list[Code]:
    """The statements that tell type checkers of the classes of resources."""
    return [
        _from_home(
            resource,
            sorted(named(resource, twin) for twin in TWINS for named in (resource_class, response_class)),
            layout,
        )
        for resource in api.resources
    ]


def _from_home(resource: Resource, classes: Iterable[Code], layout: Layout) -> Code:
    return code("from .resources.{} import {}", name(layout.homes[resource.name]), join(", ", classes))


def reexports(source: Code, names: Iterable[str]) -> list[Code]:
    """The statements of a stub that offer names of a module, each in a line of its own, so that adding one moves none."""
    return [code("from {} import {} as {}", source, name(word), name(word)) for word in names]
