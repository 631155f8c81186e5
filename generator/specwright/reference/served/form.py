"""What can be given for an operation, for a page to make a form of: an entry for each argument, and the types that they have.

Types that have a name are told of once, in `types`, so that those made of themselves end.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from specwright.plan.ir import (
    Alias,
    Choice,
    Doc,
    ExtraOf,
    InputDict,
    InputEnum,
    ListOf,
    Literals,
    MapOf,
    Named,
    Scalar,
    TupleOf,
    UnionOf,
)
from specwright.reference.prose import first_line
from specwright.runtime.text import sensitive

if TYPE_CHECKING:
    from collections.abc import Mapping

    from specwright.plan.ir import Api, Argument, Input, Key, Operation, ScalarName, Type

    Entry = dict[str, Any]

_KINDS: Final[Mapping[ScalarName, str]] = {
    "any": "json",
    "binary": "file",
    "bool": "boolean",
    "decimal": "number",
    "float": "number",
    "int": "integer",
    "none": "null",
    "upload": "file",
}
"""How a value is given; whatever is not here as text."""
_LOOKS: Final[Mapping[ScalarName, str]] = {
    "bytes": "Base64",
    "date": "2026-01-31",
    "datetime": "2026-01-31T12:00:00Z",
    "time": "12:00:00Z",
    "timedelta": "PT1H",
    "uuid": "00000000-0000-0000-0000-000000000000",
}
"""What a text looks like."""


def form(operation: Operation, api: Api) -> Entry:
    """The form of an operation, as JSON: `fields`, the `types` that their types name, and an `example` to fill it with."""
    inputs = {item.name: item for item in api.inputs}
    fields = [_argument(argument, operation) for argument in operation.arguments]
    named: dict[str, Entry] = {}
    waiting = [name for argument in operation.arguments for name in _names(argument.type)]
    while waiting:
        name = waiting.pop()
        if name in named:
            continue
        meant = inputs.get(name)
        named[name] = {"kind": "json"} if meant is None else _input(meant, operation)
        waiting += [] if meant is None else _below(meant)
    return {"fields": fields, "types": named, "example": dict(operation.example)}


def _argument(argument: Argument, operation: Operation) -> Entry:
    place = argument.location
    return {
        "name": argument.name,
        "label": argument.wire or argument.name,
        "place": "body" if place == "media_type" else place,
        "secret": _secret(argument.wire or argument.name, operation),
        **_said(argument),
    }


def _input(meant: Input, operation: Operation) -> Entry:
    match meant:
        case InputDict(keys=keys):
            extra = next((key.type.value for key in keys if isinstance(key.type, ExtraOf)), None)
            members = [_member(key, operation) for key in keys if not isinstance(key.type, ExtraOf)]
            return {"kind": "object", "fields": members, "extra": None if extra is None else _type(extra)}
        case InputEnum(values=values):
            return {"kind": "choice", "values": [*values]}
        case Alias(type=kind) | Choice(type=kind):
            return _type(kind)


def _member(key: Key, operation: Operation) -> Entry:
    return {
        "name": key.wire,
        "label": key.wire,
        "secret": _secret(key.wire, operation),
        **_said(key),
    }


def _secret(name: str, operation: Operation) -> bool:
    return name in operation.secrets or sensitive(name)


def _said(one: Argument | Key) -> Entry:
    """What an argument and a member of an object have alike."""
    doc: Doc = one.doc
    return {
        "type": _type(one.type),
        "required": one.required,
        "nullable": one.nullable,
        "text": first_line(doc.text),
        "deprecated": doc.deprecated,
        **({"default": doc.default[0]} if doc.default else {}),
    }


def _type(kind: Type) -> Entry:
    match kind:
        case Scalar(name):
            return {"kind": _KINDS.get(name, "text"), "looks": _LOOKS.get(name, "")}
        case Named(name):
            return {"kind": "named", "name": name}
        case Literals(values):
            return {"kind": "choice", "values": [*values]}
        case ListOf(item):
            return {"kind": "list", "item": _type(item)}
        case MapOf(value) | ExtraOf(value):
            return {"kind": "map", "value": _type(value)}
        case UnionOf(members):
            return {
                "kind": "union",
                "members": [{"label": _called(member), "type": _type(member)} for member in members],
            }
        case TupleOf():
            return {"kind": "json", "looks": "[…]"}


def _called(kind: Type) -> str:
    """What a member of a union is called, where one is chosen."""
    match kind:
        case Named(name):
            return name.removesuffix("Input")
        case Scalar(name):
            return {"str": "text", "none": "null", "any": "JSON"}.get(name, name)
        case Literals(values):
            return " | ".join(map(str, values))
        case ListOf(item):
            return f"list of {_called(item)}"
        case MapOf() | ExtraOf():
            return "object"
        case TupleOf():
            return "array"
        case UnionOf(members):
            return " or ".join(map(_called, members))


def _below(meant: Input) -> list[str]:
    """The names of the types in a type."""
    match meant:
        case InputDict(keys=keys):
            return [name for key in keys for name in _names(key.type)]
        case InputEnum():
            return []
        case Alias(type=kind) | Choice(type=kind):
            return _names(kind)


def _names(kind: Type) -> list[str]:
    match kind:
        case Named(name):
            return [name]
        case ListOf(inner) | MapOf(inner) | ExtraOf(inner):
            return _names(inner)
        case UnionOf(members) | TupleOf(members):
            return [name for member in members for name in _names(member)]
        case Scalar() | Literals():
            return []
