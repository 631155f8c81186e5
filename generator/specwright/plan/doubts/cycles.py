"""Schemas that are made of themselves, in the same value: that extend what extends them, or are their own alternative."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

from specwright.document import Map
from specwright.problems import problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from specwright.document import Document, Seq
    from specwright.plan.keywords import Node, Schema
    from specwright.problems import Problem

_KINDS: Final = (
    (("allOf",), "this leads back to the schema that it is to extend; it adds nothing"),
    (
        ("oneOf", "anyOf"),
        "this leads back to the schema that it is an alternative of; it says nothing of the value",
    ),
)
"""Keywords that lead on in the same value, each kind for itself: a parent may well list those that extend it."""


class Leading(Protocol):
    """A step from one schema to another."""

    @property
    def to(self) -> Schema:
        """Where it leads."""
        ...


class _Step(NamedTuple):
    """From a schema to a member of it."""

    owner: Seq
    at: int
    to: Map


def of_cycles(document: Document, schemas: Iterable[Node]) -> Iterator[Problem]:
    """A Problem for each step of each circle."""
    found = [schema for schema in schemas if isinstance(schema, Map)]
    for keywords, message in _KINDS:
        steps: dict[int, list[_Step]] = {}
        waiting = [schema for schema in found if not schema.keys().isdisjoint(keywords)]
        while waiting:
            schema = waiting.pop()
            if id(schema) not in steps:
                own = steps[id(schema)] = list(_steps(document, schema, keywords))
                waiting += (step.to for step in own)
        found_in = circles(steps)
        for origin, circle in found_in.items():
            for step in steps[origin]:
                if found_in.get(id(step.to)) == circle:
                    yield problem("schema-cycle", step.owner.place(step.at), message)


def _steps(document: Document, schema: Map, keywords: tuple[str, ...]) -> Iterator[_Step]:
    for keyword in keywords:
        members = schema.get(keyword, ())
        for index, member in enumerate(members):
            target = document.target(member) if isinstance(member, Map) and "$ref" in member else member
            if isinstance(target, Map) and not target.keys().isdisjoint(keywords):
                yield _Step(members, index, target)


def circles(steps: Mapping[int, Sequence[Leading]]) -> dict[int, int]:
    """Of each schema that is in a circle: which one (strongly connected components, by Tarjan, without recursion)."""
    order: dict[int, int] = {}
    lowest: dict[int, int] = {}
    waiting: list[int] = []
    on: set[int] = set()
    found: dict[int, int] = {}
    for start, first in steps.items():
        if start in order:
            continue
        order[start] = lowest[start] = len(order)
        waiting.append(start)
        on.add(start)
        path = [(start, iter(first))]
        while path:
            node, following = path[-1]
            step = next(following, None)
            if step is not None:
                to = id(step.to)
                if to not in order and to in steps:
                    order[to] = lowest[to] = len(order)
                    waiting.append(to)
                    on.add(to)
                    path.append((to, iter(steps[to])))
                elif to in on:
                    lowest[node] = min(lowest[node], order[to])
                continue
            path.pop()
            if path:
                lowest[path[-1][0]] = min(lowest[path[-1][0]], lowest[node])
            if lowest[node] == order[node]:
                _take(node, waiting, on, steps, found)
    return found


def _take(
    node: int, waiting: list[int], on: set[int], steps: Mapping[int, Sequence[Leading]], found: dict[int, int]
) -> None:
    """Takes one component off the list of those that wait; one schema alone is a circle where it leads to itself."""
    group: list[int] = []
    while not group or group[-1] != node:
        group.append(waiting.pop())
        on.discard(group[-1])
    if len(group) > 1 or any(id(step.to) == node for step in steps[node]):
        found.update(dict.fromkeys(group, node))
