"""The package of GitHub's document in one module, in few, and in small ones: what is compared before one is kept."""

from __future__ import annotations

import ast
import shutil
from typing import TYPE_CHECKING, Final

from .sources import LARGE
from .workshop import BIN

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from .workshop import Workshop

FOLDERS: Final = "a module for each schema and tag"
MODULES: Final = "a module of each kind"
ONE: Final = "one module"
PACKAGES: Final = {FOLDERS: "github_folders", MODULES: "github_modules", ONE: "github_one"}
"""What the package is called in each layout."""
_GITHUB: Final = next(source for source in LARGE if source.name == "GitHub")
_WRITTEN: Final = {FOLDERS: "folders", MODULES: "modules"}
"""The layouts that specwright writes, as the configuration has them."""
_MERGED: Final = ("models", "inputs", "validators", "client")
"""Each after those that it imports from."""


def package(workshop: Workshop, layout: str) -> Path:
    """A folder with the package in that layout, made when it is first asked for.

    Raises:
        FileNotFoundError: The document is not there.
        ValueError: Modules have the same name for different things, so that they can't be one.
    """
    folder = workshop.subfolder(f"layout {PACKAGES[layout]}")
    if not (folder / PACKAGES[layout]).exists():
        if layout == ONE:
            few = package(workshop, MODULES)
            shutil.copytree(few / PACKAGES[MODULES], folder / PACKAGES[ONE])
            _merge(folder / PACKAGES[ONE])
        else:
            _generate(workshop, layout, folder)
    return folder


def _generate(workshop: Workshop, layout: str, folder: Path) -> None:
    document = _GITHUB.file(workshop, _GITHUB.written)
    place = workshop.subfolder(f"configured {PACKAGES[layout]}")
    (place / "pyproject.toml").write_text(
        "[tool.specwright]\n"
        "[tool.specwright.documents.github]\n"
        f'spec = "{document.as_posix()}"\n'
        f'output = "{folder.as_posix()}"\n'
        f'package = "{PACKAGES[layout]}"\n'
        f'layout = "{_WRITTEN[layout]}"\n',
        "utf-8",
    )
    workshop.run_in(place, BIN / "specwright", "generate")


def _merge(package: Path) -> None:
    """Make one module, the client's, of four; the others become other names for it."""
    texts = {name: (package / f"{name}.py").read_text("utf-8") for name in _MERGED}
    (package / "client.py").write_text(merged(texts), "utf-8")
    for name in _MERGED[:-1]:
        alias = "import sys\n\nfrom . import client\n\nsys.modules[__name__] = client\n"
        (package / f"{name}.py").write_text(alias, "utf-8")


def merged(texts: dict[str, str]) -> str:
    """Modules as one: their lines in this order, without what they import from one another.

    Raises:
        ValueError: A name means different things in two of them.
    """
    bound: dict[str, str] = {}
    parts = ["from __future__ import annotations"]
    for module, text in texts.items():
        tree = ast.parse(text)
        for name, meaning in _bound(tree, module, texts):
            if bound.setdefault(name, meaning) != meaning:
                raise ValueError(f"{name} is {bound[name]}, and {meaning}")
        lines = text.splitlines()
        for node in tree.body:
            if _drops(node, texts):
                lines[node.lineno - 1 : node.end_lineno] = [""] * ((node.end_lineno or 0) - node.lineno + 1)
        parts += lines
    return "\n".join(parts) + "\n"


def _drops(node: ast.stmt, texts: dict[str, str]) -> bool:
    return isinstance(node, ast.ImportFrom) and (
        node.module == "__future__" or (bool(node.level) and node.module in texts)
    )


def _bound(tree: ast.Module, module: str, texts: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Each name that a module binds for itself, and what to: an import's origin, or the module."""
    for node in tree.body:
        match node:
            case ast.ImportFrom() if not _drops(node, texts):
                origin = "." * node.level + (node.module or "")
                yield from ((alias.asname or alias.name, f"{alias.name} of {origin}") for alias in node.names)
            case ast.Import():
                yield from ((alias.asname or alias.name, alias.name) for alias in node.names)
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                yield name, f"what {module} defines"
            case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
                yield name, f"what {module} defines"
            case _:
                pass
