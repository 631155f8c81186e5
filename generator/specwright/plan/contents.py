"""Bodies and answers of operations -> their types, validators and encodings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from specwright.document.tree import escape
from specwright.plan.combined import union
from specwright.plan.failures import error_class, is_failure
from specwright.plan.ir import Answer, Body, Content, Encoding, Scalar
from specwright.plan.links import headers
from specwright.plan.media import SEQUENTIAL, WITHOUT_SCHEMA
from specwright.runtime.media import is_media_type
from specwright.runtime.parameters import is_header

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from specwright.document import Document, Map
    from specwright.plan.ir import Direction, Type, Validator
    from specwright.plan.keywords import Node
    from specwright.plan.links import Links
    from specwright.plan.media import FoundMedia
    from specwright.plan.outlined import Outlined
    from specwright.plan.paths import Found, FoundAnswer
    from specwright.plan.schemas import Types


@dataclass(frozen=True, slots=True)
class Part:
    """A media type of an operation that has a schema: where it is, what it is called, and who sends it."""

    media: FoundMedia
    schema: Node
    direction: Direction
    key: str
    """Its place below the operation: `requestBody`, `responses/404`; of further media types with them behind."""
    words: str
    """What names a schema without a name of its own, behind the operation's."""
    name: str
    """What its validator is kept under in the lock, behind the operation."""


def parts(found: Found) -> Iterator[Part]:
    """Every media type of an operation that has a schema."""
    for position, media in enumerate(found.bodies):
        if media.schema is not None:
            yield _part(media, media.schema, "request", position, "requestBody", "request", "body")
    for answer in found.answers:
        words = "response" if answer.status.startswith("2") else f"response {answer.status}"
        for position, media in enumerate(answer.contents):
            if media.schema is not None:
                key = f"responses/{answer.status}"
                called = f"{words} item" if media.family in SEQUENTIAL else words
                yield _part(media, media.schema, "response", position, key, called, answer.status)


def _part(  # noqa: PLR0913, PLR0917 -- what is known of it
    media: FoundMedia, schema: Node, direction: Direction, position: int, key: str, words: str, name: str
) -> Part:
    if not position:
        return Part(media, schema, direction, key, words, name)
    behind = f"{key}/{escape(media.media_type)}"
    return Part(media, schema, direction, behind, f"{media.family} {words}", f"{name} {media.media_type}")


class Contents:
    """The bodies and the answers of operations, once everything has a name."""

    def __init__(
        self,
        document: Document,
        names: Mapping[str, str],
        types: Types,
        validators: Outlined,
        links: Links,
    ) -> None:
        self._document = document
        self._links = links
        self._names = names
        self._types = types
        self._validators = validators
        self.validators: list[Validator] = []
        """Validators of bodies and answers without a name."""

    def bodies(self, found: Found) -> tuple[Body, ...]:
        """The media types of the body."""
        subject = f"the body of `{found.method} {found.path}`"
        functions = self._functions(found, "request", subject, found.bodies)
        return tuple(
            Body(
                media_type=media.media_type,
                family=media.family,
                type=self._type(media, "request"),
                function=functions.get(id(media)),
                encodings=tuple(self._encodings(media)),
                positions=tuple(self._positions(media)),
                uploads=media.uploads,
                texts=media.texts,
            )
            for media in found.bodies
        )

    def answer(self, found: Found, answer: FoundAnswer) -> Answer:
        """What a status is answered with."""
        subject = f"the answer {answer.status} of `{found.method} {found.path}`"
        functions = self._functions(found, "response", subject, answer.contents)
        contents = tuple(
            Content(media.media_type, self._type(media, "response"), functions.get(id(media)))
            for media in answer.contents
        )
        failed = is_failure(answer.status)
        # What an error has to say is read as a whole, so that many values one after another are but text.
        held = [
            Scalar("str") if failed and media.family in SEQUENTIAL else content.type
            for media, content in zip(answer.contents, contents, strict=True)
        ]
        return Answer(
            status=answer.status,
            type=union(held) if held else None,
            contents=contents,
            error=error_class(answer.status) if failed else None,
            text=answer.response.get("description", ""),
            headers=tuple(headers(self._document, answer.response)),
            links=tuple(self._links.of(answer.response)),
        )

    def _type(self, media: FoundMedia, direction: Direction) -> Type:
        if media.schema is not None:
            return self._types.of(media.schema, direction)
        if direction == "request":
            return WITHOUT_SCHEMA[media.family]
        return Scalar("bytes" if media.family == "binary" else "str")

    def _functions(
        self, found: Found, direction: Direction, subject: str, own: Iterable[FoundMedia]
    ) -> dict[int, str]:
        """The validators of the media types `own`, by the identity of these."""
        wanted = set(map(id, own))
        functions: dict[int, str] = {}
        for part in parts(found):
            if id(part.media) not in wanted:
                continue
            function = self._validators.function(part.schema, direction)
            if function is None:
                function = self._names[f"validator {found.key} {part.name}"]
                self.validators += self._validators.inline(function, subject, part.schema, direction)
            functions[id(part.media)] = function
        return functions

    # --- encodings ---

    def _encodings(self, media: FoundMedia) -> Iterator[Encoding]:
        if media.family in {"form", "multipart"}:
            for wire, said in media.media.get("encoding", {}).items():
                encoding = self._encoding(wire, said)
                if encoding != Encoding(wire):
                    yield encoding

    def _positions(self, media: FoundMedia) -> Iterator[Encoding]:
        if media.family == "multipart" and media.media.keys() & {"prefixEncoding", "itemEncoding"}:
            for said in media.media.get("prefixEncoding", ()):
                yield self._encoding("", said)
            yield self._encoding("", media.media.get("itemEncoding", {}))

    def _encoding(self, wire: str, said: Mapping[str, object] | Map) -> Encoding:
        """One with a style is written as parameters of a query are (OpenAPI 3.2, section 4.15.1.2)."""
        style: tuple[str, bool, bool] | None = None
        if said.keys() & {"style", "explode", "allowReserved"}:
            name = str(said.get("style", "form"))
            style = (
                name,
                bool(said.get("explode", name in {"form", "deepObject"})),
                bool(said.get("allowReserved", False)),
            )
        headers: Mapping[str, Map] = said.get("headers", {})  # type: ignore[assignment]
        fixed = ((name, self._fixed(self._document.target(header))) for name, header in headers.items())
        content_type = str(said.get("contentType", ""))
        return Encoding(
            wire,
            style,
            content_type if is_media_type(content_type) else "",
            tuple(
                (name, value)
                for name, value in fixed
                if value is not None and name.lower() != "content-type" and is_header(name, value)
            ),
        )

    def _fixed(self, header: Map) -> str | None:
        """The value of a header, where its schema allows but one; others are for the caller."""
        schema: Mapping[str, object] = header.get("schema", {})
        values = schema.get("enum", [schema["const"]] if "const" in schema else [])
        match values:
            case [str(value)]:
                return value
            case _:
                return None
