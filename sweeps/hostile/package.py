"""What a package of a hostile document is held to, in a process of its own: prints its findings as JSON.

Run as `python -W error -P -m sweeps.hostile.package SPEC FOLDER`, where the distribution is `FOLDER/out`.
"""

from __future__ import annotations

import importlib
import inspect
import json
import pkgutil
import sys
import tomllib
import traceback
import typing
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sweeps.arguments import Annotations
from sweeps.corpus import Source
from sweeps.hostile.exact import inexact
from sweeps.hostile.invented import Inventor, NothingFitsError
from sweeps.hostile.mocked import MockedServer
from sweeps.methods import credentials, routes
from sweeps.wire import Sweep

if TYPE_CHECKING:
    from collections.abc import Iterator

TEXTS: Final = ("a", "'\"\\\n\r\x00{a}../%2e/\u202e\u2028é\U0001f600")
"""What texts are called with."""
_DATA: Final = frozenset({".json", ".toml", ".lock"})


def main() -> None:
    """Do it."""
    spec, folder = map(Path, sys.argv[1:])
    out = folder / "out"
    sys.path.insert(0, str(out))
    name = next(path.parent.name for path in out.glob("*/py.typed"))
    findings = [*_read(out), *_imported(name)]
    findings += [*_hinted(name), *_invented(name), *inexact(spec, out, name), *_swept(spec, folder, name)]
    json.dump(findings, sys.stdout)


def _end(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)[-2:]
    at = " < ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in reversed(frames))
    return f"{type(error).__name__}: {str(error)[:300]} ({at})"


def _read(out: Path) -> Iterator[str]:
    """Files that are not what their names say."""
    for path in sorted(path for path in out.rglob("*") if path.is_file()):
        try:
            if path.suffix == ".py":
                compile(path.read_bytes(), str(path), "exec", dont_inherit=True)
            elif path.suffix == ".json":
                json.loads(path.read_bytes())
            elif path.suffix in _DATA:
                tomllib.loads(path.read_text(encoding="utf-8"))
        except Exception as error:  # noqa: BLE001 - whatever it is, it is the finding
            yield f"file: {path.relative_to(out)}: {_end(error)}"
    project = tomllib.loads((out / "pyproject.toml").read_text(encoding="utf-8"))
    if set(project) - {"build-system", "project", "tool"}:
        yield f"pyproject.toml: it has {sorted(project)}"
    if project["build-system"]["build-backend"] != "hatchling.build":
        yield f"pyproject.toml: it is built by {project['build-system']}"


def _imported(name: str) -> Iterator[str]:
    package = importlib.import_module(name)
    for module in pkgutil.walk_packages(package.__path__, f"{name}."):
        if module.name.endswith(".__main__"):
            continue
        try:
            importlib.import_module(module.name)
        except Exception as error:  # noqa: BLE001 - as above
            yield f"import: {module.name}: {_end(error)}"
    if missing := [each for each in package.__all__ if not hasattr(package, each)]:
        yield f"import: {name} has no {missing[0]}"


def _hinted(name: str) -> Iterator[str]:
    """Classes and methods whose annotations can't be evaluated."""
    annotations = Annotations(name)
    for home in ("models", "inputs"):
        module = importlib.import_module(f"{name}.{home}")
        for attribute in dir(module):
            kind = getattr(module, attribute)
            if isinstance(kind, type) and kind.__module__.startswith(module.__name__):
                try:
                    typing.get_type_hints(
                        kind, vars(importlib.import_module(kind.__module__)), _Lazy(annotations)
                    )
                except Exception as error:  # noqa: BLE001 - as above
                    yield f"hints: {home}.{attribute}: {_end(error)}"
    for ways in routes(name).values():
        for attributes, function in ways:
            try:
                annotations.of(function)
            except Exception as error:  # noqa: BLE001 - as above
                yield f"hints: {'.'.join(attributes)}: {_end(error)}"


class _Lazy(dict[str, Any]):
    """Names that modules import for type checkers only."""

    def __init__(self, annotations: Annotations) -> None:
        super().__init__()
        self._annotations = annotations

    def __missing__(self, name: str) -> Any:
        try:
            return self._annotations.evaluated(name, Annotations)
        except NameError:
            raise KeyError(name) from None


def _invented(name: str) -> Iterator[str]:
    """What methods raise, called with something of each type, that is none of the package's own errors."""
    module = importlib.import_module(name)
    annotations = Annotations(name)
    server = MockedServer()
    client = module.Client(base_url=server.url, **credentials(name), **server.options)
    for (method, path), ways in routes(name).items():
        for attributes, function in ways:
            for text in TEXTS:
                for whole in (False, True):
                    title = f"call: {method} {path}"
                    try:
                        arguments = Inventor(annotations, text, whole=whole).arguments(function)
                    except NothingFitsError as fault:
                        yield f"{title}: nothing fits {fault}"
                        continue
                    server.seen.clear()
                    yield from _called(module, client, attributes, arguments, title)
                    for seen in server.seen:
                        if any(char in value for _, value in seen.headers for char in "\r\n\0"):
                            yield f"{title}: a header with a control character: {seen.headers}"


def _called(
    module: Any, client: Any, attributes: tuple[str, ...], arguments: dict[str, Any], title: str
) -> Iterator[str]:
    called = client
    for attribute in attributes:
        called = getattr(called, attribute)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        warnings.simplefilter("ignore", module.ResponseMismatch)
        try:
            result = called(**arguments)
            if inspect.isgenerator(result) or type(result).__name__ in {"Stream", "Pages"}:
                list(result)
        except module.ApiError:
            pass  # what was invented need not be allowed
        except Exception as error:  # noqa: BLE001 - as above
            yield f"{title}: {_end(error)}"


def _swept(spec: Path, folder: Path, name: str) -> Iterator[str]:
    """What a judge, which read the document by itself, finds of requests and answers."""
    try:
        sweep = Sweep(Source(spec.stem, spec, spec.parent, folder), name, MockedServer(), second=False)
    except Exception as error:  # noqa: BLE001 - as above
        yield f"judge: {_end(error)}"
        return
    for operation in sweep.operations:
        try:
            miss = sweep.miss(operation)
        except Exception as error:  # noqa: BLE001 - as above
            yield f"judge: {operation.title}: {_end(error)}"
        else:
            if miss is not None:
                yield f"wire: {operation.title}: {miss.step}: {miss.text}"


if __name__ == "__main__":
    main()
