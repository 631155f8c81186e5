"""Rendered files -> formatted files. The only home of ruff.

Imports that nothing uses are dropped, so that templates may import what a module could need; then ruff formats, once over
one temporary folder, whatever the number of files. Its settings are here and nowhere else: a `ruff.toml` of the user, or an
environment variable, changes nothing.
"""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from ruff import find_ruff_bin  # type: ignore[import-untyped] # ruff has no types to give

from specwright.emit import allowed
from specwright.emit.code import WIDTH
from specwright.emit.cores import shared
from specwright.emit.imports import pruned
from specwright.emit.unsound import Unsound
from specwright.problems import Refused, problem

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Mapping, Sequence

TARGET = "py311"
_FORMAT = (
    "format",
    "--isolated",
    "--no-cache",
    f"--target-version={TARGET}",
    f"--config=line-length={WIDTH}",
    "--config=format.line-ending='lf'",
)
_SECONDS = 600
"""How long ruff may take: a thousand times what it does for the largest packages."""
_SYSTEM = re.compile(r"([^:\s][^:\n]*) \(os error \d+\)")
"""What ruff says of what the system does not let it do."""
_BLAMED = re.compile(r"[\w./-]+\.py(?=:)")


def tidy(files: Mapping[str, str]) -> dict[str, str]:
    """The same files in the same order, the Python among them formatted.

    The runtime is copied as it is, and so passes through.

    Raises:
        Unsound: ruff can't read a file that we rendered.
        Refused: The system has no room for what is thrown away again.
    """
    rendered = {
        path: text
        for path, text in files.items()
        if path.endswith(allowed.PYTHON_SUFFIXES) and not allowed.is_runtime(path)
    }
    return {**files, **_through(rendered, pruned, _FORMAT)} if rendered else dict(files)


def _through(
    files: Mapping[str, str], before: Callable[[str], str], *runs: tuple[str, ...]
) -> dict[str, str]:
    """What ruff makes of each file, after what is done with its text `before`, run by run in one folder."""
    with _refusing():
        temporary = tempfile.TemporaryDirectory(prefix="specwright-")
    with temporary as name:
        folder = Path(name)
        with _refusing():
            for parent in {(folder / path).parent for path in files}:
                parent.mkdir(parents=True, exist_ok=True)

        def each(share: Sequence[str]) -> None:
            for path in share:
                text = before(files[path])
                with _refusing():
                    (folder / path).write_bytes(text.encode())

        shared(each, tuple(files))
        for arguments in runs:
            _run(folder, arguments)
        return {path: (folder / path).read_bytes().decode() for path in files}


def _run(folder: Path, arguments: tuple[str, ...]) -> None:
    environment = {key: value for key, value in os.environ.items() if not key.startswith("RUFF_")}
    try:
        done = subprocess.run(
            [find_ruff_bin(), *arguments, "."],
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            check=False,
            timeout=_SECONDS,
        )
    except subprocess.TimeoutExpired:
        raise Unsound("the output", 0, f"ruff takes more than {_SECONDS} seconds for it") from None
    if done.returncode != 0:
        report = (done.stdout + done.stderr).strip().replace(f"{folder}{os.sep}", "")
        if system := _SYSTEM.search(report):
            raise _unwritable(system[1])
        blamed = _BLAMED.search(report)
        path = blamed[0].removeprefix("./") if blamed else "the output"
        raise Unsound(path, 0, f"ruff refuses it: {report}")


@contextmanager
def _refusing() -> Generator[None]:
    """What the system does not let us write, as a Problem."""
    try:
        yield
    except OSError as error:
        raise _unwritable(error.strerror or str(error)) from error


def _unwritable(why: str) -> Refused:
    where = tempfile.tempdir or "a folder for temporary files"  # not yet known where the system has none
    return Refused([problem("temporary-unwritable", None, f"can't write in {where}: {why}")])


_CHECK = (
    "check",
    "--isolated",
    "--no-cache",
    "--quiet",
    f"--target-version={TARGET}",
    "--select=I,F401",
    "--fix",
    "--output-format=concise",
)


def tidy_foreign(files: Mapping[str, str]) -> dict[str, str]:
    """The same of modules that another generator wrote: ruff tells which of their imports are used, and sorts them.

    Raises:
        Unsound: ruff can't read one, or an import that nothing uses can't be dropped.
    """
    return _through(files, str, _CHECK, _FORMAT)
