"""What will be written, in Python's terms: frozen values without behaviour, read with `match`.

Fields called `name`, `attribute`, `constant`, `function` and `twin` hold identifiers decided by `plan.names`; every
other string is text of the document, and becomes code only through the doors of `emit.code`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]
"""Decoded JSON."""

Direction = Literal["request", "response"]
"""Who sends a value: the caller, or the server."""

# --- types: how a value is written in an annotation -------------------------------------------------------------

ScalarName = Literal[
    "any",
    "binary",
    "bool",
    "bytes",
    "date",
    "datetime",
    "decimal",
    "float",
    "int",
    "none",
    "str",
    "time",
    "timedelta",
    "upload",
    "uuid",
]


@dataclass(frozen=True, slots=True)
class Scalar:
    """A type of Python's own; `none` is JSON's null, `upload` a file in a body of parts, `binary` a body of bytes."""

    name: ScalarName


@dataclass(frozen=True, slots=True)
class Named:
    """A class or an alias of the generated package."""

    name: str
    module: Literal["models", "inputs"]


@dataclass(frozen=True, slots=True)
class ListOf:
    """A JSON array whose items are alike."""

    item: Type


@dataclass(frozen=True, slots=True)
class TupleOf:
    """A JSON array of a fixed length, each of whose items has a type of its own."""

    items: tuple[Type, ...]


@dataclass(frozen=True, slots=True)
class MapOf:
    """A JSON object whose keys are free and whose values are alike."""

    value: Type


@dataclass(frozen=True, slots=True)
class ExtraOf:
    """Members that callers send beside those that have keys of their own; their values are alike."""

    value: Type


@dataclass(frozen=True, slots=True)
class Literals:
    """A choice of constants."""

    values: tuple[str | int | bool, ...]


@dataclass(frozen=True, slots=True)
class UnionOf:
    """One of several types, in the order of the document."""

    members: tuple[Type, ...]


Type = Scalar | Named | ListOf | TupleOf | MapOf | ExtraOf | Literals | UnionOf


# --- documentation ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Doc:
    """What the document says of a thing, in its own words, and its marks."""

    text: str = ""
    read_only: bool = False
    write_only: bool = False
    deprecated: bool = False
    default: tuple[Json, ...] = ()
    """The documented default as a tuple of one, since `None` is a default too."""


# --- models: what answers hold ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Field:
    """An attribute of a `Struct`."""

    name: str
    wire: str
    type: Type
    required: bool
    nullable: bool
    secret: bool
    doc: Doc


@dataclass(frozen=True, slots=True)
class Struct:
    """An object with known properties. `twin` is the input type that `.as_input()` gives, if callers can send it.

    `extra` is the type of what else it may hold; None where the document does not say that it may.
    """

    name: str
    wire: str
    fields: tuple[Field, ...]
    twin: str | None
    doc: Doc
    extra: Type | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """A value of an `Enum`."""

    name: str
    value: str | int
    text: str = ""


@dataclass(frozen=True, slots=True)
class Enum:
    """A choice of texts or of integers; open in answers."""

    name: str
    wire: str
    base: Literal["str", "int"]
    members: tuple[Member, ...]
    doc: Doc


@dataclass(frozen=True, slots=True)
class Alias:
    """Another name for a type."""

    name: str
    wire: str
    type: Type
    doc: Doc


@dataclass(frozen=True, slots=True)
class Choice:
    """A type that msgspec can't decode by itself: members of one JSON type, or a type that is made of itself.

    `tag` is the property whose value tells which member is meant, and `tagged` are the values with what they mean.
    """

    name: str
    wire: str
    type: Type
    doc: Doc
    tag: str | None = None
    tagged: tuple[tuple[str | int, str], ...] = ()


Model = Struct | Enum | Choice | Alias


# --- inputs: what callers send ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Key:
    """A key of an `InputDict`: the name on the wire."""

    wire: str
    type: Type
    required: bool
    nullable: bool
    doc: Doc


@dataclass(frozen=True, slots=True)
class InputDict:
    """An object as callers write it: a TypedDict."""

    name: str
    wire: str
    keys: tuple[Key, ...]
    doc: Doc


@dataclass(frozen=True, slots=True)
class InputEnum:
    """The values of `enum` that may be sent: its members, or their values written out."""

    name: str
    enum: str
    values: tuple[str | int, ...]


Input = InputDict | InputEnum | Choice | Alias


# --- checks: what a validator demands ---------------------------------------------------------------------------

JsonType = Literal["array", "boolean", "integer", "null", "number", "object", "string"]


@dataclass(frozen=True, slots=True)
class StringChecks:
    """What a string must meet (JSON Schema Validation 2020-12, sections 6.3 and 7); lengths in characters."""

    min_length: int | None = None
    max_length: int | None = None
    format: str | None = None


@dataclass(frozen=True, slots=True)
class NumberChecks:
    """What a number must meet (JSON Schema Validation 2020-12, section 6.2)."""

    minimum: float | None = None
    maximum: float | None = None
    exclusive_minimum: float | None = None
    exclusive_maximum: float | None = None
    multiple_of: float | None = None


@dataclass(frozen=True, slots=True)
class ArrayChecks:
    """What an array must meet (JSON Schema Validation 2020-12, section 6.4; Core, section 10.3.1).

    `first` are what the first items must meet, `items` the others.
    """

    first: tuple[Checks, ...] = ()
    items: Checks | None = None
    min_items: int | None = None
    max_items: int | None = None
    unique: bool = False


@dataclass(frozen=True, slots=True)
class PropertyChecks:
    """What the property `wire` must meet if it is there; `refused` says why it must not be there."""

    wire: str
    checks: Checks
    required: bool
    refused: Literal["readOnly", "writeOnly"] | None = None


@dataclass(frozen=True, slots=True)
class ObjectChecks:
    """What an object must meet (JSON Schema Validation 2020-12, section 6.5; Core, section 10.3.2).

    `extra` is what undeclared properties must meet: `None` lets all pass, `False` none; `constant` is the module's name
    for the set of those that are declared. Those that are checked `apart`, by other functions, are declared too.
    """

    properties: tuple[PropertyChecks, ...] = ()
    apart: tuple[str, ...] = ()
    extra: Checks | Literal[False] | None = None
    constant: str | None = None
    min_properties: int | None = None
    max_properties: int | None = None


@dataclass(frozen=True, slots=True)
class Checks:
    """What a value must meet: the keywords of one schema, grouped by the JSON type they speak of.

    `types` is `None` where every type will do; `values` are those of `enum` or `const`, which the module `constant`
    holds if they have a name. `functions` are validators
    that must hold too; those of `any_of`, `one_of` and `none_of` are tried; `all_of` are demands that could not be
    fused.
    """

    types: tuple[JsonType, ...] | None = None
    values: tuple[Json, ...] | None = None
    constant: str | None = None
    string: StringChecks | None = None
    number: NumberChecks | None = None
    array: ArrayChecks | None = None
    object: ObjectChecks | None = None
    functions: tuple[str, ...] = ()
    all_of: tuple[Checks, ...] = ()
    any_of: tuple[str, ...] = ()
    one_of: tuple[str, ...] = ()
    none_of: tuple[str, ...] = ()
    secret: bool = False


@dataclass(frozen=True, slots=True)
class Validator:
    """A function that lists what is wrong with a value; `same_as` is another that demands the same."""

    function: str
    subject: str
    checks: Checks
    same_as: str | None = None


# --- operations -------------------------------------------------------------------------------------------------

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
    statuses: tuple[str, ...]
    type: Type


@dataclass(frozen=True, slots=True)
class Variable:
    """A part of a server's URL that callers choose; `name` is the client's argument, if that has one for it."""

    name: str
    wire: str
    default: str
    values: tuple[str, ...] = ()
    """All that it may be; none where it may be anything."""
    doc: Doc = Doc()


@dataclass(frozen=True, slots=True)
class Server:
    """Where an API, or one operation, is served: a URL with its variables in braces, or a path for one of the base URL."""

    url: str
    variables: tuple[Variable, ...] = ()
    instead_of: str | None = None
    """The base URL that it takes the place of; None where there is none but the caller's own."""


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
    attribute: str
    doc: Doc
    operations: tuple[Operation, ...]


Kind = Literal["bearer", "basic", "apiKey", "http"]
"""A kind of credential; `http` is an HTTP authentication scheme of another name."""


@dataclass(frozen=True, slots=True)
class Credential:
    """A way to authenticate. `scheme` is its name in the document, `env` maps arguments to environment variables.

    `wire` is the name of an API key, or of an authentication scheme.
    """

    scheme: str
    kind: Kind
    arguments: tuple[str, ...]
    env: Mapping[str, str]
    wire: str = ""
    location: str = ""
    doc: Doc = Doc()


# --- the whole --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Package:
    """The distribution: what goes into its metadata and its README."""

    distribution: str
    module: str
    version: str
    title: str
    doc: Doc
    summary: str


LayoutKind = Literal["modules", "folders"]
"""`models.py`, `inputs.py` and `validators.py`, or a folder of each of these names with a module for each schema."""


@dataclass(frozen=True, slots=True)
class Layout:
    """How a package is laid out.

    `homes` is empty for modules. For folders it has, by its name in Python, the module that each model, input, validator
    and resource is in; the model, the input and the validators of a schema are in modules of one name.
    """

    kind: LayoutKind = "modules"
    homes: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True)
class Api:
    """Everything that will be written."""

    package: Package
    server: Server | None
    """None where callers have to say where it is."""
    credentials: tuple[Credential, ...]
    operations: tuple[Operation, ...]
    """Operations without a tag: methods of the client itself."""
    resources: tuple[Resource, ...]
    models: tuple[Model, ...]
    inputs: tuple[Input, ...]
    validators: tuple[Validator, ...]
    error_bodies: tuple[ErrorBody, ...]
    webhooks: tuple[Webhook, ...] = ()
