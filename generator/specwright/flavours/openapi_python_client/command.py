"""openapi-python-client, run through its command in a temporary folder, where it finds what we give it and nothing else."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import TYPE_CHECKING, Final

from specwright.emit import templates
from specwright.problems import Refused, problem

if TYPE_CHECKING:
    from collections.abc import Mapping

NAME: Final = "openapi-python-client"
TRIED: Final = "0.29"
"""The minor version whose output and whose messages are known here."""
_MODULE: Final = "openapi_python_client"
_CHANGED: Final = ("client.py.jinja",)
"""Its own templates that ours are made of."""
_PATIENCE: Final = 1800
"""Seconds after which it is taken for one that will not end; it needs 17 for the API of GitHub."""
_ENVIRONMENT: Final = {
    "COLUMNS": "100000",  # or else it breaks its messages into lines
    "NO_COLOR": "1",
    "PYTHONDONTWRITEBYTECODE": "1",
    "PYTHONUTF8": "1",
    "_TYPER_STANDARD_TRACEBACK": "1",
}
_SUFFIXES: Final = (".py", ".typed")


@dataclass(frozen=True, slots=True)
class Output:
    """What it did."""

    status: int
    said: str
    """What it wrote to standard error, and what else it wrote than what it is about to do."""
    files: Mapping[str, str]
    """The package: the text of each file by its path, the first part of which is the package's name."""


def version() -> str:
    """The version that is installed.

    Raises:
        Refused: There is none, or one that was not tried.
    """
    hint = f"Install it with `pip install 'specwright[{NAME}]'`."
    try:
        found = distribution(NAME).version
    except PackageNotFoundError:
        message = f'`client = "{NAME}"` needs the extra `{NAME}`.'
        raise Refused([problem("extra-missing", None, message, hint)]) from None
    if not f"{found}.".startswith(f"{TRIED}."):
        message = f"{NAME} {found} is installed; what it writes is known of {TRIED}."
        raise Refused([problem("extra-missing", None, message, hint)])
    return found


def run(document: str, settings: str) -> Output:
    """What openapi-python-client makes of a document and its settings, both in JSON.

    Raises:
        Refused: It does not end.
    """
    with tempfile.TemporaryDirectory(prefix="specwright-") as name:
        folder = Path(name)
        _lay_out(folder, document, settings)
        done = _run(folder)
        printed = "".join(
            line for line in done.stdout.splitlines(keepends=True) if not line.startswith("Generating ")
        )
        return Output(
            done.returncode, (printed + done.stderr).replace(f"{name}{os.sep}", ""), _package(folder / "out")
        )


def _lay_out(folder: Path, document: str, settings: str) -> None:
    own = folder / "templates" / "original"
    own.mkdir(parents=True)
    for path, text in templates.texts(NAME).items():
        (own.parent / path).write_text(text, "utf-8")
    for path in _CHANGED:
        original = Path(str(distribution(NAME).locate_file(f"{_MODULE}/templates/{path}")))
        (own / path).write_bytes(original.read_bytes())
    (folder / "document.json").write_text(document, "utf-8")
    (folder / "config.json").write_text(settings, "utf-8")


def _run(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-P", "-m", _MODULE, "generate"]
    options = {
        "--path": "document.json",
        "--config": "config.json",
        "--custom-template-path": "templates",
        "--output-path": "out",
        "--meta": "uv",
    }
    try:
        return subprocess.run(
            [*command, *(word for option in options.items() for word in option)],
            cwd=folder,
            env={**os.environ, **_ENVIRONMENT},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            check=False,
            timeout=_PATIENCE,
        )
    except subprocess.TimeoutExpired:
        message = f"{NAME} was stopped after {_PATIENCE} seconds."
        raise Refused([problem("client-refused", None, message)]) from None


def _package(folder: Path) -> dict[str, str]:
    """The files of the one package in a folder; none if there is none."""
    packages = [path.parent for path in folder.glob("*/__init__.py")]
    return {
        path.relative_to(folder).as_posix(): path.read_bytes().decode()
        for package in packages
        for path in sorted(package.rglob("*"))
        if path.suffix in _SUFFIXES and path.is_file()
    }
