"""The bodies that every judge is asked about, as JSON; and the same as our client takes them."""

from __future__ import annotations

import datetime as dt
from typing import Any

SMALLEST: dict[str, Any] = {
    "name": "foobar",
    "settings": {"dataset_id": "my-dataset-id", "base_model": {"base_type": "BASE_TYPE_CHAT"}},
}


def _with_settings(**settings: Any) -> dict[str, Any]:
    return {**SMALLEST, "settings": {**SMALLEST["settings"], **settings}}


# What the vendor's SDK can send too: it takes a name and settings.
NAME_AND_SETTINGS: dict[str, dict[str, Any]] = {
    "only what is required": SMALLEST,
    "hyperparameters": _with_settings(
        hyperparameters={
            "train_epochs": 3,
            "lora_rank": 8,
            "lora_alpha": 16,
            "early_stopping_threshold": 0.01,
            "learning_rate": 1e-05,
            "lora_target_modules": "LORA_TARGET_MODULES_QKVO_FFN",
            "early_stopping_patience": 6,
            "train_batch_size": 16,
        }
    ),
    "zeros": _with_settings(
        hyperparameters={"train_epochs": 0, "early_stopping_threshold": 0, "learning_rate": 0.0}
    ),
    "a large integer": _with_settings(hyperparameters={"lora_alpha": 2**53 + 1}),
    "an empty object": _with_settings(hyperparameters={}),
    "a whole base model": _with_settings(
        base_model={"name": "my-base-model", "base_type": "BASE_TYPE_RERANK", "strategy": "STRATEGY_TFEW"}
    ),
    "the default, said": _with_settings(
        base_model={"base_type": "BASE_TYPE_UNSPECIFIED", "strategy": "STRATEGY_UNSPECIFIED"}
    ),
    "Weights & Biases": _with_settings(wandb={"api_key": "k", "entity": "e", "project": "p"}),
    "an empty name": {**SMALLEST, "name": ""},
    "text of all kinds": {**SMALLEST, "name": 'Zoë\'s "møðel" \\ 模型 🙂 \u2028 \u0000 </script>\n\t'},
}

TIMESTAMPS = ("completed_at", "last_used", "created_at", "updated_at")

BODIES: dict[str, dict[str, Any]] = {
    **NAME_AND_SETTINGS,
    "a status": {**SMALLEST, "status": "STATUS_TEMPORARILY_OFFLINE"},
    "IDs": {**SMALLEST, "creator_id": "my-user-id", "organization_id": "my-organization-id"},
    "timestamps": {
        **SMALLEST,
        "completed_at": "2026-08-03T09:00:00Z",
        "last_used": "2026-08-03T09:15:30.25+02:00",
        "created_at": "1969-12-31T23:59:59-11:30",
        "updated_at": "9999-12-31T23:59:59.999999Z",
    },
}


def arguments(body: dict[str, Any]) -> dict[str, Any]:
    """The keyword arguments that give this body: timestamps are `datetime` there."""
    return {
        name: dt.datetime.fromisoformat(value) if name in TIMESTAMPS else value
        for name, value in body.items()
    }


def by_value(body: dict[str, Any]) -> dict[str, Any]:
    """A body whose timestamps compare by the moment that they are, since `Z` and `+00:00` are the same one."""
    return arguments(body)
