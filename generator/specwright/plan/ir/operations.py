"""Operations, and what authenticates them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from specwright.plan.ir.types import NO_DOC

if TYPE_CHECKING:
    from collections.abc import Mapping

    from specwright.plan.ir.pages import Pagination
    from specwright.plan.ir.types import Doc, Json, Type

Location = Literal["path", "query", "header", "cookie", "body", "media_type"]


@dataclass(frozen=True, slots=True)
class Argument:
    """An argument of a method: a parameter, a property of a flattened body, or (`wire` is "") the body itself."""

    name: str
    wire: str
    location: Location
    type: Type
    required: bool
    nullable: bool
    doc: Doc
    style: tuple[str, bool, bool] | None = None
    """Style, explode and allowReserved, where they are not the usual ones of its place."""


@dataclass(frozen=True, slots=True)
class Encoding:
    """How a member of a form, or a part, is written, where that is not the usual way; `style` is as for an argument."""

    wire: str
    style: tuple[str, bool, bool] | None = None
    content_type: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    """Headers of the part whose value the document fixes."""


@dataclass(frozen=True, slots=True)
class Body:
    """A media type that a body is sent as."""

    media_type: str
    family: str
    """How it is written: `json`, `form`, `multipart`, `text` …."""
    type: Type
    function: str | None
    """The validator; None for text and bytes, of which nothing is demanded."""
    encodings: tuple[Encoding, ...] = ()
    positions: tuple[Encoding, ...] = ()
    """Of the parts of an array, by their place; the last is for all further ones too."""
    uploads: tuple[str, ...] = ()
    """The wire names of the members that are files."""
    texts: tuple[str, ...] = ()
    """Those of them that may be text as well."""


@dataclass(frozen=True, slots=True)
class Content:
    """A media type that an answer comes as."""

    media_type: str
    type: Type
    function: str | None
    """The validator of its JSON; None where it is no JSON."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a status is answered with; `type` is `None` where there is no body."""

    status: str
    """Three digits, `4XX`, or `default`."""
    type: Type | None
    contents: tuple[Content, ...]
    """The preferred media type first."""
    error: str | None
    """The error that it is raised as; None where it is a success, or on the way to one."""
    text: str
    headers: tuple[tuple[str, str], ...] = ()
    """The headers that the document tells of, and what it says of each."""
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """What may be called with an answer."""

    name: str
    call: str
    """How the method is written: `client.users.get_user`; else what the document says of an operation of another one."""
    arguments: tuple[tuple[str, str], ...]
    """Each with its value, or a runtime expression (OpenAPI 3.2, section 4.20.3)."""
    body: str
    """The same for the body; "" where nothing is said."""
    text: str


@dataclass(frozen=True, slots=True)
class ErrorBody:
    """The body that the document promises for a status that is no success, by the class of the error."""

    error: str
    type: Type


@dataclass(frozen=True, slots=True)
class Variable:
    """A part of a server's URL that callers choose; `name` is the client's argument, if that has one for it."""

    name: str
    wire: str
    default: str
    values: tuple[str, ...] = ()
    """All that it may be; none where it may be anything."""
    doc: Doc = NO_DOC


@dataclass(frozen=True, slots=True)
class Server:
    """Where an API, or one operation, is served: a URL with its variables in braces, or a path for one of the base URL."""

    url: str
    variables: tuple[Variable, ...] = ()
    instead_of: str | None = None
    """The base URL that it takes the place of; None where there is none but the caller's own."""


StreamKind = Literal["events", "items"]
"""Server-sent events, or JSON values on lines or in a sequence."""


@dataclass(frozen=True, slots=True)
class Operation:
    """A method of the client, and the request that it makes."""

    name: str
    builder: str
    """The function that both twins share; its constant is the same name in upper case."""
    method: str
    path: str
    doc: Doc
    summary: str
    arguments: tuple[Argument, ...]
    flat: bool
    """Whether the arguments in the body are its properties."""
    bodies: tuple[Body, ...]
    """The media types of its body, the usual one first."""
    accept: str
    """The media types of its successes."""
    body_required: bool
    result: Type
    answers: tuple[Answer, ...]
    security: tuple[tuple[str, ...], ...]
    parameters_function: str | None
    secrets: tuple[str, ...]
    """The wire names of what is secret in its body."""
    server: Server | None
    """Where it is served, if that is elsewhere."""
    example: Mapping[str, Json]
    """An example value for each argument that a call needs, by its name."""
    idempotency: str = ""
    """The header of a key that makes a repetition harmless; "" where there is none."""
    pagination: Pagination | None = None
    """How its pages follow one another; None where it has none, or where that is not known."""
    stream: StreamKind | None = None
    """How what it gives comes, if that is many values one after another: its result is a list of them, and each content
    of a success is one. None where the answer is read as a whole."""
    fixed: tuple[tuple[str, Json], ...] = ()
    """The members of the body that are the same in every call, by their wire names."""


@dataclass(frozen=True, slots=True)
class Canned:
    """The operation, by the name of its builder, that the README shows how to test with, and what it is answered."""

    builder: str
    body: tuple[Json, ...]
    """A tuple of one; empty where there is no body."""


@dataclass(frozen=True, slots=True)
class Webhook:
    """A function that reads what the server sends of itself."""

    name: str
    subject: str
    """The webhook or callback, in words."""
    type: Type
    function: str | None
    """The validator of its JSON; None where it is no JSON, and read as text."""
    media_type: str
    summary: str
    doc: Doc


@dataclass(frozen=True, slots=True)
class Resource:
    """The operations of a tag: a class, and the client's attribute that holds it."""

    name: str
    twin: str
    """The class for `async` code."""
    responses: str
    """The class whose methods give whole answers."""
    twin_responses: str
    attribute: str
    doc: Doc
    operations: tuple[Operation, ...]


Kind = Literal["bearer", "basic", "apiKey", "http", "oauth2"]
"""A kind of credential; `http` is an HTTP authentication scheme of another name, `oauth2` the client credentials grant."""


@dataclass(frozen=True, slots=True)
class Credential:
    """A way to authenticate. `scheme` is its name in the document, `env` maps arguments to environment variables.

    `wire` is the name of an API key, or of an authentication scheme, or the URL of the token endpoint.
    """

    scheme: str
    kind: Kind
    arguments: tuple[str, ...]
    env: Mapping[str, str]
    wire: str = ""
    location: str = ""
    doc: Doc = NO_DOC
