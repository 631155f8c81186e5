"""Prism, an independent reader of OpenAPI, serves the document; our client's calls pass its validation.

It is installed by npm into `build/prism`, once. Without npm or a network its tests are skipped, except in CI.
"""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import subprocess
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import pytest
import yaml

from commands import begun
from judges.bodies import BODIES, SMALLEST, arguments

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
VERSION = "5.14.2"  # the last one that runs on Node 18, 20 and 22
FOLDER = ROOT / "build" / "prism" / VERSION
COMMAND = FOLDER / "node_modules" / ".bin" / "prism"
SEED = "7"  # of its dynamic answers, so that they are the same each time
TOKEN = "my-token"  # noqa: S105 - no secret

STATUSES = {
    400: "BadRequest",
    401: "Unauthorized",
    403: "Forbidden",
    404: "NotFound",
    500: "InternalServerError",
    503: "ServiceUnavailable",
}


def give_up(reason: str) -> NoReturn:
    """Skip, but in CI, where a judge that can't be asked is a failure."""
    if os.environ.get("CI"):
        pytest.fail(f"Prism can't be asked: {reason}")
    pytest.skip(f"Prism can't be asked: {reason}")


def install(into: Path) -> None:
    npm = shutil.which("npm")
    if npm is None:
        give_up("there is no npm")
    # A package.json of its own keeps npm from looking for one in the folders above.
    (into / "package.json").write_text(json.dumps({"private": True}))
    options = ["--save-exact", "--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retries=1"]
    try:
        done = subprocess.run(
            [npm, "install", *options, f"@stoplight/prism-cli@{VERSION}"],
            cwd=into, capture_output=True, text=True, timeout=300, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        give_up("npm took more than five minutes")
    if done.returncode:
        errors = (line for line in done.stderr.splitlines() if line.startswith("npm error"))
        give_up(next(errors, "npm failed"))


@pytest.fixture(scope="session")
def command() -> Path:
    """Prism's, installed if it isn't yet: aside and then moved, so that test runs at the same time don't meet."""
    if not COMMAND.exists():
        FOLDER.parent.mkdir(parents=True, exist_ok=True)
        aside = FOLDER.with_name(f"{VERSION}-{os.getpid()}")
        aside.mkdir()
        try:
            install(aside)
            if not FOLDER.exists():
                aside.rename(FOLDER)
        finally:
            shutil.rmtree(aside, ignore_errors=True)
    return COMMAND


@pytest.fixture(scope="module")
def prism(command: Path, document: Path) -> Iterator[str]:
    """Where Prism serves the document; what a request or an answer has against the document is an error there."""
    arguments = ["mock", "--errors", "--host", "127.0.0.1", "--port", "0", "--seed", SEED, str(document)]
    with begun([command, *arguments], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        said: list[str] = []
        lines = iter(process.stdout or ())
        for line in lines:
            said.append(line)
            if "Prism is listening on " in line:
                break
        else:
            pytest.fail("Prism didn't start: " + "".join(said))
        # or its pipe fills up, and it waits
        drain = threading.Thread(target=said.extend, args=(lines,), daemon=True)
        drain.start()
        yield said[-1].rpartition(" on ")[2].strip()
        process.terminate()
        drain.join(20)


@pytest.fixture(scope="module")
def responses(document: Path) -> Any:
    return yaml.safe_load(document.read_text(encoding="utf-8"))["components"]["responses"]


# --- requests -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("named", BODIES)
def test_a_call_passes_its_validation(named: str, ours: Any, prism: str) -> None:
    with ours.Client(token=TOKEN, base_url=prism, on_mismatch="raise") as client:
        answer = client.finetuning.update_finetuned_model(
            "ft-123", **arguments(BODIES[named]), x_client_name="my-project"
        )
    assert answer.finetuned_model.id == "ft-123"


def test_a_call_passes_its_validation_async(ours: Any, prism: str) -> None:
    async def call() -> list[Any]:
        async with ours.AsyncClient(token=TOKEN, base_url=prism, on_mismatch="raise") as client:
            update = client.finetuning.update_finetuned_model
            return await asyncio.gather(*(update("ft-123", **arguments(body)) for body in BODIES.values()))

    assert {answer.finetuned_model.id for answer in asyncio.run(call())} == {"ft-123"}


@pytest.mark.parametrize("model_id", ["a b", "a/b", "a?b", "模型"])
def test_any_id_finds_the_operation(model_id: str, ours: Any, prism: str) -> None:
    with ours.Client(token=TOKEN, base_url=prism, on_mismatch="raise") as client:
        assert client.finetuning.update_finetuned_model(model_id, **SMALLEST).finetuned_model


def with_settings(**settings: Any) -> dict[str, Any]:
    return {**SMALLEST, "settings": {**SMALLEST["settings"], **settings}}


# Wrong bodies, each with the pointer and the keyword that both tell: ours before it sends, Prism when it gets them anyway.
WRONG: dict[str, tuple[dict[str, Any], str, str]] = {
    "another type": ({**SMALLEST, "name": 7}, "/name", "type"),
    "null": ({**SMALLEST, "creator_id": None}, "/creator_id", "type"),
    "not one of the values": ({**SMALLEST, "status": "READY"}, "/status", "enum"),
    "a missing property": (with_settings(wandb={"api_key": "k"}), "/settings/wandb", "required"),
    "text for an integer": (
        with_settings(hyperparameters={"lora_rank": "8"}),
        "/settings/hyperparameters/lora_rank",
        "type",
    ),
    "half an integer": (
        with_settings(hyperparameters={"train_epochs": 0.5}),
        "/settings/hyperparameters/train_epochs",
        "type",
    ),
    "text for an object": ({**SMALLEST, "settings": "oops"}, "/settings", "type"),
}


@pytest.mark.parametrize("named", WRONG)
def test_what_ours_refuses_prism_refuses_too(named: str, ours: Any, prism: str) -> None:
    body, *expected = WRONG[named]
    with ours.Client(token=TOKEN, base_url=prism) as client, pytest.raises(ours.RequestInvalid) as refusal:
        client.finetuning.update_finetuned_model("ft-123", **arguments(body))
    assert [[issue.pointer, issue.keyword] for issue in refusal.value.issues] == [expected]
    # Prism's own status for it is 422; the document has none, and has 400, which Prism then takes.
    with (
        ours.Client(token=TOKEN, base_url=prism, check_requests="off") as client,
        pytest.raises(ours.BadRequest) as error,
    ):
        client.finetuning.update_finetuned_model("ft-123", **arguments(body))
    found = json.loads(error.value.headers["sl-violations"])
    assert [["/" + "/".join(each["location"][2:]), each["code"]] for each in found] == [expected]


# --- answers --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", STATUSES)
def test_each_documented_error_is_raised_and_typed(
    status: int, ours: Any, prism: str, responses: Any
) -> None:
    kind = STATUSES[status]
    with (
        ours.Client(token=TOKEN, base_url=prism, on_mismatch="raise") as client,
        pytest.raises(getattr(ours, kind)) as error,
    ):
        client.finetuning.update_finetuned_model(
            "ft-123", **SMALLEST, extra_headers={"Prefer": f"code={status}"}
        )
    assert error.value.status == status
    assert isinstance(error.value.body, ours.Error)
    example = responses[kind]["content"]["application/json"]["example"]
    assert error.value.body.message == example["message"]


@pytest.mark.parametrize("time", range(10))
def test_its_own_answers_decode(time: int, ours: Any, prism: str) -> None:
    """They are made from the schemas alone, and differ each time."""
    with ours.Client(token=TOKEN, base_url=prism, on_mismatch="raise") as client:
        answer = client.finetuning.update_finetuned_model(
            f"ft-{time}", **SMALLEST, extra_headers={"Prefer": "dynamic=true"}
        )
    assert isinstance(answer, ours.UpdateFinetunedModelResponse)


@pytest.mark.parametrize("status", STATUSES)
def test_its_own_errors_decode(status: int, ours: Any, prism: str) -> None:
    with (
        ours.Client(token=TOKEN, base_url=prism, on_mismatch="raise") as client,
        pytest.raises(getattr(ours, STATUSES[status])) as error,
    ):
        client.finetuning.update_finetuned_model(
            "ft-123", **SMALLEST, extra_headers={"Prefer": f"code={status}, dynamic=true"}
        )
    assert isinstance(error.value.body, ours.Error)
