"""Notes which model was updated."""

import httpx2
from cohere_finetuning import Client
from cohere_finetuning.models import FinetunedModel


def run(http: httpx2.Client, key: str) -> str:
    client = Client(token=key, http_client=http)
    answer = client.finetuning.update_finetuned_model(
        "ft-123",
        name="foobar",
        settings={"dataset_id": "ds-1", "base_model": {"base_type": "BASE_TYPE_CHAT"}},
    )
    return noted(answer.finetuned_model) if answer.finetuned_model else "nothing"


def noted(model: FinetunedModel) -> str:
    return f"{model.id or '?'}: {model.name}"
