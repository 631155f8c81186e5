"""What a program pays for a GitHub-sized package in each layout, in fresh processes."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

from benchmarks import layouts
from benchmarks.apis import GITHUB
from benchmarks.commands import command
from benchmarks.subjects import OURS, Case, Comparison, Missing, offered

from .start import LOADED, PROGRAMS

if TYPE_CHECKING:
    from benchmarks.subjects import Subject
    from benchmarks.workshop import Workshop

NOTES: Final = (
    (
        "Wall time of a process that runs just this, with its bytecode compiled before, and the most memory that it has. specwright "
        "writes both of the first; the last is made of the second by joining its four large modules."
    ),
    (
        "Kept: a module for each schema and tag where a package has more than 100 schemas, since a program then pays for what "
        "it calls and not for what there is; a module of each kind below that, where all of it is what a program calls. One module saves no "
        "work, and pyright gives up on modules of more than about a thousand classes. Servers that rather wait while they start "
        "than at their first calls have `preload()`; there, many files cost what their opening takes."
    ),
)
_CLIENT: Final = "from $package import Client\nclient = Client(base_url='$url')"
_PROGRAMS: Final = {
    "import": "import $package",
    "a client": _CLIENT,
    "a client, its first call": f"{_CLIENT}\n{PROGRAMS[GITHUB][OURS].call}",
    "a client, `preload()`": f"{_CLIENT}\nclient.preload()",
}


def cases(workshop: Workshop) -> tuple[Case, ...]:
    """Importing, a client, its first call, and everything loaded at once."""
    return tuple(
        Case(
            name,
            (_floor(workshop), *(_offered(workshop, layout, code) for layout in layouts.PACKAGES)),
            rounds=9,
            comparison=Comparison.DIFFERENCE,
            reference=LOADED,
        )
        for name, code in _PROGRAMS.items()
    )


def _floor(workshop: Workshop) -> Subject:
    return command(workshop, LOADED, (sys.executable, "-c", "import httpx2"), lambda: workshop.folder)


def _offered(workshop: Workshop, layout: str, code: str) -> Subject | Missing:
    def make() -> Subject:
        folder = layouts.package(workshop, layout)
        text = code.replace("$package", layouts.PACKAGES[layout]).replace("$url", workshop.server.url)
        # `-c` puts the current folder on the path.
        return command(workshop, layout, (sys.executable, "-c", text), lambda: folder)

    return offered(layout, make)
