"""Operations -> calls of them, as a README shows them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from specwright.emit.code import block, code, join, literal, name
from specwright.plan.ir import InputDict, ListOf, MapOf, Named, Scalar, UnionOf

if TYPE_CHECKING:
    from collections.abc import Mapping

    from specwright.emit.code import Code
    from specwright.plan.ir import Api, Json, Operation, Type

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


def _client(api: Api) -> Code:
    given = [
        code("{}={}", name(argument), literal(f"my-{argument.replace('_', '-')}"))
        for item in api.credentials[:1]
        for argument in item.arguments
    ]
    if api.server is None:
        given.append(code("base_url={}", literal("https://api.example.com")))
    return code("Client({})", join(", ", given))


@dataclass(frozen=True, slots=True)
class Known:
    """What calls of an API refer to: its inputs by name, and by the name of each builder what has the method."""

    inputs: Mapping[str, InputDict]
    holders: Mapping[str, str]


def known(api: Api) -> Known:
    """What calls of an API refer to."""
    return Known(
        {item.name: item for item in api.inputs if isinstance(item, InputDict)},
        {own.builder: f"client.{item.attribute}" for item in api.resources for own in item.operations},
    )


def call(operation: Operation, api: Known) -> Code:
    """A call with what it needs and no more."""
    inputs = api.inputs
    path = [argument for argument in operation.arguments if argument.location == "path"]
    rest = [argument for argument in operation.arguments if argument.location != "path" and argument.required]
    lines = [_value(operation.example.get(argument.name), argument.type, inputs, 1) for argument in path]
    lines += [
        code(
            "{}={}",
            name(argument.name),
            _value(operation.example.get(argument.name), argument.type, inputs, 1),
        )
        for argument in rest
    ]
    holder = api.holders.get(operation.builder, "client")
    answer = "" if operation.result == Scalar("none") else "answer = "
    whole = code("{}.{}({})", name(holder), name(operation.name), join(", ", lines))
    if len(whole) + len(answer) > WIDTH or "\n" in whole:
        whole = code(
            "{}.{}(\n{}\n)",
            name(holder),
            name(operation.name),
            block([code("{},", line) for line in lines], 1),
        )
    whole = code("answer = {}", whole) if answer else whole
    imports = [line for needed, line in IMPORTS if needed in whole]
    return join("\n", [*imports, code("\n{}", whole)]) if imports else whole


def _value(value: Json, type_: Type, inputs: Mapping[str, InputDict], depth: int) -> Code:
    """A value of the wire as a caller writes it."""
    match type_, value:
        case Scalar("upload" | "binary"), _:
            return code('b"content"')
        case Scalar(scalar), str() if scalar in READ:
            return code(READ[scalar], literal(value))
        case ((ListOf(item) | MapOf(item)), list()):
            return _broken("[{}]", [_value(part, item, inputs, depth + 1) for part in value], depth)
        case Named(identifier), dict() if identifier in inputs:
            types = {key.wire: key.type for key in inputs[identifier].keys}
            return _object(value, {key: types.get(key, Scalar("any")) for key in value}, inputs, depth)
        case MapOf(item), dict():
            return _object(value, dict.fromkeys(value, item), inputs, depth)
        case UnionOf(members), _:
            fitting = next(
                (member for member in members if isinstance(member, Named) and isinstance(value, dict)),
                members[0],
            )
            return _value(value, fitting, inputs, depth) if fitting != type_ else literal(value)
        case _, dict():
            return _object(value, dict.fromkeys(value, Scalar("any")), inputs, depth)
        case _:
            return literal(value)


def _object(
    value: Mapping[str, Json], types: Mapping[str, Type], inputs: Mapping[str, InputDict], depth: int
) -> Code:
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
