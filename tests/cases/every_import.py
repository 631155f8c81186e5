"""Import every module of the packages that are named, in the current folder; print what can't be used.

Beyond the modules themselves: each public name is there, each model and each answer has a decoder, and the annotations of
each input have a meaning.
"""

from __future__ import annotations

import sys
import traceback
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Any, get_type_hints, is_typeddict

import msgspec

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


def attempts(case: str) -> Iterator[tuple[str, Callable[..., Any], tuple[Any, ...]]]:
    for path in sorted(Path(case).rglob("*.py")):
        name = ".".join(path.with_suffix("").parts).removesuffix(".__init__")
        yield name, import_module, (name,)
    package = import_module(case)
    for name in package.__all__:
        yield f"{case}.{name}", getattr, (package, name)
    for name, kind in _own(f"{case}.models"):
        yield name, msgspec.json.Decoder, (kind,)
    for name, kind in _own(f"{case}.inputs"):
        if is_typeddict(kind):
            yield name, get_type_hints, (kind, vars(sys.modules[kind.__module__]))
    for name, operation in _operations(case):
        for status, answer in operation.answers.items():
            yield f"{name} {status}", msgspec.json.Decoder, (answer.type,)


def _own(module: str) -> Iterator[tuple[str, Any]]:
    for name in _parts(module):
        for word, kind in vars(import_module(name)).items():
            if getattr(kind, "__module__", None) == name:
                yield f"{name}.{word}", kind


def _operations(case: str) -> Iterator[tuple[str, Any]]:
    kinds = (
        import_module(f"{case}._runtime.operation").Operation,
        import_module(f"{case}._runtime.deferred").Deferred,
    )
    resources = _parts(f"{case}.resources") if Path(case, "resources").is_dir() else ()
    for module in (f"{case}.client", *resources):
        for name, value in vars(import_module(module)).items():
            if isinstance(value, kinds):
                yield f"{module}.{name}", value() if isinstance(value, kinds[1]) else value


def _parts(module: str) -> Iterator[str]:
    """A module, or those in a folder of modules."""
    found = import_module(module)
    if hasattr(found, "__path__"):
        yield from (f"{module}.{part.name}" for part in iter_modules(found.__path__))
    else:
        yield module


def main() -> int:
    failed = False
    sys.path.insert(0, str(Path.cwd()))
    for case in sys.argv[1:]:
        for what, action, arguments in attempts(case):
            try:
                action(*arguments)
            except Exception:  # noqa: BLE001 - each is told
                failed = True
                sys.stdout.write(f"{what}: {traceback.format_exc(limit=-2)}\n")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
