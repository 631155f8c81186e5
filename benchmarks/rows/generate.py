"""Generating from documents, as commands, in a fresh process and a fresh folder each time."""

from __future__ import annotations

import itertools
import re
from functools import partial
from typing import TYPE_CHECKING, Final

from benchmarks.commands import command
from benchmarks.page import DOCUMENT
from benchmarks.sources import ENDPOINT, FORMATS, SOURCES
from benchmarks.subjects import OURS, Budget, Case, Missing, offered
from benchmarks.workshop import BIN

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.sources import Format, Source
    from benchmarks.subjects import Subject
    from benchmarks.workshop import Workshop

    Command = tuple[str | Path, ...]

NOTES: Final = (
    (
        "Wall time of a command, the interpreter's start included, and the memory of its largest process. All write formatted "
        "code: openapi-python-client and specwright with ruff, datamodel-code-generator with its default, or with its own "
        "formatter where it says builtin; openapi-generator writes as its templates do."
    ),
    (
        "specwright writes client, models and validators; openapi-python-client and openapi-generator client and models; "
        "datamodel-code-generator models, and a client where it says so (experimental)."
    ),
    (
        "Peers are given each document in its author's format, and openapi-generator goes without its validation, which refuses "
        "some. What they leave out of a large document, and what of theirs can be imported, `make peers` shows."
    ),
)
_GITHUB: Final = (Budget(3.5),)


def commands(document: Path, models_in: str = "models.py") -> dict[str, Command]:
    """What each runs in a folder of its own, where it writes; datamodel-code-generator its models into that file or folder."""
    models: Command = (
        BIN / "datamodel-codegen", "--input", document, "--input-file-type", "openapi", "--output", models_in,
    )  # fmt: skip
    client = (
        "--generate-client", "httpx2", "--client-output", "client", "--client-package", "client",
        "--client-model-package", "models", "--formatters", "builtin",
    )  # fmt: skip
    return {
        OURS: (BIN / "specwright", "generate", document, "--output", "package"),
        "openapi-python-client": (
            BIN / "openapi-python-client", "generate", "--path", document, "--output-path", "package", "--overwrite",
        ),
        "openapi-generator": (
            BIN / "openapi-generator-cli", "generate", "-g", "python", "-i", document, "-o", "package",
            "--skip-validate-spec",
        ),
        "datamodel-code-generator (models)": models,
        "datamodel-code-generator (models, builtin)": (*models, "--formatters", "builtin"),
        "datamodel-code-generator (client, builtin)": (*models, *client),
    }  # fmt: skip


_DOTTED: Final = re.compile(r"#/components/schemas/[^\"'\s/]*\.")


def _models_in(document: Path) -> str:
    """A folder where names of schemas have dots, which datamodel-code-generator makes modules of."""
    return "models" if _DOTTED.search(document.read_text("utf-8")) else "models.py"


COMMANDS: Final = commands(DOCUMENT)
_LONG: Final = {"datamodel-code-generator (models)", "datamodel-code-generator (client, builtin)"}
"""Who is left out where a document is large: those of whom another form, which is quicker, takes part."""


def cases(workshop: Workshop) -> tuple[Case, ...]:
    """Each document as YAML and as JSON, first as its author has it."""
    return tuple(
        _case(workshop, source, form)
        for source in SOURCES
        for form in sorted(FORMATS, key=lambda form: form != source.written)
    )


def _case(workshop: Workshop, source: Source, form: Format) -> Case:
    name = f"{source.name}, {form.upper()}"
    document = offered(OURS, partial(source.file, workshop, form))
    if isinstance(document, Missing):
        return Case(name, (document,), source.rounds)
    numbers = itertools.count()

    def subject(who: str, arguments: Command) -> Subject:
        return command(
            workshop, who, arguments, lambda: workshop.subfolder(f"made {name} {next(numbers)} {who}")
        )

    everybody = source is ENDPOINT
    taking_part = [
        subject(who, arguments)
        for who, arguments in commands(document, _models_in(document)).items()
        if who == OURS or everybody or (form == source.written and who not in _LONG)
    ]
    budgets = _GITHUB if source.name == "GitHub" and form == source.written else ()
    return Case(name, tuple(taking_part), source.rounds, budgets=budgets, warm=everybody)
