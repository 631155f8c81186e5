"""Arguments of a method by its annotations alone, for a document that no judge can read: something of each type."""

from __future__ import annotations

import datetime as dt
import inspect
import os
import types
import typing
from collections.abc import Mapping
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING, Any, Final, Literal, NotRequired, Required, Union, get_args, get_origin
from uuid import UUID

if TYPE_CHECKING:
    from collections.abc import Callable

    from sweeps.arguments import Annotations

DEEPEST: Final = 12
"""Levels of a value; below, what can be left out is."""

_LEAVES: Final[Mapping[Any, Callable[[str], Any]]] = {
    str: lambda text: text,
    bytes: str.encode,
    bytearray: lambda text: bytearray(text.encode()),
    int: lambda _text: 1,
    float: lambda _text: 1.5,
    bool: lambda _text: True,
    dt.datetime: lambda _text: dt.datetime(2026, 1, 2, 3, 4, 5, tzinfo=dt.UTC),
    dt.date: lambda _text: dt.date(2026, 1, 2),
    dt.time: lambda _text: dt.time(3, 4, 5, tzinfo=dt.UTC),
    dt.timedelta: lambda _text: dt.timedelta(seconds=5),
    Decimal: lambda _text: Decimal("1.5"),
    UUID: lambda _text: UUID(int=7),
    type(None): lambda _text: None,
    None: lambda _text: None,
    Any: lambda text: text,
    object: lambda text: text,
}


class NothingFitsError(Exception):
    """No value could be made for an annotation."""


class Inventor:
    """Makes values for annotations: with `whole`, all that can be said; else what has to be."""

    def __init__(self, annotations: Annotations, text: str, *, whole: bool) -> None:
        self._annotations = annotations
        self._text = text
        self._whole = whole

    def arguments(self, function: Any) -> dict[str, Any]:
        """The arguments of a method."""
        hints = self._annotations.of(function)
        return {
            name: self.value(hints.get(name, Any), function, 0)
            for name, parameter in list(inspect.signature(function).parameters.items())[1:]
            if self._is_given(name, parameter)
        }

    def _is_given(self, name: str, parameter: inspect.Parameter) -> bool:
        if parameter.kind in {inspect.Parameter.VAR_KEYWORD, inspect.Parameter.VAR_POSITIONAL}:
            return False
        if parameter.default is inspect.Parameter.empty:
            return True
        return self._whole and name not in {
            "timeout",
            "extra_headers",
            "extra_query",
            "extra_body",
            "options",
        }

    def value(self, hint: Any, subject: Any, depth: int) -> Any:  # noqa: C901 - a case for each kind of type
        """Something that the annotation has room for.

        Raises:
            NothingFitsError: There is nothing.
        """
        hint = self._annotations.evaluated(hint, subject)
        if hint in _LEAVES if isinstance(hint, type) or hint is Any or hint is None else False:
            return _LEAVES[hint](self._text)
        origin, members = get_origin(hint), get_args(hint)
        if origin in {Union, types.UnionType}:
            return self._one_of(members, subject, depth)
        if origin in {NotRequired, Required, typing.Annotated}:
            return self.value(members[0], subject, depth)
        if origin is Literal:
            return members[0]
        if typing.is_typeddict(hint):
            return self._object(hint, depth)
        if isinstance(hint, type) and issubclass(hint, Enum):
            return next(iter(hint), None)
        if origin is tuple:
            return tuple(self.value(each, subject, depth + 1) for each in members if each is not ...)
        if isinstance(origin, type) and issubclass(origin, Mapping):
            made = {} if inspect.isabstract(origin) else origin()
            if depth < DEEPEST:
                made[self._text] = self.value(members[-1], subject, depth + 1)
            return made
        if isinstance(origin, type) and origin.__module__ in {"builtins", "collections.abc"}:
            return [self.value(members[0], subject, depth + 1)] if depth < DEEPEST else []
        raise NothingFitsError(f"{hint!r:.200}")

    def _one_of(self, members: tuple[Any, ...], subject: Any, depth: int) -> Any:
        faults: list[str] = []
        if depth > DEEPEST and type(None) in members:
            return None
        for member in members:
            if getattr(member, "__name__", "") == "Omit" or get_origin(member) is os.PathLike:
                continue
            try:
                return self.value(member, subject, depth + 1)
            except NothingFitsError as fault:
                faults.append(str(fault))
        raise NothingFitsError(" / ".join(faults)[:400])

    def _object(self, kind: Any, depth: int) -> dict[str, Any]:
        hints = self._annotations.of(kind)
        if depth > DEEPEST * 2:
            raise NothingFitsError(f"{kind.__name__} is made of itself")
        return {
            key: self.value(hint, kind, depth + 1)
            for key, hint in hints.items()
            if (key in kind.__required_keys__ and get_origin(hint) is not NotRequired)
            or (self._whole and depth < DEEPEST // 4)
        }
