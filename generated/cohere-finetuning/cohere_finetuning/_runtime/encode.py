"""A caller's values as plain JSON: `str`, `int`, `float`, `bool`, `None`, `list` and `dict`, and nothing derived from them.

Valid values take a quick walk that knows nothing of places. Where it meets what cannot be sent, the value is walked
again by `_explain`, which finds everything that is wrong and where, up to what is nested too deep: a value that
contains itself twice has more places than can ever be walked.
"""

from __future__ import annotations

import datetime as dt
from base64 import b64encode
from decimal import Decimal
from enum import Enum
from functools import cache
from math import isfinite
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

import msgspec

from .extra import ExtraItems
from .issues import Issue, step
from .model import Model, input_of, shallow
from .types import OMIT, Json, class_of

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["DEEPEST", "UnsendableError", "as_json", "json_bytes", "plain", "pointed"]

DEEPEST: Final = 200
"""The most arrays and objects inside one another that are sent."""


class UnsendableError(Exception):
    """A value has no form in a request. The two arguments are a keyword and a message, which never has the value."""

    def __init__(self, keyword: str, message: str) -> None:
        super().__init__(keyword, message)
        self.keyword = keyword
        self.message = message


class _TooDeepError(Exception):
    """A value has more arrays and objects inside one another than are sent."""

    def __init__(self, pointer: str) -> None:
        super().__init__(pointer)
        self.pointer = pointer


def plain(value: Any, pointer: str, issues: list[Issue]) -> Any:
    """`value` as plain JSON; `issues` gains what cannot be sent, at places under `pointer`, where then `None` is.

    What is nested too deep is the last that is said of it.

    Members that are `OMIT` are left out. Nothing of what is given is changed, and none of its methods are called but
    the `as_input` of models.
    """
    try:
        return _walk(value, DEEPEST)
    except (UnsendableError, RecursionError):
        try:
            return _explain(value, pointer, DEEPEST, issues)
        except _TooDeepError as fault:
            issues.append(Issue(fault.pointer, "depth", _TOO_DEEP))
            return None


def as_json(value: Any) -> Json:
    """What a value of an answer is on the wire, as decoded JSON: every field, and extra items side by side with them.

    The values of formats are written in one way, whatever way a server wrote them: `Z` for UTC, lower case for a UUID.
    """
    issues: list[Issue] = []
    written: Json = plain(_unmodelled(value), "", issues)
    if issues:
        raise ValueError(f"{issues[0].pointer or 'the value'} {issues[0].message}")
    return written


def _unmodelled(value: Any) -> Any:
    """A value without models in it: a `dict` of its members for each."""
    if isinstance(value, Model):
        value = shallow(value)
    kind = class_of(value)
    if kind is dict:
        return {key: _unmodelled(item) for key, item in value.items()}
    if kind is list or kind is tuple:
        return [_unmodelled(item) for item in value]
    return value


def json_bytes(value: Json) -> bytes:
    """Plain JSON as bytes."""
    return _JSON.encode(value)


def pointed(pointer: str, key: str | int) -> str:
    """The JSON Pointer of a member or item (RFC 6901)."""
    return f"{pointer}/{key if isinstance(key, int) else step(key)}"


_JSON: Final = msgspec.json.Encoder()


def _walk(value: Any, depth: int) -> Any:
    kind = class_of(value)
    if kind is dict:
        if not depth:
            raise UnsendableError("depth", _TOO_DEEP)
        members: dict[str, Any] = {}
        extra: dict[str, Any] = {}
        for key, item in value.items():
            name = key if type(key) is str and key.isascii() else _key(key)
            kind = class_of(item)
            if (kind is str and item.isascii()) or kind in _AS_THEY_ARE:
                members[name] = item
            elif kind is ExtraItems:
                extra |= _walk(dict(item), depth)
            elif item is not OMIT:
                members[name] = _walk(item, depth - 1)
        return _joined(members, extra) if extra else members
    if kind is list or kind is tuple:
        if not depth:
            raise UnsendableError("depth", _TOO_DEEP)
        return [_walk(item, depth - 1) for item in value]
    leaf = _LEAVES.get(kind)
    return leaf(value) if leaf is not None else _walk_derived(value, depth)


def _walk_derived(value: Any, depth: int) -> Any:
    base = _base(value)
    return _walk(base, depth) if type(base) is not _Leaf else base.value


def _explain(value: Any, pointer: str, depth: int, issues: list[Issue]) -> Any:
    """As `_walk`, going on behind what cannot be sent."""
    try:
        plainer = _step(value)
        kind = class_of(plainer)
        if kind is _Leaf:
            return plainer.value
        if not depth:
            raise _TooDeepError(pointer)
        if kind is dict:
            return _explain_members(plainer, pointer, depth, issues)
        if kind in _CONTAINERS:
            return [
                _explain(item, pointed(pointer, at), depth - 1, issues) for at, item in enumerate(plainer)
            ]
        return _explain(plainer, pointer, depth - 1, issues)
    except UnsendableError as fault:
        issues.append(Issue(pointer, fault.keyword, fault.message))
    except RecursionError:
        raise _TooDeepError(pointer) from None
    return None


def _step(value: Any) -> Any:
    """`value` one step plainer: a `_Leaf`, a container, or what it is derived from."""
    kind = class_of(value)
    if kind in _CONTAINERS:
        return value
    leaf = _LEAVES.get(kind)
    return _base(value) if leaf is None else _Leaf(leaf(value))


def _explain_members(value: dict[Any, Any], pointer: str, depth: int, issues: list[Issue]) -> dict[str, Any]:
    members: dict[str, Any] = {}
    extra: dict[str, Any] = {}
    for key, item in value.items():
        try:
            name = _key(key)
        except UnsendableError as fault:
            issues.append(Issue(pointer, fault.keyword, fault.message))
            continue
        if class_of(item) is ExtraItems:
            extra |= _explain_members(dict(item), pointer, depth, issues)
        elif item is not OMIT:
            members[name] = _explain(item, pointed(pointer, name), depth - 1, issues)
    try:
        return _joined(members, extra)
    except UnsendableError as fault:
        issues.append(Issue(pointer, fault.keyword, fault.message))
        return members


def _joined(members: dict[str, Any], extra: dict[str, Any]) -> dict[str, Any]:
    """An object of members and of extra items, none of which may be called as one of the members is."""
    twice = members.keys() & extra.keys()
    if twice:
        raise UnsendableError("propertyNames", f"has {min(twice)!r} twice, once among its extra items")
    return members | extra


# How each kind of leaf is written.

_TOO_DEEP: Final = f"is nested deeper than {DEEPEST} levels"


def _same(value: Any) -> Any:
    return value


def _text(value: str) -> str:
    if not value.isascii():
        try:
            value.encode()
        except UnicodeEncodeError:
            raise UnsendableError("type", "has a lone surrogate, which no text in UTF-8 can hold") from None
    return value


def _key(key: Any) -> str:
    if type(key) is not str:
        if not isinstance(key, str):
            raise UnsendableError(
                "propertyNames", f"has a key of the class {type(key).__name__}, and keys are text"
            )
        key = str.__str__(key)
    return _text(key)


def _number(value: float) -> float:
    if not isfinite(value):
        raise UnsendableError("type", "is not finite, and JSON has no number for it")
    return value


_MOST_DIGITS: Final = 60


def _decimal(value: Decimal) -> str:
    """The exact value in digits, with an exponent only where the digits would be very many."""
    if not Decimal.is_finite(value):
        raise UnsendableError("type", "is not finite, and JSON has no number for it")
    if abs(Decimal.adjusted(value)) > _MOST_DIGITS:
        return Decimal.__str__(value)
    return Decimal.__format__(value, "f")


def _datetime(value: dt.datetime) -> str:
    """RFC 3339, with `Z` for UTC."""
    offset = dt.datetime.utcoffset(value)
    if offset is None:
        raise UnsendableError(
            "format", "has no time zone: a date-time is sent with one, such as datetime.UTC"
        )
    if offset.seconds % 60 or offset.microseconds:  # RFC 3339 has offsets in whole minutes
        value = dt.datetime.astimezone(value, dt.UTC)
        offset = dt.timedelta(0)
    text = dt.datetime.isoformat(value)
    return text if offset else f"{text[:-6]}Z"


def _date(value: dt.date) -> str:
    return dt.date.isoformat(value)


def _time(value: dt.time) -> str:
    """As given: `partial-time` of RFC 3339 if there is no time zone, which `format: time` does not accept."""
    text = dt.time.isoformat(value)
    return f"{text[:-6]}Z" if text.endswith("+00:00") else text


def _timedelta(value: dt.timedelta) -> str:
    """Days, hours, minutes and seconds, of which none varies in length (RFC 3339, appendix A: without gaps)."""
    micros = value // dt.timedelta(microseconds=1)
    seconds, fraction = divmod(abs(micros), 1_000_000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    date = f"{days}D" if days else ""
    time = f"{hours}H" if hours else ""
    time += f"{minutes}M" if minutes or (hours and (seconds or fraction)) else ""
    if fraction:
        time += f"{seconds}.{fraction:06d}".rstrip("0") + "S"
    elif seconds or not (date or time):
        time += f"{seconds}S"
    return f"{'-' if micros < 0 else ''}P{date}{'T' if time else ''}{time}"


def _bytes(value: bytes) -> str:
    """Base64, as `format: byte` has it."""
    return b64encode(value).decode("ascii")


def _uuid(value: UUID) -> str:
    return UUID.__str__(value)


_AS_THEY_ARE: Final[frozenset[type]] = frozenset({int, bool, type(None)})
_CONTAINERS: Final[frozenset[type]] = frozenset({dict, list, tuple})
_LEAVES: Final[dict[type, Callable[[Any], Any]]] = {
    str: _text,
    int: _same,
    float: _number,
    bool: _same,
    type(None): _same,
    dt.datetime: _datetime,
    dt.date: _date,
    dt.time: _time,
    dt.timedelta: _timedelta,
    UUID: _uuid,
    Decimal: _decimal,
    bytes: _bytes,
}


def _members(value: dict[Any, Any]) -> dict[Any, Any]:
    return dict(dict[Any, Any].items(value))


def _items(value: list[Any]) -> list[Any]:
    return list[Any].__getitem__(value, slice(None))


def _tuple_items(value: tuple[Any, ...]) -> list[Any]:
    return list(tuple[Any, ...].__getitem__(value, slice(None)))


class _Leaf:
    """A leaf that is written already."""

    __slots__ = ("value",)

    def __init__(self, value: Any) -> None:
        self.value = value


# A value of a derived class is what its base makes of it, by the base's own methods: never its own.
_BASES: Final[tuple[tuple[Any, Callable[[Any], Any]], ...]] = (
    (Model, input_of),
    (str, lambda value: _Leaf(_text(str.__str__(value)))),
    (int, lambda value: _Leaf(int.__int__(value))),
    (float, lambda value: _Leaf(_number(float.__float__(value)))),
    (Enum, lambda value: value._value_),
    (dict, _members),
    (list, _items),
    (tuple, _tuple_items),
    (dt.datetime, lambda value: _Leaf(_datetime(value))),
    (dt.date, lambda value: _Leaf(_date(value))),
    (dt.time, lambda value: _Leaf(_time(value))),
    (dt.timedelta, lambda value: _Leaf(_timedelta(value))),
    (UUID, lambda value: _Leaf(_uuid(value))),
    (Decimal, lambda value: _Leaf(_decimal(value))),
    (bytes, lambda value: _Leaf(b64encode(bytes.__getitem__(value, slice(None))).decode("ascii"))),
)


def _base(value: Any) -> Any:
    """A plain container or a `_Leaf` for a value of a derived class."""
    kind = class_of(value)
    reduced = _reduction(kind)
    if reduced is not None:
        return reduced(value)
    if value is OMIT:
        raise UnsendableError("type", "is OMIT, which stands only for an argument or a member")
    raise UnsendableError(
        "type", f"is a value of the class {type(value).__name__}, which has no form in JSON"
    )


@cache
def _reduction(kind: Any) -> Callable[[Any], Any] | None:
    # By the real classes, since `isinstance` believes what an object says of its `__class__`.
    bases = type.__dict__["__mro__"].__get__(kind)
    return next((reduced for base, reduced in _BASES if base in bases), None)
