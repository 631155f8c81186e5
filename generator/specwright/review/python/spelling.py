"""How parts of the public API are written, each on one line: as the package has them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from specwright.emit.code import literal
from specwright.emit.filters.client import TWINS, arguments, base_url, variables
from specwright.emit.filters.models import enum_base, field, key
from specwright.emit.filters.operations import keywords, parameter, positional
from specwright.emit.filters.paging import returns
from specwright.emit.types import Scope
from specwright.plan.ir import Alias, Choice, Enum, ExtraOf, InputDict, InputEnum, Literals, Struct
from specwright.runtime.model import EXTRA

if TYPE_CHECKING:
    from specwright.plan.ir import (
        Api,
        Argument,
        Field,
        Input,
        Key,
        Member,
        Model,
        Operation,
        Type,
        Webhook,
    )
    from specwright.review.python.types import Side

LONGEST: Final = 240
"""Characters of a line; what is longer is cut, since it is for people to read."""


def cut(text: str) -> str:
    """The text, as far as people read it."""
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def annotation(type_: Type, side: Side) -> str:
    """A type."""
    return cut(Scope(side).spell(type_))


def argument(item: Argument) -> str:
    """An argument of a method, with its default."""
    return cut(parameter(item, (), TWINS[0]))


def signature(operation: Operation, symbol: str) -> str:
    """How a method is called, without the options that every method takes: `Client.pets.get(id: str) -> Pet`."""
    by_name = [argument(item) for item in keywords(operation)]
    given = [*map(argument, positional(operation)), *(["*", *by_name] if by_name else [])]
    return f"{symbol}({', '.join(given)}) -> {returned(operation)}"


def returned(operation: Operation) -> str:
    """What a method returns: the answer, its pages, or a stream."""
    return cut(returns(operation, TWINS[0]))


def reader(webhook: Webhook) -> str:
    """The first line of the function that reads a webhook."""
    return f"def {webhook.name}(body: bytes | str) -> {annotation(webhook.type, 'models')}"


def client_arguments(api: Api) -> dict[str, str]:
    """Each argument of the client as it is written, by its name."""
    written = [*arguments(api.credentials, TWINS[0]), *variables(api)]
    return {text.partition(":")[0]: cut(text) for text in (*written, base_url(api))}


def attribute(item: Field, struct: Struct) -> str:
    """A field of a model, with its default."""
    if item.wire == EXTRA:
        return cut(f"{item.name}: {annotation(item.type, 'models')} = {{}}")
    return cut(f"{item.name}: {field(item, struct)}")


def keyed(item: Key) -> str:
    """A key of an input."""
    if isinstance(item.type, ExtraOf):
        return f"**{item.wire}: {annotation(item.type.value, 'inputs')}"
    return cut(f"{item.wire}: {key(item)}")


def member(item: Member) -> str:
    """A member of an enum."""
    return cut(f"{item.name} = {literal(item.value)}")


def value(item: str | int) -> str:
    """A value that may be sent."""
    return cut(literal(item))


def first_line(thing: Model | Input, side: Side) -> str:
    """How a class or an alias begins."""
    match thing:
        case Struct(name=name):
            return f"class {name}(Model)"
        case Enum(name=name):
            return f"class {name}({enum_base(thing)})"
        case InputDict(name=name):
            return f"class {name}(TypedDict)"
        case InputEnum(name=name, enum=enum, values=values):
            return cut(f"{name} = {enum} | {annotation(Literals(values), 'inputs')}")
        case Choice(name=name, type=type_) | Alias(name=name, type=type_):
            return cut(f"{name} = {annotation(type_, side)}")
