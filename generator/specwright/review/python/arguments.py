"""The arguments of a method."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from specwright.emit.filters.operations import positional
from specwright.plan.ir import Argument
from specwright.review.python import spelling
from specwright.review.python.keys import of_given
from specwright.review.python.likeness import Part, counterparts
from specwright.review.python.making import Said, change
from specwright.review.python.types import known_as

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specwright.plan.ir import Operation
    from specwright.review.findings import PythonChange
    from specwright.review.python.comparing import Comparing
    from specwright.review.python.making import Origin
    from specwright.review.python.pairing import Pairs
    from specwright.review.python.sides import Method

BODY: Final = frozenset({"body", "media_type"})
"""Where the arguments of a body are."""
BY_NAME: Final = "only where it is given by its name"

_PLACE: Final = re.compile(r"\{([^{}]+)\}")


def changes(comparing: Comparing, old: Method, new: Method, origin: Origin) -> Iterator[PythonChange]:
    """The changes of a method's arguments, in their order; those that are gone come last."""
    was, now = old.operation, new.operation
    if was.arguments == now.arguments and not comparing.pairs.is_renaming:
        return
    other_body = bool(was.bodies and now.bodies) and was.flat != now.flat
    if other_body:
        said = Said(spelling.signature(was, old.symbol), spelling.signature(now, new.symbol))
        yield change("py-param-body-changed", new.symbol, said, origin)
    pairs = matched(comparing.pairs, was, now, left_out=BODY if other_body else frozenset())
    for pair in pairs:
        yield from _of_pair(comparing, pair, (old, new), origin)
    if _order_differs(was, now, pairs):
        said = Said(spelling.signature(was, old.symbol), spelling.signature(now, new.symbol))
        yield change("py-param-order-changed", new.symbol, said, origin)


def _of_pair(
    comparing: Comparing,
    pair: tuple[Argument | None, Argument | None],
    methods: tuple[Method, Method],
    origin: Origin,
) -> Iterator[PythonChange]:
    old, new = methods
    match pair:
        case None, Argument() as now:
            rule = "py-param-added-required" if now.required else "py-param-added-optional"
            said = Said(None, spelling.argument(now))
            yield change(rule, _symbol(new, now), said, origin.of(_wire(now)))
        case Argument() as was, None:
            said = Said(spelling.argument(was), None)
            yield change("py-param-removed", _symbol(old, was), said, origin.of(_wire(was)))
        case Argument() as was, Argument() as now:
            if was == now and comparing.pairs.translated(was.type) == now.type:
                return
            said = Said(spelling.argument(was), spelling.argument(now))
            both = was.location == now.location == "path"
            if was.name != now.name:
                note = BY_NAME if both else ""
                yield change("py-param-renamed", _symbol(old, was), said, origin.of(_wire(was)), note=note)
            if (was.location == "path") != (now.location == "path"):
                yield change("py-param-kind-changed", _symbol(new, now), said, origin.of(_wire(now)))
            here = origin.of(_wire(now))
            yield from of_given(comparing, "param", was, now, _symbol(new, now), said, here)
        case _:
            pass


def _symbol(method: Method, argument: Argument) -> str:
    return f"{method.symbol}({argument.name}=)"


def _wire(argument: Argument) -> str:
    return argument.wire or argument.name


def matched(
    pairs: Pairs, old: Operation, new: Operation, left_out: frozenset[str] = frozenset()
) -> list[tuple[Argument | None, Argument | None]]:
    """Each argument of one of two methods with what it is in the other; `left_out` are places of arguments."""
    olds = [part for part in _parts(old, pairs) if part.it.location not in left_out]
    news = [part for part in _parts(new) if part.it.location not in left_out]
    return counterparts(olds, news)


def _parts(operation: Operation, pairs: Pairs | None = None) -> Iterator[Part[Argument]]:
    """What arguments are known by: what they are on the wire, their place in the path, and their names."""
    places = _PLACE.findall(operation.path)
    for item in operation.arguments:
        wire = known_as(item)
        place = places.index(wire) if item.location == "path" and wire in places else None
        marks = ((item.location, wire), None if place is None else ("path", place), ("name", item.name))
        type_ = item.type if pairs is None else pairs.translated(item.type)
        yield Part(item, marks, item.wire, type_, item.required)


def _order_differs(
    old: Operation, new: Operation, pairs: list[tuple[Argument | None, Argument | None]]
) -> bool:
    """Whether what is given by position in both has another order."""
    names = {was.name: now.name for was, now in pairs if was is not None and now is not None}
    after = [item.name for item in positional(new)]
    kept = [names[item.name] for item in positional(old) if names.get(item.name) in after]
    return kept != [name for name in after if name in kept]
