"""`make catalogue`: every document of the corpus as one hermetic action, run by an engine of others, and run here.

The engine is Dask's distributed scheduler, with workers on this machine; more machines are a scheduler's address away
(`--scheduler`). An action is what `specwright generate --dry-run --json` declares: the files that it reads, which are sent
to wherever it runs, and the hashes of those that it gives. There it has an empty folder with these files and no others.

The exit status is 1 where what came of an action is not what was declared, or not what a run here writes.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from contextlib import ExitStack
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final

from sweeps.corpus import ROOT, corpus, sources

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sweeps.corpus import Source

_WORKSHOP: Final = ROOT / "build" / "catalogue"
_PATIENCE: Final = 3_600
"""Seconds that a run may take."""
_OUTPUT: Final = "out"
"""The output folder of an action, in the folder where it runs."""


@dataclass(frozen=True, slots=True)
class Action:
    """What an engine needs to know."""

    name: str
    arguments: tuple[str, ...]
    """Of `specwright generate`."""
    inputs: Mapping[str, bytes]
    declared: Mapping[str, str]
    """The hash of each file that it gives, by its path in the output folder; none where the document is refused."""
    status: int


@dataclass(frozen=True, slots=True)
class Result:
    """What came of an action."""

    status: int
    outputs: Mapping[str, str]
    seconds: float


def main() -> None:
    """Do what the arguments say."""
    parser = argparse.ArgumentParser(prog="make catalogue", description="Every document as one action.")
    parser.add_argument("--only", metavar="NAME", action="append", help="this document; repeatable")
    parser.add_argument("--most", metavar="BYTES", type=int, help="no document that is larger")
    parser.add_argument("--jobs", metavar="N", type=int, default=2, help="so many local workers (2)")
    parser.add_argument("--scheduler", metavar="ADDRESS", help="one that runs already, with its own workers")
    arguments = parser.parse_args()
    folder = corpus()
    if not folder.is_dir():
        sys.exit(f"there are no documents in {folder}; SPECWRIGHT_CORPUS says where they are")
    chosen = [
        source
        for source in sources(folder, _WORKSHOP)
        if (not arguments.only or source.name in arguments.only)
        and (arguments.most is None or source.path.stat().st_size <= arguments.most)
    ]
    actions = [_declared(source) for source in chosen]
    began = time.perf_counter()
    elsewhere = _by_dask(actions, arguments.jobs, arguments.scheduler)
    took = time.perf_counter() - began
    unequal = [
        action.name
        for source, action in zip(chosen, actions, strict=True)
        if not _compared(action, elsewhere[action.name], _here(source, action))
    ]
    files = sum(len(result.outputs) for result in elsewhere.values())
    refused = sum(action.status != 0 for action in actions)
    print(
        f"{len(actions)} documents ({refused} refused), {files:,} files by Dask in {took:.1f} s; unequal: {len(unequal)}"
    )
    if unequal:
        sys.exit(f"not equal: {', '.join(unequal)}")


def _declared(source: Source) -> Action:
    """The action of a document, as it declares itself."""
    spec = source.path.relative_to(source.root).as_posix()
    arguments = (spec, "-o", _OUTPUT, "--root", ".", "--package", source.package)
    ran = _generate(source.root, "--dry-run", "--json", *arguments)
    told: dict[str, Any] = json.loads(ran.stdout)
    if ran.returncode:  # nobody declares what a document needs that can't be read: that is all of it
        return Action(source.name, arguments, {spec: source.path.read_bytes()}, {}, ran.returncode)
    inputs: dict[str, bytes] = {}
    for file in told["inputs"]:
        inputs[file["path"]] = (source.root / file["path"]).read_bytes()
        if sha256(inputs[file["path"]]).hexdigest() != file["sha256"]:
            sys.exit(f"{source.name}: {file['path']} was changed meanwhile")
    declared = {file["path"].removeprefix(f"{_OUTPUT}/"): file["sha256"] for file in told["outputs"]}
    return Action(source.name, arguments, inputs, declared, 0)


def _generate(folder: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "specwright", "generate", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, check=False, timeout=_PATIENCE)


def run(action: Action) -> Result:
    """Run an action in an empty folder that has its inputs."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        for path, content in action.inputs.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(content)
        began = time.perf_counter()
        ran = _generate(folder, *action.arguments)
        return Result(ran.returncode, _hashes(folder / _OUTPUT), time.perf_counter() - began)


def _by_dask(actions: list[Action], jobs: int, scheduler: str | None) -> dict[str, Result]:
    """What came of each action, which the scheduler gives to its workers one at a time."""
    from distributed import Client, LocalCluster, as_completed  # noqa: PLC0415 - the workers need none of it

    results: dict[str, Result] = {}
    with ExitStack() as stack:
        cluster = scheduler or stack.enter_context(
            LocalCluster(n_workers=jobs, threads_per_worker=1, dashboard_address=None)
        )
        client = stack.enter_context(Client(cluster))
        running = {client.submit(run, action, pure=False): action.name for action in actions}
        for future in as_completed(list(running)):
            results[running[future]] = future.result()
    return results


def _here(source: Source, action: Action) -> Result:
    """What a run on this machine writes, from where the document is."""
    with TemporaryDirectory() as name:
        began = time.perf_counter()
        spec, *rest = action.arguments
        target = Path(name) / source.name
        ran = _generate(source.root, spec, *[str(target) if given == _OUTPUT else given for given in rest])
        return Result(ran.returncode, _hashes(target), time.perf_counter() - began)


def _hashes(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def _compared(action: Action, there: Result, here: Result) -> bool:
    """Whether an action gave there what it declared, and what it gives here; printed, too."""
    equal = action.declared == there.outputs == here.outputs and action.status == there.status == here.status
    sent = sum(map(len, action.inputs.values()))
    print(
        f"{action.name:<48} {len(action.inputs):>4} inputs {sent:>11,} bytes {len(there.outputs):>6} files"
        f" {there.seconds:>6.1f} s there {here.seconds:>6.1f} s here  {'equal' if equal else 'NOT EQUAL'}",
        flush=True,
    )
    return equal


if __name__ == "__main__":
    main()
