"""Every example that a generated package shows, run as it is written against answers made from its document.

The answers are not the generator's: `sweeps` makes them from the document itself, with its own reading of it.
"""

from __future__ import annotations

import ast
import asyncio
import importlib
import inspect
import re
import types
import typing
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal, Union, get_args, get_origin

import httpx2
from sweeps import bodies
from sweeps.arguments import Annotations
from sweeps.documents import Tree, bundled
from sweeps.methods import routes
from sweeps.operations import Operations
from sweeps.schemas import Judge, Schemas
from sweeps.server import BODILESS
from sweeps.values import Maker

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pytest
    from sweeps.corpus import Source
    from sweeps.operations import Content, Operation

CLIENTS: Final = ("Client", "AsyncClient")

AS_STREAM: Final = ", as a stream"

_BLOCK: Final = re.compile(r"^```python\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_EXAMPLE: Final = re.compile(r"^Example:\n    ```python\n(.*?)^    ```$", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Example:
    """Code that shows how an operation is called, and where it stands."""

    place: str
    code: str
    operation: str = ""
    """The method and path that it has to call; "" where the place does not say."""


def of_docstrings(package: str, client: str) -> Iterator[Example]:
    """The example of each method."""
    for (method, path), ways in routes(package, client).items():
        for attributes, function in ways:
            place = f"{client}.{'.'.join(attributes)}"
            found = _EXAMPLE.search(inspect.cleandoc(function.__doc__ or ""))
            code = inspect.cleandoc("\n" + found[1]) if found else "raise LookupError('no example')"
            yield Example(place, code, f"{method} {path}")


def of_readme(text: str) -> tuple[str, list[Example], str]:
    """How a client is made, the example of each operation, and how code is tested."""
    start, rest = text.split("\n## Operations\n")
    shown, _, tested = rest.partition("\n## Testing your code\n")
    ((begun,), tests) = _BLOCK.findall(start), _BLOCK.findall(tested)
    return begun, [Example("README", code) for code in _BLOCK.findall(shown)], "".join(tests)


class Package:
    """A package whose calls are answered by its own `testing`, from its document."""

    def __init__(
        self,
        name: str,
        source: Source,
        monkeypatch: pytest.MonkeyPatch,
        answers: Mapping[str, Any] | None = None,
    ) -> None:
        self.name = name
        tree = Tree(bundled(source))
        self._schemas = [Schemas(tree, "response", meant=meant) for meant in (False, True)]
        testing = importlib.import_module(f"{name}.testing")
        self.server = testing.Server()
        self.operations: tuple[str, ...] = get_args(testing.OperationName)
        self.faults: list[str] = []
        described = {(each.method.upper(), each.path): each for each in Operations(tree).all()}
        for title in self.operations:
            method, _, path = title.removesuffix(AS_STREAM).partition(" ")
            if answers and title in answers:
                self.server.answer(title, answers[title], times=None)
                continue
            try:
                self._answer(title, described[method.upper(), path])
            except Exception as error:  # noqa: BLE001 -- what a document can't be answered by is a fault to be told
                self.faults.append(f"{title}: no answer: {type(error).__name__}: {error}")
        self._declared = _Declared(name)
        self._insecure = importlib.import_module(name).InsecureConnection
        self._endless = importlib.import_module(name).PaginationError
        monkeypatch.setattr(importlib.import_module(f"{name}._runtime.walk"), "MOST", 1)
        transport = self.server._transport
        for kind, method in (
            (httpx2.HTTPTransport, "handle_request"),
            (httpx2.AsyncHTTPTransport, "handle_async_request"),
        ):
            handle = getattr(transport, method)
            monkeypatch.setattr(kind, method, lambda _self, request, handle=handle: handle(request))

    def _answer(self, title: str, operation: Operation) -> None:
        streams = title.endswith(AS_STREAM)
        status, content = next(
            (
                each
                for each in _successes(operation)
                if each[1] is not None and bodies.is_sequence(each[1].media_type) is streams
            ),
            next(_successes(operation)),
        )
        if content is None or operation.method == "head":
            self.server.answer(title, status=status, times=None)
            return
        schema = content.schema
        if bodies.is_sequence(content.media_type) and not (
            isinstance(schema, dict) and schema.get("type") == "array"
        ):
            texts: Any = {"type": "string"} if bodies.is_events(content.media_type) else True
            schema = {"type": "array", "items": texts if schema is None else schema}
        said, meant = (schemas.alone(schema) for schemas in self._schemas)
        value = Maker(meant, Judge(said)).value(title, "mixed")
        media_type, body = bodies.written(content, value)
        self.server.answer(title, body, status=status, headers={"Content-Type": media_type}, times=None)

    def run(self, examples: list[Example], start: str = "") -> list[str]:
        """What goes wrong with examples: each on a line, with its place."""
        return [f"{example.place}: {fault}" for example in examples for fault in self._run(example, start)]

    def _run(self, example: Example, start: str) -> Iterator[str]:
        self.server.requests.clear()
        names: dict[str, Any] = {}
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            warnings.simplefilter("ignore", DeprecationWarning)
            warnings.simplefilter("ignore", self._insecure)  # the document's server, not the example
            try:
                exec(start, names)  # noqa: S102 -- the package's own code
                _execute(example.code, names)
            except self._endless:
                pass  # one answer, made up, leads to no other page
            except Exception as error:  # noqa: BLE001 -- whatever an example raises is what we look for
                yield f"{type(error).__name__}: {error}\n{example.code}"
                return
        called = [request.operation.removesuffix(AS_STREAM) for request in self.server.requests]
        if len(called) != 1 or example.operation.upper() not in {"", *map(str.upper, called)}:
            yield f"it called {called}\n{example.code}"
            return
        paged = example.code.rstrip().endswith((":\n    print(item)", ":\n    print(event)"))
        wrong = "" if paged else self._declared.fault(called[0], names.get("answer"))
        if wrong:
            yield f"{wrong}\n{example.code}"
        (request,) = self.server.requests
        template = set(re.findall(r"\{([^{}]*)\}", called[0].partition("#")[0]))
        if set(request.path) != template:
            yield f"the values of its path are {request.path}"


def _execute(code: str, names: dict[str, Any]) -> None:
    compiled = compile(code, "example", "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
    if compiled.co_flags & inspect.CO_COROUTINE:
        asyncio.run(eval(compiled, names))  # noqa: S307 -- the package's own code
    else:
        exec(compiled, names)  # noqa: S102 -- as above


def _successes(operation: Operation) -> Iterator[tuple[int, Content | None]]:
    """Each success that the document has, JSON first; 204 where it has none."""
    found = [
        (int(status) if status.isdecimal() else 200, content)
        for status, contents in operation.answers.items()
        if status.startswith("2")
        for content in (contents if status not in {str(each) for each in BODILESS} else ()) or (None,)
    ]
    if not found:
        default = operation.answers.get("default", ())
        found = [(200 if default else 204, content) for content in default or (None,)]
    yield from sorted(found, key=lambda each: not bodies.is_json_or_none(each[1]))


class _Declared:
    """What methods say that they return."""

    def __init__(self, package: str) -> None:
        self._annotations = Annotations(package)
        self._functions = {(method, path): ways[0][1] for (method, path), ways in routes(package).items()}

    def fault(self, operation: str, value: Any) -> str:
        """How a value is not what the method of an operation returns; "" where it is."""
        method, _, path = operation.partition(" ")
        function = self._functions[method.upper(), path]
        hint = self._annotations.evaluated(function.__annotations__["return"], function)
        return "" if self._fits(value, hint, function) else f"{value!r:.200} is no {hint}"

    def _fits(self, value: Any, hint: Any, function: Any) -> bool:
        if isinstance(hint, str | typing.ForwardRef):
            return self._fits(value, self._annotations.evaluated(hint, function), function)
        origin, args = get_origin(hint), get_args(hint)
        if origin in {Union, types.UnionType}:
            return any(self._fits(value, each, function) for each in args)
        if origin is Literal:
            return value in args
        if origin is list:
            return type(value) is list and all(self._fits(each, args[0], function) for each in value)
        if origin is dict:
            return type(value) is dict and all(self._fits(each, args[1], function) for each in value.values())
        if hint is None or hint is Any:
            return hint is Any or value is None
        if hint is float:
            return type(value) in {int, float}
        return isinstance(value, origin or hint)


def faults(package: Package, readme: str) -> list[str]:
    """All that goes wrong with the examples of a package."""
    start, shown, tested = of_readme(readme)
    found = [*package.faults, *package.run(shown, start)]
    if len(shown) != len(package.operations):
        found.append(f"README: {len(shown)} examples of {len(package.operations)} operations")
    for client in CLIENTS:
        listed = list(of_docstrings(package.name, client))
        if len(listed) != len(package.operations):
            found.append(f"{client}: {len(listed)} examples of {len(package.operations)} operations")
        begun = start.replace("import Client", f"import {client}").replace("= Client(", f"= {client}(")
        found += package.run(listed, begun)
    try:
        exec(tested, {})  # noqa: S102 -- the package's own code
    except Exception as error:  # noqa: BLE001 -- as above
        found.append(f"README, testing: {type(error).__name__}: {error}\n{tested}")
    return found
