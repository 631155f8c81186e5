"""The user's own Python files."""

from __future__ import annotations

import ast
import os
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

LARGEST: Final = 2_000_000
"""Bytes of a file that people wrote; larger ones are data."""

SKIPPED: Final = frozenset({"__pycache__", "node_modules", "site-packages", "venv"})
"""Folders of what others wrote, beside those whose names begin with a dot."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file, by its path with the folder in front as it was given; `tree` is None where it can't be read, with the reason in `why`."""

    path: str
    lines: tuple[str, ...]
    tree: ast.Module | None
    why: str = ""


def sources(folder: Path, package: str) -> Iterator[Source]:
    """The files of a folder, as `paths` gives them."""
    return (_source(path, path.as_posix()) for path in paths(folder, package))


def paths(folder: Path, package: str) -> Iterator[Path]:
    """The files of a folder, sorted; the generated package is none of them, and no symlink is followed."""
    for where, folders, files in os.walk(folder, followlinks=False):
        here = Path(where)
        folders[:] = sorted(name for name in folders if _is_own(here / name, package))
        for name in sorted(files):
            path = here / name
            if name.endswith(".py") and not path.is_symlink() and path.is_file():
                yield path


def _is_own(folder: Path, package: str) -> bool:
    if folder.name in SKIPPED or folder.name.startswith(".") or folder.is_symlink():
        return False
    is_environment = (folder / "pyvenv.cfg").exists()
    return not is_environment and not (folder.name == package and (folder / "_runtime").is_dir())


def _source(path: Path, shown: str) -> Source:
    try:
        if path.stat().st_size > LARGEST:
            return Source(shown, (), None, f"larger than {LARGEST:,} bytes")
        data = path.read_bytes()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what is wrong with escapes in it is not our business
            tree = ast.parse(data, shown)
    except OSError as error:
        return Source(shown, (), None, error.strerror or "it can't be read")
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        return Source(shown, (), None, f"no Python that can be read: {getattr(error, 'msg', error)}")
    return Source(shown, tuple(data.decode("utf-8", "replace").splitlines()), tree)
