"""The requests of example values: Python, curl and the task of a workflow, for every operation of one package.

The package is made once, without what answers and checks are made of: its client prepares each request.
"""

from __future__ import annotations

import re
import warnings
from contextlib import contextmanager
from dataclasses import replace
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from specwright.emit.filters.operations import operations
from specwright.plan.ir import Scalar
from specwright.reference.forms import as_conductor, as_curl
from specwright.reference.masks import Covering
from specwright.reference.model import Calls
from specwright.reference.packaged import imported
from specwright.reference.prepared import Ready, called, introduced, marked, own_key, variables, written
from specwright.reference.python import as_python

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping

    from specwright.plan.ir import Api, Argument, Json, Operation

BASE_URL: Final = "https://api.example.com"
"""Where an API is said to be that does not say it itself."""
_BOUNDARY: Final = re.compile(rb"(?<=; boundary=)[0-9a-f]{32}$", re.ASCII)
_SAME_BOUNDARY: Final = b"7d1c5e0a9b8f4c3e6a2d7f1b0c9e8d5a"
_SAME_KEY: Final = "11111111-2222-4333-8444-555555555555"
"""In the place of what a client makes up anew for each request: the same document gives the same reference."""


class Requests:
    """The example requests of a package."""

    def __init__(self, api: Api, package: Any) -> None:
        self._api = api
        self._module = import_module(f"{package.__name__}.client")
        self._errors = import_module(f"{package.__name__}.errors")
        self._omit = import_module(f"{package.__name__}._runtime.types").OMIT
        given, self._masks = marked(api)
        where = {} if api.server is not None else {"base_url": BASE_URL}
        with warnings.catch_warnings():
            # Of credentials over plain HTTP: there are none, and nothing is sent.
            warnings.simplefilter("ignore", self._errors.InsecureConnection)
            self._client = self._module.Client(**given, **where, check_requests="off")
        introduced(self._client, api)
        self._variables = variables(api)

    def close(self) -> None:
        """Let go of what a client holds."""
        self._client.close()

    def of(self, operation: Operation) -> Calls:
        """The example request of an operation; with a reason where its values can't be sent."""
        python = as_python(self._api, operation, operation.example, self._variables)
        try:
            ready = self._ready(operation)
        except (ValueError, TypeError, self._errors.ApiError) as error:
            return Calls(python, problem=f"The example values can't be sent: {error}")
        return Calls(python, as_curl(ready), as_conductor(ready, operation.name))

    def _ready(self, operation: Operation) -> Ready:
        covering = Covering(operation.secrets)
        values = {
            argument.name: _given(argument, operation, operation.example[argument.name])
            for argument in operation.arguments
            if argument.name in operation.example
        }
        values = covering.covered(values)
        request = called(self._client, self._module, operation, values, self._omit)
        ready = written(request, (*self._masks, *covering.masks), own_key(operation, values))
        return _settled(ready, operation.idempotency)


_CONTENT: Final = b"content"
"""Of every file that is sent."""


def _given(argument: Argument, operation: Operation, value: Json) -> Any:
    """An example value as callers give it: files are bytes."""
    uploads = operation.bodies[0].uploads if operation.bodies else ()
    if argument.location == "body" and argument.wire in uploads:
        return _file(value)
    if argument.type in {Scalar("binary"), Scalar("upload")}:
        return _CONTENT
    if argument.location == "body" and not argument.wire and isinstance(value, dict):
        return {key: _file(inner) if key in uploads else inner for key, inner in value.items()}
    return value


def _file(value: Json) -> list[bytes] | bytes:
    return [_CONTENT] * len(value) if isinstance(value, list) else _CONTENT


def _settled(ready: Ready, idempotency: str) -> Ready:
    """A request in which nothing is new each time."""
    headers: list[tuple[str, str]] = []
    content = ready.content
    for name, value in ready.headers:
        found = _BOUNDARY.search(value.encode())
        if name.lower() == "content-type" and found is not None and content is not None:
            content = content.replace(found[0], _SAME_BOUNDARY)
            headers.append((name, value[: -len(found[0])] + _SAME_BOUNDARY.decode()))
        elif idempotency and name.lower() == idempotency.lower():
            headers.append((name, _SAME_KEY))
        else:
            headers.append((name, value))
    return replace(ready, headers=tuple(headers), content=content)


@contextmanager
def requests(api: Api) -> Generator[Requests]:
    """What makes the example requests of an API, while it lasts."""
    with imported(_bare(api)) as package:
        made = Requests(api, package)
        try:
            yield made
        finally:
            made.close()


def by_key(api: Api) -> Mapping[tuple[str, str], Operation]:
    """The operations by their method and path: of those that have several methods in Python, the first."""
    found: dict[tuple[str, str], Operation] = {}
    for operation in operations(api):
        found.setdefault((operation.method, operation.path), operation)
    return found


def _bare(api: Api) -> Api:
    """An API of which nothing is answered and nothing is checked."""
    return replace(
        api,
        operations=tuple(map(_sending, api.operations)),
        resources=tuple(
            replace(resource, operations=tuple(map(_sending, resource.operations)))
            for resource in api.resources
        ),
        models=(),
        inputs=(),
        validators=(),
        error_bodies=(),
        webhooks=(),
        canned=None,
    )


def _sending(operation: Operation) -> Operation:
    return replace(
        operation,
        result=Scalar("none"),
        answers=(),
        pagination=None,
        stream=None,
        parameters_function=None,
        bodies=tuple(replace(body, function=None) for body in operation.bodies),
    )
