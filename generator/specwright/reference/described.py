"""A document -> its reference."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from specwright.document.tree import escape
from specwright.plan.keywords import plain
from specwright.plan.paths import PLACES, of_item, operations, parameter_schema
from specwright.plan.samples import Samples
from specwright.plan.views import Views
from specwright.reference.access import security, servers
from specwright.reference.addresses import Addresses
from specwright.reference.fields import Fields, anchored
from specwright.reference.model import (
    Answer,
    Calls,
    Content,
    Example,
    Operation,
    Reference,
    Row,
    Sent,
    Table,
    Tag,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from specwright.document import Document, Map
    from specwright.plan.ir import Direction, Location, Package
    from specwright.plan.keywords import Node
    from specwright.plan.media import FoundMedia
    from specwright.plan.paths import Found, FoundAnswer

    CallsOf = Callable[[str, str], Calls]
    """The example request of the operation with a method and a path."""

_TITLES: Final[Mapping[Location, str]] = {
    "path": "Path parameters",
    "query": "Query parameters",
    "header": "Request headers",
    "cookie": "Cookies",
}
BODY_TITLE: Final = "Request body fields"
ANSWER_TITLE: Final = "Response body fields"
HEADERS_TITLE: Final = "Response headers"


def described(document: Document, package: Package, calls: CallsOf) -> Reference:
    """The reference of a document, whose package it names."""
    return _Described(document, calls).reference(package)


class _Described:
    """Describes what one document has."""

    def __init__(self, document: Document, calls: CallsOf) -> None:
        self._document = document
        self._calls = calls
        self._views = Views(document)
        self._fields = Fields(self._views)
        self._samples = {
            "request": Samples(self._views, "request"),
            "response": Samples(self._views, "response"),
        }
        self._made: dict[tuple[int, str], tuple[Node, Any]] = {}
        """Example values by the direction and the id of the schema that they are made of, which lives as long as this does."""
        self._addresses = Addresses()

    def reference(self, package: Package) -> Reference:
        info: Mapping[str, Any] = self._document.root.get("info", {})
        return Reference(
            title=str(info.get("title", "")) or package.title,
            version=str(info.get("version", "")),
            text=str(info.get("description") or info.get("summary") or ""),
            package=package.module,
            servers=servers(self._document),
            tags=tuple(self._tags()),
            sent=tuple(self._webhooks()),
        )

    def _tags(self) -> Iterator[Tag]:
        said = {tag["name"]: tag for tag in self._document.root.get("tags", ())}
        by_tag: dict[str, list[Operation]] = {name: [] for name in said}
        for found in operations(self._document, self._views):
            by_tag.setdefault(found.tag or "", []).append(self._operation(found))
        addresses = Addresses()
        for name, members in by_tag.items():
            if members:
                tag: Mapping[str, Any] = said.get(name, {})
                text = str(tag.get("description") or tag.get("summary") or "")
                yield Tag(f"tag.{addresses.of(name, 'other')}", name, text, tuple(members))

    # --- operations -------------------------------------------------------------------------------------------

    def _operation(self, found: Found) -> Operation:
        said = found.operation
        identifier: str = said.get("operationId", "")
        method_and_path = f"{found.method} {found.path}"
        title = str(said.get("summary") or "").strip() or identifier or method_and_path
        request: Mapping[str, Any] = found.request or {}
        statuses = Addresses()
        return Operation(
            slug=self._addresses.of(identifier or method_and_path.lower(), "operation"),
            id=identifier,
            method=found.method,
            path=found.path,
            title=title.removesuffix("."),
            text=str(said.get("description") or ""),
            deprecated=bool(said.get("deprecated")),
            servers=servers(self._document, found),
            security=security(self._document, said),
            tables=tuple(self._parameters(found)),
            body_text=str(request.get("description", "")),
            body_required=found.body_required,
            bodies=self._contents(found.bodies, "request", BODY_TITLE, "body"),
            answers=tuple(self._answer(answer, statuses) for answer in found.answers),
            calls=self._calls(found.method, found.path),
            sent=tuple(self._callbacks(found)),
        )

    def _parameters(self, found: Found) -> Iterator[Table]:
        rows: dict[Location, list[Row]] = {location: [] for location in _TITLES}
        if found.bodies:
            rows["header"].append(_content_type(found))
        for parameter in found.parameters:
            location = PLACES[parameter["in"]]
            row = self._parameter(parameter, required=location == "path" or parameter.get("required", False))
            rows[location] += self._fields.parameter(row, parameter_schema(parameter))
        for location, title in _TITLES.items():
            if rows[location]:
                yield Table(title, location, anchored(rows[location], location))

    def _parameter(self, parameter: Map, *, required: bool, name: str | None = None) -> Row:
        row = self._fields.row(
            parameter["name"] if name is None else name,
            parameter_schema(parameter),
            required=required,
            text=str(parameter.get("description") or ""),
            deprecated=bool(parameter.get("deprecated")),
        )
        return replace(row, anchor="")

    def _answer(self, answer: FoundAnswer, addresses: Addresses) -> Answer:
        place = f"answer-{addresses.of(answer.status, 'other')}"
        headers = [
            self._parameter(header, required=header.get("required", False), name=name)
            for name, reference in answer.response.get("headers", {}).items()
            if name.lower() != "content-type"
            for header in (self._document.target(reference),)
        ]
        return Answer(
            anchor=place,
            status=answer.status,
            text=str(answer.response.get("description") or answer.response.get("summary") or ""),
            headers=Table(HEADERS_TITLE, f"{place}-header", anchored(headers, f"{place}-header")),
            contents=self._contents(answer.contents, "response", ANSWER_TITLE, place),
        )

    # --- bodies -----------------------------------------------------------------------------------------------

    def _contents(
        self, contents: Iterable[FoundMedia], direction: Direction, title: str, place: str
    ) -> tuple[Content, ...]:
        return tuple(
            self._content(media, direction, title, place if number == 1 else f"{place}-{number}")
            for number, media in enumerate(contents, 1)
        )

    def _content(self, media: FoundMedia, direction: Direction, title: str, place: str) -> Content:
        return Content(
            media.media_type,
            self._fields.table(
                title, place, media.schema, uploads=media.uploads, once=direction == "response"
            ),
            tuple(self._examples(media, direction)),
        )

    def _examples(self, media: FoundMedia, direction: Direction) -> Iterator[Example]:
        said = [*self._said(media.media)]
        yield from said
        if not said and media.schema is not None and media.family in _SHOWN:
            key = (id(media.schema), direction)
            if key not in self._made:
                self._made[key] = media.schema, self._samples[direction].of(media.schema)
            yield _example("Example", self._made[key][1])

    def _said(self, media: Map) -> Iterator[Example]:
        """The examples that the document has."""
        if "example" in media:
            yield _example("Example", plain(media["example"]))
        for name, reference in media.get("examples", {}).items():
            example = self._document.target(reference)
            for key in ("dataValue", "value", "serializedValue"):
                if key in example:
                    yield _example(str(example.get("summary") or name), plain(example[key]))
                    break

    # --- what the server sends ----------------------------------------------------------------------------------

    def _webhooks(self) -> Iterator[Sent]:
        addresses = Addresses()
        for name, reference in self._document.root.get("webhooks", {}).items():
            item = self._document.target(reference)
            for found in of_item(
                self._document, self._views, f"#/webhooks/{escape(name)}", "", item, sent=False
            ):
                yield self._sent(found, name, "", f"webhook.{addresses.of(name, 'other')}")

    def _callbacks(self, operation: Found) -> Iterator[Sent]:
        addresses = Addresses()
        for name, reference in operation.operation.get("callbacks", {}).items():
            for expression, inner in self._document.target(reference).items():
                if not expression.startswith("x-"):
                    key = f"{operation.key}/callbacks/{escape(name)}/{escape(expression)}"
                    item = self._document.target(inner)
                    for found in of_item(self._document, self._views, key, "", item, sent=False):
                        slug = f"callback.{addresses.of(name, 'other')}"
                        yield self._sent(found, name, expression, slug)

    def _sent(self, found: Found, name: str, where: str, slug: str) -> Sent:
        said = found.operation
        return Sent(
            slug=slug,
            name=name,
            method=found.method,
            where=where,
            text=str(said.get("description") or said.get("summary") or ""),
            bodies=self._contents(found.bodies, "response", "Body fields", slug),
        )


_SHOWN: Final = frozenset({"json", "form", "multipart", "lines", "sequence", "events"})
"""Families of media types whose bodies are shown as JSON."""


def _example(title: str, value: Any) -> Example:
    text = value if isinstance(value, str) else json.dumps(value, indent=2, ensure_ascii=False)
    return Example(title, value, text)


def _content_type(found: Found) -> Row:
    """The header of the body's media type, which documents say with the body."""
    types = [json.dumps(media.media_type) for media in found.bodies]
    return Row(
        anchor="",
        name="Content-Type",
        type="String",
        required=found.body_required,
        text="The media type of the request body.",
        values=tuple(types) if len(types) > 1 else (),
        default=types[0],
    )
