"""The operations of a document, as they stand in it, their `$ref`s followed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from specwright.document.tree import derived_map, escape
from specwright.plan import media
from specwright.plan.names import own_name
from specwright.plan.views import Views

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from specwright.document import Document, Map
    from specwright.plan.ir import Location
    from specwright.plan.keywords import Node
    from specwright.plan.media import FoundMedia

METHODS: Final = ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query")
"""The methods that a path item has fields for (OpenAPI 3.2, section 4.9.1)."""

LOCATIONS: Final[tuple[Location, ...]] = ("path", "query", "header", "cookie")
"""Where parameters are sent; the arguments of a method have this order."""

PLACES: Final[Mapping[str, Location]] = {
    "path": "path", "query": "query", "querystring": "query", "header": "header", "cookie": "cookie",
}  # fmt: skip
"""By what a parameter says of where it is: where it is sent."""

PLACE: Final = re.compile(r"\{([^{}]+)\}")
"""Where a path has a parameter (OpenAPI 3.2, section 4.8.2)."""

BODILESS: Final = frozenset({"204", "205", "304"})
"""Statuses of answers without a body (RFC 9110, sections 15.3.5, 15.3.6 and 15.4.5)."""

IGNORED_HEADERS: Final = frozenset({"accept", "authorization", "content-type"})
"""Header parameters that say nothing (OpenAPI 3.2, section 4.12.2.1): media types and security speak for them."""

CONNECTION: Final = frozenset(
    {
        "connection",
        "content-length",
        "host",
        "keep-alive",
        "proxy-connection",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
    }
)
"""Headers that say where a request goes and where it ends (RFC 9110, sections 7.2, 7.6.1 and 8.6): no caller may."""

_TOKEN: Final = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+", re.ASCII)


def is_token(name: str) -> bool:
    """Whether a header can be called so (RFC 9110, section 5.1)."""
    return _TOKEN.fullmatch(name) is not None


@dataclass(frozen=True, slots=True)
class FoundAnswer:
    """What a status is answered with, the preferred media type first; none where there is no content."""

    status: str
    response: Map
    contents: tuple[FoundMedia, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """An operation of a document."""

    key: str
    """Its place: `#/paths/~1pets/get`."""
    method: str
    path: str
    operation: Map
    parameters: tuple[Map, ...]
    undescribed: Mapping[str, Map | None]
    """Names in the path that no parameter of the path describes, for which text is taken; each with the parameter of that name
    that is elsewhere."""
    unplaced: tuple[Map, ...]
    """Parameters of the path that it has no place for; they are left out."""
    request: Map | None
    """The RequestBody."""
    bodies: tuple[FoundMedia, ...]
    """The media types of the body, the preferred one first."""
    answers: tuple[FoundAnswer, ...]
    item: Map
    """The path item that it stands in."""
    contents: tuple[Map, ...]
    """What it says of media types, of its body and of its answers."""
    tag_text: str
    """What its tag is called: as the author of the document says, else as the tag; "" without one."""

    @property
    def body(self) -> FoundMedia | None:
        """The preferred media type of the body; None without a body."""
        return self.bodies[0] if self.bodies else None

    @property
    def body_required(self) -> bool:
        """Whether there is always a body; where none is described there is never one."""
        return self.request is None or self.request.get("required", False)

    @property
    def text(self) -> str:
        """What it is called: as its author says, else its id, else its method and path."""
        name: str = own_name(self.operation) or self.operation.get("operationId", "")
        return name or f"{self.method.lower()} {self.path}"

    @property
    def tag(self) -> str | None:
        """The tag whose class the method goes to: the first."""
        return next(iter(self.operation.get("tags", ())), None)


def operations(document: Document, views: Views | None = None) -> Iterator[Found]:
    """Every operation below `paths`, in the order of the document."""
    views = views or Views(document)
    for path, reference in document.root.get("paths", {}).items():
        if not path.startswith("x-"):  # which is its author's own (OpenAPI 3.2, section 4.8.3)
            item = document.target(reference)
            yield from of_item(document, views, f"#/paths/{escape(path)}", path, item)


def of_item(  # noqa: PLR0913 -- where it stands, and what in
    document: Document, views: Views, key: str, path: str, item: Map, *, sent: bool = True
) -> Iterator[Found]:
    """Every operation of a path item, which stands at `key`; `sent` says that callers send its bodies."""
    for method in METHODS:
        if method in item:
            spot = Spot(f"{key}/{method}", method.upper(), path, sent)
            yield _found(document, views, spot, item, item[method])
    # Methods of any name, as they are written (OpenAPI 3.2, section 4.9.1).
    for method, operation in item.get("additionalOperations", {}).items():
        spot = Spot(f"{key}/additionalOperations/{escape(method)}", method, path, sent)
        yield _found(document, views, spot, item, operation)


@dataclass(frozen=True, slots=True)
class Spot:
    """Where an operation is: its place in the document, its method and its path."""

    key: str
    method: str
    path: str
    sent: bool
    """Whether callers send its body; else the server does."""


def _found(document: Document, views: Views, spot: Spot, item: Map, operation: Map) -> Found:
    request = document.target(operation["requestBody"]) if "requestBody" in operation else None
    content: Mapping[str, Map] = {} if request is None else request.get("content", {})
    places = PLACE.findall(spot.path)
    described = tuple(parameters(document, item, operation))
    unplaced = tuple(one for one in described if one["in"] == "path" and one["name"] not in places)
    names = {parameter["name"] for parameter in described if parameter["in"] == "path"}
    others = {parameter["name"]: parameter for parameter in described}
    undescribed = {name: others.get(name) for name in places if name not in names}
    return Found(
        key=spot.key,
        method=spot.method,
        path=spot.path,
        operation=operation,
        parameters=(
            *(parameter for parameter in described if parameter not in unplaced),
            *(_text_parameter(operation, name) for name in undescribed),
        ),
        undescribed=undescribed,
        unplaced=unplaced,
        request=request if content else None,
        bodies=media.contents(document, views, content, sent=spot.sent),
        answers=tuple(
            _answer(document, views, spot.method, str(status), node)
            for status, node in operation.get("responses", {}).items()
        ),
        item=item,
        contents=tuple(
            owner["content"]
            for owner in (request, *map(document.target, operation.get("responses", {}).values()))
            if owner is not None and "content" in owner
        ),
        tag_text=_tag_text(document, next(iter(operation.get("tags", ())), "")),
    )


def _tag_text(document: Document, name: str) -> str:
    described = (tag for tag in document.root.get("tags", ()) if tag["name"] == name)
    return next((own for tag in described if (own := own_name(tag))), name)


def parameters(document: Document, item: Map, operation: Map) -> Iterator[Map]:
    """The parameters of an operation; its own come in the place of those of its path (OpenAPI 3.2, section 4.10.1).

    The case of a header's name does not count (RFC 9110, section 5.1).
    """
    merged: dict[tuple[str, str], Map] = {}
    for owner in (item, operation):
        for reference in owner.get("parameters", ()):
            parameter = document.target(reference)
            location: str = parameter.get("in", "")
            if "name" in parameter and location in PLACES:
                name = parameter["name"].lower() if location == "header" else parameter["name"]
                merged[location, name] = parameter
    ignored = _ignored_headers(document, operation)
    for (location, name), parameter in merged.items():
        if not (location == "header" and (name in ignored or not is_token(name))):
            yield parameter


def _ignored_headers(document: Document, operation: Map) -> frozenset[str]:
    """The headers of an operation that its parameters don't speak for."""
    secured = any(operation.get("security", document.root.get("security", ())))
    # Where no security speaks for it, the parameter is all that callers have to authorize themselves with.
    spoken_for = IGNORED_HEADERS if secured else IGNORED_HEADERS - {"authorization"}
    return spoken_for | CONNECTION


def _text_parameter(operation: Map, name: str) -> Map:
    """What a parameter of a path is taken for that nobody describes."""
    schema = derived_map(operation, {"type": "string"})
    return derived_map(operation, {"name": name, "in": "path", "required": True, "schema": schema})


def _answer(document: Document, views: Views, method: str, status: str, reference: Map) -> FoundAnswer:
    response = document.target(reference)
    # Some documents describe a body where there can be none.
    content: Mapping[str, Map] = {} if method == "HEAD" or status in BODILESS else response.get("content", {})
    contents = media.contents(document, views, content, sent=False)
    return FoundAnswer(status.upper() if status != "default" else status, response, contents)


def parameter_schema(parameter: Map) -> Node:
    """The schema of a parameter: its own, or that of its only media type (OpenAPI 3.2, section 4.12.2.3)."""
    owners: list[Map] = [parameter, *parameter.get("content", {}).values()]
    return next((owner["schema"] for owner in owners if "schema" in owner), True)
