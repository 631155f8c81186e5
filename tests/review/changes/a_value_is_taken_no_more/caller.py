"""Trains a model that classifies."""

import httpx2
from cohere_finetuning import Client
from cohere_finetuning.models import BaseType


def run(http: httpx2.Client, key: str) -> bool:
    client = Client(token=key, http_client=http)
    answer = client.finetuning.update_finetuned_model(
        "ft-123",
        name="foobar",
        settings={"dataset_id": "ds-1", "base_model": {"base_type": "BASE_TYPE_CLASSIFICATION"}},
    )
    model = answer.finetuned_model
    return model is not None and model.settings.base_model.base_type is BaseType.BASE_TYPE_CHAT
