"""The page's endpoint as data: a body with every field, the same with mistakes, and the answer."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any, Final, NamedTuple

ROOT: Final = Path(__file__).resolve().parents[1]
DOCUMENT: Final = ROOT / "spec" / "cohere-finetuning.yaml"
PACKAGE: Final = ROOT / "generated" / "cohere-finetuning"
COMPONENT: Final = "UpdateFinetunedModelRequest"
PATH: Final = "/v1/finetuning/finetuned-models/ft-123"
MODEL_ID: Final = "ft-123"
TOKEN: Final = "my-token"  # noqa: S105  # no secret: it goes to loopback

SETTINGS: Final[dict[str, Any]] = {
    "dataset_id": "my-dataset-id",
    "hyperparameters": {
        "train_epochs": 3,
        "lora_rank": 8,
        "lora_alpha": 16,
        "early_stopping_threshold": 0.01,
        "learning_rate": 0.005,
        "lora_target_modules": "LORA_TARGET_MODULES_QKVO",
        "early_stopping_patience": 6,
        "train_batch_size": 16,
    },
    "base_model": {
        "name": "my-base-model",
        "base_type": "BASE_TYPE_CHAT",
        "strategy": "STRATEGY_TFEW",
    },
    "wandb": {"api_key": "my-wandb-key", "entity": "my-entity", "project": "my-project"},
}

# Every field of the page that a request may have.
BODY: Final[dict[str, Any]] = {
    "name": "foobar",
    "creator_id": "my-user-id",
    "settings": SETTINGS,
    "status": "STATUS_FINETUNING",
    "completed_at": "2026-08-03T10:00:00Z",
    "last_used": "2026-08-03T10:30:00.123456Z",
    "organization_id": "my-organization-id",
    "created_at": "2026-08-03T09:00:00Z",
    "updated_at": "2026-08-03T09:15:30.25Z",
}

# What the vendor's SDK can send, which takes a name and settings.
SENT: Final[dict[str, Any]] = {"name": BODY["name"], "settings": SETTINGS}

# Every field of the page that an answer may have.
ANSWER: Final[dict[str, Any]] = {
    "finetuned_model": {
        "id": MODEL_ID,
        **BODY,
        "settings": {
            **SETTINGS,
            "multi_label": False,
            "base_model": {**SETTINGS["base_model"], "version": "1.2"},
        },
    }
}


class Mistake(NamedTuple):
    """A key or value that is wrong: put at `place`, or taken away where the value is `GONE`."""

    place: tuple[str | int, ...]
    value: Any
    pointer: str
    """Where validators that give JSON Pointers report it."""


GONE: Final = object()

AT_THE_ROOT: Final = Mistake(("name",), GONE, "")
DEEP: Final = Mistake(
    ("settings", "hyperparameters", "lora_rank"), "eight", "/settings/hyperparameters/lora_rank"
)
FIVE: Final = (
    Mistake(("name",), 7, "/name"),
    Mistake(("created_at",), "yesterday", "/created_at"),
    Mistake(("settings", "dataset"), "my-dataset-id", "/settings/dataset"),
    Mistake(
        ("settings", "hyperparameters", "learning_rate"), "fast", "/settings/hyperparameters/learning_rate"
    ),
    Mistake(("settings", "base_model", "base_type"), "CHAT", "/settings/base_model/base_type"),
)

MISTAKES: Final[dict[str, tuple[Mistake, ...]]] = {
    "valid": (),
    "wrong at the root": (AT_THE_ROOT,),
    "one deep mistake": (DEEP,),
    "five mistakes": FIVE,
}


def body_with(mistakes: tuple[Mistake, ...]) -> dict[str, Any]:
    """The body with every field, and these mistakes in it."""
    body: dict[str, Any] = with_mistakes(BODY, mistakes)
    return body


def with_mistakes(value: Any, mistakes: tuple[Mistake, ...]) -> Any:
    """A copy of a value, of which no part is there twice, and these mistakes in it."""
    whole = json.loads(json.dumps(value))
    for mistake in mistakes:
        part = whole
        *way, last = mistake.place
        for key in way:
            part = part[key]
        if mistake.value is GONE:
            del part[last]
        else:
            part[last] = mistake.value
    return whole


def answers(count: int) -> list[bytes]:
    """So many answers with every field, no two alike, as a server would send them."""
    start = dt.datetime(2026, 8, 3, 9, tzinfo=dt.UTC)
    return [_encoded(_answer(number, start)) for number in range(count)]


def _answer(number: int, start: dt.datetime) -> dict[str, Any]:
    made = (start + dt.timedelta(minutes=number)).isoformat().replace("+00:00", "Z")
    model = {**ANSWER["finetuned_model"], "id": f"ft-{number}", "name": f"model {number}", "created_at": made}
    return {"finetuned_model": model}


def _encoded(value: Any) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode()
