"""Says when a model was created, and how long it has been in use."""

import datetime as dt

import httpx2
from cohere_finetuning import Client


def run(http: httpx2.Client, key: str) -> dt.timedelta:
    client = Client(token=key, http_client=http)
    created = dt.datetime(2026, 8, 3, 9, tzinfo=dt.UTC)
    answer = client.finetuning.update_finetuned_model(
        "ft-123",
        name="foobar",
        settings={"dataset_id": "ds-1", "base_model": {"base_type": "BASE_TYPE_CHAT"}},
        created_at=created,
    )
    model = answer.finetuned_model
    return model.updated_at - created if model and model.updated_at else dt.timedelta()
