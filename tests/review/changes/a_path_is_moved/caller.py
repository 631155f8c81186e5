"""Renames a model. No URL is in it."""

import httpx2
from cohere_finetuning import Client


def run(http: httpx2.Client, key: str) -> str:
    client = Client(token=key, http_client=http)
    answer = client.finetuning.update_finetuned_model(
        "ft-123",
        name="foobar",
        settings={"dataset_id": "ds-1", "base_model": {"base_type": "BASE_TYPE_CHAT"}},
        x_client_name="my-project",
    )
    return answer.finetuned_model.name if answer.finetuned_model else "?"
