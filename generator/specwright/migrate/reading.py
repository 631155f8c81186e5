"""What is read from disk and written to it: the old package, its configuration, and the code base."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from specwright.document.load import read as read_file
from specwright.document.tree import Map
from specwright.migrate import before as old
from specwright.problems import Place, Refused, problem, quoted
from specwright.review.callers.reading import LARGEST, paths

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from specwright.config import Budgets

_SHAPE: Final = ("api", "client.py", "models", "types.py")
"""What every package of openapi-python-client's has."""


def package(folder: Path) -> tuple[old.Package, Path]:
    """The package in a folder, or in the one folder in it that has one; and where that is.

    Raises:
        Refused: There is none.
    """
    inner = sorted(path for path in folder.iterdir() if path.is_dir()) if folder.is_dir() else []
    found = [path for path in (folder, *inner) if all((path / name).exists() for name in _SHAPE)]
    if not found:
        message = f"{quoted(str(folder))} is no package that openapi-python-client made."
        raise Refused([problem("other-package", None, message)])
    home = found[0]
    files = {path.relative_to(home).as_posix(): _text(path) for path in sorted(home.rglob("*.py"))}
    return old.package(home.resolve().name, files), home


def _text(path: Path) -> str:
    return path.read_bytes().decode("utf-8", "replace")


def settings(path: Path, budgets: Budgets) -> Mapping[str, Any]:
    """What a configuration of openapi-python-client's says.

    Raises:
        Refused: It is no file with an object in YAML or JSON.
    """
    name = path.as_posix()
    if not path.is_file():
        raise Refused(
            [problem("file-missing", Place(name, 1, 1, "", ""), f"There is no file {quoted(name)}.")]
        )
    source, _ = read_file(path.read_bytes(), name=name, path=name, budgets=budgets)
    if not isinstance(source.content, Map):
        place = Place(name, 1, 1, "", "")
        raise Refused([problem("config-type", place, "A configuration is an object.")])
    said: Mapping[str, Any] = source.content
    return said


def code(folders: Sequence[Path], ours: str, home: Path) -> Iterator[tuple[Path, str, bool, bytes]]:
    """The Python files of a code base: path, full name, whether it is a package's own, and content.

    `ours` is the new package, and `home` the folder of the old one; neither is part of the code base.
    """
    seen: set[Path] = set()
    for folder in folders:
        found = [folder] if folder.is_file() else paths(folder, ours)
        for path in found:
            real = path.resolve()
            if real in seen or real.is_relative_to(home.resolve()) or path.stat().st_size > LARGEST:
                continue
            seen.add(real)
            yield path, _name(path, folder), path.stem == "__init__", path.read_bytes()


def _name(path: Path, folder: Path) -> str:
    """The full name of a module: from the outermost package around it on, or else from the folder that was named."""
    top = path.parent
    while (top / "__init__.py").exists() and top.parent != top:
        top = top.parent
    if top == path.parent and folder.is_dir():
        top = folder
    parts = path.relative_to(top).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" and len(parts) > 1 else parts)


def write(files: Mapping[Path, bytes]) -> None:
    """Write all files, or none; of a link, what it leads to.

    Raises:
        Refused: The system does not let us.
    """
    files = {path.resolve(): data for path, data in files.items()}
    staged: dict[Path, str] = {}
    before = {path: path.read_bytes() for path in files}
    done: list[Path] = []
    try:
        for path, data in files.items():
            handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
            staged[path] = name
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            os.chmod(name, path.stat().st_mode & 0o777)  # noqa: PTH101 - a name
        for path, name in staged.items():
            os.replace(name, path)  # noqa: PTH105 - as above
            done.append(path)
    except OSError as error:
        for path in done:
            path.write_bytes(before[path])
        message = f"can't write {error.filename or 'the code'}: {error.strerror or error}"
        raise Refused([problem("output-unwritable", None, message)]) from error
    finally:
        for path, name in staged.items():
            if path not in done:
                Path(name).unlink(missing_ok=True)
