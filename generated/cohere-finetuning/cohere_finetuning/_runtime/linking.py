"""Small modules that refer to one another and do not import one another, so that they can do so in circles.

In a folder of such modules each says in its last line which names of the others it refers to. Whoever asks for a name
waits until its module is imported, and those that it refers to, and those that they refer to, and has each of them given
what it refers to; only then is the name there to be found. There is no lock: what two threads do at the same time comes to
the same, and none of them relies on what the other has not finished.
"""

from __future__ import annotations

import sys
import threading
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

__all__ = ["folder", "link", "link_all", "listed"]


class _Work(threading.local):
    """The modules that this thread has yet to complete; None while it does not."""

    waiting: list[str] | None = None


_WORK: Final = _Work()
_REFERRED: Final[dict[str, tuple[str, ...]]] = {}
"""The names that each module refers to, once it was executed."""
_COMPLETE: Final[set[str]] = set()
"""The modules that have what they refer to, as have all those that they lead to."""
_ABSENT: Final = object()


def link(module: str, *names: str) -> None:
    """Say which names of its folder a module refers to: its last line.

    Where the module was imported by itself, as by `pickle`, what it needs is there when that is done.
    """
    _REFERRED[module] = names
    if _WORK.waiting is None:
        _complete([module])
    else:
        _WORK.waiting.append(module)


def folder(package: str) -> tuple[Callable[[str], Any], Callable[[], list[str]]]:
    """The `__getattr__` and `__dir__` of a folder of small modules, which its `_index` lists."""

    def load(name: str) -> Any:
        if name == "__all__":
            return sorted(listed(package))
        # `__path__` and the like are asked for by Python itself.
        home = None if name.startswith("__") else _homes(package).get(name)
        if home is None:
            raise AttributeError(f"module {package!r} has no attribute {name!r}", name=name)
        _complete([home])
        value = getattr(sys.modules[home], name)
        setattr(sys.modules[package], name, value)
        return value

    def listing() -> list[str]:
        return sorted({*vars(sys.modules[package]), *listed(package)})

    return load, listing


def listed(package: str) -> Collection[str]:
    """The names that a folder offers."""
    return _homes(package).keys()


def link_all(package: str) -> list[str]:
    """Import and complete every module of a folder: their full names."""
    modules = sorted({*_homes(package).values()})
    _complete(modules)
    return modules


@cache
def _homes(package: str) -> dict[str, str]:
    """The module that has each name of a folder."""
    names: Mapping[str, str] = import_module(f"{package}._index").NAMES
    return {name: f"{package}.{stem}" for name, stem in names.items()}


def _complete(modules: Iterable[str]) -> None:
    """Import modules and all that they lead to, and give each the names that it refers to."""
    before, waiting = _WORK.waiting, list(modules)
    _WORK.waiting = waiting
    seen: set[str] = set()
    lacking = False
    try:
        while waiting:
            name = waiting.pop()
            if name in seen or name in _COMPLETE:
                continue
            module = import_module(name)
            seen.add(name)
            homes = _homes(name.rpartition(".")[0])
            for word in _REFERRED.get(name, ()):
                home = homes[word]
                value = getattr(import_module(home), word, _ABSENT)
                if value is _ABSENT:
                    # Its module is being imported by itself and needs this one for that: its own last line sees to the rest.
                    lacking = True
                    continue
                setattr(module, word, value)
                waiting.append(home)
    finally:
        _WORK.waiting = before
    if not lacking:
        _COMPLETE.update(seen)
