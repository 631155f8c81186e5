"""What a program pays before its first answer, in fresh processes."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from benchmarks.apis import CHAT, ENDPOINT, GITHUB, Api
from benchmarks.commands import command
from benchmarks.page import MODEL_ID, PATH, TOKEN
from benchmarks.subjects import OURS, Budget, Case, Comparison, Missing, offered

if TYPE_CHECKING:
    from collections.abc import Callable

    from benchmarks.subjects import Subject
    from benchmarks.workshop import Workshop

FLOOR: Final = "bare Python"
LOADED: Final = "bare Python, httpx2 loaded"
NOTES: Final = (
    "Wall time of a process that runs just this, with its bytecode compiled before, and the most memory that it has.",
    "cohere is a client of the whole API of its vendor, with some forty operations; the others of the endpoint have the one.",
    (
        "GitHub's client is made of its whole document, with 1,223 operations, and is as large as githubkit's; that of "
        "the chat completion of the document of together.ai, with 99 operations. Both are those of SPECWRIGHT_CORPUS."
    ),
)

SETTINGS: Final[dict[str, Any]] = {"dataset_id": "d", "base_model": {"base_type": "BASE_TYPE_CHAT"}}


@dataclass(frozen=True, slots=True)
class Program:
    """The lines of a program, of which each case runs one more. `$url` in them is the server's address."""

    load: str
    client: str
    call: str


ENDPOINT_PROGRAMS: Final[dict[str, Program]] = {
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

_TITLE: Final = {"title": "It falls upwards", "labels": ["bug"]}
_ISSUE: Final = ", ".join(f"{name}={value!r}" for name, value in _TITLE.items())
_CHAT: Final = ", ".join(f"{name}={value!r}" for name, value in CHAT.sent.items())
SENT: Final = {ENDPOINT: {"name": "foobar", "settings": SETTINGS}, GITHUB: _TITLE, CHAT: CHAT.sent}
"""What the programs send."""

PROGRAMS: Final[dict[Api, dict[str, Program]]] = {
    ENDPOINT: ENDPOINT_PROGRAMS,
    GITHUB: {
        OURS: Program(
            "import github_rest",
            "client = github_rest.Client(base_url='$url')",
            f"client.issues.issues_update('acme', 'anvils', 42, {_ISSUE})",
        ),
        "githubkit": Program(
            "import githubkit",
            "client = githubkit.GitHub(base_url='$url')",
            f"client.rest.issues.update('acme', 'anvils', 42, {_ISSUE}).parsed_data",
        ),
    },
    CHAT: {
        OURS: Program(
            "import together_rest",
            f"client = together_rest.Client(token={TOKEN!r}, base_url='$url')",
            f"client.chat.chat_completions({_CHAT})",
        ),
        "openai": Program(
            "import openai",
            f"client = openai.OpenAI(api_key={TOKEN!r}, base_url='$url')",
            f"client.chat.completions.create({_CHAT})",
        ),
    },
}

# What has to be there before a program can be run.
NEEDS: Final[dict[tuple[Api, str], Callable[[Workshop], object]]] = {
    (ENDPOINT, "openapi-python-client"): lambda workshop: workshop.attrs_client(),
    (ENDPOINT, "datamodel-code-generator"): lambda workshop: workshop.pydantic_client,
    (GITHUB, OURS): lambda workshop: workshop.ours_of("github_rest"),
    (CHAT, OURS): lambda workshop: workshop.ours_of("together_rest"),
}

_WHOLE_CALL: Final = 0.12
_IMPORT: Final = 0.015


def cases(workshop: Workshop) -> tuple[Case, ...]:
    """Of each API: importing, then a client as well, then its first call as well."""
    return tuple(case for api in PROGRAMS for case in _cases(api, workshop))


def _cases(api: Api, workshop: Workshop) -> tuple[Case, ...]:
    floors = (_subject(workshop, FLOOR, "pass"), _subject(workshop, LOADED, "import httpx2"))
    return tuple(
        Case(
            f"{api.name}: {said}",
            (*floors, *(_offered(workshop, api, name, lines) for name in PROGRAMS[api])),
            rounds=15,
            comparison=Comparison.DIFFERENCE,
            reference=reference,
            budgets=(Budget(limit, reference, Comparison.DIFFERENCE),) if limit else (),
        )
        for said, lines, reference, limit in (
            ("import", 1, FLOOR, _IMPORT),
            ("import, a client", 2, FLOOR, 0.0),
            ("import, a client, its first call", 3, LOADED, _WHOLE_CALL),
        )
    )


def _offered(workshop: Workshop, api: Api, name: str, lines: int) -> Subject | Missing:
    program = PROGRAMS[api][name]
    code = "\n".join((program.load, program.client, program.call)[:lines])

    def make() -> Subject:
        if (api, name) in NEEDS:
            NEEDS[api, name](workshop)
        return _subject(workshop, name, code.replace("$url", workshop.server.url))

    return offered(name, make)


def _subject(workshop: Workshop, name: str, code: str) -> Subject:
    return command(workshop, name, (sys.executable, "-c", code), lambda: workshop.folder)
