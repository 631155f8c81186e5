"""What is put beside the client of another generator, as text: validators, what calls them, and what the distribution says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from specwright.emit.code import code, name
from specwright.emit.filters.layout import reexports
from specwright.emit.layout import indexes, modules
from specwright.emit.render import fill

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from specwright.emit.code import Code
    from specwright.emit.layout import Index
    from specwright.plan.ir import Api, Layout

_VALIDATORS: Final = "validators"


def render_beside(api: Api, layout: Layout, operations: Mapping[str, Code]) -> dict[str, str]:
    """The text of each file but those of the runtime, by its path in the output folder; Python is not formatted yet.

    Args:
        api: The package: what it is called, and its validators.
        layout: How the validators are laid out.
        operations: What is checked of each operation, by its method and path.
    """
    module = api.package.module
    own = {
        **dict(_validators(api, layout)),
        "checks.py": fill("beside/checks.py.jinja", {"operations": operations}),
        "py.typed": "",
    }
    return {
        **{f"{module}/{path}": text for path, text in own.items()},
        "README.md": fill("beside/README.md.jinja", {"api": api}, "markdown"),
        "pyproject.toml": fill("beside/pyproject.toml.jinja", {"api": api}, "toml"),
    }


def _validators(api: Api, layout: Layout) -> Iterator[tuple[str, str]]:
    every = [module for module in modules(api, layout) if module.folder == _VALIDATORS]
    for module in every:
        values = {"validators": module.api.validators, "links": module.links, "runtime": module.runtime}
        yield module.path, fill("package/validators.py.jinja", values)
    if layout.kind == "folders":
        yield from (file for index in indexes(every) if index.folder == _VALIDATORS for file in _index(index))


def _index(index: Index) -> Iterator[tuple[str, str]]:
    """What tells which module of a folder has which name."""
    lines = [
        line for stem, names in index.names.items() for line in reexports(code(".{}", name(stem)), names)
    ]
    yield f"{index.folder}/__init__.py", fill("package/folders/folder.py.jinja", {"index": index})
    yield f"{index.folder}/_index.py", fill("package/folders/index.py.jinja", {"index": index})
    yield f"{index.folder}/__init__.pyi", fill("package/folders/stub.pyi.jinja", {"lines": lines})
