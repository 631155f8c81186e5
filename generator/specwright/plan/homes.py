"""Where the schemas inside components stand, so that what they are called does not depend on who meets them first.

A property may be met through a component that has it by `allOf` before the component that describes it. It is called, and
stands in the output, as where it is described: else a component that is added would rename what others have.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from specwright.plan.keywords import Node, Schema

    Below = Callable[[Schema, str, str], Iterable[tuple[Node, str, str]]]
    """The schemas right below one that stands there and is called so: each with its own place and name."""
    Behind = Callable[[Node], Schema]
    """What a reference leads to."""


class Home(NamedTuple):
    """The place of a schema in the document, what it is called there, and its number among all that have a home."""

    key: str
    text: str
    number: int


class _Claim(NamedTuple):
    """A schema that a component has, at a place."""

    schema: Schema
    component: Schema
    key: str
    text: str


_NOBODYS: Final[tuple[str, Sequence[_Claim]]] = ("", ())


def homes(components: Iterable[tuple[Schema, str, str]], below: Below, behind: Behind) -> dict[int, Home]:
    """The home of each schema inside a component, by its identity. Components come with their places and names."""
    own = [_Claim(schema, schema, key, text) for schema, key, text in components]
    claimed = _claimed(own, below, behind)
    found: dict[int, Home] = {}
    waiting = own[::-1]
    while waiting:
        claim = waiting.pop()
        key, inner = claimed.get(id(claim.schema), _NOBODYS)
        if key == claim.key and id(claim.schema) not in found:
            found[id(claim.schema)] = Home(claim.key, claim.text, len(found))
            waiting += reversed(inner)
    return found


def _claimed(own: Sequence[_Claim], below: Below, behind: Behind) -> dict[int, tuple[str, Sequence[_Claim]]]:
    """Of each schema, the place that it belongs to, and what is right below it there.

    What is written inside a component is that component's. What came about by merging is the component's that is nearest
    to it and, of those, extends the least.
    """
    writers = {id(inner): claim.schema for claim in own for inner in _written_in(claim.schema)}
    heights = _heights(own, behind)
    claimed: dict[int, tuple[str, Sequence[_Claim]]] = {}
    level: Sequence[_Claim] = sorted(own, key=lambda claim: heights[id(claim.schema)])
    while level:
        ahead: list[_Claim] = []
        for claim in level:
            writer = writers.get(id(claim.schema), claim.component)
            if id(claim.schema) not in claimed and writer is claim.component:
                inner = _inner(claim, below, behind)
                claimed[id(claim.schema)] = (claim.key, inner)
                ahead += inner
        level = ahead
    return claimed


def _inner(claim: _Claim, below: Below, behind: Behind) -> list[_Claim]:
    parts = below(claim.schema, claim.key, claim.text)
    return [_Claim(behind(node), claim.component, key, text) for node, key, text in parts]


def _written_in(schema: Schema) -> Iterator[object]:
    """A schema and every object inside it, as they are written."""
    waiting: list[object] = [schema]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            yield value
            waiting += value.values()
        elif isinstance(value, list):
            waiting += value


def _heights(own: Iterable[_Claim], behind: Behind) -> dict[int, int]:
    """Of each schema, by its identity: how many there are below it on the longest way through `allOf`."""
    found: dict[int, int] = {}
    # A stack of its own, since documents nest deeper than Python's.
    waiting = [claim.schema for claim in own]
    while waiting:
        schema = waiting[-1]
        extended = [behind(member) for member in schema.get("allOf", ())]
        is_new = id(schema) not in found
        found.setdefault(id(schema), 0)  # for a schema that extends itself, itself or through others
        ahead = [other for other in extended if id(other) not in found]
        if is_new and ahead:
            waiting += ahead
        else:
            found[id(schema)] = max((1 + found[id(other)] for other in extended), default=0)
            waiting.pop()
    return found
