"""The part of the runtime that a package needs."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_RUNTIME: Final = "_runtime."


def needed(files: Mapping[str, str], runtime: Mapping[str, str]) -> tuple[str, ...]:
    """The files of the runtime that modules import, and those that these do, sorted."""
    found = {"__init__.py"}
    waiting = [
        module.removeprefix(_RUNTIME)
        for path, text in files.items()
        if path.endswith(".py") and _RUNTIME in text
        for module in _imported(text)
        if module.startswith(_RUNTIME)
    ]
    while waiting:
        path = f"{waiting.pop()}.py"
        if path not in found:
            found.add(path)
            waiting += _imported(runtime[path])
    return tuple(sorted(found))


def _imported(text: str) -> Iterator[str]:
    """The modules of its own package that a module imports."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ImportFrom) and node.level and node.module:
            yield node.module
