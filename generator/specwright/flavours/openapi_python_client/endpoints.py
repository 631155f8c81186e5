"""What the modules of operations pass on: read from the syntax trees of what openapi-python-client wrote."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_PLACES: Final = 2
"""Which argument of it has the parameters."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """The functions of one operation."""

    module: str
    """The path of the module."""
    key: str
    """The method and the path, as the document writes it."""
    parameters: frozenset[tuple[str, str]]
    """The place and the wire name of each parameter that they take."""


def endpoints(files: Mapping[str, str]) -> tuple[Endpoint, ...]:
    """Those of a package; an operation with several tags has several."""
    return tuple(_endpoints(files))


def is_endpoint(path: str) -> bool:
    """Whether a path of the output is that of the module of an operation."""
    _, _, inner = path.partition("/")
    return inner.startswith("api/") and not path.endswith("/__init__.py")


def _endpoints(files: Mapping[str, str]) -> Iterator[Endpoint]:
    for path, text in files.items():
        if is_endpoint(path):
            tree = ast.parse(text)
            yield Endpoint(path, _key(tree), frozenset(_parameters(tree)))


def _key(tree: ast.Module) -> str:
    for node in tree.body:
        match node:
            case ast.Assign([ast.Name("_OPERATION")], ast.Constant(str(key))):
                return key
            case _:
                pass
    return ""


def _parameters(tree: ast.Module) -> Iterator[tuple[str, str]]:
    for node in ast.walk(tree):
        match node:
            case ast.Call(ast.Attribute(ast.Name("_checks"), "request"), arguments):
                places = arguments[_PLACES]
                if isinstance(places, ast.Dict):
                    for place, members in zip(places.keys, places.values, strict=True):
                        if isinstance(place, ast.Constant) and isinstance(members, ast.Dict):
                            yield from (
                                (str(place.value), str(wire.value))
                                for wire in members.keys
                                if isinstance(wire, ast.Constant)
                            )
            case _:
                pass
