"""Reports into files, each as a whole or not at all."""

from __future__ import annotations

import os
import tempfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def save(path: Path, text: str) -> None:
    """Make a file hold a text; OSError where it can't, and the file is as it was. A pipe or a device is written to."""
    try:
        _save(path, text)
    except OSError as error:
        # Of the file that was asked for, not of the one that is made on the way.
        raise OSError(error.errno, error.strerror or str(error), str(path)) from error


def _save(path: Path, text: str) -> None:
    if path.exists() and not path.is_file():
        path.write_bytes(text.encode("utf-8", "backslashreplace"))
        return
    target = path.resolve()
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(text.encode("utf-8", "backslashreplace"))
        os.chmod(name, target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_mask())  # noqa: PTH101 - a name
        os.replace(name, target)  # noqa: PTH105 - as above
    except BaseException:
        os.unlink(name)  # noqa: PTH108 - as above
        raise


def _mask() -> int:
    """The rights that new files do not get; it can only be read by setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
