"""The methods of a generated package, found by what they say of themselves: `METHOD /path` on a line of its own."""

from __future__ import annotations

import importlib
import inspect
import re
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_ROUTE: Final = re.compile(r"^\s*``?([A-Za-z-]+) (/\S*|/.*?)``?\s*$", re.MULTILINE)


def routes(
    package: str, client_name: str = "Client"
) -> dict[tuple[str, str], list[tuple[tuple[str, ...], Any]]]:
    """By method and path: the attributes of a client that lead to the method, and its function."""
    client = getattr(importlib.import_module(package), client_name)
    found: dict[tuple[str, str], list[tuple[tuple[str, ...], Any]]] = {}
    for attributes, function in _functions(package, client):
        for method, path in _ROUTE.findall(function.__doc__ or "")[:1]:
            found.setdefault((method.upper(), path), []).append((attributes, function))
    return found


def kinds(ways: list[tuple[tuple[str, ...], Any]]) -> tuple[list[Any], list[Any]]:
    """The methods that give an answer as a whole, and those that give a stream of values."""
    streams = [way for way in ways if "Stream[" in str(inspect.get_annotations(way[1]).get("return"))]
    return [way for way in ways if way not in streams], streams


def _functions(package: str, client: Any) -> Iterator[tuple[tuple[str, ...], Any]]:
    yield from (((name,), function) for name, function in _own(client))
    for name in dir(client):
        attribute = inspect.getattr_static(client, name)
        getter: Callable[..., Any] | None = getattr(attribute, "func", None) or getattr(
            attribute, "fget", None
        )
        if name.startswith("_") or getter is None:
            continue
        kind = _resource(package, getter)
        if kind is not None:
            yield from (((name, method), function) for method, function in _own(kind))


def _resource(package: str, getter: Any) -> Any:
    """The class that a property of the client gives."""
    written = inspect.get_annotations(getter).get("return")
    if not isinstance(written, str):
        return written
    for home in (getter.__module__, f"{package}.client", f"{package}.resources", package):
        try:
            found = getattr(importlib.import_module(home), written.rpartition(".")[2], None)
        except ModuleNotFoundError:
            continue
        if isinstance(found, type):
            return found
    return None


def _own(kind: Any) -> Iterator[tuple[str, Any]]:
    for name in dir(kind):
        member = inspect.getattr_static(kind, name)
        if not name.startswith("_") and inspect.isfunction(inspect.unwrap(member)):
            yield name, inspect.unwrap(member)


def credentials(package: str) -> dict[str, str]:
    """Dummy values for all that a client takes to authenticate with."""
    client = importlib.import_module(package).Client
    known = {"self", "base_url", "options"}
    return {
        name: f"dummy-{name}" for name in inspect.signature(client.__init__).parameters if name not in known
    }
