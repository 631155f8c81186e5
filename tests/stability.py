"""One operation or schema taken out of a document and put back: which lines of the package that removes."""

from __future__ import annotations

import copy
import difflib
import gc
import json
import tomllib
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import yaml

import specwright
from specwright.config import Config
from specwright.emit.lock import FILE_NAME

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

Json = Any
METHODS: Final = ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query")
HOMES: Final = ("#/components/schemas/", "#/definitions/")
_MOST: Final = 0.5
"""The part of a document's operations that may go with a schema."""


class Addition(NamedTuple):
    """What a document has more than it had before."""

    what: str
    before: Json


class Found(NamedTuple):
    """What an addition does to the package."""

    removed: tuple[str, ...]
    """The lines that went: file and text."""
    renamed: tuple[str, ...]
    """Entries of the lock's names that changed."""


def read(path: Path) -> Json:
    """The document as plain JSON; what YAML takes for dates, as text."""
    gc.disable()  # see DESIGN: most of the time is spent on walking a tree that only grows
    try:
        return json.loads(json.dumps(yaml.load(path.read_bytes(), Loader=_Plain)))  # noqa: S506 - a safe loader
    finally:
        gc.enable()


class _Plain(yaml.CSafeLoader):
    """As JSON reads it: no dates."""


_Plain.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(("timestamp", "value"))]
    for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}


# --- what is taken out --------------------------------------------------------------------------------------------


def operations(document: Json) -> list[tuple[str, str]]:
    """The path and method of each."""
    return [
        (path, method)
        for path, item in document.get("paths", {}).items()
        if isinstance(item, dict)
        for method in item
        if method in METHODS
    ]


def additions(document: Json, chance: random.Random, count: int) -> Iterator[Addition]:
    """So many of each kind, if the document has them: operations, schemas that nothing names, and schemas with all that does."""
    yield from _sampled(operations(document), chance, count, lambda one: _operation(document, *one))
    names = _schemas(document)
    users = {name: _users(document, name) for name in names}
    free = [name for name in names if not users[name]]
    yield from _sampled(free, chance, count, lambda name: _schema(document, name))
    limit = _MOST * len(operations(document))
    named = [name for name in names if users[name] and len(_reach(document, users, name)[1]) <= limit]
    yield from _sampled(named, chance, count, lambda name: _schema_with_users(document, users, name))


def _sampled(
    population: Sequence[Any], chance: random.Random, count: int, make: Callable[[Any], Addition]
) -> Iterator[Addition]:
    for one in chance.sample(population, min(count, len(population))):
        yield make(one)


def _operation(document: Json, path: str, method: str) -> Addition:
    before = copy.deepcopy(document)
    _drop_operation(before, path, method)
    return Addition(f"operation {method.upper()} {path}", before)


def _drop_operation(document: Json, path: str, method: str) -> None:
    """Without the links that lead to it, too: what they say is what it is called."""
    item = document["paths"][path]
    name = item.pop(method).get("operationId")
    if not any(other in METHODS for other in item):
        del document["paths"][path]
    if name is not None:
        _drop_links(document, name)


def _drop_links(value: Json, operation: str) -> None:
    if isinstance(value, dict):
        for key, item in [*value.items()]:
            if isinstance(item, dict) and item.get("operationId") == operation and "responses" not in item:
                del value[key]
            else:
                _drop_links(item, operation)
    elif isinstance(value, list):
        for item in value:
            _drop_links(item, operation)


def _schema(document: Json, name: str) -> Addition:
    before = copy.deepcopy(document)
    del _home(before)[name]
    return Addition(f"schema {name}", before)


def _schema_with_users(document: Json, users: dict[str, set[tuple[str, ...]]], name: str) -> Addition:
    """A schema with every schema and operation that needs it, directly or not."""
    before = copy.deepcopy(document)
    schemas, calls = _reach(document, users, name)
    for one in schemas:
        del _home(before)[one]
    for path, method in calls:
        _drop_operation(before, path, method)
    return Addition(f"schema {name} with {len(schemas) - 1} schemas and {len(calls)} operations", before)


def _home(document: Json) -> dict[str, Json]:
    return document.get("definitions") or document.get("components", {}).get("schemas") or {}


def _schemas(document: Json) -> list[str]:
    return list(_home(document))


def _users(document: Json, name: str) -> set[tuple[str, ...]]:
    """The keys of what has a `$ref` to a schema, as far as it can be taken out: a schema, an operation, or neither."""
    pointers = {home + name.replace("~", "~0").replace("/", "~1") for home in HOMES}
    return {_owner(way) for way in _places(document, pointers, ())} - {("schemas", name)}


def _owner(way: tuple[str, ...]) -> tuple[str, ...]:
    match way:
        case ("components", "schemas", name, *_) | ("definitions", name, *_):
            return ("schemas", name)
        case ("paths", path, method, *_) if method in METHODS:
            return ("paths", path, method)
        case _:
            return ()


def _places(value: Json, pointers: set[str], way: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Where any of the pointers is written, as a `$ref` or as the value of a discriminator's mapping."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _places(item, pointers, (*way, key))
    elif isinstance(value, list):
        for item in value:
            yield from _places(item, pointers, way)
    elif isinstance(value, str) and value in pointers:
        yield way


def _reach(
    document: Json, users: dict[str, set[tuple[str, ...]]], name: str
) -> tuple[set[str], set[tuple[str, str]]]:
    """The schemas and operations that go with a schema; all operations where something else needs it."""
    schemas: set[str] = set()
    calls: set[tuple[str, str]] = set()
    ahead = [name]
    while ahead:
        one = ahead.pop()
        schemas.add(one)
        for user in users[one]:
            match user:
                case ("schemas", above):
                    ahead += [above] if above not in schemas else []
                case ("paths", path, method):
                    calls.add((path, method))
                case _:
                    return schemas, set(operations(document))
    return schemas, calls


# --- what that does -----------------------------------------------------------------------------------------------


def found(document: Json, addition: Addition, folder: Path) -> Found:
    """Generate without it, then with it and the lock of the first."""
    _generate(addition.before, folder)
    before, names = _files(folder), _names(folder)
    _generate(document, folder)
    after, now = _files(folder), _names(folder)
    removed = [
        f"{path}: {line}" for path, text in before.items() for line in _gone(text, after.get(path, ""))
    ]
    renamed = [f"{key}: {name} -> {now.get(key)}" for key, name in names.items() if now.get(key) != name]
    return Found(tuple(removed), tuple(renamed))


def _generate(document: Json, folder: Path) -> None:
    spec = folder / "openapi.json"
    spec.write_text(json.dumps(document), "utf-8")
    specwright.generate(config=Config(spec=spec, output=folder / "client", package="api", version="1"))


def _files(folder: Path) -> dict[str, list[str]]:
    """The lines of each file, but of the lock and of what is the same in every package."""
    client = folder / "client"
    paths = (path for path in sorted(client.rglob("*")) if path.is_file() and path.name != FILE_NAME)
    return {
        path.relative_to(client).as_posix(): path.read_text("utf-8").splitlines()
        for path in paths
        if "_runtime" not in path.parts
    }


def _gone(before: list[str], after: list[str]) -> list[str]:
    """The lines that a diff shows with a minus; none if what was there is still there, in its order."""
    rest = iter(after)
    if all(line in rest for line in before):
        return []
    compared = difflib.unified_diff(before, after, n=0, lineterm="")
    return [line for line in compared if line.startswith("-") and not line.startswith("---")]


def _names(folder: Path) -> dict[str, str]:
    return tomllib.loads((folder / "client" / FILE_NAME).read_text("utf-8"))["names"]
