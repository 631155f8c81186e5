"""Where the figures are from: the machine, and the versions of all that took part."""

from __future__ import annotations

import os
import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

PACKAGES: Final = (
    "specwright",
    "msgspec",
    "httpx2",
    "ruff",
    "openapi-python-client",
    "openapi-generator-cli",
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


def machine() -> dict[str, str | int | float]:
    """Its cores, its processor, its system, its Python, and how busy it was before the run."""
    return {
        "cores": _cores(),
        "cpu": _processor(),
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        "load": round(os.getloadavg()[0], 2) if hasattr(os, "getloadavg") else -1,
    }


def versions() -> dict[str, str]:
    """The version of each package; `not installed` is one, too."""
    return {name: _version(name) for name in PACKAGES}


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
