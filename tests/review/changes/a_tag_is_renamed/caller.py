"""Renames a model, with the methods of a tag in a function's signature."""

import httpx2
from cohere_finetuning import Client
from cohere_finetuning.client import Finetuning


def run(http: httpx2.Client, key: str) -> str:
    client = Client(token=key, http_client=http)
    return renamed(client.finetuning, "foobar")


def renamed(models: Finetuning, name: str) -> str:
    answer = models.update_finetuned_model(
        "ft-123",
        name=name,
        settings={"dataset_id": "ds-1", "base_model": {"base_type": "BASE_TYPE_CHAT"}},
    )
    return answer.finetuned_model.name if answer.finetuned_model else "?"
