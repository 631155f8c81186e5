"""An output folder as the tests write it, and what is in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from specwright.emit.lock import Lock, record
from specwright.emit.write import Written, recall, write

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def unable(one: Path, other: Path) -> bool:  # noqa: ARG001 - it stands in for `exchanged`
    """The exchange of a system that has none."""
    return False


OLD = {
    "pyproject.toml": "[project]\n",
    "pets/__init__.py": "",
    "pets/models.py": "one = 1\n",
    "pets/old/gone.py": "gone = 1\n",
}
NEW = {
    "pyproject.toml": "[project]\n",
    "pets/__init__.py": "",
    "pets/models.py": "two = 2\n",
    "pets/new/came.py": "came = 1\n",
}


@dataclass(frozen=True)
class Output:
    folder: Path

    def write(self, files: Mapping[str, str], *, source: str = "hash") -> Written:
        old = recall(self.folder)
        made = Lock("0.1.0", "modules", inputs={"pets.yaml": source}, names={"schema #/a": "A"})
        return write(files, self.folder, record(files, old, made), planned_with=old)

    def content(self) -> dict[str, str]:
        """The text of every file but the lock."""
        return {
            path.relative_to(self.folder).as_posix(): path.read_text()
            for path in sorted(self.folder.rglob("*"))
            if path.is_file() and path.name != "specwright.lock"
        }

    def siblings(self) -> list[str]:
        """What is beside it."""
        return sorted(path.name for path in self.folder.parent.iterdir() if path != self.folder)
