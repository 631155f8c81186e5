"""Operations that are not in the client, though openapi-python-client says nothing of them.

It writes each operation into a module that is called after its id, in a folder for its tag; of two that would be the same
module, the later one is written over the earlier one.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, Final

from specwright.emit.filters.operations import operations
from specwright.flavours.openapi_python_client.given import METHODS
from specwright.flavours.openapi_python_client.said import walked
from specwright.problems import problem, quoted

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from specwright.flavours.openapi_python_client.endpoints import Endpoint
    from specwright.flavours.openapi_python_client.given import Given
    from specwright.plan.ir import Api
    from specwright.problems import Problem

_UNTAGGED: Final = "default"
"""The tag of what has none, for openapi-python-client."""
_HINT: Final = "Give one of the two another `operationId`, or another tag."


@dataclass(frozen=True, slots=True)
class _Written:
    """An operation of the document."""

    method: str
    path: str
    stem: str = ""
    """What its module is called after; "" for one that openapi-python-client does not look at."""
    tags: tuple[str, ...] = ()
    """Those that it is written for."""

    @property
    def key(self) -> str:
        return f"{self.method.upper()} {self.path}"


def lost(
    api: Api, found: Sequence[Endpoint], source: Given, *, every_tag: bool, known: Collection[str]
) -> Iterator[Problem]:
    """A Problem for each operation that can't be called, or not below one of its tags.

    Args:
        api: What is planned of the document.
        found: The operations that are in the client.
        source: What openapi-python-client was given.
        every_tag: Whether it writes an operation once for each of its tags.
        known: The method and the path of each operation of which something else says that it is not in the client.
    """
    keys = {one.key for one in found}
    below = {(*_called(one), one.key) for one in found}
    owners = {_called(one): one for one in found}
    for written in _written(api, source, every_tag=every_tag):
        if written.key in known:
            continue
        # A method of a name of its own (OpenAPI 3.2, section 4.9.1) is found below the last two steps.
        steps = ["paths", written.path, written.method.lower(), "additionalOperations", written.method]
        place = walked(source.tree, steps)
        if written.key not in keys:
            owned = [owners[tag, written.stem] for tag in written.tags if (tag, written.stem) in owners]
            message = _message(written, "the client", owned[0] if owned else None)
            yield problem("client-dropped", place, message, _HINT if owned else None)
            continue
        for tag in written.tags:
            owner = owners.get((tag, written.stem))
            if owner is not None and (tag, written.stem, written.key) not in below:
                yield problem("client-dropped", place, _message(written, _folder(owner), owner), _HINT)


def _message(written: _Written, what: str, owner: Endpoint | None) -> str:
    gone = f"{quoted(written.key)} is not in {what}"
    if not written.stem:
        return f"{gone}: openapi-python-client does not look at this method."
    if owner is None:
        return f"{gone}, and openapi-python-client does not say why."
    _, _, module = owner.module.partition("/")
    return f"{gone}: openapi-python-client writes {quoted(owner.key)} over it, into {quoted(module)}."


def _folder(endpoint: Endpoint) -> str:
    return quoted("/".join(PurePosixPath(endpoint.module).parts[1:-1]))


def _called(endpoint: Endpoint) -> tuple[str, str]:
    """The letters of the folder and of the module of an operation."""
    path = PurePosixPath(endpoint.module)
    return _letters(path.parent.name), _letters(path.stem)


def _letters(name: str) -> str:
    """What is left of a name when it has become one of Python's, but for what divides words there."""
    return re.sub(r"[\W_]", "", name).lower()


def _written(api: Api, source: Given, *, every_tag: bool) -> Iterator[_Written]:
    """Every operation of the document, those first that openapi-python-client looks at."""
    looked_at = list(_looked_at(json.loads(source.text), every_tag=every_tag))
    yield from looked_at
    keys = {one.key for one in looked_at}
    yield from (
        _Written(operation.method, operation.path)
        for operation in {f"{one.method.upper()} {one.path}": one for one in operations(api)}.values()
        if f"{operation.method.upper()} {operation.path}" not in keys
    )


def _looked_at(data: Mapping[str, Any], *, every_tag: bool) -> Iterator[_Written]:
    paths: Mapping[str, Any] = data.get("paths") or {}
    for path, item in paths.items():
        if item.__class__ is not dict or path.startswith("x-"):
            continue
        for method in METHODS:
            operation: Any = item.get(method)
            if operation.__class__ is dict:
                name = operation.get("operationId")
                tags = [str(tag) for tag in operation.get("tags") or [_UNTAGGED]]
                kept = tags if every_tag else tags[:1]
                stem = _letters(name if isinstance(name, str) else f"{method} {path}")
                yield _Written(method, path, stem, tuple(map(_letters, kept)))
