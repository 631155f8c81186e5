"""Reads whether a model gives several labels, and sends its settings back as they are."""

import httpx2
from cohere_finetuning import Client


def run(http: httpx2.Client, key: str) -> bool:
    client = Client(token=key, http_client=http)
    answer = client.finetuning.update_finetuned_model(
        "ft-123",
        name="foobar",
        settings={"dataset_id": "ds-1", "base_model": {"base_type": "BASE_TYPE_CHAT"}},
    )
    if answer.finetuned_model is None:
        return False
    settings = answer.finetuned_model.settings
    client.finetuning.update_finetuned_model("ft-123", name="barfoo", settings=settings.as_input())
    return bool(settings.multi_label)
