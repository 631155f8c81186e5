"""What the checks of the output raise."""

from __future__ import annotations


class Unsound(Exception):  # noqa: N818 - what the file is
    """A file that we made is not what we meant to make: a mistake of specwright, never of the document."""

    def __init__(self, path: str, line: int, why: str) -> None:
        """Say which file of the output it is, where in it (0: as a whole), and what is wrong."""
        super().__init__(path, line, why)
        self.path = path
        self.line = line
        self.why = why

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else self.path
        return f"{place}: {self.why}"
