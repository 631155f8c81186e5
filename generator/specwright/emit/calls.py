"""Operations -> calls of them, as the README and docstrings show them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from specwright.emit.code import block, code, join, literal, name
from specwright.plan.ir import Alias, Choice, InputDict, ListOf, MapOf, Named, Scalar, TupleOf, UnionOf

if TYPE_CHECKING:
    from collections.abc import Mapping

    from specwright.emit.code import Code
    from specwright.plan.ir import Api, Credential, Input, Json, Operation, StreamKind, Type

    Inputs = Mapping[str, Input]

READ: Final = {
    "date": "dt.date.fromisoformat({})",
    "datetime": "dt.datetime.fromisoformat({})",
    "time": "dt.time.fromisoformat({})",
    "decimal": "Decimal({})",
    "uuid": "UUID({})",
}
"""How the Python value is made from what goes on the wire."""

IMPORTS: Final = (
    ("dt.", code("import datetime as dt")),
    ("Decimal(", code("from decimal import Decimal")),
    ("UUID(", code("from uuid import UUID")),
)
"""What a call imports if it holds that text."""

WIDTH: Final = 80


def start(api: Api) -> Code:
    """How a client is made."""
    return block(
        [code("from {} import Client\n", name(api.package.module)), code("client = {}", _client(api))]
    )


def program(
    operation: Operation, api: Api, variables: Mapping[str, str], base_url: str | None = None
) -> Code:
    """A whole program that calls an operation, with its credentials from those variables of the environment.

    `base_url` is where it is called, in place of what the document says.
    """
    imports, whole = _call(operation, known(api), wait=False)
    client = code("client = {}", _client(api, operation, variables, base_url))
    head = [*imports, code("from {} import Client", name(api.package.module))]
    return join("\n\n", [block(head), block([client, whole])])


def _client(
    api: Api,
    operation: Operation | None = None,
    variables: Mapping[str, str] = MappingProxyType({}),
    base_url: str | None = None,
) -> Code:
    given = [
        code("{}={}", name(argument), _credential(argument, variables))
        for item in _needed(api, operation)
        for argument in sufficient(item)
    ]
    if base_url is not None or api.server is None:
        given.append(code("base_url={}", literal(base_url or "https://api.example.com")))
    return _applied(code("Client"), given)


def sufficient(credential: Credential) -> tuple[str, ...]:
    """The arguments that are enough of a credential: a token spares asking for one."""
    return credential.arguments[:1] if credential.kind == "oauth2" else credential.arguments


def _credential(argument: str, variables: Mapping[str, str]) -> Code:
    if argument in variables:
        return code("os.environ[{}]", literal(variables[argument]))
    return literal(f"my-{argument.replace('_', '-')}")


def _needed(api: Api, only: Operation | None) -> list[Credential]:
    """The first credential, and those without which an operation could not be called; or what one alone needs."""
    schemes = {item.scheme for item in api.credentials}
    given = {item.scheme for item in api.credentials[:1]} if only is None else set[str]()
    every = (*api.operations, *(own for item in api.resources for own in item.operations))
    for operation in every if only is None else (only,):
        possible = [alternative for alternative in operation.security if schemes.issuperset(alternative)]
        if possible and not any(given.issuperset(alternative) for alternative in possible):
            given.update(possible[0])
    return [item for item in api.credentials if item.scheme in given]


@dataclass(frozen=True, slots=True)
class Known:
    """What calls of an API refer to: its inputs by name, and by the name of each builder what has the method."""

    inputs: Inputs
    holders: Mapping[str, str]


def known(api: Api) -> Known:
    """What calls of an API refer to."""
    return Known(
        {item.name: item for item in api.inputs},
        {own.builder: f"client.{item.attribute}" for item in api.resources for own in item.operations},
    )


def call(operation: Operation, api: Known, *, wait: bool = False) -> Code:
    """A call with what it needs and no more, in code that runs as it is; `wait` is for `async` code."""
    imports, whole = _call(operation, api, wait=wait)
    return join("\n", [*imports, code("\n{}", whole)]) if imports else whole


_EACH: Final[Mapping[StreamKind | None, str]] = {"events": "event", "items": "item", None: "item"}
"""What one of the values of a stream, or of pages, is called."""


def _call(operation: Operation, api: Known, *, wait: bool) -> tuple[list[Code], Code]:
    """What a call imports, and the call."""
    values = [
        (argument, _value(operation.example[argument.name], argument.type, api.inputs, 1))
        for argument in operation.arguments
        if argument.name in operation.example
    ]
    given = [value for argument, value in values if argument.location == "path"]
    given += [
        code("{}={}", name(argument.name), value) for argument, value in values if argument.location != "path"
    ]
    called = code("{}.{}", name(api.holders.get(operation.builder, "client")), name(operation.name))
    if operation.stream is not None or operation.pagination is not None:
        each = name(_EACH[operation.stream])
        loop = code("async for {} in" if wait else "for {} in", each)
        whole = code("{} {}:\n    print({})", loop, _applied(called, given), each)
    else:
        before = code("answer = " if operation.result != Scalar("none") else "")
        whole = _applied(code("{}await {}" if wait else "{}{}", before, called), given)
    return [line for needed, line in IMPORTS if needed in whole], whole


def _applied(function: Code, given: list[Code]) -> Code:
    """A call on one line, or where that is too long, with its arguments on one each."""
    whole = code("{}({})", function, join(", ", given))
    if len(whole) <= WIDTH and "\n" not in whole:
        return whole
    return code("{}(\n{}\n)", function, block([code("{},", part) for part in given], 1))


def _sent(operation: Operation) -> Code:
    """What a test may say of the request: the values in its path, where they are text, else what was called."""
    path = {each.wire: each for each in operation.arguments if each.location == "path"}
    if path and all(each.type == Scalar("str") and each.style is None for each in path.values()):
        values = {wire: operation.example[each.name] for wire, each in path.items()}
        return code("path == {}", literal(values))
    return code("operation == {}", literal(f"{operation.method} {operation.path}"))


def tested(api: Api, known: Known) -> Code:
    """A test of a call: what it is answered, and a look at what was sent."""
    every = (*api.operations, *(own for item in api.resources for own in item.operations))
    canned = api.canned
    operation = next(own for own in every if canned is not None and own.builder == canned.builder)
    title = literal(f"{operation.method} {operation.path}")
    body = [_value(value, _ANY, known.inputs, 2) for value in (canned.body if canned else ())]
    imports, whole = _call(replace(operation, pagination=None), known, wait=False)
    if operation.pagination is not None:
        whole = code("{}.first()", whole)
    lines = [
        _applied(code("server.answer"), [title, *body]),
        code("client = server.client()"),
        whole,
        code("assert server.requests[0].{}", _sent(operation)),
    ]
    head = [*imports, code("from {} import testing\n", name(api.package.module))]
    return block([*head, code("with testing.Server() as server:"), block(lines, 1)])


def _value(value: Json, type_: Type, inputs: Inputs, depth: int) -> Code:
    """A value of the wire as a caller writes it."""
    match told(type_, value, inputs), value:
        case Scalar("upload" | "binary"), _:
            return code('b"content"')
        case Scalar(scalar), str() if scalar in READ:
            return code(READ[scalar], literal(value))
        case ((ListOf(item) | MapOf(item)), list()):
            return _broken("[{}]", [_value(part, item, inputs, depth + 1) for part in value], depth)
        case TupleOf(items), list() if len(items) == len(value):
            parts = zip(value, items, strict=True)
            return _broken("[{}]", [_value(part, item, inputs, depth + 1) for part, item in parts], depth)
        case Named(identifier), dict() if isinstance(known := inputs.get(identifier), InputDict):
            types = {key.wire: key.type for key in known.keys}
            return _object(value, {key: types.get(key, _ANY) for key in value}, inputs, depth)
        case MapOf(item), dict():
            return _object(value, dict.fromkeys(value, item), inputs, depth)
        case _, dict():
            return _object(value, dict.fromkeys(value, _ANY), inputs, depth)
        case _, list():
            return _broken("[{}]", [_value(part, _ANY, inputs, depth + 1) for part in value], depth)
        case _:
            return literal(value)


_ANY: Final = Scalar("any")
_MOST_ALIASES: Final = 20
"""Names for names, and unions in unions; they may lead to each other in circles."""


def told(type_: Type, value: Json, inputs: Inputs, left: int = _MOST_ALIASES) -> Type:
    """The type that a value is written by, behind aliases, and of a union the member that it is of."""
    if not left:
        return _ANY
    match type_:
        case Named(identifier) if isinstance(known := inputs.get(identifier), Alias | Choice):
            return told(known.type, value, inputs, left - 1)
        case UnionOf(members):
            kinds = [told(member, value, inputs, left - 1) for member in members]
            return next((member for member in kinds if _takes(member, value, inputs)), _ANY)
        case _:
            return type_


def _takes(member: Type, value: Json, inputs: Inputs) -> bool:
    """Whether a member of a union is the one to write a value by."""
    match value, member:
        case dict(), Named(identifier) if isinstance(known := inputs.get(identifier), InputDict):
            required = {key.wire for key in known.keys if key.required}
            return required <= value.keys() <= {key.wire for key in known.keys}
        case dict(), MapOf():
            return True
        case list(), ListOf():
            return True
        case list(), TupleOf(items):
            return len(items) == len(value)
        case str(), Scalar(scalar):
            return scalar in {"str", *_UPLOADED} or (scalar in READ and _reads(scalar, value))
        case _:
            return False


_UPLOADED: Final = frozenset({"binary", "upload"})
"""What is given as bytes."""


def _reads(scalar: str, text: str) -> bool:
    """Whether a text may be of a scalar type, of those that unions tell apart by looking at it."""
    return bool(_LOOKS[scalar].fullmatch(text))


_LOOKS: Final = {
    "date": re.compile(r"\d{4}-\d\d-\d\d"),
    "datetime": re.compile(r"\d{4}-\d\d-\d\dT.*", re.IGNORECASE),
    "time": re.compile(r"\d\d:\d\d:\d\d.*"),
    "decimal": re.compile(r"-?\d+(?:\.\d+)?"),
    "uuid": re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE),
}


def _object(value: Mapping[str, Json], types: Mapping[str, Type], inputs: Inputs, depth: int) -> Code:
    items = [
        code("{}: {}", literal(key), _value(item, types[key], inputs, depth + 1))
        for key, item in value.items()
    ]
    return _broken("{{{}}}", items, depth)


def _broken(brackets: str, items: list[Code], depth: int) -> Code:
    """The items on one line, or where that is too long, on one each."""
    flat = code(brackets, join(", ", items))
    if len(flat) + 4 * depth + 12 <= WIDTH and "\n" not in flat:
        return flat
    return code(brackets, code("\n{}\n", block([code("{},", item) for item in items], 1)))
