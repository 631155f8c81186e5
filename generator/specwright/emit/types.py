"""Types -> annotations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from specwright.emit.code import code, join, literal, name
from specwright.plan.ir import ExtraOf, ListOf, Literals, MapOf, Named, Scalar, TupleOf, Type, UnionOf

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from specwright.emit.code import Code
    from specwright.plan.ir import ScalarName

SCALARS: Final[Mapping[ScalarName, str]] = {
    "any": "Any",
    "binary": "Binary",
    "bool": "bool",
    "bytes": "bytes",
    "date": "dt.date",
    "datetime": "dt.datetime",
    "decimal": "Decimal",
    "float": "float",
    "int": "int",
    "none": "None",
    "str": "str",
    "time": "dt.time",
    "timedelta": "dt.timedelta",
    "upload": "Upload",
    "uuid": "UUID",
}
"""How a scalar is written; modules import `datetime as dt`, `Decimal` and `UUID`."""

ALIASED: Final = frozenset({"bool", "bytes", "dict", "float", "int", "list", "str"})
"""What an attribute of a class may be called too; its module then has an alias such as `_list`."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Where annotations are written: in models or for callers, and which names mean something else there."""

    side: Literal["models", "inputs"]
    shadowed: frozenset[str] = frozenset()
    """Attributes of the class around: a type of that name goes by its alias."""
    qualified: frozenset[str] = frozenset()
    """Names of the module around: a model of that name goes by its module."""
    prefix: str = ""
    """What the name of a body of bytes starts with: "Async" for `async` code."""

    def spell(self, type_: Type) -> Code:
        """The annotation of a type."""
        match type_:
            case Scalar(scalar):
                return self._scalar(scalar)
            case Named(identifier, module):
                return name(f"{module}.{identifier}" if identifier in self.qualified else identifier)
            case ListOf(item):
                # Callers may give a tuple too, and a list of a narrower type.
                around = name("Sequence") if self.side == "inputs" else self._known("list")
                return code("{}[{}]", around, self.spell(item))
            case TupleOf(items):
                return code("tuple[{}]", join(", ", map(self.spell, items)))
            case MapOf(value) if self.side == "inputs":
                return code("Mapping[{}, {}]", self._known("str"), self.spell(value))
            case MapOf(value):
                return code("{}[{}, {}]", self._known("dict"), self._known("str"), self.spell(value))
            case ExtraOf(value):
                return code("ExtraItems[{}]", self.spell(value))
            case Literals(values):
                return code("Literal[{}]", join(", ", (literal(value) for value in values)))
            case UnionOf(members):
                return join(" | ", (self.spell(member) for member in members))

    def _scalar(self, scalar: ScalarName) -> Code:
        return self._known(f"{self.prefix if scalar == 'binary' else ''}{SCALARS[scalar]}")

    def optional(self, type_: Type, *others: str) -> Code:
        """The annotation of a type or one of `others`, which are names of ours."""
        more = [
            other
            for other in dict.fromkeys(others)
            if not (other == "None" and type_ in {Scalar("any"), Scalar("none")})
        ]
        return join(" | ", [self.spell(type_), *map(self._known, more)])

    def _known(self, spelled: str) -> Code:
        first = spelled.partition(".")[0]
        return (
            name(f"_{spelled}" if first in ALIASED and first in self.shadowed else spelled)
            if spelled != "None"
            else literal(None)
        )


def named(type_: Type) -> Iterator[Named]:
    """The classes and aliases that an annotation names."""
    match type_:
        case Named():
            yield type_
        case ListOf(item) | MapOf(item) | ExtraOf(item):
            yield from named(item)
        case UnionOf(members) | TupleOf(members):
            for member in members:
                yield from named(member)
        case Scalar() | Literals():
            pass
