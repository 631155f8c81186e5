"""Types that msgspec cannot decode by itself: a choice among objects, among texts or among arrays, or a type made of itself.

To type checkers such a type is the union that it stands for. At run time it is a class of the kind `OneOf`, which reads a
value by what tells its members apart: the property that is the tag, else their JSON types, else how much of the value a
member knows.
"""

from __future__ import annotations

import sys
from enum import Enum
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple, Union, get_args, get_origin, get_type_hints

import msgspec

from .model import EXTRA, Model
from .types import class_of

if TYPE_CHECKING:
    from collections.abc import Mapping

# `Union` is for the annotations of choices, whose members each have a line: with `|` a new one would change the others'.
__all__ = ["OneOf", "Union", "convert", "one_of", "read_custom"]


def one_of(
    module: str,
    name: str,
    *members: str,
    tag: str | None = None,
    names: Mapping[str | int, str] | None = None,
    otherwise: str | None = None,
) -> Any:
    """The class that stands for a union at run time.

    Args:
        module: The module that it is in, whose names its members are written with.
        name: What it is called.
        members: Its members as annotations.
        tag: The property of objects that tells which member is meant.
        names: The values of `tag`, each with the class that it means.
        otherwise: The class that an object is meant to be whose `tag` is none of them.
    """
    OneOf.exist = True
    said = {"_members": members, "_tag": tag, "_names": names or {}, "_otherwise": otherwise, "_found": None}
    return OneOf(name, (), {"__module__": module, **said})


class _Members(NamedTuple):
    """What a union is made of: its members, those that a tag names and the rest, and what `isinstance` looks for."""

    kinds: tuple[Any, ...]
    tagged: dict[str | int, Any]
    others: tuple[Any, ...]
    classes: tuple[type, ...]
    constants: tuple[Any, ...]


class OneOf(type):
    """The class of unions. `isinstance` with one of them is true for what its members are."""

    exist = False
    """Whether any was made: without one, decoders need no hook."""

    _members: tuple[str, ...]
    _tag: str | None
    _names: Mapping[str | int, str]
    _otherwise: str | None
    _found: _Members | None

    def _known(cls) -> _Members:
        """The members, which have to be defined once they are asked for."""
        scope = vars(sys.modules[cls.__module__])
        written = {str(at): member for at, member in enumerate(cls._members)}
        hints = get_type_hints(type("holder", (), {"__annotations__": written}), scope)
        kinds = tuple(hints[key] for key in written)
        tagged = {value: scope[named] for value, named in cls._names.items()}
        rest = tuple(kind for kind in kinds if kind not in list(tagged.values()))
        constants = tuple(
            constant for kind in kinds if get_origin(kind) is Literal for constant in get_args(kind)
        )
        cls._found = _Members(
            kinds,
            tagged,
            rest if cls._otherwise is None else (scope[cls._otherwise],),
            tuple(one for kind in kinds for one in _classes(kind)),
            constants,
        )
        return cls._found

    @property
    def kinds(cls) -> tuple[Any, ...]:
        """The members."""
        return (cls._found or cls._known()).kinds

    def __instancecheck__(cls, value: object) -> bool:
        known = cls._found or cls._known()
        return isinstance(value, known.classes) or value in known.constants

    def candidates(cls, value: Any) -> tuple[Any, ...]:
        """The members that a value may be: the one that its tag names, or those that have no tag."""
        known = cls._found or cls._known()
        if cls._tag is None or value.__class__ is not dict:
            return known.kinds
        said = value.get(cls._tag, _ABSENT)
        if said is _ABSENT:
            return known.kinds if cls._otherwise is None else known.others
        member = known.tagged.get(said) if class_of(said) in _TAGS else None
        return known.others if member is None else (member,)

    def read(cls, value: Any, reading: Reading | None = None) -> Any:
        """A value of one of the members. `ValueError` or `ValidationError` if it is none of them."""
        candidates = cls.candidates(value)
        if len(candidates) == 1:
            return msgspec.convert(value, candidates[0], dec_hook=reading or read_custom)
        reading = reading or Reading()
        found = reading.found(cls, value, candidates)
        if not found:
            raise ValueError(f"is none of what {cls.__name__} can be")
        return found[0] if len(found) == 1 else min(found, key=lambda one: _unknown(one, value))


class Reading:
    """One reading of a value in which members of choices are tried: each part of it is tried as each choice once.

    Without that, choices in choices would double the work with each level of an answer.
    """

    __slots__ = ("_tried",)

    def __init__(self) -> None:
        self._tried: dict[tuple[int, int], tuple[Any, list[Any]]] = {}

    def __call__(self, kind: Any, value: Any) -> Any:
        """The `dec_hook` of what is read below."""
        return kind.read(value, self)

    def found(self, choice: OneOf, value: Any, candidates: tuple[Any, ...]) -> list[Any]:
        """The value as each member that it can be."""
        at = (id(choice), id(value))
        if at not in self._tried:
            found: list[Any] = []
            for kind in candidates:
                try:
                    found.append(msgspec.convert(value, kind, dec_hook=self))
                except msgspec.ValidationError:
                    continue
            # The value is kept: an id is only its own as long as it lives.
            self._tried[at] = (value, found)
        return self._tried[at][1]


_ABSENT: Final = object()
_TAGS: Final = frozenset({str, int, bool})


def convert(value: Any, kind: Any) -> Any:
    """Decoded JSON as a value of a type. `ValidationError` if it is none."""
    return msgspec.convert(value, kind, dec_hook=read_custom)


def read_custom(kind: Any, value: Any) -> Any:
    """A value of a class that reads itself, by its `read`."""
    return kind.read(value)


def _classes(kind: Any) -> tuple[type, ...]:
    """What a value of a type is an instance of, as far as a look at it tells; nothing for constants."""
    if kind is Any:
        return (object,)
    origin: Any = get_origin(kind)
    if origin is Literal:
        return ()
    return (float, int) if kind is float else (origin or kind,)


# What a reading leaves unexplained: a member that it doesn't know, a value that an enum doesn't list, a member that is
# only one of many, a text that is only text.
_STRAY, _UNLISTED, _LOOSE, _TEXT = 8, 6, 4, 1


def _unknown(found: Any, value: Any) -> int:
    """How much of `value` a reading of it does not know."""
    if isinstance(found, Model):
        kind = type(found)
        fields = dict(zip(kind.__struct_encode_fields__, kind.__struct_fields__, strict=True))
        cost = _LOOSE if EXTRA in fields else _STRAY
        return sum(
            _unknown(getattr(found, fields[wire]), item) if wire in fields else cost
            for wire, item in value.items()
        )
    kind = class_of(found)
    if kind is list or kind is tuple:
        return sum(map(_unknown, found, value))
    if kind is dict:
        return sum(_LOOSE + _unknown(item, value[key]) for key, item in found.items())
    if isinstance(found, Enum):
        return _UNLISTED if found.name == "_OTHER" else 0
    return _TEXT if kind is str or (kind is float and class_of(value) is int) else 0
