"""The reference of an API, as it is read: what every form of it (pages, Markdown, text) is printed from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specwright.plan.ir import Json


@dataclass(frozen=True, slots=True)
class Row:
    """A field: a parameter, a header, or a member of a body."""

    anchor: str
    """Unique in its operation: `body.settings.base_model.name`."""
    name: str
    """As it is told apart from its relatives: `settings.base_model.name`, `items[].name`, `labels.*`."""
    type: str
    """In words: `String`, `Array of Integer`, `String or null`."""
    required: bool
    text: str = ""
    """What the document says of it, as CommonMark."""
    values: tuple[str, ...] = ()
    """All that it may be, as JSON."""
    default: str | None = None
    """What is taken where it is left out, as JSON."""
    read_only: bool = False
    write_only: bool = False
    deprecated: bool = False
    limits: tuple[str, ...] = ()
    """What else is demanded of a value, in words."""
    only_of: tuple[str, ...] = ()
    """The alternatives that have it, where not all have."""
    as_of: str = ""
    """The field whose members are told, and are the same for this one; "" where there is none."""
    as_of_anchor: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Fields of one kind."""

    title: str
    """`Path parameters`, `Request headers`, …"""
    section: str
    rows: tuple[Row, ...]
    more: bool = False
    """Whether there are further ones: too many, or too deep in one another."""


@dataclass(frozen=True, slots=True)
class Example:
    """An example of a body; `value` is decoded JSON, or text."""

    title: str
    value: Json
    text: str
    """As it is shown."""


@dataclass(frozen=True, slots=True)
class Content:
    """A media type of a body or of an answer."""

    media_type: str
    table: Table
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a status is answered with."""

    anchor: str
    status: str
    """`200`, `4XX`, `default`."""
    text: str
    headers: Table
    contents: tuple[Content, ...]


@dataclass(frozen=True, slots=True)
class ServerUrl:
    """Where an operation is served."""

    url: str
    text: str


@dataclass(frozen=True, slots=True)
class Calls:
    """One request of an operation, made of example values; a form that there is none of is ""."""

    python: str = ""
    curl: str = ""
    conductor: str = ""
    problem: str = ""
    """Why there is no curl and no Conductor task."""


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation: a request that callers send."""

    slug: str
    """What it is called in addresses; unique in its reference, and the same as long as its id (or method and path) is."""
    id: str
    """Its `operationId`; "" without one."""
    method: str
    path: str
    title: str
    text: str
    deprecated: bool
    servers: tuple[ServerUrl, ...]
    security: tuple[str, ...]
    """Ways to authenticate, each in words; none where nothing is asked for."""
    tables: tuple[Table, ...]
    """Those that have rows: path, query, headers, cookies."""
    body_text: str
    body_required: bool
    bodies: tuple[Content, ...]
    """The media types of the body, the usual one first; none without a body."""
    answers: tuple[Answer, ...]
    calls: Calls
    sent: tuple[Sent, ...]
    """Its callbacks."""

    def every_table(self) -> Iterator[Table]:
        """Each table of it: what is sent, and what is answered."""
        yield from self.tables
        yield from (content.table for content in self.bodies)
        for answer in self.answers:
            yield answer.headers
            yield from (content.table for content in answer.contents)


@dataclass(frozen=True, slots=True)
class Sent:
    """A request that the server sends: a webhook, or a callback."""

    slug: str
    name: str
    method: str
    where: str
    """The expression of its URL; "" for a webhook."""
    text: str
    bodies: tuple[Content, ...]


@dataclass(frozen=True, slots=True)
class Tag:
    """Operations that belong together; `name` is "" for those without a tag."""

    slug: str
    name: str
    text: str
    operations: tuple[Operation, ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """The reference of an API."""

    title: str
    version: str
    text: str
    package: str
    """The name of the generated package."""
    servers: tuple[ServerUrl, ...]
    tags: tuple[Tag, ...]
    sent: tuple[Sent, ...]
    """Its webhooks."""

    def operations(self) -> Iterator[Operation]:
        """Every operation, in the order of the tags."""
        for tag in self.tags:
            yield from tag.operations
