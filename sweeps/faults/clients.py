"""The clients: ours and another generator's of the same document, and the SDKs of vendors, each with a comparable call."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from specwright import generate

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

TOKEN: Final = "sk_test_0123456789"  # noqa: S105  # no secret: it goes to loopback
DOCUMENT: Final = Path(__file__).with_name("models.yaml")
OURS: Final = "specwright"
GENERATED: Final = "datamodel-code-generator"


class Calls(NamedTuple):
    """What a client is asked for."""

    read: Callable[[], Any]
    write: Callable[[], Any]
    close: Callable[[], object] = lambda: None


@dataclass(frozen=True, slots=True)
class Client:
    """A client, and what its server answers."""

    distribution: str
    make: Callable[[str, float | None], Calls]
    """For a URL and a timeout, None for the default."""
    errors: str
    """The class that all its errors should be of."""
    answers: tuple[Any, Any]
    """The right ones, to the read and to the write."""
    fields: Mapping[str, tuple[str, ...]]
    """In the answer to the read: one with an enum, and one that is required."""


_MODEL: Final = {
    "finetuned_model": {
        "id": "ft-1",
        "name": "foobar",
        "settings": {"dataset_id": "d-1", "base_model": {"base_type": "BASE_TYPE_CHAT"}},
        "status": "STATUS_READY",
        "created_at": "2026-08-03T09:00:00Z",
    }
}
_OF_MODEL: Final = {"enum": ("finetuned_model", "status"), "required": ("finetuned_model", "name")}
_COMPLETION: Final = {
    "id": "c-1",
    "object": "chat.completion",
    "created": 1785747600,
    "model": "m-1",
    "choices": [{"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": "Yes."}}],
}
_OPENAI_MODEL: Final = {"id": "m-1", "object": "model", "created": 1785747600, "owned_by": "acme"}
_CUSTOMER: Final = {
    "id": "cus_1",
    "object": "customer",
    "created": 1785747600,
    "tax_exempt": "none",
    "name": "foobar",
}


def _ours(url: str, timeout: float | None) -> Calls:
    options = {} if timeout is None else {"timeout": timeout}
    client = import_module("fault_models").Client(token=TOKEN, base_url=url, **options)
    return Calls(
        partial(client.get_finetuned_model, "ft-1"),
        partial(client.update_finetuned_model, "ft-1", name="foobar"),
        client.close,
    )


def _generated(url: str, timeout: float | None) -> Calls:
    options = {} if timeout is None else {"total_timeout": timeout}
    client = import_module("pydantic_client").Client(bearer=TOKEN, base_url=url, **options)
    body = import_module("pydantic_models").V1FinetuningFinetunedModelsIdPatchRequest(name="foobar")
    return Calls(
        partial(client.default.get_finetuned_model, id="ft-1"),
        partial(client.default.update_finetuned_model, id="ft-1", body=body),
    )


def _cohere(url: str, timeout: float | None) -> Calls:
    options = {} if timeout is None else {"timeout": timeout}
    client = import_module("cohere").Client(TOKEN, base_url=url, **options)
    settings = import_module("cohere.finetuning").Settings.model_validate(
        _MODEL["finetuned_model"]["settings"]
    )
    return Calls(
        partial(client.finetuning.get_finetuned_model, "ft-1"),
        partial(client.finetuning.update_finetuned_model, "ft-1", name="foobar", settings=settings),
    )


def _openai(url: str, timeout: float | None) -> Calls:
    options = {} if timeout is None else {"timeout": timeout}
    client = import_module("openai").OpenAI(api_key=TOKEN, base_url=url, **options)
    messages = [{"role": "user", "content": "Really?"}]
    return Calls(
        partial(client.models.retrieve, "m-1"),
        partial(client.chat.completions.create, model="m-1", messages=messages),
    )


def _stripe(url: str, timeout: float | None) -> Calls:
    stripe = import_module("stripe")
    options = {} if timeout is None else {"http_client": stripe.RequestsClient(timeout=timeout)}
    client = stripe.StripeClient(TOKEN, base_addresses={"api": url}, **options)
    customers = client.v1.customers
    return Calls(partial(customers.retrieve, "cus_1"), partial(customers.update, "cus_1", {"name": "foobar"}))


CLIENTS: Final = {
    OURS: Client("specwright", _ours, "fault_models.ApiError", (_MODEL, _MODEL), _OF_MODEL),
    "cohere": Client("cohere", _cohere, "cohere.core.api_error.ApiError", (_MODEL, _MODEL), _OF_MODEL),
    "openai": Client(
        "openai",
        _openai,
        "openai.OpenAIError",
        (_OPENAI_MODEL, _COMPLETION),
        {"enum": ("object",), "required": ("owned_by",)},
    ),
    "stripe": Client(
        "stripe",
        _stripe,
        "stripe.StripeError",
        (_CUSTOMER, _CUSTOMER),
        {"enum": ("tax_exempt",), "required": ("created",)},
    ),
    GENERATED: Client(GENERATED, _generated, "pydantic_client.errors.SDKError", (_MODEL, _MODEL), _OF_MODEL),
}


def make_packages(folder: Path, names: list[str]) -> None:
    """Put into a folder what is generated for those of these names that are."""
    if OURS in names:
        generate(DOCUMENT, output=folder / "fault-models", package="fault_models")
        (folder / "fault_models").symlink_to(folder / "fault-models" / "fault_models")
    if GENERATED in names:
        subprocess.run(
            [
                Path(sys.executable).with_name("datamodel-codegen"), "--disable-timestamp", "--formatters", "builtin",
                "--input", DOCUMENT, "--input-file-type", "openapi", "--output", "pydantic_models.py",
                "--generate-client", "httpx2", "--client-output", "pydantic_client",
                "--client-package", "pydantic_client", "--client-model-package", "pydantic_models",
            ],
            cwd=folder, check=True, capture_output=True,
        )  # fmt: skip
