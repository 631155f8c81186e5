"""Which validators each operation of the client is checked with."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from specwright.emit.code import code, join, literal
from specwright.emit.filters.operations import operations
from specwright.flavours.openapi_python_client.said import walked
from specwright.problems import problem, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from specwright.document import Document
    from specwright.emit.code import Code
    from specwright.flavours.openapi_python_client.endpoints import Endpoint
    from specwright.plan.ir import Api, Operation
    from specwright.problems import Place, Problem

_PLACES: Final = frozenset({"path", "query", "header", "cookie"})


def narrowed(api: Api, found: Iterable[Endpoint]) -> Api:
    """The package with the operations that the client has."""
    keys = {endpoint.key for endpoint in found}

    def kept(those: Iterable[Operation]) -> tuple[Operation, ...]:
        return tuple(operation for operation in those if _key(operation) in keys)

    resources = (replace(one, operations=kept(one.operations)) for one in api.resources)
    return replace(
        api,
        operations=kept(api.operations),
        resources=tuple(one for one in resources if one.operations),
    )


def _key(operation: Operation) -> str:
    return f"{operation.method.upper()} {operation.path}"


def checked(
    api: Api, found: Iterable[Endpoint], document: Document
) -> tuple[dict[str, Code], tuple[Problem, ...]]:
    """What is checked of each operation that the client has, by its method and path; and what can't be, as Problems."""
    planned: dict[str, list[Operation]] = {}
    for operation in operations(api):
        planned.setdefault(_key(operation), []).append(operation)
    rows: dict[str, Code] = {}
    problems: list[Problem] = []
    for endpoint in sorted({one.key: one for one in found}.values(), key=lambda endpoint: endpoint.key):
        ours = planned.get(endpoint.key)
        place = _place(document, endpoint.key)
        if ours is None:
            message = f"Nothing is checked of {quoted(endpoint.key)}, of which specwright makes no operation."
            problems.append(problem("client-unchecked", place, message))
            continue
        missing = sorted(_required(ours[0]) - endpoint.parameters)
        if missing:
            names = ", ".join(quoted(wire) for _, wire in missing)
            message = f"The client of openapi-python-client can't send {names} of {quoted(endpoint.key)}: its parameters are not checked."
            problems.append(problem("client-unchecked", place, message))
        rows[endpoint.key] = _row(ours, parameters=not missing)
    return rows, tuple(problems)


def _place(document: Document, key: str) -> Place:
    method, _, path = key.partition(" ")
    return walked(document.root, ["paths", path, method.lower()])


def _required(operation: Operation) -> set[tuple[str, str]]:
    return {
        (argument.location, argument.wire)
        for argument in operation.arguments
        if argument.required and argument.location in _PLACES
    }


def _row(alike: list[Operation], *, parameters: bool) -> Code:
    """An operation with what is checked of it; several, where it answers in several ways."""
    first = alike[0]
    said: list[Code] = []
    if first.parameters_function and parameters:
        said.append(code("parameters={}", literal(first.parameters_function)))
    bodies = {body.media_type: body.function for body in first.bodies if body.function}
    if bodies:
        said.append(code("bodies={}", literal(dict(bodies))))
    if first.bodies and first.body_required:
        said.append(code("body_required={}", literal(value=True)))
    answers = [
        code("{}: {}", literal(status), literal(dict(contents))) for status, contents in _answers(alike)
    ]
    if answers:
        said.append(code("answers={{{}}}", join(", ", answers)))
    return code("Operation({})", join(", ", said))


def _answers(alike: list[Operation]) -> Iterator[tuple[str, Mapping[str, str]]]:
    contents: dict[str, dict[str, str]] = {}
    for operation in alike:
        for answer in operation.answers:
            for content in answer.contents:
                if content.function and not operation.stream:
                    contents.setdefault(answer.status, {})[content.media_type] = content.function
    yield from contents.items()
