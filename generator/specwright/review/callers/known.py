"""What a piece of code is, so far as it is the package's: a client, a method, a class, a value of a type."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from specwright.plan.ir import (
    Choice,
    Enum,
    InputDict,
    InputEnum,
    ListOf,
    MapOf,
    Named,
    Struct,
)
from specwright.review.python.sides import Side
from specwright.review.python.types import NONE, UNSET, options, read, united

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specwright.plan import Plan
    from specwright.plan.ir import Input, Model, Type
    from specwright.review.python.sides import Method

MODULES: Final = ("client", "errors", "inputs", "models", "resources", "validators", "webhooks")
"""The public modules of a package."""

CLIENTS: Final = frozenset({"AsyncClient", "Client"})
SAME: Final = frozenset({"__aenter__", "__enter__", "with_options"})
"""What gives a client again."""


_OF_PAGES: Final = frozenset({"first", "pages"})


@dataclass(frozen=True, slots=True)
class Module:
    """The package, or a module of it by its name."""

    name: str = ""


@dataclass(frozen=True, slots=True)
class Class:
    """A class or an alias; `symbol` is as changes have it: `models.Settings`, `Client`."""

    symbol: str


@dataclass(frozen=True, slots=True)
class Client:
    """A client, for plain or for `async` code."""


@dataclass(frozen=True, slots=True)
class Resource:
    """An attribute of a client that has methods."""

    attribute: str


@dataclass(frozen=True, slots=True)
class Bound:
    """A method of a client or of a resource."""

    method: Method


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a type that an answer holds, or that is given."""

    type: Type


@dataclass(frozen=True, slots=True)
class Paged:
    """The pages of a method's answer."""

    page: Type
    item: Type


@dataclass(frozen=True, slots=True)
class Giving:
    """A method of a value, and what it gives."""

    type: Type


@dataclass(frozen=True, slots=True)
class Raised:
    """An error of the package that was caught: one of these classes."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Body:
    """The body of such an error, so far as it is as documented."""

    errors: tuple[str, ...]
    type: Type


@dataclass(frozen=True, slots=True)
class Own:
    """An object of a class of the user's own."""

    name: str


@dataclass(frozen=True, slots=True)
class Foreign:
    """Something that is surely not the package's: a module, a literal."""


Known = Module | Class | Client | Resource | Bound | Value | Paged | Giving | Raised | Body | Own | Foreign


class Package:
    """What the old package has, as callers name it."""

    def __init__(self, plan: Plan, module: str) -> None:
        self.module = module
        self._side = Side(plan)
        self._methods = {method.place: method for method in self._side.methods}
        self._resources = {item.attribute for item in plan.api.resources}
        self._bodies = {body.error: body.type for body in plan.api.error_bodies}
        self._classes: dict[str, str] = {
            **{f"webhooks.{item.name}": item.name for item in plan.api.webhooks},
            **{f"validators.{item.function}": item.function for item in plan.api.validators},
            **{f"client.{name}": name for item in plan.api.resources for name in (item.name, item.twin)},
            **{f"inputs.{name}": name for name in self._side.inputs},
            **{f"models.{name}": name for name in self._side.models},
        }
        self._by_name = {name: symbol for symbol, name in self._classes.items()}
        self._twins = {item.twin: item.name for item in plan.api.resources}

    def named(self, name: str, module: str = "") -> Known | None:
        """What a name of the package, or of a module of it, means."""
        if name in CLIENTS:
            return Class("Client") if module in {"", "client"} else None
        if not module and name in MODULES:
            return Module(name)
        symbol = self._by_name.get(name) if not module else f"{module}.{name}"
        if module == "resources":
            symbol = f"client.{name}"
        if symbol is None or symbol not in self._classes:
            return Class(f"{module or 'errors'}.{name}")
        plain = self._twins.get(name) if symbol.startswith("client.") else None
        return Class(f"client.{plain}" if plain else symbol)

    def type_named(self, symbol: str) -> Model | Input | None:
        """The model or input of a symbol."""
        module, _, name = symbol.partition(".")
        things = {"inputs": self._side.inputs, "models": self._side.models}.get(module, {})
        return things.get(name)

    def attribute(self, owner: Known, name: str) -> Known | None:
        """What an attribute gives; None where nobody knows."""
        match owner:
            case Module(module):
                return self.named(name, module)
            case Client():
                return self._of_client(name)
            case Resource(attribute):
                method = self._methods.get((attribute, name))
                return Bound(method) if method else None
            case Class(symbol):
                thing = self.type_named(symbol)
                return Value(Named(thing.name, "models")) if isinstance(thing, Enum) else None
            case Value(type_) | Body(type=type_):
                fields = [
                    Value(read(field))
                    for struct in self.structs(type_)
                    for field in struct.fields
                    if field.name == name
                ]
                return fields[0] if fields else None
            case Paged(page) if name in _OF_PAGES:
                return Giving(ListOf(page) if name == "pages" else page)
            case Raised(errors) if name == "body":
                bodies = [self._bodies[error] for error in errors if error in self._bodies]
                return Body(errors, united(bodies)) if bodies else None
            case _:
                return Foreign() if isinstance(owner, Foreign) else None

    def _of_client(self, name: str) -> Known | None:
        if name in self._resources:
            return Resource(name)
        method = self._methods.get((name,))
        if method is not None:
            return Bound(method)
        return Class("Client") if name in SAME else None

    def called(self, known: Known) -> Known | None:
        """What a call gives."""
        match known:
            case Class("Client"):
                return Client()
            case Class(symbol):
                thing = self.type_named(symbol)
                side = symbol.partition(".")[0]
                return Value(Named(thing.name, "inputs" if side == "inputs" else "models")) if thing else None
            case Bound(method):
                pages = method.operation.pagination
                result = method.operation.result
                return Value(result) if pages is None else Paged(result, pages.item)
            case Giving(type_):
                return Value(type_)
            case _:
                return None

    @staticmethod
    def awaited(known: Known | None) -> Known | None:
        """What waiting for something gives: for pages, the first."""
        return Value(known.page) if isinstance(known, Paged) else known

    def of_class(self, symbol: str) -> Known | None:
        """What is of a class, or of the type behind an alias."""
        module, _, name = symbol.partition(".")
        match module:
            case "models" | "inputs":
                return Value(Named(name, module))
            case "client":
                attributes = (item.attribute for item in self._side.api.resources if item.name == name)
                return next(map(Resource, attributes), None)
            case "errors" if name in self._bodies:
                return Raised((name,))
            case _:
                return None

    def structs(self, type_: Type) -> Iterator[Struct]:
        """The models that a value may be."""
        return (thing for thing in self._things(type_, "models") if isinstance(thing, Struct))

    def dicts(self, type_: Type) -> Iterator[InputDict]:
        """The inputs that a dict may be, where a value of that type is given."""
        return (thing for thing in self._things(type_, "inputs") if isinstance(thing, InputDict))

    def _things(self, type_: Type, module: str) -> Iterator[Model | Input]:
        """What of a module a value may be, choices followed."""
        for option in options(type_):
            if isinstance(option, Named) and option.module == module:
                thing = self.type_named(f"{module}.{option.name}")
                if isinstance(thing, Choice) and thing.type != type_:
                    yield from self._things(thing.type, module)
                elif thing is not None:
                    yield thing

    def key_type(self, type_: Type, key: str) -> Type | None:
        """The type of a key of the inputs that a dict may be."""
        found = [item.type for one in self.dicts(type_) for item in one.keys if item.wire == key]
        return united(found) if found else None

    def enums(self, type_: Type) -> Iterator[str]:
        """The enums and the choices of values that a value may be of, as symbols."""
        for option in options(type_):
            if isinstance(option, Named):
                thing = self.type_named(f"{option.module}.{option.name}")
                if isinstance(thing, Enum | InputEnum | Choice):
                    yield f"{option.module}.{option.name}"

    @staticmethod
    def item(known: Known | None) -> Known | None:
        """What iterating over a value, or an index of it, gives."""
        if isinstance(known, Paged):
            return Value(known.item)
        for option in _there(known):
            if isinstance(option, ListOf):
                return Value(option.item)
        return None

    @staticmethod
    def value(known: Known | None) -> Known | None:
        """What a key of a mapping gives."""
        for option in _there(known):
            if isinstance(option, MapOf):
                return Value(option.value)
        return None


def _there(known: Known | None) -> tuple[Type, ...]:
    """What a value may be, where it is there."""
    if not isinstance(known, Value):
        return ()
    return tuple(option for option in options(known.type) if option not in {NONE, UNSET})


def optional(known: Known | None) -> Known | None:
    """A value that is there."""
    rest = _there(known)
    return Value(united(rest)) if rest else known
