"""Models and inputs: what became of each, and of what is in it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from specwright.emit.docs import of_class
from specwright.plan.ir import Alias, Choice, Enum, InputDict, InputEnum, Named, Struct
from specwright.review.python import fields, keys, members, spelling
from specwright.review.python.making import Origin, Said, change, reworded

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from specwright.plan.ir import Input, Model
    from specwright.review.findings import PythonChange
    from specwright.review.python.comparing import Comparing
    from specwright.review.python.types import Side

    Thing = Model | Input

MERGED: Final = "it is one with another type now"


def of_models(comparing: Comparing) -> Iterator[PythonChange]:
    """The changes of models, in the order of the new document; those that are gone come last."""
    pairs = comparing.pairs
    yield from _of_things(comparing, pairs.old.models, pairs.new.models, pairs.models, "models")


def of_inputs(comparing: Comparing) -> Iterator[PythonChange]:
    """The same of inputs."""
    pairs = comparing.pairs
    yield from _of_things(comparing, pairs.old.inputs, pairs.new.inputs, pairs.inputs, "inputs")


def _of_things(
    comparing: Comparing,
    old: Mapping[str, Thing],
    new: Mapping[str, Thing],
    pairs: Mapping[str, str],
    side: Side,
) -> Iterator[PythonChange]:
    before = {other: old[name] for name, other in pairs.items()}
    for name, thing in new.items():
        was = before.get(name)
        if was is None:
            said = Said(None, spelling.first_line(thing, side))
            origin = comparing.came.of(comparing.pairs.new.key(name))
            yield change("py-type-added", f"{side}.{name}", said, origin)
        elif was.name != name or comparing.pairs.differs(was):
            yield from _of_pair(comparing, was, thing, side)
    for name, thing in old.items():
        if name not in pairs:
            yield _of_gone(comparing, thing, new, side)


def _of_gone(comparing: Comparing, thing: Thing, new: Mapping[str, Thing], side: Side) -> PythonChange:
    symbol, key = f"{side}.{thing.name}", comparing.pairs.old.key(thing.name)
    line = spelling.first_line(thing, side)
    other = comparing.pairs.merged.get(thing.name)
    if other is None:
        return change("py-type-removed", symbol, Said(line, None), comparing.went.of(key))
    said = Said(line, spelling.first_line(new[other], side))
    return change("py-type-renamed", symbol, said, comparing.went.of(key), note=MERGED)


def _of_pair(comparing: Comparing, old: Thing, new: Thing, side: Side) -> Iterator[PythonChange]:
    origin = Origin(comparing.pairs.old.key(old.name), comparing.pairs.new.key(new.name))
    symbol = f"{side}.{new.name}"
    said = Said(spelling.first_line(old, side), spelling.first_line(new, side))
    if old.name != new.name:
        yield change("py-type-renamed", f"{side}.{old.name}", said, origin)
    if isinstance(old, Alias | Choice) and isinstance(new, Alias | Choice):
        yield from members.of_alias(comparing, old, new, side, origin)
    elif type(old) is type(new):
        yield from _of_contents(comparing, old, new, origin)
    else:
        yield from _of_kinds(comparing, (old, new), Place(symbol, side, said), origin)
        return
    if not isinstance(old, InputEnum) and not isinstance(new, InputEnum):
        yield from reworded(symbol, of_class(old), of_class(new), origin) if old.doc != new.doc else ()


@dataclass(frozen=True, slots=True)
class Place:
    """A class or an alias: what it is called now, where, and how it is written."""

    symbol: str
    side: Side
    said: Said


def _of_kinds(
    comparing: Comparing, things: tuple[Thing, Thing], place: Place, origin: Origin
) -> Iterator[PythonChange]:
    """What became of something that is made in another way; an alias is what the class is that it stands for."""
    pairs = comparing.pairs
    olds, news = (
        (pairs.old.models, pairs.new.models)
        if place.side == "models"
        else (pairs.old.inputs, pairs.new.inputs)
    )
    one, other = _behind(things[0], olds), _behind(things[1], news)
    if type(one) is not type(other):
        yield change("py-type-kind-changed", place.symbol, place.said, origin)
        return
    yield change("py-type-aliased", place.symbol, place.said, origin)
    yield from _of_contents(comparing, one, other, origin)


def _behind(thing: Thing, things: Mapping[str, Thing]) -> Thing:
    """The class that an alias stands for, by the alias's name; what stands for no single one, and a class, itself."""
    found, seen = thing, {thing.name}
    while isinstance(found, Alias) and isinstance(found.type, Named) and found.type.name not in seen:
        seen.add(found.type.name)
        behind = things.get(found.type.name)
        if behind is None:
            break
        found = behind
    return thing if isinstance(found, Alias | Choice) else replace(found, name=thing.name)


def _of_contents(comparing: Comparing, old: Thing, new: Thing, origin: Origin) -> Iterator[PythonChange]:
    """The changes of what is in two classes of one kind."""
    match old, new:
        case Struct(), Struct():
            yield from fields.changes(comparing, old, new, origin)
            yield from _as_input(old, new, f"models.{new.name}", origin)
        case Enum(), Enum():
            yield from members.of_enum(comparing, old, new, origin)
        case InputDict(), InputDict():
            yield from keys.changes(comparing, old, new, origin)
        case InputEnum(), InputEnum():
            yield from members.of_values(old, new, origin)
        case _:
            return


def _as_input(old: Struct, new: Struct, symbol: str, origin: Origin) -> Iterator[PythonChange]:
    said = Said(
        f"def as_input(self) -> {old.twin}" if old.twin else None,
        f"def as_input(self) -> {new.twin}" if new.twin else None,
    )
    if old.twin and not new.twin:
        yield change("py-as-input-removed", f"{symbol}.as_input()", said, origin)
    if new.twin and not old.twin:
        yield change("py-as-input-added", f"{symbol}.as_input()", said, origin)
