"""Trains a model on another dataset, and looks whether that is the one that it has now."""

import httpx2
from cohere_finetuning import Client
from cohere_finetuning.inputs import SettingsInput


def run(http: httpx2.Client, key: str) -> bool:
    client = Client(token=key, http_client=http)
    settings = SettingsInput(dataset_id="my-dataset-id", base_model={"base_type": "BASE_TYPE_CHAT"})
    answer = client.finetuning.update_finetuned_model("ft-123", name="foobar", settings=settings)
    if answer.finetuned_model is None:
        return False
    return answer.finetuned_model.settings.dataset_id == settings["dataset_id"]
