"""Renames a model, and says why there is none."""

import httpx2
from cohere_finetuning import Client
from cohere_finetuning.errors import NotFound


def run(http: httpx2.Client, key: str) -> str:
    client = Client(token=key, http_client=http)
    try:
        client.finetuning.update_finetuned_model(
            "ft-123",
            name="foobar",
            settings={"dataset_id": "ds-1", "base_model": {"base_type": "BASE_TYPE_CHAT"}},
        )
    except NotFound as error:
        return said(error)
    return "done"


def said(error: NotFound) -> str:
    body = error.body
    if body is None or isinstance(body, dict | list | str | int | float):
        return str(body)
    return body.message or "?"
