"""Names of a package that are loaded on first use (PEP 562), so that importing the package costs next to nothing."""

from __future__ import annotations

import sys
from importlib import import_module

TYPE_CHECKING = False  # type checkers take it for the one of `typing`, whose import would cost more than all the rest here
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any


def attach(
    package: str, names: Mapping[str, Sequence[str]], folders: Sequence[str] = ()
) -> tuple[Callable[[str], Any], Callable[[], list[str]]]:
    """The `__getattr__` and `__dir__` of a package whose public names live in its modules.

    `names` gives for each module, relative to the package (`"models"`, `"_runtime.errors"`), the names it is home of. What
    is none of them is looked for in `folders`, whose small modules are too many to be listed here.
    A name is looked up once and then stands in the package itself; any number of threads may ask at the same time,
    since importing is guarded by Python and publishing is one assignment.
    """
    homes = {name: module for module, members in names.items() for name in members}
    modules = frozenset((*folders, *(module for module in names if "." not in module)))

    def load(name: str) -> Any:
        home = homes.get(name)
        if home is not None:
            value = getattr(import_module(f".{home}", package), name)
        elif name in modules:
            value = import_module(f".{name}", package)
        elif name == "__all__" and folders:
            value = public()
        else:
            value = in_folders(name)
        setattr(sys.modules[package], name, value)
        return value

    def in_folders(name: str) -> Any:
        from .linking import listed  # noqa: PLC0415  # only where there are folders

        # `__path__` and the like are asked for by Python itself.
        for folder in folders if not name.startswith("__") else ():
            if name in listed(f"{package}.{folder}"):
                return getattr(import_module(f".{folder}", package), name)
        raise AttributeError(f"module {package!r} has no attribute {name!r}", name=name)

    def public() -> list[str]:
        from .linking import listed  # noqa: PLC0415  # as above

        return sorted({*homes, *(name for folder in folders for name in listed(f"{package}.{folder}"))})

    def listing() -> list[str]:
        return sorted({*vars(sys.modules[package]), *(public() if folders else homes)})

    return load, listing
