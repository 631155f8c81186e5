"""Trains a model for many epochs."""

import httpx2
from cohere_finetuning import Client


def run(http: httpx2.Client, key: str) -> str:
    client = Client(token=key, http_client=http)
    answer = client.finetuning.update_finetuned_model(
        "ft-123",
        name="foobar",
        settings={
            "dataset_id": "ds-1",
            "base_model": {"base_type": "BASE_TYPE_CHAT"},
            "hyperparameters": {"train_epochs": 50, "learning_rate": 0.005},
        },
    )
    return answer.finetuned_model.name if answer.finetuned_model else "?"
