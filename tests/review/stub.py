"""A server that does as a document says, and holds its callers to it; openapi-core, which is not ours, is the judge."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote

import httpx2
import yaml
from openapi_core import OpenAPI
from openapi_core.datatypes import RequestParameters
from openapi_core.templating.paths.exceptions import PathError
from openapi_core.templating.security.exceptions import SecurityNotFound
from openapi_core.validation.request.exceptions import SecurityValidationError
from werkzeug.datastructures import Headers, ImmutableMultiDict

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class _Answer(NamedTuple):
    """A response as openapi-core asks about it."""

    status_code: int
    data: bytes
    content_type: str = "application/json"
    headers: Any = Headers()


class Stub:
    """Answers what openapi-core accepts with the document's own example, and refuses the rest."""

    def __init__(self, document: Path) -> None:
        self._root: dict[str, Any] = yaml.safe_load(document.read_text("utf-8"))
        self._api = OpenAPI.from_dict(self._root)

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        """What the server answers."""
        asked = _request(request)
        wrong = next(iter(self._api.request_validator.iter_errors(asked)), None)
        if wrong is not None:
            return httpx2.Response(_status(wrong), json={"message": _said(wrong)})
        status, example = next(self._successes(request))
        answer = _Answer(status, json.dumps(example).encode())
        for error in self._api.response_validator.iter_errors(asked, answer):
            raise ValueError(f"the document's own example is none: {_said(error)}")
        return httpx2.Response(status, json=example)

    def _successes(self, request: httpx2.Request) -> Iterator[tuple[int, object]]:
        """The statuses and examples of the one operation with that method."""
        for item in self._root["paths"].values():
            for status, response in item.get(request.method.lower(), {}).get("responses", {}).items():
                if status.startswith("2"):
                    examples = response["content"]["application/json"]["examples"]
                    yield int(status), next(iter(examples.values()))["value"]


@dataclass
class _Request:
    """A request as openapi-core asks about it."""

    host_url: str
    path: str
    method: str
    body: bytes | None
    content_type: str
    parameters: RequestParameters


def _request(request: httpx2.Request) -> _Request:
    url = request.url
    return _Request(
        host_url=f"{url.scheme}://{url.netloc.decode()}",
        path=unquote(url.raw_path.decode().partition("?")[0]),
        method=request.method.lower(),
        body=request.content or None,
        content_type=request.headers.get("Content-Type", ""),
        parameters=RequestParameters(
            query=ImmutableMultiDict(url.params.multi_items()),
            header=Headers(list(request.headers.items())),
        ),
    )


def _status(error: BaseException) -> int:
    if isinstance(error, PathError):
        return 404
    return 401 if isinstance(error, SecurityValidationError | SecurityNotFound) else 400


def _said(error: BaseException) -> str:
    """An error with what caused it."""
    texts: list[str] = []
    at: BaseException | None = error
    while at is not None:
        details = [str(each.message) for each in getattr(at, "schema_errors", ())]
        texts += details or [str(at)]
        at = at.__cause__
    return "; ".join(texts)[:300]
