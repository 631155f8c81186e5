"""Answers that stray from their document, read as far as they can be.

What cannot be read is `None`, in a list too, so that indexes stay; a list of `Issue` says what that was. Each subtree is
converted as a whole first, and taken apart only where that fails: what is right costs nothing twice.
"""

from __future__ import annotations

import datetime as dt
from base64 import b64decode
from collections.abc import Mapping, Sequence
from functools import cache
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Annotated, Any, Final, Union, get_args, get_origin

import msgspec
from msgspec import UnsetType

from .encode import pointed
from .extra import fill, holds_extra
from .issues import Issue
from .model import EXTRA
from .times import read_date, read_datetime, read_time, read_timedelta
from .types import class_of
from .unions import OneOf, convert

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["WrongShapeError", "build"]


class WrongShapeError(Exception):
    """The value as a whole is not of the kind that its type is: an array for an object, text for a number."""


def build(value: Any, kind: Any, issues: list[Issue]) -> Any:
    """A value of the type `kind` from decoded JSON; `issues` gains what could not be read. `WrongShapeError` if nothing can."""
    told = _Told()
    built = _built(value, kind, "", told)
    issues += told
    if built is _UNREADABLE:
        raise WrongShapeError(f"expected {_called(kind)}, found {_found(value)}")
    if holds_extra(kind):
        told = _Told()
        fill(built, value, lambda rest, inner, pointer: _from_object(rest, inner, pointer, told))
        issues += told
    return built


class _Told(list[Issue]):
    """What could not be read, and what each part of the value was read as where it was tried as a choice.

    It is tried once: choices in choices would double the work with each level.
    """

    def __init__(self, tried: dict[tuple[int, int], tuple[Any, _Told]] | None = None) -> None:
        super().__init__()
        self.tried = {} if tried is None else tried


class _Unreadable:
    """Stands for what could not be read."""


_UNREADABLE: Final = _Unreadable()


def _built(value: Any, kind: Any, pointer: str, issues: _Told) -> Any:
    try:
        return convert(value, kind)
    except (msgspec.ValidationError, RecursionError):
        pass
    if value.__class__ is float and value.is_integer():
        return _built(int(value), kind, pointer, issues)  # `1.0` is an integer to JSON Schema
    origin = get_origin(kind)
    if origin is Annotated:
        return _built(value, get_args(kind)[0], pointer, issues)
    if origin is Union or origin is UnionType:
        return _union(value, get_args(kind), pointer, issues)
    if isinstance(kind, OneOf):
        return _choice(value, kind, pointer, issues)
    if value.__class__ is dict:
        return _from_object(value, kind, pointer, issues)
    if value.__class__ is list:
        return _from_array(value, kind, pointer, issues)
    read = _LEAVES.get(kind)
    return _UNREADABLE if read is None or value is None else read(value)


def _item(value: Any, kind: Any, pointer: str, issues: _Told) -> Any:
    """As `_built`, with `None` and an issue for what cannot be read."""
    built = _built(value, kind, pointer, issues)
    if built is _UNREADABLE:
        issues.append(Issue(pointer, "type", f"expected {_called(kind)}, found {_found(value)}"))
        return None
    return built


# Objects.


def _from_object(value: dict[str, Any], kind: Any, pointer: str, issues: _Told) -> Any:
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        return _struct(value, kind, pointer, issues)
    if get_origin(kind) in _MAPS:
        item_kind = get_args(kind)[1]
        return {key: _item(item, item_kind, pointed(pointer, key), issues) for key, item in value.items()}
    return _UNREADABLE


def _struct(value: dict[str, Any], kind: type[msgspec.Struct], pointer: str, issues: _Told) -> Any:
    if not _tagged_as(value, kind):
        return _UNREADABLE
    given: dict[str, Any] = {}
    for field in _fields(kind):
        wire = field.encode_name
        if wire == EXTRA:
            continue
        if wire in value:
            item = value[wire]
            # `null` for what is optional is the commonest straying of all, and says the same as absence.
            if item is None and not field.required and not _nullable(field.type):
                continue
            given[field.name] = _item(item, field.type, pointed(pointer, wire), issues)
        elif field.required:
            given[field.name] = None
            issues.append(Issue(pointer, "required", f"has no member {wire!r}"))
    return kind(**given)


@cache
def _fields(kind: type[msgspec.Struct]) -> tuple[msgspec.structs.FieldInfo, ...]:
    return msgspec.structs.fields(kind)


def _nullable(kind: Any) -> bool:
    return kind is Any or kind is NoneType or NoneType in get_args(kind)


def _tagged_as(value: dict[str, Any], kind: type[msgspec.Struct]) -> bool:
    config = kind.__struct_config__
    return config.tag_field is None or value.get(config.tag_field, config.tag) == config.tag


# Arrays.


def _from_array(value: list[Any], kind: Any, pointer: str, issues: _Told) -> Any:
    if get_origin(kind) is tuple:
        return _from_tuple(value, get_args(kind), pointer, issues)
    if kind is list or get_origin(kind) not in _ARRAYS:
        return _UNREADABLE
    (item_kind,) = get_args(kind)[:1]
    return [_item(item, item_kind, pointed(pointer, index), issues) for index, item in enumerate(value)]


def _from_tuple(value: list[Any], kinds: tuple[Any, ...], pointer: str, issues: _Told) -> Any:
    """A tuple of the length that it has to have: `None` for what is missing, and without what is too many."""
    if len(value) != len(kinds):
        keyword = "minItems" if len(value) < len(kinds) else "maxItems"
        issues.append(Issue(pointer, keyword, f"expected {len(kinds)} items, found {len(value)}"))
    padded = [*value, *[None] * (len(kinds) - len(value))]
    return tuple(
        item if index >= len(value) else _item(item, kind, pointed(pointer, index), issues)
        for index, (item, kind) in enumerate(zip(padded, kinds, strict=False))
    )


# Unions.


def _choice(value: Any, kind: OneOf, pointer: str, issues: _Told) -> Any:
    at = (id(kind), id(value))
    if at not in issues.tried:
        told = _Told(issues.tried)
        issues.tried[at] = (_union(value, kind.candidates(value), pointer, told), told)
    built, told = issues.tried[at]
    issues += told
    return built


def _union(value: Any, members: tuple[Any, ...], pointer: str, issues: _Told) -> Any:
    """As the one member that the value's shape fits; raw where several could be meant or none is known."""
    kinds = [kind for kind in members if kind is not NoneType and kind is not UnsetType]
    if len(kinds) == 1:
        return _built(value, kinds[0], pointer, issues)
    if not kinds:
        issues.append(Issue(pointer, "oneOf", "is tagged as none of the members that the document has"))
        return value
    attempts: list[tuple[Any, _Told]] = []
    for kind in kinds:
        found = _Told(issues.tried)
        built = _built(value, kind, pointer, found)
        if built is not _UNREADABLE:
            attempts.append((built, found))
    if len(attempts) == 1 or (attempts and not attempts[0][1]):
        built, found = attempts[0]
        issues += found
        return built
    if value.__class__ is dict or value.__class__ is list:
        issues.append(
            Issue(pointer, "anyOf", f"expected {' or '.join(map(_called, kinds))}, found another kind")
        )
        return value
    return _UNREADABLE


# Leaves that msgspec refuses.


def _base64(value: Any) -> Any:
    """Base64 of the other alphabet (RFC 4648, section 5), or without padding."""
    if type(value) is not str:
        return _UNREADABLE
    text = value.replace("-", "+").replace("_", "/").rstrip("=")
    try:
        return b64decode(text + "=" * (-len(text) % 4), validate=True)
    except ValueError:
        return _UNREADABLE


def _timed(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def leaf(value: Any) -> Any:
        found = read(value)
        return _UNREADABLE if found is None else found

    return leaf


_LEAVES: Final[dict[Any, Callable[[Any], Any]]] = {
    bytes: _base64,
    dt.datetime: _timed(read_datetime),
    dt.date: _timed(read_date),
    dt.time: _timed(read_time),
    dt.timedelta: _timed(read_timedelta),
}
_MAPS: Final = frozenset({dict, Mapping})
_ARRAYS: Final = frozenset({list, Sequence})

# Words.

_FOUND: Final[dict[Any, str]] = {
    dict: "an object",
    list: "an array",
    str: "a string",
    bool: "a boolean",
    NoneType: "null",
}
_CALLED: Final[dict[Any, str]] = {
    dict: "an object",
    list: "an array",
    str: "a string",
    bool: "a boolean",
    int: "an integer",
    float: "a number",
}


def _found(value: Any) -> str:
    kind = class_of(value)
    return _FOUND.get(kind, "a number")


def _name(kind: Any) -> str:
    return str(getattr(kind, "__name__", kind))


def _called(kind: Any) -> str:
    """A type in the words of JSON."""
    kind = get_args(kind)[0] if get_origin(kind) is Annotated else kind
    origin: Any = get_origin(kind) or kind
    if origin is Union or origin is UnionType:
        return " or ".join(_called(member) for member in get_args(kind) if member is not UnsetType)
    if origin is NoneType:
        return "null"
    if isinstance(origin, type) and issubclass(origin, msgspec.Struct):
        return f"an object ({origin.__name__})"
    return _CALLED.get(origin) or _name(origin)
