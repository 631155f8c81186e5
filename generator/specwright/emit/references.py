"""What a thing of the package refers to, and when it needs that."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

from specwright.emit.types import named
from specwright.plan.ir import Alias, Choice, Enum, InputDict, InputEnum, Struct, Validator

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from specwright.plan.ir import Type

Folder = Literal["models", "inputs", "validators"]
When = Literal["importing", "using", "checking"]
"""While its module is imported, once it is used, or never but by type checkers."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A name that a thing refers to."""

    name: str
    folder: Folder
    when: When


def references(thing: object) -> Iterator[Reference]:
    """All that a model, an input or a validator refers to."""
    return _REFERENCES[type(thing)](thing)


def _types(types: Iterable[Type | None], when: When) -> Iterator[Reference]:
    for type_ in types:
        for part in named(type_) if type_ is not None else ():
            yield Reference(part.name, part.module, when)


def _struct(struct: Struct) -> Iterator[Reference]:
    yield from _types((*(item.type for item in struct.fields), struct.extra), "using")
    if struct.twin:
        yield Reference(struct.twin, "inputs", "checking")


def _choice(choice: Choice) -> Iterator[Reference]:
    return _types([choice.type], "using")


def _alias(alias: Alias) -> Iterator[Reference]:
    return _types([alias.type], "importing")


def _input_dict(input_: InputDict) -> Iterator[Reference]:
    return _types((key.type for key in input_.keys), "using")


def _input_enum(input_: InputEnum) -> Iterator[Reference]:
    yield Reference(input_.enum, "models", "importing")


def _validator(validator: Validator) -> Iterator[Reference]:
    when: When = "importing" if validator.same_as else "using"
    return (Reference(function, "validators", when) for function in validator.calls)


def _nothing(_: object) -> Iterator[Reference]:
    return iter(())


_REFERENCES: Final[Mapping[type, Callable[[Any], Iterator[Reference]]]] = {
    Alias: _alias,
    Choice: _choice,
    Enum: _nothing,
    InputDict: _input_dict,
    InputEnum: _input_enum,
    Struct: _struct,
    Validator: _validator,
}
"""By the kind of a thing: what it refers to. A new kind needs a line here and nothing else in the layout."""
