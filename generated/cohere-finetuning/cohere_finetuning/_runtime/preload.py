"""Everything that a package otherwise loads when it is first used, at once."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from .decode import decoder
from .deferred import Deferred
from .linking import link_all
from .operation import Operation

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["preload"]

_FOLDERS = ("inputs", "models", "validators")
"""What is a module, or a folder of small ones with `resources` beside it."""


def preload(package: str) -> None:
    """Import every module of a package, and make the decoder of every answer."""
    import_module(f"{package}.errors")
    operations = [f"{package}.client"]
    for name in _FOLDERS:
        module = import_module(f"{package}.{name}")
        if hasattr(module, "__path__"):
            link_all(module.__name__)
    if hasattr(import_module(f"{package}.models"), "__path__"):
        operations += link_all(f"{package}.resources")
    for name in operations:
        for operation in _operations(vars(import_module(name))):
            for answer in operation.answers.values():
                for one in (answer, *answer.others):
                    if one.type is not None:
                        decoder(one.type)


def _operations(module: dict[str, Any]) -> Iterator[Operation[Any]]:
    for value in module.values():
        if isinstance(value, Deferred):
            yield value()
        elif isinstance(value, Operation):
            yield value
