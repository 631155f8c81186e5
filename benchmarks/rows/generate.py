"""Generating from the document, as commands, in a fresh process each time."""

from __future__ import annotations

import itertools
from functools import partial
from typing import TYPE_CHECKING, Final

from benchmarks.page import DOCUMENT
from benchmarks.subjects import OURS, Budget, Case, Subject, ran
from benchmarks.workshop import BIN

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from benchmarks.workshop import Workshop

NOTES: Final = (
    (
        "Wall time of a command, the interpreter's start included. All write formatted code: openapi-python-client and "
        "specwright with ruff, datamodel-code-generator with its default, or with its own formatter where it says builtin."
    ),
    (
        "specwright writes client, models and validators; openapi-python-client client and models; "
        "datamodel-code-generator models, and a client where it says so (experimental)."
    ),
)

_MODELS: Final = (
    BIN / "datamodel-codegen", "--input", DOCUMENT, "--input-file-type", "openapi", "--output", "models.py",
)  # fmt: skip
_CLIENT: Final = (
    "--generate-client", "httpx2", "--client-output", "client", "--client-package", "client",
    "--client-model-package", "models", "--formatters", "builtin",
)  # fmt: skip

# Each runs in a folder of its own, and writes there.
COMMANDS: Final[dict[str, tuple[str | Path, ...]]] = {
    OURS: (BIN / "specwright", "generate", DOCUMENT, "--output", "package"),
    "openapi-python-client": (
        BIN / "openapi-python-client", "generate", "--path", DOCUMENT, "--output-path", "package", "--overwrite",
    ),
    "datamodel-code-generator (models)": _MODELS,
    "datamodel-code-generator (models, builtin)": (*_MODELS, "--formatters", "builtin"),
    "datamodel-code-generator (client, builtin)": (*_MODELS, *_CLIENT),
}  # fmt: skip


def cases(workshop: Workshop) -> tuple[Case, ...]:
    """The first time, into a fresh folder, and again when nothing has changed."""
    rounds = 9
    return (
        Case("into a fresh folder", _subjects(workshop, _fresh(workshop)), rounds),
        Case(
            "again, nothing changed",
            _subjects(workshop, lambda name: workshop.subfolder(f"kept {name}")),
            rounds,
            budgets=(Budget(0.15),),
        ),
    )


def _fresh(workshop: Workshop) -> Callable[[str], Path]:
    numbers = itertools.count()
    return lambda name: workshop.subfolder(f"{next(numbers)} {name}")


def _subjects(workshop: Workshop, folder: Callable[[str], Path]) -> tuple[Subject, ...]:
    return tuple(
        Subject(name, _sampler(workshop, command, partial(folder, name)))
        for name, command in COMMANDS.items()
    )


def _sampler(
    workshop: Workshop, command: tuple[str | Path, ...], folder: Callable[[], Path]
) -> Callable[[int], float]:
    def sample(repetitions: int) -> float:
        folders = [folder() for _ in range(repetitions)]
        return sum(ran(command, folder=one, environment=workshop.environment) for one in folders)

    return sample
