"""JSON as a caller of the generated package writes it: by the annotations of its methods and input types.

A value that no annotation has room for is a fault of the package: a type checker would refuse the caller's code.
"""

from __future__ import annotations

import builtins
import datetime as dt
import inspect
import os
import types
import typing
from collections.abc import Mapping, Sequence
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING, Any, Final, Literal, NotRequired, Required, Union, get_args, get_origin
from uuid import UUID

from sweeps.meaning import content, duration

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class UnfitError(Exception):
    """A value does not fit an annotation."""


class Annotations:
    """Evaluates the annotations of a package, whatever of it is imported only for type checkers."""

    def __init__(self, package: str) -> None:
        self._package = package
        self._modules = [
            __import__(f"{package}.{name}", fromlist=["*"])
            for name in (
                "inputs",
                "models",
                "_runtime.types",
                "_runtime.extra",
                "_runtime.pages",
                "_runtime.streams",
                "_runtime.uploads",
                "_runtime",
            )
        ]
        self._hints: dict[Any, dict[str, Any]] = {}

    def of(self, subject: Any) -> dict[str, Any]:
        """The annotations of a function or class."""
        if subject not in self._hints:
            self._hints[subject] = {
                name: self.evaluated(written, subject)
                for name, written in inspect.get_annotations(subject).items()
            }
        return self._hints[subject]

    def evaluated(self, written: Any, subject: Any) -> Any:
        """What an annotation in the module of `subject` means."""
        if isinstance(written, typing.ForwardRef):
            written = written.__forward_arg__
        if not isinstance(written, str):
            return written
        home = vars(inspect.getmodule(subject)) if inspect.getmodule(subject) else {}
        return eval(written, {}, _Names([home, *map(_Attributes, self._modules)]))  # noqa: S307  # our own text


class _Attributes(Mapping[str, Any]):
    """The attributes of a module, those too that it makes when they are asked for."""

    def __init__(self, module: types.ModuleType) -> None:
        self._module = module

    def __getitem__(self, name: str) -> Any:
        try:
            return getattr(self._module, name)
        except AttributeError:
            raise KeyError(name) from None

    def __iter__(self) -> Iterator[str]:
        return iter(dir(self._module))

    def __len__(self) -> int:
        return len(dir(self._module))


class _Names(dict[str, Any]):
    """The names of several modules, the first that has one counting."""

    def __init__(self, homes: list[Mapping[str, Any]]) -> None:
        super().__init__()
        self._homes = homes

    def __missing__(self, name: str) -> Any:
        for home in self._homes:
            if name in home:
                return home[name]
        for module in (typing, builtins, _COMMON):
            if hasattr(module, name):
                return getattr(module, name)
        raise KeyError(name)


# What generated modules import for type checkers only, and under these names.
_COMMON: Final = types.SimpleNamespace(
    dt=dt, Decimal=Decimal, UUID=UUID, Sequence=Sequence, Mapping=Mapping, _list=list, _str=str, _int=int, _dict=dict,
    _float=float, _bool=bool, _bytes=bytes, _object=object,
)  # fmt: skip


class Caller:
    """Turns JSON into the arguments of a package."""

    def __init__(self, package: str) -> None:
        self.annotations = Annotations(package)

    def python(self, value: Any, hint: Any, subject: Any) -> Any:
        """`value` as the annotation `hint`, which stands in `subject`, wants it.

        Raises:
            UnfitError: It has no room for it.
        """
        hint = self.annotations.evaluated(hint, subject)
        if isinstance(hint, typing.TypeAliasType if hasattr(typing, "TypeAliasType") else ()):
            return self.python(value, hint.__value__, subject)
        origin = get_origin(hint)
        if hint is Any or hint is object or hint is inspect.Parameter.empty:
            return value
        if origin in {Union, types.UnionType}:
            return self._union(value, get_args(hint), subject)
        if origin in {NotRequired, Required}:
            return self.python(value, get_args(hint)[0], subject)
        if origin is Literal:
            return _one_of(value, get_args(hint))
        if typing.is_typeddict(hint):
            return self._members(value, hint)
        if origin is not None:
            return self._container(value, origin, get_args(hint), subject)
        return _leaf(value, hint)

    def _union(self, value: Any, members: tuple[Any, ...], subject: Any) -> Any:
        if isinstance(value, str) and any(
            (get_origin(member) or member) is os.PathLike for member in members
        ):
            return value.encode()  # a file, by its content
        # Text is the last resort: where a type of Python's own is offered too, callers give that.
        faults: list[str] = []
        for member in sorted(members, key=lambda member: member is str):
            try:
                return self.python(value, member, subject)
            except UnfitError as fault:
                faults.append(str(fault))
        raise UnfitError(" / ".join(faults)[:400])

    def _members(self, value: Any, kind: Any) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise UnfitError(f"{value!r:.60} is no {kind.__name__}")
        hints = self.annotations.of(kind)
        made: dict[str, Any] = {}
        rest = {key: item for key, item in value.items() if key not in hints}
        extra = next(((key, hint) for key, hint in hints.items() if _is_extra(hint)), None)
        if missing := [key for key, hint in hints.items() if _demanded(kind, key, hint) and key not in value]:
            raise UnfitError(f"{kind.__name__} demands {missing[0]}")
        if rest and extra is not None:
            made[extra[0]] = self.surplus(rest, extra[1], kind)
        elif rest:
            raise UnfitError(f"{kind.__name__} has no key for {next(iter(rest))}")
        for key, item in value.items():
            if key in hints:
                try:
                    made[key] = self.python(item, hints[key], kind)
                except UnfitError as fault:
                    raise UnfitError(f"{kind.__name__}[{key}]: {fault}"[:400]) from None
        return made

    def surplus(self, rest: dict[str, Any], hint: Any, subject: Any) -> Any:
        """Members without names of their own, as the annotation `hint` wants them."""
        kind = _extra_kind(hint)
        (item,) = get_args(kind) or (Any,)
        made = (get_origin(kind) or kind)()
        made.update({key: self.python(value, item, subject) for key, value in rest.items()})
        return made

    def _container(self, value: Any, origin: Any, arguments: tuple[Any, ...], subject: Any) -> Any:
        if origin is tuple and isinstance(value, list):
            if len(arguments) == 2 and arguments[1] is ...:  # noqa: PLR2004 - `tuple[T, ...]`
                return tuple(self.python(item, arguments[0], subject) for item in value)
            if len(arguments) != len(value):
                raise UnfitError(f"{len(value)} items for a tuple of {len(arguments)}")
            return tuple(self.python(*pair, subject) for pair in zip(value, arguments, strict=True))
        if issubclass(origin, Mapping):
            if not isinstance(value, dict):
                raise UnfitError(f"{value!r:.60} is no object")
            return {key: self.python(item, arguments[1], subject) for key, item in value.items()}
        if not isinstance(value, list):
            raise UnfitError(f"{value!r:.60} is no array")
        return [self.python(item, arguments[0], subject) for item in value]


def _is_extra(hint: Any) -> bool:
    return _extra_kind(hint) is not None


def _extra_kind(hint: Any) -> Any:
    """`ExtraItems[…]` of an annotation, if that is what it is."""
    if getattr(get_origin(hint) or hint, "__name__", "") == "ExtraItems":
        return hint
    if get_origin(hint) in {Union, types.UnionType, NotRequired, Required}:
        return next(filter(None, map(_extra_kind, get_args(hint))), None)
    return None


def extra_hint(hints: dict[str, Any]) -> tuple[str, Any] | None:
    """The argument that takes members without a name of their own, if there is one."""
    return next(((name, hint) for name, hint in hints.items() if _is_extra(hint)), None)


def _demanded(kind: Any, key: str, hint: Any) -> bool:
    return key in kind.__required_keys__ and get_origin(hint) is not NotRequired and not _is_extra(hint)


def _one_of(value: Any, members: tuple[Any, ...]) -> Any:
    for member in members:
        if member == value and isinstance(member, bool) == isinstance(value, bool):
            return member
    raise UnfitError(f"{value!r:.60} is none of {members!r:.100}")


def _leaf(value: Any, kind: Any) -> Any:
    if kind is None or kind is type(None):
        if value is None:
            return None
        raise UnfitError(f"{value!r:.60} is not null")
    if isinstance(kind, type) and issubclass(kind, Enum):
        if any(member.value == value for member in kind):
            return kind(value)
        raise UnfitError(f"{value!r:.60} is no {kind.__name__}")
    made = _LEAVES.get(kind)
    if made is None:
        raise UnfitError(f"{getattr(kind, '__name__', kind)} is nothing that JSON is given as")
    accepts, read = made
    if isinstance(value, bool) is not (kind is bool) or not isinstance(value, accepts):
        raise UnfitError(f"{value!r:.60} is no {kind.__name__}")
    try:
        return read(value)
    except (ValueError, ArithmeticError):
        raise UnfitError(f"{value!r:.60} is no {kind.__name__}") from None


def _whole(value: float) -> int:
    if value != int(value):
        raise ValueError(value)
    return int(value)


def _time(text: str) -> dt.time:
    return dt.time.fromisoformat(text.upper())


def _moment(text: str) -> dt.datetime:
    if len(text) < len("2024-01-01T00:00"):
        raise ValueError(text)
    return dt.datetime.fromisoformat(text.upper())


def _same(value: Any) -> Any:
    return value


_LEAVES: Final[dict[type, tuple[Any, Callable[[Any], Any]]]] = {
    bool: (bool, _same),
    bytes: (str, content),
    Decimal: ((int, float, str), lambda value: Decimal(str(value))),
    dict: (dict, _same),
    dt.date: (str, dt.date.fromisoformat),
    dt.datetime: (str, _moment),
    dt.time: (str, _time),
    dt.timedelta: (str, duration),
    float: ((int, float), float),
    int: ((int, float), _whole),
    list: (list, _same),
    str: (str, _same),
    UUID: (str, UUID),
}
"""The types that callers give, with what JSON has in their place, and how one becomes the other."""
