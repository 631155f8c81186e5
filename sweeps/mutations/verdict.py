"""A broken document through the generator in a process of its own, with limits: what came of it, and what is wrong with that."""

from __future__ import annotations

import gc
import importlib
import importlib.machinery
import json
import os
import pkgutil
import resource
import select
import signal
import sys
import tempfile
import traceback
import warnings
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import httpx2

from specwright import Config, Refused, generate
from sweeps.corpus import ROOT
from sweeps.imports import decoders

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import CodeType

SECONDS: Final = 60
"""Of the processor, which do not grow when the machine does something else."""
WAIT = 300.0
"""Seconds that may pass."""
MEMORY: Final = 2 << 30
"""Bytes of address space, of which the interpreter with what it has loaded takes a good part."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of a document."""

    status: int = -1
    """That of `specwright generate`: 0 or 2; -1 where there is a fault."""
    codes: tuple[str, ...] = ()
    """Those of its Problems."""
    fault: str = ""
    """What must not be: a traceback, a kill, a package that can't be imported."""


def judged(text: str, folder: Path, *, twice: bool = False) -> Verdict:
    """Generate a package of a document in an empty folder, and import it, in a child; `twice`, to see whether it is the same."""
    http = _warmed()
    path = folder / "openapi.json"
    path.write_text(text, encoding="utf-8")
    answer = in_child(lambda: _generated(path, folder / "out", http, twice=twice))
    return (
        Verdict(answer["status"], tuple(answer["codes"]))
        if "status" in answer
        else Verdict(fault=answer["fault"])
    )


@cache
def _warmed() -> httpx2.Client:
    """Load here what every child needs, so that none has to: the generator, its templates, and what packages import."""
    importlib.machinery.SourceFileLoader.source_to_code = _compiled  # type: ignore[method-assign,assignment]
    http = httpx2.Client()
    with tempfile.TemporaryDirectory(prefix="specwright-mutant-") as name:
        folder = Path(name)
        for at, document in enumerate(_WARMING):
            (folder / "openapi.yaml").write_bytes(document.read_bytes())
            made = generate(
                config=Config(spec=folder / "openapi.yaml", output=folder / str(at), package=f"warming_{at}")
            )
            import_fault(folder / str(at), made.package, http)
    gc.freeze()  # what children share is not theirs to look through
    return http


_WARMING: Final = (
    ROOT / "spec" / "cohere-finetuning.yaml",
    *sorted((ROOT / "tests" / "cases").glob("*s/spec.yaml")),
)
"""Documents of which enough is loaded."""


def _compiled(
    _loader: importlib.machinery.SourceFileLoader, data: bytes, path: str, *, _optimize: int = -1
) -> CodeType:
    """The code of a module. That of the runtime, which is the same in every package, is compiled once."""
    if "/_runtime/" in path:
        return _compiled_once(bytes(data), path.rpartition("/_runtime/")[2])
    return compile(data, path, "exec", dont_inherit=True, optimize=_optimize)


@cache
def _compiled_once(data: bytes, path: str) -> CodeType:
    return compile(data, path, "exec", dont_inherit=True)


def in_child(act: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """What a function gives that is called in a forked process; a `fault` where it fails, takes too long, or is killed."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(reading)
            os.setpgid(0, 0)
            with os.fdopen(writing, "wb") as file:
                file.write(json.dumps(_tried(act)).encode())
            os._exit(0)
        finally:
            os._exit(
                1
            )  # whatever goes wrong: the child must not go on as what it is a copy of, which waits for it
    os.close(writing)
    with os.fdopen(reading, "rb") as file:
        ended = _read(file.fileno())
    if ended is None:
        with suppress(ProcessLookupError):
            os.killpg(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    if ended is None:
        return {"fault": f"it takes more than {WAIT:.0f} seconds"}
    if status or not ended:
        return {"fault": f"the process ended with {status}"}
    answer: dict[str, Any] = json.loads(ended)
    return answer


def _read(descriptor: int) -> bytes | None:
    """All that comes, or None when nothing comes for too long."""
    found = b""
    while select.select([descriptor], [], [], WAIT)[0]:
        more = os.read(descriptor, 1 << 16)
        if not more:
            return found
        found += more
    return None


def _tried(act: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    warnings.simplefilter("error")
    try:
        return act()
    except BaseException:  # noqa: BLE001 - whatever it is, it is the finding
        return {"fault": traceback.format_exc(limit=-12)}


def _generated(path: Path, output: Path, http: httpx2.Client, *, twice: bool) -> dict[str, Any]:
    try:
        made = generate(config=Config(spec=path, output=output))
    except Refused as refused:
        if output.exists():
            return {"fault": f"refused, and something was written: {refused}"}
        return {"status": 2, "codes": sorted({problem.code for problem in refused.problems})}
    problems = Refused(made.problems)
    str(problems)  # each is printed
    if twice and (other := _made_elsewhere(path, output)):
        return {"fault": f"made again, {other} is another file"}
    if fault := import_fault(output, made.package, http):
        return {"fault": fault}
    return {"status": 0, "codes": sorted({problem.code for problem in made.problems})}


def _made_elsewhere(path: Path, output: Path) -> str:
    """The first file that is not the same when the package is made again, in another folder."""
    again = generate(config=Config(spec=path, output=output.with_name("again")))
    for name in again.files:
        if (output / name).read_bytes() != (output.with_name("again") / name).read_bytes():
            return name
    return ""


def import_fault(folder: Path, name: str, http: httpx2.Client) -> str:
    """What is wrong with a package as it is imported, each module and each name of it; `""` if nothing is."""
    sys.path.insert(0, str(folder))
    package = importlib.import_module(name)
    if not Path(str(package.__file__)).is_relative_to(folder):
        return f"{name} is not what is imported by its name"
    for module in pkgutil.walk_packages(package.__path__, f"{name}."):
        importlib.import_module(module.name)
    for public in package.__all__:
        getattr(package, public)
    package.Client(base_url="http://127.0.0.1:9", http_client=http).preload()
    models = sys.modules.get(f"{name}.models")
    return "\n".join(decoders(models)) if models is not None else ""


def kind(fault: str) -> str:
    """The faults that are one: the end of a traceback, without what varies."""
    lines = [line.strip() for line in fault.strip().splitlines()]
    frames = [line for line in lines if line.startswith("File ")]
    return f"{frames[-1] if frames else ''}: {lines[-1][:120]}"
