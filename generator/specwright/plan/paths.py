"""The operations of a document, as they stand in it, their `$ref`s followed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from specwright.document.tree import derived_map, escape

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from specwright.document import Document, Map
    from specwright.plan.ir import Location
    from specwright.plan.views import Node

METHODS: Final = ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query")
"""The methods that a path item has fields for (OpenAPI 3.2, section 4.9.1)."""

LOCATIONS: Final[tuple[Location, ...]] = ("path", "query", "header", "cookie")
"""Where parameters are sent; the arguments of a method have this order."""

_PLACE: Final = re.compile(r"\{([^{}]*)\}")
"""Where a path has a parameter (OpenAPI 3.2, section 4.8.2)."""

IGNORED_HEADERS: Final = frozenset({"accept", "authorization", "content-type"})
"""Header parameters that say nothing (OpenAPI 3.2, section 4.12.2.1): media types and security speak for them."""


@dataclass(frozen=True, slots=True)
class FoundBody:
    """A request body, and the schema of its JSON."""

    body: Map
    media_type: str
    schema: Node
    example: tuple[Any, ...]
    """An example of the whole body as a tuple of one, if the document has one."""


@dataclass(frozen=True, slots=True)
class FoundAnswer:
    """What a status is answered with; `schema` is the one of its JSON, `text` and `binary` are what else there is."""

    status: str
    response: Map
    schema: Node | None
    media_type: str | None
    """Of its JSON, else the first that there is; None where there is no content."""


@dataclass(frozen=True, slots=True)
class Found:
    """An operation of a document."""

    key: str
    """Its place: `#/paths/~1pets/get`."""
    method: str
    path: str
    operation: Map
    parameters: tuple[Map, ...]
    undescribed: tuple[str, ...]
    """Names in the path that no parameter describes; text is taken for them."""
    unplaced: tuple[Map, ...]
    """Parameters of the path that it has no place for; they are left out."""
    body: FoundBody | None
    unsupported_body: Map | None
    """A body none of whose content is JSON."""
    answers: tuple[FoundAnswer, ...]

    @property
    def text(self) -> str:
        """What it is called: its id, else its method and path."""
        name: str = self.operation.get("operationId") or f"{self.method.lower()} {self.path}"
        return name

    @property
    def tag(self) -> str | None:
        """The tag whose class the method goes to: the first."""
        return next(iter(self.operation.get("tags", ())), None)


def operations(document: Document) -> Iterator[Found]:
    """Every operation below `paths`, in the order of the document."""
    for path, reference in document.root.get("paths", {}).items():
        item = document.target(reference)
        for method in METHODS:
            if method in item:
                yield _found(document, path, method, item, item[method])


def _found(document: Document, path: str, method: str, item: Map, operation: Map) -> Found:
    body = document.target(operation["requestBody"]) if "requestBody" in operation else None
    content: Mapping[str, Map] = {} if body is None else body.get("content", {})
    media_type, media = json_content(document, content)
    described = tuple(_parameters(document, item, operation))
    unplaced = tuple(
        one for one in described if one["in"] == "path" and one["name"] not in _PLACE.findall(path)
    )
    names = {parameter["name"] for parameter in described if parameter["in"] == "path"}
    undescribed = tuple(name for name in dict.fromkeys(_PLACE.findall(path)) if name not in names)
    return Found(
        key=f"#/paths/{escape(path)}/{method}",
        method=method.upper(),
        path=path,
        operation=operation,
        parameters=(
            *(parameter for parameter in described if parameter not in unplaced),
            *(_text_parameter(operation, name) for name in undescribed),
        ),
        undescribed=undescribed,
        unplaced=unplaced,
        body=None
        if body is None or media_type is None or media is None
        else FoundBody(body, media_type, media.get("schema", True), _example(document, media)),
        unsupported_body=body if content and media is None else None,
        answers=tuple(
            _answer(document, str(status), node) for status, node in operation.get("responses", {}).items()
        ),
    )


def _parameters(document: Document, item: Map, operation: Map) -> Iterator[Map]:
    """The parameters of an operation; its own come in the place of those of its path (OpenAPI 3.2, section 4.10.1)."""
    merged: dict[tuple[str, str], Map] = {}
    for owner in (item, operation):
        for reference in owner.get("parameters", ()):
            parameter = document.target(reference)
            if "name" in parameter and parameter.get("in") in LOCATIONS:
                merged[parameter["in"], parameter["name"]] = parameter
    for (location, name), parameter in merged.items():
        if not (location == "header" and name.lower() in IGNORED_HEADERS):
            yield parameter


def _text_parameter(operation: Map, name: str) -> Map:
    """What a parameter of a path is taken for that nobody describes."""
    schema = derived_map(operation, {"type": "string"})
    return derived_map(operation, {"name": name, "in": "path", "required": True, "schema": schema})


def _answer(document: Document, status: str, reference: Map) -> FoundAnswer:
    response = document.target(reference)
    content = response.get("content", {})
    media_type, media = json_content(document, content)
    return FoundAnswer(
        status=status.upper() if status != "default" else status,
        response=response,
        schema=None if media is None else media.get("schema", True),
        media_type=media_type or next(iter(content), None),
    )


def json_content(document: Document, content: Mapping[str, Map]) -> tuple[str, Map] | tuple[None, None]:
    """The JSON among `content`: `application/json` before `…+json` before `*/*`; its media type, and what is said of it."""

    def rank(media_type: str) -> int | None:
        plain = media_type.partition(";")[0].strip().lower()
        if plain == "application/json":
            return 0
        if plain.endswith("+json"):
            return 1
        return 2 if plain in {"*/*", "application/*"} else None

    ranked = sorted((place, key) for key in content if (place := rank(key)) is not None)
    if not ranked:
        return None, None
    place, key = ranked[0]
    return (key if place < 2 else "application/json"), document.target(content[key])  # noqa: PLR2004 -- the rank of `*/*`


def parameter_schema(parameter: Map) -> Node:
    """The schema of a parameter: its own, or that of its only media type (OpenAPI 3.2, section 4.12.2.3)."""
    owners: list[Map] = [parameter, *parameter.get("content", {}).values()]
    return next((owner["schema"] for owner in owners if "schema" in owner), True)


def _example(document: Document, media: Map) -> tuple[Any, ...]:
    if "example" in media:
        return (media["example"],)
    examples = [document.target(example) for example in media.get("examples", {}).values()]
    return next(((example["value"],) for example in examples if "value" in example), ())
