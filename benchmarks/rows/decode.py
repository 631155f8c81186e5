"""Bytes of answers to models."""

from __future__ import annotations

import json
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from benchmarks.page import answers
from benchmarks.subjects import OURS, Budget, Case, Missing, Subject, offered, repeated

if TYPE_CHECKING:
    from collections.abc import Callable

    from benchmarks.workshop import Workshop

    Reader = Callable[[bytes], Any]

NOTES: Final = (
    "Each answer has every field of the page. Four are date-times, which all but json.loads give as datetime.",
    "pydantic's models are made by datamodel-code-generator of the document, openapi-python-client's are its own.",
)


def _ours(workshop: Workshop) -> Reader:
    decoder = workshop.ours("_runtime.decode").decoder
    kind = workshop.ours().UpdateFinetunedModelResponse
    return lambda content: decoder(kind).decode(content)  # as the runtime does for an answer


def _pydantic(workshop: Workshop) -> Reader:
    read: Reader = workshop.pydantic_models.UpdateFinetunedModelResponse.model_validate_json
    return read


def _openapi_python_client(workshop: Workshop) -> Reader:
    model = workshop.attrs_client("models").UpdateFinetunedModelResponse
    return lambda content: model.from_dict(json.loads(content))


def _cohere(_workshop: Workshop) -> Reader:
    kind = import_module("cohere.finetuning").UpdateFinetunedModelResponse
    construct = import_module("cohere.core.unchecked_base_model").construct_type
    return lambda content: construct(type_=kind, object_=json.loads(content))


READERS: Final[dict[str, Callable[[Workshop], Reader]]] = {
    OURS: _ours,
    "pydantic": _pydantic,
    "cohere": _cohere,
    "openapi-python-client": _openapi_python_client,
    "json.loads (floor, no models)": lambda _workshop: json.loads,
}


def cases(workshop: Workshop) -> tuple[Case, ...]:
    """The one case."""
    bodies = answers(1000)
    readers = [(name, offered(name, partial(make, workshop))) for name, make in READERS.items()]
    subjects = tuple(_subject(name, reader, bodies) for name, reader in readers)
    return (Case("1,000 answers", subjects, rounds=21, least=0.02, budgets=(Budget(2e-3),)),)


def _subject(name: str, reader: Reader | Missing, bodies: list[bytes]) -> Subject | Missing:
    if isinstance(reader, Missing):
        return reader

    def read_all(contents: list[bytes]) -> None:
        for content in contents:
            reader(content)

    return Subject(name, repeated(read_all, bodies))
