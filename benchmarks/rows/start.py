"""What a program pays before its first answer, in fresh processes."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from benchmarks.page import MODEL_ID, PATH, TOKEN
from benchmarks.subjects import OURS, Budget, Case, Comparison, Missing, Subject, offered, ran

if TYPE_CHECKING:
    from collections.abc import Callable

    from benchmarks.workshop import Workshop

FLOOR: Final = "bare Python"
LOADED: Final = "bare Python, httpx2 loaded"
NOTES: Final = (
    "Wall time of a process that runs just this, with its bytecode compiled before.",
    "cohere is a client of the whole API of its vendor, with some forty operations; the others have the one.",
)

SETTINGS: Final[dict[str, Any]] = {"dataset_id": "d", "base_model": {"base_type": "BASE_TYPE_CHAT"}}


@dataclass(frozen=True, slots=True)
class Program:
    """The lines of a program, of which each case runs one more. `$url` in them is the server's address."""

    load: str
    client: str
    call: str


PROGRAMS: Final[dict[str, Program]] = {
    OURS: Program(
        "import cohere_finetuning",
        f"client = cohere_finetuning.Client(token={TOKEN!r}, base_url='$url')",
        f"client.finetuning.update_finetuned_model({MODEL_ID!r}, name='foobar', settings={SETTINGS!r})",
    ),
    "bare httpx2": Program(
        "import httpx2, json",
        f"client = httpx2.Client(base_url='$url', headers={{'Authorization': 'Bearer {TOKEN}'}})",
        f"json.loads(client.patch({PATH!r}, json={{'name': 'foobar', 'settings': {SETTINGS!r}}}).content)",
    ),
    "openapi-python-client": Program(
        "import attrs_client",
        f"client = attrs_client.AuthenticatedClient(token={TOKEN!r}, base_url='$url')",
        "from attrs_client.models import UpdateFinetunedModelRequest\n"
        "from attrs_client.api.finetuning import update_finetuned_model\n"
        f"body = UpdateFinetunedModelRequest.from_dict({{'name': 'foobar', 'settings': {SETTINGS!r}}})\n"
        f"update_finetuned_model.sync({MODEL_ID!r}, client=client, body=body)",
    ),
    "datamodel-code-generator": Program(
        "import pydantic_client",
        f"client = pydantic_client.Client(bearer_auth={TOKEN!r}, base_url='$url')",
        "from pydantic_models import UpdateFinetunedModelRequest\n"
        f"body = UpdateFinetunedModelRequest.model_validate({{'name': 'foobar', 'settings': {SETTINGS!r}}})\n"
        f"client.finetuning.update_finetuned_model(id={MODEL_ID!r}, body=body)",
    ),
    "cohere": Program(
        "import cohere",
        f"client = cohere.Client({TOKEN!r}, base_url='$url')",
        "from cohere.finetuning import Settings\n"
        f"settings = Settings.model_validate({SETTINGS!r})\n"
        f"client.finetuning.update_finetuned_model({MODEL_ID!r}, name='foobar', settings=settings)",
    ),
}

# What has to be there before a program can be run.
NEEDS: Final[dict[str, Callable[[Workshop], object]]] = {
    "openapi-python-client": lambda workshop: workshop.attrs_client(),
    "datamodel-code-generator": lambda workshop: workshop.pydantic_client,
}

_WHOLE_CALL: Final = 0.12
_IMPORT: Final = 0.015


def cases(workshop: Workshop) -> tuple[Case, ...]:
    """Importing, then a client as well, then its first call as well."""
    floors = (_subject(workshop, FLOOR, "pass"), _subject(workshop, LOADED, "import httpx2"))
    return tuple(
        Case(
            name,
            (*floors, *(_offered(workshop, name, program, lines) for name, program in PROGRAMS.items())),
            rounds=15,
            comparison=Comparison.DIFFERENCE,
            reference=reference,
            budgets=(Budget(limit, reference, Comparison.DIFFERENCE),) if limit else (),
        )
        for name, lines, reference, limit in (
            ("import", 1, FLOOR, _IMPORT),
            ("import, a client", 2, FLOOR, 0.0),
            ("import, a client, its first call", 3, LOADED, _WHOLE_CALL),
        )
    )


def _offered(workshop: Workshop, name: str, program: Program, lines: int) -> Subject | Missing:
    code = "\n".join((program.load, program.client, program.call)[:lines])

    def make() -> Subject:
        if name in NEEDS:
            NEEDS[name](workshop)
        return _subject(workshop, name, code.replace("$url", workshop.server.url))

    return offered(name, make)


def _subject(workshop: Workshop, name: str, code: str) -> Subject:
    run = partial(ran, (sys.executable, "-c", code), folder=workshop.folder, environment=workshop.environment)
    return Subject(name, lambda repetitions: sum(run() for _ in range(repetitions)))
