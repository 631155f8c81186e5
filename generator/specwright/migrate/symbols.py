"""What the names of a code base stand for: things of the old package, functions and classes of its own, or values."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Literal

from specwright.migrate.cells import Cell

if TYPE_CHECKING:
    from collections.abc import Mapping

    from specwright.migrate import before as old
    from specwright.migrate.sites import Runs

Function = Literal["asyncio", "asyncio_detailed", "sync", "sync_detailed"]

FUNCTIONS: Final[Mapping[str, Function]] = {
    "asyncio": "asyncio",
    "asyncio_detailed": "asyncio_detailed",
    "sync": "sync",
    "sync_detailed": "sync_detailed",
}


RAISED: Final[Mapping[str, str]] = {
    "HTTPError": "TransportError",
    "RequestError": "TransportError",
    "TimeoutException": "RequestTimeout",
    "TransportError": "TransportError",
}
"""Errors of httpx, by what a client raises in just those cases now."""
_BROKEN: Final = "a `TransportError` that is no `RequestTimeout`"
NARROWER: Final[Mapping[str, str]] = {
    "CloseError": _BROKEN,
    "ConnectError": "a `TransportError` that is no `RequestTimeout`, with `not error.maybe_sent`",
    "ConnectTimeout": "a `RequestTimeout` with `not error.maybe_sent`",
    "DecodingError": _BROKEN,
    "HTTPStatusError": "a `StatusError`",
    "InvalidURL": "a `ValueError`",
    "LocalProtocolError": _BROKEN,
    "NetworkError": _BROKEN,
    "PoolTimeout": "a `RequestTimeout` with `not error.maybe_sent`",
    "ProtocolError": _BROKEN,
    "ProxyError": _BROKEN,
    "ReadError": _BROKEN,
    "ReadTimeout": "a `RequestTimeout` with `error.maybe_sent`",
    "RemoteProtocolError": _BROKEN,
    "TooManyRedirects": "a `Redirect`",
    "UnsupportedProtocol": "a `TransportError` that is not `transient`",
    "WriteError": _BROKEN,
    "WriteTimeout": "a `RequestTimeout` with `error.maybe_sent`",
}
"""Those that have no class of their own now, by what is raised in such cases and in others."""
SENDING: Final = frozenset(
    {"AsyncClient", "Client", "delete", "get", "head", "options", "patch", "post", "put", "request", "stream"}
)
"""What of httpx sends something."""


@dataclass(frozen=True, slots=True)
class Import:
    """A name that an import statement binds. `statement` and `alias` are nodes of libcst, known by their identity."""

    statement: Any = field(repr=False, compare=False)
    alias: Any = field(repr=False, compare=False)
    bound: str


@dataclass(frozen=True, slots=True)
class Symbol:
    """Something that is imported, by its full name; `by` is None for what Python has without an import."""

    path: str
    by: Import | None = None


@dataclass(frozen=True, slots=True)
class Called:
    """A function of an operation."""

    module: str
    function: Function


@dataclass(frozen=True, slots=True)
class Thing:
    """Something else of the old package. `name` is that of a class of `models`, with a method or member of it in `part`."""

    what: Literal["class", "client", "error", "file", "response", "unset", "Unset"]
    name: str = ""
    part: str = ""


Target = Called | Thing

_SHARED: Final[Mapping[str, Thing]] = {
    "Client": Thing("client", "Client"),
    "AuthenticatedClient": Thing("client", "AuthenticatedClient"),
    "client.Client": Thing("client", "Client"),
    "client.AuthenticatedClient": Thing("client", "AuthenticatedClient"),
    "errors.UnexpectedStatus": Thing("error"),
    "types.File": Thing("file"),
    "types.Response": Thing("response"),
    "types.UNSET": Thing("unset"),
    "types.Unset": Thing("Unset"),
}


def is_of(package: str, path: str) -> bool:
    """Whether a full name is of the old package, wherever that is: its own parts are those behind its name."""
    return package in path.split(".")


def target(package: old.Package, path: str) -> Target | None:
    """What of the old package a full name means; None for a module, and for what is not of it."""
    parts = path.split(".")
    if package.name not in parts:
        return None
    rest = parts[parts.index(package.name) + 1 :]
    match rest:
        case ["api", *module, function] if ".".join(module) in package.operations and function in FUNCTIONS:
            return Called(".".join(module), FUNCTIONS[function])
        case ["models", *inner]:
            known = next((number for number, part in enumerate(inner) if _is_class(package, part)), None)
            if known is not None and len(inner) - known <= 2:  # noqa: PLR2004 - a class and a part of it
                return Thing("class", inner[known], "".join(inner[known + 1 :]))
            return None
        case _:
            return _SHARED.get(".".join(rest))


def _is_class(package: old.Package, name: str) -> bool:
    return name in package.models or name in package.enums


@dataclass(slots=True, eq=False)
class Own:
    """A function of the code base, by its arguments and what it gives."""

    name: str
    arguments: dict[str, Cell]
    positional: tuple[str, ...]
    result: Cell
    is_async: bool
    is_generator: bool
    is_property: bool = False
    is_called: bool = False
    runs: Runs | None = None
    """What its body does, once that was walked through."""


@dataclass(slots=True, eq=False)
class OwnClass:
    """A class of the code base: its methods, and the values that its objects have."""

    name: str
    methods: dict[str, Own] = field(default_factory=dict[str, Own])
    attributes: dict[str, Cell] = field(default_factory=dict[str, Cell])
    annotated: list[str] = field(default_factory=list[str])
    """What a class that is made by a decorator takes, in that order."""

    def attribute(self, name: str) -> Cell:
        """The values of an attribute."""
        return self.attributes.setdefault(name, Cell())


@dataclass(slots=True, eq=False)
class Reference:
    """A place where something of the old package is used, which has to become something else.

    `node` is of libcst. `role` is how it is used, "" where nobody knows; `cell` is what is known of the values there, and
    `about` the values that are asked whether they are of the class.
    """

    node: Any = field(repr=False)
    target: Target
    by: Import | None
    role: Literal[
        "", "annotation", "call", "construct", "enum", "except", "instance", "make", "test", "value"
    ] = ""
    cell: Cell | None = None
    about: Cell | None = None


Meaning = Cell | Symbol | Reference | Own | OwnClass
