"""The operations and classes of openapi-python-client's package, each with what it is in ours.

Operations meet by method and path, and classes by the places where both packages use them: names need not agree.
"""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from specwright.plan.ir import (
    Alias,
    Choice,
    Enum,
    ExtraOf,
    InputDict,
    InputEnum,
    ListOf,
    MapOf,
    Named,
    Struct,
    UnionOf,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from specwright.migrate import before as old
    from specwright.plan.ir import Api, Argument, Input, Operation, Type

_PART: Final = re.compile(r"\{[^{}]*\}")
_NOTHING: Final = frozenset({"None", "Unset"})


@dataclass(slots=True)
class Class:
    """A class of the old package, and what it is in ours; None where it is nothing of the kind."""

    name: str
    struct: Struct | None = None
    """What answers hold."""
    input: InputDict | None = None
    """What is sent."""
    is_map: bool = False
    """Whether it is a plain mapping in ours."""
    values: Type | None = None
    """What that mapping holds."""
    enum: Enum | None = None


@dataclass(frozen=True, slots=True)
class Method:
    """An operation of both packages."""

    before: old.Operation
    operation: Operation
    place: tuple[str, ...]
    """The attributes that lead to it from a client: `books`, `get_book`."""
    arguments: Mapping[str, Argument]
    """By the name of the parameter before; without a body whose members are arguments."""
    members: Mapping[str, Argument]
    """The arguments that are members of the body, by their name on the wire."""


@dataclass(slots=True)
class Pairs:
    """All that both packages have, and of what only the old one has, why."""

    before: old.Package
    methods: dict[str, Method] = field(default_factory=dict[str, "Method"])
    """By the module: `books.get_book`."""
    classes: dict[str, Class] = field(default_factory=dict[str, "Class"])
    alone: dict[str, str] = field(default_factory=dict[str, str])
    """Modules of operations that ours does not have, with the reason."""


def pairs(before: old.Package, api: Api) -> Pairs:
    """What the old package has, with what it is in the package of a plan."""
    made = Pairs(before)
    pairing = _Pairing(made, api)
    by_line: dict[tuple[str, str], list[tuple[tuple[str, ...], Operation]]] = {}
    for place, operation in _operations(api):
        by_line.setdefault((operation.method, _PART.sub("{}", operation.path)), []).append((place, operation))
    for module, one in before.operations.items():
        every = by_line.get((one.method, one.path), [])
        found = [item for item in every if item[1].stream is None]
        if len(found) != 1:
            why = (
                "is several operations of the document"
                if found
                else "is answered with a stream, which is gone through now"
            )
            made.alone[module] = f"`{one.method} {one.path}` {why if every else 'is not in the document'}"
            continue
        (place, operation), *_ = found
        missing = pairing.method(one, place, operation)
        if missing:
            made.alone[module] = f"`{one.method} {one.path}` has no {missing} in the document"
    pairing.rest()
    return made


def _operations(api: Api) -> Iterator[tuple[tuple[str, ...], Operation]]:
    for operation in api.operations:
        yield (operation.name,), operation
    for resource in api.resources:
        for operation in resource.operations:
            yield (resource.attribute, operation.name), operation


class _Pairing:
    def __init__(self, made: Pairs, api: Api) -> None:
        self._made = made
        self._structs = {model.name: model for model in api.models}
        self._inputs: dict[str, Input] = {item.name: item for item in api.inputs}

    def method(self, before: old.Operation, place: tuple[str, ...], operation: Operation) -> str:
        """Pair an operation; what of it is missing, "" if nothing."""
        in_path = [argument for argument in operation.arguments if argument.location == "path"]
        order = {part[1:-1]: str(number) for number, part in enumerate(_PART.findall(operation.path))}
        by_wire = {
            (argument.location, _key(argument.location, argument.wire)): argument
            for argument in operation.arguments
        }
        objects = {
            argument.name.strip("_"): argument
            for argument in operation.arguments
            if argument.location == "query"
        }
        by_wire |= {("path", order.get(argument.wire, "")): argument for argument in in_path}
        arguments: dict[str, Argument] = {}
        for parameter in before.parameters:
            argument = by_wire.get((parameter.place, _key(parameter.place, parameter.wire)))
            if not parameter.wire and parameter.place == "query":
                argument = objects.get(parameter.name.strip("_"))
            if argument is not None:
                arguments[parameter.name] = argument
                self._pair(parameter.annotation, argument.type)
            elif parameter.place != "body" or not operation.bodies:
                return f"{parameter.place} parameter `{parameter.wire or parameter.name}`"
            else:
                for body in operation.bodies:
                    self._pair(parameter.annotation, body.type)
        for status, annotation in before.answers.items():
            for answer in operation.answers:
                if answer.status == status and answer.type is not None:
                    self._pair(annotation, answer.type)
        members = {
            argument.wire: argument
            for argument in operation.arguments
            if argument.location == "body" and argument.wire
        }
        self._made.methods[before.module] = Method(before, operation, place, arguments, members)
        return ""

    def rest(self) -> None:
        """Pair what no operation led to by its name, which both packages take from the document."""
        for name in (*self._made.before.models, *self._made.before.enums):
            if name not in self._made.classes:
                self._enter(name, Named(name, "models"))
                self._enter(name, Named(f"{name}Input", "inputs"))

    def _pair(self, annotation: ast.expr | None, type_: Type) -> None:
        if annotation is None:
            return
        before = [
            part for part in _parts(annotation) if not (isinstance(part, ast.Name) and part.id in _NOTHING)
        ]
        after = list(self._options(type_, ()))
        lists = [part for part in before if isinstance(part, ast.Subscript)]
        items = [part.item for part in after if isinstance(part, ListOf)]
        if len(lists) == 1 and len(items) == 1:
            self._pair(lists[0].slice, items[0])
        names = [part.id for part in before if isinstance(part, ast.Name)]
        things = [part for part in after if isinstance(part, Named | MapOf)]
        if len(names) == 1 and len(things) == 1:
            self._enter(names[0], things[0])
            return
        for name in names:
            for thing in things:
                if isinstance(thing, Named) and thing.name.removesuffix("Input") == name:
                    self._enter(name, thing)

    def _options(self, type_: Type, above: tuple[Type, ...]) -> Iterator[Type]:
        """What a value of a type may be: what is behind aliases and choices, each by itself."""
        thing = self._thing(type_) if isinstance(type_, Named) else None
        match type_:
            case UnionOf(members):
                for member in members:
                    yield from self._options(member, above)
            case Named() if isinstance(thing, Alias | Choice) and type_ not in above:
                yield from self._options(thing.type, (*above, type_))
            case ExtraOf():
                return
            case _:
                yield type_

    def _thing(self, type_: Named) -> object:
        return (self._inputs if type_.module == "inputs" else self._structs).get(type_.name)

    def _enter(self, name: str, type_: Named | MapOf) -> None:
        model = self._made.before.models.get(name)
        if model is None and name not in self._made.before.enums:
            return
        known = self._made.classes.setdefault(name, Class(name))
        if isinstance(type_, MapOf):
            if model is not None and not model.attributes:
                known.is_map, known.values = True, type_.value
            return
        match self._thing(type_):
            case Struct() as struct if model is not None and known.struct is None:
                known.struct = struct
                self._descend(model, {item.wire: item.type for item in struct.fields})
            case InputDict() as item if model is not None and known.input is None:
                known.input = item
                self._descend(model, {key.wire: key.type for key in item.keys})
            case Enum() as enum if model is None:
                known.enum = enum
            case InputEnum(enum=enum) if model is None:
                found = self._structs.get(enum)
                known.enum = found if isinstance(found, Enum) else None
            case _:
                return

    def _descend(self, model: old.Model, types: Mapping[str, Type]) -> None:
        for attribute in model.attributes.values():
            if attribute.wire in types:
                self._pair(attribute.annotation, types[attribute.wire])


def _key(place: str, wire: str) -> str:
    """The name of a parameter, so far as its case matters (RFC 9110, section 5.1)."""
    return wire.lower() if place == "header" else wire


def _parts(annotation: ast.expr) -> Iterator[ast.expr]:
    """The alternatives of an annotation."""
    match annotation:
        case ast.BinOp(left=left, op=ast.BitOr(), right=right):
            yield from (*_parts(left), *_parts(right))
        case ast.Constant(value=str(text)):
            yield from _parts(ast.parse(text, mode="eval").body)
        case ast.Constant(value=None):
            return
        case _:
            yield annotation
