"""A package that is made and imported here, without being written where anybody sees it."""

from __future__ import annotations

import importlib
import importlib.util
import itertools
import sys
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final

from specwright.emit.render import render, runtime
from specwright.emit.vet import vet

if TYPE_CHECKING:
    from collections.abc import Generator

    from specwright.plan.ir import Api

_NUMBERS: Final = itertools.count(1)


@contextmanager
def imported(api: Api) -> Generator[Any]:
    """The package of an API, as a module, while it lasts."""
    # No document chooses what is imported under which name here: it could be called as a module that we use.
    name = f"specwright_package_{next(_NUMBERS)}"
    files = vet(render(replace(api, package=replace(api.package, module=name))), runtime())
    with TemporaryDirectory(prefix="specwright-") as folder:
        for path, text in files.items():
            if path.startswith(f"{name}/"):
                file = Path(folder, path)
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(text, "utf-8")
        home = Path(folder, name)
        spec = importlib.util.spec_from_file_location(
            name, home / "__init__.py", submodule_search_locations=[str(home)]
        )
        if spec is None or spec.loader is None:
            raise ImportError(f"there is no package in {home}")
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module
        try:
            spec.loader.exec_module(module)
            yield module
        finally:
            for own in [key for key in sys.modules if key == name or key.startswith(f"{name}.")]:
                del sys.modules[own]
