"""The command-line tool of Redocly, installed with npm into a folder of the run."""

from __future__ import annotations

import shutil
import subprocess
from functools import cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

    from .workshop import Workshop

NAME: Final = "@redocly/cli"
VERSION: Final = "2.77.0"
ENVIRONMENT: Final = {"REDOCLY_TELEMETRY": "off", "REDOCLY_SUPPRESS_UPDATE_NOTICE": "true"}
"""Nothing of what it does but what it is asked to."""


def redocly(workshop: Workshop) -> Path:
    """The command.

    Raises:
        FileNotFoundError: There is no npm.
        subprocess.CalledProcessError: It can't be installed.
    """
    return _installed(workshop.subfolder("redocly"))


@cache
def _installed(place: Path) -> Path:
    npm = shutil.which("npm")
    if npm is None:
        raise FileNotFoundError("there is no npm")
    subprocess.run(
        [npm, "install", "--silent", "--no-audit", "--no-fund", f"{NAME}@{VERSION}"],
        cwd=place,
        check=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=600,
    )
    return place / "node_modules" / ".bin" / "redocly"
