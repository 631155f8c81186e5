"""Says how long to wait before the model is asked for."""

import httpx2
from cohere_finetuning import Client
from cohere_finetuning.models import Status


def run(http: httpx2.Client, key: str) -> float:
    client = Client(token=key, http_client=http)
    answer = client.finetuning.update_finetuned_model(
        "ft-123",
        name="foobar",
        settings={"dataset_id": "ds-1", "base_model": {"base_type": "BASE_TYPE_CHAT"}},
        status="STATUS_READY",
    )
    status = answer.finetuned_model.status if answer.finetuned_model else None
    return minutes(status) if status else 0.0


def minutes(status: Status) -> float:
    match status:
        case Status.STATUS_READY:
            return 0.0
        case Status.STATUS_QUEUED | Status.STATUS_FINETUNING:
            return 60.0
        case Status.STATUS_DEPLOYING_API:
            return 5.0
        case _:
            return float("inf")
